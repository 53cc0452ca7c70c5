"""Who is not told, in counts and reasons, before and after a message to everybody."""

from collections.abc import Mapping

from flows.reach import Why
from flows.voice.message import Words
from flows.voice.say import Say


def lines(left_out: Mapping[Why, int], say: Say) -> tuple[Words, ...]:
    """One sentence a reason."""
    return tuple(_line(why, n, say) for why, n in left_out.items())


def _line(why: Why, n: int, say: Say) -> Words:
    match why:
        case Why.LEFT:
            return say.many(n, "{n} person has left and does not get it.", "{n} people have left and do not get it.")
        case Why.ANSWERING:
            return say.many(
                n,
                "{n} person has not finished joining and does not get it.",
                "{n} people have not finished joining and do not get it.",
            )
        case Why.CLOSED:
            return say.many(
                n,
                "{n} person does not get it: their account is closed.",
                "{n} people do not get it: their accounts are closed.",
            )
        case Why.PAUSED:
            return say.many(n, "{n} person pauses and does not get it.", "{n} people pause and do not get it.")
        case Why.AWAY:
            return say.many(n, "{n} person is away and does not get it.", "{n} people are away and do not get it.")
        case Why.SKIPS:
            return say.many(n, "{n} person skips this round.", "{n} people skip this round.")


def doubtful(n: int, say: Say) -> tuple[Words, ...]:
    """Of those who get it: who cannot be reached now."""
    if not n:
        return ()
    return (
        say.many(
            n,
            "{n} of them cannot be reached until they write to me again.",
            "{n} of them cannot be reached until they write to me again.",
        ),
    )

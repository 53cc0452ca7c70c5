"""How a season goes, in figures: conversations, hours, what was written down, and what people say of it."""

from flows.feedback import HIGH, LOW, MIDDLE
from flows.reports.mood import FINE, SLOW, STUCK, Shares
from flows.reports.report import Report
from flows.reports.taking_part import Talks
from flows.suppression import AT_LEAST
from flows.voice.message import Block, Facts, Note, Paragraph, Plain, Words
from flows.voice.say import Say


def season_blocks(found: Report, say: Say) -> tuple[Block, ...]:
    """The season as a part of a report."""
    return (
        Paragraph(say("**Conversations**")),
        Facts(tuple(_talks(one, say) for one in found.talks)),
        Paragraph(_hours(found, say)),
        Paragraph(say("**What they wrote down**")),
        Facts(_goals(found, say)),
        Paragraph(say("**How it goes**")),
        *_mood(found, say),
    )


def _talks(one: Talks, say: Say) -> tuple[str, Words]:
    name = say.plain("Conversation {number}", number=str(one.number))
    if not (one.held or one.planned or one.skipped):
        return name, say("none yet")
    counts = say(
        "{held} held, {planned} with a date, {skipped} left out",
        held=str(one.held),
        planned=str(one.planned),
        skipped=str(one.skipped),
    )
    return name, counts


def _hours(found: Report, say: Say) -> Words:
    used = say.many(found.hours.used, "{n} hour", "{n} hours")
    if not found.hours.offered:
        return say("{used} of conversation so far, at one hour each.", used=used)
    return say.many(
        found.hours.offered,
        "{used} of conversation so far, at one hour each. Mentors offered {n} hour in that time.",
        "{used} of conversation so far, at one hour each. Mentors offered {n} hours in that time.",
        used=used,
    )


def _goals(found: Report, say: Say) -> tuple[tuple[str, Words], ...]:
    goals = found.goals
    split = ((say.plain("Objectives"), goals.objectives), (say.plain("Actions"), goals.actions))
    counts = (
        (say.plain("Skill ratings"), goals.ratings),
        (say.plain("Strengths noted"), goals.spotlights),
        (say.plain("Wins"), goals.wins),
        (say.plain("Letters sealed"), goals.letters),
        (say.plain("Looks back"), goals.reviews),
    )
    return (
        *((name, say("{done} done, {open} open", done=str(one.done), open=str(one.open))) for name, one in split),
        *((name, (Plain(str(count)),)) for name, count in counts),
    )


def _mood(found: Report, say: Say) -> tuple[Block, ...]:
    rows = [(say.plain("Between meetings"), found.check_ins)]
    rows += [(tap_name(question, say), shares) for question, shares in found.feedback.items()]
    return (
        Facts(tuple((name, _shares(shares, say)) for name, shares in rows)),
        Note(
            say(
                "Everybody counts once, with their newest answer, in whole weeks. No share is shown for fewer than "
                "{least} people.",
                least=str(AT_LEAST),
            )
        ),
    )


def _shares(shares: Shares | None, say: Say) -> Words:
    if shares is None or all(share.percent is None for share in shares.shares):
        return say("too few answers to show")
    parts = [
        say.plain("{answer} {percent} %", answer=answer_name(share.answer, say), percent=str(share.percent))
        for share in shares.shares
        if share.percent is not None
    ]
    if len(parts) < len(shares.shares):
        parts.append(say.plain("the rest too few to show"))
    listed = say.listing(parts)
    return say.many(shares.people, "{listed}, of {n} person", "{listed}, of {n} people", listed=listed)


def answer_name(answer: str, say: Say) -> str:
    """An answer to a check-in or to a tap after a meeting, in a word."""
    words = {
        FINE: say.plain("fine"),
        SLOW: say.plain("slow"),
        STUCK: say.plain("stuck"),
        str(HIGH): say.plain("very much"),
        str(MIDDLE): say.plain("partly"),
        str(LOW): say.plain("not really"),
    }
    return words[answer]


def tap_name(question: str, say: Say) -> str:
    """What was asked after a meeting, as the name of a line."""
    words = {
        "useful": say.plain("Worth the time"),
        "heard": say.plain("Felt heard"),
        "next": say.plain("Know what comes next"),
    }
    return words[question]

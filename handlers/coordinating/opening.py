"""Opening a programme: nothing missing, a channel, a dry run, one confirmation, the invitation."""

from collections.abc import Sequence
from dataclasses import replace

from flows.channels import Channel, Meant, meant
from flows.deliveries import Sort, batch_of
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.voice import coordinating, plain
from flows.voice import invitations as voice
from flows.voice.calm import line
from flows.voice.message import Kind, Message, Post, ToChannel
from handlers.coordinating.desk import Done, as_typed, ask, chosen, confirmed, here, moved, within
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def open_it(turn: Turn) -> Done:
    """What is missing, the channels to choose from, or the dry run of the invitation."""
    line = as_typed(turn)
    known = channels_here(turn)
    told = _meant(turn, line.words, known)
    if line.channels and not told.channels:
        told = Meant(line.words)
    cohort = chosen(turn, "open", told.words)
    missing = _missing(turn, cohort)
    if missing is not None:
        return missing
    if len(told.channels) == 1:
        return _dry_run(turn, cohort, told.channels[0].conversation, Where.PRIVATELY)
    if line.channels:
        # Marked by the platform, or where the line was typed: what is named in words goes before it.
        return _dry_run(turn, cohort, line.channels[0], Where.PRIVATELY)
    if not known and not lists_channels(turn):
        raise Refusal("open.nowhere", name=cohort.name)
    offered = told.channels or known
    only = offered[0].id if len(offered) == 1 else ""
    unknown = told.typed if not told.channels else ""
    question = voice.which_channel(cohort, offered, turn.say, unknown=unknown, chosen=only)
    return Done(Reply(question, Where.PRIVATELY), cohort.programme, outcome="shown")


def choose(turn: Turn) -> Done:
    """The dry run of the invitation in a channel of the list."""
    cohort = here(turn, "open", turn.arg("cohort"))
    which = turn.field("channel")
    if not which:
        raise Refusal("open.which")
    conversation = next((one.conversation for one in channels_here(turn) if one.id == which), "")
    if not conversation and not lists_channels(turn):
        raise Refusal("open.gone", name=cohort.name)
    return _missing(turn, cohort) or _dry_run(turn, cohort, conversation or which, Where.INSTEAD)


def _missing(turn: Turn, cohort: Cohort) -> Done | None:
    """What the programme lacks before it may open. Raises Refusal: `cohort.unlawful`, `open.over`."""
    _opened(turn, cohort)
    if cohort.ends_on <= turn.today:
        raise Refusal("open.over", name=cohort.name)
    programme = turn.store.programmes.get(cohort.programme)
    if not programme.design.missing():
        return None
    return Done(Reply(voice.cannot_open(programme, turn.say), Where.PRIVATELY), programme.id, outcome="refused")


def _dry_run(turn: Turn, cohort: Cohort, conversation: str, where: Where) -> Done:
    invitation = _invitation(turn, _opened(turn, cohort))
    action = ask(turn, "open", cohort=cohort.id, channel=conversation)
    words = sum(len(sentence.split()) for sentence in plain.sentences(invitation))
    channel = next((one for one in channels_here(turn) if one.conversation == conversation), None)
    place = voice.place(channel, turn.say) if channel is not None else ""
    opening = voice.would_open(cohort, words, place, turn.say)
    button = turn.say.plain("Post the invitation")
    dry_run = coordinating.dry_run(opening, (), invitation, button, action, turn.say)
    return Done(Reply(dry_run, where), cohort.programme, outcome="shown")


def channels_here(turn: Turn) -> Sequence[Channel]:
    """The channels of the workspace in which the caller acts, as far as its platform tells them."""
    return turn.store.channels.of(turn.inbound.who.platform, turn.inbound.who.workspace)


def lists_channels(turn: Turn) -> bool:
    """Whether the platform on which they act lists its channels itself."""
    space = turn.spaces.get(turn.inbound.who.platform)
    return space is not None and space.lists_channels


def _meant(turn: Turn, words: str, known: Sequence[Channel]) -> Meant:
    """The channel at the end of the words, unless all of them are a programme's name."""
    if any(cohort.name.casefold() == words.casefold() for cohort in within(turn, "open")):
        return Meant(words)
    return meant(words, known, first=voice.first_channel(turn.say))


def confirm(turn: Turn) -> Done:
    """The programme is open and the invitation on its way."""
    args = confirmed(turn, "open")
    cohort = here(turn, "open", args["cohort"])
    if turn.store.programmes.get(cohort.programme).design.missing():
        raise Refusal("message.old")
    platform = turn.inbound.who.platform
    opened = replace(_opened(turn, cohort), platform=platform, channel=args["channel"])
    turn.store.programmes.save_cohort(opened)
    number = _posted(turn, cohort)
    turn.store.outbox.put(
        Post(
            key=f"invitation:{cohort.id}:{number}",
            to=ToChannel(platform, args["channel"]),
            message=_invitation(turn, opened),
            kind=Kind.ANSWER,
            subject=cohort.id,
            batch=batch_of(Sort.INVITATION, cohort.id, str(number)),
        ),
        now=turn.now,
    )
    return Done(Reply(line(voice.opened(opened, turn.say)), Where.INSTEAD), cohort.programme)


def _opened(turn: Turn, cohort: Cohort) -> Cohort:
    """Open; a programme that takes people already may be announced in one more channel."""
    if cohort.takes_people:
        return cohort
    return replace(moved(turn, cohort, CohortState.OPEN), opened_at=turn.now)


def _posted(turn: Turn, cohort: Cohort) -> int:
    """How many invitations were posted so far: one that did not arrive is posted anew, under a key of its own."""
    return sum(turn.store.outbox.counts(f"invitation:{cohort.id}:").values())


def _invitation(turn: Turn, cohort: Cohort) -> Message:
    purpose = turn.store.programmes.get(cohort.programme).design.purpose
    figures = turn.content.frame.figures_for(purpose, cohort.format)
    return voice.invitation(cohort, figures[0] if figures else None, turn.say)

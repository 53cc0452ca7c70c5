"""Opening a programme: nothing missing, a dry run, one confirmation, the invitation."""

from dataclasses import replace

from flows.deliveries import Sort, batch_of
from flows.programme import Cohort, CohortState
from flows.refusal import Refusal
from flows.voice import coordinating, plain
from flows.voice import invitations as voice
from flows.voice.message import Kind, Message, Post, ToChannel
from handlers.coordinating.desk import Done, ask, chosen, confirmed, here, moved, typed
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def open_it(turn: Turn) -> Done:
    """What is missing, or the dry run of the invitation."""
    line = typed(turn)
    cohort = chosen(turn, "open", line.words)
    opened = _opened(turn, cohort)
    if cohort.ends_on <= turn.today:
        raise Refusal("open.over", name=cohort.name)
    programme = turn.store.programmes.get(cohort.programme)
    gaps = programme.design.missing()
    if gaps:
        return Done(Reply(voice.cannot_open(programme, turn.say), Where.PRIVATELY), programme.id, outcome="refused")
    if not line.channels:
        raise Refusal("open.channel", name=cohort.name)
    invitation = _invitation(turn, opened)
    action = ask(turn, "open", cohort=cohort.id, channel=line.channels[0])
    words = sum(len(sentence.split()) for sentence in plain.sentences(invitation))
    opening = voice.would_open(cohort, words, turn.say)
    button = turn.say.plain("Post the invitation")
    dry_run = coordinating.dry_run(opening, (), invitation, button, action, turn.say)
    return Done(Reply(dry_run, Where.PRIVATELY), programme.id, outcome="shown")


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
    return Done(Reply(coordinating.line(voice.opened(opened, turn.say)), Where.INSTEAD), cohort.programme)


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
    figures = turn.content.frame.figures_for(purpose)
    return voice.invitation(cohort, figures[0] if figures else None, turn.say)

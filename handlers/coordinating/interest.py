"""`interest`: asks whether people would like mentoring, and shows what it came to. Counts alone, never who."""

from collections.abc import Sequence

from flows.calendar import iso_week
from flows.channels import Channel, meant
from flows.deliveries import Sort, batch_of
from flows.interest import OPEN_FOR, STANCE, Survey, result
from flows.people import Person
from flows.refusal import Refusal
from flows.suppression import AT_LEAST
from flows.voice import coordinating, invitations
from flows.voice import interest as voice
from flows.voice.message import Kind, Message, Post, ToChannel, ToPerson
from handlers.answering_interest import skills
from handlers.coordinating.desk import Done, as_typed, ask, confirmed
from handlers.coordinating.opening import channels_here, lists_channels
from handlers.inbound import Reply, Where
from handlers.turn import Turn


def interest(turn: Turn) -> Done:
    """`interest`: whom to ask, that it is under way, or what it came to; `interest #channel`: the dry run there."""
    line = as_typed(turn)
    told = meant(line.words, channels_here(turn), first=invitations.first_channel(turn.say))
    if len(told.channels) == 1:
        return _dry_run(turn, told.channels[0].conversation, [], Where.PRIVATELY)
    if line.channels:
        return _dry_run(turn, line.channels[0], [], Where.PRIVATELY)
    survey = turn.store.interest.newest()
    if survey is None or line.words:
        return Done(
            Reply(
                _where(turn, told.channels, unknown="" if told.channels else told.typed or line.words), Where.PRIVATELY
            ),
            outcome="shown",
        )
    return Done(Reply(_stands(turn, survey), Where.PRIVATELY), survey.id, outcome="shown")


def more(turn: Turn) -> Done:
    """Whom to ask: once more, or somewhere else too."""
    return Done(Reply(_where(turn), Where.INSTEAD), outcome="shown")


def choose(turn: Turn) -> Done:
    """The dry run in a channel of the list."""
    which = turn.field("channel")
    if not which:
        raise Refusal("open.which")
    conversation = next((one.conversation for one in channels_here(turn) if one.id == which), "")
    if not conversation and not lists_channels(turn):
        raise Refusal("interest.gone")
    return _dry_run(turn, conversation or which, [], Where.INSTEAD)


def people(turn: Turn) -> Done:
    """The dry run for everybody whom the bot knows."""
    readers, left = _readers(turn)
    if not readers:
        raise Refusal("interest.nobody")
    return _dry_run(turn, "", readers, Where.INSTEAD, left=left)


def confirm(turn: Turn) -> Done:
    """It is asked."""
    args = confirmed(turn, "interest")
    survey = _under_way(turn)
    if survey is None:
        survey = Survey(turn.new_id(), turn.now, turn.now + OPEN_FOR)
        turn.store.interest.add(survey)
    if args["channel"]:
        turn.store.outbox.put(_in_channel(turn, survey, args["channel"]), now=turn.now)
    else:
        readers, _ = _readers(turn)
        turn.store.outbox.put(*(_to_person(turn, survey, person) for person in readers), now=turn.now)
    return Done(Reply(voice.asked(survey, turn.say), Where.INSTEAD), survey.id)


def close(turn: Turn) -> Done:
    """No more answers; what there is can be told, and never changes again."""
    survey = turn.store.interest.newest()
    if survey is None or survey.id != turn.arg("survey"):
        raise Refusal("message.old")
    if survey.is_open(turn.now):
        turn.store.interest.close(survey.id, turn.now)
        survey = turn.store.interest.newest() or survey
    return Done(Reply(_stands(turn, survey), Where.INSTEAD), survey.id)


def _stands(turn: Turn, survey: Survey) -> Message:
    counts = turn.store.interest.counts(survey.id)
    if survey.is_open(turn.now):
        answers = sum(counts.get(STANCE, {}).values())
        return voice.under_way(survey, turn.say, enough=answers >= AT_LEAST)
    return voice.came_to(result(survey, counts, turn.now), skills(turn, turn.say), turn.say)


def _where(turn: Turn, offered: Sequence[Channel] = (), *, unknown: str = "") -> Message:
    readers, _ = _readers(turn)
    lists = lists_channels(turn)
    return voice.where(offered or channels_here(turn), len(readers), turn.say, lists=lists, unknown=unknown[:80])


def _dry_run(turn: Turn, conversation: str, readers: Sequence[Person], where: Where, *, left: int = 0) -> Done:
    preview = voice.ask("", turn.say, in_channel=bool(conversation))
    action = ask(turn, "interest", channel=conversation)
    message = coordinating.dry_run(
        voice.would_ask(len(readers), turn.say),
        (),
        preview,
        turn.say.plain("Ask them"),
        action,
        turn.say,
        notes=[voice.left_out(left, turn.say)] if left else [],
    )
    return Done(Reply(message, where), outcome="shown")


def _readers(turn: Turn) -> tuple[Sequence[Person], int]:
    """Everybody whom the bot knows but the one who asks, and how many more cannot be written to."""
    known = turn.store.people.all([person for person, _ in turn.store.people.names() if person != turn.me.id])
    readers = [person for person in known.values() if person.active and person.reachable]
    return sorted(readers, key=lambda person: person.id), len(known) - len(readers)


def _under_way(turn: Turn) -> Survey | None:
    survey = turn.store.interest.newest()
    return survey if survey is not None and survey.is_open(turn.now) else None


def _in_channel(turn: Turn, survey: Survey, conversation: str) -> Post:
    posted = sum(turn.store.outbox.counts(f"interest:{survey.id}:channel:").values())
    return Post(
        key=f"interest:{survey.id}:channel:{posted}",
        to=ToChannel(turn.inbound.who.platform, conversation),
        message=voice.ask(survey.id, turn.say, in_channel=True),
        kind=Kind.ANSWER,
        subject=survey.id,
        batch=batch_of(Sort.INTEREST, survey.id, "channels"),
    )


def _to_person(turn: Turn, survey: Survey, person: Person) -> Post:
    return Post(
        key=f"interest:{survey.id}:{person.id}",
        to=ToPerson(person.id),
        message=voice.ask(survey.id, turn.say_to(person)),
        kind=Kind.NUDGE,
        not_after=survey.closes_at,
        week=iso_week(turn.now, person.zone),
        subject=survey.id,
        step="interest",
        batch=batch_of(Sort.INTEREST, survey.id, "people"),
    )

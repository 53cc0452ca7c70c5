"""A word of the coordinator to everybody in a cohort: a dry run, one confirmation, each person once."""

from collections.abc import Mapping

from flows.deliveries import Sort, batch_of
from flows.people import Person
from flows.programme import Cohort, CohortState
from flows.reach import left_out
from flows.refusal import Refusal
from flows.voice import broadcasts as voice
from flows.voice import coordinating
from flows.voice import left_out as leaving_out
from flows.voice.message import Words
from handlers.coordinating.desk import Done, as_typed, ask, confirmed, here, within
from handlers.inbound import Reply, Where
from handlers.telling import news
from handlers.turn import Turn

LONGEST = 600
"""Characters: about a hundred words."""


def broadcast(turn: Turn) -> Done:
    """`broadcast TEXT` with one programme: the dry run; without a text, or with several: the dialog."""
    text = as_typed(turn).text
    cohorts = _cohorts(turn)
    if not cohorts:
        raise Refusal("programme.none")
    if len(cohorts) > 1 or not text:
        return Done(Reply(voice.form(cohorts, text[:LONGEST], turn.say), Where.DIALOG))
    return _dry_run(turn, cohorts[0], text)


def write(turn: Turn) -> Done:
    """The dialog was sent: the dry run."""
    text = turn.field("text")
    if not text or len(text) > LONGEST:
        error = {"text": turn.say.plain("From one word to {most} characters.", most=str(LONGEST))}
        form = voice.form(_cohorts(turn), text[:LONGEST], turn.say)
        return Done(Reply(form, Where.FIELD_ERRORS, errors=error), outcome="refused")
    cohort = _living(turn, turn.field("cohort"))
    return _dry_run(turn, cohort, text)


def confirm(turn: Turn) -> Done:
    """It goes to everybody who takes part now."""
    args = confirmed(turn, "broadcast")
    cohort = _living(turn, args["cohort"])
    people, left = _readers(turn, cohort)
    for person in people.values():
        post = news(
            person,
            voice.said(cohort, turn.me, args["text"], turn.say_to(person)),
            key=f"broadcast:{args['id']}:{person.id}",
            subject=cohort.id,
            step="broadcast",
            now=turn.now,
            batch=batch_of(Sort.BROADCAST, cohort.id, args["id"]),
        )
        turn.store.outbox.put(post, now=turn.now)
    return Done(Reply(voice.sent(len(people), left, turn.say), Where.INSTEAD), cohort.programme)


def _dry_run(turn: Turn, cohort: Cohort, text: str) -> Done:
    if len(text) > LONGEST:
        raise Refusal("broadcast.long", length=str(len(text)), most=str(LONGEST))
    people, left = _readers(turn, cohort)
    if not people:
        raise Refusal("broadcast.nobody", name=cohort.name)
    message = coordinating.dry_run(
        voice.would_send(len(people), cohort, turn.say),
        (),
        voice.said(cohort, turn.me, text, turn.say),
        turn.say.plain("Send it"),
        ask(turn, "broadcast", cohort=cohort.id, text=text, id=turn.new_id()),
        turn.say,
        notes=left,
    )
    return Done(Reply(message, Where.PRIVATELY), cohort.programme, outcome="shown")


def _cohorts(turn: Turn) -> list[Cohort]:
    over = (CohortState.DRAFT, CohortState.ARCHIVED)
    return [cohort for cohort in within(turn, "broadcast") if cohort.state not in over]


def _living(turn: Turn, cohort_id: str) -> Cohort:
    """The cohort that was chosen. Raises Refusal("programme.over") for one that was archived meanwhile."""
    cohort = here(turn, "broadcast", cohort_id)
    if cohort.state is CohortState.ARCHIVED:
        raise Refusal("programme.over")
    return cohort


def _readers(turn: Turn, cohort: Cohort) -> tuple[Mapping[str, Person], tuple[Words, ...]]:
    """Who takes part and can be written to, each once, whatever their roles; and in words who is left out."""
    participants = turn.store.participants.in_cohort(cohort.id)
    people = turn.store.people.all([one.person for one in participants])
    joined = {one.person for one in participants if one.has_joined}
    readers = {person.id: person for person in people.values() if person.id in joined and person.active}
    missing = left_out(participants, people, readers.keys(), today=turn.today)
    doubtful = turn.store.people.unreachable(list(readers))
    return readers, (*leaving_out.lines(missing, turn.say), *leaving_out.doubtful(len(doubtful), turn.say))

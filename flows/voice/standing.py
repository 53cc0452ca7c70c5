"""Where somebody stands, and pausing, coming back and leaving."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flows.coming import may_be_skipped
from flows.overview import Overview, Pair, Place
from flows.people import Participant, Person, Role, Standing
from flows.programme import Cohort
from flows.voice.coming import take_part
from flows.voice.message import (
    Action,
    Block,
    Button,
    Buttons,
    Facts,
    Message,
    Note,
    Paragraph,
    Tone,
    Words,
)
from flows.voice.say import Say, flatten


@dataclass(frozen=True, slots=True)
class More:
    """What else a place in a cohort has to tell: facts, and buttons for what waits."""

    facts: tuple[tuple[str, Words], ...] = ()
    buttons: tuple[Button, ...] = ()


NO_MORE = More()


def status(
    overview: Overview,
    *,
    me: Person,
    conversations: int,
    today: date,
    say: Say,
    more: Mapping[str, More] = MappingProxyType({}),
) -> Message:
    """Everything: programme, dates, standing, roles, matches, what is next; each with a way to act.

    `conversations` is how many the plan of a match has; `more` is by cohort.
    """
    if not overview.current:
        return nowhere(overview.open, say)
    blocks: list[Block] = []
    for place in overview.current:
        pairs = overview.pairs_in(place.cohort.id)
        blocks.append(Paragraph(say("**{programme}**", programme=place.cohort.name)))
        beyond = more.get(place.cohort.id, NO_MORE)
        blocks.append(Facts((*_facts(place, pairs, conversations, today, say), *beyond.facts)))
        if beyond.buttons:
            blocks.append(Buttons(beyond.buttons))
        blocks.append(Buttons(tuple(_ways(place, pairs, today, say))))
    blocks.append(Facts(((say.plain("Weekly message"), _rhythm(me, say)),)))
    blocks.append(Buttons((Button(say.plain("Settings"), Action("settings.open")),)))
    blocks.append(Note(say("Only you see this.")))
    first = overview.current[0]
    told, _ = _next_act(first, overview.pairs_in(first.cohort.id), today, say)
    return Message(summary=flatten(told), blocks=tuple(blocks))


def _facts(
    place: Place, pairs: Sequence[Pair], conversations: int, today: date, say: Say
) -> Iterator[tuple[str, Words]]:
    participant, cohort = place.participant, place.cohort
    yield say.plain("You"), _standing(participant, today, say)
    yield (
        say.plain("Runs"),
        say("{start} to {end}", start=say.day(cohort.starts_on), end=say.day(cohort.ends_on)),
    )
    if cohort.format.guided:
        yield (
            say.plain("Plan"),
            say.many(
                conversations,
                "{n} conversation in {weeks} weeks",
                "{n} conversations in {weeks} weeks",
                weeks=str(cohort.weeks),
            ),
        )
    if participant.standing is Standing.ANSWERING:
        return
    yield say.plain("Role"), _roles(participant, say)
    for pair in pairs:
        yield say.plain("With {name}", name=_names(pair, say)), _next_talk(pair, say)
    if _skips(place, today) and cohort.next_round is not None:
        yield say.plain("Next round"), say("you skip the one on {day}", day=say.day(cohort.next_round))
    elif not pairs:
        yield say.plain("Match"), _unmatched(participant, cohort, today, say)


def _standing(participant: Participant, today: date, say: Say) -> Words:
    match participant.standing:
        case Standing.ANSWERING:
            return say("answering the questions. Nothing counts until you join")
        case Standing.PAUSED if participant.may_be_matched(today):
            return say("back from your pause")
        case Standing.PAUSED if participant.paused_until is not None:
            return say("pausing until {day}", day=say.day(participant.paused_until))
        case Standing.PAUSED:
            return say("pausing until you say so")
        case Standing.LEFT:
            return say("left")
        case Standing.JOINED:
            return say("joined")


def _roles(participant: Participant, say: Say) -> Words:
    if Role.FACILITATOR in participant.roles:
        return say("you take part like everybody, and are ready to facilitate")
    if Role.PEER in participant.roles:
        return say("you take part like everybody")
    if participant.roles == {Role.MENTOR, Role.MENTEE}:
        return say("mentor and mentee, in different matches")
    if Role.MENTOR not in participant.roles:
        return say("mentee")
    if participant.capacity == 0:
        return say("mentor, with no room for anybody new at the moment")
    return say.many(participant.capacity, "mentor, for {n} mentee", "mentor, for up to {n} mentees")


def _names(pair: Pair, say: Say) -> str:
    return say.listing([partner.name for partner in pair.partners])


def _next_talk(pair: Pair, say: Say) -> Words:
    if not pair.match.is_guided:
        return say("when you meet is up to you")
    if pair.number == 0:
        return say("all conversations are behind you")
    number = str(pair.number)
    if pair.planned_at is None:
        return say("conversation {number} has no date yet", number=number)
    return say("conversation {number} is on {moment}", number=number, moment=say.when(pair.planned_at))


def _unmatched(participant: Participant, cohort: Cohort, today: date, say: Say) -> Words:
    if not participant.may_be_matched(today):
        return say("nobody new is given to you while you pause")
    if not cohort.may_be_joined(today):
        return say("this programme looks for no new matches any more")
    if participant.roles == {Role.MENTOR} and participant.capacity == 0:
        return say("nobody new is given to you with 0 mentees at a time")
    if cohort.next_round is not None and cohort.next_round >= today:
        return say("nobody yet. The next round is on {day}", day=say.day(cohort.next_round))
    return say("nobody yet. You hear from us when we have found somebody")


def _rhythm(me: Person, say: Say) -> Words:
    if not me.nudges:
        return say("off")
    return say(
        "{day} at {clock}, only when something is due", day=weekdays(say)[me.nudge_day], clock=say.clock(me.nudge_at)
    )


def weekdays(say: Say) -> dict[int, str]:
    """ISO weekday → name."""
    return {
        1: say.plain("Monday"),
        2: say.plain("Tuesday"),
        3: say.plain("Wednesday"),
        4: say.plain("Thursday"),
        5: say.plain("Friday"),
        6: say.plain("Saturday"),
        7: say.plain("Sunday"),
    }


def _ways(place: Place, pairs: Sequence[Pair], today: date, say: Say) -> Iterator[Button]:
    cohort = {"cohort": place.cohort.id}
    if place.participant.standing is Standing.ANSWERING:
        yield Button(say.plain("Go on with the questions"), Action("joining.join", cohort), Tone.MAIN)
        yield Button(say.plain("Leave"), Action("standing.leave", cohort))
        return
    if (undated := _undated(pairs)) is not None:
        yield _set_a_date(undated, say)
    for pair in (one for one in pairs if one.match.is_guided):
        partner = pair.partners[0].first_name[:30] if pair.partners else ""
        label = say.plain("Notes with {name}", name=partner)
        yield Button(label, Action("notes.open", {"match": pair.match.id}))
    yield Button(say.plain("My answers"), Action("joining.review", cohort))
    if _skips(place, today) and place.cohort.next_round is not None:
        yield take_part(place.cohort, place.cohort.next_round, say)
    if place.participant.standing is Standing.PAUSED:
        yield Button(say.plain("Come back"), Action("standing.resume", cohort))
    else:
        yield Button(say.plain("Pause"), Action("standing.pause", cohort))
    yield Button(say.plain("Leave"), Action("standing.leave", cohort))


def _skips(place: Place, today: date) -> bool:
    """They skip the round that comes, and can still take it back."""
    return place.participant.skips and place.cohort.takes_people and may_be_skipped(place.cohort.next_round, today)


def _undated(pairs: Sequence[Pair]) -> Pair | None:
    return next((pair for pair in pairs if pair.number and pair.planned_at is None), None)


def _set_a_date(pair: Pair, say: Say) -> Button:
    args = {"match": pair.match.id, "number": str(pair.number), "via": "line"}
    label = say.plain("We have a date, {name} and I", name=pair.partners[0].first_name[:30] if pair.partners else "")
    return Button(label, Action("session.date", args), Tone.MAIN)


def here(overview: Overview, *, today: date, say: Say) -> Message:
    """Bare `/mentor`: one line on where the reader stands, and the one next sensible act."""
    if not overview.current:
        return nowhere(overview.open, say)
    place = overview.current[0]
    told, button = _next_act(place, overview.pairs_in(place.cohort.id), today, say)
    blocks: list[Block] = [Paragraph(told)]
    blocks.append(
        Buttons(
            (button, Button(say.plain("See everything"), Action("standing.status")))
            if button
            else (Button(say.plain("See everything"), Action("standing.status"), Tone.MAIN),)
        )
    )
    blocks.append(Note(say("{word} lists what you can type. Only you see this.", word="/mentor help")))
    return Message(summary=flatten(told), blocks=tuple(blocks))


def _next_act(place: Place, pairs: Sequence[Pair], today: date, say: Say) -> tuple[Words, Button | None]:
    participant, cohort = place.participant, place.cohort
    args = {"cohort": cohort.id}
    name = cohort.name
    if participant.standing is Standing.ANSWERING:
        told = say("**You have begun to join {programme}.** Your next question waits.", programme=name)
        return told, Button(say.plain("Go on with the questions"), Action("joining.join", args), Tone.MAIN)
    if participant.standing is Standing.PAUSED and not participant.may_be_matched(today):
        back = Button(say.plain("Come back"), Action("standing.resume", args), Tone.MAIN)
        if participant.paused_until is None:
            return say("**You pause in {programme}** until you say so.", programme=name), back
        until = say.day(participant.paused_until)
        return say("**You pause in {programme}** until {day}.", programme=name, day=until), back
    if (undated := _undated(pairs)) is not None:
        told = say("**You and {name} have no date for your next talk yet.**", name=_names(undated, say))
        return told, _set_a_date(undated, say)
    if (planned := next((pair for pair in pairs if pair.planned_at is not None), None)) and planned.planned_at:
        moment = say.when(planned.planned_at)
        return say("**You and {name} talk on {moment}.**", name=_names(planned, say), moment=moment), None
    if pairs and not pairs[0].match.is_guided:
        return say("**You are with {name}.** When you meet is up to you.", name=_names(pairs[0], say)), None
    if pairs:
        return say("**You mentor with {name}.** Nothing is due.", name=_names(pairs[0], say)), None
    if not cohort.may_be_joined(today):
        return say("**You took part in {programme}.** It looks for no new matches any more.", programme=name), None
    if _skips(place, today) and cohort.next_round is not None:
        day = say.day(cohort.next_round)
        told = say("**You have joined {programme}.** You skip the round on {day}.", programme=name, day=day)
        return told, take_part(cohort, cohort.next_round, say)
    answers = Button(say.plain("My answers"), Action("joining.review", args), Tone.MAIN)
    if cohort.next_round is not None and cohort.next_round >= today:
        day = say.day(cohort.next_round)
        return say("**You have joined {programme}.** The next round is on {day}.", programme=name, day=day), answers
    return say(
        "**You have joined {programme}.** You hear from us when we have found somebody.", programme=name
    ), answers


def nowhere(open_: Sequence[Cohort], say: Say) -> Message:
    """The reader is in no programme."""
    if not open_:
        told = say("You are in no mentoring programme, and there is none that you could join at the moment.")
        ways: tuple[Block, ...] = ()
    else:
        told = say("You are in no mentoring programme yet. To join takes about three minutes.")
        joins = [
            Button(
                say.plain("Join {programme}", programme=cohort.name[:40]), Action("joining.join", {"cohort": cohort.id})
            )
            for cohort in open_
        ]
        ways = (Buttons(tuple(joins[:5])),)
    note = Note(say("{word} lists what you can type. Only you see this.", word="/mentor help"))
    return Message(summary=flatten(told), blocks=(Paragraph(told), *ways, note))

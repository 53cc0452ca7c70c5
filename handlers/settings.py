"""Settings: when and how the bot writes to somebody, and what they offer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time

from flows.calendar import EARLIEST, LATEST
from flows.countries import OFFERED
from flows.numbered import number_in
from flows.overview import Overview
from flows.people import Person, Role, is_address
from flows.questionnaire import is_zone
from flows.voice import settings as voice
from handlers import facts
from handlers.connecting import has_other_apps
from handlers.inbound import Reply, Where
from handlers.introducing import mirror
from handlers.turn import Turn

MOST = 5


def show(turn: Turn) -> Reply:
    """`/mentor settings`, or the button: a dialog with everything."""
    places = [place for place in turn.store.overviews.of(turn.me.id).current if place.participant.has_joined]
    languages = tuple(turn.content.catalogues)
    # Without another platform nobody has a partner there.
    asks_for_mail = len(turn.spaces) > 1 or bool(turn.me.shared_email)
    form = voice.dialog(turn.me, places, languages, OFFERED, turn.say, asks_for_mail=asks_for_mail)
    form = replace(form, blocks=(*form.blocks, *facts.in_settings(turn)))
    return Reply(form, Where.DIALOG)


def save(turn: Turn) -> Reply:
    """The dialog was sent: all of it is kept, or none."""
    errors: dict[str, str] = {}
    me = _person(turn, errors)
    overview = turn.store.overviews.of(turn.me.id)
    capacities = _capacities(turn, overview, errors)
    if errors:
        return Reply(show(turn).message, Where.FIELD_ERRORS, errors)
    over: dict[str, tuple[int, int]] = {}
    for place in overview.current:
        participant = place.participant
        capacity = capacities.get(participant.id, participant.capacity)
        # Whoever writes about themselves here is told that the match sees it, so it is no longer taken out.
        hidden = participant.hidden - ({"about"} if me.introduction != turn.me.introduction else set())
        if replace(participant, capacity=capacity, hidden=hidden) != participant:
            turn.store.participants.save(replace(participant, capacity=capacity, hidden=hidden))
        if capacity != participant.capacity:
            turn.store.participants.answer(participant.id, "capacity", capacity, private=False, at=turn.inbound.at)
        mentoring = [
            pair for pair in overview.pairs_in(place.cohort.id) if pair.match.member(me.id).role is Role.MENTOR
        ]
        load = sum(len(pair.match.in_role(Role.MENTEE)) for pair in mentoring)
        if load > capacity and Role.MENTOR in participant.roles:
            over[place.cohort.name] = (load, capacity)
        _keep_answers(turn, participant.id, me)
    turn.store.people.save(me)
    turn.store.schedule.look_at(f"person:{me.id}", turn.now)
    for pair in overview.pairs:
        turn.store.schedule.look_at(f"match:{pair.match.id}", turn.now)
        if me.mail != turn.me.mail:
            mirror(turn, *turn.store.matches.with_people(pair.match.id))
    return Reply(
        voice.saved(me, over, turn.content.say(me.locale, me.zone), connects=has_other_apps(turn)), Where.PRIVATELY
    )


def _keep_answers(turn: Turn, participant: str, me: Person) -> None:
    """The questionnaire's card shows what was set here."""
    answers = turn.store.participants.answers(participant)
    renewed: dict[str, str | tuple[str, ...] | None] = {}
    place = answers.get("place")
    if isinstance(place, tuple) and place[0] != me.zone:
        renewed["place"] = (me.zone, *place[1:])
    if "about" in answers and me.introduction != turn.me.introduction:
        renewed["about"] = me.introduction or None
    for question, answer in renewed.items():
        turn.store.participants.answer(participant, question, answer, private=False, at=turn.inbound.at)


def _person(turn: Turn, errors: dict[str, str]) -> Person:
    """The person with what the dialog holds; a line for each field that does not fit."""
    me, say = turn.me, turn.say
    day = turn.field("day")
    if day not in [str(one) for one in me.hours.work_days]:
        errors["day"] = voice.choose(say)
    language, zone, country = turn.field("language"), turn.field("zone"), turn.field("country")
    if language not in turn.content.catalogues:
        errors["language"] = voice.choose(say)
    if not is_zone(zone):
        errors["zone"] = voice.choose(say)
    if country not in (*OFFERED, voice.NO_COUNTRY):
        errors["country"] = voice.choose(say)
    introduction = turn.field("introduction")
    if len(introduction) > voice.LONGEST_INTRODUCTION:
        errors["introduction"] = voice.too_long(len(introduction), say)
    shared_email = _shared_email(turn, errors)
    at = _time(turn, errors)
    away = _day(turn, errors)
    if errors:
        return me
    hours = replace(me.hours, zone=zone, country="" if country == voice.NO_COUNTRY else country, away_until=away)
    # The directory's "en-GB" stays where only "en" was to choose from.
    locale = me.locale if me.locale.split("-")[0] == language else language
    return replace(
        me,
        nudges=turn.field("nudges") != "off",
        nudge_day=int(day),
        nudge_at=at,
        introduction=introduction,
        locale=locale,
        hours=hours,
        zone_known=True,
        shared_email=shared_email,
    )


def _shared_email(turn: Turn, errors: dict[str, str]) -> str:
    """The address that partners elsewhere may have; as it was where the dialog did not ask."""
    if "mail" not in turn.filled:
        return turn.me.shared_email
    if turn.field("mail") != "yes":
        return ""
    address = turn.me.known_email or turn.field("address")
    if not is_address(address):
        errors["address"] = voice.bad_address(turn.say)
    return address


def _time(turn: Turn, errors: dict[str, str]) -> time:
    """An hour at which the weekly message can really come."""
    earliest, latest = max(turn.me.hours.start, EARLIEST), min(turn.me.hours.end, LATEST)
    try:
        at = time.fromisoformat(turn.field("at"))
    except ValueError:
        at = latest
    if not earliest <= at.replace(tzinfo=None) < latest:
        errors["at"] = voice.bad_time(earliest, latest, turn.say)
    return at.replace(tzinfo=None)


def _day(turn: Turn, errors: dict[str, str]) -> date | None:
    typed = turn.field("away")
    if not typed:
        return None
    try:
        return replace(turn.me.hours, away_until=date.fromisoformat(typed)).away_until
    except ValueError:
        errors["away"] = voice.no_date(turn.say)
        return None


def _capacities(turn: Turn, overview: Overview, errors: dict[str, str]) -> Mapping[str, int]:
    """Participant → capacity, for the fields that the dialog had."""
    found = {}
    for place in overview.current:
        field = f"{voice.CAPACITY}{place.participant.id}"
        typed = turn.field(field)
        if not typed:
            continue
        capacity = number_in(typed, least=0, most=MOST)
        if capacity is None:
            errors[field] = voice.bad_capacity(turn.say)
        else:
            found[place.participant.id] = capacity
    return found

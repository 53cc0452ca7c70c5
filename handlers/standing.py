"""Where somebody stands, and pausing, coming back and leaving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from flows.calendar import local
from flows.journey import StepKind
from flows.overview import Overview, Pair, Place
from flows.people import Person, Standing
from flows.programme import Cohort
from flows.refusal import Refusal
from flows.until import NoDay, ahead, read_day
from flows.voice import leaving, pausing
from flows.voice import standing as voice
from flows.voice.message import Message, Note
from handlers.choosing import overview as choosing
from handlers.conversation import turned_round
from handlers.coordinating.sent import hint
from handlers.eligible import offered
from handlers.inbound import Asked, Pressed, Reply, Where
from handlers.noticing import expect
from handlers.parting import goes_on_without, let_go, never_told, step_out
from handlers.telling import news
from handlers.turn import Turn
from handlers.words import split

IN = (Standing.JOINED, Standing.PAUSED)


def status(turn: Turn) -> Reply:
    """`/mentor status`. With the inbox and the person it takes four statements."""
    return Reply(_status(turn), Where.PRIVATELY)


def here(turn: Turn) -> Reply:
    """Bare `/mentor`: one line and the one next sensible act."""
    overview = _overview(turn)
    return Reply(voice.here(overview, today=turn.today, say=turn.say), Where.PRIVATELY)


def home(turn: Turn) -> Reply:
    """The home tab shows everything, with buttons; to coordinators also that something did not arrive."""
    message, quiet = _status(turn), hint(turn)
    if quiet:
        message = replace(message, blocks=(*message.blocks, Note(quiet)))
    return Reply(message, Where.HOME)


def _status(turn: Turn) -> Message:
    overview = _overview(turn)
    conversations = sum(step.kind is StepKind.SESSION for step in turn.content.journey.steps)
    return voice.status(
        overview,
        me=turn.me,
        conversations=conversations,
        today=turn.today,
        say=turn.say,
        more=choosing.told(turn, overview),
    )


def _overview(turn: Turn) -> Overview:
    """Where they stand; where they are nowhere, what they could join."""
    found = turn.store.overviews.of(turn.me.id)
    overview = _agreed(turn, found)
    if overview.current:
        return overview
    open_ = turn.store.programmes.taking_people() if found.places else found.open
    return replace(overview, open=tuple(offered(turn, open_)))


def _agreed(turn: Turn, overview: Overview) -> Overview:
    """Without places at whose door somebody turned round: they agreed to nothing, so they take part in nothing."""
    stayed_out = {
        place.participant.id
        for place in overview.places
        if place.participant.standing is Standing.ANSWERING and turned_round(turn, place.participant)
    }
    return replace(overview, places=tuple(one for one in overview.places if one.participant.id not in stayed_out))


def pause(turn: Turn) -> Reply:
    """`/mentor pause [until DATE]`, or the button: a date in words is taken at once, without one a dialog asks."""
    places = _places(turn)
    typed = split(turn.words, ["pause"])[1] if isinstance(turn.inbound.what, Asked) else ""
    if not typed:
        cohorts = [place.cohort for place in places]
        args = {"cohort": cohorts[0].id} if turn.action.args else {}
        return Reply(pausing.pause_dialog(cohorts, args, turn.say), Where.DIALOG)
    try:
        until = ahead(read_day(typed, turn.today), turn.today)
    except NoDay as trouble:
        example = (turn.today + timedelta(weeks=2)).isoformat()
        return Reply(pausing.no_day(trouble, typed, example, turn.say), Where.PRIVATELY)
    return Reply(_pause(turn, places, until), Where.PRIVATELY)


def paused(turn: Turn) -> Reply:
    """The dialog was sent, with a day or without."""
    places = _places(turn)
    day = turn.field("until")
    try:
        until = ahead(read_day(day, turn.today), turn.today) if day else None
    except NoDay as trouble:
        line = pausing.no_day_line(trouble, turn.say)
        return Reply(pausing.pause_dialog([], {}, turn.say), Where.FIELD_ERRORS, {"until": line})
    return Reply(_pause(turn, places, until), Where.PRIVATELY)


def _pause(turn: Turn, places: Sequence[Place], until: date | None) -> Message:
    partners: dict[str, Person] = {}
    pairs = turn.store.overviews.of(turn.me.id).pairs
    for place in places:
        turn.store.participants.save(replace(place.participant, standing=Standing.PAUSED, paused_until=until))
        partners |= {one.id: one for pair in pairs if pair.match.cohort == place.cohort.id for one in pair.partners}
    _look_again(turn, pairs)
    return pausing.paused([place.cohort for place in places], until, list(partners.values()), turn.say)


def resume(turn: Turn) -> Reply:
    """`/mentor resume`, or the button."""
    overview = turn.store.overviews.of(turn.me.id)
    asked = turn.action.args.get("cohort", "")
    places = [
        place
        for place in overview.current
        if place.participant.standing is Standing.PAUSED and asked in ("", place.cohort.id)
    ]
    where = _in_place(turn)
    if not places and turn.again:
        back = [place.cohort for place in overview.current if asked in ("", place.cohort.id)]
        return Reply(pausing.resumed(back, turn.say), where)
    if not places:
        return Reply(pausing.not_paused(turn.say), where)
    for place in places:
        turn.store.participants.save(replace(place.participant, standing=Standing.JOINED, paused_until=None))
        expect(turn.store, place.cohort, turn.me, turn.now)
    _look_again(turn, overview.pairs)
    return Reply(pausing.resumed([place.cohort for place in places], turn.say), where)


def leave(turn: Turn) -> Reply:
    """`/mentor leave`, or the button: what it means, asked once."""
    places = _places(turn, (*IN, Standing.ANSWERING))
    if len(places) > 1:
        cohorts = [place.cohort for place in places]
        return Reply(leaving.which(cohorts, "standing.leave", turn.say), Where.PRIVATELY)
    pairs = turn.store.overviews.of(turn.me.id).pairs_in(places[0].cohort.id)
    partners = {one.id: one for pair in pairs if not _goes_on(turn, pair) for one in pair.partners}
    staying = {one.id: one for pair in pairs if _goes_on(turn, pair) for one in pair.partners}
    may_pause = places[0].participant.has_joined
    told = leaving.leave(
        places[0].cohort, list(partners.values()), turn.say, staying=list(staying.values()), may_pause=may_pause
    )
    return Reply(told, Where.PRIVATELY)


def stay(turn: Turn) -> Reply:
    """Nothing changes."""
    return Reply(leaving.stayed(_places(turn, tuple(Standing))[0].cohort, turn.say), Where.INSTEAD)


def leave_now(turn: Turn) -> Reply:
    """The person leaves: living matches end, and their partners hear it in neutral words."""
    place = _places(turn, tuple(Standing))[0]
    if place.participant.standing is Standing.LEFT:
        return Reply(leaving.left(place.cohort, turn.say), Where.INSTEAD)
    for pair in turn.store.overviews.of(turn.me.id).pairs_in(place.cohort.id):
        _end_match(turn, pair, place.cohort)
    # Whoever comes back begins anew: what they said of a round or of mentors counts no more.
    turn.store.participants.save(replace(place.participant, standing=Standing.LEFT, paused_until=None, skips=False))
    turn.store.wishes.keep(place.participant.id, (), turn.now)
    turn.store.participants.mark_left(place.participant.id, turn.now)
    for mentee in turn.store.requests.concerning([turn.me.id]):
        turn.store.schedule.look_at(f"wish:{mentee}", turn.now)
    turn.store.schedule.look_at(f"person:{turn.me.id}", turn.now)
    return Reply(leaving.left(place.cohort, turn.say), Where.INSTEAD)


def _end_match(turn: Turn, pair: Pair, cohort: Cohort) -> None:
    """End a living match because this person left; what still waits to be said about it is taken back."""
    match = pair.match
    if _goes_on(turn, pair):
        step_out(turn, match, turn.me)
        return
    let_go(turn, match.end(turn.today, "left"))
    unaware = never_told(turn, match)
    for partner in pair.partners:
        if partner.id in unaware:
            continue
        say = turn.say_to(partner)
        role = match.member(partner.id).role
        today = local(turn.now, partner.hours).date()
        message = leaving.partner_left(turn.me.name, role, cohort, today, say)
        key = f"left:{match.id}:{partner.id}"
        post = news(partner, message, key=key, subject=match.id, step="left", now=turn.now)
        turn.store.outbox.put(post, now=turn.now)


def _goes_on(turn: Turn, pair: Pair) -> bool:
    """Whether the others stay together when this person leaves them."""
    return len(pair.match.members) > 2 and goes_on_without(pair.match, turn.me.id)


def _places(turn: Turn, standings: Sequence[Standing] = IN) -> tuple[Place, ...]:
    """Where the person is, in the programme or match that the button names, else everywhere. Raises Refusal."""
    overview = _agreed(turn, turn.store.overviews.of(turn.me.id))
    cohort = turn.action.args.get("cohort", "")
    match = turn.action.args.get("match", "")
    if match:
        cohort = next((pair.match.cohort for pair in overview.pairs if pair.match.id == match), "-")
    found = tuple(
        place
        for place in overview.places
        if place.participant.standing in standings and cohort in ("", place.cohort.id)
    )
    if not found:
        raise Refusal("standing.nowhere")
    return found


def _look_again(turn: Turn, pairs: Sequence[Pair]) -> None:
    """What is due for this person and their matches may have changed."""
    turn.store.schedule.look_at(f"person:{turn.me.id}", turn.now)
    for pair in pairs:
        turn.store.schedule.look_at(f"match:{pair.match.id}", turn.now)


def _in_place(turn: Turn) -> Where:
    """A button's message turns into what became of it; a command is answered where it was typed."""
    return Where.INSTEAD if isinstance(turn.inbound.what, Pressed) else Where.PRIVATELY

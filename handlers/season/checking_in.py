"""The short question how it goes; "stuck" asks first whether anybody may know."""

from flows.calendar import iso_week
from flows.refusal import Refusal
from flows.voice import check_ins as voice
from handlers.inbound import Reply, Where
from handlers.season.nudging import with_the_rest
from handlers.season.scene import Stand, enter, stand_of
from handlers.turn import Turn

ANSWERS = ("fine", "slow", "stuck")


def answer(turn: Turn) -> Reply:
    """One word for the matches that the button names; with several, "stuck" asks in which."""
    said = turn.arg("answer")
    named = turn.arg("matches").split(",")
    stands = _mine(turn, named)
    if said not in ANSWERS or not stands:
        raise Refusal("message.old")
    scenes = [stand.scene(turn.me.id, turn.say) for stand in stands]
    if said == "stuck" and len(stands) > 1:
        return Reply(voice.stuck_with(scenes, turn.say), Where.INSTEAD)
    for stand in stands:
        turn.store.check_ins.answer(stand.match.id, turn.me.id, iso_week(turn.now, turn.me.zone), said)
    if said == "stuck":
        return Reply(voice.stuck(scenes[0], turn.say), Where.INSTEAD)
    return Reply(with_the_rest(turn, voice.noted(said, turn.say)), Where.INSTEAD)


def share(turn: Turn) -> Reply:
    """A coordinator may know."""
    stand = enter(turn)
    turn.store.check_ins.answer(stand.match.id, turn.me.id, iso_week(turn.now, turn.me.zone), "shared")
    return Reply(voice.shared(stand.scene(turn.me.id, turn.say), turn.say), Where.INSTEAD)


def keep(turn: Turn) -> Reply:
    """It stays with the person."""
    stand = enter(turn)
    turn.store.check_ins.answer(stand.match.id, turn.me.id, iso_week(turn.now, turn.me.zone), "stuck")
    return Reply(voice.kept(turn.say), Where.INSTEAD)


def _mine(turn: Turn, named: list[str]) -> list[Stand]:
    """Those of the named matches that live and are this person's."""
    living = {match.id for match in turn.store.matches.alive_of(turn.me.id)}
    return [stand_of(turn.store, turn.content, one) for one in named if one in living]

"""Joining: a conversation in the private channel that survives whatever people and processes do."""

from flows.people import Role, Standing
from tests.handlers.stage import Actor, Stage


def answers_as_mentee(ines: Actor) -> None:
    """Everything that a mentee is asked, by what is read."""
    ines.presses("I agree")
    ines.presses("Learn from somebody")
    ines.fills({"What kind of mentoring would help you?": ["Career: somebody further ahead"]})
    ines.fills({"How many hours a month can you give to it?": "2"})
    ines.fills({"What would you like to get better at?": ["Strategy", "Working with data"]})
    ines.fills({"What do you like, beyond work?": ["Music"]})
    ines.fills({"Is there another area that you would like to move into?": "Product"})
    ines.presses("New in my role")
    ines.presses("That is right")
    ines.fills({"How would you like to meet?": "Online"})
    ines.fills({"When are you usually free for a talk?": ["Thursday morning"]})
    ines.says("I count things, and want them to count.")


def test_a_newcomer_joins_in_fourteen_acts(stage: Stage) -> None:
    stage.programme("Mentoring 2027")
    ines = stage.person("Ines Duarte", title="Analyst")
    ines.asks("join")
    assert "first question is in our direct messages" in ines.reads_all
    answers_as_mentee(ines)
    assert "Nothing counts until you join" in ines.reads
    ines.presses("Join Mentoring 2027")
    assert "You have joined Mentoring 2027" in ines.reads
    assert ines.acts <= 14
    me = ines.me
    with stage.store() as store:
        (place,) = store.participants.of_person(me.id)
    assert place.standing is Standing.JOINED
    assert place.roles == {Role.MENTEE}
    assert place.joined_at is not None

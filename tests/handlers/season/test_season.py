"""The season of a pair, from the first card to the last week."""

from datetime import date, timedelta

from flows.match import MatchState
from flows.meetings import MeetingState
from tests.handlers.season.pairs import matched, running
from tests.handlers.stage import Actor, Stage


def agrees_on(actor: Actor, day: date, hour: str = "10:00") -> None:
    actor.presses("We have a date")
    actor.fills(day=day.isoformat(), hour=hour)


def answers_the_taps(actor: Actor) -> None:
    for _ in range(3):
        actor.presses("Very much")


def test_a_pair_is_led_through_twelve_weeks(stage: Stage) -> None:
    mira, ines = stage.person("Mira Okafor", zone="Europe/Berlin"), stage.person("Ines Duarte")
    match = matched(stage, running(stage), mentor=mira, mentee=ines)

    stage.wait(days=1.5)
    assert "Your first conversation with Ines is open." in mira.reads
    assert "Your first conversation with Mira is open." in ines.reads

    agrees_on(ines, stage.now.date() + timedelta(days=2))
    assert "You and Mira meet on Thursday 4 March, 10:00." in ines.reads
    assert "You and Ines meet on Thursday 4 March, 11:00." in mira.reads, "the partner's card changed, in her own zone"

    stage.wait(days=2)
    assert "Did you and Mira have your first conversation?" in ines.reads
    assert len(mira.screen) == 2, "the question comes to both"
    ines.presses("We met")
    assert "Was it worth your time?" in ines.reads
    assert "You and Ines had your first conversation.\nWas it worth your time?" in mira.reads, "without asking her too"
    answers_the_taps(ines)
    assert "Do you and Mira fit" in ines.reads
    ines.presses("It fits")
    assert "Your second conversation is open." in ines.reads
    ines.presses("See it")
    assert "Your second conversation with Mira is open." in ines.reads
    answers_the_taps(mira)
    mira.presses("Not sure yet")

    for days in (30, 21, 20):
        stage.wait(days=days)
        mira.presses("We met")
        answers_the_taps(mira)
        if "Do you and Ines fit" in mira.reads:
            mira.presses("It fits")

    stage.wait(weeks=3)
    assert "Your plan with Mira ends on" in ines.reads_all
    assert "You two talked 4 times." in ines.reads_all
    with stage.store() as store:
        assert store.matches.get(match.id).state is MatchState.COMPLETED
        meetings = store.sessions.of(match.id)
    assert [meetings[number].state for number in (1, 2, 3, 4)] == [MeetingState.MET] * 4

"""A coordinator describes a programme and opens it."""

import pytest

from flows.programme import CohortState
from tests.handlers.stage import Actor, Stage

WHOLE = {
    "name": "Leaders 2027",
    "purpose": "leaders",
    "problem": "We promote from outside because nobody inside is ready.",
    "format": "one_to_one",
    "format_reason": "People need one person who knows their case.",
    "objective": "More leaders come from inside.",
    "measure": "Share of leaders promoted from inside, from the HR system",
    "baseline": "20",
    "target": "30",
    "champion": "Rosa Lind",
}


def describe(carla: Actor, **changes: str) -> None:
    carla.asks_admin("programme new")
    carla.fills({**WHOLE, **changes})


def state(stage: Stage) -> CohortState:
    with stage.store() as store:
        return store.programmes.all_cohorts()[0].state


def test_everything_but_the_name_may_wait_and_show_says_what_is_missing(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new Leaders 2027")
    carla.fills()
    assert "Leaders 2027" in carla.reads
    for missing in ("Purpose", "Problem", "Format", "Objective", "Figure today", "Figure wanted", "Champion"):
        assert f"{missing}:" in carla.reads

    carla.presses("Edit")
    carla.fills(champion="Rosa Lind")
    assert "Champion: Rosa Lind" in carla.reads
    assert "Figure today:" in carla.reads


@pytest.mark.parametrize("gap", ["purpose", "problem", "format", "format_reason", "objective", "baseline", "target"])
def test_a_programme_does_not_open_without_each_of_its_answers(stage: Stage, carla: Actor, gap: str) -> None:
    describe(carla, **{gap: ""})
    carla.asks_admin("open <#C1>")
    assert "cannot open yet: 1 thing is missing" in carla.reads
    assert state(stage) is CohortState.DRAFT
    assert stage.channels == {}


def test_nothing_is_posted_before_the_one_confirmation(stage: Stage, carla: Actor) -> None:
    describe(carla)
    carla.asks_admin("open <#C1>")
    assert "posts one invitation" in carla.reads
    assert "Mentoring starts on" in carla.reads
    assert stage.channels == {}
    assert state(stage) is CohortState.DRAFT

    dry_run, button = carla.finds("Post the invitation")
    carla.presses("Post the invitation")
    assert state(stage) is CohortState.OPEN
    (invitation,) = stage.channels["C1"]
    assert "Join" in str(invitation.message)

    carla.presses_again(dry_run, button)
    assert "only once" in carla.reads
    assert len(stage.channels["C1"]) == 1


@pytest.mark.parametrize(
    ("chosen", "opening"),
    [
        ("coffee", "Coffee with colleagues starts on"),
        ("peer", "Peer mentoring starts on"),
        ("circle", "Circles of colleagues start on"),
        ("flash", "Short talks with colleagues start on"),
    ],
)
def test_an_invitation_without_mentors_says_what_starts_and_quotes_nothing_of_them(
    stage: Stage, carla: Actor, chosen: str, opening: str
) -> None:
    describe(carla, purpose="culture", format=chosen)
    carla.asks_admin("open <#C1>")
    carla.presses("Post the invitation")

    (invitation,) = stage.channels["C1"]
    assert invitation.message.summary.startswith(opening)
    assert "people with a mentor" not in str(invitation.message)
    carla.screen.append(invitation)
    carla.presses("What is this?")
    assert "told by Together" not in carla.reads


def test_an_invitation_with_mentors_quotes_a_figure_about_them(stage: Stage, carla: Actor) -> None:
    describe(carla, purpose="culture", format="group")
    carla.asks_admin("open <#C1>")
    carla.presses("Post the invitation")

    (invitation,) = stage.channels["C1"]
    assert invitation.message.summary.startswith("Mentoring starts on")
    assert "people with a mentor" in str(invitation.message)


def test_a_confirmation_expires_and_belongs_to_one_person(stage: Stage, carla: Actor) -> None:
    rui = stage.person("Rui Alves", owner=True)
    describe(carla)
    carla.asks_admin("open <#C1>")
    dry_run, button = carla.finds("Post the invitation")

    rui.presses_again(dry_run, button)
    assert "Only the person who was shown this" in rui.reads

    stage.wait(minutes=31)
    carla.presses_again(dry_run, button)
    assert "may have changed" in carla.reads
    assert stage.channels == {}


def test_not_now_leaves_everything_as_it_is(stage: Stage, carla: Actor) -> None:
    describe(carla)
    carla.asks_admin("open <#C1>")
    dry_run, button = carla.finds("Post the invitation")
    carla.presses("Not now")
    carla.presses_again(dry_run, button)
    assert stage.channels == {}


def test_the_invitation_tells_everybody_what_this_is_with_sources(stage: Stage, carla: Actor) -> None:
    ines = stage.person("Ines Duarte")
    describe(carla)
    carla.asks_admin("open <#C1>")
    carla.presses("Post the invitation")
    ines.screen.append(stage.channels["C1"][0])
    ines.presses("What is this?")
    assert "Grow future leaders" in ines.reads
    assert "2025)" in ines.reads


def test_names_match_whatever_their_case_and_unknown_ones_get_the_nearest(stage: Stage, carla: Actor) -> None:
    describe(carla)
    describe(carla, name="Newcomers")
    carla.asks_admin("programme show")
    assert "Which programme?" in carla.reads
    carla.asks_admin("programme show LEADERS 2027")
    assert "Rosa Lind" in carla.reads
    carla.asks_admin("programme show Leader 2027")
    assert "Did you mean “Leaders 2027”?" in carla.reads
    carla.asks_admin("programme new newcomers")
    assert "already" in carla.reads


def test_a_name_typed_with_too_many_spaces_can_be_called(stage: Stage, carla: Actor) -> None:
    describe(carla)
    describe(carla, name="Women  in   Tech")
    carla.asks_admin("programme show women in tech")
    assert "Rosa Lind" in carla.reads


def test_who_chooses_is_asked_of_pairs_alone(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new")
    carla.fills({**WHOLE, "name": "Pairs", "format": "reverse", "choice": "ask"})
    assert "Who chooses: Mentees ask mentors" in carla.reads
    carla.asks_admin("programme new")
    carla.fills({**WHOLE, "name": "Circles", "format": "circle", "choice": "ask"})
    assert "Format: Circle" in carla.reads
    assert "Who chooses" not in carla.reads


def test_a_programme_that_would_be_over_does_not_open(stage: Stage, carla: Actor) -> None:
    describe(carla, starts_on="2026-03-01")
    carla.asks_admin("open <#C1>")
    assert "over before it begins" in carla.reads


def test_an_open_programme_may_be_announced_in_one_more_channel(stage: Stage, carla: Actor) -> None:
    describe(carla)
    for channel in ("C1", "C2"):
        carla.asks_admin(f"open <#{channel}>")
        carla.presses("Post the invitation")
    assert set(stage.channels) == {"C1", "C2"}


def test_a_name_with_markup_is_shown_as_typed(stage: Stage, carla: Actor) -> None:
    describe(carla, name="<!channel> *{hi}* | x")
    carla.asks_admin("programme list")
    assert "<!channel> *{hi}* | x" in carla.reads


def test_what_does_not_fit_is_said_at_its_field(stage: Stage, carla: Actor) -> None:
    carla.asks_admin("programme new")
    carla.fills({**WHOLE, "name": " ", "baseline": "a lot", "weeks": "99"})
    assert set(carla.errors) == {"name", "baseline", "weeks"}
    with stage.store() as store:
        assert store.programmes.all_cohorts() == []


def test_a_programme_that_is_still_being_described_does_not_stand_in_the_way(stage: Stage, carla: Actor) -> None:
    describe(carla)
    carla.asks_admin("open <#C1>")
    carla.presses("Post the invitation")
    describe(carla, name="Newcomers")
    carla.asks_admin("people")
    assert "People in Leaders 2027" in carla.reads
    carla.asks_admin("open <#C1>")
    assert "Newcomers" in carla.reads

"""Joining: a conversation in the private channel that survives whatever people and processes do."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from flows.people import Participant, Role, Standing
from flows.programme import CohortState
from flows.questionnaire import Answers
from tests.handlers.stage import Actor, Stage, Value, shown

FIRST = "May we keep your answers?"
MENTEE: tuple[tuple[str, Mapping[str, Value]], ...] = (
    ("I agree", {}),
    ("Learn from somebody", {}),
    ("", {"What kind of mentoring would help you?": ["Career: somebody further ahead"]}),
    ("", {"How many hours a month can you give to it?": "2"}),
    ("", {"What would you like to get better at?": ["Strategy", "Working with data"]}),
    ("", {"What do you like, beyond work?": ["Music"]}),
    ("", {"Is there another area that you would like to move into?": "Product"}),
    ("New in my role", {}),
    ("That is right", {}),
    ("", {"How would you like to meet?": "Online"}),
    ("", {"When are you usually free for a talk?": ["Thursday morning"]}),
    ("", {"What should somebody know who meets you for the first time?": "I count things."}),
)


def answers(actor: Actor, *, until: int = len(MENTEE), since: int = 0) -> None:
    """Answer as a mentee does, by what is read."""
    for label, fields in MENTEE[since:until]:
        if label:
            actor.presses(label)
        else:
            actor.fills(fields)


def joined(stage: Stage, name: str = "Ines Duarte") -> Actor:
    """A mentee who has joined the one programme."""
    actor = stage.person(name, title="Analyst")
    actor.asks("join")
    answers(actor)
    actor.presses("Join Mentoring")
    return actor


def place(actor: Actor) -> Participant:
    """Their place in the newest programme."""
    me = actor.me
    with actor.stage.store() as store:
        return store.participants.of_person(me.id)[0]


def said(actor: Actor) -> Answers:
    """What is kept of their answers."""
    which = place(actor).id
    with actor.stage.store() as store:
        return store.participants.answers(which)


def begun(actor: Actor) -> str:
    """The programme whose questions they answer."""
    which = place(actor).cohort
    with actor.stage.store() as store:
        return store.programmes.cohort(which).name


def test_a_newcomer_joins_in_fourteen_acts(stage: Stage) -> None:
    stage.programme("Mentoring", next_round=date(2027, 3, 15))
    ines = stage.person("Ines Duarte", title="Analyst")
    ines.asks("join")
    assert "first question is in our private chat" not in ines.reads_all, "it stands right there"
    answers(ines)
    assert "Nothing counts until you join" in ines.reads
    ines.presses("Join Mentoring")
    assert ines.acts <= 14
    assert "You have joined Mentoring" in ines.reads
    assert "Monday 15 March" in ines.reads
    assert place(ines).standing is Standing.JOINED
    assert place(ines).roles == {Role.MENTEE}


def test_nothing_counts_before_the_last_button(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines)
    assert place(ines).standing is Standing.ANSWERING
    assert not place(ines).may_be_matched(date(2027, 3, 15))


def test_the_conversation_goes_on_at_the_same_question_after_a_restart(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=5)
    stage.restart()
    answers(ines, since=5)
    assert "Nothing counts until you join" in ines.reads


def test_the_question_alone_answers_the_command_in_the_private_chat(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    (question,) = ines.screen
    assert question.receipt
    assert FIRST in shown(question.message)


def test_each_answer_leaves_one_calm_line_with_a_way_to_change_it(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=2)
    assert [shown(seen.message) for seen in ines.screen[:2]] == [
        "You agreed that we keep your answers. You can leave at any time.",
        "Role: Learn from somebody\n[Change]",
    ]


def test_one_may_go_back_and_say_something_else(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=2)
    ines.presses("Back")
    assert "So far: Learn from somebody" in ines.reads
    ines.presses("Mentor somebody")
    assert "What kind of mentoring do you offer?" in ines.reads
    assert said(ines)["role"] == "mentor"
    assert "Learn from somebody" not in ines.reads_all


def test_an_old_question_changes_its_answer_and_leaves_the_open_one_alone(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=8)
    before = ines.newest
    ines.presses("Change", beside="Hours a month")
    ines.fills(hours="5")
    assert said(ines)["hours"] == 5
    assert "Hours a month: 5" in ines.reads_all
    assert ines.newest == before


def test_a_changed_role_brings_the_questions_of_that_role(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines)
    ines.presses("Change", beside="Role")
    ines.fills({"How would you like to take part?": "Do both"})
    assert "What kind of mentoring do you offer?" in ines.reads
    ines.fills({"What kind of mentoring do you offer?": ["Peer: to somebody at my level"]})
    ines.fills({"How many mentees can you meet at a time?": "2"})
    ines.fills({"What can you help somebody with?": ["Writing clearly"]})
    ines.presses("Join Mentoring")
    assert place(ines).roles == {Role.MENTOR, Role.MENTEE}
    assert place(ines).capacity == 2


def test_typed_text_answers_the_question_that_takes_text(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    ines.presses("I agree")
    ines.says("learn from somebody")
    assert said(ines)["role"] == "mentee"
    answers(ines, since=2, until=3)
    ines.says("2 hours")
    assert "Hours a month: 2" in ines.reads_all
    answers(ines, since=4, until=11)
    ines.says("I count things, and want them to count.")
    assert "About me: I count things" in ines.reads_all
    assert "Nothing counts until you join" in ines.reads


def test_a_text_that_arrives_late_belongs_to_the_question_that_was_open_then(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    when_hours_were_open = stage.now
    stage.wait(minutes=5)
    answers(ines, since=3, until=5)
    interests = ines.newest
    ines.says("3", at=when_hours_were_open)
    assert said(ines)["hours"] == 2, "the newer answer stays"
    assert ines.newest == interests
    assert "interests" not in said(ines)


def test_a_late_text_does_not_take_the_place_of_a_question_gone_back_to(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    when_hours_were_open = stage.now
    stage.wait(minutes=5)
    ines.presses("Back")
    ines.says("3", at=when_hours_were_open)
    assert said(ines)["hours"] == 3
    assert "What kind of mentoring would help you?" in ines.reads_all
    ines.fills({"What kind of mentoring would help you?": ["Peer: somebody at my level"]})
    assert "What would you like to get better at?" in ines.reads


def test_a_text_typed_before_the_question_was_seen_is_not_its_answer(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    too_early = stage.now - timedelta(minutes=2)
    stage.wait(minutes=5)
    ines.says("3", at=too_early)
    assert "hours" not in said(ines)


def test_a_typed_number_fills_a_form_of_two_step_by_step(stage: Stage) -> None:
    stage.programme()
    mira = stage.person("Mira Okafor")
    mira.asks("join")
    mira.presses("I agree")
    mira.presses("Mentor somebody")
    mira.fills({"What kind of mentoring do you offer?": ["Peer: to somebody at my level"]})
    mira.says("3")
    mira.says("2")
    assert (said(mira)["hours"], said(mira)["capacity"]) == (3, 2)
    assert "What can you help somebody with?" in mira.reads


def test_two_answers_at_once_leave_one_answer_and_one_next_question(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=1)
    seen, learn = ines.finds("Learn from somebody")
    _, both = ines.finds("Do both")
    ines.presses_again(seen, learn)
    ines.presses_again(seen, both)
    assert said(ines)["role"] == "both"
    assert ines.reads_all.count("What kind of mentoring would help you?") == 1


def test_a_button_twice_is_one_answer(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=1)
    seen, learn = ines.finds("Learn from somebody")
    for gesture in ("once", "once", "twice"):
        ines.presses_again(seen, learn, gesture=gesture)
    assert ines.reads_all.count("What kind of mentoring would help you?") == 1
    with stage.store() as store:
        kept = store.participants._connection.execute(text("select count(*) from answers where question = 'role'"))
        assert kept.scalar_one() == 1


def test_the_last_button_twice_joins_once(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines)
    seen, join = ines.finds("Join Mentoring")
    ines.presses_again(seen, join)
    when = place(ines).joined_at
    ines.presses_again(seen, join)
    assert place(ines).joined_at == when
    assert "You have joined Mentoring" in ines.reads


def test_optional_questions_may_be_skipped_and_others_not(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=5)
    assert "[Skip]" in ines.reads
    ines.presses("Skip")
    assert said(ines)["interests"] is None
    assert "Interests: Skipped" in ines.reads_all


def test_one_may_stop_and_go_on_another_day(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    ines.presses("Stop for now")
    assert "Your answers wait here" in ines.reads
    ines.says("2")
    assert "hours" not in said(ines), "nothing is open while it waits"
    stage.wait(days=3)
    ines.presses("Go on")
    assert "How many hours a month" in ines.reads_all
    ines.says("2")
    assert said(ines)["hours"] == 2


def test_asking_again_moves_the_open_question_down(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    ines.asks("join")
    assert "The next question is in our private chat" not in ines.reads_all
    assert ines.reads_all.count("How many hours a month can you give to it?") == 1
    assert "further down" in ines.reads_all


def test_nobody_has_to_agree(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    ines.presses("Not now")
    assert "No answer of yours is kept" in ines.reads_all
    assert said(ines) == {}
    ines.presses("Start again")
    assert FIRST in ines.reads


def test_with_two_open_programmes_a_chooser_comes_first(stage: Stage) -> None:
    stage.programme("Mentoring")
    stage.programme("Women in Tech")
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    assert "Which one would you like to join?" in ines.reads
    ines.presses("Join Women in Tech")
    assert FIRST in ines.reads


def test_a_programme_may_be_named(stage: Stage) -> None:
    stage.programme("Mentoring")
    stage.programme("Women in Tech")
    ines = stage.person("Ines Duarte")
    ines.asks("join women in tech")
    assert begun(ines) == "Women in Tech"


def test_an_unknown_programme_is_answered_with_those_that_are_open(stage: Stage) -> None:
    stage.programme("Mentoring")
    ines = stage.person("Ines Duarte")
    ines.asks("join <!channel> *Zebra*")
    assert "No open programme is called “<!channel> *Zebra*”" in ines.reads
    assert "[Join Mentoring]" in ines.reads


def test_where_nothing_is_open_that_is_said(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    assert "There is no mentoring programme that you could join" in ines.reads


def test_a_programme_that_closed_meanwhile_takes_nobody(stage: Stage) -> None:
    cohort = stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines)
    stage.moves(cohort, CohortState.MATCHING, CohortState.RUNNING, CohortState.CLOSING)
    ines.presses("Join Mentoring")
    assert "takes no new people" in ines.reads
    assert place(ines).standing is Standing.ANSWERING


def test_who_has_joined_is_shown_where_they_stand(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("join")
    assert "You: joined" in ines.reads


def test_the_match_sees_exactly_what_was_left_visible(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte", title="Analyst")
    ines.asks("join")
    answers(ines)
    assert "Your match will see exactly this: Ines Duarte, Analyst" in ines.reads
    assert "Likes: Music\n[Take out]" in ines.reads
    ines.presses("Take out", beside="Likes")
    assert "Likes: taken out" in ines.reads
    ines.presses("Take out", beside="In their own words")
    assert ines.me.introduction == ""
    ines.presses("Put back", beside="In their own words")
    assert ines.me.introduction == "I count things."
    ines.presses("Join Mentoring")
    assert place(ines).hidden == {"interests"}


def test_a_private_answer_stands_in_no_message(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    assert said(ines)["move_into"] == "product"
    assert "Where I would like to move: Noted. Only you see it." in ines.reads_all
    assert "Where I would like to move: Product" not in ines.reads_all
    with stage.store() as store:
        rows = store.outbox._connection.execute(text("select key, message from outbox"))
        telling = [key for key, message in rows if '"chosen": "product"' in str(message)]
        assert telling == []
        kept = store.outbox._connection.execute(text("select value from answers where question = 'move_into'"))
        assert [value for (value,) in kept] == [None]


def test_going_back_to_a_private_question_does_not_repeat_the_answer(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=7)
    ines.presses("Back")
    assert "Is there another area" in ines.reads
    assert "chosen='product'" not in repr(ines.newest)
    ines.presses("Skip")
    ines.presses("Change", beside="Where I would like to move")
    assert ines.dialog is not None
    assert "Only you see this." in ines.reads


def test_a_private_question_takes_no_typed_text(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=6)
    ines.says("Product")
    assert "move_into" not in said(ines)
    assert "nothing private stays in the chat" in ines.reads


def test_fewer_hours_than_the_programme_takes_are_said_before_joining(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=3)
    ines.fills(hours="1")
    answers(ines, since=4)
    assert "takes about 2 hours a month, and you have 1" in ines.reads


def test_zone_and_languages_can_be_changed_before_they_are_confirmed(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte", zone="Europe/Lisbon", locale="pt-PT")
    ines.asks("join")
    answers(ines, until=8)
    assert "Lisbon, where it is" in ines.reads
    assert "You speak Portuguese." in ines.reads
    ines.presses("Change this")
    ines.fills(zone="Europe/Berlin", languages=["Portuguese", "German"])
    assert ines.me.zone == "Europe/Berlin"
    assert said(ines)["place"] == ("Europe/Berlin", "de", "pt")
    assert "How would you like to meet?" in ines.reads


def test_the_invitation_s_button_joins(stage: Stage) -> None:
    cohort = stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("")
    ines.presses("Join Mentoring")
    assert FIRST in ines.reads
    assert place(ines).cohort == cohort.id


def test_who_left_may_come_back_and_finds_their_answers(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.asks("leave")
    ines.presses("Leave the programme")
    ines.presses("Join again")
    assert "Nothing counts until you join" in ines.reads
    ines.presses("Join Mentoring")
    assert place(ines).standing is Standing.JOINED


def test_a_button_of_somebody_else_changes_nothing(stage: Stage) -> None:
    stage.programme()
    ines, mira = stage.person("Ines Duarte"), stage.person("Mira Okafor")
    ines.asks("join")
    seen, agree = ines.finds("I agree")
    mira.presses_again(seen, agree)
    assert "belong to somebody else" in mira.reads
    assert said(ines) == {}


def test_words_are_kept_as_typed(stage: Stage) -> None:
    stage.programme()
    name = "Ines <!channel> *Duarte* | علي 🙂"
    ines = stage.person(name)
    ines.asks("join")
    answers(ines, until=11)
    ines.says("<!channel> *bold* | `x` مرحبا 🙂")
    assert "About me: <!channel> *bold* | `x` مرحبا 🙂" in ines.reads_all
    assert f"exactly this: {name}" in ines.reads


def test_a_text_of_three_thousand_characters_gets_one_friendly_line(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=11)
    ines.says("x" * 3_000)
    assert "That is 3000 characters, and 600 fit here." in ines.reads
    assert "about" not in said(ines)
    ines.says("Shorter.")
    assert said(ines)["about"] == "Shorter."


def test_an_answer_that_does_not_fit_is_told_what_would(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    ines.presses("I agree")
    ines.says("boss")
    assert "Learn from somebody · Mentor somebody · Do both" in ines.reads
    answers(ines, since=1, until=3)
    ines.says("plenty")
    assert "A plain number fits here, such as 2." in ines.reads
    ines.says("900")
    assert "A number from 1 to 20 fits here" in ines.reads
    ines.fills({"How many hours a month can you give to it?": ""})
    assert "needs an answer" in ines.reads


def test_text_that_no_question_waits_for_gets_a_friendly_line(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.says("hello?")
    assert "no question open" in ines.reads
    ines = joined(stage, "Nadia Rahman")
    ines.says("hello?")
    assert "no question open" in ines.reads


@pytest.mark.parametrize(("typed", "meant"), [("hlep", "help"), ("Setings", "settings"), ("stauts", "status")])
def test_a_misspelt_word_that_no_question_waits_for_gets_the_nearest_one(stage: Stage, typed: str, meant: str) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.says("hello")
    assert "no question open" in ines.reads
    ines.says(typed)
    assert f"I do not know “{typed}”. Did you mean /mentor {meant}?" in ines.reads


def test_a_command_word_without_its_slash_is_no_answer(stage: Stage) -> None:
    stage.programme()
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    answers(ines, until=11)
    ines.says("help")
    assert "/mentor help" in ines.reads
    assert "about" not in said(ines)


def test_answers_may_be_changed_after_joining(stage: Stage) -> None:
    stage.programme()
    ines = joined(stage)
    ines.presses("Change my answers")
    ines.presses("Change", beside="Hours a month")
    ines.fills(hours="4")
    assert said(ines)["hours"] == 4
    assert "Hours a month: 4" in ines.reads
    assert place(ines).standing is Standing.JOINED


def test_nobody_joins_a_programme_whose_last_day_is_over(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    stage.programme("Spring mentoring")
    stage.wait(weeks=30)

    ines.asks("join")

    assert "question" not in ines.reads.casefold()
    me = ines.me.id
    with stage.store() as store:
        assert store.participants.of_person(me) == []


def test_of_more_open_programmes_than_a_message_holds_the_others_are_reached_by_name(stage: Stage) -> None:
    for number in range(60):
        stage.programme(f"Circle {number:02}")
    ines = stage.person("Ines Duarte")
    ines.asks("join")
    assert ines.reads.count("[Join Circle") == 20
    assert "40 more are open. A name behind /mentor join leads there." in ines.reads
    ines.asks("join Circle 59")
    assert begun(ines) == "Circle 59"

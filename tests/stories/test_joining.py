"""Joining, from the invitation to the last card, and what people change their mind about."""

import pytest

from tests.stage import Actor, Stage, Where
from tests.stories import spring
from tests.stories.spring import MENTEE, MENTOR, answers_one, joins, open_spring, question


@pytest.fixture
async def ines(stage: Stage) -> Actor:
    """Ines, in a company whose spring programme is open."""
    await open_spring(stage)
    return stage.actor("Ines")


async def answers_the_invitation(stage: Stage, actor: Actor) -> bool:
    """Whether it hangs in a channel that they see; where that is on the other platform, they ask where they stand."""
    await actor.comes()
    if stage.platform is Where.BOTH:
        await actor.asks()
        await actor.presses("Join")
        return False
    await actor.presses_again(actor.player.channel("#general")[-1], "Join")
    return True


async def begins(actor: Actor, *, until: str) -> None:
    """Agree and answer up to a question."""
    await actor.asks("join")
    await actor.presses("I agree")
    while question(actor.last_message) != until:
        await answers_one(actor, MENTEE)


async def test_ines_joins_by_pressing_what_she_sees(stage: Stage, ines: Actor) -> None:
    in_channel = await answers_the_invitation(stage, ines)
    assert ("The first question is in our private chat" in ines.told_alone) is in_channel

    await ines.presses("I agree")
    await ines.presses("Learn from somebody")
    await ines.chooses(spring.WISHES, "Career: somebody further ahead", "Peer: somebody at my level")
    await ines.presses("Save")
    await ines.fills(spring.HOURS, "2")
    await ines.presses("Save")
    await ines.chooses(spring.WANTS, "Working with data")
    await ines.presses("Save")
    await ines.presses("Skip")
    await ines.chooses(spring.MOVE, "Data")
    await ines.presses("Save")
    await ines.presses("New in my role")
    assert "Lisbon, where it is 9:00 now. You speak English." in ines.last_message
    await ines.presses("That is right")
    await ines.chooses(spring.MODE, "Online")
    await ines.presses("Save")
    await ines.chooses(spring.TIMES, "Tuesday morning")
    await ines.presses("Save")
    await ines.types("I came here from support.")

    card = ines.last_message
    assert "Please look once more, Ines. Nothing counts until you join." in card
    for line in (
        "Role: Learn from somebody",
        "Mentoring I wish for: Career: somebody further ahead and Peer: somebody at my level",
        "Where I would like to move: Noted. Only you see it.",
        f"Your match will see exactly this: Ines Duarte{', Data analyst' if stage.tells_titles else ''}",
        "In their own words: I came here from support.",
    ):
        assert line in card

    await ines.presses("Join Spring mentoring")

    assert "You have joined Spring mentoring." in ines.last_message
    assert "The next round is on Monday 29 March." in ines.last_message


async def test_a_text_answer_may_be_typed_and_another_is_taken_from_its_form(ines: Actor) -> None:
    await begins(ines, until=spring.HOURS)

    await ines.types("4")

    assert ines.hears("Hours a month: 4")
    assert question(ines.last_message) == spring.WANTS


async def test_going_back_shows_the_answer_and_lets_it_change(ines: Actor) -> None:
    await begins(ines, until=spring.HOURS)

    await ines.presses("Back")
    assert question(ines.last_message) == spring.WISHES
    assert ines.player.holds(spring.WISHES) == ("Career: somebody further ahead",)
    await ines.presses("Back")
    assert "So far: Learn from somebody." in ines.last_message
    await ines.presses("Do both")

    assert ines.hears("Role: Do both")
    assert question(ines.last_message) == spring.OFFERS


async def test_what_may_be_left_out_can_be_skipped_and_nothing_else_can(ines: Actor) -> None:
    await begins(ines, until=spring.WANTS)
    assert "Skip" not in ines.last_message.labels
    await answers_one(ines, MENTEE)

    assert question(ines.last_message) == spring.LIKES
    await ines.presses("Skip")

    assert ines.hears("Interests: Skipped")
    assert question(ines.last_message) == spring.MOVE


async def test_an_answer_that_does_not_fit_gets_one_friendly_line(ines: Actor) -> None:
    await begins(ines, until=spring.HOURS)

    await ines.types("lots")

    assert "A plain number fits here, such as 2." in ines.last_message
    assert "The question is still open, and nothing was changed." in ines.last_message
    await ines.types("200")
    assert "A number from 1 to 20 fits here, such as 2." in ines.last_message
    await ines.types("2")
    assert question(ines.last_message) == spring.WANTS


async def test_the_last_card_lets_an_answer_change_and_a_line_be_taken_out(ines: Actor) -> None:
    await begins(ines, until="Please look once more, Ines. Nothing counts until you join.")

    await ines.presses("Change", beside="Hours a month")
    await ines.fills(spring.HOURS, "1")
    await ines.submits()

    assert "Hours a month: 1" in ines.last_message
    assert "This programme takes about 2 hours a month, and you have 1." in ines.last_message

    await ines.presses("Take out", beside="Likes")
    assert "Likes: taken out, your match does not see it" in ines.last_message
    await ines.presses("Put back", beside="Likes")
    assert "Likes: Music and Travel" in ines.last_message
    await ines.presses("Take out", beside="In their own words")
    await ines.presses("Join Spring mentoring")
    await ines.presses("Change my answers")

    assert "In their own words: taken out, your match does not see it" in ines.answer


async def test_a_changed_answer_that_brings_a_question_asks_it_before_the_last_card(ines: Actor) -> None:
    await begins(ines, until="Please look once more, Ines. Nothing counts until you join.")

    await ines.presses("Change", beside="Role")
    await ines.chooses(spring.ROLE, "Do both")
    await ines.submits()

    assert question(ines.last_message) == spring.OFFERS
    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTOR)
    assert "Role: Do both" in ines.last_message


async def test_a_restart_in_the_middle_goes_on_at_the_same_question(stage: Stage, ines: Actor) -> None:
    await begins(ines, until=spring.LIKES)

    await stage.restart()
    await ines.chooses(spring.LIKES, "Games")
    await ines.presses("Save")
    await stage.restart()

    assert ines.hears("Interests: Games")
    assert question(ines.last_message) == spring.MOVE
    await ines.asks("join")
    assert question(ines.last_message) == spring.MOVE
    assert ines.hears("This question stands further down now.")
    assert sum(spring.MOVE in seen for seen in ines.player.reads()) == 1


async def test_typed_text_answers_the_question_that_was_open_when_it_was_typed(stage: Stage, ines: Actor) -> None:
    await begins(ines, until=spring.HOURS)
    await stage.wait(hours=1)
    arrive = ines.types_and_the_platform_is_slow("5")
    await stage.wait(hours=1)
    await ines.fills(spring.HOURS, "2")
    await ines.presses("Save")
    await stage.wait(hours=1)

    await arrive()

    assert question(ines.last_message) == spring.WANTS
    assert ines.hears("Hours a month: 2")
    assert not ines.hears("Hours a month: 5")


async def test_with_two_open_programmes_she_chooses_first(stage: Stage, ines: Actor) -> None:
    priya = stage.actor("Priya")
    await priya.coordinates("programme new Peer circles")
    for label, answer in {
        "Which problem keeps your leaders awake?": "Teams do not know each other.",
        "Why this format?": "It is the simplest.",
        "One objective": "More people ask another team for help.",
        "How is it measured, and where does the figure come from?": "per cent, in the yearly survey",
        "The figure today": "30",
        "The figure you want": "45",
        "Champion": "Hannah Weiss",
        "Starts on": "2027-03-15",
        "Next round of matching": "2027-04-05",
    }.items():
        await priya.fills(label, answer)
    await priya.chooses("Why do you want mentoring?", "Wider networks")
    await priya.chooses("Format", "One to one")
    await priya.submits()
    await priya.closes()
    await priya.coordinates("open Peer circles #general")
    await priya.presses("Post the invitation")

    chooser = await ines.asks("join")

    assert chooser is not None
    assert "More than one programme is open. Which one would you like to join?" in chooser
    assert not ines.hears("May we keep your answers?")
    await ines.presses("Join Peer circles")
    assert not ines.hears("You can join Peer circles there."), "the question stands right there"
    assert "May we keep your answers?" in ines.last_message


async def test_who_stops_for_now_comes_back_to_the_same_question(stage: Stage, ines: Actor) -> None:
    await begins(ines, until=spring.NEW)

    await ines.presses("Stop for now")
    assert "Your answers wait here. Nothing counts until you join at the end." in ines.last_message
    await ines.types("I am new")
    assert "I have no question open that this could answer" in ines.last_message
    await stage.wait(days=2)
    await ines.presses("Go on")

    assert ines.hears(spring.NEW)
    await ines.presses("Neither")
    assert ines.hears("New: Neither")


async def test_who_does_not_agree_leaves_no_answer(ines: Actor) -> None:
    await ines.asks("join")

    await ines.presses("Not now")

    assert "No answer of yours is kept." in ines.last_message


async def test_somebody_pauses_until_a_day_and_comes_back(stage: Stage, ines: Actor) -> None:
    await joins(ines, MENTEE)

    answer = await ines.asks("pause until 12 April")

    assert answer is not None
    assert "You pause in Spring mentoring until Monday 12 April. Then you are back." in answer
    bare = await ines.asks()
    assert bare is not None
    assert "You pause in Spring mentoring until Monday 12 April." in bare
    await ines.presses("Come back")
    assert "You are back in Spring mentoring." in ines.answer
    again = await ines.asks("resume")
    assert again is not None
    assert "You are not pausing, so nothing has changed." in again


async def test_a_pause_without_a_day_is_asked_in_a_dialog(ines: Actor) -> None:
    await joins(ines, MENTEE)

    await ines.asks("pause")
    assert "nobody asks for a reason" in ines.modal
    await ines.submits()

    assert "You pause in Spring mentoring until you say so." in ines.modal


async def test_somebody_leaves_after_one_question_and_may_join_again(ines: Actor) -> None:
    await joins(ines, MENTEE)

    await ines.asks("leave")
    await ines.presses("Stay")
    assert "You stay in Spring mentoring." in ines.answer
    await ines.asks("leave")
    await ines.presses("Leave the programme")
    assert "You have left Spring mentoring. No more messages come from it." in ines.answer
    status = await ines.asks("status")
    assert status is not None
    assert "You: joined" not in status
    await ines.asks("join")

    assert "Please look once more, Ines." in ines.last_message
    await ines.presses("Join Spring mentoring")
    assert "You have joined Spring mentoring." in ines.last_message


async def test_settings_are_one_dialog_and_hold_from_then_on(ines: Actor) -> None:
    await joins(ines, MENTEE)

    await ines.asks("settings")
    await ines.chooses("On which day?", "Thursday")
    await ines.fills("At what time?", "11:00")
    await ines.fills("About me", "I ask many questions.")
    await ines.submits()

    status = await ines.asks("status")
    assert status is not None
    assert "Weekly message: Thursday at 11:00" in status


async def test_the_home_tab_shows_where_she_stands_with_buttons(stage: Stage, ines: Actor) -> None:
    nowhere = await ines.opens_home()
    assert "You are in no mentoring programme yet." in nowhere
    await ines.presses("Join Spring mentoring")
    assert "May we keep your answers?" in ines.last_message
    await ines.closes_everything()
    begun = await ines.opens_home()
    assert "You: answering the questions. Nothing counts until you join" in begun
    await ines.presses("I agree")
    while "Nothing counts until you join" not in ines.last_message:
        await answers_one(ines, MENTEE)
    await ines.presses("Join Spring mentoring")
    home = await ines.opens_home()

    assert "You: joined" in home
    assert home.labels == ("My answers", "Pause", "Leave", "Settings")

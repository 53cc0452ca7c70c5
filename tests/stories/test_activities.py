"""What a pair writes, through the local workspace: every window opens, sends and shows what it should."""

from tests.stage import Actor, Stage
from tests.stories.everything_shown import conversations
from tests.stories.pairs import matched

NUMBERS = ("1: at the very beginning", "2: first steps", "3: on the way", "4: firm", "5: could teach it")
SKILLS = ("Strategy", "Design", "Negotiating")


async def rates(actor: Actor, number: int) -> None:
    for skill in (*SKILLS, "Chairing a board", "Saying thanks"):
        await actor.chooses(skill, NUMBERS[number - 1])
    await actor.submits()


async def test_five_skills_are_rated_alone_and_shown_together(stage: Stage) -> None:
    mira, ines = await matched(stage)
    await stage.wait(days=2)
    await mira.presses("We met")
    await stage.wait(weeks=2)
    await mira.presses("Rate five skills")
    assert "Ines picks the five skills first." in mira.modal
    await mira.closes()

    await ines.presses("Rate five skills")
    await ines.chooses("Skills", *SKILLS)
    await ines.fills("In your own words", "Chairing a board, Saying thanks")
    await ines.submits()
    await rates(ines, 2)
    assert ines.hears("As soon as Mira has sent theirs, you both see them side by side.")

    await mira.presses("Rate five skills")
    await rates(mira, 4)
    assert "Chairing a board: you 4 and Ines 2" in mira.modal
    await mira.closes()
    await ines.presses("See both views")
    assert "Chairing a board: you 2 and Mira 4" in ines.modal


async def test_a_strength_is_given_read_and_answered_with_wins(stage: Stage) -> None:
    mira, ines = await matched(stage)
    await mira.asks("spotlight")
    await mira.fills("The strength", "Calm in a storm")
    await mira.fills("Where I saw it", "You asked two questions.\nMARK *quiet* room")
    await mira.submits()
    await stage.wait(weeks=2)
    assert ines.hears("Mira has written down a strength of yours.")
    await ines.presses("Read it")
    assert "MARK *quiet* room" in ines.modal
    await ines.presses("Add a win")
    await ines.fills("What went well?", "I said no. MARK")
    await ines.submits()
    assert ines.hears("Your log holds 1 win.")
    await mira.presses("Our notes")
    assert "I said no. MARK" in mira.modal
    assert "Calm in a storm" in mira.modal
    assert "MARK" not in conversations(stage)


async def test_the_letter_is_asked_for_in_its_week_and_not_after_an_answer(stage: Stage) -> None:
    _, ines = await matched(stage)
    await stage.wait(weeks=3)
    await ines.presses("Write my letter")
    await ines.presses("I keep it elsewhere")
    assert "you keep your letter elsewhere" in ines.modal
    await ines.closes()
    before = sum("letter to yourself" in seen for seen in ines.player.reads())
    assert before >= 1
    await stage.wait(weeks=4)
    assert sum("letter to yourself" in seen for seen in ines.player.reads()) == before

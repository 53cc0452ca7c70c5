"""Mira would like to mentor and is not sure that she may."""

from tests.stage import Stage
from tests.stories import spring
from tests.stories.spring import MENTOR, answers_one, open_spring, question


async def test_mira_is_not_sure_and_starts_with_one_meeting(stage: Stage) -> None:
    await open_spring(stage)
    mira = stage.actor("Mira")
    await mira.asks("join")
    await mira.presses("I agree")
    assert question(mira.last_message) == spring.ROLE

    await mira.presses("I am not sure that I qualify")
    assert "Anyone can mentor. To be two steps ahead of somebody is enough." in mira.last_message
    assert "You can start with one meeting: one person, one talk." in mira.last_message
    await mira.presses("Start with one meeting")

    assert mira.hears("Role: Mentor somebody")
    assert question(mira.last_message) == spring.OFFERS
    while "Nothing counts until you join" not in mira.last_message:
        await answers_one(mira, {label: said for label, said in MENTOR.items() if label != spring.CAPACITY})
    assert "Mentees at a time: 1" in mira.last_message
    await mira.presses("Join Spring mentoring")

    priya = stage.actor("Priya")
    for words in ("people", "person Mira Okafor"):
        await priya.coordinates(words)
        assert "not sure" not in priya.answer
        assert "one meeting" not in priya.answer

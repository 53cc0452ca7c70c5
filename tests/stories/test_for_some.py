"""A programme for some people: those find it, and nobody else is offered it or told why."""

from flows.facts import Known
from storage.facts import name_of
from storage.store import Store
from tests.stage import Actor, Stage, Where
from tests.stories.spring import open_spring, question
from tests.written_down import everybody

REFUSED = "Spring mentoring is for a group of people that you are not listed in."


async def works_in(stage: Stage, actor: Actor, department: str) -> None:
    """What the company says of somebody, as it was imported."""
    await actor.asks("help")
    with stage.app.kit.database.transaction() as connection:
        person = next(one for one in everybody(connection) if one.account.user == actor.id)
        told = {name_of(person.account): Known(department=department, level=3)}
        Store(connection, stage.app.kit.keyring).facts.keep(told, source="s", by="", at=stage.world.now())


async def test_priya_opens_a_programme_to_one_department(stage: Stage) -> None:
    await open_spring(stage)
    priya, ines, bjorn, yusuf = stage.actors("Priya", "Ines", "Björn", "Yusuf")
    await works_in(stage, ines, "Research, early")
    await works_in(stage, bjorn, "Sales")

    await priya.coordinates("programme show")
    assert "Open to: everybody" in priya.answer
    await priya.presses("Who may join")
    await priya.chooses("Departments", "Research, early")
    await priya.fills("Level, up to", "4")
    await priya.submits()
    await priya.closes_everything()
    await priya.coordinates("programme show")
    assert "Open to departments: Research, early" in priya.answer
    assert "Open to levels: up to 4" in priya.answer
    assert "That covers: fewer than five people whom I know" in priya.answer

    for actor in (bjorn, yusuf):
        answer = await actor.asks("join")
        assert answer is not None
        assert "There is no mentoring programme that you could join at the moment." in answer
        home = await actor.opens_home()
        assert "Join Spring mentoring" not in home.labels
        answer = await actor.asks("join Spring mentoring")
        assert answer is not None
        assert REFUSED in answer
        assert "Priya" in answer
        assert "Research" not in answer
    if stage.platform is not Where.BOTH:
        await bjorn.presses_again(bjorn.player.channel("#general")[-1], "Join")
        assert REFUSED in bjorn.answer

    await ines.asks("join")
    assert "May we keep your answers?" in question(ines.last_message)

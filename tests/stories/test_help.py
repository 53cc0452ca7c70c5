"""The smallest story: somebody asks what they can do here."""

from tests.stage import Stage


async def test_help_is_answered_to_the_asker_alone(stage: Stage) -> None:
    ines, mira = stage.actors("Ines", "Mira")

    answer = await ines.asks("help")

    assert answer is not None
    assert "What you can do here" in answer
    assert mira.player.ephemerals() == ()


async def test_an_unknown_word_gets_the_nearest_one(stage: Stage) -> None:
    ines = stage.actor("Ines")

    answer = await ines.asks("hlep")

    assert answer is not None
    assert "/mentor help" in answer


async def test_a_stranger_is_refused_politely_by_the_coordinators_command(stage: Stage) -> None:
    ines = stage.actor("Ines")

    answer = await ines.coordinates("help")

    assert answer is not None
    assert "for the people who run mentoring here" in answer

"""Help, and what nobody understands."""

from tests.handlers.stage import Stage


def test_help_lists_what_everybody_may_type(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    assert "help" in ines.reads


def test_an_unknown_word_is_answered_with_the_nearest(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("hlep")
    assert "/mentor help" in ines.reads

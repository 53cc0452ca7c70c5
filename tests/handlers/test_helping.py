"""Help, and what nobody understands."""

from handlers.words import MENTOR
from tests.handlers.stage import Stage


def test_help_lists_what_everybody_may_type(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("help")
    assert [word.verb for word in MENTOR if word.says not in ines.reads] == []

    del stage.spaces["stage"]
    ines.asks("help")
    assert [word.verb for word in MENTOR if word.says not in ines.reads] == ["connect"]


def test_an_unknown_word_is_answered_with_the_nearest(stage: Stage) -> None:
    ines = stage.person("Ines Duarte")
    ines.asks("hlep")
    assert "/mentor help" in ines.reads

"""What is typed is a command, or something said: only what is surely a command is taken for one."""

import pytest

from bot.teams.activity import modelled
from bot.teams.typed import typed
from handlers.inbound import Asked, Said
from tests.bot.teams.gestures import BOT, mention, message


def asked(words: str, command: str = "mentor") -> Asked:
    return Asked(command, words, typed=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("mentor", asked("")),
        ("/mentor", asked("")),
        ("Mentor Help", asked("Help")),
        ("/mentor stauts", asked("stauts")),
        ("mentor pause until 2 April", asked("pause until 2 April")),
        ("mentor-admin", asked("", "mentor-admin")),
        ("/mentor-admin people Spring", asked("people Spring", "mentor-admin")),
        ("MENTOR-ADMIN pair ines@example.com Mira Okafor", asked("pair ines@example.com Mira Okafor", "mentor-admin")),
        ("status", asked("status")),
        ("Help.", asked("help")),
        (" status\n", asked("status")),
        ("/pause until 2 April", asked("pause until 2 April")),
        ("/stauts", asked("stauts")),
    ],
)
def test_what_is_surely_a_command_is_one(text: str, meant: Asked) -> None:
    assert typed(modelled(message(text))) == meant


@pytest.mark.parametrize(
    "text",
    [
        "help my team",
        "pause until 2 April",
        "mentor others in design",
        "mentoring",
        "I would like to join",
        "mentor\u00e9 status",
    ],
)
def test_everything_else_was_said(text: str) -> None:
    assert typed(modelled(message(text))) == Said(text, may_be_word=True)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("<at>Alongside</at> status&nbsp;", asked("status")),
        ("hello <at>Alongside</at>", asked("hello")),
        ("<at>Alongside</at>", asked("")),
        ("<at>Alongside</at>\u00a0/mentor join", asked("join")),
        ("<at>Alongside</at> mentor-admin people", asked("people", "mentor-admin")),
        ("<at>Alongside</at> mentor-admin open Spring", asked("open Spring <#somewhere>", "mentor-admin")),
    ],
)
def test_in_a_channel_what_mentions_us_is_a_command(text: str, meant: Asked) -> None:
    assert typed(modelled(mention(text)), channel="somewhere") == meant


def test_only_our_own_mention_is_taken_out() -> None:
    activity = mention("<at>Alongside</at> mentor-admin person <at>Ines Duarte</at>")
    ines = {"type": "mention", "mentioned": {"id": "29:1ines", "name": "Ines Duarte"}, "text": "<at>Ines Duarte</at>"}
    activity["entities"].append(ines)
    assert typed(modelled(activity), channel="somewhere") == asked("person Ines Duarte", "mentor-admin")


def test_a_mention_of_us_in_the_private_chat_changes_nothing() -> None:
    tag = {"type": "mention", "mentioned": {"id": BOT, "name": "Alongside"}, "text": "<at>Alongside</at>"}
    assert typed(modelled(message("<at>Alongside</at> status", entities=[tag]))) == asked("status")

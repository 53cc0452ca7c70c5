"""What people do on Slack becomes an Inbound, or nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import parse, render
from bot.slack.origin import Origin, packed, unpacked
from flows.people import Account, Profile
from flows.voice.message import Action
from handlers.inbound import AccountChanged, Asked, Closed, Inbound, Opened, Place, Pressed, Said, Submitted
from tests.bot.examples import EVERY_FIELD
from tests.bot.slack.recorded import recorded

NOW = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
INES = Account("slack", "T0HOME", "U0INES")


def moment(seconds: float) -> datetime:
    """A time stamp of Slack as a moment."""
    return datetime.fromtimestamp(seconds, UTC)


def test_a_command_keeps_ids_and_loses_names_and_escapes() -> None:
    asked = Asked("mentor-admin", "roles add <@U0MIRA> in <#C0OFFERS> a & b <ok>")
    expected = Inbound("1001.2002.abc", INES, asked, Place.SHARED, NOW)
    assert parse.inbound(recorded("command"), NOW) == expected


def test_a_submit_button_brings_the_inputs_of_its_own_form() -> None:
    found = parse.inbound(recorded("press_in_message"), NOW)
    pressed = Pressed(Action("question.answer", {"q": "goals"}), {"goals": ("leading", "craft"), "capacity": ("2",)})
    key = "U0INES:D0A1:1778486400.000001:question.answer#form0:1778486460.250000"
    at = moment(1778486460.25)
    assert found == Inbound(key, INES, pressed, Place.PRIVATE, at, receipt="1778486400.000001")


def test_any_other_button_brings_no_inputs() -> None:
    body = recorded("press_in_message")
    body["actions"][0]["action_id"] = "question.back#0"
    found = parse.inbound(body, NOW)
    assert found is not None
    assert found.what == Pressed(Action("question.back", {"q": "goals"}), {})


def test_a_press_in_a_channel_is_shared() -> None:
    body = recorded("press_on_ephemeral")
    found = parse.inbound(body, NOW)
    assert found is not None
    assert found.place is Place.SHARED
    origin = parse.origin(body)
    assert origin == Origin(
        Place.SHARED,
        channel="C0GENERAL",
        ts="1778486401.000200",
        response_url="https://hooks.slack.com/actions/T0HOME/2/x",
        ephemeral=True,
    )


def test_a_press_at_home_brings_the_inputs_of_the_home() -> None:
    found = parse.inbound(recorded("press_at_home"), NOW)
    assert found is not None
    assert found.what == Pressed(Action("settings.save"), {"hours": ("2",)})
    assert found.place is Place.HOME
    assert parse.origin(recorded("press_at_home")) == Origin(Place.HOME)


def test_a_dialog_brings_all_that_was_filled_in_and_where_it_was_opened() -> None:
    found = parse.inbound(recorded("submission"), NOW)
    filled = {
        "about": ("I like <maps> & *stars*",),
        "cadence": ("2",),
        "away": ("2026-06-01",),
        "at": ("09:30",),
        "who": ("U0MIRA",),
        "where": ("C0OFFERS",),
    }
    submitted = Submitted(Action("settings.save", {"cohort": "c1"}), filled)
    key = "V0DIALOG:1001.2006.abc"
    assert found == Inbound(key, INES, submitted, Place.SHARED, NOW, receipt="1778486400.000001")
    assert parse.origin(recorded("submission")).ts == "1778486400.000001"


def test_a_dialog_sent_again_after_a_line_about_a_field_is_another_gesture() -> None:
    first, second = recorded("submission"), recorded("submission")
    second["trigger_id"] = "1001.2999.abc"
    before, after = parse.inbound(first, NOW), parse.inbound(second, NOW)
    assert before is not None
    assert after is not None
    assert before.id != after.id


def test_a_dialog_that_is_closed_brings_what_was_typed_when_slack_tells_it() -> None:
    body = {**recorded("submission"), "type": "view_closed", "is_cleared": False}
    del body["trigger_id"]
    found = parse.inbound(body, NOW)
    assert found is not None
    assert isinstance(found.what, Closed)
    assert found.what.action == Action("settings.save", {"cohort": "c1"})
    assert found.what.filled["about"] == ("I like <maps> & *stars*",)

    body["view"] = {name: value for name, value in body["view"].items() if name != "state"}
    assert parse.inbound(body, NOW) == replace(found, what=Closed(found.what.action, {}))


def test_a_press_inside_a_dialog_remembers_where_the_dialog_was_opened() -> None:
    body = recorded("press_in_dialog")
    found = parse.inbound(body, NOW)
    assert found is not None
    assert found.what == Pressed(Action("settings.pause"), {})
    assert found.place is Place.SHARED
    assert parse.origin(body).channel == "C0OFFERS"


def test_opening_the_home_tab_is_told_and_the_messages_tab_is_not() -> None:
    found = parse.inbound(recorded("home_opened"), NOW)
    assert found == Inbound("Ev0001", INES, Opened(), Place.HOME, moment(1778486464.0001))
    assert parse.inbound(recorded("messages_opened"), NOW) is None


def test_typed_text_arrives_as_it_was_typed() -> None:
    found = parse.inbound(recorded("typed"), NOW)
    said = Said("Ask <@U0MIRA> & see example.com/x, a < b")
    key = "0b0f0e0d-1111-2222-3333-444455556666"
    assert found == Inbound(key, INES, said, Place.PRIVATE, moment(1778486465.0003))
    body = recorded("typed")
    del body["event"]["client_msg_id"]
    again = parse.inbound(body, NOW)
    assert again is not None
    assert again.id == "D0A1:1778486465.000300"


@pytest.mark.parametrize("sign", ["\0", "\ud83d"], ids=["sign 0", "half a sign"])
def test_what_no_database_keeps_is_left_out_wherever_it_is_typed(sign: str) -> None:
    body = recorded("typed")
    body["event"]["text"] = f"Hello{sign} you"
    said = parse.inbound(body, NOW)
    assert said is not None
    assert said.what == Said("Hello you")

    body = recorded("command")
    body["text"] = f"join{sign}"
    asked = parse.inbound(body, NOW)
    assert asked is not None
    assert asked.what == Asked("mentor-admin", "join")

    told = parse.profile({"id": "U1", "name": "ines", "profile": {"real_name": f"Ines{sign}", "title": f"Head{sign}"}})
    assert told == Profile("Ines", "UTC", "", title="Head")


def test_what_is_filled_in_holds_nothing_that_no_database_keeps() -> None:
    words = json.dumps(recorded("submission")).replace("I like <maps>", "I \\u0000like \\ud83dmaps")
    submitted = parse.inbound(json.loads(words), NOW)
    assert submitted is not None
    assert isinstance(submitted.what, Submitted)
    assert submitted.what.filled["about"] == ("I like maps & *stars*",)


def test_a_name_longer_than_any_message_shows_is_cut() -> None:
    told = parse.profile({"id": "U1", "locale": "x" * 40, "profile": {"real_name": "N" * 500, "title": "T" * 500}})
    assert told == Profile("N" * 200, "UTC", "", title="T" * 200)


@pytest.mark.parametrize("name", ["edited", "said_by_a_bot", "bot_changed"])
def test_what_nobody_typed_is_nothing(name: str) -> None:
    assert parse.inbound(recorded(name), NOW) is None


def test_the_directory_tells_of_a_closed_account() -> None:
    found = parse.inbound(recorded("user_changed"), NOW)
    assert found is not None
    assert found.who == Account("slack", "T0HOME", "U0MIRA")
    assert found.what == AccountChanged(Profile("Mira Okafor", "Europe/Lisbon", "", active=False, title="Head of data"))
    joined = parse.inbound(recorded("joined_team"), NOW)
    assert joined is not None
    assert joined.what == AccountChanged(Profile("Mira Okafor", "Europe/Lisbon", "pt-PT", title="Head of data"))


def test_people_of_another_company_in_a_shared_channel_are_not_ours() -> None:
    body = recorded("press_on_ephemeral")
    body["user"]["team_id"] = "T0ELSE"
    assert parse.inbound(body, NOW) is None


@pytest.mark.parametrize(
    ("action_id", "value"), [("somebody.elses", "x"), ("our.name#0", "not json"), ("our.name#0", "[1]"), ("#0", "{}")]
)
def test_a_button_that_is_not_ours_is_nothing(action_id: str, value: str) -> None:
    body = recorded("press_on_ephemeral")
    body["actions"][0] |= {"action_id": action_id, "value": value}
    assert parse.inbound(body, NOW) is None


def test_a_select_alone_is_nothing() -> None:
    body = recorded("press_on_ephemeral")
    body["actions"][0]["type"] = "static_select"
    assert parse.inbound(body, NOW) is None


def test_what_the_renderer_draws_the_parser_reads() -> None:
    origin = Origin(Place.PRIVATE, channel="D0A1", ts="1.2", response_url="https://example.com/u", ephemeral=True)
    view = render.dialog(EVERY_FIELD, origin)
    blocks = parse.blocks_of_fields(view)
    assert list(blocks) == ["title", "about", "hours", "cadence", "skill", "skills", "away", "at", "who", "where"]
    values = {block: {name: {"type": "plain_text_input", "value": name.upper()}} for name, block in blocks.items()}
    body = recorded("submission")
    body["view"] = {**view, "id": "V1", "state": {"values": values}}
    found = parse.inbound(body, NOW)
    assert found is not None
    assert found.what == Submitted(
        Action("settings.save", {"cohort": "c1"}), {name: (name.upper(),) for name in blocks}
    )
    assert parse.origin(body) == origin


@settings(deadline=None)
@given(st.text(max_size=40), st.dictionaries(st.text(max_size=8), st.text(max_size=20), max_size=4))
def test_a_dialog_carries_its_origin_and_arguments_unchanged(channel: str, args: dict[str, str]) -> None:
    origin = Origin(Place.HOME, channel=channel)
    assert unpacked(packed(origin, args)) == (origin, args)

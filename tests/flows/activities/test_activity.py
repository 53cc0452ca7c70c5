"""The pack's activities: a fault says where it is, and none of the mechanisms may be left without words."""

import pytest

from flows.activities.activity import Mechanism, parse_activity
from flows.content import parse
from flows.pack_fault import PackFault
from flows.people import Role
from storage import packs

BODY = "## Mentor\n\nWrite it.\n\n## Mentee\n\nRead it.\n"
HEAD = {"mechanism": "letter", "title": "A letter", "minutes": 5, "belonging": "Together.", "hope": "Ahead."}


def test_both_sides_are_read() -> None:
    activity = parse_activity("activities/letter.md", HEAD, BODY)
    assert activity.texts == {Role.MENTOR: "Write it.", Role.MENTEE: "Read it."}


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"mechanism": "poem"}, "mechanism"),
        ({"title": " "}, "title"),
        ({"minutes": 0}, "minutes"),
        ({"options": "one"}, "options"),
    ],
)
def test_a_fault_names_file_and_key(change: dict[str, object], key: str) -> None:
    with pytest.raises(PackFault) as fault:
        parse_activity("activities/letter.md", {**HEAD, **change}, BODY)
    assert (fault.value.file, fault.value.key) == ("activities/letter.md", key)


def test_a_side_without_words_is_a_fault() -> None:
    with pytest.raises(PackFault, match="## Mentee"):
        parse_activity("activities/letter.md", HEAD, "## Mentor\n\nWrite it.\n")


@pytest.mark.parametrize("mechanism", Mechanism)
def test_a_mechanism_without_its_file_is_a_fault(mechanism: Mechanism) -> None:
    files = dict(packs.read())
    del files[f"activities/{mechanism}.md"]
    with pytest.raises(PackFault, match="is missing from the pack"):
        parse(files)

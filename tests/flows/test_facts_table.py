"""A table of people is read however a spreadsheet wrote it, and what cannot be read is told row by row."""

from datetime import date

import pytest

from flows.facts_table import Entry, Fault, Flaw, read_table

HOME = "slack/T1"
HEAD = "E-mail,Manager,Department,Site,Level,Start date\n"


def test_every_column_is_read_whatever_its_name_place_and_separator() -> None:
    table = read_table(
        "\ufeffHire date;OFFICE;line_manager;Dept;Grade;E-Mail address;Shoe size\n"
        '1.10.2026;"Lisbon; river side";@U2;Data & "AI";L4;Ines@Example.org;38\n',
        home=HOME,
    )
    assert table.entries == (
        Entry(2, "ines@example.org", "slack/T1/U2", 'Data & "AI"', "Lisbon; river side", 4, date(2026, 10, 1)),
    )
    assert (table.faults, table.ignored, table.unusable) == ((), ("Shoe size",), None)


def test_what_is_copied_out_of_a_spreadsheet_comes_with_tabs() -> None:
    table = read_table("account\tsite\nU1\tPorto\n<@U2|mira>\tLisbon\n", home=HOME)
    assert [(one.named, one.site) for one in table.entries] == [("slack/T1/U1", "Porto"), ("slack/T1/U2", "Lisbon")]
    assert table.columns == {"person", "site"}


def test_an_id_of_a_directory_is_the_same_in_either_case() -> None:
    table = read_table("account,level\n7FAF4DFE-0000-4000-8000-0123456789AB,3\n", home="teams/tenant")
    assert table.entries[0].named == "teams/tenant/7faf4dfe-0000-4000-8000-0123456789ab"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",mira@example.org,Data,Lisbon,4,2026-10-01", Fault(2, Flaw.NO_PERSON)),
        ("Ines Duarte,,Data,Lisbon,4,", Fault(2, Flaw.NOT_A_NAME, "Ines Duarte")),
        ("ines@example.org,Mira,,,,", Fault(2, Flaw.MANAGER_NOT_A_NAME, "Mira")),
        ("ines@example.org,INES@example.org,,,,", Fault(2, Flaw.OWN_MANAGER, "ines@example.org")),
        (f"ines@example.org,,{'d' * 121},,,", Fault(2, Flaw.TOO_LONG, "d" * 121)),
        ("ines@example.org,,,,21,", Fault(2, Flaw.LEVEL, "21")),
        ("ines@example.org,,,,senior,", Fault(2, Flaw.LEVEL, "senior")),
        ("ines@example.org,,,,,03/04/2026", Fault(2, Flaw.DAY, "03/04/2026")),
        ("ines@example.org,,,,,2026-02-30", Fault(2, Flaw.DAY, "2026-02-30")),
        ("ines@example.org,,,,,0026-02-03", Fault(2, Flaw.DAY, "0026-02-03")),
        ("ines@example.org,,S\ufffdo Paulo,,,", Fault(2, Flaw.SIGNS)),
        ("ines@example.org,,,,,,more", Fault(2, Flaw.FIELDS)),
        ('ines@example.org,,"Data,,,', Fault(2, Flaw.QUOTE)),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_and_told(row: str, fault: Fault) -> None:
    table = read_table(HEAD + row, home=HOME)
    assert (table.entries, table.faults) == ((), (fault,))


def test_a_bad_row_leaves_the_others_and_the_first_of_two_counts() -> None:
    table = read_table(HEAD + "a@x.org,,,Porto,,\n\nnobody,,,,,\nA@x.org,,,Lisbon,,\n", home=HOME)
    assert [(one.row, one.site) for one in table.entries] == [(2, "Porto")]
    assert table.faults == (Fault(4, Flaw.NOT_A_NAME, "nobody"), Fault(5, Flaw.TWICE, "A@x.org", first=2))


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.NO_PERSON_COLUMN),
        ("name,site\nInes,Lisbon\n", Flaw.NO_PERSON_COLUMN),
        ("email,name\nines@example.org,Ines\n", Flaw.NO_FACT_COLUMN),
        ("email,site,office\nines@example.org,Lisbon,Porto\n", Flaw.COLUMN_TWICE),
        ("email,site\n", Flaw.NO_ROWS),
        ("email,site\n" + "a@x.org,\n" * 20_001, Flaw.TOO_MANY_ROWS),
    ],
)
def test_of_a_table_without_what_it_needs_nothing_is_taken(text: str, flaw: Flaw) -> None:
    table = read_table(text, home=HOME)
    assert table.unusable is not None
    assert (table.unusable.flaw, table.entries) == (flaw, ())


@pytest.mark.parametrize(
    ("head", "told"), [("id,name,role,Goals,skills", "Goals"), ("id,name,role", ""), ("name,languages", "languages")]
)
def test_a_list_for_the_offline_command_is_told_by_a_column_that_only_it_has(head: str, told: str) -> None:
    assert read_table(f"{head}\nada,Ada,mentee,,\n", home=HOME).unusable == Fault(1, Flaw.NO_PERSON_COLUMN, told)

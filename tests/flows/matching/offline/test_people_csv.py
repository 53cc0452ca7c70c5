"""A list is read as people mean it, and every mistake in it is told by its row and column."""

from difflib import get_close_matches
from zoneinfo import available_timezones

import pytest

from flows.matching.people import Mode
from flows.matching.week import hours_in
from flows.sheets.columns import LISTED
from flows.sheets.remarks import closest, told
from tests.flows.matching.offline.lists import mentee, mentor, places, read, sheet

GRACE = mentor("grace")
ADA = mentee("ada")
KNOWN = f"a list may have {', '.join(LISTED)}"


@pytest.mark.parametrize(
    ("code", "column", "cells"),
    [
        ("E02", "id", {"id": " "}),
        ("E02", "name", {"name": ""}),
        ("E02", "role", {"role": ""}),
        ("E03", "id", {"id": "ada"}),
        ("E04", "role", {"role": "mentr"}),
        ("E04", "available", {"available": "maybe"}),
        ("E04", "mode", {"mode": "on line"}),
        ("E05", "id", {"id": "x" * 65}),
        ("E05", "id", {"id": "tab\there"}),
        ("E05", "capacity", {"capacity": "6"}),
        ("E05", "load", {"load": "2.5"}),
        ("E05", "grade", {"grade": "0"}),
        ("E05", "waited", {"waited": "once"}),
        ("E06", "timezone", {"timezone": "Europe/Lisboa"}),
        ("E06", "timezone", {"timezone": "Europe"}),
        ("E07", "manager", {"manager": "chen"}),
        ("E07", "blocked", {"blocked": "ada|chen"}),
        ("E07", "met", {"met": "chen"}),
        ("E07", "wishes", {"wishes": "chen"}),
        ("E08", "hours", {"hours": "mon 9-12|tue 14-13", "timezone": "UTC"}),
        ("E08", "hours", {"hours": "monday 9-12", "timezone": "UTC"}),
        ("E12", "goals", {"goals": "|".join("abcdefghijk")}),
        ("E12", "skills", {"skills": "|".join(map(str, range(31)))}),
        ("E12", "wishes", {"wishes": "grace|b|c|d|e|f"}),
        ("E14", "wishes", {"wishes": "grace|ada"}),
        ("E14", "wishes", {"wishes": "nobody"}),
        ("W02", "blocked", {"blocked": "nobody"}),
        ("W02", "met", {"met": "nobody|grace"}),
        ("W03", "goals", {"goals": ""}),
        ("W05", "timezone", {"hours": "mon 9-12"}),
        ("W06", "name", {"name": "\uff21\uff24\uff21"}),
        ("W07", "hours", {"hours": "mon 9-11", "timezone": "UTC"}),
    ],
)
def test_what_is_wrong_or_odd_is_told_where_it_stands(code: str, column: str, cells: dict[str, str]) -> None:
    people = read(sheet([GRACE, ADA, mentee("chen", **cells)]))
    assert (code, 4, column) in places(people)
    assert {found for found, _, _ in places(people)} <= {code, "E14"}
    (first, *_) = (one for one in people.remarks if one.code == code)
    assert first.value in cells.get(column, "")


def test_a_mentor_without_skills_is_odd_and_one_who_only_teaches_is_not() -> None:
    assert places(read(sheet([mentor("grace", skills=""), ADA]))) == [("W04", 2, "skills")]
    assert places(read(sheet([mentor("grace", skills="", teaches="law"), ADA]))) == []


def test_who_takes_no_part_is_not_asked_for_answers() -> None:
    people = read(
        sheet([GRACE, ADA, mentee("chen", goals="", available="No"), mentor("dora", skills="", available="no")])
    )
    assert places(people) == []
    assert not people.listed["chen"].candidate.available


def test_columns_that_are_missing_double_or_unknown_are_told_in_the_header() -> None:
    raw = b"ID,Role,goals,GOALS,Goal,segment:Region\n1,mentee,law,,,EU\n2,mentor,,,,\n"
    people = read(raw)
    assert places(people) == [
        ("E01", 1, "name"), ("E13", 1, "goals"), ("W01", 1, "Goal"), ("W04", 3, "skills"),
    ]  # fmt: skip
    assert people.remarks[2].message == "the column is ignored; did you mean goals?"
    assert people.listed["1"].candidate.segments == (("segment:region", "eu"),)


def test_a_list_without_anybody_to_match_is_an_error_about_the_whole() -> None:
    assert places(read(sheet([GRACE, mentee("ada", available="no")]))) == [("E11", 0, "")]
    empty = read(b"")
    assert places(empty) == [("E11", 0, ""), ("E01", 1, "id"), ("E01", 1, "name"), ("E01", 1, "role")]


def test_a_row_that_is_too_long_is_an_error_and_one_that_is_too_short_has_empty_cells() -> None:
    raw = b"id,name,role,goals,skills\ngrace,Grace,mentor,,law,x\nada,Ada\n"
    assert places(read(raw)) == [("E11", 0, ""), ("E09", 2, ""), ("E02", 3, "role")]


def test_bytes_that_are_not_utf_8_are_told_by_row_and_the_rest_is_still_checked() -> None:
    raw = b'id,name,role,goals,skills\ngrace,"Gr\nace",mentor,,law\n\nada,Ad\xe4,mentee,law,\nbea,Bea,menteee,law,\n'
    assert places(read(raw)) == [("E10", 4, ""), ("E04", 5, "role")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_separators_marks_quotes_and_names_of_the_world_are_read(separator: str, start: bytes) -> None:
    rows = [mentor("grace", office="Łódź; or, so"), {}, mentee("ada", name='Ada\n"Æ"  Øst', office="łódź; OR, so")]
    people = read(start + sheet(rows, separator=separator).replace(b"\n", b"\r\n"))
    assert places(people) == []
    assert (people.rows, people.listed["ada"].row, people.name("ada")) == (2, 4, 'Ada "Æ" Øst')
    assert people.listed["ada"].candidate.office == people.listed["grace"].candidate.office
    assert people.spellings.shown("office", people.listed["ada"].candidate.office) == "Łódź; or, so"


def test_empty_lines_are_skipped_and_counted() -> None:
    raw = b"id,name,role,goals,skills\n\n,,,,\ngrace,Grace,mentor,,law\n\nada,,mentee,law,\n"
    assert places(read(raw)) == [("E02", 6, "name")]


def test_a_quote_that_is_never_closed_does_not_swallow_people_in_silence() -> None:
    raw = b'id,name,role,goals,skills,office\na,Ada,mentee,law,,\nb,Bo,mentor,,law,"Lisbon\nc,Cyd,mentee,law,,\n'
    assert places(read(raw)) == [("E15", 3, "")]
    closed = raw.replace(b'"Lisbon', b'"Lisbon"').rstrip()
    assert places(read(closed)) == []
    assert places(read(closed + b"\n\n")) == []


def test_every_column_arrives_where_it_belongs() -> None:
    row = mentee(
        "ada", role="BOTH", capacity="2", load="3", goals="Law| law ||SQL", skills="\uff33\uff31\uff2c", teaches="Jazz",
        interests="Jazz", grade="7", function="Sales", moving_into="sales", office="Lisbon",
        timezone="europe/lisbon", hours="MON 9-12 | mon 11-13|sun 23-24", languages="EN|English", mode="In_Person",
        manager="boss", blocked="bea", met="bea|bea", wishes="grace", waited="2",
    )  # fmt: skip
    people = read(sheet([row, GRACE, mentee("bea")]))
    assert places(people) == []
    one = people.listed["ada"].candidate
    assert (one.places, one.load, one.waited, one.grade, one.wishes) == (2, 3, 2, 7, ("grace",))
    assert [sorted(some) for some in (one.goals, one.skills, one.teaches)] == [["law", "sql"], ["sql"], ["jazz"]]
    assert (one.function, one.moving_into, one.mode, one.manager) == ("sales", "sales", Mode.IN_PERSON, "boss")
    assert [sorted(some) for some in (one.languages, one.blocked, one.met)] == [["en", "english"], ["bea"], ["bea"]]
    assert hours_in(one.free) == 5


def test_an_unavailable_mentor_may_be_wished_for_and_a_mentors_wishes_are_not_looked_at() -> None:
    rows = [mentor("grace", wishes="nobody"), mentor("hana", available="no"), mentee("ada", wishes="hana")]
    assert places(read(sheet(rows))) == []


def test_the_nearest_is_offered() -> None:
    people = read(sheet([GRACE, ADA, mentee("chen", timezone="Europe/Lisboa", mode="in person", role="menteee")]))
    hints = [one.message.rpartition("; ")[2] for one in told(people.remarks)]
    assert hints == ["did you mean mentee?", "did you mean Europe/Lisbon?", "did you mean in_person?"]


@pytest.mark.parametrize("value", ["Europe/Berlim", "asia/tokio", "berlin", "CET zone", "zzz", "", "in person", "aab"])
def test_the_nearest_is_the_one_that_the_standard_library_finds(value: str) -> None:
    for known in (sorted(available_timezones()), ["any", "online", "in_person"], ["aba", "baa", "aab", "abb"]):
        folded = {one.casefold(): one for one in known}
        found = get_close_matches(value.casefold(), folded, n=1, cutoff=0.5)
        assert closest(value, known) == (folded[found[0]] if found else "")


def test_all_mistakes_are_told_in_the_order_of_rows_and_columns() -> None:
    rows = [mentee("ada", waited="x", capacity="x"), mentor("grace", grade="x"), mentee("bea", name="", role="x")]
    assert places(read(sheet(rows))) == [
        ("E05", 2, "capacity"), ("E05", 2, "waited"), ("E05", 3, "grade"), ("E02", 4, "name"), ("E04", 4, "role"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "advice"),
    [
        (b"PK\x03\x04\x14\x00\x06\x00\xff", "this is a workbook, save it as CSV UTF-8"),
        ("id,name,role\n".encode("utf-16"), "this is UTF-16, save it as CSV UTF-8"),
        ("id,name,role\na,Zoë,mentee\n".encode("latin-1"), "save the file as UTF-8"),
    ],
)
def test_whoever_saved_another_kind_of_file_is_told_which(raw: bytes, advice: str) -> None:
    (told,) = (one.message for one in read(raw).remarks if one.code == "E10")
    assert told.endswith(f"is not UTF-8: {advice}")


def test_a_line_that_tells_a_spreadsheet_the_separator_counts_for_nothing() -> None:
    found = read(b"\xef\xbb\xbfsep=;\r\nid;name;role;grade\r\ng;Grace;mentor;5\r\na;Ada;mentee;x\r\n")
    assert ("E05", 3, "grade") in places(found)
    assert found.rows == 2


def test_hours_may_have_the_dash_that_a_word_processor_writes() -> None:
    found = read(sheet([GRACE, mentee("ada", hours="mon 9\u201312|wed 14 \u2212 16", timezone="UTC")]))
    assert hours_in(found.listed["ada"].candidate.free) == 5


def test_a_header_that_nobody_reads_is_told_with_what_may_have_been_meant() -> None:
    found = read(b"id,Full name,role,gaols,segmnt:Region,\n")
    assert [(one.code, one.column, one.message) for one in found.remarks if one.row == 1] == [
        ("W01", "", "a column without a name is ignored"),
        ("E01", "name", f"the column name is missing; is it the one called Full name?; {KNOWN}"),
        ("W01", "Full name", "the column is ignored; did you mean name?"),
        ("W01", "gaols", "the column is ignored; did you mean goals?"),
        ("W01", "segmnt:Region", "the column is ignored; did you mean segment:NAME?"),
    ]


def test_of_another_kind_of_file_a_line_says_how_to_save_it_and_the_reading_goes_on() -> None:
    found = read("id;name;role\ng;Grace;mentor\na;Ada;mentee\n".encode("utf-16"))
    errors = [(one.code, one.row, one.column) for one in found.remarks if not one.warns]
    assert errors == [("E11", 0, ""), ("E10", 1, ""), *(("E01", 1, one) for one in ("id", "name", "role"))]
    assert any(one.message.endswith("this is UTF-16, save it as CSV UTF-8") for one in found.remarks)


def test_a_column_of_the_other_table_is_told_with_what_it_is_called_here() -> None:
    found = read(b"id,name,role,Department,Site,Office,Start date\n")
    here = "the column is ignored: it is one of people import in the chat"
    assert [(one.column, one.message) for one in found.remarks if one.code == "W01"] == [
        ("Department", f"{here}; here it is called function"),
        ("Site", here),
        ("Start date", here),
    ]


def test_the_table_of_people_import_is_told_what_a_list_has() -> None:
    found = read(b"E-mail,Manager,Site\nada@example.org,grace@example.org,Lisbon\n")
    assert [one.message for one in found.remarks if one.code == "E01"] == [
        "the column id is missing; is it the one called E-mail?",
        "the column name is missing",
        f"the column role is missing; {KNOWN}",
    ]

"""Rules, locks and an earlier draft: every mistake in them is told by its place, and ends with the agreed exit code."""

import json

import pytest

from flows.matching.offline.request import Request, Source, Unusable
from flows.matching.offline.request import read as checked
from flows.matching.rules import Aim
from tests.flows.matching.offline.lists import mentee, mentor, sheet

PEOPLE = sheet(
    [
        mentor("grace", capacity="2", languages="en"),
        mentor("hana", capacity="0"),
        mentor("ida", available="no"),
        mentee("ada", languages="en", manager="hana"),
        mentee("bea", languages="ja", blocked="hana"),
        mentee("cyd"),
        mentee("dee"),
    ]
)
DRAFT = '{"schema": "alongside.match/1", "matches": [%s]}'
Places = list[tuple[str, int, str, str]]


def mistakes(people: bytes = PEOPLE, *, explain: tuple[str, ...] = (), **files: str | bytes) -> tuple[int, Places]:
    """Exit code, and the file, row, column and code of every error."""
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    sources = {name: Source(name, text) for name, text in raw.items()}
    request = Request(
        people=Source("people", people),
        rules=sources.get("rules"),
        locks=sources.get("locks"),
        previous=sources.get("previous"),
        explain=explain,
    )
    with pytest.raises(Unusable) as wrong:
        checked(request)
    return wrong.value.exit_code, [(one.file, one.row, one.column, one.code) for one in wrong.value.errors]


@pytest.mark.parametrize(
    ("line", "exit_code", "column", "code"),
    [
        ("nobody,grace,pin", 2, "mentee", "L01"),
        ("ada,nobody,forbid", 2, "mentor", "L01"),
        ("ada,ida,pin", 2, "mentor", "L01"),
        ("grace,hana,pin", 2, "mentee", "L02"),
        ("ada,bea,forbid", 2, "mentor", "L02"),
        ("ada,grace,hold", 2, "kind", "E04"),
        ("ada,,pin", 2, "mentor", "E02"),
        ("ada,grace,pin,x", 2, "", "E09"),
        ("bea,grace,pin", 4, "mentor", "L03"),
        ("cyd,hana,pin", 4, "mentor", "L04"),
    ],
)
def test_a_lock_that_cannot_be_is_told_where_it_stands(line: str, exit_code: int, column: str, code: str) -> None:
    locks = f"Mentee,mentor,kind\ndee,grace,forbid\n\n{line}\n"
    assert mistakes(locks=locks) == (exit_code, [("locks", 4, column, code)])


def test_a_misspelt_limit_is_told_with_the_word_that_was_meant() -> None:
    with pytest.raises(Unusable) as wrong:
        checked(Request(people=Source("people", PEOPLE), rules=Source("rules", b'limits = { offfice = "off" }')))
    assert [one.message for one in wrong.value.errors] == ["unknown key; did you mean office?"]


def test_locks_that_contradict_each_other_are_told_at_the_later_one() -> None:
    locks = "mentee;mentor;kind\nada;grace;pin\nada;grace;forbid\ncyd;grace;pin\ncyd;grace;pin\ndee;grace;pin\n"
    assert mistakes(locks=locks) == (
        4,
        [("locks", 3, "kind", "L05"), ("locks", 5, "mentee", "L06"), ("locks", 6, "mentor", "L04")],
    )


def test_a_second_pin_of_a_mentee_is_held_against_the_limits_as_well() -> None:
    assert mistakes(locks="mentee,mentor,kind\nada,grace,pin\nada,hana,pin\n") == (
        4,
        [("locks", 3, "mentee", "L06"), ("locks", 3, "mentor", "L03")],
    )


def test_with_a_wrong_name_among_them_contradictions_end_like_any_mistake() -> None:
    exit_code, found = mistakes(locks="mentee,mentor,kind\nbea,grace,pin\nnobody,grace,pin\n")
    assert (exit_code, [code for *_, code in found]) == (2, ["L03", "L01"])


def test_a_pin_names_all_limits_and_never_that_somebody_is_blocked() -> None:
    people = Source("people", PEOPLE.replace(b",0,", b",3,"))
    locks = Source("locks", b"mentee,mentor,kind\nbea,hana,pin\nada,hana,pin\n")
    with pytest.raises(Unusable) as wrong:
        checked(Request(people, locks=locks))
    assert [one.message for one in wrong.value.errors] == [
        "the pin breaks a limit: not_available",
        "the pin breaks a limit: manager",
    ]


def test_in_best_fit_a_pin_of_too_poor_a_pair_is_refused() -> None:
    request = Request(
        Source("people", PEOPLE),
        rules=Source("rules", b"minimum = 9000"),
        locks=Source("locks", b"mentee,mentor,kind\nada,grace,pin\n"),
    )
    assert checked(request).locks.pins == {"ada": "grace"}
    with pytest.raises(Unusable, match="1 errors"):
        checked(Request(request.people, rules=request.rules, locks=request.locks, mode=Aim.BEST_FIT))


@pytest.mark.parametrize(
    ("rules", "key", "code"),
    [
        ("wieghts = {}", "wieghts", "R01"),
        ("weights = { goal = 1 }", "weights.goal", "R01"),
        ("limits = { max_zone_gap = 3 }", "limits.max_zone_gap", "R01"),
        ("curves = { seniority = { one = 3 } }", "curves.seniority.one", "R01"),
        ('mode = "most"', "mode", "R02"),
        ("points = { load = 1.5 }", "points.load", "R02"),
        ("limits = { office = true }", "limits.office", "R02"),
        ("week_of = 2026-01-05T00:00:00", "week_of", "R02"),
        ("weights = { goals = 3001 }", "weights", "R03"),
        ("mode = ", "", "R02"),
        (f"seed = {'[' * 9_000}", "", "R02"),
        (b"seed = '\xff'", "", "E10"),
    ],
)
def test_a_mistake_in_the_rules_is_told_by_its_key(rules: str | bytes, key: str, code: str) -> None:
    assert mistakes(rules=rules) == (2, [("rules", 0, key, code)])


def test_with_mistakes_elsewhere_no_limit_is_held_against_a_lock() -> None:
    broken = "mentee,mentor,kind\nbea,grace,pin\n"
    assert mistakes(locks=broken, rules="minimum = -1") == (2, [("rules", 0, "minimum", "R02")])


@pytest.mark.parametrize(
    ("previous", "column", "code"),
    [
        ("", "", "E04"),
        ("[]", "", "E04"),
        ('{"schema": "alongside.match/1", "errors": []}', "", "E04"),
        (DRAFT % '{"mentee": "ada"}', "matches", "E04"),
        (DRAFT % '{"mentee": "\\ud800", "mentor": "b", "score": 1}', "matches", "E04"),
        (b"\xff", "", "E10"),
    ],
)  # fmt: skip
def test_what_is_no_earlier_draft_is_refused(previous: str | bytes, column: str, code: str) -> None:
    assert mistakes(previous=previous) == (2, [("previous", 0, column, code)])


def test_somebody_to_be_explained_must_be_on_the_list() -> None:
    assert mistakes(explain=("ada", "eda")) == (2, [("", 0, "--explain", "E04")])


def test_the_mistakes_of_all_files_are_told_together() -> None:
    exit_code, found = mistakes(
        PEOPLE.replace(b"Cyd", b""), locks="mentee,mentor,kind\nx,grace,pin\n", rules="a = 1", previous="x"
    )
    assert exit_code == 2
    assert [(file, code) for file, _, _, code in found] == [
        ("people", "E02"), ("rules", "R01"), ("locks", "L01"), ("previous", "E04"),
    ]  # fmt: skip


def test_options_win_over_the_rules() -> None:
    rules = Source("rules", b'mode = "best-fit"\nseed = "a"\ndeadline = 3\n')
    given = checked(Request(Source("people", PEOPLE), rules=rules, mode=Aim.PARTICIPATION, seed="", deadline=0.5))
    assert (given.rules.aim, given.rules.seed, given.rules.deadline) == (Aim.PARTICIPATION, "", 0.5)
    given = checked(Request(Source("people", PEOPLE), rules=rules))
    assert (given.rules.aim, given.rules.seed, given.rules.deadline) == (Aim.BEST_FIT, "a", 3)


def test_an_earlier_draft_is_read_for_its_pairs_alone() -> None:
    matches = [{"mentee": "ada", "mentor": "gone", "score": 7, "more": None}]
    draft = DRAFT % json.dumps(*matches)
    given = checked(Request(Source("people", PEOPLE), previous=Source("previous", draft.encode())))
    assert given.previous is not None
    assert [(one.mentee, one.mentor, one.score) for one in given.previous] == [("ada", "gone", 7)]

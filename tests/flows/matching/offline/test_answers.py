"""The offline command finds the best draft and says why: checked from its description alone."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest

from flows.matching.offline.json_form import as_json, written
from flows.matching.offline.request import Unusable
from flows.matching.offline.result import match
from tests.flows.matching.offline import plain
from tests.flows.matching.offline.lists import Row, mentee, mentor, request

Answer = Any
NO_FLOOR = "points = { floor_loss = 0 }"


def answer(rows: Sequence[Row], **given: Any) -> Answer:
    """The object of --json."""
    return json.loads(text(rows, **given))


def text(rows: Sequence[Row], *, over: Callable[[], bool] = lambda: False, **given: Any) -> str:
    """The text of --json; files are given as text."""
    return "".join(written(as_json(match(request(rows, **given), timer=lambda seconds: over))))


def partners(found: Answer) -> dict[str, str]:
    return {one["mentee"]: one["mentor"] for one in found["matches"]}


def company(dice: Random, *, mentees: int, mentors: int, easygoing: bool = False) -> tuple[list[Row], list[Row]]:
    """Mentees and mentors at random; between easygoing ones no limit stands."""
    names = [f"e{n}" for n in range(mentees)], [f"o{n}" for n in range(mentors)]
    everybody = (*names[0], *names[1])
    left = [plain.somebody(dice, name, "mentee", everybody) for name in names[0]]
    right = [plain.somebody(dice, name, "mentor", everybody) for name in names[1]]
    wished: list[Row] = [{**row, "wishes": "|".join(dice.sample(names[1], dice.randint(0, 3)))} for row in left]
    if easygoing:
        nothing = dict.fromkeys(("met", "blocked", "manager", "mode", "languages", "hours", "grade"), "")
        return [{**row, **nothing} for row in wished], [{**row, **nothing} for row in right]
    return wished, right


@pytest.mark.parametrize("number", range(12))
def test_a_small_draft_is_the_best_of_all(number: int) -> None:
    mentees, mentors = company(Random(number), mentees=7, mentors=6)
    found = answer([*mentees, *mentors])

    matched, value, floor = plain.optimum(mentees, mentors)
    assert (found["summary"]["matched"], found["summary"]["value"]) == (matched, value)
    assert found["summary"]["floor"] == (floor if matched else None)
    assert found["summary"]["proved_optimal"]
    by_id = {row["id"]: row for row in (*mentees, *mentors)}
    for one in found["matches"]:
        pair = by_id[one["mentee"]], by_id[one["mentor"]]
        assert plain.limits(*pair) == set()
        assert one["contributions"] == plain.contributions(*pair)
        assert one["score"] == sum(one["contributions"].values())
        assert sum(one["extra"].values()) == plain.beside(*pair)
    assert found["summary"]["total"] == sum(one["score"] for one in found["matches"])
    for left in found["unmatched"]:
        failed = [plain.limits(by_id[left["person"]], other) for other in mentors if other["capacity"] != "0"]
        alone = [next(iter(some)) for some in failed if len(some) == 1 and "not_available" not in some]
        assert left["permitted_mentors"] == sum(not some for some in failed)
        assert left["failed_only"] == {limit: alone.count(limit) for limit in sorted(set(alone))}


@pytest.mark.parametrize("number", range(12, 18))
def test_the_best_fit_is_the_most_valuable_draft_of_good_pairs(number: int) -> None:
    mentees, mentors = company(Random(number), mentees=6, mentors=5)
    found = answer([*mentees, *mentors], rules=f'mode = "best-fit"\nminimum = 4200\n{NO_FLOOR}')

    _, value = plain.best(mentees, mentors, floor=4200, people_first=False)
    assert found["summary"]["value"] == value
    assert found["summary"]["floor"] is None
    assert all(one["score"] >= 4200 for one in found["matches"])
    assert found["certificate"] is None


def test_neither_the_order_of_rows_nor_of_columns_changes_an_answer() -> None:
    dice = Random(1)
    mentees, mentors = company(dice, mentees=15, mentors=9)
    rows = [*mentees, *mentors, mentee("e99", goals="", hours="mon 9-10", name="E0", met="nobody", role="both")]
    found = _unplaced(answer(rows, explain=("e1", "o2")))
    assert {one["code"] for one in found["warnings"]} >= {"w02", "w03", "w04", "w05", "w06", "w07"}
    for _ in range(5):
        shuffled = [dict(dice.sample(list(row.items()), len(row))) for row in dice.sample(rows, len(rows))]
        assert _unplaced(answer(shuffled, explain=("e1", "o2"))) == found


def _unplaced(found: Answer) -> Answer:
    """Without what may differ: the hash of the list, rows of warnings, and who wrote an answer first, and how."""
    del found["inputs"]["people_sha256"]
    for one in found["warnings"]:
        del one["row"]
    found["warnings"].sort(key=json.dumps)
    return json.loads(json.dumps(found).casefold())


def test_the_same_files_give_the_same_bytes_in_the_agreed_form() -> None:
    mentees, mentors = company(Random(2), mentees=9, mentors=5)
    found = text([*mentees, *mentors])
    assert found == text([*mentees, *mentors])
    assert found == json.dumps(json.loads(found), sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert set(json.loads(found)) == {
        "schema", "inputs", "settings", "solver", "summary", "matches", "unmatched", "idle_mentors", "certificate",
        "recruit", "fairness", "difference", "explain", "warnings",
    }  # fmt: skip


def test_one_mentor_with_two_places_leaves_one_of_three_and_the_proof_is_there() -> None:
    found = answer([mentor("grace", capacity="2"), *(mentee(name) for name in ("ada", "bea", "cyd"))])
    (left,) = found["unmatched"]
    assert left["cause"] == "places"
    assert left["remedies"] == [{"kind": "places", "mentors": ["grace"], "places": 1}]
    assert found["certificate"] == {"mentees": ["ada", "bea", "cyd"], "mentors": ["grace"], "places": 2, "short": 1}


def test_that_somebody_is_blocked_shows_nowhere() -> None:
    rows = [mentor("grace", blocked="ada"), mentee("ada"), mentee("bea")]
    found = answer(rows, explain=("ada",))
    (left,) = found["unmatched"]
    assert (left["cause"], left["failed_only"], left["remedies"]) == ("no_permitted_mentor", {}, [])
    assert "block" not in json.dumps(found)
    assert "grace" not in json.dumps(left)
    assert [one["failed"] for one in found["explain"]] == [["not_available"]]


def test_who_could_meet_online_is_told_so_and_then_is_matched() -> None:
    far = [mentor(f"m{n}", office="Lisbon") for n in range(3)]
    there = mentee("ada", office="Osaka", mode="in_person")
    (left,) = answer([*far, there])["unmatched"]
    assert left["remedies"] == [{"kind": "relax", "limit": "office", "mentors": 3}]
    assert partners(answer([*far, {**there, "mode": "any"}])).keys() == {"ada"}


def test_a_pin_stays_and_the_rest_is_the_best_that_it_leaves() -> None:
    mentees, mentors = company(Random(3), mentees=6, mentors=6, easygoing=True)
    found = answer([*mentees, *mentors], rules=NO_FLOOR)
    open_ = [one for one in mentors if one["capacity"] != "0" and one["id"] != partners(found)["e0"]]
    poor = min(open_, key=lambda one: sum(plain.contributions(mentees[0], one).values()))
    pinned = answer([*mentees, *mentors], rules=NO_FLOOR, locks=f"mentee,mentor,kind\ne0,{poor['id']},pin\n")

    assert partners(pinned)["e0"] == poor["id"]
    assert [one["mentee"] for one in pinned["matches"] if one["locked"]] == ["e0"]
    fewer = {**poor, "capacity": str(int(poor["capacity"] or 1) - 1), "load": str(int(poor["load"] or 0) + 1)}
    rest = [fewer if one is poor else one for one in mentors]
    _, value = plain.best(mentees[1:], rest, floor=0)
    own = sum(plain.contributions(mentees[0], poor).values()) + plain.beside(mentees[0], poor)
    assert pinned["summary"]["value"] == value + own - 600 * int(poor["load"] or 0)


def test_the_same_list_beside_its_own_draft_is_no_different() -> None:
    mentees, mentors = company(Random(4), mentees=9, mentors=7)
    before = text([*mentees, *mentors])
    found = answer([*mentees, *mentors], previous=before)
    matched = found["summary"]["matched"]
    assert found["difference"] == {"same": matched, "moved": [], "gained": [], "lost": []}
    assert all(one["kept"] and one["extra"]["stability"] == 200 for one in found["matches"])
    assert found["summary"]["floor"] == json.loads(before)["summary"]["floor"]


def test_a_difference_names_who_moved_who_came_and_who_went() -> None:
    rows = [mentor("grace", skills="law"), mentor("hana", skills="tax"), mentee("ada"), mentee("bea", goals="tax")]
    before = text(rows)
    changed = [mentor("grace", skills="law"), mentor("hana", skills="tax"), mentee("ada", goals="tax"), mentee("cyd")]
    assert answer(changed, previous=before)["difference"] == {
        "same": 0, "moved": [{"mentee": "ada", "from": "grace", "to": "hana", "delta": 0}], "gained": ["cyd"],
        "lost": ["bea"],
    }  # fmt: skip


def test_segments_change_nothing_but_their_table() -> None:
    dice = Random(5)
    mentees, mentors = company(dice, mentees=12, mentors=6)
    rows = [*mentees, *mentors]
    found = answer(rows)
    coloured = answer([{**row, "segment:Region": dice.choice(("EU", "Asia", ""))} for row in rows])
    for part in ("matches", "unmatched", "summary", "solver", "certificate"):
        assert found[part] == coloured[part]
    assert found["fairness"] == [] != coloured["fairness"]


def test_a_forbidden_pair_never_displaces_a_permitted_one_that_is_worth_nothing() -> None:
    rules = f"weights = {{ {', '.join(f'{rule} = 0' for rule in plain.WEIGHTS)} }}"
    mentees = [mentee("ada", languages="ja"), mentee("bea", languages="en")]
    found = answer([mentor("grace", languages="en"), mentor("hana"), *mentees], rules=rules)
    assert partners(found) == {"ada": "hana", "bea": "grace"}
    assert found["summary"]["total"] == 0


def test_a_group_of_four_is_hidden_and_cannot_be_had_by_subtraction() -> None:
    groups = {"EU": 9, "Asia": 6, "Oz": 4}
    people = [mentee(f"{group}{n}", **{"segment:Region": group}) for group, size in groups.items() for n in range(size)]
    found = answer([mentor("grace", capacity="5"), *people, mentee("none")])["fairness"]
    assert [(one.get("group"), one.get("people")) for one in found] == [("EU", 9), (None, None)]
    assert found[1] == {"segment": "Region", "hidden_groups": 2, "hidden_people": 10}


def test_a_group_that_is_served_worse_raises_a_question() -> None:
    here = [mentee(f"a{n}", languages="en", **{"segment:Site": "Here"}) for n in range(5)]
    there = [mentee(f"b{n}", languages="ja", **{"segment:Site": "there "}) for n in range(5)]
    mentors = [mentor("m", capacity="5", languages="en"), mentor("n", capacity="3", languages="JA")]
    found = answer([*here, *there, *mentors])["fairness"]
    assert [(one["group"], one["rate"], one["flag"]) for one in found] == [("Here", 1.0, False), ("there", 0.6, True)]


def test_whatever_is_said_to_help_matches_one_more_person() -> None:
    seen: Counter[str] = Counter()
    for number in range(20, 32):
        mentees, mentors = company(Random(number), mentees=9, mentors=4)
        found = answer([*mentees, *mentors])
        matched = found["summary"]["matched"]
        by_id = {row["id"]: row for row in (*mentees, *mentors)}
        for left in found["unmatched"]:
            for remedy in left["remedies"]:
                seen[remedy["kind"]] += 1
                if remedy["kind"] == "places":
                    for name in remedy["mentors"]:
                        more = str(int(by_id[name]["capacity"] or 1) + 1)
                        rows = [{**one, "capacity": more} if one["id"] == name else one for one in mentors]
                        assert plain.best(mentees, rows, floor=0)[0] == matched + 1
                else:
                    helped = _lifted(by_id[left["person"]], mentees, mentors, remedy["limit"], matched)
                    assert remedy["mentors"] == helped > 0
    assert min(seen["relax"], seen["places"]) >= 10


@pytest.mark.parametrize("number", range(20, 26))
def test_that_nobody_more_can_be_matched_is_checked_with_a_pencil(number: int) -> None:
    mentees, mentors = company(Random(number), mentees=11, mentors=3)
    found = answer([*mentees, *mentors])
    proof = found["certificate"]
    assert proof["short"] == len(found["unmatched"]) == len(proof["mentees"]) - proof["places"] > 0
    assert {left["person"] for left in found["unmatched"]} <= set(proof["mentees"])
    assert proof["places"] == sum(int(one["capacity"] or 1) for one in mentors if one["id"] in proof["mentors"])
    for one in mentees:
        if one["id"] in proof["mentees"]:
            allowed = {other["id"] for other in mentors if other["capacity"] != "0" and not plain.limits(one, other)}
            assert allowed <= set(proof["mentors"])


def _lifted(one: Row, mentees: Sequence[Row], mentors: Sequence[Row], limit: str, matched: int) -> int:
    """With how many mentors whom this limit alone forbids one more person is matched: a place each is given away."""
    others = [row for row in mentees if row["id"] != one["id"]]
    near = [row for row in mentors if row["capacity"] != "0" and plain.limits(one, row) == {limit}]
    helped = 0
    for mentor_ in near:
        left = str(int(mentor_["capacity"] or 1) - 1)
        rest = [{**row, "capacity": left} if row is mentor_ else row for row in mentors]
        helped += plain.best(others, rest, floor=0)[0] + 1 > matched
    return helped


@pytest.mark.parametrize("number", range(40, 46))
def test_what_another_pair_would_cost_is_what_a_pin_does_cost(number: int) -> None:
    mentees, mentors = company(Random(number), mentees=7, mentors=6, easygoing=True)
    rows = [*mentees, *mentors]
    found = answer(rows, rules=NO_FLOOR, explain=("e0", "e1", "o0"))
    before = found["summary"]
    priced = 0
    for one in found["explain"]:
        assert (one["score"] is None) == bool(one["failed"])
        if one["failed"] or one["costs"] is None:
            continue
        assert one["costs_at_least"] <= one["costs"]
        pin = f"mentee,mentor,kind\n{one['mentee']},{one['mentor']},pin\n"
        after = answer(rows, rules=NO_FLOOR, locks=pin)["summary"]
        assert (after["matched"], before["value"] - after["value"]) == (before["matched"], one["costs"])
        priced += 1
    assert priced >= 3


def test_a_pair_below_the_minimum_is_as_forbidden_to_a_question_as_to_a_pin() -> None:
    rows = [mentor("grace"), mentor("hana", skills="tax"), mentor("ida", blocked="ada", skills="tax"), mentee("ada")]
    rules = 'mode = "best-fit"\nminimum = 4500\n'
    hana, ida = answer(rows, rules=rules, explain=("ada",))["explain"]
    assert (hana["mentor"], hana["score"], hana["failed"], hana["costs"]) == ("hana", None, ["minimum"], 3000)
    assert (ida["mentor"], ida["failed"]) == ("ida", ["not_available", "minimum"])
    with pytest.raises(Unusable, match="1 error") as refused:
        answer(rows, rules=rules, locks="mentee,mentor,kind\nada,hana,pin\n")
    (told,) = refused.value.errors
    assert (told.code, told.message) == ("L03", "the pin breaks a limit: minimum")
    (everybody, *_) = answer(rows, rules="minimum = 4500", explain=("ada",))["explain"]
    assert (everybody["score"], everybody["failed"]) == (1500, [])


def test_another_mentor_for_a_pinned_mentee_is_priced_without_the_pin() -> None:
    rows = [mentor("grace"), mentor("hana", teaches="law"), mentor("ida", skills="tax"), mentee("ada"), mentee("bea")]
    pin = "mentee;mentor;kind\nada;ida;pin\n"
    found = answer(rows, rules=NO_FLOOR, locks=pin, explain=("ada",))
    for one in found["explain"]:
        after = answer(rows, rules=NO_FLOOR, locks=pin.replace("ida", one["mentor"]))["summary"]["value"]
        assert one["costs"] == found["summary"]["value"] - after


def test_a_certificate_counts_pinned_people_with_their_places() -> None:
    rows = [mentor("grace", capacity="2"), mentor("hana"), *(mentee(name) for name in ("ada", "bea", "cyd", "dee"))]
    found = answer(rows, locks="mentee,mentor,kind\nada,grace,pin\nbea,hana,pin\ncyd,hana,forbid\ndee,hana,forbid\n")
    assert found["certificate"] == {"mentees": ["ada", "cyd", "dee"], "mentors": ["grace"], "places": 2, "short": 1}
    assert found["solver"]["pairs_permitted"] == 6
    (left,) = found["unmatched"]
    assert (left["permitted_mentors"], left["failed_only"]) == (1, {})


def test_what_is_left_when_the_time_is_up_says_so() -> None:
    mentees, mentors = company(Random(6), mentees=12, mentors=9)
    summary = answer([*mentees, *mentors], over=lambda: True)["summary"]
    assert not summary["proved_optimal"]
    assert summary["gap_percent"] > 0
    assert summary["gap_points"] > 0


def test_a_mentor_who_is_also_a_mentee_is_never_their_own_and_a_circle_of_two_is_warned_of() -> None:
    both = [{**mentor(name), "role": "both", "goals": "law"} for name in ("ada", "bea")]
    found = answer(both)
    assert partners(found) == {"ada": "bea", "bea": "ada"}
    assert [(one["code"], one["row"], one["column"]) for one in found["warnings"]] == [("W08", 2, "")]
    counted = {name: found["inputs"][name] for name in ("rows", "mentors", "mentees", "both", "unavailable")}
    assert counted == {"rows": 2, "mentors": 0, "mentees": 0, "both": 2, "unavailable": 0}
    assert found["inputs"]["rules_sha256"] is None


def test_mentors_without_a_place_count_nowhere() -> None:
    rows = [mentor("grace", capacity="0"), mentor("hana"), mentee("ada"), mentee("bea", languages="x")]
    found = answer(rows)
    summary = found["summary"]
    assert (summary["places"], summary["mentors_used"], summary["mentors_idle"], found["idle_mentors"]) == (1, 1, 0, [])
    assert (summary["load"], found["solver"]["pairs_permitted"]) == ({"0": 0, "1": 1}, 2)
    assert found["unmatched"][0]["permitted_mentors"] == 1


@pytest.mark.parametrize("rules", ["", 'mode = "best-fit"'])
def test_a_list_may_leave_nothing_to_decide(rules: str) -> None:
    pinned = answer([mentor("grace"), mentee("ada")], rules=rules, locks="mentee,mentor,kind\nada,grace,pin\n")
    assert (partners(pinned), pinned["summary"]["floor"], pinned["unmatched"]) == ({"ada": "grace"}, None, [])
    assert pinned["summary"]["value"] == pinned["summary"]["total"] == 4500
    full = answer([mentor("grace", capacity="0"), mentee("ada")], rules=rules)
    assert (full["matches"], full["summary"]["mean"], full["summary"]["load"]) == ([], None, {})
    assert [(one["cause"], one["permitted_mentors"]) for one in full["unmatched"]] == [("no_permitted_mentor", 0)]
    alone = answer([{**mentor("grace"), "role": "both", "goals": "law"}], rules=rules, explain=("grace",))
    assert (alone["unmatched"][0]["failed_only"], alone["explain"]) == ({}, [])
    assert alone["summary"]["proved_optimal"]
    assert alone["idle_mentors"] == ["grace"]


def test_new_mentors_are_sought_who_suit_most_of_those_who_are_left() -> None:
    stuck = [mentee(f"e{n}", office="Osaka", mode="in_person", languages="JA", grade=str(n + 1)) for n in range(3)]
    found = answer([mentor("grace", office="Lisbon", languages="en"), *stuck, mentee("ada", languages="PT")])
    assert found["recruit"] == [
        {"languages": ["JA"], "office": "Osaka", "min_grade": 3, "mentors": 2, "helps": 3},
        {"languages": ["PT"], "office": None, "min_grade": None, "mentors": 1, "helps": 1},
    ]


@pytest.mark.parametrize("number", range(50, 56))
def test_new_mentors_who_bring_what_is_asked_match_no_fewer_than_is_said(number: int) -> None:
    mentees, mentors = company(Random(number), mentees=14, mentors=3)
    rows = [*mentees, *mentors]
    found = answer(rows)
    assert found["recruit"]
    for one in found["recruit"]:
        bring = {"office": one["office"] or "", "grade": str(one["min_grade"] or ""), "capacity": "2"}
        new = [mentor(f"new{n}", languages="|".join(one["languages"]), **bring) for n in range(one["mentors"])]
        more = answer([*rows, *new])["summary"]["matched"] - found["summary"]["matched"]
        assert one["helps"] <= more <= 2 * one["mentors"] <= one["helps"] + 1


def test_those_who_waited_longest_come_first_in_the_queue() -> None:
    rows = [mentor("grace", languages="x"), *(mentee(f"e{n}", languages="y", waited=str(n % 3)) for n in range(6))]
    left = answer(rows)["unmatched"]
    assert [one["queue"] for one in left] == [1, 2, 3, 4, 5, 6]
    assert [int(one["person"][1]) % 3 for one in left] == [2, 2, 1, 1, 0, 0]


def test_reasons_speak_to_each_side_of_what_both_said() -> None:
    rows = [
        mentor("grace", skills="SQL", function="Finance", hours="mon 9-11", timezone="UTC", mode="online"),
        mentee("ada", goals="sql", moving_into="finance", hours="mon 9-11", timezone="UTC", mode="online"),
    ]
    (one,) = answer(rows, rules="reasons = 4")["matches"]
    assert [reason["text"] for reason in one["reasons"]["mentee"]] == [
        "You want to grow in SQL; Grace works with it every day.",
        "You would like to move into Finance; Grace is there.",
        "You both prefer meeting online.",
        "You share 2 free hours a week.",
    ]
    assert [reason["rule"] for reason in one["reasons"]["mentor"]] == ["goals", "mix", "mode", "time"]


def test_with_few_reasons_it_is_said_how_the_match_came_about() -> None:
    rows = [mentor("grace"), mentor("hana", skills="tax"), mentee("ada", wishes="hana"), mentee("bea", wishes="grace")]
    found = answer(rows, rules="weights = { goals = 0 }", locks="mentee,mentor,kind\nbea,grace,pin\n")
    of = {one["mentee"]: one["reasons"] for one in found["matches"]}
    assert of["ada"] == {"mentee": [{"rule": "wishes", "text": "You asked for Hana."}], "mentor": []}
    chosen = [{"rule": "locked", "text": "Your coordinator chose this match."}]
    assert of["bea"] == {"mentee": chosen, "mentor": chosen}

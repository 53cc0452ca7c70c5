"""`alongside match` as somebody types it: files in, a draft or every mistake out, and an exit code for scripts."""

import gc
import json
import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from flows.sheets.remarks import _close
from tests.flows.matching.offline.lists import mentee, mentor, sheet
from tests.flows.matching.offline.plain import somebody

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "people.csv"


def run(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["match", *map(str, arguments)], input=given)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    file = tmp_path / "PEOPLE.csv"
    file.write_bytes(sheet([mentor("grace", name="Gråce"), mentee("ada"), mentee("bea", goals="tax", waited="1")]))
    return file


def test_the_example_is_read_without_a_warning_and_shows_what_there_is_to_show() -> None:
    done = run(EXAMPLE, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["inputs"]["rows"] == 60
    assert found["warnings"] == []
    assert found["summary"]["proved_optimal"]
    assert {left["cause"] for left in found["unmatched"]} == {"places", "no_permitted_mentor"}
    assert {one["kind"] for left in found["unmatched"] for one in left["remedies"]} == {"places", "relax"}
    assert found["recruit"]
    assert len(found["fairness"]) >= 4
    headline = run(EXAMPLE).stdout.partition("\n")[0]
    assert f"“{headline}”" in (EXAMPLE.parents[1] / "matching-offline.md").read_text(encoding="utf-8")


def test_the_draft_stands_on_standard_output_and_how_long_it_took_does_not(people: Path) -> None:
    done = run(people)
    assert done.exit_code == 0
    assert done.stdout.startswith("1 of 2 mentees matched; nobody more can be, and no better fit exists: proved.\n")
    assert "Ada, with Gråce\n" in done.stdout
    assert done.stderr.startswith("2 mentees in ")
    assert done.stderr.count("\n") == 1


def test_standard_input_is_one_file_and_never_an_empty_second_one(people: Path) -> None:
    done = run("-", "--rules", "-", given=people.read_bytes())
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "standard input can be read once: - can stand for one file alone\n"
    assert run(people, "--rules", "-", given=b'seed = "x"').exit_code == 0


def test_two_runs_give_the_same_bytes_and_a_list_may_come_from_standard_input(people: Path) -> None:
    first = run(people, "--json")
    assert run(people, "--json").stdout_bytes == first.stdout_bytes
    piped = run("-", "--json", given=people.read_bytes())
    assert piped.stdout_bytes == first.stdout_bytes


def test_every_mistake_is_told_at_once_and_nobody_is_matched(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(
        b"id,role,goals,goals,capacity,timezone,hours,manager,wishes,mode\n"  # E01 and E13
        b"a,mentee,1|2|3|4|5|6|7|8|9|10|11,,,,,a,,\n"  # E12, E07
        b"a,mentee,,,,Mars,mon,,nobody,\n"  # E03, E06, E08, E14
        b",mentee,,,9,,,,,fax,x\n"  # E02, E05, E04, E09
        b"\xff,mentee,,,,,,,,\n"  # E10
    )
    expected = [
        (0, "", "E11"), (1, "name", "E01"), (1, "goals", "E13"), (2, "goals", "E12"), (2, "manager", "E07"),
        (3, "id", "E03"), (3, "timezone", "E06"), (3, "hours", "E08"), (3, "wishes", "E14"), (4, "", "E09"),
        (4, "id", "E02"), (4, "capacity", "E05"), (4, "mode", "E04"), (5, "", "E10"),
    ]  # fmt: skip
    done = run(file, "--json")
    assert done.exit_code == 2
    found = json.loads(done.stdout)
    assert found.keys() == {"schema", "errors"}
    assert [(one["row"], one["column"], one["code"]) for one in found["errors"]] == expected
    assert {one["file"] for one in found["errors"]} == {"list.csv"}
    assert found["errors"][11]["value"] == "9"

    done = run(file)
    assert done.exit_code == 2
    assert [line.split(" ")[:2] for line in done.stdout.splitlines()] == [
        [f"list.csv:{row}:{column}:", code] for row, column, code in expected
    ]


def test_of_more_than_two_hundred_mistakes_the_rest_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(sheet([mentor("grace"), *(mentee(f"e{n}", grade="x" * 300) for n in range(205))]))
    errors = json.loads(run(file, "--json").stdout)["errors"]
    assert len(errors) == 201
    assert errors[199]["value"] == "x" * 200
    last = {"file": "list.csv", "row": 0, "column": "", "code": "", "value": "205"}
    assert errors[200] == {**last, "message": "and 5 more errors, 205 in all"}
    assert run(file).stdout.splitlines()[-1] == "and 5 more errors, 205 in all"


def test_thousands_of_misspelt_time_zones_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(sheet([mentor("grace"), *(mentee(f"e{n}", timezone=f"Europe/Berlim{n}") for n in range(1000))]))
    looked = _close.cache_info().misses
    errors = json.loads(run(file, "--json").stdout)["errors"]
    assert errors[0]["message"] == errors[199]["message"] == "no such time zone; did you mean Europe/Berlin?"
    assert _close.cache_info().misses - looked == 200


def test_locks_against_limits_end_with_four(people: Path, tmp_path: Path) -> None:
    locks = tmp_path / "LOCKS.csv"
    locks.write_text("mentee,mentor,kind\nada,grace,pin\nbea,grace,pin\n", encoding="utf-8")
    done = run(people, "--locks", locks)
    assert done.exit_code == 4
    assert done.stdout == "LOCKS.csv:3:mentor: L04 more pins than places: 1\n"


def test_when_the_time_is_up_the_draft_says_so_and_ends_with_three(tmp_path: Path) -> None:
    dice = Random(1)
    file = tmp_path / "PEOPLE.csv"
    rows = [somebody(dice, f"e{n}", "mentee", ()) for n in range(20)]
    file.write_bytes(sheet([*rows, *(somebody(dice, f"o{n}", "mentor", ()) for n in range(20))]))
    done = run(file, "--deadline", "0")
    assert done.exit_code == 3
    assert " when the time was up; " in done.stdout.splitlines()[0]
    assert run(file, "--deadline", "100.5").exit_code == 0


def test_options_of_every_kind_are_heard(people: Path, tmp_path: Path) -> None:
    rules, draft = tmp_path / "RULES.toml", tmp_path / "DRAFT.json"
    rules.write_text("minimum = 9000\n", encoding="utf-8")
    draft.write_bytes(run(people, "--json").stdout_bytes)
    options = ("--rules", rules, "--previous", draft, "--mode", "best-fit", "--seed", "Ü", "--explain", "ada", "--json")
    found = json.loads(run(people, *options).stdout)
    assert found["settings"] == {"mode": "best-fit", "seed": "Ü", "rules_version": 1}
    assert {left["cause"] for left in found["unmatched"]} == {"below_minimum"}
    assert found["difference"]["lost"] == ["ada"]
    assert [one["mentor"] for one in found["explain"]] == ["grace"]
    assert "Ada, with Gråce: 4500\n" in run(people, "--scores").stdout


def test_a_file_that_is_not_there_is_named_and_so_is_an_option_that_does_not_exist(people: Path) -> None:
    done = run(people, "--rules", people.parent / "nowhere.toml")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "nowhere.toml cannot be read" in done.stderr
    assert run(people, "--mode", "most").exit_code == 2
    done = run(people, "--explain", "adah")
    assert (done.exit_code, done.stdout) == (
        2,
        "--explain: E04 nobody on the list has the id adah; did you mean ada?\n",
    )


def test_bytes_that_are_no_text_stop_nothing(people: Path) -> None:
    odd = people.rename(people.with_name("p\udcff.csv"))
    done = run(odd, "--seed", "\udcff", "--json")
    assert (done.exit_code, json.loads(done.stdout)["settings"]["seed"]) == (0, "\ufffd")
    assert "nobody on the list has the id \ufffd" in run(odd, "--explain", "\udcff").stdout
    odd.write_bytes(b"id")
    assert run(odd).stdout.startswith("p\ufffd.csv:0:: E11 ")


@pytest.mark.parametrize("options", [(), ("--json",), ("--explain", "nobody")])
def test_an_answer_that_cannot_be_written_is_said_in_one_line(people: Path, options: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "match", str(people), *options],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=EXAMPLE.parents[2],
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"The answer cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    ("closed", "list_", "said"),
    [
        (">&-", "docs/examples/people.csv", "The answer cannot be written: standard output is closed\n"),
        (">&-", "start.py", "The answer cannot be written: standard output is closed\n"),
        ("<&-", "-", "standard input cannot be read: it is closed\n"),
    ],
)
def test_a_stream_that_the_shell_has_closed_is_said_in_one_line(closed: str, list_: str, said: str) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'exec "$0" -m bot match "$1" {closed}', sys.executable, list_],
        capture_output=True,
        text=True,
        cwd=EXAMPLE.parents[2],
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


def test_five_hundred_and_five_hundred_are_matched_and_proved_at_once(tmp_path: Path) -> None:
    """In a process of its own, which loads neither a database nor a chat nor a loop, and writes what the library would:
    it is slower at that."""
    dice = Random(7)
    file = tmp_path / "PEOPLE.csv"
    rows = [somebody(dice, f"e{n}", "mentee", ()) for n in range(500)]
    file.write_bytes(sheet([*rows, *(somebody(dice, f"o{n}", "mentor", ()) for n in range(500))]))
    program = (
        "import sys\n"
        "from bot.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "    heavy = {'aiohttp', 'asyncio', 'botbuilder', 'holidays', 'slack_bolt', 'slack_sdk', 'sqlalchemy'}\n"
        "    print(sorted(loaded & heavy), file=sys.stderr)\n"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(
        [sys.executable, "-c", program, "match", str(file), "--json"],
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(EXAMPLE.parents[2])},
    )
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 5
    assert done.stderr.endswith(b"\n[]\n")
    answer = json.loads(done.stdout)
    assert answer["summary"]["proved_optimal"]
    assert done.stdout.decode() == json.dumps(answer, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def test_the_collector_works_again_after_a_draft_and_after_a_mistake(people: Path) -> None:
    assert gc.isenabled()
    assert run(people).exit_code == 0
    assert run(people, "--seed", "x", "--explain", "nobody").exit_code == 2
    assert gc.isenabled()

"""Set-up does what is needed and no more, and says in one line what is missing."""

import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import start

Commands = list[list[str]]
FILES = ("requirements.txt", "requirements-test.txt", "pyproject.toml")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with nothing but the files that set-up reads, on a machine without uv."""
    for name in FILES:
        (tmp_path / name).write_text("first")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr("shutil.which", lambda _: None)
    return tmp_path


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    """What was run; making an environment leaves a Python behind, and nothing is installed."""
    ran: Commands = []

    def run(command: list[str], *, log: Path) -> None:
        ran.append(command)
        if "venv" in command:
            python = Path(start.program(Path(command[-1]), "python"))
            python.parent.mkdir(parents=True)
            python.touch()
            (Path(command[-1]) / "pyvenv.cfg").touch()
        log.touch()

    monkeypatch.setattr(start, "run", run)
    return ran


def steps(commands: Commands) -> list[str]:
    """The commands since the last look, each by the word that tells it from the others."""
    words = {"venv": "make", "requirements.txt": "run time", "requirements-test.txt": "tests", "-e": "project"}
    seen = [next(step for word, step in words.items() if word in command) for command in commands]
    commands.clear()
    return seen


def test_a_fresh_clone_is_set_up_once(house: Path, commands: Commands) -> None:
    start.set_up(start.place(), "requirements.txt")
    assert all("--require-hashes" in command for command in commands if "-r" in command)
    assert steps(commands) == ["make", "run time", "project"]

    start.set_up(start.place(), "requirements.txt")
    assert steps(commands) == []


def test_tests_go_on_top_of_what_a_demo_may_be_running_from(house: Path, commands: Commands) -> None:
    start.set_up(start.place(), "requirements.txt")
    steps(commands)

    start.set_up(start.place(), "requirements-test.txt")
    assert steps(commands) == ["tests", "project"]

    start.set_up(start.place(), "requirements.txt")
    assert steps(commands) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("requirements.txt", ["make", "tests", "project"]),
        ("requirements-test.txt", ["make", "tests", "project"]),
        ("pyproject.toml", ["project"]),
    ],
)
def test_what_is_stale_is_made_anew(house: Path, commands: Commands, changed: str, expected: list[str]) -> None:
    start.set_up(start.place(), "requirements-test.txt")
    steps(commands)

    (house / changed).write_text("second")
    start.set_up(start.place(), "requirements-test.txt")
    assert steps(commands) == expected


def forget_the_end(folder: Path) -> None:
    (folder / "alongside.json").unlink()


def lose_the_python(folder: Path) -> None:
    Path(start.program(folder, "python")).unlink()


@pytest.mark.parametrize("harm", [forget_the_end, lose_the_python])
def test_a_half_made_environment_is_made_anew(house: Path, commands: Commands, harm: Callable[[Path], None]) -> None:
    start.set_up(start.place(), "requirements.txt")
    steps(commands)

    harm(house / ".venv")
    start.set_up(start.place(), "requirements.txt")
    assert steps(commands) == ["make", "run time", "project"]


def test_another_python_gets_a_folder_of_its_own(
    house: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.set_up(start.place(), "requirements.txt")
    monkeypatch.setattr(start, "VERSION", "3.99")
    assert start.place() == house / ".venv-3.99"

    start.set_up(start.place(), "requirements.txt")
    assert steps(commands) == ["make", "run time", "project"] * 2
    assert (house / ".venv" / "alongside.json").exists()


def test_a_folder_that_is_no_environment_is_left_alone(house: Path, commands: Commands) -> None:
    (house / ".venv").mkdir()
    (house / ".venv" / "letters.txt").write_text("mine")

    with pytest.raises(start.Missing, match="is no virtual environment"):
        start.set_up(start.place(), "requirements.txt")
    assert (house / ".venv" / "letters.txt").read_text() == "mine"
    assert commands == []


def test_uv_installs_where_there_is_one_and_pip_when_uv_cannot(
    house: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda name: f"/somewhere/{name}")
    start.set_up(start.place(), "requirements.txt")
    assert [command[0] for command in commands[1:]] == ["uv", "uv"]

    def run(command: list[str], *, log: Path) -> None:
        commands.append(command)
        if command[0] == "uv":
            raise start.Missing("no way to the package index")

    monkeypatch.setattr(start, "run", run)
    commands.clear()
    start.install(house / ".venv", "-e", ".")
    assert [command[0] for command in commands] == ["uv", start.program(house / ".venv", "python")]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("pip._vendor.urllib3.exceptions.NewConnectionError: failed", "the network is needed once"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE",
            "another file than the pinned one",
        ),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("something nobody thought of", "a program stopped short"),
    ],
)
def test_a_failed_install_is_told_in_one_line_with_its_cause(tmp_path: Path, said: str, told: str) -> None:
    with pytest.raises(start.Missing) as missing:
        start.run([sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"], log=tmp_path / "set-up.log")
    assert told in str(missing.value)
    assert "\n" not in str(missing.value)
    assert said in (tmp_path / "set-up.log").read_text()


def test_a_python_without_environments_hears_what_to_install(
    house: Path, commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(start.Missing, match=r"apt install python3\.\d+-venv"):
        start.set_up(start.place(), "requirements.txt")


def test_an_old_python_can_read_the_file_far_enough_to_be_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse(Path(start.__file__).read_text(encoding="utf-8"), feature_version=(3, 7))
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert start.main() == 1
    assert capsys.readouterr().err.startswith("Alongside needs Python 3.11 or newer; this is ")


def test_checks_stop_at_the_first_that_fails_and_say_which(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran: Commands = []

    def call(command: list[str]) -> int:
        ran.append(command)
        return 3 if "mypy" in command else 0

    monkeypatch.setattr("subprocess.call", call)
    assert start.check(Path("somewhere"), quick=False) == 3
    assert [command[2:4] for command in ran] == [["ruff", "check"], ["ruff", "format"], ["mypy"]]
    assert "Stopped at types" in capfd.readouterr().err


def test_pytest_comes_last_so_that_its_closing_line_does(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: Commands = []

    def hand_over(command: list[str]) -> int:
        handed.append(command)
        return 0

    monkeypatch.setattr("subprocess.call", lambda _: 0)
    monkeypatch.setattr(start, "hand_over", hand_over)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert start.check(Path("somewhere"), quick=False) == 0
    assert "PYTHONDONTWRITEBYTECODE" not in os.environ
    assert start.check(Path("somewhere"), quick=True) == 0
    assert [command[1:] for command in handed] == [
        ["-m", "pytest", "-n", "2", "--dist", "worksteal"],
        ["-m", "pytest", "tests/flows", "tests/stories/test_help.py"],
    ]

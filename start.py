"""The two commands of the README on a bare Python: `python3 start.py demo` and `python3 start.py test`.

Everything here is standard library, and the file parses on Pythons too old for Alongside, so that they can be told so.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
RUN = "requirements.txt"
TEST = "requirements-test.txt"
PROJECT = "pyproject.toml"
VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"

NO_NETWORK = "no way to the package index; the network is needed once, to fetch the packages"
NOT_PINNED = "the package index gave another file than the pinned one"
CAUSES = {
    "DO NOT MATCH THE HASHES": NOT_PINNED,
    "Hash mismatch": NOT_PINNED,
    "No space left on device": "the disk is full",
    "Permission denied": "a file or folder here must not be written",
    "CERTIFICATE_VERIFY_FAILED": "the certificate of the package index is not trusted here",
    "NewConnectionError": NO_NETWORK,
    "NameResolutionError": NO_NETWORK,
    "ConnectTimeoutError": NO_NETWORK,
    "ProxyError": NO_NETWORK,
    "No matching distribution": "the package index has no build of a package for this Python and machine",
}


class Missing(Exception):
    """Something that set-up needs is not there. The text is one line for the reader, without its full stop."""


def main() -> int:
    """Do what the command line asks. Returns the exit status of what was handed over to."""
    if sys.version_info < (3, 11):
        print(f"Alongside needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    parser = command_line()
    asked, rest = parser.parse_known_args()
    if rest and asked.command == "test":
        parser.error("test takes no " + " ".join(rest))
    os.chdir(ROOT)
    folder = place()
    try:
        set_up(folder, RUN if asked.command == "demo" else TEST)
    except (Missing, OSError) as missing:
        print(f"Alongside cannot be set up: {missing}.", file=sys.stderr)
        return 1
    if asked.command == "demo":
        return hand_over([program(folder, "python"), "-m", "bot", "demo", *rest])
    return check(folder, quick=asked.quick)


def command_line() -> argparse.ArgumentParser:
    """Two commands. What follows `demo` belongs to the demo itself, `--help` included."""
    parser = argparse.ArgumentParser(prog="start.py", description="Sets Alongside up, then shows it or tests it.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("demo", add_help=False, help="play a season in the browser; takes --port N and --no-browser")
    test = commands.add_parser("test", help="lint, types, contracts and all tests")
    test.add_argument("--quick", action="store_true", help="only the tests of flows and one story")
    return parser


def set_up(folder: Path, requirements: str) -> None:
    """Make `folder` hold what `requirements` pins, and Alongside itself; nothing is done when it already does.

    A stamp, written last, tells what the folder holds. Without a stamp, or with one of another Python, another place
    or older pins, the folder is made anew. What only the tests need goes on top: a demo may be running from there.
    Raises Missing, or OSError when the folder cannot be written.
    """
    wanted = {name: fingerprint(name) for name in ((RUN,) if requirements == RUN else (RUN, TEST))}
    stamp = read_stamp(folder)
    pinned = stamp.get("pinned", {})
    if stamp.get("made") != made_here(folder) or any(pinned.get(name, new) != new for name, new in wanted.items()):
        stamp, pinned = {"made": made_here(folder)}, {}
    if wanted.items() <= pinned.items() and stamp.get("project") == fingerprint(PROJECT):
        return

    print(f"Setting up {folder.name} with Python {sys.version.split()[0]}: once, about a minute.", flush=True)
    began = time.perf_counter()
    if not pinned:
        make_empty(folder)
    if not wanted.items() <= pinned.items():
        install(folder, "--require-hashes", "-r", requirements)
    install(folder, "--no-deps", "--no-build-isolation", "-e", ".")
    write_stamp(folder, {**stamp, "pinned": {**pinned, **wanted}, "project": fingerprint(PROJECT)})
    print(f"Ready after {time.perf_counter() - began:.0f} seconds.", flush=True)


def place() -> Path:
    """The folder `.venv`; where another Python has settled there, one beside it that bears this one's number."""
    first = ROOT / ".venv"
    made = read_stamp(first).get("made", VERSION)
    return first if made.split()[0] == VERSION else ROOT / f".venv-{VERSION}"


def make_empty(folder: Path) -> None:
    """Put a new virtual environment in place of an old or half-made one, but never of anything else."""
    if (folder / "pyvenv.cfg").exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise Missing(f"{folder} stands in the way and is no virtual environment")
    log = folder.with_name(folder.name + ".log")
    options = []
    if importlib.util.find_spec("ensurepip") is None:
        if not shutil.which("uv"):
            raise Missing(f"this Python cannot make a virtual environment (Debian: apt install python{VERSION}-venv)")
        options = ["--without-pip"]
    # Not sys.executable alone: that may be the very environment which has just been removed.
    python = getattr(sys, "_base_executable", sys.executable)
    run([python, "-m", "venv", *options, str(folder)], log=log)
    log.unlink()


def install(folder: Path, *what: str) -> None:
    """Let uv install it, where there is uv; else, or when uv cannot, pip."""
    python = program(folder, "python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", *what]
    log = folder / "set-up.log"
    if shutil.which("uv"):
        try:
            run(["uv", "pip", "install", "--quiet", "--python", python, *what], log=log)
        except Missing:
            print("uv could not do it; now pip tries.", flush=True)
        else:
            return
    run(pip, log=log)


def run(command: list[str], *, log: Path) -> None:
    """Run it with all its words in `log`, which is in the way of nobody who does not need it. Raises Missing."""
    with log.open("wb") as words:
        status = subprocess.call(command, stdout=words, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if status != 0:
        said = log.read_text(encoding="utf-8", errors="replace")
        cause = next((cause for sign, cause in CAUSES.items() if sign in said), "a program stopped short")
        raise Missing(f"{cause} (all that it said: {log})")


def check(folder: Path, *, quick: bool) -> int:
    """Run every check, the tests last, up to the first that fails; `quick` is for a second Python: tests alone."""
    python = program(folder, "python")
    pytest = [python, "-m", "pytest"]
    if quick:
        return hand_over([*pytest, "tests/flows", "tests/stories/test_help.py"])
    for name, command in {
        "lint": [python, "-m", "ruff", "check", "."],
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "types": [python, "-m", "mypy"],
        "contracts": [program(folder, "lint-imports")],
    }.items():
        print(f"- {name}", flush=True)
        status = subprocess.call(command)
        if status != 0:
            print(f"Stopped at {name}: see above. The tests have not run.", file=sys.stderr)
            return status
    print("- tests", flush=True)
    # What one of the processes has compiled the others need not, and bots that tests start would write it anyway.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # In two processes: with more, a start can stall until its patience ends. Who has done theirs takes over some of the
    # other's.
    return hand_over([*pytest, "-n", "2", "--dist", "worksteal"])


def hand_over(command: list[str]) -> int:
    """Become that program where the system lets us, so that signals and the exit status are its own."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def program(folder: Path, name: str) -> str:
    """The path of a program in the virtual environment."""
    return str(folder / ("Scripts" if os.name == "nt" else "bin") / name)


def fingerprint(name: str) -> str:
    """The hash of a file beside this one."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def made_here(folder: Path) -> str:
    """Which Python made which folder: a virtual environment can neither change its Python nor move."""
    return f"{VERSION} ({sys.version}) from {sys.base_prefix} in {folder}"


def read_stamp(folder: Path) -> dict[str, Any]:
    """What the folder holds; nothing when set-up never came to its end there, or its Python is gone."""
    if not Path(program(folder, "python")).exists():
        return {}
    try:
        stamp: dict[str, Any] = json.loads((folder / "alongside.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp


def write_stamp(folder: Path, stamp: dict[str, Any]) -> None:
    """Say what the folder holds, from now on."""
    (folder / "alongside.json").write_text(json.dumps(stamp, indent=2), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

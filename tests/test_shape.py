"""The shape of the house: what stands at the top, who may import what, and how a file looks."""

import ast
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "storage", "flows", "migrations")
TOP_LEVEL = {
    *PACKAGES,
    "tests",
    "docs",
    "start.py",
    "pyproject.toml",
    "requirements.txt",
    "requirements-test.txt",
    "Dockerfile",
    "compose.yaml",
    "README.md",
    "LICENSE",
    ".ci",
    ".dockerignore",
    ".gitignore",
}
VALUE_MODULES = re.findall(
    r"\w+",
    """__future__ abc base64 binascii bisect calendar collections csv dataclasses datetime decimal difflib enum
    fractions functools graphlib hashlib heapq html io itertools json math numbers operator re statistics string struct
    textwrap types typing unicodedata zoneinfo""",
)
ONLY_IN = {
    "numpy": ("flows.matching",),
    "scipy": ("flows.matching",),
    "rustworkx": ("flows.matching",),
    "babel": ("flows.voice", "flows.content"),
    "gettext": ("flows.voice", "flows.content"),
    "frontmatter": ("flows.content",),
    "yaml": ("flows.content",),
    "tomllib": ("flows.content", "flows.matching.offline"),
    "holidays": ("flows.calendar",),
}
LONGEST_FILE = 400  # lines; the habit is 100 to 300
PLATFORM = re.compile(
    r"""(?i:slack|\bbolt\b|block[ _-]?kit|microsoft|msteams|botbuilder|bot[ _-]?framework)
    | (?i:adaptive[ _-]?card|\bentra\b|azure)
    | Teams | teams_ | _teams | ["']teams["'] | \bteams(?:[:(]|\.\w)""",
    re.VERBOSE,
)
"""The teams of a sentence are people who work together."""
ACCOUNT_TYPE = re.compile(r"""\bAccount\(\s*["'](?:slack|teams)["']""")
EMPTY_NAMES = re.compile(r"^(utils?|helpers?|common|misc|base|managers?|services?)$")
EMPTY_CLASSES = re.compile(r"(Manager|Helper|Base|Utils?|Service)$")


def modules(*places: str) -> Iterator[tuple[str, Path, ast.Module]]:
    """Dotted name, file and syntax tree of every Python file below these places."""
    for place in places:
        for file in sorted((ROOT / place).rglob("*.py")):
            yield ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), file, parsed(file)


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that a file imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def identifiers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every name that a file gives or uses, with its line; what stands in strings and comments is not among them."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.alias(name=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.keyword(arg=str(name)):
                yield name, node.lineno


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_the_top_level_holds_what_was_agreed_and_nothing_else() -> None:
    generated = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()]
    there = {entry.name for entry in ROOT.iterdir() if not any(fnmatch(entry.name, pattern) for pattern in generated)}
    assert there - {".git"} <= TOP_LEVEL


def test_flows_import_values_only() -> None:
    strangers = [
        f"{module} imports {name}"
        for module, _, tree in modules("flows")
        for name in imports(tree)
        if not within(name, "flows")
        and name.partition(".")[0] not in VALUE_MODULES
        and not any(within(module, home) for home in ONLY_IN.get(name.partition(".")[0], ()))
    ]
    assert strangers == []


@pytest.mark.parametrize("package", ["handlers", "storage", "flows", "migrations"])
def test_a_chat_platform_is_named_in_bot_alone(package: str) -> None:
    """Neither in code nor in comments, docstrings, content or READMEs: whoever reads how mentoring works shall not meet
    a platform there. Allowed is the type of an account, `Account("slack", …)`, which is data: it says where a person is
    found, and examples need one that exists."""
    named = [
        f"{file.relative_to(ROOT)}:{place} {line.strip()}"
        for file in sorted((ROOT / package).rglob("*"))
        if file.is_file() and file.suffix != ".pyc"
        for place, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if PLATFORM.search(ACCOUNT_TYPE.sub("Account(", line)) or PLATFORM.search(file.name)
    ]
    assert named == []


@pytest.mark.parametrize("package", ["handlers", "storage", "flows"])
def test_only_bot_awaits(package: str) -> None:
    waiting = [
        f"{module}:{node.lineno}"
        for module, _, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncFunctionDef | ast.Await | ast.AsyncFor | ast.AsyncWith)
    ]
    assert waiting == []


def test_every_module_says_in_a_docstring_what_it_is() -> None:
    silent = [module for module, _, tree in modules(*PACKAGES, "tests") if not ast.get_docstring(tree)]
    assert silent == []


def test_a_file_is_read_at_one_sitting() -> None:
    """Steps of the schema are left out: they are written once, by a program, and never changed."""
    read = [file for _, file, _ in modules(*PACKAGES) if file.parent.name != "versions"]
    lengths = {file: len(file.read_text(encoding="utf-8").splitlines()) for file in read}
    assert {str(file.relative_to(ROOT)): lines for file, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_name_says_nothing() -> None:
    empty = [module for module, _, _ in modules(*PACKAGES, "tests") if EMPTY_NAMES.match(module.rpartition(".")[2])]
    empty += [
        f"{module}.{node.name}"
        for module, _, tree in modules(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and EMPTY_CLASSES.search(node.name)
    ]
    assert empty == []


def test_what_is_not_python_is_packed_too() -> None:
    """An editable install finds every file, an image only those that are declared."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {file for package, globs in told.items() for glob in globs for file in folder_of(package).glob(glob)}
    there = {file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.is_file()}
    needed = {file for file in there if file.suffix not in {".py", ".pyc"} and file.name != "README.md"}
    assert sorted(str(file.relative_to(ROOT)) for file in needed - packed) == []


def folder_of(package: str) -> Path:
    return ROOT.joinpath(*package.split("."))


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-test.txt"])
def test_pins_name_no_place_and_cover_what_the_project_declares(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.findall(r"\w+://\S*|^-.*|(?<=\s)/\S+| @ \S*", text, re.MULTILINE) == []
    pinned = {canonical(name) for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *(project["optional-dependencies"]["test"] if "test" in file else ())]
    assert {canonical(wanted) for wanted in declared} <= pinned


def test_no_dependency_bears_the_name_of_one_of_our_packages() -> None:
    """These names belong to strangers on the package index."""
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements-test.txt").read_text(encoding="utf-8"), re.MULTILINE)
    assert {canonical(name) for name in pinned} & {*PACKAGES, "tests", "alongside"} == set()


def canonical(requirement: str) -> str:
    """The name in a requirement as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()

"""Whatever goes wrong, at whatever level: no name, no text, no token and no key is ever written to the log."""

import ast
import json
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.logs import ALLOWED
from bot.playground.company import COMPANY
from bot.playground.deliver import HONEST, Forgery, deliver_event, deliver_form, deliver_payload
from bot.playground.faults import Fault, Trouble
from bot.playground.person import Person
from bot.playground.workspace import Workspace
from bot.world import World
from flows.voice.message import Kind, Message, Paragraph, Plain, Post, ToPerson
from storage.database import Database, open_database
from storage.outbox import Outbox
from tests.bot.served import KEY, Gate, Served, played, said, serving, settled
from tests.engine.fleet import until

ROOT = Path(__file__).resolve().parents[2]
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")
MARKER = "plum-marker"
INES = COMPANY.members[0]
TROUBLES = [trouble for trouble in Trouble if trouble not in (Trouble.SILENT, Trouble.LATE)]
RAISE = {
    "sqlite": ("CREATE TRIGGER trap BEFORE {0} BEGIN SELECT RAISE(ABORT, '{1}'); END",),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION trap() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{1}'; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER trap BEFORE {0} FOR EACH ROW EXECUTE FUNCTION trap()",
    ),
}


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    """A strict workspace in real time, in which nothing is slow."""
    gate = Gate()
    gate.opened.set()
    async with played(gate) as workspace:
        yield workspace


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """With people in it; the process has its own connections to it."""
    settled(database_url)
    database = open_database(database_url)
    yield database
    database.close()


def set_trap(database: Database, what: str) -> None:
    """From now on the database fails with words of its own, such as a value that it quotes."""
    for statement in RAISE[database.engine.dialect.name]:
        with database.guarded() as connection:
            connection.execute(text(statement.format(what, f"trap {MARKER}")))


def remove_trap(database: Database, table: str) -> None:
    """The database works again."""
    on = f" ON {table}" if database.engine.dialect.name == "postgresql" else ""
    with database.guarded() as connection:
        connection.execute(text(f"DROP TRIGGER trap{on}"))


def tried(database: Database) -> bool:
    """Whether every message was tried at least once."""
    query = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'claimed', 'sending') AND error = ''"
    with database.guarded() as connection:
        return int(connection.execute(text(query)).scalar_one()) == 0


async def gestures(workspace: Workspace) -> None:
    """Everything that can come to the door, right and wrong, with words in it."""
    ines = Person(workspace, INES.id)
    for words in ("help", f"join {MARKER}", MARKER, f"pause until {MARKER}"):
        await ines.asks("/mentor", words)
    await ines.asks("/mentor-admin", f"programme new {MARKER}")
    await ines.types(f"I typed {MARKER}")
    await ines.opens_home()
    form = {"command": "/mentor", "text": MARKER, "user_id": INES.id, "team_id": COMPANY.team, "trigger_id": "t"}
    for forgery in (HONEST, Forgery(signature="v0=wrong"), Forgery(signature=""), Forgery(age=900)):
        await deliver_form(workspace, name="forged", who=None, form=form, forgery=forgery)
    for body in (MARKER.encode(), b"payload=" + MARKER.encode(), b"\xff" + MARKER.encode(), b""):
        await deliver_form(workspace, name="odd", who=None, form=form, forgery=Forgery(body=body))
    await deliver_payload(workspace, {"type": MARKER, "user": {"id": INES.id, "name": MARKER}}, who=None)
    await deliver_payload(workspace, {"type": "block_actions", "user": {"id": MARKER}, "actions": [MARKER]}, who=None)
    for kind in ("reaction_added", "message", "user_change"):
        await deliver_event(workspace, {"type": kind, "user": {"id": MARKER}, "text": MARKER}, who=None)


def messages(workspace: Workspace, database: Database) -> None:
    """Messages that go wrong on their way in every way that there is."""
    posts = []
    for number, trouble in enumerate(TROUBLES):
        words = f"Message {MARKER} {number}"
        to = ToPerson(COMPANY.members[number % len(COMPANY.members)].id)
        posts.append(Post(f"marked:{MARKER}:{number}", to, Message(words, (Paragraph((Plain(words),)),)), Kind.ANSWER))
        for method in ("chat.postMessage", "conversations.open", "views.open"):
            workspace.faults.on(method, Fault(trouble=trouble, error="internal_error", retry_after=1))
    with database.guarded() as connection:
        Outbox(connection).put(*posts, now=World().now())


def secrets(workspace: Workspace) -> list[str]:
    """What must not be there."""
    names = [name for member in COMPANY.members for name in (member.name, member.handle) if len(name) > 3]
    return [MARKER, workspace.token, workspace.signing_secret, KEY, *names]


async def test_faults_of_every_kind_leave_no_words_in_the_log(
    workspace: Workspace, database: Database, database_url: str, tmp_path: Path
) -> None:
    loud = ("-X", "dev", "-m", "tests.bot.loud")
    async with serving(workspace, database_url, tmp_path / "log", program=loud) as served:
        messages(workspace, database)
        await gestures(workspace)
        await until(lambda: tried(database), seconds=60, what="every message to be tried")
        set_trap(database, "INSERT ON inbox")
        await gestures(workspace)
        remove_trap(database, "inbox")
        set_trap(database, "UPDATE ON outbox")
        await until(lambda: spoken(served, "sending failed"), seconds=60, what="a word of the sender")
        remove_trap(database, "outbox")
        assert await served.ended() == 0
    log = served.log.read_text()
    lines = said(served.log)
    events = {line["event"] for line in lines}
    assert {"a gesture failed", "a request was refused", "sending failed", "a library spoke"} <= events
    assert {"alongside", "apscheduler", "asyncio", "sqlalchemy"} <= {
        line["kind"].partition(".")[0] for line in lines if line["event"] == "a library spoke"
    }
    assert [secret for secret in secrets(workspace) if secret in log] == []
    assert [line for line in log.splitlines() if not line.startswith("{")] == []


def spoken(served: Served, event: str) -> bool:
    """Whether the process has written this."""
    return any(line["event"] == event for line in said(served.log))


def run(program: str) -> str:
    """What a small program with our logs writes to standard error."""
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=False)
    return done.stderr


@pytest.mark.parametrize(
    ("program", "event", "fault"),
    [
        ("raise ValueError('plum-marker')", "ended by a failure", "ValueError"),
        (
            "import threading\ndef work(): raise ValueError('plum-marker')\nthreading.Thread(target=work).start()",
            "a thread failed",
            "ValueError",
        ),
        (
            "class Broken:\n    def __del__(self): raise ValueError('plum-marker')\nBroken()",
            "a failure that nobody could catch",
            "ValueError",
        ),
        (
            "import logging\ntry: raise ValueError('plum-marker')\nexcept ValueError:\n"
            "    logging.getLogger('lib').exception('it was %s', 'plum-marker')",
            "a library spoke",
            "ValueError",
        ),
        (
            "import structlog\ntry: raise ValueError('plum-marker')\nexcept ValueError:\n"
            "    structlog.get_logger().exception('it failed', text='plum-marker')",
            "it failed",
            "ValueError",
        ),
    ],
)
def test_a_failure_is_its_kind_and_its_place(program: str, event: str, fault: str) -> None:
    written = run(f"from bot import logs\nlogs.set_up()\n{program}")
    assert MARKER not in written
    line = json.loads(written)
    assert (line["event"], line["fault"]) == (event, fault)
    assert line["at"].rpartition(":")[2].isdigit()


def test_a_warning_of_a_library_is_said_without_its_words() -> None:
    written = run("from bot import logs\nlogs.set_up()\nimport warnings\nwarnings.warn('plum-marker')")
    assert MARKER not in written
    assert json.loads(written)["kind"] == "py.warnings"


def test_a_token_in_a_permitted_value_becomes_dots() -> None:
    written = run(
        "from bot import logs\nlogs.set_up()\nimport structlog\n"
        "structlog.get_logger().error('refused', fault='xoxb-1-abc and xapp-1-A-9 are wrong', name='Ines')"
    )
    line = json.loads(written)
    assert (line["fault"], "name" in line) == ("… and … are wrong", False)


def test_every_line_of_ours_has_fixed_words_and_permitted_fields() -> None:
    calls = [
        (file, call)
        for file in sorted((ROOT / "bot").rglob("*.py"))
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in {f"log.{level}" for level in LEVELS}
    ]
    assert len(calls) > 10
    for file, call in calls:
        place = f"{file.relative_to(ROOT)}:{call.lineno}"
        assert [type(word) for word in call.args] == [ast.Constant], f"{place}: its words are not fixed"
        assert {str(field.arg) for field in call.keywords} <= ALLOWED, f"{place}: a field would be left out"

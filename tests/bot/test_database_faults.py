"""A database that cannot be used, as every verb tells it: the driver's own words, no password, and what to look at."""

import base64
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DataError, OperationalError, SQLAlchemyError
from typer.testing import CliRunner

from bot.cli import app
from bot.database_faults import ANYTHING, FORMAT, trouble
from bot.serving import run_until_told
from storage.standstill import shown
from tests.postgres import Databases

REFUSED = "postgresql+psycopg://someone:plum-word@127.0.0.1:1/nothing"


@pytest.mark.parametrize(
    ("url", "says", "repair"),
    [
        (REFUSED, "Connection refused", "host and port"),
        ("postgresql+psycopg://a:plum-word@127.0.0.1:99999/x", "invalid port number", "host and port"),
        ("postgresql+psycopg://a:plum-word@127.0.0.1:1/x?sslmode=odd", "invalid sslmode value", FORMAT),
        ("postgresql+psycopg://a:plum-word@127.0.0.1:1/x?plum=1", "invalid connection option", FORMAT),
        ("postgresql+psycopg://a@/x?host=/nowhere&password=plum-word", "No such file or directory", "host and port"),
    ],
)
def test_the_driver_says_why_and_the_cause_what_to_look_at(url: str, says: str, repair: str) -> None:
    found = trouble(failure_of(url), url)
    assert says in found.says
    assert found.repair == repair
    assert "\n" not in found.says


def test_a_host_that_nobody_knows_is_told() -> None:
    words = "failed to resolve host 'nowhere.invalid': [Errno -2] Name or service not known"
    assert trouble(OperationalError(None, None, ValueError(words)), REFUSED).repair == "host and port"


def test_a_database_that_is_not_there_is_named(postgres: Databases) -> None:
    url = make_url(postgres.url).set(database="no_such_one").render_as_string(hide_password=False)
    assert trouble(failure_of(url), url).repair == "the name of the database; createdb makes one"


def test_a_user_who_is_not_there_is_named(postgres: Databases) -> None:
    url = make_url(postgres.url).set(username="nobody_here").render_as_string(hide_password=False)
    assert trouble(failure_of(url), url).repair == "user and password"


@pytest.mark.parametrize("password", ["plum word", "pl@um"])
def test_a_password_that_the_driver_repeats_is_blanked(password: str) -> None:
    url = make_url(REFUSED).set(password=password).render_as_string(hide_password=False)
    words = f"""missing "=" after "{password}" in connection info string"""
    failure = OperationalError(None, None, ValueError(words))
    assert trouble(failure, url).says == 'missing "=" after "***" in connection info string'


def test_of_several_tries_the_first_is_told() -> None:
    words = "Multiple connection attempts failed. All failures were:\n- host: 'a': refused\n- host: 'b': timeout"
    assert trouble(OperationalError(None, None, ValueError(words)), REFUSED).says == "host: 'a': refused"


def test_what_a_row_holds_is_not_told() -> None:
    failure = DataError("select", None, ValueError("invalid input syntax for type integer: private"))
    assert trouble(failure, REFUSED).says == "DataError"
    assert trouble(failure, REFUSED).repair == ANYTHING


@pytest.mark.parametrize("verb", ["migrate", "backup a.db", "outbox", "db move --to sqlite:///{folder}/new.db"])
def test_every_verb_says_it_in_the_same_words(verb: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    words = verb.format(folder=tmp_path_factory.mktemp("new")).split()
    told = CliRunner().invoke(app, words, env={"DATABASE_URL": REFUSED})
    assert told.exit_code == 1
    assert told.stderr.startswith("DATABASE_URL cannot be used: connection failed: connection to server at")
    assert "Connection refused. Look at host and port." in told.stderr
    assert "plum-word" not in told.output


async def test_a_start_that_fails_says_it_too(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, value in {
        "DATABASE_URL": REFUSED,
        "MENTOR_KEYS": base64.urlsafe_b64encode(bytes(32)).decode(),
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "a",
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "PORT": "0",
    }.items():
        monkeypatch.setenv(name, value)
    assert await run_until_told() == 1
    said = "".join(capfd.readouterr())
    assert "DATABASE_URL cannot be used: connection failed" in said
    assert "Connection refused. Look at host and port." in said
    assert "plum-word" not in said


def test_of_two_databases_the_one_that_fails_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    source = f"sqlite:///{tmp_path_factory.mktemp('old')}/old.db"
    told = CliRunner().invoke(app, ["db", "move", "--to", REFUSED], env={"DATABASE_URL": source})
    assert told.stderr.startswith("--to cannot be used: ")
    assert told.stderr.endswith("Look at host and port. Nothing was changed.\n")


def test_an_address_is_shown_without_a_password_that_stands_behind_it() -> None:
    url = "postgresql+psycopg://someone@/x?host=/run/postgresql&password=plum-word"
    assert shown(url) == "postgresql+psycopg://someone:***@/x?host=%2Frun%2Fpostgresql"


@pytest.mark.parametrize("broken", ["DATABASE_URL", "--to"])
def test_a_move_names_the_file_that_is_no_database(broken: str, tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_text("These words are no database, however long one goes on reading them." * 9)
    bad, good = f"sqlite:///{tmp_path}/bad.db", f"sqlite:///{tmp_path}/good.db"
    source, target = (bad, good) if broken == "DATABASE_URL" else (good, bad)
    told = CliRunner().invoke(app, ["db", "move", "--to", target], env={"DATABASE_URL": source})
    assert told.exit_code == 1
    assert told.stderr.startswith(f"{broken} cannot be used: file is not a database.")
    assert told.stderr.endswith("Nothing was changed.\n")


def failure_of(url: str) -> SQLAlchemyError:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("select 1"))
    except SQLAlchemyError as failure:
        return failure
    finally:
        engine.dispose()
    raise AssertionError(f"{url} can be used")

"""A file in a dialog: its text is in the field before the turn runs, and the bot's token goes to Slack alone."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest

from bot.playground.controls import NotPossible
from bot.slack.attached import MOST_BYTES, Attached, decoded
from flows.people import Account
from flows.voice.message import Action, Button, Form, Heading, Message, TableField, TextField
from handlers.inbound import UNREAD, Inbound, Place, Submitted, Where
from tests.bot.slack.test_workspace import Company, company

__all__ = ["company"]
FIELDS = (TableField("table", "Table of people"), TextField("why", "Why"))
DIALOG = Message("A table", (Heading("A table"), Form(FIELDS, Button("Show me first", Action("people.table")))))
TABLE = "email,site\nines@example.org,São Paulo\n"


async def attaches(company: Company, content: bytes, *, name: str = "people.csv") -> Submitted:
    company.always(DIALOG, Where.DIALOG)
    await company.ines.asks("/mentor-admin", "people import")
    await company.ines.attaches("Table of people", name, content)
    await company.ines.fills("Why", "Because")
    company.says = lambda _: None
    await company.ines.submits()
    what = company.taken[-1].what
    assert isinstance(what, Submitted)
    return what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
async def test_the_text_of_a_file_is_in_its_field(company: Company, encoding: str) -> None:
    what = await attaches(company, TABLE.encode(encoding))
    assert what.filled == {"table": (TABLE,), "why": ("Because",)}
    assert "São Paulo" not in str(company.workspace.wire.calls)


async def test_a_file_that_is_too_large_is_told_as_not_read(company: Company) -> None:
    what = await attaches(company, b"x" * (MOST_BYTES + 1))
    assert what.filled["table"] == (UNREAD,)


async def test_without_the_right_token_slack_shows_its_sign_in_page(company: Company) -> None:
    company.workspace.contents.attached.clear()
    await attaches(company, TABLE.encode())
    (place,) = company.workspace.contents.attached
    team = company.workspace.company.team
    async with httpx.AsyncClient(trust_env=False) as stranger:
        url = f"{company.workspace.address}/files-pri/{team}-{place}/download/people.csv"
        answer = await stranger.get(url, headers={"Authorization": "Bearer xoxb-stolen"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/signin")


async def test_only_the_kinds_of_files_that_were_asked_for_can_be_attached(company: Company) -> None:
    with pytest.raises(NotPossible, match="takes csv, tsv, txt"):
        await attaches(company, b"%PDF", name="people.pdf")


SENT = Inbound(
    "i1",
    Account("slack", "T1", "U1"),
    Submitted(Action("people.table")),
    Place.PRIVATE,
    datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """Answers every address with a table, and would show to whom the token went."""

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/page":
            return httpx.Response(200, html="<html>Sign in</html>")
        return httpx.Response(200, text=request.headers["Authorization"])

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        yield client


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/people.csv", "Bearer xoxb-1"),
        ("https://files.slack.com/page", UNREAD),
        ("http://files.slack.com/files-pri/T1-F1/people.csv", UNREAD),
        ("https://files.slack.com.example.org/people.csv", UNREAD),
        ("https://evilslack.com/people.csv", UNREAD),
        ("", UNREAD),
    ],
)
async def test_the_token_goes_to_slack_alone(http: httpx.AsyncClient, url: str, text: str) -> None:
    held = {"type": "file_input", "files": [{"id": "F1", "url_private_download": url}]}
    body = {"view": {"state": {"values": {"d.0.table": {"table": held}}}}}
    taken = await Attached(http, "xoxb-1", "https://slack.com/api/").taken(SENT, body)
    assert taken == replace(SENT, what=Submitted(Action("people.table"), {"table": (text,)}))


def test_what_is_no_text_is_read_with_marks_where_it_cannot_be() -> None:
    assert decoded("São".encode("latin-1")) == "S\ufffdo"

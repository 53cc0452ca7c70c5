"""Files that come with a dialog: fetched before the turn, so that a handler finds their text in the field.

A submission names them only; their bytes lie behind `url_private_download` for whoever has `files:read` and sends the
bot's token along (docs.slack.dev/messaging/working-with-files). Without the scope Slack leads to its sign-in page.
"""

import asyncio
import codecs
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

import httpx
import structlog

from bot.slack.limits import Json
from bot.slack.trouble import name_of
from bot.told import storable
from handlers.inbound import UNREAD, Inbound, Submitted

MOST_BYTES: Final = 2 * 1024 * 1024
PATIENCE: Final = 2.0
"""Seconds for all of them; the dialog waits for three."""
HOMES: Final = (".slack.com", ".slack-gov.com")
log = structlog.get_logger()


class NotRead(Exception):
    """A file could not be had; the reason in a word."""


class Attached:
    """Fetches with the bot's token, from Slack and from nowhere else. `api_url` is the base of the Web API: a local
    workspace keeps its files there."""

    def __init__(self, http: httpx.AsyncClient, token: str, api_url: str) -> None:
        self._http = http
        self._token = token
        self._beside = urlsplit(api_url)[:2]

    async def taken(self, inbound: Inbound, body: Json) -> Inbound:
        """The gesture with the text of each file in its field; UNREAD for one that could not be read."""
        if not isinstance(inbound.what, Submitted):
            return inbound
        named = dict(files_of(body["view"]))
        if not named:
            return inbound
        texts = {field: (await self._text(file),) for field, file in named.items()}
        return replace(inbound, what=replace(inbound.what, filled={**inbound.what.filled, **texts}))

    async def _text(self, file: Json) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                return decoded(await self._bytes(str(file.get("url_private_download") or "")))
        except (NotRead, httpx.HTTPError, TimeoutError) as failure:
            log.warning(
                "a file could not be read", fault=str(failure) if isinstance(failure, NotRead) else name_of(failure)
            )
            return UNREAD

    async def _bytes(self, url: str) -> bytes:
        if not self._is_slacks(url):
            raise NotRead("it lies elsewhere")
        headers = {"Authorization": f"Bearer {self._token}"}
        found = bytearray()
        async with self._http.stream("GET", url, headers=headers, follow_redirects=False) as answer:
            if answer.status_code != 200 or answer.headers.get("Content-Type", "").startswith("text/html"):
                raise NotRead("it is not shown to the bot")
            async for piece in answer.aiter_bytes():
                found += piece
                if len(found) > MOST_BYTES:
                    raise NotRead("it is too large")
        return bytes(found)

    def _is_slacks(self, url: str) -> bool:
        """The token goes to nobody else."""
        parts = urlsplit(url)
        return parts[:2] == self._beside or (parts.scheme == "https" and f".{parts.hostname}".endswith(HOMES))


def files_of(view: Json) -> Iterator[tuple[str, Json]]:
    """Field name and file of every file input of a dialog that holds one; the first where there are several."""
    for block_id, held in ((view.get("state") or {}).get("values") or {}).items():
        _, _, rest = block_id.partition(".")
        _, _, name = rest.partition(".")
        match held.get(name):
            case {"type": "file_input", "files": [dict(first), *_]}:
                yield name, first


def decoded(raw: bytes) -> str:
    """A file of text: UTF-8, or UTF-16 where it says so, as spreadsheets write it. Marks stand for what is neither."""
    marks: Mapping[bytes, str] = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    encoding = next((name for mark, name in marks.items() if raw.startswith(mark)), "utf-8-sig")
    return storable(raw.decode(encoding, errors="replace"))

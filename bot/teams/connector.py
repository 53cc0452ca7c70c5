"""The Bot Connector: each call is made once, and its end is told by type. Nothing here repeats anything."""

import asyncio
import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

import httpx

from bot.teams.hosts import Hosts
from bot.teams.limits import Json
from bot.teams.spot import Spot
from bot.teams.tokens import Tokens
from bot.teams.trouble import (
    SOON,
    Refused,
    Transient,
    Trouble,
    meaning,
    of_the_member,
    of_the_message,
    word_of,
)
from handlers.outcomes import Sent

CALL: Final = 10.0
"""Seconds for a whole call; a slow answer counts as none."""


class Connector:
    """Calls of learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference, as the bot of
    this app id."""

    def __init__(
        self, http: httpx.AsyncClient, tokens: Tokens, hosts: Hosts, *, app_id: str, patience: float = CALL
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._hosts = hosts
        self._app_id = app_id
        self._patience = patience

    async def create(self, service: str, member: str, *, tenant: str) -> Spot | Trouble:
        """The private conversation with somebody, by their id with us or in the directory; the same one each time."""
        wanted: Json = {
            "bot": {"id": f"28:{self._app_id}"},
            "isGroup": False,
            "members": [{"id": member}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        answer = await self._call("POST", service, f"{service.rstrip('/')}/v3/conversations", wanted, repeatable=True)
        if not isinstance(answer, httpx.Response):
            return of_the_member(answer)
        made = _id_of(answer)
        return Spot(service, made) if made else Transient(SOON, "a conversation without an id")

    async def send(self, spot: Spot, activity: Json) -> Sent | Trouble:
        """A new message. It is not repeatable: Teams knows no key by which it would see that it has it already."""
        answer = await self._call("POST", spot.service, spot.address("activities"), activity, repeatable=False)
        return Sent(str(spot), _id_of(answer)) if isinstance(answer, httpx.Response) else answer

    async def update(self, spot: Spot, receipt: str, activity: Json) -> Sent | Trouble:
        """Another message in place of that one."""
        address = spot.address("activities", receipt)
        answer = await self._call("PUT", spot.service, address, {**activity, "id": receipt}, repeatable=True)
        return Sent(str(spot), receipt) if isinstance(answer, httpx.Response) else of_the_message(answer)

    async def delete(self, spot: Spot, receipt: str) -> Sent | Trouble:
        """Take a message back."""
        answer = await self._call("DELETE", spot.service, spot.address("activities", receipt), None, repeatable=True)
        return Sent(str(spot), receipt) if isinstance(answer, httpx.Response) else of_the_message(answer)

    async def member(self, spot: Spot, who: str) -> Json | Trouble:
        """What Teams says of one member, by their id with us, in the directory, or their sign-in name."""
        return await self._look(spot.service, spot.address("members", who))

    async def team(self, service: str, team: str) -> Json | Trouble:
        """What a team is called."""
        return await self._look(service, _team(service, team))

    async def channels(self, service: str, team: str) -> tuple[Json, ...] | Trouble:
        """The channels of a team in which the app is installed; the first one, which every team has, may have no name:
        "Fetch channels in a team", learn.microsoft.com."""
        answer = await self._look(service, _team(service, team, "conversations"))
        if not isinstance(answer, dict):
            return answer
        found = answer.get("conversations")
        return tuple(one for one in found if isinstance(one, dict)) if isinstance(found, list) else ()

    async def upload(self, url: str, content: bytes) -> Trouble | None:
        """Put a file where its reader wants it; None when it is there. The address itself is the permission, so our
        bearer stays here."""
        size = len(content)
        headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{size - 1}/{size}"}
        answer = await self._ask("PUT", url, content, headers, repeatable=True)
        if not isinstance(answer, httpx.Response):
            return answer
        return None if answer.is_success else meaning(answer, repeatable=True)

    async def _look(self, service: str, address: str) -> Json | Trouble:
        answer = await self._call("GET", service, address, None, repeatable=True)
        if not isinstance(answer, httpx.Response):
            return answer
        body = _body(answer)
        return body if body is not None else Transient(SOON, "an answer that cannot be read")

    async def _call(
        self, method: str, service: str, address: str, body: Json | None, *, repeatable: bool
    ) -> httpx.Response | Trouble:
        """The answer when it is a success. The bearer is taken out only for a host that may see it."""
        if not self._hosts.trusts(service):
            return Refused("the host is not trusted")
        bearer = await self._tokens.bearer()
        if not isinstance(bearer, str):
            return bearer
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
        # All in ASCII: half of an emoji, which a name may hold, cannot be written otherwise.
        content = None if body is None else json.dumps(body).encode()
        answer = await self._ask(method, address, content, headers, repeatable=repeatable)
        if not isinstance(answer, httpx.Response) or answer.is_success:
            return answer
        if answer.status_code == 401 and not self._tokens.refused(bearer):
            # It may have been withdrawn or outlived by a new secret: the next call comes with another.
            return Transient(SOON, word_of(answer))
        return meaning(answer, repeatable=repeatable)

    async def _ask(
        self, method: str, address: str, content: bytes | None, headers: Mapping[str, str], *, repeatable: bool
    ) -> httpx.Response | Trouble:
        """The answer, whatever it says."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._http.request(method, address, content=content, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as failure:
            return meaning(failure, repeatable=repeatable)


def _team(service: str, *path: str) -> str:
    """Where a team's things are called; its id holds `:` and `@`."""
    return f"{service.rstrip('/')}/v3/teams" + "".join(f"/{quote(part, safe='')}" for part in path)


def _id_of(answer: httpx.Response) -> str:
    """The id of what was made; "" when the answer, which says that it was, does not tell."""
    found = (_body(answer) or {}).get("id")
    return found if isinstance(found, str) else ""


def _body(answer: httpx.Response) -> Json | None:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None

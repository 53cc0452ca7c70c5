"""Group chats by Microsoft Graph, which makes what no bot can: each call is made once, and its end is told by type.

The permissions are those of an application, and an administrator grants them: `Chat.Create` for the chat, and
`TeamsAppInstallation.ReadWriteSelfForChat.All` to put the app into it and nothing else.
"""

import asyncio
import base64
import json
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

import httpx

from bot.teams.limits import Json
from bot.teams.tokens import Tokens
from bot.teams.trouble import SOON, Ambiguous, Failure, Throttled, Transient, Trouble, meaning, outcome, word_of
from handlers import outcomes
from handlers.pacing import Act

CREATE: Final = "Chat.Create"
INSTALL: Final = "TeamsAppInstallation.ReadWriteSelfForChat.All"
ROLES: Final = (CREATE, INSTALL)
"""What an administrator grants: learn.microsoft.com/graph/api/chat-post and chat-post-installedapps."""
CALL: Final = 10.0
"""Seconds for a whole call."""


class Graph:
    """`url` is the base of the service, to which alone the bearer goes; `catalog_app` the id under which the tenant's
    catalogue has the app, which is not that of its manifest."""

    def __init__(
        self, http: httpx.AsyncClient, tokens: Tokens, *, url: str, catalog_app: str, patience: float = CALL
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._base = f"{url.rstrip('/')}/v1.0"
        self._app = f"{self._base}/appCatalogs/teamsApps/{catalog_app}"
        self._patience = patience

    async def create(self, people: Sequence[str]) -> str | Failure:
        """The id of a new group chat of these, by their object ids. Doing it twice makes two, and nothing tells later
        whether there is one already: so where the end is not known, it is said to be over.

        It has no topic: Teams then shows each of them the others' names, as they are called by then.
        """
        wanted: Json = {
            "chatType": "group",
            "members": [
                {
                    "@odata.type": "#microsoft.graph.aadUserConversationMember",
                    "roles": ["owner"],
                    "user@odata.bind": f"{self._base}/users('{quote(person, safe='')}')",
                }
                for person in people
            ],
        }
        answer = await self._call("chats", wanted, ROLES, repeatable=False)
        if isinstance(answer, Ambiguous):
            return outcomes.Blocked(f"a chat may have been made: {answer.code}")
        if not isinstance(answer, httpx.Response):
            return answer if isinstance(answer, outcomes.Blocked) else _put_off(answer)
        made = _id_of(answer)
        return made or outcomes.Blocked("a chat was made, and which one was not told")

    async def install(self, chat: str) -> Failure | None:
        """Put the app into a chat; None when it is there. Doing it twice is the same as once."""
        wanted: Json = {"teamsApp@odata.bind": self._app}
        answer = await self._call(f"chats/{quote(chat, safe='')}/installedApps", wanted, (INSTALL,), repeatable=True)
        if isinstance(answer, httpx.Response):
            return None
        if isinstance(answer, outcomes.Blocked):
            return answer
        ended = _put_off(answer)
        if isinstance(ended, outcomes.Throttled):
            # The chat is open; that others are opened later would not slow down this.
            return outcomes.TryLater(ended.seconds, ended.reason, counted=False)
        return ended

    async def _call(
        self, path: str, body: Json, roles: Sequence[str], *, repeatable: bool
    ) -> httpx.Response | Trouble | outcomes.Blocked:
        """The answer when it is a success, or says that this is so already. Where a role is missing nobody is asked,
        since half of the way would leave a chat in which the bot cannot speak."""
        bearer = await self._tokens.bearer()
        if not isinstance(bearer, str):
            return bearer
        missing = missing_roles(bearer, roles)
        if missing:
            # It may be granted meanwhile, and that is seen in a new token only.
            self._tokens.refused(bearer)
            return outcomes.Blocked(f"not granted: {', '.join(missing)}")
        headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._http.post(f"{self._base}/{path}", content=json.dumps(body), headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as failure:
            return meaning(failure, repeatable=repeatable)
        match answer.status_code:
            case 409 if repeatable:
                return answer
            case 401 if not self._tokens.refused(bearer):
                return Transient(SOON, word_of(answer))
            case 403:
                self._tokens.refused(bearer)
                return outcomes.Blocked(f"Microsoft Graph refused it: {word_of(answer)}")
            case 400 | 404 | 410 | 413 | 422:
                return outcomes.Blocked(f"Microsoft Graph refused it: {word_of(answer)}")
            case _:
                return answer if answer.is_success else meaning(answer, repeatable=repeatable)


def scope_of(url: str) -> str:
    """What a token for this service is asked for."""
    return f"{url.rstrip('/')}/.default"


def missing_roles(bearer: str, roles: Sequence[str] = ROLES) -> tuple[str, ...]:
    """Which of these our own token does not hold, in their order; none for a token that cannot be read. Nobody is
    trusted for it: the token came from the sign-in, and who decides is Graph."""
    held = _roles_of(bearer)
    return () if held is None else tuple(role for role in roles if role not in held)


def _roles_of(bearer: str) -> frozenset[str] | None:
    """Granted to the application, from the token's `roles`, which is left out when there are none:
    learn.microsoft.com/entra/identity-platform/access-token-claims-reference."""
    parts = bearer.split(".")
    if len(parts) != 3:
        return None
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (ValueError, RecursionError):
        return None
    roles = claims.get("roles", []) if isinstance(claims, dict) else None
    return frozenset(role for role in roles if isinstance(role, str)) if isinstance(roles, list) else None


def _put_off(trouble: Trouble) -> Failure:
    """What does not work here must not hold up what needs no Graph: a sign-in that is refused waits with this post
    alone, and what Graph itself asks for with all that opens conversations."""
    match trouble:
        case Throttled(seconds, code, everything=True):
            return outcomes.TryLater(seconds, code)
        case Throttled(seconds, code):
            return outcomes.Throttled(seconds, code, act=Act.OPEN)
        case _:
            return outcome(trouble)


def _id_of(answer: httpx.Response) -> str:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return ""
    found = body.get("id") if isinstance(body, dict) else None
    return found if isinstance(found, str) and found and " " not in found else ""

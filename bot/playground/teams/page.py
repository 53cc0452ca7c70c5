"""The page's side of the tenant: who is there, what they see, what they do (see README.md)."""

import json
from typing import Any

from aiohttp import web

from bot.playground.controls import NotPossible
from bot.playground.teams import page_state
from bot.playground.teams.page_acts import act
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]


class TeamsPage:
    """JSON for the panes."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def routes(self) -> list[web.RouteDef]:
        """Beside those of the Slack workspace."""
        return [
            web.get("/playground/teams/people", self._people),
            web.get("/playground/teams/state", self._state),
            web.get("/playground/teams/files/{id}", self._file),
            web.post("/playground/teams/act", self._act),
        ]

    async def _people(self, _: web.Request) -> web.Response:
        return web.json_response(page_state.people(self._tenant))

    async def _state(self, request: web.Request) -> web.Response:
        user = request.query.get("as", "")
        if user not in self._tenant.contents.members:
            return _refuse(f"There is nobody with the id {user[:40]}.")
        return web.json_response(page_state.seen_by(self._tenant, user))

    async def _file(self, request: web.Request) -> web.Response:
        stored = self._tenant.contents.files.get(request.match_info["id"])
        if stored is None:
            raise web.HTTPNotFound
        headers = {"Content-Disposition": "attachment"}
        return web.Response(body=stored.content, content_type="application/octet-stream", headers=headers)

    async def _act(self, request: web.Request) -> web.Response:
        try:
            asked = json.loads(await request.text())
        except ValueError:
            asked = None
        if not isinstance(asked, dict):
            return _refuse("An act is a JSON object.")
        try:
            outcome = await act(self._tenant, asked)
        except NotPossible as why:
            return _refuse(str(why))
        delivery = outcome.delivery
        return web.json_response(
            {
                "ok": True,
                "told_app": delivery is not None,
                "status": delivery.status if delivery else 0,
                "ms": round(delivery.milliseconds, 1) if delivery else 0,
                "notice": outcome.notice,
                "errors": dict(outcome.errors),
                "toast": outcome.toast,
            }
        )


def _refuse(why: str) -> web.Response:
    return web.json_response({"ok": False, "error": why}, status=400)

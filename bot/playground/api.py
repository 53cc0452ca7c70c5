"""The workspace's side of the Web API: token, faults, limits, the method, and what goes on the wire."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.playground.faults import Fault, Trouble
from bot.playground.methods import apps, chat, conversations, files, people, views
from bot.playground.methods.arguments import Arguments
from bot.playground.refusals import RateLimited, SlackError
from bot.playground.spoiling import WITHOUT_ANSWER, spoiled, withheld
from bot.playground.workspace import Workspace

Json = dict[str, Any]
SCOPES = "chat:write,commands,im:write,im:history,mpim:write,users:read,files:read,files:write,team:read"
Method = Callable[[Workspace, Arguments], Json]

METHODS: Mapping[str, Method] = {
    **apps.METHODS,
    **people.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **files.METHODS,
}


async def call_method(workspace: Workspace, request: web.Request) -> web.Response:
    """One call, from the request to the answer on the wire."""
    method = request.match_info["method"]
    arguments = await _arguments(request)
    fault = workspace.faults.take(method)
    started = workspace.times.real()

    def answer() -> web.Response:
        status, told, headers = _answer(workspace, method, arguments, request.headers.get("Authorization", ""))
        return web.json_response(told, status=status, headers=headers)

    if fault is not None and fault.trouble is Trouble.LATE:
        await workspace.times.sleep(fault.seconds)
    response = spoiled(fault, answer)
    lost = fault is not None and fault.trouble in WITHOUT_ANSWER
    told = _told(response)
    workspace.wire.record(
        to_app=False,
        name=method,
        request=arguments.given,
        answer=None if lost else told,
        status=0 if lost else response.status,
        milliseconds=(workspace.times.real() - started) * 1000,
        note=_note(fault, told),
    )
    workspace.changed("wire")
    await withheld(request, workspace.faults, fault)
    return response


def _told(response: web.Response) -> Any:
    try:
        return json.loads(response.text or "null") if response.content_type == "application/json" else response.text
    except ValueError:
        return response.text


def _note(fault: Fault | None, told: Any) -> str:
    if fault is not None:
        return f"fault: {fault.trouble}"
    return "" if told["ok"] else f"refused: {told['error']}"


def _answer(
    workspace: Workspace, method: str, arguments: Arguments, authorization: str
) -> tuple[int, Json, dict[str, str]]:
    known = METHODS.get(method)
    try:
        if known is None:
            raise SlackError("unknown_method", [method])
        if not authorization:
            raise SlackError("not_authed")
        _check(authorization.removeprefix("Bearer "), method, workspace)
        workspace.limits.count(method, channel=arguments.text_or_none("channel"))
        return 200, {"ok": True, **known(workspace, arguments)}, {"x-oauth-scopes": SCOPES}
    except RateLimited as limited:
        return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(limited.retry_after)}
    except SlackError as refused:
        if refused.findings:
            workspace.refused.append(f"{method}: {refused}")
        told: Json = {"ok": False, "error": refused.error}
        if refused.findings:
            told["response_metadata"] = {"messages": list(refused.findings)}
        return 200, told, {}


def _check(token: str, method: str, workspace: Workspace) -> None:
    right, other = workspace.token, workspace.app_token
    if method in apps.METHODS:
        right, other = other, right
    if token != right:
        raise SlackError("not_allowed_token_type" if token == other else "invalid_auth")


async def _arguments(request: web.Request) -> Arguments:
    merged: Json = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        body = await request.json()
        merged |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        merged |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    merged.pop("token", None)
    return Arguments(merged)

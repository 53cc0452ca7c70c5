"""The workspace's side of the Web API: token, faults, limits, the method, and what goes on the wire."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.playground.faults import Fault, Trouble
from bot.playground.methods import chat, conversations, files, people, views
from bot.playground.methods.arguments import Arguments
from bot.playground.refusals import RateLimited, SlackError
from bot.playground.workspace import Workspace

Json = dict[str, Any]
Method = Callable[[Workspace, Arguments], Json]

METHODS: Mapping[str, Method] = {
    **people.METHODS,
    **conversations.METHODS,
    **chat.METHODS,
    **views.METHODS,
    **files.METHODS,
}


async def call_method(workspace: Workspace, request: web.Request) -> web.StreamResponse:
    """One call, from the request to the answer on the wire."""
    method = request.match_info["method"]
    started = workspace.times.real()
    arguments = await _arguments(request)
    fault = workspace.faults.take(method)
    status, answer, headers = _answer(workspace, method, arguments, request.headers.get("Authorization", ""), fault)
    lost = fault is not None and fault.trouble in {Trouble.SILENT, Trouble.DROPPED, Trouble.LOST}
    note = f"fault: {fault.trouble}" if fault else ""
    if not answer.get("ok") and not note:
        note = f"refused: {answer.get('error')}"
    workspace.wire.record(
        to_app=False,
        name=method,
        request=arguments.given,
        answer=None if lost else answer,
        status=0 if lost else status,
        milliseconds=(workspace.times.real() - started) * 1000,
        note=note,
    )
    workspace.changed("wire")
    if fault is not None and fault.trouble is Trouble.SILENT:
        await workspace.faults.held()
    if lost and request.transport is not None:
        request.transport.close()
    if fault is not None and fault.trouble is Trouble.SERVER_ERROR:
        return web.Response(status=500, text="Internal server error")
    return web.json_response(answer, status=status, headers=headers)


def _answer(
    workspace: Workspace, method: str, arguments: Arguments, authorization: str, fault: Fault | None
) -> tuple[int, Json, dict[str, str]]:
    known = METHODS.get(method)
    headers = {"x-oauth-scopes": "chat:write,commands,im:write,mpim:write,im:history,users:read,files:write"}
    if fault is not None:
        match fault.trouble:
            case Trouble.RATE_LIMITED:
                return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(fault.retry_after)}
            case Trouble.SERVER_ERROR:
                return 500, {"ok": False, "error": "internal_error"}, {}
            case Trouble.REFUSED:
                return 200, {"ok": False, "error": fault.error}, {}
            case Trouble.LOST:
                return 200, {"ok": False, "error": "lost"}, {}
            case Trouble.SILENT | Trouble.DROPPED:
                pass
    try:
        if known is None:
            raise SlackError("unknown_method", [method])
        if not authorization:
            raise SlackError("not_authed")
        if authorization != f"Bearer {workspace.token}":
            raise SlackError("invalid_auth")
        workspace.limits.count(method, channel=arguments.text_or_none("channel"))
        return 200, {"ok": True, **known(workspace, arguments)}, headers
    except RateLimited as limited:
        return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(limited.retry_after)}
    except SlackError as refused:
        if refused.findings:
            workspace.refused.append(f"{method}: {refused}")
        answer: Json = {"ok": False, "error": refused.error}
        if refused.findings:
            answer["response_metadata"] = {"messages": list(refused.findings)}
        return 200, answer, headers


async def _arguments(request: web.Request) -> Arguments:
    merged: Json = dict(request.query)
    if request.content_type == "application/json" and request.can_read_body:
        body = await request.json()
        merged |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        merged |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    merged.pop("token", None)
    return Arguments(merged)

"""The services that the app calls: token endpoint, keys, connector, uploads; with faults, limits and the wire."""

import asyncio
import json
import ssl
from collections.abc import Callable
from typing import Any

import httpx
from aiohttp import web

from bot.playground.faults import Fault, Trouble
from bot.playground.guard import only_from_here
from bot.playground.spoiling import WITHOUT_ANSWER, withheld
from bot.playground.teams import graph, operations
from bot.playground.teams.graph import GraphOperation
from bot.playground.teams.keys import ISSUER, SCOPE
from bot.playground.teams.operations import Operation, Request
from bot.playground.teams.page import TeamsPage
from bot.playground.teams.refusals import TeamsError, Throttled
from bot.playground.teams.seen import StoredFile
from bot.playground.teams.spoiling import refusal, spoiled
from bot.playground.teams.tenant import Tenant

Json = dict[str, Any]
LARGEST_BODY = 32 * 1024 * 1024
V3 = "/{region:(?:emea/[0-9a-f-]{36}|teams)}/v3"
"""The service address of an activity, or the one address for who has heard from nobody yet."""
CONVERSATION = V3 + "/conversations/{conversation}"
ROUTES: tuple[tuple[str, str, str, Operation], ...] = (
    ("POST", V3 + "/conversations", "create", operations.create),
    ("POST", CONVERSATION + "/activities", "send", operations.send),
    ("POST", CONVERSATION + "/activities/{activity}", "send", operations.send),
    ("PUT", CONVERSATION + "/activities/{activity}", "update", operations.update),
    ("DELETE", CONVERSATION + "/activities/{activity}", "delete", operations.delete),
    ("GET", CONVERSATION + "/members", "members", operations.members),
    ("GET", CONVERSATION + "/pagedmembers", "pagedmembers", operations.pagedmembers),
    ("GET", CONVERSATION + "/members/{member}", "member", operations.member),
    ("GET", V3 + "/teams/{conversation}", "team", operations.team),
    ("GET", V3 + "/teams/{conversation}/conversations", "channels", operations.channels),
)
"""Method, address, the name under which it stands on the wire and takes faults, what it does."""


class Connector:
    """The listening side of one tenant."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant

    def application(self) -> web.Application:
        """All addresses, behind the guard."""
        app = web.Application(middlewares=[only_from_here], client_max_size=LARGEST_BODY)
        self.join(app)
        return app

    def join(self, app: web.Application) -> None:
        """Serves this tenant's addresses in the application, as long as it lives."""
        app.add_routes([web.route(method, path, self._call(name, does)) for method, path, name, does in ROUTES])
        app.add_routes(
            [
                web.post("/login/{tenant}/oauth2/v2.0/token", self._token),
                web.get("/openid/.well-known/openidconfiguration", self._openid),
                web.get("/openid/keys", self._keys),
                web.put("/upload/{id}", self._upload),
                *(web.post(path, self._call_graph(name, role, does)) for path, name, role, does in graph.ROUTES),
                *TeamsPage(self._tenant).routes(),
            ]
        )
        app.cleanup_ctx.append(self._alive)
        app.on_shutdown.append(self._shut_down)

    async def _alive(self, _: web.Application) -> Any:
        # The app is on this machine and speaks plain HTTP. To read the certificates of the world takes 20 ms.
        plain = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(trust_env=False, timeout=None, verify=plain) as client:  # noqa: S113 - the acknowledgement's limit is set where it is sent
            self._tenant.to_app = client
            yield
            for task in tuple(self._tenant.background):
                task.cancel()
            await asyncio.gather(*self._tenant.background, return_exceptions=True)

    async def _shut_down(self, _: web.Application) -> None:
        self._tenant.faults.release()

    # -- the connector

    def _call(self, name: str, operation: Operation) -> Callable[[web.Request], Any]:
        async def called(request: web.Request) -> web.Response:
            body = _json_or_none(await request.text())
            asked = Request(
                conversation=request.match_info.get("conversation", ""),
                activity=request.match_info.get("activity", ""),
                member=request.match_info.get("member", ""),
                query=dict(request.query),
                body=body,
            )
            return await self._answered(request, name, body, lambda: self._done(request, name, operation, asked))

        return called

    async def _answered(
        self, request: web.Request, name: str, told: Any, answer: Callable[[], web.Response]
    ) -> web.Response:
        """With the fault that waits for it, and on the wire."""
        tenant = self._tenant
        fault = tenant.faults.take(name)
        started = tenant.times.real()
        if fault is not None and fault.trouble is Trouble.LATE:
            await tenant.times.sleep(fault.seconds)
        response = spoiled(fault, answer)
        lost = fault is not None and fault.trouble in WITHOUT_ANSWER
        tenant.wire.record(
            to_app=False,
            name=name,
            request=told,
            answer=None if lost else _json_or_none(response.text or ""),
            status=0 if lost else response.status,
            milliseconds=(tenant.times.real() - started) * 1000,
            note=_note(fault, response),
        )
        tenant.changed("wire")
        await withheld(request, tenant.faults, fault)
        return response

    def _done(self, request: web.Request, name: str, operation: Operation, asked: Request) -> web.Response:
        tenant = self._tenant
        try:
            self._check(request)
            tenant.limits.count(name, conversation=_counted(name, asked))
            status, told = operation(tenant, asked)
        except Throttled as throttled:
            return refusal(429, "Throttled", "Too many requests", retry_after=throttled.retry_after)
        except TeamsError as refused:
            if refused.findings:
                tenant.refused.append(f"{name}: {refused}")
            return refusal(refused.status, refused.code, "; ".join((refused.message, *refused.findings)))
        return web.Response(status=status) if told is None else web.json_response(told, status=status)

    def _check(self, request: web.Request) -> None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or not self._tenant.tokens.holds(token):
            why = "the bearer token is not good" if token else "no bearer token"
            raise TeamsError(401, "Unauthorized", "Authorization has been denied.", findings=[why])
        if request.match_info["region"] not in {"teams", f"emea/{self._tenant.company.id}"}:
            raise TeamsError(404, "ServiceNotFound", "There is no such service.", findings=["another service address"])

    def _call_graph(self, name: str, role: str, operation: GraphOperation) -> Callable[[web.Request], Any]:
        async def called(request: web.Request) -> web.Response:
            body = _json_or_none(await request.text())

            def done() -> web.Response:
                tenant = self._tenant
                try:
                    graph.check(tenant, request.headers.get("Authorization", ""), role)
                    status, told = operation(tenant, request.match_info.get("chat", ""), body)
                except TeamsError as refused:
                    if refused.findings:
                        tenant.refused.append(f"{name}: {refused}")
                    return refusal(refused.status, refused.code, "; ".join((refused.message, *refused.findings)))
                return web.Response(status=status) if told is None else web.json_response(told, status=status)

            return await self._answered(request, name, body, done)

        return called

    # -- who is who

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        shown = {name: value for name, value in form.items() if name != "client_secret"}
        return await self._answered(request, "token", shown, lambda: self._issued(request, form))

    def _issued(self, request: web.Request, form: dict[str, str]) -> web.Response:
        tenant = self._tenant
        wrong = ""
        if request.match_info["tenant"] not in {tenant.company.id, "botframework.com"}:
            wrong = "invalid_request"
        elif form.get("grant_type") != "client_credentials":
            wrong = "unsupported_grant_type"
        elif form.get("client_id") != tenant.company.app.id:
            wrong = "unauthorized_client"
        elif form.get("client_secret") != tenant.password:
            wrong = "invalid_client"
        elif form.get("scope") not in (SCOPE, f"{tenant.graph_url}/.default"):
            wrong = "invalid_scope"
        if wrong:
            tenant.refused.append(f"token: {wrong}")
            told = {"error": wrong, "error_description": f"AADSTS70000: {wrong}"}
            return web.json_response(told, status=401 if wrong == "invalid_client" else 400)
        if form["scope"] == SCOPE:
            return web.json_response(tenant.tokens.issue())
        return web.json_response(tenant.tokens.issue(tenant.graph_url, tenant.granted))

    async def _openid(self, request: web.Request) -> web.Response:
        document = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{self._tenant.address}/openid/authorize",
            "jwks_uri": f"{self._tenant.address}/openid/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        }
        return await self._answered(request, "openid", None, lambda: web.json_response(document))

    async def _keys(self, request: web.Request) -> web.Response:
        self._tenant.keys.fetched += 1
        return await self._answered(request, "keys", None, lambda: web.json_response(self._tenant.keys.key_set()))

    # -- files

    async def _upload(self, request: web.Request) -> web.Response:
        content = await request.read()
        said = f"{len(content)} bytes"
        return await self._answered(request, "upload", said, lambda: self._stored(request, content))

    def _stored(self, request: web.Request, content: bytes) -> web.Response:
        contents, id_ = self._tenant.contents, request.match_info["id"]
        offered = contents.offered.get(id_)
        if offered is None or id_ in contents.files:
            return web.json_response({"error": {"code": "itemNotFound"}}, status=404)
        span = f"bytes 0-{len(content) - 1}/{len(content)}"
        if request.headers.get("Content-Range") != span or request.headers.get("Authorization"):
            self._tenant.refused.append(f"upload: it needs Content-Range: {span}, and no bearer")
            return web.json_response({"error": {"code": "invalidRequest"}}, status=400)
        owner, name = offered
        contents.files[id_] = StoredFile(id=id_, owner=owner, name=name, content=content)
        return web.json_response({"id": id_, "name": name, "size": len(content)}, status=201)


def _counted(name: str, asked: Request) -> str:
    """The conversation for which a request counts; a new one is counted by its member."""
    if name == "create" and isinstance(asked.body, dict):
        return json.dumps(asked.body.get("members") or (asked.body.get("channelData") or {}).get("channel"))
    return asked.conversation.partition(";messageid=")[0]


def _note(fault: Fault | None, response: web.Response) -> str:
    if fault is not None:
        return f"fault: {fault.trouble}"
    return "" if response.status < 400 else f"refused: {response.status}"


def _json_or_none(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None

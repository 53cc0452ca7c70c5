"""Keeps other web sites out: only loopback names in `Host`, only our own page in `Origin`."""

from aiohttp import web
from aiohttp.typedefs import Handler

LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
POLICY = "default-src 'self'; img-src 'self' data: https:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


@web.middleware
async def only_from_here(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a foreign `Host` (DNS rebinding) and a POST that another site's page makes."""
    host = request.headers.get("Host", "")
    name = host[: host.rindex("]") + 1] if host.startswith("[") and "]" in host else host.partition(":")[0]
    if name not in LOOPBACK:
        return web.Response(status=403, text="This playground answers on loopback only.\n")
    origin = request.headers.get("Origin")
    foreign = origin is not None and origin != f"http://{host}"
    if request.method not in {"GET", "HEAD"} and (
        foreign or request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    ):
        return web.Response(status=403, text="Another site cannot act here.\n")
    response = await handler(request)
    if not response.prepared:
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
        response.headers["Content-Security-Policy"] = POLICY
    return response

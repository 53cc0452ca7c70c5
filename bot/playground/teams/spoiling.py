"""Answers of the connector that go wrong on purpose: what a fault does to the response of one request."""

from collections.abc import Callable

from aiohttp import web

from bot.playground.faults import Fault, Trouble


def spoiled(fault: Fault | None, answer: Callable[[], web.Response]) -> web.Response:
    """The response as the fault leaves it; `answer` makes the right one, and with it the effect of the request."""
    match fault:
        case Fault(trouble=Trouble.RATE_LIMITED, retry_after=seconds):
            return refusal(429, "Throttled", "Too many requests", retry_after=seconds)
        case Fault(trouble=Trouble.SERVER_ERROR):
            return web.Response(status=502, text="<html>Bad gateway</html>", content_type="text/html")
        case Fault(trouble=Trouble.BROKEN_AFTER):
            answer()
            return refusal(502, "BadGateway", "The request may have been carried out")
        case Fault(trouble=Trouble.GARBLED):
            whole = answer()
            return web.Response(text=(whole.text or "")[:-1], status=whole.status, content_type="application/json")
        case Fault(trouble=Trouble.REFUSED, status=status, error=""):
            return web.Response(status=status)
        case Fault(trouble=Trouble.REFUSED, status=status, error=error):
            return refusal(status, error)
        case Fault(trouble=Trouble.LOST):
            return web.Response()
        case _:
            return answer()


def refusal(status: int, code: str, message: str = "", *, retry_after: int | None = None) -> web.Response:
    """An error as the service words it."""
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    told = {"error": {"code": code, "message": message or code}}
    return web.json_response(told, status=status, headers=headers)

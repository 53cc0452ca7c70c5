"""Answers that go wrong on purpose: what a fault does to the response of one call."""

from collections.abc import Callable

from aiohttp import web

from bot.playground.faults import Fault, Faults, Trouble

WITHOUT_ANSWER = {Trouble.SILENT, Trouble.DROPPED, Trouble.LOST}


def spoiled(fault: Fault | None, answer: Callable[[], web.Response]) -> web.Response:
    """The response as the fault leaves it; `answer` makes the right one, and with it the effect of the call."""
    match fault:
        case Fault(trouble=Trouble.RATE_LIMITED, retry_after=seconds):
            told = {"ok": False, "error": "ratelimited"}
            headers = {} if seconds is None else {"Retry-After": str(seconds)}
            return web.json_response(told, status=429, headers=headers)
        case Fault(trouble=Trouble.SERVER_ERROR):
            return web.Response(status=500, text="Internal server error")
        case Fault(trouble=Trouble.BROKEN_AFTER):
            answer()
            return web.Response(status=500, text="Internal server error")
        case Fault(trouble=Trouble.GARBLED):
            whole = answer()
            return web.Response(text=(whole.text or "")[:-1], content_type="application/json")
        case Fault(trouble=Trouble.REFUSED, error=error):
            return web.json_response({"ok": False, "error": error})
        case Fault(trouble=Trouble.LOST):
            return web.Response()
        case _:
            return answer()


async def withheld(request: web.Request, faults: Faults, fault: Fault | None) -> None:
    """Keeps the answer back, or ends the connection, when the fault wants that; call it just before answering."""
    if fault is None or fault.trouble not in WITHOUT_ANSWER:
        return
    if fault.trouble is Trouble.SILENT:
        await faults.held()
    if request.transport is not None:
        request.transport.close()

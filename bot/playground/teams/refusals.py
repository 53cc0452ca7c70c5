"""How the connector says no to the app, in the service's own status and error code."""

from collections.abc import Sequence


class TeamsError(Exception):
    """An answer with a status and `{"error": {"code", "message"}}`; `findings` say what the app did wrong."""

    def __init__(self, status: int, code: str, message: str = "", *, findings: Sequence[str] = ()) -> None:
        super().__init__(": ".join(filter(None, (f"{status} {code}", message, *findings))))
        self.status = status
        self.code = code
        self.message = message or code
        self.findings = tuple(findings)


class Throttled(Exception):
    """An answer 429; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"throttled for {retry_after} s")
        self.retry_after = retry_after


def malformed(*findings: str) -> TeamsError:
    """What the service answers to a request that it cannot take as it is."""
    return TeamsError(400, "BadSyntax", "The request is not what the service expects", findings=findings)

"""How the workspace says no to the app, in Slack's own error words."""

from collections.abc import Sequence


class SlackError(Exception):
    """An answer `{"ok": false, "error": …}`; `findings` become `response_metadata.messages`."""

    def __init__(self, error: str, findings: Sequence[str] = ()) -> None:
        super().__init__(": ".join((error, *findings)))
        self.error = error
        self.findings = tuple(findings)


class RateLimited(Exception):
    """An answer 429; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"rate limited for {retry_after} s")
        self.retry_after = retry_after

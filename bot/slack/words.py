"""Words as Slack writes them, so that nothing a person typed can become markup or a mention.

Wherever Slack has rich text, each span becomes an element of its own: there a text element is shown as it is, and only
we can make a mention. Where Slack takes bare text alone (buttons, notes, the sentence beside a button), it is always
`plain_text` without emoji codes, never mrkdwn. The one mrkdwn left is the top-level `text`, which `escaped` makes safe.
"""

from typing import assert_never

from bot.slack.limits import PLAIN, Json, fitting
from flows.voice.message import Link, Mention, Plain, Span, Strong, When, Words

DATE = "{date_long}, {time}"
"""In the reader's own zone and language; no "tomorrow", because it may be read later."""


def elements(words: Words) -> list[Json]:
    """The elements of a rich text section; empty spans are nothing to show."""
    return [_element(span) for span in words if _shown(span)]


def _element(span: Span) -> Json:
    match span:
        case Plain(text):
            return {"type": "text", "text": text}
        case Strong(text):
            return {"type": "text", "text": text, "style": {"bold": True}}
        case Link(text, url):
            return {"type": "link", "url": url, "text": text}
        case Mention(account, name):
            # Whom Slack does not know it cannot mention.
            if account.platform == "slack":
                return {"type": "user", "user_id": account.user}
            return {"type": "text", "text": name}
        case When(at, text):
            return {"type": "date", "timestamp": int(at.timestamp()), "format": DATE, "fallback": text}
        case _:
            assert_never(span)


def _shown(span: Span) -> bool:
    return not isinstance(span, Plain | Strong) or bool(span.text)


def plain(text: str, limit: int = PLAIN, what: str = "A text") -> Json:
    """A text object that Slack shows as typed: no markup, no emoji codes. Raises TooLong."""
    return {"type": "plain_text", "text": fitting(text, limit, what), "emoji": False}


def escaped(text: str) -> str:
    """Text for the one place that Slack parses: without these three signs there is no mention, link or command.

    Asterisks and the like stay: a notification and a screen reader do not format them, and the card shows blocks.
    docs.slack.dev/messaging/formatting-message-text, "Escaping text".
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

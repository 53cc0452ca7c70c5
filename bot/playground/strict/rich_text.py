"""The rich_text block: sections, lists, quotes and preformatted text.

Slack publishes no length for it; it refuses empty pieces of text.
"""

from bot.playground.strict.rules import address, flag, integer, many, number, one_of, shape, string, typed

_STYLE = shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight"), flag))
_ID = string(30)
# Blanks are fine between two pieces ("hello", " ", "Mira"); nothing at all is not.
_WRITTEN = string(13_200, blank=True)

_PIECE = typed(
    {
        "text": shape({"type": one_of("text"), "text": _WRITTEN}, {"style": _STYLE}),
        "link": shape(
            {"type": one_of("link"), "url": address()}, {"text": string(3000), "unsafe": flag, "style": _STYLE}
        ),
        "user": shape({"type": one_of("user"), "user_id": _ID}, {"style": _STYLE}),
        "channel": shape({"type": one_of("channel"), "channel_id": _ID}, {"style": _STYLE}),
        "usergroup": shape({"type": one_of("usergroup"), "usergroup_id": _ID}, {"style": _STYLE}),
        "emoji": shape({"type": one_of("emoji"), "name": string(100)}, {"unicode": string(100), "style": _STYLE}),
        "date": shape(
            {"type": one_of("date"), "timestamp": number, "format": string(500)},
            {"url": address(), "fallback": string(500), "style": _STYLE},
        ),
        "broadcast": shape({"type": one_of("broadcast"), "range": one_of("here", "channel", "everyone")}),
    },
    what="piece of rich text",
)
_PIECES = many(_PIECE, most=1000)
_SECTION = shape({"type": one_of("rich_text_section"), "elements": _PIECES})
_PARTS = typed(
    {
        "rich_text_section": _SECTION,
        "rich_text_list": shape(
            {
                "type": one_of("rich_text_list"),
                "style": one_of("bullet", "ordered"),
                "elements": many(typed({"rich_text_section": _SECTION}, what="list item"), most=1000),
            },
            {"indent": integer(0, 8), "offset": integer(0, 10_000), "border": integer(0, 1)},
        ),
        "rich_text_quote": shape({"type": one_of("rich_text_quote"), "elements": _PIECES}, {"border": integer(0, 1)}),
        "rich_text_preformatted": shape(
            {"type": one_of("rich_text_preformatted"), "elements": _PIECES},
            {"border": integer(0, 1), "language": string(50)},
        ),
    },
    what="part of rich text",
)
RICH_TEXT = many(_PARTS, most=1000)

"""The page's colours can be told apart, in light and in dark: contrast as WCAG 2.2 computes it."""

import re

import pytest

from bot.playground.web import PAGE

TOKENS = PAGE / "style" / "tokens.css"
TEXT = 4.5
MARKS = 3.0
PAIRS = [
    *(("ink", ground, TEXT) for ground in ("ground", "paper", "sunken", "raised", "accent-tint", "warm-tint")),
    *(("soft", ground, TEXT) for ground in ("ground", "paper", "sunken", "raised", "accent-tint")),
    *(("accent-strong", ground, TEXT) for ground in ("paper", "sunken", "accent-tint", "raised")),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-strong", TEXT),
    ("paper", "danger", TEXT),
    ("paper", "ink", TEXT),
    *(("danger", ground, TEXT) for ground in ("paper", "raised", "sunken", "danger-tint")),
    ("warm", "paper", TEXT),
    ("warm", "warm-tint", TEXT),
    ("warm", "sunken", TEXT),
    ("mention", "mention-tint", TEXT),
    ("mention", "paper", TEXT),
    ("mention", "sunken", TEXT),
    *(("edge", ground, MARKS) for ground in ("paper", "raised", "sunken")),
    *(("focus", ground, MARKS) for ground in ("paper", "ground", "raised", "sunken")),
    *((f"series-{n}", "paper", MARKS) for n in range(6)),
]


def colours(scheme: str) -> dict[str, str]:
    """Name → #rrggbb; the dark ones replace the light ones."""
    light, dark = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found if scheme == "light" else found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance": w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), PAIRS)
def test_every_text_and_mark_stands_out(one: str, other: str, least: float, scheme: str) -> None:
    named = colours(scheme)
    dim, bright = sorted((luminance(named[one]), luminance(named[other])))
    assert (bright + 0.05) / (dim + 0.05) >= least

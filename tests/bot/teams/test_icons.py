"""The icons are those that Teams asks for, and the same mark as the demo's."""

import re
import struct
import zlib
from collections import Counter
from pathlib import Path

from bot.teams import icons

SVG = Path(__file__).resolve().parents[3] / "bot" / "playground" / "page" / "icon.svg"

Pixel = tuple[int, int, int, int]


def pixels(png: bytes, side: int) -> list[Pixel]:
    """The pixels of a square PNG of red, green, blue and opacity whose rows are not filtered."""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    chunks, place = {}, 8
    while place < len(png):
        (length,) = struct.unpack_from(">I", png, place)
        name, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        assert struct.unpack_from(">I", png, place + 8 + length) == (zlib.crc32(name + data),)
        chunks[name] = data
        place += 12 + length
    assert struct.unpack(">IIBBBBB", chunks[b"IHDR"]) == (side, side, 8, 6, 0, 0, 0)
    rows = zlib.decompress(chunks[b"IDAT"])
    assert len(rows) == side * (1 + 4 * side)
    starts = [row * (1 + 4 * side) for row in range(side)]
    assert {rows[start] for start in starts} == {0}
    return [
        (rows[at], rows[at + 1], rows[at + 2], rows[at + 3])
        for start in starts
        for at in range(start + 1, start + 1 + 4 * side, 4)
    ]


def paint(hex_color: str) -> Pixel:
    red, green, blue = bytes.fromhex(hex_color[1:])
    return red, green, blue, 255


def test_the_coloured_icon_fills_its_square_with_the_colours_of_the_demo() -> None:
    drawn = pixels(icons.color(), 192)
    assert {opacity for *_, opacity in drawn} == {255}
    svg = SVG.read_text(encoding="utf-8")
    fills = [paint(fill) for fill in re.findall(r'fill="(#[0-9a-f]{6})"', svg)]
    assert [color for color, _ in Counter(drawn).most_common(3)] == fills


def test_the_mark_of_the_coloured_icon_keeps_to_the_middle() -> None:
    drawn = pixels(icons.color(), 192)
    mark = [place for place, color in enumerate(drawn) if color != paint(icons.BACKGROUND)]
    columns, rows = [place % 192 for place in mark], [place // 192 for place in mark]
    for places in (columns, rows):
        assert min(places) >= 36
        assert max(places) < 192 - 36


def test_the_outline_is_white_on_nothing() -> None:
    drawn = pixels(icons.outline(), 32)
    assert {(red, green, blue) for red, green, blue, _ in drawn} == {(255, 255, 255)}
    opacities = Counter(opacity for *_, opacity in drawn)
    assert [opacity for opacity, _ in opacities.most_common(2)] == [0, 255]
    assert opacities[255] > 250

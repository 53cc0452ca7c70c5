"""The two icons of the app, drawn here: the pair of bot/playground/page/icon.svg, in colour and in white alone.

What Teams wants of them: learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package.
"""

import struct
import zlib
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]

BACKGROUND: Final = "#0d6b5c"
WHITE: Final = "#ffffff"
PEACH: Final = "#ffc48a"

FINER: Final = 8  # samples along each side of a pixel, which make smooth edges
ROUND: Final = 2.26  # 2 would be an ellipse; this is the curve of the SVG's shoulders
FLOOR: Final = 30.5  # where both figures end


@dataclass(frozen=True, slots=True)
class Figure:
    """A head and shoulders, in the units of the SVG, whose canvas is 40 wide and high: middle, height and radius of the
    head, top and half the width of the shoulders."""

    x: float
    head: float
    radius: float
    top: float
    half: float

    def covers(self, x: Grid, y: Grid, *, gap: float = 0) -> Mask:
        """Which points lie in the figure, grown by `gap` on all sides."""
        head = np.hypot(x - self.x, y - self.head) <= self.radius + gap
        across = np.abs(x - self.x) / (self.half + gap)
        up = np.maximum(FLOOR - y, 0) / (FLOOR - self.top + gap)
        return head | ((across**ROUND + up**ROUND <= 1) & (y <= FLOOR))


LEFT: Final = Figure(x=15, head=13.5, radius=4.2, top=20, half=7)
RIGHT: Final = Figure(x=26.2, head=16, radius=3.6, top=21.5, half=5.8)


def color() -> bytes:
    """192 pixels a side, coloured to the edges because Teams rounds the corners; the mark keeps to the middle 120."""
    x, y = _canvas(192, left=0, top=0, units=40)
    picture = np.tile(_rgba(BACKGROUND), (192, 192, 1))
    for figure, paint in ((LEFT, WHITE), (RIGHT, PEACH)):
        share = _share(figure.covers(x, y))[:, :, np.newaxis]
        picture = picture * (1 - share) + _rgba(paint) * share
    return _png(picture)


def outline() -> bytes:
    """32 pixels a side, white on nothing. A gap keeps the two figures apart, where colour does it elsewhere."""
    x, y = _canvas(32, left=7, top=6.9, units=26)
    mark = (LEFT.covers(x, y) & ~RIGHT.covers(x, y, gap=1.3)) | RIGHT.covers(x, y)
    picture = np.tile(_rgba(WHITE), (32, 32, 1))
    picture[:, :, 3] *= _share(mark)
    return _png(picture)


def _canvas(side: int, *, left: float, top: float, units: float) -> tuple[Grid, Grid]:
    """The places of all samples, x and y, on a square part of the SVG's canvas."""
    steps = (np.arange(side * FINER) + 0.5) * units / (side * FINER)
    across, down = np.meshgrid(steps + left, steps + top)
    return across, down


def _share(mask: Mask) -> Grid:
    """How much of each pixel is covered, from 0 to 1."""
    side = mask.shape[0] // FINER
    covered: Grid = mask.reshape(side, FINER, side, FINER).mean(axis=(1, 3))
    return covered


def _rgba(paint: str) -> Grid:
    return np.array([*bytes.fromhex(paint[1:]), 255], dtype=np.float64)


def _png(picture: Grid) -> bytes:
    """A PNG of eight bits a channel (www.w3.org/TR/png-3), from rows of pixels of red, green, blue and opacity."""
    height, width, _ = picture.shape
    rows = np.rint(picture).astype(np.uint8).reshape(height, width * 4)
    unfiltered = np.insert(rows, 0, 0, axis=1).tobytes()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(unfiltered, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )

"""A table is read by every spreadsheet, and runs nothing in it."""

import csv
from io import StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.reports.table import csv_text

WIDE = "\uff1d\uff0b\uff0d\uff20"
"""Signs of East Asian keyboards that spreadsheets read like the narrow ones."""
FORMULA = tuple("=+-@\t\r\n" + WIDE)
# A lone surrogate is no text: it cannot be written in UTF-8.
texts = st.text(st.characters(codec="utf-8"))
naughty = st.builds("".join, st.tuples(st.sampled_from(["", " ", "\u00a0 "]), st.sampled_from(FORMULA), texts))
cells = st.one_of(texts, naughty, st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.none())
Row = list[str | int | float | None]


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), strict=True))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=4))
@example([['=HYPERLINK("http://x")', " +1", "\t@SUM(A1)", "-2"]])
@example([[-2, 1.5, None, "–"]])
def test_no_text_can_become_a_formula_and_nothing_else_is_changed(rows: list[Row]) -> None:
    header, *lines = read(csv_text(["a", "b"], rows))
    assert header == ["a", "b"]
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert len(line) == len(row)
        for written, cell in zip(line, row, strict=True):
            if isinstance(cell, str):
                typed = cell.replace("\x00", "")
                assert written in (typed, f"'{typed}")
                assert not written.lstrip().startswith(FORMULA)
                assert not written.startswith(FORMULA)
            else:
                assert written == ("" if cell is None else str(cell))


@given(st.lists(st.lists(cells, min_size=1, max_size=4), max_size=4))
def test_it_is_utf_8_with_a_mark_and_every_line_ends_as_rfc_4180_says(
    rows: list[Row],
) -> None:
    text = csv_text(["a"], rows)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    ("cell", "written"),
    [("a,b", '"a,b"'), ('say "hi"', '"say ""hi"""'), ("two\nlines", '"two\nlines"'), (-3, "-3"), ("-3", "'-3")],
)
def test_what_needs_quotes_gets_them(cell: str | int, written: str) -> None:
    assert csv_text(["a"], [[cell, "x"]]) == f"\ufeffa\r\n{written},x\r\n"

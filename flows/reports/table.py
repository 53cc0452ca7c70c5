"""Tables as CSV text that a spreadsheet reads without running anything in it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

Cell = str | int | float | None
MARK = "\ufeff"
"""With the byte order mark spreadsheets read UTF-8 as UTF-8."""
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n" + "\uff1d\uff0b\uff0d\uff20")
"""The last four are the wide ones of East Asian keyboards."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """RFC 4180: comma, double quotes where needed, CRLF. Numbers stay numbers, None is an empty cell.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, also behind spaces:
    owasp.org/www-community/attacks/CSV_Injection.
    """
    page = StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in header])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return MARK + page.getvalue()


def _harmless(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\x00", "")
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) or text.lstrip().startswith(_BEGINS_A_FORMULA) else text

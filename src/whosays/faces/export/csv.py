"""CSV: one row per claim, columns as `columns.py` has them, UTF-8, comma, CRLF, RFC 4180.

    chunks(view) -> bytes …      table(header, rows) -> bytes …
    safe(cell), plain(cell)      a cell that no spreadsheet calculates, and back

**Formulas.** A spreadsheet calculates what begins with `=` `+` `-` `@`, tab or CR, and a wrong guess of the separator lets a cell begin
in the middle of a text, after `;`, tab or a line break. Before each such beginning an apostrophe is put (one more, where there are some
already), which `plain` takes away again: no other cell is touched, and none comes back changed. Numbers stay numbers: `-12.5` is no
formula. Half surrogate pairs and NUL, which no CSV reader takes, become U+FFFD.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import StringIO
from typing import BinaryIO

from whosays.faces.export.columns import COLUMNS, Value, row
from whosays.faces.export.view import View

GLOSS = "a table, one row per claim"
LOST = "Texts of articles, whatever --text says, and readers' comments; lists stand in a cell as JSON."
READ_BY = "pandas, R, spreadsheets (import it as UTF-8 text)"
SUFFIX, MEDIA_TYPE, BINARY = ".csv", "text/csv; charset=utf-8", False

AT_ONCE = 500
"""Rows in a chunk."""

_BEGINS = r"[=+\-@\t\r\n\u2212\ufe62\ufe63\uff0b\uff0d\uff1d\uff20]"
_AT = r"(?:^|(?<=[;\t\r\n\v\f\x85\u2028\u2029]))"
_FORMULA = re.compile(f"{_AT}('*{_BEGINS})")
_MARKED = re.compile(f"{_AT}'('*{_BEGINS})")
_DOUBTFUL = re.compile("^'*" + _BEGINS + "|[;\t\r\n\v\f\x85\u2028\u2029\0\ud800-\udfff]")
"""Without any of this a cell is as it should be: most are, and this is three times as fast."""
_UNFIT = re.compile("[\0\ud800-\udfff]")


def chunks(view: View) -> Iterator[bytes]:
    """Header, then rows."""
    return table([column.name for column in COLUMNS], map(row, view.claims()))


def write(view: View, out: BinaryIO) -> None:
    out.writelines(chunks(view))


def table(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """Any rows as CSV, text cells made safe."""
    page = StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(header)
    for number, one in enumerate(rows, start=1):
        writer.writerow([_cell(value) for value in one])
        if number % AT_ONCE == 0:
            yield page.getvalue().encode("utf-8")
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode("utf-8")


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return safe(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else "")


def safe(cell: str) -> str:
    """The cell with an apostrophe before whatever a spreadsheet could take for the beginning of a formula.

    >>> safe("=1+1"), safe("'=1+1"), safe("a -b"), safe("one;-two")
    ("'=1+1", "''=1+1", 'a -b', "one;'-two")
    """
    if not _DOUBTFUL.search(cell):
        return cell
    return _FORMULA.sub(r"'\1", _UNFIT.sub("\ufffd", cell))


def plain(cell: str) -> str:
    """What the cell was before `safe`.

    >>> plain("'=1+1"), plain("'tis")
    ('=1+1', "'tis")
    """
    return _MARKED.sub(r"\1", cell)

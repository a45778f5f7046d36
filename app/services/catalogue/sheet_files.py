"""Sheets as files: CSV and XLSX, written so that no program runs what stands in a cell, read with limits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from app.models.entities.catalogue_sheets import SheetForm, SheetRow
from app.models.entities.errors import BadInput
from app.services.base.workbook_writing import write_workbook
from app.services.base.workbooks import MOST_BYTES, ZIP_SIGN, Lines, read_workbook

MOST_ROWS = 10_000
LONGEST_CELL = 4_000
# What a spreadsheet program takes for the beginning of a formula; the last four are full-width.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")
_QUOTE = "'"
_ENCODINGS = ("utf-8-sig", "gb18030")
_OLD_EXCEL_SIGN = b"\xd0\xcf\x11\xe0"


def write_sheet(columns: Sequence[str], rows: Sequence[Sequence[str]], form: SheetForm, name: str) -> bytes:
    """Return a file with these columns; `name` is that of the sheet within an XLSX."""
    return _write_csv(columns, rows) if form is SheetForm.CSV else write_workbook([columns, *rows], name)


def read_sheet(body: bytes, columns: Sequence[str], required: Sequence[str]) -> list[SheetRow]:
    """Read a CSV or an XLSX, whichever it is; empty rows are passed over.

    The first row names the columns, in any order; of an XLSX the first sheet counts that has one called
    "code".

    Raises:
        BadInput: `sheet.too_large`, `sheet.unreadable`, `sheet.old_excel`,
            `sheet.empty`, `sheet.columns_missing`, `sheet.columns_unknown`,
            `sheet.column_twice`, `sheet.cell_too_long`, `sheet.row_long`,
            `sheet.too_many`.
    """
    lines = sheet_lines(body, MOST_ROWS)
    heads = _checked_heads(lines[0][1], columns, required)
    rows = [SheetRow(number, _cells(heads, cells, number)) for number, cells in lines[1:] if any(cells)]
    if not rows:
        raise BadInput("sheet.empty")
    return rows


def sheet_lines(body: bytes, most: int) -> Lines:
    """Return the rows of a CSV or an XLSX as they stand, the heading first, each with its number.

    Raises:
        BadInput: `sheet.too_large`, `sheet.unreadable`, `sheet.old_excel`, `sheet.empty`, and
            `sheet.too_many` for more than `most` rows after the heading.
    """
    if len(body) > MOST_BYTES:
        raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
    if body.startswith(_OLD_EXCEL_SIGN):
        raise BadInput("sheet.old_excel")
    lines = _xlsx_lines(body) if body.startswith(ZIP_SIGN) else list(_csv_lines(body))
    if len(lines) > most + 1:
        raise BadInput("sheet.too_many", most=most)
    if not lines:
        raise BadInput("sheet.empty")
    return lines


def quoted(text: str) -> str:
    """Return a text as a CSV cell in which no program sees a formula; `unquoted` is its exact reverse."""
    return _QUOTE + text if text.lstrip(_QUOTE).startswith(_FORMULA_SIGNS) else text


def unquoted(cell: str) -> str:
    """Return the text of a CSV cell: without the one quote that `quoted` put before it."""
    is_quoted = cell.startswith(_QUOTE) and cell.lstrip(_QUOTE).startswith(_FORMULA_SIGNS)
    return cell[1:] if is_quoted else cell


def _write_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([quoted(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _csv_lines(body: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(body)
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        while True:
            number = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return
            yield number, [unquoted(cell).strip() for cell in cells]
    except csv.Error as trouble:
        raise BadInput("sheet.unreadable", line=reader.line_num) from trouble


def _decoded(body: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("sheet.unreadable", line=1)


def _xlsx_lines(body: bytes) -> Lines:
    """Return the rows of the first sheet that has a head with a code; of the first one where none has."""
    sheets = list(read_workbook(body).values())
    return next((lines for lines in sheets if lines and "code" in lines[0][1]), sheets[0] if sheets else [])


def _checked_heads(heads: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> list[str]:
    named = [head.strip().casefold() for head in heads]
    while named and not named[-1]:
        named.pop()
    if missing := [column for column in required if column not in named]:
        raise BadInput("sheet.columns_missing", columns=missing, known=list(columns))
    if unknown := [head or "?" for head in named if head not in columns]:
        raise BadInput("sheet.columns_unknown", columns=unknown, known=list(columns))
    if twice := {head for head in named if named.count(head) > 1}:
        raise BadInput("sheet.column_twice", column=min(twice))
    return named


def _cells(heads: Sequence[str], cells: Sequence[str], line: int) -> dict[str, str]:
    for cell in cells:
        if len(cell) > LONGEST_CELL:
            raise BadInput("sheet.cell_too_long", line=line, most=LONGEST_CELL)
    if any(cells[len(heads) :]):
        raise BadInput("sheet.row_long", line=line)
    return {head: cells[at] if at < len(cells) else "" for at, head in enumerate(heads)}

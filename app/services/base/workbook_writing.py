"""Writing an XLSX of plain texts and numbers, in which no cell can be a formula or a link."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDEST = 48
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the same rows give the same bytes
# What XML cannot hold or a reader would change, and a text that only looks like such an escape.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


Value = str | int | float
"""What stands in a cell; a text is written as one, whatever it looks like."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows are equally long, the first is its head and stays in sight, as the first column."""

    name: str
    rows: Sequence[Sequence[Value]]


def write_workbook(rows: Sequence[Sequence[str]], name: str) -> bytes:
    """Return an XLSX with one sheet called `name`; the first row is its head and stays in sight."""
    return write_sheets((Sheet(name, rows),))


def write_sheets(sheets: Sequence[Sheet]) -> bytes:
    """Return an XLSX with these sheets; the same sheets give the same bytes."""
    parts = [(f"xl/worksheets/sheet{at}.xml", _sheet_xml(sheet)) for at, sheet in enumerate(sheets, 1)]
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in (*_frame([sheet.name for sheet in sheets]), *parts):
            entry = zipfile.ZipInfo(path, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return body.getvalue()


def _sheet_xml(shown: Sheet) -> str:
    rows = shown.rows
    widths = [min(_WIDEST, 2 + max(len(str(row[at])) for row in rows)) for at in range(len(rows[0]))]
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" style="1" customWidth="1"/>'
        for at, width in enumerate(widths, 1)
    )
    pane = '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
    lines = "".join(_row_xml(number, row) for number, row in enumerate(rows, 1))
    # Codes such as 007 are texts on purpose; no green corners for that.
    whole = f"A1:{_letters(len(rows[0]))}{len(rows)}"
    ignored = f'<ignoredErrors><ignoredError sqref="{whole}" numberStoredAsText="1"/></ignoredErrors>'
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView>'
        f"</sheetViews><cols>{columns}</cols><sheetData>{lines}</sheetData>{ignored}</worksheet>"
    )


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _row_xml(number: int, row: Sequence[Value]) -> str:
    style = 2 if number == 1 else 1
    cells = "".join(
        _cell_xml(f"{_letters(at)}{number}", value, style) for at, value in enumerate(row, 1) if value != ""
    )
    return f'<row r="{number}">{cells}</row>'


def _cell_xml(place: str, value: Value, style: int) -> str:
    if not isinstance(value, str):
        return f'<c r="{place}" s="0"><v>{value!r}</v></c>'
    text = escape(_writable(value))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def _frame(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return the parts that every file has, by path. Style 0 is a number, 1 text, 2 a bold head."""
    numbers = range(1, len(names) + 1)
    kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kinds}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{kinds}.worksheet+xml"/>'
            for at in numbers
        )
        + f'<Override PartName="/xl/styles.xml" ContentType="{kinds}.styles+xml"/></Types>'
    )
    root = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    )
    links = (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in numbers
        )
        + f'<Relationship Id="r{len(names) + 1}" Type="{_LINKS}/styles" Target="styles.xml"/></Relationships>'
    )
    book = (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(name[:31])} sheetId="{at}" r:id="r{at}"/>'
            for at, name in enumerate(names, 1)
        )
        + "</sheets></workbook>"
    )
    font = '<font><sz val="11"/><name val="Calibri"/></font>'
    bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    fill = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    border = "<border><left/><right/><top/><bottom/><diagonal/></border>"
    cell = '<xf numFmtId="{format}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    looks = "".join(cell.format(format=number, font=face) for number, face in ((0, 0), (49, 0), (49, 1)))
    styles = (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2">{font}{bold}</fonts><fills count="2">{fill}'
        f'</fills><borders count="1">{border}</borders><cellStyleXfs count="1">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="3">{looks}</cellXfs></styleSheet>'
    )
    return (
        ("[Content_Types].xml", types),
        ("_rels/.rels", root),
        ("xl/_rels/workbook.xml.rels", links),
        ("xl/workbook.xml", book),
        ("xl/styles.xml", styles),
    )

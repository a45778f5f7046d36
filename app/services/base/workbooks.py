"""Reading XLSX files as plain texts, within fixed limits; `workbook_writing.py` is the reverse.

Only what a list needs: sheets, rows, texts and numbers. The usual readers take the whole rectangle from the
first cell to the last into memory, so that a few kilobytes from anybody end the program; this one reads
cells as they come and stops at its limits.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from app.models.entities.errors import BadInput

ZIP_SIGN = b"PK\x03\x04"
MOST_BYTES = 10_000_000
MOST_UNPACKED = 50_000_000
MOST_ENTRIES = 1_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_SHEETS = 50

Lines = list[tuple[int, list[str]]]
"""The rows that hold something, each with its number in the sheet, counted from 1."""

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_workbook(body: bytes) -> dict[str, Lines]:
    """Return the sheets of an XLSX by name, in their order, cells as texts; formulas give their last value.

    Raises:
        BadInput: `sheet.unreadable` (damaged, encrypted, or no XLSX), `sheet.too_large`.
    """
    if len(body) > MOST_BYTES:
        raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _Parts(archive).sheets()
    except _DAMAGES as trouble:
        raise BadInput("sheet.unreadable", line=1) from trouble


_DAMAGES = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, IndexError, ValueError, EOFError,
    NotImplementedError, RuntimeError, OSError,
)  # fmt: skip


class _Parts:
    """The parts of one file. All together may not unpack to more than the limit, whatever the zip says."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        if len(archive.infolist()) > MOST_ENTRIES:
            raise BadInput("sheet.too_large", most=MOST_UNPACKED // 1_000_000)
        self._archive = archive
        self._left = MOST_UNPACKED

    def sheets(self) -> dict[str, Lines]:
        links = {
            str(node.get("Id")): str(node.get("Target"))
            for node in self._nodes("xl/_rels/workbook.xml.rels")
            if _name(node) == "Relationship"
        }
        has_texts = "xl/sharedStrings.xml" in self._archive.namelist()
        texts = list(self._texts()) if has_texts else []
        named = [node for node in self._nodes("xl/workbook.xml") if _name(node) == "sheet"]
        found: dict[str, Lines] = {}
        for node in named[:MOST_SHEETS]:
            target = links[str(node.get(f"{{{_LINKS}}}id"))].lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            found[str(node.get("name"))] = self._lines(path, texts)
        return found

    def _read(self, path: str) -> bytes:
        with self._archive.open(path) as part:
            content = part.read(self._left + 1)
        self._left -= len(content)
        if self._left < 0:
            raise BadInput("sheet.too_large", most=MOST_UNPACKED // 1_000_000)
        # Entities could grow without end; no program writes any. Another encoding could hide them.
        if b"<!DOCTYPE" in content or content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in content[:64]:
            raise ValueError(path)
        return content

    def _nodes(self, path: str) -> Iterator[ElementTree.Element]:
        """Yield each element once it is complete."""
        for _event, node in ElementTree.iterparse(io.BytesIO(self._read(path)), ("end",)):
            yield node

    def _texts(self) -> Iterator[str]:
        for node in self._nodes("xl/sharedStrings.xml"):
            if _name(node) == "si":
                yield _text_in(node)
                node.clear()

    def _lines(self, path: str, texts: Sequence[str]) -> Lines:
        lines: Lines = []
        number = 0
        for node in self._nodes(path):
            if _name(node) != "row":
                continue
            number = int(node.get("r") or number + 1)
            cells = _cells(node, texts)
            node.clear()
            if any(cells):
                lines.append((number, cells))
            if len(lines) > MOST_ROWS:
                raise BadInput("sheet.too_large", most=MOST_UNPACKED // 1_000_000)
        return lines


def _cells(row: ElementTree.Element, texts: Sequence[str]) -> list[str]:
    cells: list[str] = []
    for node in row:
        if _name(node) != "c":
            continue
        place = _PLACE.match(node.get("r") or "")
        at = _number_of(place[1]) if place else len(cells) + 1
        value = _value(node, texts)
        if not value:
            continue
        if at > MOST_COLUMNS or at <= len(cells):
            raise ValueError(at)
        cells += [""] * (at - len(cells) - 1)
        cells.append(value)
    return cells


def _value(cell: ElementTree.Element, texts: Sequence[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(_text_in(node) for node in cell if _name(node) == "is")
    stored = next((node.text or "" for node in cell if _name(node) == "v"), "")
    if not stored:
        return ""
    if kind == "s":
        return texts[int(stored)]
    if kind == "b":
        return "yes" if stored == "1" else "no"
    if kind in {"str", "d", "e"}:
        return _unescaped(stored)
    number = float(stored)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else stored


def _text_in(node: ElementTree.Element) -> str:
    """Return a text with all its runs; how it is pronounced (`rPh`) is no part of it."""
    runs = [part for part in node if _name(part) in {"t", "r"}]
    words = [
        part if _name(part) == "t" else next((t for t in part if _name(t) == "t"), part) for part in runs
    ]
    return _unescaped("".join(word.text or "" for word in words))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

"""From the bytes of a file to what it says, section by section, and from the site's state to bytes. Pure.

What is wrong with the file as a whole is refused here; what is wrong with one entry is kept with the entry,
so that a preview tells everything at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.settings_file import (
    DOCUMENT_SECTIONS,
    SECTION_MARK,
    Given,
    Plain,
    Section,
    SettingsDocument,
)
from app.services.settings_file.fields import read_fields, wrong_kind
from app.services.settings_file.shapes import SHAPES
from app.services.settings_file.text import parsed, storable_text, written

FORMAT = "firstline-settings"
VERSION = 1
"""Raised when an older program could not read, or would misread, what is written."""

LONGEST_CODE = 48
_HEAD = ("format", "version")


def file_of(state: Mapping[Section, Mapping[str, Plain]]) -> bytes:
    """Return the file that says what `state` says: entries by code, section by section."""
    content: dict[str, Any] = {"format": FORMAT, "version": VERSION}
    for section in Section:
        entries = state[section]
        if section is Section.SETTINGS:
            content[section.value] = {name: entry["value"] for name, entry in entries.items()}
        elif section in DOCUMENT_SECTIONS:
            content[section.value] = entries[SECTION_MARK]
        else:
            content[section.value] = [{"code": code, **entry} for code, entry in entries.items()]
    return written(content)


def document_in(body: bytes) -> SettingsDocument:
    """Read a file.

    Raises:
        BadInput: what `text.parsed` raises; `settings_file.not_ours`, `.newer` (version, known),
            `.section_unknown`, `.empty`, `.no_list`, `.no_object` (a section of the wrong kind).
    """
    content = parsed(body)
    version = content.get("version")
    if content.get("format") != FORMAT or not isinstance(version, int) or isinstance(version, bool):
        raise BadInput("settings_file.not_ours")
    if version > VERSION:
        raise BadInput("settings_file.newer", version=version, known=VERSION)
    if version < 1:
        raise BadInput("settings_file.not_ours")
    known = {section.value for section in Section}
    if unknown := [name[:60] for name in content if name not in known and name not in _HEAD]:
        raise BadInput("settings_file.section_unknown", names=unknown, known=sorted(known))
    sections = {
        section: tuple(_entries(section, content[section.value]))
        for section in Section
        if section.value in content
    }
    if not sections:
        raise BadInput("settings_file.empty")
    return SettingsDocument(sections)


def _entries(section: Section, value: object) -> Iterator[Given]:
    if section is Section.SETTINGS:
        if not isinstance(value, Mapping):
            raise wrong_kind(section.value, "object", value)
        for name, each in value.items():
            yield Given(storable_text(name)[:LONGEST_CODE], {"value": _setting(each)})
    elif section in DOCUMENT_SECTIONS:
        if not isinstance(value, Mapping):
            raise wrong_kind(section.value, "object", value)
        yield Given(SECTION_MARK, value)
    else:
        if not isinstance(value, list):
            raise wrong_kind(section.value, "list", value)
        yield from _list(section, value)


def _setting(value: object) -> object:
    return storable_text(value) if isinstance(value, str) else value


def _list(section: Section, rows: list[object]) -> Iterator[Given]:
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        code, refusal = f"[{place}]", None
        fields: Plain = {}
        try:
            if not isinstance(row, Mapping):
                raise wrong_kind(code, "object", row)
            code = _code(section, row.get("code"), code)
            if code in seen:
                raise BadInput("settings_file.entry_twice", entry=code)
            fields = _fields(section, {name: each for name, each in row.items() if name != "code"})
        except FirstlineError as trouble:
            refusal = trouble
        seen.add(code)
        yield Given(code, fields, refusal)


def _code(section: Section, value: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadInput("settings_file.code_missing", entry=place)
    code = storable_text(value)
    longest = SHAPES[section].longest_code if section in SHAPES else 32
    if len(code) > longest:
        raise BadInput("settings_file.code_long", entry=code[:60], longest=longest)
    return code


def _fields(section: Section, row: Plain) -> Plain:
    shape = SHAPES.get(section)
    return row if shape is None else read_fields(shape.fields, row)

"""Content lines of iCalendar (RFC 5545, 3.1): folding, properties, escapes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.models.entities.errors import BadInput

_FOLD_AT = 75  # octets, the line's end not counted
_NAME = re.compile(r"[A-Za-z0-9-]+", re.ASCII)
_ESCAPE = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True, slots=True)
class Property:
    """One unfolded line. Names are in capitals; `line` is where it begins, counted from 1."""

    line: int
    name: str
    params: Mapping[str, str]
    value: str


def properties(text: str) -> Iterator[Property]:
    """Yield a file's properties. Lines may end in CR LF, LF or CR; empty lines are passed over.

    Raises:
        BadInput: `calendar.ics_line`, with the line and its beginning.
    """
    held, began = "", 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in {" ", "\t"} and held:
            held += line[1:]
            continue
        if held:
            yield _read(held, began)
        held, began = ("", 0) if not line.strip() else (line, number)
    if held:
        yield _read(held, began)


def folded(line: str) -> str:
    """Return a line as it is written: cut after 75 octets, never inside a character, ended by CR LF."""
    parts, room = [""], _FOLD_AT
    for character in line:
        size = len(character.encode())
        if size > room:
            parts.append(" ")
            room = _FOLD_AT - 1
        parts[-1] += character
        room -= size
    return "\r\n".join(parts) + "\r\n"


def escaped(text: str) -> str:
    """Return a text as a value."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def unescaped(value: str) -> str:
    """Return the text of a value."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def _read(line: str, number: int) -> Property:
    parts, value = _parts(line)
    if value is None or not _NAME.fullmatch(parts[0]):
        raise BadInput("calendar.ics_line", line=number, text=line.strip()[:40])
    params = {}
    for part in parts[1:]:
        key, _equals, given = part.partition("=")
        params[key.strip().upper()] = given.strip().strip('"')
    return Property(number, parts[0].upper(), params, value)


def _parts(line: str) -> tuple[list[str], str | None]:
    """Cut "NAME;KEY=a;KEY=b:value" into its parts and the value; colons within quotes part nothing."""
    parts, begin, is_quoted = [], 0, False
    for at, character in enumerate(line):
        if character == '"':
            is_quoted = not is_quoted
        elif character in ";:" and not is_quoted:
            parts.append(line[begin:at])
            begin = at + 1
            if character == ":":
                return parts, line[begin:]
    return [line], None

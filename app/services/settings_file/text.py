"""The file's text: JSON with one value a line, the same bytes for the same content. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app.models.entities.errors import BadInput

MOST_BYTES = 8_000_000
_STEP = "  "
# A line is a row of a grid, or what a date is called: apart, their values would say nothing.
_ON_ONE_LINE = frozenset({"day_names"})
# A row of shifts is read as one; a grid under the same key has a line for each of its rows.
_ROWS = frozenset({"cells"})
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
# Some editors and diff programs take these for the end of a line; JSON reads the escaped form alike.
_LINE_ENDS = {ord(letter): f"\\u{ord(letter):04x}" for letter in "\u0085\u2028\u2029"}


def written(content: Mapping[str, Any]) -> bytes:
    """Return the file's bytes: UTF-8, keys in the order given, one value a line."""
    return ("".join(_value(content, "", "")) + "\n").translate(_LINE_ENDS).encode("utf-8", "replace")


def parsed(body: bytes) -> Mapping[str, Any]:
    """Read a file's bytes into plain values. Halves of surrogate pairs and NUL become U+FFFD.

    Raises:
        BadInput: `settings_file.too_large`, `.not_text`, `.damaged` (line, column), `.too_deep`,
            `.key_twice`, `.not_ours` (JSON, but no object).
    """
    if len(body) > MOST_BYTES:
        raise BadInput("settings_file.too_large", most=MOST_BYTES // 1_000_000)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise BadInput("settings_file.not_text") from trouble
    try:
        content = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except json.JSONDecodeError as trouble:
        raise BadInput("settings_file.damaged", line=trouble.lineno, column=trouble.colno) from trouble
    except RecursionError as trouble:
        raise BadInput("settings_file.too_deep") from trouble
    except ValueError as trouble:  # a number of thousands of digits, or one that is none (NaN)
        raise BadInput("settings_file.number_bad") from trouble
    if not isinstance(content, dict):
        raise BadInput("settings_file.not_ours")
    return content


def storable_text(text: str) -> str:
    """Return a text as any database keeps it, without blanks around it."""
    return _UNSTORABLE.sub("\ufffd", text).strip()


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadInput("settings_file.key_twice", key=key[:60])
        found[key] = value
    return found


def _constant(name: str) -> None:
    raise ValueError(name)


def _value(value: object, indent: str, key: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        is_inline = key in _ON_ONE_LINE
        lines = (
            (f"{_plain(name)}: ", _plain(each) if is_inline else "".join(_value(each, indent + _STEP, name)))
            for name, each in value.items()
        )
        yield from _lines("{", [name + each for name, each in lines], "}", indent)
    elif isinstance(value, list | tuple) and key in _ROWS and all(isinstance(each, str) for each in value):
        yield _plain(value)
    elif isinstance(value, list | tuple):
        yield from _lines("[", [_item(each, indent + _STEP) for each in value], "]", indent)
    else:
        yield _plain(value)


def _item(value: object, indent: str) -> str:
    is_row = isinstance(value, list | tuple) and not any(isinstance(each, Mapping) for each in value)
    return _plain(value) if is_row else "".join(_value(value, indent, ""))


def _lines(opening: str, lines: Sequence[str], closing: str, indent: str) -> Iterator[str]:
    if not lines:
        yield opening + closing
        return
    inner = f",\n{indent}{_STEP}".join(lines)
    yield f"{opening}\n{indent}{_STEP}{inner}\n{indent}{closing}"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)

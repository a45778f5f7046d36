"""What differs between two entries, line by line, in the words of the file. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

Difference = tuple[str, str, str]
"""Where within the entry, before, after; "" is nothing."""

_STEP = " › "
_LONGEST = 300
# What tells the objects of a list apart, tried in this order; a place where none of them does.
_KEYS = (
    ("code",),
    ("level",),
    ("team", "day_type"),
    ("skill", "day_type"),
    ("clock", "percent"),
    ("priority",),
)
# Where a grid stands: the cells of all types of ticket, and below "by_type" a type's own.
_BY_TYPE = "by_type"
_GRID = re.compile(rf"(^|{_STEP})(cells|{_BY_TYPE}{_STEP}\w+)$")


def differences(before: Any, after: Any, where: str = "") -> list[Difference]:
    """Return what differs; two equal values have no differences."""
    return list(_differences(before, after, where))


def _differences(before: Any, after: Any, where: str) -> Iterator[Difference]:
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_objects(before, after, where)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _of_lists(before, after, where)
    else:
        yield where, told(before), told(after)


def _of_objects(before: Mapping[str, Any], after: Mapping[str, Any], where: str) -> Iterator[Difference]:
    for name in dict.fromkeys(chain(after, before)):
        # Without this key no type has a grid of its own: said type by type, as where some have.
        nothing: Any = {} if name == _BY_TYPE else None
        yield from _differences(before.get(name, nothing), after.get(name, nothing), _below(where, name))


def _of_lists(before: list[Any], after: list[Any], where: str) -> Iterator[Difference]:
    both = [*before, *after]
    if both and all(isinstance(each, Mapping) for each in both):
        old, new = _named(before), _named(after)
        yield from _of_objects(old, new, where)
        if list(old) != list(new) and set(old) == set(new):
            yield _below(where, "*"), ", ".join(old), ", ".join(new)
    elif _GRID.search(where) and all(isinstance(each, list) for each in both):
        yield from _of_objects(_numbered(before), _numbered(after), where)
    elif any(isinstance(each, list) for each in both):
        yield where, told(before), told(after)
    elif any(len(set(each)) < len(each) for each in (before, after)):
        yield where, told(before), told(after)  # a row of shifts: each counts where it stands
    else:
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        yield (where, told(gone), told(come)) if gone or come else (where, told(before), told(after))


def _below(where: str, name: str) -> str:
    return f"{where}{_STEP}{name}" if where else name


def _named(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    for key in _KEYS:
        if all(set(key) <= set(row) for row in rows):
            names = [
                " ".join(str(row[part] if row[part] is not None else "–") for part in key) for row in rows
            ]
            if len(set(names)) == len(names):
                return dict(zip(names, rows, strict=True))
    return {str(place): row for place, row in enumerate(rows, 1)}


def _numbered(rows: Sequence[Sequence[Any]]) -> dict[str, dict[str, Any]]:
    return {
        str(number): {str(place): each for place, each in enumerate(row, 1)}
        for number, row in enumerate(rows, 1)
    }


def told(value: Any) -> str:
    """Return a value as the file says it, on one line and not too long."""
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, Mapping):
        text = ", ".join(f"{name}: {told(each)}" for name, each in value.items())
    elif isinstance(value, list):
        row = all(isinstance(each, list) for each in value)
        text = ", ".join("–".join(map(told, each)) if row else told(each) for each in value)
    else:
        text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

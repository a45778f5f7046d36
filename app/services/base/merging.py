"""Three-way merge of a record's fields: what was read, what somebody saved since, what this person typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field both sides changed, differently."""

    field: str
    base: object
    theirs: object
    mine: object


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` are this person's changes that can be saved on top of theirs; `conflicts` must be decided."""

    values: Mapping[str, object]
    conflicts: tuple[Conflict, ...]


def merge(base: Mapping[str, object], theirs: Mapping[str, object], mine: Mapping[str, object]) -> Merged:
    """Merge field by field; only fields in `mine` take part.

    A field only I changed is mine; one both changed to the same value needs nothing; one both changed
    differently is a conflict. A field missing in `base` or `theirs` counts as None there.
    """
    values: dict[str, object] = {}
    conflicts: list[Conflict] = []
    for name, wanted in mine.items():
        before, now = base.get(name), theirs.get(name)
        if wanted in (before, now):
            continue
        if now == before:
            values[name] = wanted
        else:
            conflicts.append(Conflict(name, before, now, wanted))
    return Merged(values, tuple(conflicts))

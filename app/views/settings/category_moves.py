"""Where Alt+arrows take a category. Pure: places among the siblings that are shown."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from app.models.entities.catalogue import Category
from app.views.settings.categories_kind import Place


class Step(StrEnum):
    """A move by one: among its siblings, or one level in or out."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def place_after(step: Step, moved: Category, shown: Sequence[Category]) -> Place | None:
    """Return where `moved` goes, or None where there is no such place. `shown` is in the tree's order."""
    siblings = [each for each in shown if each.parent_id == moved.parent_id]
    at = next((number for number, each in enumerate(siblings) if each.id == moved.id), None)
    if at is None:
        return None
    if step is Step.UP:
        return Place(moved.parent_id, siblings[at - 1].id) if at else None
    if step is Step.DOWN:
        return _below(siblings, at, moved.parent_id)
    if step is Step.IN:
        return Place(siblings[at - 1].id, None) if at else None
    return _out(moved, shown)


def _below(siblings: Sequence[Category], at: int, parent_id: int | None) -> Place | None:
    if at + 1 >= len(siblings):
        return None
    before = siblings[at + 2].id if at + 2 < len(siblings) else None
    return Place(parent_id, before)


def _out(moved: Category, shown: Sequence[Category]) -> Place | None:
    """One level out: right behind the category it hung under."""
    parent = next((each for each in shown if each.id == moved.parent_id), None)
    if parent is None:
        return None
    uncles = [each for each in shown if each.parent_id == parent.parent_id]
    at = uncles.index(parent)
    before = uncles[at + 1].id if at + 1 < len(uncles) else None
    return Place(parent.parent_id, before)

"""Laying patterns, copying weeks and stretches, swapping: what to paint. Pure, nothing is checked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import Assignment, PaintedCell
from app.models.entities.roster_plan import CellKey
from app.services.roster.checks import assignment_of, painted_of

Cells = Mapping[CellKey, Assignment]
Stroke = tuple[PaintedCell, ...]


def lay_pattern(
    pattern: Sequence[TemplateId | None],
    person_id: PersonId,
    anchor: date,
    days: Sequence[date],
    cells: Cells,
    *,
    offset: int = 0,
    keep: frozenset[TemplateId] = frozenset(),
) -> Stroke:
    """Return what lays a repeating row of shifts over somebody's days; None in it is a day off.

    On `anchor` stands the pattern's place `offset`, before it the pattern runs backwards. Fixed cells and
    those of a shift in `keep` (absences) stay, and cells that are right already are not painted.
    """
    if not pattern:
        return ()
    wanted = ((on, pattern[((on - anchor).days + offset) % len(pattern)]) for on in days)
    return _stroke([PaintedCell(person_id, on, template) for on, template in wanted], cells, keep)


def copy_stretch(
    cells: Cells,
    people: Sequence[PersonId],
    first: date,
    last: date,
    to: date,
    *,
    keep: frozenset[TemplateId] = frozenset(),
) -> Stroke:
    """Return what copies `first` to `last`, both included, of some people to the stretch that begins on `to`.

    Days off are copied too. Who leads and for which team is copied, that a cell is fixed is not; fixed cells
    of the target and those of a shift in `keep` stay, and no shift in `keep` is copied: leave is nobody's
    twice.
    """
    stroke = []
    for person_id in people:
        for count in range((last - first).days + 1):
            source = cells.get((person_id, first + timedelta(days=count)))
            key = (person_id, to + timedelta(days=count))
            if source is not None and source.template_id in keep:
                continue
            copied = painted_of(key, source, None)
            stroke.append(replace(copied, is_fixed=False))
    return _stroke(stroke, cells, keep)


def copy_week(
    cells: Cells,
    people: Sequence[PersonId],
    monday: date,
    to: date,
    *,
    keep: frozenset[TemplateId] = frozenset(),
) -> Stroke:
    """Return what copies the seven days from `monday` on to those from `to` on; see `copy_stretch`."""
    return copy_stretch(cells, people, monday, monday + timedelta(days=6), to, keep=keep)


def swapped(cells: Cells, one: CellKey, other: CellKey) -> Stroke:
    """Return what exchanges two cells with everything in them; nothing where both are off or one cell."""
    first, second = cells.get(one), cells.get(other)
    if one == other or (first is None and second is None):
        return ()
    return (
        painted_of(one, second, None if first is None else first.template_id),
        painted_of(other, first, None if second is None else second.template_id),
    )


def _stroke(wanted: Sequence[PaintedCell], cells: Cells, keep: frozenset[TemplateId]) -> Stroke:
    """Return what of a stroke changes anything, knowing what stands there now."""
    found: list[PaintedCell] = []
    for painted in wanted:
        there = cells.get((painted.person_id, painted.on_date))
        if there is not None and (there.is_fixed or there.template_id in keep):
            continue
        new = assignment_of(painted)
        if (new is None) == (there is None) and (
            new is None or there is None or replace(there, version=0) == new
        ):
            continue
        found.append(replace(painted, before=None if there is None else there.template_id))
    return tuple(found)

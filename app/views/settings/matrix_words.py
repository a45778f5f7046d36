"""A priority matrix in words: its cells, what differs, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.models.entities.priority import Level, MatrixDefinition
from app.services.priority.edits import Side, levels_of
from app.services.priority.rules import OddCell
from app.views.base.i18n import N_, _
from app.views.base.widgets.applybar import Change
from app.views.settings.level_words import level_name

_SIDES = {
    Side.IMPACT: N_("Impact {number}"),
    Side.URGENCY: N_("Urgency {number}"),
    Side.PRIORITY: N_("P{number}"),
}
_GUIDANCE = {
    Side.IMPACT: N_("Meaning of impact {number}"),
    Side.URGENCY: N_("Meaning of urgency {number}"),
    Side.PRIORITY: N_("Meaning of P{number}"),
}


def cell_words(matrix: MatrixDefinition, impact: int, urgency: int) -> str:
    """Return "Department × Work stopped"."""
    names = []
    for levels, number in ((matrix.impacts, impact), (matrix.urgencies, urgency)):
        names.append(next((level_name(level) for level in levels if level.number == number), str(number)))
    return _("{impact} × {urgency}").format(impact=names[0], urgency=names[1])


def matrix_changes(before: MatrixDefinition, after: MatrixDefinition) -> tuple[Change, ...]:
    """Return what differs: levels by their place first, then cells."""
    return (*_level_changes(before, after), *_cell_changes(before, after))


def odd_sentence(matrix: MatrixDefinition, odd: OddCell) -> str:
    """Say why a cell looks like a slip, and against which neighbour."""
    cell = cell_words(matrix, odd.impact, odd.urgency)
    neighbour = cell_words(matrix, odd.neighbour_impact, odd.neighbour_urgency)
    if odd.impact == odd.neighbour_impact:
        sentence = _(
            "{cell} (P{priority}) is less urgent than {neighbour} (P{milder}). Usually a priority does not"
            " fall as urgency rises."
        )
    else:
        sentence = _(
            "{cell} (P{priority}) is less urgent than {neighbour} (P{milder}). Usually a priority does not"
            " fall as impact rises."
        )
    return sentence.format(
        cell=cell, priority=odd.priority, neighbour=neighbour, milder=odd.neighbour_priority
    )


def _level_changes(before: MatrixDefinition, after: MatrixDefinition) -> Iterator[Change]:
    for side in Side:
        old = {level.number: level for level in levels_of(before, side)}
        new = {level.number: level for level in levels_of(after, side)}
        for number in sorted(old.keys() | new.keys()):
            was, now = old.get(number), new.get(number)
            if _names(was) != _names(now):
                yield Change(str(_SIDES[side]).format(number=number), _names(was), _names(now))
            if was is not None and now is not None and _meanings(was) != _meanings(now):
                label = str(_GUIDANCE[side]).format(number=number)
                yield Change(label, _meanings(was), _meanings(now))


def _names(level: Level | None) -> str:
    """Both names, so that renaming the one the reader does not see is told too."""
    return " / ".join(name for name in (level.name, level.name_alt) if name) if level is not None else "–"


def _meanings(level: Level) -> str:
    """What it means in both languages, as `_names`."""
    return " / ".join(text for text in (level.guidance, level.guidance_alt) if text) or "–"


def _cell_changes(before: MatrixDefinition, after: MatrixDefinition) -> Iterator[Change]:
    for impact in _numbers(after.impacts):
        for urgency in _numbers(after.urgencies):
            was, now = before.cells.get((impact, urgency)), after.cells.get((impact, urgency))
            if was != now:
                yield Change(cell_words(after, impact, urgency), _priority(was), _priority(now))


def _numbers(levels: Sequence[Level]) -> list[int]:
    return [level.number for level in levels]


def _priority(priority: int | None) -> str:
    return f"P{priority}" if priority is not None else _("empty")

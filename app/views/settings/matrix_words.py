"""A priority matrix in words: its cells, what differs, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.services.priority.edits import ALL_TYPES, Side, levels_of
from app.services.priority.rules import OddCell, odd_cells
from app.views.base.i18n import N_, _, current, ngettext, pgettext
from app.views.base.widgets.applybar import Change
from app.views.settings.level_words import level_name, priority_name

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


def cell_sentence(matrix: MatrixDefinition, cell: tuple[int, int], promised: Mapping[int, str]) -> str:
    """Say what a cell means for a ticket received now; `promised` is what each priority promises."""
    words = cell_words(matrix, *cell)
    priority = matrix.cells.get(cell)
    if priority is None:
        return _("{cell}: empty. Press 1 to 5 to fill it.").format(cell=words)
    sentence = _("{cell} gives P{priority} {name}. A ticket received now: {promised}.")
    return sentence.format(
        cell=words, priority=priority, name=priority_name(matrix, priority), promised=promised[priority]
    )


def matrix_changes(before: MatrixDefinition, after: MatrixDefinition) -> tuple[Change, ...]:
    """Return what differs: levels by their place first, then the cells of all types, then each type's."""
    shared = _cell_changes(before.for_type(ALL_TYPES), after.for_type(ALL_TYPES))
    return (*_level_changes(before, after), *shared, *_type_changes(before, after))


def type_words(kind: str) -> str:
    """Return a type's name, that of no type for ALL_TYPES; an unknown one as it is written."""
    if kind == ALL_TYPES:
        return _("All types")
    return term(current.texts, TicketType(kind)) if kind in set(TicketType) else kind


def followers_words(matrix: MatrixDefinition) -> str:
    """Say for which types the matrix of all types holds."""
    following = [type_words(kind) for kind in TicketType if kind not in matrix.by_type]
    if len(following) == len(TicketType):
        return _("Holds for every type of ticket.")
    if not following:
        return _("Every type of ticket has its own matrix: this one holds for none.")
    return _("Holds for: {types}").format(types=pgettext("between things", ", ").join(following))


def holes_words(matrix: MatrixDefinition, shown: str) -> str:
    """Say what is still empty: the cells of the shown type or of all, and how many are of other types."""
    told: list[str] = []
    for kind in (ALL_TYPES, *matrix.by_type):
        holes = _holes(matrix, kind)
        if not holes:
            continue
        if kind == shown or (kind == ALL_TYPES and shown not in matrix.by_type):
            told[:0] = [cell_words(matrix, *cell) for cell in holes]
        else:
            count = ngettext("{count} cell", "{count} cells", len(holes)).format(count=len(holes))
            told.append(_("{type}: {what}").format(type=type_words(kind), what=count))
    return _("Still empty: {cells}").format(cells=_("; ").join(told)) if told else ""


def has_trouble(matrix: MatrixDefinition, kind: str) -> bool:
    """Whether cells are empty or odd in a type's own matrix, or in that of all types."""
    is_own = kind == ALL_TYPES or kind in matrix.by_type
    return is_own and bool(_holes(matrix, kind) or odd_cells(matrix, kind))


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


def _holes(matrix: MatrixDefinition, kind: str) -> list[tuple[int, int]]:
    filled = matrix.cells_for(kind)
    cells = (
        (impact, urgency) for impact in _numbers(matrix.impacts) for urgency in _numbers(matrix.urgencies)
    )
    return [cell for cell in cells if cell not in filled]


def _type_changes(before: MatrixDefinition, after: MatrixDefinition) -> Iterator[Change]:
    """Tell of each type that has its own matrix on either side; those that follow change with all types."""
    own_somewhere = {*before.by_type, *after.by_type}
    known = [kind.value for kind in TicketType if kind in own_somewhere]
    for kind in (*known, *sorted(own_somewhere - set(known))):
        name, was_own, is_own = type_words(kind), kind in before.by_type, kind in after.by_type
        if was_own != is_own:
            own, shared = _("own matrix"), _("as all types")
            yield Change(name, own if was_own else shared, own if is_own else shared)
        for change in _cell_changes(before.for_type(kind), after.for_type(kind)):
            label = _("{type}: {what}").format(type=name, what=change.label)
            yield Change(label, change.before, change.after)


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

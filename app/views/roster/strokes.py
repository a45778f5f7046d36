"""What keys and drags paint on a board: fill, paste, fix, stand in, swap, copy a week, lay. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import Assignment, PaintedCell, Severity
from app.models.entities.roster_plan import Change
from app.services.roster.checks import painted_of
from app.services.roster.laying import copy_week, lay_pattern, swapped
from app.services.roster.line_checks import monday_of
from app.views.roster.board import Board, Key, Stroke
from app.views.roster.board_parts import worst

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """A block of cells: its first row and day, and how many of each."""

    row: int
    day: int
    rows: int = 1
    days: int = 1

    def moved(self, row: int, day: int) -> Span:
        """Return a block of the same size elsewhere."""
        return replace(self, row=row, day=day)

    def meets(self, other: Span) -> bool:
        """Whether two blocks share a cell."""
        return (
            self.row < other.row + other.rows
            and other.row < self.row + self.rows
            and self.day < other.day + other.days
            and other.day < self.day + self.days
        )

    def places(self) -> list[tuple[int, int]]:
        """Return every row and day, row by row."""
        return [
            (row, day)
            for row in range(self.row, self.row + self.rows)
            for day in range(self.day, self.day + self.days)
        ]


@dataclass(frozen=True, slots=True)
class Block:
    """Copied cells, row by row; None is off."""

    rows: tuple[tuple[Assignment | None, ...], ...]


def fixed(board: Board, keys: Iterable[Key]) -> Stroke:
    """Return what fixes the shifts in these cells, or unfixes them where all are fixed."""
    cells = [cell for key in keys if (cell := board.cell(key)) is not None]
    is_fixed = not all(cell.is_fixed for cell in cells)
    return tuple(replace(_as_it_is(cell), is_fixed=is_fixed) for cell in cells if cell.is_fixed != is_fixed)


def standing_in(board: Board, keys: Iterable[Key], team_id: TeamId | None) -> Stroke:
    """Return what lets the people of these shifts work for a team; None is their own."""
    stroke = []
    for key in keys:
        cell, place = board.cell(key), board.place_of(key)
        if cell is None or place is None:
            continue
        wanted = None if board.person(key[0]).team_id == team_id else team_id
        if cell.team_id != wanted:
            stroke.append(replace(_as_it_is(cell), team_id=wanted))
    return tuple(stroke)


def filled(board: Board, span: Span, *, down: bool) -> Stroke:
    """Return what fills a block with its first row's shifts, or with its first column's. Fixed cells stay."""
    stroke: list[PaintedCell] = []
    for row, day in span.places():
        source = board.key_at(span.row, day) if down else board.key_at(row, span.day)
        key = board.key_at(row, day)
        cell, there = board.cell(source), board.cell(key)
        if there is None or not there.is_fixed:
            stroke += board.stroke([key], cell.template_id if cell is not None else None)
    return tuple(stroke)


def copied(board: Board, span: Span) -> Block:
    """Return the cells of a block."""
    return Block(
        tuple(
            tuple(board.cell(board.key_at(row, day)) for day in range(span.day, span.day + span.days))
            for row in range(span.row, span.row + span.rows)
        )
    )


def block_of_text(board: Board, text: str) -> Block | None:
    """Read codes as a spreadsheet copies them: tabs between days, a line a person. None if it is none."""
    lines = [line.split("\t") for line in text.rstrip("\n").split("\n")]
    rows = []
    for line in lines:
        row: list[Assignment | None] = []
        for entry in line:
            brush = board.brush_of(entry.strip()) if entry.strip() else None
            if entry.strip() and brush is None:
                return None
            row.append(
                Assignment(PersonId(0), date.min, brush.id, is_supervisor=False, version=0)
                if brush is not None
                else None
            )
        rows.append(tuple(row))
    return Block(tuple(rows)) if any(any(row) for row in rows) else None


def text_of(board: Board, block: Block) -> str:
    """Return copied cells as other programs paste them."""
    return "\n".join(
        "\t".join(board.templates[cell.template_id].code if cell is not None else "" for cell in row)
        for row in block.rows
    )


def pasted(board: Board, block: Block, into: Span) -> Stroke:
    """Return what pastes a block from the upper left corner of `into` on; a larger one is filled with it.

    What lies outside the grid is left out, and so are fixed cells. That a cell is fixed is not copied.
    """
    height, width = len(block.rows), max(len(row) for row in block.rows)
    rows, days = max(height, into.rows), max(width, into.days)
    stroke = []
    for row, day in replace(into, rows=rows, days=days).places():
        if row >= len(board.people) or day >= len(board.days):
            continue
        source_row = block.rows[(row - into.row) % height]
        at = (day - into.day) % width
        source = source_row[at] if at < len(source_row) else None
        key = board.key_at(row, day)
        there = board.cell(key)
        before = there.template_id if there is not None else None
        if there is not None and (there.is_fixed or _is_alike(there, source)):
            continue
        if there is None and source is None:
            continue
        painted = painted_of(key, source, before)
        team = None if painted.team_id == board.people[row].team_id else painted.team_id
        stroke.append(replace(painted, is_fixed=False, team_id=team))
    return dated(board, stroke)


def swap(board: Board, span: Span, row: int, day: int) -> Stroke | None:
    """Return what exchanges a block with the one at a place; None where it does not fit or meets itself."""
    target = span.moved(row, day)
    is_inside = (
        row >= 0 and row + span.rows <= len(board.people) and day >= 0 and day + span.days <= len(board.days)
    )
    if not is_inside or target.meets(span):
        return None
    stroke: list[PaintedCell] = []
    for one, other in zip(span.places(), target.places(), strict=True):
        stroke += swapped(board.cells, board.key_at(*one), board.key_at(*other))
    return dated(board, stroke)


def week_before(board: Board, rows: Iterable[int], day: int) -> Stroke:
    """Return what copies the week before that of a day onto it, for some people, as far as it is shown."""
    monday = monday_of(board.days[day])
    people = [board.people[row].id for row in rows]
    copied_week = copy_week(board.cells, people, monday - _WEEK, monday, keep=board.absences)
    shown = frozenset(board.days)
    return dated(board, [cell for cell in copied_week if cell.on_date in shown])


def laid(
    board: Board,
    pattern: Sequence[TemplateId | None],
    people: Sequence[PersonId],
    anchor: date,
    days: Sequence[date],
    *,
    offset: int = 0,
    step: int = 0,
) -> Stroke:
    """Return what lays a pattern for people, each `step` places further on in it than the one before."""
    stroke: list[PaintedCell] = []
    for number, person in enumerate(people):
        stroke += lay_pattern(
            pattern,
            person,
            anchor,
            days,
            board.cells,
            offset=offset + step * number,
            keep=board.absences,
        )
    return dated(board, stroke)


def pattern_codes(board: Board) -> dict[str, TemplateId]:
    """Return the shifts a pattern may name on the days shown, by code: also who comes before or after."""
    shown = {each.id for each in board.brushes}
    days = board.days
    return {
        each.code: each.id
        for each in board.plan.templates
        if shown & {board.through_time.held_on(each.id, on) for on in (days[0], days[-1])}
    }


def dated(board: Board, stroke: Iterable[PaintedCell]) -> Stroke:
    """Return a stroke with the shifts that hold on its dates; what then stands there already is left out."""
    found = []
    for cell in stroke:
        if cell.template_id is None:
            found.append(cell)
            continue
        held = board.through_time.held_on(cell.template_id, cell.on_date)
        if held == cell.template_id or held != cell.before:
            found.append(replace(cell, template_id=held))
    return tuple(found)


def tone_of(change: Change | None) -> str:
    """Return how a stroke turns out: "ok", "warn" or "bad". None is one that cannot be."""
    if change is None:
        return "bad"
    return {Severity.OFF: "ok", Severity.WARN: "warn", Severity.FORBID: "bad"}[worst(change.added)]


def _as_it_is(cell: Assignment) -> PaintedCell:
    return painted_of((cell.person_id, cell.on_date), cell, cell.template_id)


def _is_alike(there: Assignment, source: Assignment | None) -> bool:
    return source is not None and (there.template_id, there.is_supervisor, there.team_id) == (
        source.template_id,
        source.is_supervisor,
        source.team_id,
    )

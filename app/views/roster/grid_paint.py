"""How the roster's grid is drawn: shading, now, cells, marks, selection, then the frozen parts over them.

The line of now lies under the codes. Cells are pixmaps, kept by what they show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId
from app.models.entities.roster import Severity
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.roster.board import Board, Key
from app.views.roster.cell_marks import (
    paint_asked_leave,
    paint_broken,
    paint_leave,
    paint_lent,
    paint_pin,
    paint_wish,
)
from app.views.roster.cell_pictures import CellPictures, shift_ink
from app.views.roster.day_hours import DayHours
from app.views.roster.day_paint import DayScale, paint_day_row, paint_hour_lines
from app.views.roster.fair_shares import FairBars
from app.views.roster.grid_layout import GROUP_ROW, ROW, GridLayout
from app.views.roster.grid_texts import GridTexts
from app.views.roster.strokes import Span

SHADES = {
    DayType.WEEKEND.value: "weekend",
    DayType.HOLIDAY.value: "holiday",
    DayType.DAY_OFF_IN_LIEU.value: "holiday",
}


@dataclass(frozen=True, slots=True)
class Ghost:
    """What is carried to be swapped: from where, to where, how it would turn out, and that in words."""

    source: Span
    target: Span
    tone: str  # "ok", "warn" or "bad"
    text: str


@dataclass(frozen=True, slots=True)
class GridState:
    """What the grid shows at the moment, besides its places."""

    board: Board
    texts: GridTexts
    cursor: tuple[int, int]
    selection: QRect  # in rows and days: x and width are days
    has_focus: bool = False
    now: float | None = None  # in days from the first one shown, 15.58 is 14:00 on the sixteenth
    leading: PersonId | None = None
    ghost: Ghost | None = None
    fair: FairBars = field(default_factory=FairBars)
    hours: DayHours | None = None  # of the only day shown


def paint_body(
    painter: QPainter, dirty: QRect, state: GridState, layout: GridLayout, pictures: CellPictures
) -> None:
    """Paint everything that scrolls: shading, line of now, groups, cells, broken rules, cursor."""
    left, right = max(dirty.left(), layout.name_width), min(dirty.right(), layout.body.right())
    days = layout.shown_days(left, right)
    painter.save()
    painter.setClipRect(QRect(layout.name_width, 0, layout.body.width(), dirty.bottom() + 1))
    for day in days:
        shade = _shade(state, day)
        if shade:
            painter.fillRect(layout.column(day), tok(shade))
    paint_now(painter, state, layout, layout.top, dirty.bottom() + 1)
    painter.restore()
    painter.save()
    painter.setClipRect(QRect(0, layout.top, layout.width, dirty.bottom() + 1 - layout.top))
    _paint_groups(painter, state, layout)
    painter.setClipRect(layout.body.intersected(dirty))
    pictures.begin(painter.device().devicePixelRatioF())
    columns = [(state.board.days[day], layout.day_left(day), layout.day_left(day + 1)) for day in days]
    scale = DayScale(state.hours, layout) if state.hours is not None else None
    if scale is not None:
        paint_hour_lines(painter, scale, layout.top, dirty.bottom() + 1)
    for row in layout.shown_rows(max(dirty.top(), layout.top), dirty.bottom()):
        if scale is not None:
            paint_day_row(painter, row, state.board, scale, layout, state.texts)
        else:
            _paint_row(painter, row, columns, state, layout, pictures)
    if scale is not None:
        paint_now(painter, state, layout, layout.top, dirty.bottom() + 1)
    _paint_selection(painter, state, layout)
    if state.ghost is not None:
        _paint_ghost(painter, state.ghost, layout)
    painter.restore()


def paint_now(painter: QPainter, state: GridState, layout: GridLayout, top: int, bottom: int) -> None:
    """Paint the line of now, if now is shown: solid over the cells, dashed over the coverage strip."""
    if state.now is None:
        return
    day = int(state.now)
    column = layout.column(day)
    x = column.left() + (state.now - day) * column.width()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dashed = Qt.PenStyle.DashLine if top < layout.top else Qt.PenStyle.SolidLine
    painter.setPen(QPen(tok("bad"), 1.5, dashed))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def _shade(state: GridState, day: int) -> str:
    if state.now is not None and int(state.now) == day and state.hours is None:
        return "today"
    return SHADES.get(state.board.day_types[day], "")


def _paint_groups(painter: QPainter, state: GridState, layout: GridLayout) -> None:
    for number, name in enumerate(state.texts.groups):
        place = QRect(0, layout.group_top(number), layout.width, GROUP_ROW)
        painter.fillRect(place, tok("page"))
        painter.fillRect(QRect(0, place.bottom(), layout.width, 1), tok("line"))
        words = place.adjusted(Space.M, 0, -Space.M, 0)
        paint_text(painter, words, name, "muted", pixels=Type.NUMBER, strong=True)


def _paint_row(
    painter: QPainter,
    row: int,
    columns: Sequence[tuple[date, int, int]],
    state: GridState,
    layout: GridLayout,
    pictures: CellPictures,
) -> None:
    """Paint one person's cells; `columns` are the dates shown with their left edges and the next one's."""
    board, cells = state.board, state.board.cells
    person = board.people[row].id
    top = layout.row_top(row)
    painter.fillRect(QRect(layout.name_width, top + ROW - 1, layout.width, 1), tok("line"))
    for on, left, right in columns:
        key: Key = (person, on)
        cell = cells.get(key)
        if cell is not None:
            note = state.texts.notes[cell.template_id]
            template = board.templates[cell.template_id]
            painter.drawPixmap(left, top, pictures.of(template, note, right - left, leads=cell.is_supervisor))
            if cell.is_fixed:
                paint_pin(painter, QRect(left, top, right - left, ROW), shift_ink(template))
            if cell.team_id is not None:
                paint_lent(painter, QRect(left, top, right - left, ROW), shift_ink(template))
        elif key in board.leaves and board.leaves[key] in board.templates:
            spot = QRect(left, top, right - left, ROW)
            paint_leave(painter, spot, board.templates[board.leaves[key]])
        _paint_hopes(painter, QRect(left, top, right - left, ROW), board, key)
        severity = board.severity_at(key)
        if severity is not Severity.OFF:
            paint_broken(painter, QRect(left, top, right - left, ROW), severity)


def _paint_hopes(painter: QPainter, spot: QRect, board: Board, key: Key) -> None:
    """Mark what somebody hopes for in a cell: leave that is asked for, and a wish."""
    asked = board.asked_leaves.get(key)
    if asked is not None and asked in board.templates:
        code = board.templates[asked].code
        paint_asked_leave(painter, spot, code, is_free=board.cell(key) is None)
    wish = board.wishes.get(key)
    if wish is not None:
        wanted = board.templates.get(wish.template_id) if wish.template_id is not None else None
        paint_wish(
            painter, spot, wanted.code if wanted is not None else "", is_kept=board.is_kept(wish) is True
        )


def _paint_selection(painter: QPainter, state: GridState, layout: GridLayout) -> None:
    if not layout.rows or not layout.days:
        return
    chosen = state.selection
    if chosen.width() * chosen.height() > 1:
        whole = layout.cell(chosen.top(), chosen.left()).united(layout.cell(chosen.bottom(), chosen.right()))
        painter.setOpacity(0.14)
        painter.fillRect(whole, tok("accent"))
        painter.setOpacity(1)
        painter.setPen(QPen(tok("accent"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(whole.adjusted(0, 0, -1, -1))
    spot = layout.cell(*state.cursor)
    if state.has_focus:
        paint_ring(painter, QRectF(spot).adjusted(-0.5, -0.5, 0.5, 0.5), Radius.CONTROL + 1)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok("edge"), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(spot).adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)


def _paint_ghost(painter: QPainter, ghost: Ghost, layout: GridLayout) -> None:
    """Show where the carried block comes from, where it would go, and what that does to the rules."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(tok("edge"), 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(
        QRectF(layout.span(ghost.source)).adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL
    )
    place = layout.span(ghost.target)
    painter.setOpacity(0.2)
    painter.fillRect(place, tok(ghost.tone))
    painter.setOpacity(1)
    painter.setPen(QPen(tok(ghost.tone), 2))
    painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), Radius.CONTROL, Radius.CONTROL)
    if not ghost.text:
        return
    wide = width_of(ghost.text, Type.NUMBER, strong=True) + 2 * Space.S
    body = layout.body
    left = max(body.left(), min(place.left(), body.right() - wide))
    above = place.top() - 26 if place.top() - 26 > layout.top else place.bottom() + 4
    box = QRectF(left, above, wide, 22)
    paint_ground(painter, box, f"{ghost.tone}_tint", ghost.tone)
    words = box.adjusted(Space.S, 0, 0, 0)
    paint_text(painter, words, ghost.text, ghost.tone, pixels=Type.NUMBER, strong=True)

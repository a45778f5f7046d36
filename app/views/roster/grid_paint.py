"""How the roster's grid is drawn: shading, now, cells, marks, then the frozen parts over them.

The line of now lies under the codes. Cells are pixmaps, kept by what they show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from app.models.entities.calendars import DayType
from app.models.entities.ids import PersonId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.views.base.icons import paint_icon
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.paint import font, paint_ground, paint_ring, paint_text
from app.views.roster.board import Board, Key
from app.views.roster.grid_layout import GROUP_ROW, ROW, GridLayout
from app.views.roster.grid_texts import GridTexts

SHADES = {
    DayType.WEEKEND.value: "weekend",
    DayType.HOLIDAY.value: "holiday",
    DayType.DAY_OFF_IN_LIEU.value: "holiday",
}
_TONES = frozenset("dnmgtk")
_GAP = 1.5
_WIDE = 72
_MOST_KEPT = 600
_CORNER = 8
_RULE, _RULE_PART = 2.5, 0.5


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


class CellPictures:
    """Pictures of cells, painted once each. `begin` forgets them when theme, font or screen are others."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], QPixmap] = {}
        self._style: tuple[object, ...] = ()
        self._ratio = 1.0

    def begin(self, ratio: float) -> None:
        """Get ready for a painting on a screen of that pixel ratio."""
        style = (ratio, theme.name, font().key())
        if style != self._style or len(self._kept) > _MOST_KEPT:
            self._kept.clear()
            self._style, self._ratio = style, ratio

    def of(self, template: ShiftTemplate, note: str, width: int, *, leads: bool) -> QPixmap:
        """Return the picture of a cell that holds a shift; `note` stands after the code if there is room."""
        shown = note if width >= _WIDE else ""
        key = (template.id, template.version, shown, width, leads)
        picture = self._kept.get(key)
        if picture is None:
            size = QSize(width, ROW)
            picture = self._kept[key] = _picture(template, shown, leads=leads, size=size, ratio=self._ratio)
        return picture


def _picture(template: ShiftTemplate, note: str, *, leads: bool, size: QSize, ratio: float) -> QPixmap:
    picture = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(0, 0, size.width(), size.height()).adjusted(_GAP, _GAP, -_GAP, -_GAP)
    paint_shift(painter, box, template, note, leads=leads)
    painter.end()
    return picture


def paint_shift(
    painter: QPainter, box: QRectF, template: ShiftTemplate, note: str = "", *, leads: bool = False
) -> None:
    """Paint a shift's chip: its ground, its code, the mark of who leads, and a note if there is one."""
    ink = shift_ink(template)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if is_outlined(template):
        dashed = template.kind is ShiftKind.STANDBY
        painter.setPen(QPen(tok("ghost"), 1, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush if dashed else tok("card"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), Radius.CONTROL, Radius.CONTROL)
    else:
        paint_ground(painter, box, f"{ink}_tint", ink)
    if note:
        code = QRectF(box.left() + Space.S, box.top(), 24, box.height())
        paint_text(painter, code, template.code, ink, pixels=Type.NUMBER, strong=True)
        rest = box.adjusted(Space.S + 26, 0, -Space.S - (14 if leads else 0), 0)
        paint_text(painter, rest, note, ink, pixels=Type.NUMBER)
        if leads:
            paint_icon(painter, QRectF(box.right() - 20, box.center().y() - 6, 12, 12), "crown", ink)
    else:
        middle = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, box, template.code, ink, pixels=Type.NUMBER, strong=True, align=middle)
        if leads:  # a rule under the code: at this size a crown would push the code aside
            width = box.width() * _RULE_PART
            rule = QRectF(box.center().x() - width / 2, box.bottom() - _RULE - 2, width, _RULE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok(ink))
            painter.drawRoundedRect(rule, _RULE / 2, _RULE / 2)


def shift_ink(template: ShiftTemplate) -> str:
    """Return the token a shift's code is written in."""
    tone = template.tone.lower()
    if is_outlined(template):
        return "muted"
    return f"shift_{tone}" if tone in _TONES else "shift_g"


def is_outlined(template: ShiftTemplate) -> bool:
    """Whether a shift has an outline and no ground: standby and plain leave are not "at work"."""
    return template.kind is ShiftKind.STANDBY or (
        template.kind is ShiftKind.ABSENCE and template.tone.lower() not in _TONES
    )


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
    for row in layout.shown_rows(max(dirty.top(), layout.top), dirty.bottom()):
        _paint_row(painter, row, columns, state, layout, pictures)
    _paint_selection(painter, state, layout)
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
    if state.now is not None and int(state.now) == day:
        return "today"
    return SHADES.get(state.board.roster.day_types[day], "")


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
    board, cells, broken = state.board, state.board.roster.cells, state.board.violations_at
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
        if key in broken:
            paint_broken(painter, QRect(left, top, right - left, ROW))


def paint_broken(painter: QPainter, spot: QRect) -> None:
    """Mark a place whose rule is broken: an outline and a corner, so that it does not rest on colour."""
    box = QRectF(spot).adjusted(_GAP + 0.5, _GAP + 0.5, -_GAP - 0.5, -_GAP - 0.5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tok("bad"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
    paint_corner(painter, box.topRight(), _CORNER)


def paint_corner(painter: QPainter, corner: QPointF, size: int) -> None:
    """Paint the triangle that marks a broken rule into an upper right corner."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok("bad"))
    painter.drawPolygon(QPolygonF([corner, corner - QPointF(size, 0), corner + QPointF(0, size)]))


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

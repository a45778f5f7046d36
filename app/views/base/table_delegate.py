"""How the one table paints a cell: ground, rule, accent bar, then text, chip, status or time bar.

The style is never asked to draw an item: 25 rows of 8 cells are painted in less than a frame because
chips, status and bars are pixmaps, fonts and colours are kept, and long texts are shortened once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from app.views.base.columns import Cell, CellKind, Look, Mark, PriorityLook, TextLook, TimeLook
from app.views.base.icons import paint_icon
from app.views.base.table_model import TableModel
from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets import paint
from app.views.base.widgets.labels import plain_tip

Index = QModelIndex | QPersistentModelIndex

PADDING = Space.S
_BAR_WIDTH = 3
_CHECK = 15
_BADGE = 14
_BADGE_GAP = 6
_DOT = 6
_TAG_SIDE = 6
_TAG_HEIGHT = 20
# Some 60 rows of 8 cells in a few widths; beyond that the window was resized, and old widths never return.
_KEPT_PICTURES = 2000
_KEPT_TEXTS = 4000
_TEXT_KINDS = frozenset({CellKind.TEXT, CellKind.NUMBER, CellKind.DATE})


class RowLook(Protocol):
    """What the delegate asks its table about a row."""

    def is_current_row(self, row: int) -> bool:
        """Whether the row is the current one."""
        ...

    def is_hovered_row(self, row: int) -> bool:
        """Whether the mouse is over the row."""
        ...

    def is_first_shown(self, column: int) -> bool:
        """Whether the column is the leftmost one shown."""
        ...


class TableDelegate(QStyledItemDelegate):
    """Paints every cell of a `Table`."""

    def __init__(self, rows: RowLook, parent: QObject) -> None:
        super().__init__(parent)
        self._rows = rows
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._texts: dict[tuple[str, int, bool], str] = {}
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[bool, tuple[QFont, QFontMetrics]] = {}
        self.row_height: int = Size.ROW
        theme.changed.connect(self.forget)

    def forget(self) -> None:
        """Forget what was prepared: the theme, the language or the font is another one now."""
        self._pictures.clear()
        self._texts.clear()
        self._colours.clear()
        self._fonts.clear()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is equally high."""
        return QSize(0, self.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one whole cell."""
        rect: QRect = option.rect
        model: TableModel[Any] = index.model()  # type: ignore[assignment]  # Table takes no other
        row, number = index.row(), index.column()
        self._paint_ground(painter, rect, row, number, is_marked=model.is_marked(row))
        column = model.columns[number]
        if column.kind is CellKind.CHECK:
            self._paint_check(painter, rect, is_marked=model.is_marked(row))
            return
        inner = rect.adjusted(PADDING, 0, -PADDING, -1)
        cell = model.cell(row, number)
        if cell is None:
            self._paint_skeleton(painter, inner)
        elif inner.width() > 0:
            if column.kind in _TEXT_KINDS:
                self._paint_text(painter, inner, cell, column.alignment)
            else:
                self._paint_picture(painter, inner, cell, column.kind)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the cell's hint, or its whole text where that had to be shortened."""
        if event.type() == QEvent.Type.ToolTip and index.isValid():
            cell = index.model().cell(index.row(), index.column())  # type: ignore[attr-defined]
            hint = cell.hint if cell is not None else ""
            if cell is not None and not hint and self._is_shortened(cell, view.visualRect(index).width()):
                hint = cell.text
            if hint:
                QToolTip.showText(event.globalPos(), plain_tip(hint), view)
                return True
        return super().helpEvent(event, view, option, index)

    def _paint_ground(
        self, painter: QPainter, rect: QRect, row: int, column: int, *, is_marked: bool
    ) -> None:
        is_current, is_hovered = self._rows.is_current_row(row), self._rows.is_hovered_row(row)
        if is_current or is_marked:
            ground = "sel_hover" if is_hovered else "sel"
        else:
            ground = "hover" if is_hovered else "card"
        painter.fillRect(rect, self._colour(ground))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self._colour("line"))
        if is_current and self._rows.is_first_shown(column):
            painter.fillRect(rect.x(), rect.y(), _BAR_WIDTH, rect.height(), self._colour("accent"))

    def _paint_skeleton(self, painter: QPainter, rect: QRect) -> None:
        bar = QRect(rect.x(), rect.center().y() - 4, max(0, int(rect.width() * 0.7)), 8)
        painter.fillRect(bar, self._colour("track"))

    def _paint_check(self, painter: QPainter, rect: QRect, *, is_marked: bool) -> None:
        box = QRect(0, 0, _CHECK, _CHECK)
        box.moveCenter(rect.center())
        key = ("check", is_marked, _ratio(painter))
        self._draw_kept(painter, box, key, lambda inner, at: _draw_check(inner, at, is_marked=is_marked))

    def _paint_text(self, painter: QPainter, rect: QRect, cell: Cell, align: Qt.AlignmentFlag) -> None:
        look = cell.look if isinstance(cell.look, TextLook) else _PLAIN
        left, right = rect.x(), rect.right() + 1
        if look.dot:
            self._draw_kept(
                painter,
                QRect(left, rect.center().y() - _DOT // 2, _DOT, _DOT),
                ("dot", look.dot, _ratio(painter)),
                lambda inner, at: _draw_dot(inner, at, look.dot),
            )
            left += _DOT + Space.S
        if look.tag:
            left += self._paint_tag(painter, QRect(left, rect.y(), right - left, rect.height()), look.tag)
        badges_width = len(look.badges) * (_BADGE + _BADGE_GAP)
        width = max(0, right - left - badges_width)
        font, metrics = self._font(is_strong=look.is_strong)
        shown = self._shortened(cell.text, width, is_strong=look.is_strong)
        painter.setFont(font)
        painter.setPen(self._colour(look.token))
        painter.drawText(QRect(left, rect.y(), width, rect.height()), align, shown)
        at = left + min(width, metrics.horizontalAdvance(shown)) + _BADGE_GAP if look.badges else 0
        for badge in look.badges:
            spot = QRect(at, rect.y() + (rect.height() - _BADGE) // 2, _BADGE, _BADGE)
            paint_icon(painter, spot, badge.icon, badge.token)
            at += _BADGE + _BADGE_GAP

    def _paint_tag(self, painter: QPainter, room: QRect, text: str) -> int:
        """Paint a word on a ground at the left of `room` and return how much of it is taken."""
        width = min(room.width(), paint.width_of(text, Type.NUMBER, strong=True) + 2 * _TAG_SIDE + 1)
        if width <= 2 * _TAG_SIDE:
            return 0
        chip = QRect(room.x(), room.y() + (room.height() - _TAG_HEIGHT) // 2, width, _TAG_HEIGHT)
        key = ("tag", text, width, _ratio(painter))
        self._draw_kept(painter, chip, key, lambda inner, at: _draw_tag(inner, at, text))
        return width + Space.S

    def _paint_picture(self, painter: QPainter, rect: QRect, cell: Cell, kind: CellKind) -> None:
        key = (kind, cell.text, cell.look, rect.width(), rect.height(), _ratio(painter))
        self._draw_kept(painter, rect, key, lambda inner, at: _draw(inner, at, cell.text, cell.look, kind))

    def _draw_kept(
        self,
        painter: QPainter,
        rect: QRect,
        key: tuple[object, ...],
        draw: Callable[[QPainter, QRect], None],
    ) -> None:
        """Draw the picture kept under `key`, making it first if need be."""
        picture = self._pictures.get(key)
        if picture is None:
            if len(self._pictures) >= _KEPT_PICTURES:
                self._pictures.clear()
            ratio = _ratio(painter)
            picture = QPixmap(rect.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            draw(inner, QRect(0, 0, rect.width(), rect.height()))
            inner.end()
            self._pictures[key] = picture
        painter.drawPixmap(rect.topLeft(), picture)

    def _shortened(self, text: str, width: int, *, is_strong: bool) -> str:
        key = (text, width, is_strong)
        shown = self._texts.get(key)
        if shown is None:
            if len(self._texts) >= _KEPT_TEXTS:
                self._texts.clear()
            line = text.replace("\n", " ")
            metrics = self._font(is_strong=is_strong)[1]
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
            self._texts[key] = shown
        return shown

    def _is_shortened(self, cell: Cell, width: int) -> bool:
        is_strong = isinstance(cell.look, TextLook) and cell.look.is_strong
        return self._font(is_strong=is_strong)[1].horizontalAdvance(cell.text) > width - 2 * PADDING

    def _font(self, *, is_strong: bool) -> tuple[QFont, QFontMetrics]:
        found = self._fonts.get(is_strong)
        if found is None:
            font = paint.font(Type.BASE, strong=is_strong)
            found = self._fonts[is_strong] = (font, QFontMetrics(font))
        return found

    def _colour(self, token: str) -> QColor:
        colour = self._colours.get(token)
        if colour is None:
            colour = self._colours[token] = tok(token)
        return colour


_PLAIN = TextLook()


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatio()


def _draw(painter: QPainter, rect: QRect, text: str, look: Look | None, kind: CellKind) -> None:
    """Draw a cell that is more than text; what has no look of its kind shows its text."""
    if isinstance(look, PriorityLook):
        paint.paint_priority(painter, rect, look.level, is_raised=look.is_raised)
    elif isinstance(look, TimeLook):
        paint.paint_time_left(painter, rect, look.share, look.tone, text)
    elif isinstance(look, Mark):
        spot = QRect(rect.x(), rect.y() + (rect.height() - _BADGE) // 2, _BADGE, _BADGE)
        paint_icon(painter, spot, look.icon, look.token)
        if kind is not CellKind.ICON:
            paint.paint_text(painter, rect.adjusted(_BADGE + _BADGE_GAP, 0, 0, 0), text)
    elif kind is CellKind.PERSON:
        size = Size.AVATAR
        spot = QRect(rect.x(), rect.y() + (rect.height() - size) // 2, size, size)
        paint.paint_avatar(painter, spot, text)
        paint.paint_text(painter, rect.adjusted(size + Space.S, 0, 0, 0), text)
    else:
        paint.paint_text(painter, rect, text, "muted")


def _draw_tag(painter: QPainter, rect: QRect, text: str) -> None:
    paint.paint_ground(painter, rect, "bad_tint", "bad")
    middle = Qt.AlignmentFlag.AlignHCenter
    paint.paint_text(painter, rect, text, "bad", pixels=Type.NUMBER, strong=True, align=middle)


def _draw_dot(painter: QPainter, rect: QRect, token: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tok(token))
    painter.drawEllipse(rect)


def _draw_check(painter: QPainter, rect: QRect, *, is_marked: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(tok("accent" if is_marked else "edge"))
    painter.setBrush(tok("accent" if is_marked else "card"))
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), Radius.CONTROL - 1, Radius.CONTROL - 1)
    if is_marked:
        paint_icon(painter, rect.adjusted(2, 2, -2, -2), "check", "on_accent")

"""The list all parts of the page show: rows of two lines under headings, chosen with arrows or J and K.

Ctrl with an arrow goes from heading to heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.paint import font, paint_ground, paint_priority, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import disc_colours

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_ROW, _HEADING = 48, 32
_PILL = 18
_SECTIONS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row. `key` names it; 0 is a heading, whose `facts` stand at its right end.

    `icon` and `tone` stand at the left, `pill` with `pill_tone` at the right. A faded row is over.
    """

    key: int
    title: str
    facts: str = ""
    icon: str = ""
    tone: str = "muted"
    priority: int = 0
    pill: str = ""
    pill_tone: str = ""
    is_faded: bool = False

    @property
    def said(self) -> str:
        """What a screen reader says of the row."""
        priority = f"P{self.priority}" if self.priority else ""
        return ", ".join(part for part in (self.pill, priority, self.title, self.facts) if part)


class RowModel(QAbstractListModel):
    """The rows as they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Sequence[ListRow] = ()

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows; where only their words changed, nothing else moves."""
        is_same = [row.key for row in rows] == [row.key for row in self.rows]
        if is_same:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if role in {_Role.DisplayRole, _Role.AccessibleTextRole}:
            return self.rows[index.row()].said
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.rows[index.row()].key:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _RowDelegate(QStyledItemDelegate):
    """Paints a whole row."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, _ROW if _row(index).key else _HEADING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        rect: QRect = option.rect
        painter.save()
        if row.key:
            self._paint_row(painter, rect, row, option.state)
        else:
            inner = rect.adjusted(Space.M, Space.XS, -Space.M, 0)
            paint_text(painter, inner, row.title, "text", strong=True)
            after = inner.adjusted(width_of(row.title, strong=True) + Space.S, 0, 0, 0)
            paint_text(painter, after, row.facts, "muted", pixels=Type.SMALL)
        painter.restore()

    def _paint_row(self, painter: QPainter, rect: QRect, row: ListRow, state: QStyle.StateFlag) -> None:
        ground = rect.adjusted(Space.XS, 1, -Space.XS, -1)
        if state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, ground, "sel", "accent", Radius.CARD)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, ground, "hover", "hover", Radius.CARD)
        left = ground.x() + Space.S
        if row.icon:
            paint_icon(painter, QRect(left, rect.y() + 7, Size.ICON, Size.ICON), row.icon, row.tone)
        left += Size.ICON + Space.S
        right = ground.right() - Space.S
        if row.pill:
            right = self._paint_pill(painter, rect, row, right) - Space.S
        if row.priority:
            paint_priority(painter, QRect(left, rect.y() + 5, Size.CHIP_WIDTH, 20), row.priority)
            left += Size.CHIP_WIDTH + Space.S
        title = QRect(left, rect.y() + 4, right - left, 22)
        paint_text(painter, title, row.title, "faint" if row.is_faded else "text", strong=not row.is_faded)
        facts = QRect(
            ground.x() + Size.ICON + 2 * Space.S, rect.y() + 25, ground.width() - Size.ICON - 24, 18
        )
        paint_text(painter, facts, row.facts, "muted", pixels=Type.SMALL)
        if row.is_faded:
            painter.setFont(font(strong=False))
            painter.setPen(tok("faint"))
            end = left + min(title.width(), width_of(row.title))
            painter.drawLine(left, title.center().y() + 1, end, title.center().y() + 1)
        if state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, ground, Radius.CARD)

    def _paint_pill(self, painter: QPainter, rect: QRect, row: ListRow, right: int) -> int:
        tint, ink = disc_colours(row.pill_tone)
        wide = width_of(row.pill, Type.SMALL, strong=True) + 2 * 6
        box = QRect(right - wide, rect.y() + 6, wide, _PILL)
        paint_ground(painter, box, tint, ink)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, box, row.pill, ink, pixels=Type.SMALL, strong=True, align=centre)
        return box.x()


def _row(index: Index) -> ListRow:
    model = index.model()
    if not isinstance(model, RowModel):
        raise TypeError("the list shows a RowModel")
    return model.rows[index.row()]


class RowList(QListView):
    """The list. Headings are passed over; the chosen row stays chosen when the rows are shown again."""

    chosen = Signal(int)  # the key of the row a person moved to
    entered = Signal(int)

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setProperty("surface", "list")
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_RowDelegate(self))
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self._is_telling = True
        self.activated.connect(self._enter)

    @property
    def key(self) -> int:
        """The key of the chosen row, 0 for none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else 0

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows. The chosen one stays; where it is gone, its neighbour is chosen."""
        kept, place = self.key, self.currentIndex().row()
        self._is_telling = False
        self.rows.set_rows(rows)
        if not self.go_to(kept):
            self._choose(self._nearest(max(0, place), 1))
        self._is_telling = True

    def go_to(self, key: int) -> bool:
        """Choose the row of this key without telling anybody; False where there is none."""
        at = next((at for at, row in enumerate(self.rows.rows) if key and row.key == key), None)
        if at is None:
            return False
        telling, self._is_telling = self._is_telling, False
        self._choose(at)
        self._is_telling = telling
        return True

    def step(self, by: int) -> None:
        """Go to the next or the previous row that is no heading."""
        self._choose(self._nearest(self.currentIndex().row() + by, by))

    def step_section(self, by: int) -> None:
        """Go to the first row under the next heading or the one before."""
        rows, here = self.rows.rows, self.currentIndex().row()
        heads = [at for at, row in enumerate(rows) if not row.key]
        under = [at for at in heads if at > here] if by > 0 else [at for at in heads if at < here][-2:-1]
        if under:
            self._choose(self._nearest(under[0] + 1, 1))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and self._is_telling and self.rows.rows[current.row()].key:
            self.chosen.emit(self.rows.rows[current.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, J and K pass over headings; Enter goes into the row; other letters are the page's."""
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier and key in _SECTIONS:
            self.step_section(_SECTIONS[key])
        elif not event.modifiers() and key in {Qt.Key.Key_J, Qt.Key.Key_Down}:
            self.step(1)
        elif not event.modifiers() and key in {Qt.Key.Key_K, Qt.Key.Key_Up}:
            self.step(-1)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def _nearest(self, at: int, by: int) -> int:
        rows = self.rows.rows
        found = next(
            (n for n in range(at, len(rows) if by > 0 else -1, by) if 0 <= n < len(rows) and rows[n].key), -1
        )
        if found >= 0:
            return found
        backwards = range(len(rows) - 1, -1, -1) if by > 0 else range(len(rows))
        return next((n for n in backwards if rows[n].key), -1)

    def _choose(self, at: int) -> None:
        self.setCurrentIndex(self.rows.index(at, 0) if at >= 0 else QModelIndex())

    def _enter(self, _index: object = None) -> None:
        if self.key:
            self.entered.emit(self.key)

"""The list of requests: who and the state above, dates, shifts and age below; arrows or J and K choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.models.entities.roster import ShiftTemplate
from app.views.base.icons import paint_icon
from app.views.base.theme import theme
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.line_model import LineModel
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import disc_colours

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_ROW = 52
_PILL = 18
_TONES = frozenset({"d", "n", "m", "g", "t", "k"})


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One line as it is shown. `shifts` are painted as chips before the facts; `age` stands at the right."""

    key: int
    icon: str
    title: str
    facts: str
    shifts: Sequence[ShiftTemplate]
    state: str
    tone: str
    age: str = ""
    is_over: bool = False

    @property
    def said(self) -> str:
        """What a screen reader says."""
        codes = " ".join(shift.code for shift in self.shifts)
        return ", ".join(part for part in (self.title, codes, self.facts, self.state, self.age) if part)


class RequestList(QListView):
    """The list. The chosen line stays chosen when the lines are read again; else its neighbour is."""

    chosen = Signal(int)  # the key of the line, 0 for none; also when the lines changed under it
    entered = Signal(int)

    def __init__(self, said: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(said)
        self.setProperty("surface", "list")
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_LineDelegate(self))
        self.lines: LineModel[RequestLine] = LineModel(self)
        self.setModel(self.lines)
        self._is_filling = False

    @property
    def key(self) -> int:
        """The key of the chosen line, 0 for none."""
        row = self.currentIndex().row()
        return self.lines.lines[row].key if 0 <= row < len(self.lines.lines) else 0

    def show_lines(self, lines: Sequence[RequestLine]) -> None:
        """Show these lines and tell which one is chosen now."""
        kept, place = self.key, max(0, self.currentIndex().row())
        self._is_filling = True
        self.lines.set_lines(lines)
        if not self.go_to(kept) and lines:
            self._choose(min(place, len(lines) - 1))
        self._is_filling = False
        self.chosen.emit(self.key)

    def go_to(self, key: int) -> bool:
        """Choose the line of this key; False where there is none."""
        at = next((at for at, line in enumerate(self.lines.lines) if key and line.key == key), None)
        if at is not None:
            self._choose(at)
        return at is not None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and not self._is_filling:
            self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, J and K move, Enter goes to the details; other letters are the page's."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.key:
                self.entered.emit(self.key)
        elif not event.modifiers() and key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            step = 1 if key == Qt.Key.Key_J else -1
            self._choose(max(0, min(self.currentIndex().row() + step, len(self.lines.lines) - 1)))
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are commands here."""

    def _choose(self, at: int) -> None:
        self.setCurrentIndex(self.lines.index(at, 0))


class _LineDelegate(QStyledItemDelegate):
    """Paints a whole line."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(160, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LineModel):
            raise TypeError("the list shows a LineModel")
        line, rect = model.lines[index.row()], option.rect
        painter.save()
        ground = rect.adjusted(Space.XS, 1, -Space.XS, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_ground(painter, ground, "sel", "accent", Radius.CARD)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            paint_ground(painter, ground, "hover", "hover", Radius.CARD)
        self._paint_upper(painter, ground, line)
        self._paint_lower(painter, ground, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            paint_ring(painter, ground, Radius.CARD)
        painter.restore()

    def _paint_upper(self, painter: QPainter, ground: QRect, line: RequestLine) -> None:
        left, right = ground.x() + Space.S, ground.right() - Space.S
        paint_icon(painter, QRect(left, ground.y() + 7, Size.ICON, Size.ICON), line.icon, "muted")
        left += Size.ICON + Space.S
        tint, ink = disc_colours(line.tone)
        wide = width_of(line.state, Type.SMALL, strong=True) + 2 * 6
        pill = QRect(right - wide, ground.y() + 6, wide, _PILL)
        paint_ground(painter, pill, tint, ink)
        centre = Qt.AlignmentFlag.AlignHCenter
        paint_text(painter, pill, line.state, ink, pixels=Type.SMALL, strong=True, align=centre)
        title = QRect(left, ground.y() + 4, pill.x() - Space.S - left, 22)
        paint_text(painter, title, line.title, "faint" if line.is_over else "text", strong=not line.is_over)

    def _paint_lower(self, painter: QPainter, ground: QRect, line: RequestLine) -> None:
        left, right = ground.x() + Size.ICON + 2 * Space.S, ground.right() - Space.S
        top = ground.y() + 26
        for shift in line.shifts:
            left = paint_shift_chip(painter, left, top, shift) + Space.XS
        if line.age:
            wide = width_of(line.age, Type.SMALL) + 2
            spot = QRect(right - wide, top, wide, 18)
            paint_text(painter, spot, line.age, "muted", pixels=Type.SMALL)
            right -= wide + Space.S
        facts = QRect(left + Space.XS, top, right - left - Space.XS, 18)
        paint_text(painter, facts, line.facts, "muted", pixels=Type.SMALL)


def paint_shift_chip(painter: QPainter, left: int, top: int, shift: ShiftTemplate) -> int:
    """Paint a shift's code in its colours and return where the chip ends."""
    tone = shift.tone.lower()
    ink = f"shift_{tone}" if tone in _TONES else "shift_g"
    wide = max(22, width_of(shift.code, Type.SMALL, strong=True) + 2 * 5)
    box = QRect(left, top, wide, _PILL)
    paint_ground(painter, box, "card" if theme.outlined else f"{ink}_tint", ink, Radius.CONTROL)
    centre = Qt.AlignmentFlag.AlignHCenter
    paint_text(painter, box, shift.code, ink, pixels=Type.SMALL, strong=True, align=centre)
    return left + wide

"""The cells of a pattern: typed one after another like text, each a shift's code or a day off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.entities.roster import ShiftTemplate
from app.services.roster.pattern_commands import LONGEST_PATTERN
from app.views.base.i18n import _
from app.views.base.theme import tok
from app.views.base.widgets.paint import paint_ring
from app.views.settings.shift_chips import paint_chip

_WIDE, _HIGH, _GAP = 36, 28, 4
_WEEK = 7
_OFF = frozenset({" ", "-", "–", "—", "."})


class PatternCells(QWidget):
    """Letters put a shift where the cursor stands and go on, Space a day off; Backspace and Delete remove.

    Arrows, Home and End move, Insert makes room. A code of several letters is typed as it is written.
    A letter no shift begins with changes nothing: `refused` tells it.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[str] = []
        self._templates: Mapping[str, ShiftTemplate] = {}
        self._at = 0
        self._typed = ""  # what was typed of the cell before the cursor; more letters may follow
        self._is_locked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def cells(self) -> list[str]:
        """The cells as they stand; "" is a day off."""
        return list(self._cells)

    @property
    def place(self) -> int:
        """Before which cell the cursor stands; behind the last one is the number of cells."""
        return self._at

    def show_cells(self, cells: Sequence[str]) -> None:
        """Show these cells instead."""
        if list(cells) != self._cells:
            self._cells = list(cells)
            self._at = len(self._cells)
            self._typed = ""
            self._fit()

    def offer(self, templates: Mapping[str, ShiftTemplate]) -> None:
        """Say which shifts there are, by code."""
        self._templates = templates
        self.update()

    def set_locked(self) -> None:
        """Show the cells without letting them change."""
        self._is_locked = True

    def told(self, cells: Sequence[str]) -> str:
        """Return cells as a person reads them: "D N – –"."""
        return " ".join(cell or "–" for cell in cells)

    # -- what a person does --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Up: self._at - self._per_row,
            Qt.Key.Key_Down: self._at + self._per_row,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._cells),
        }
        key, text = Qt.Key(event.key()), event.text()
        has_command = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if has_command:
            super().keyPressEvent(event)
        elif key in moves:
            self._go(moves[key])
        elif self._is_locked:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Backspace:
            self._remove(self._at - 1)
        elif key == Qt.Key.Key_Delete:
            self._remove(self._at)
        elif key == Qt.Key.Key_Insert:
            self._put(self._at, "", is_new=True)
        elif text and text.isprintable():
            self._type(text)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if not self._is_locked:
            for letter in event.commitString():
                self._type(letter)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        places = (at for at in range(len(self._cells) + 1) if self.cell_place(at).contains(point))
        self._go(next(places, len(self._cells)))

    def _type(self, letter: str) -> None:
        if letter in _OFF:
            self._put(self._at, "")
            self._go(self._at + 1)
            return
        longer = self._known(self._typed + letter) if self._typed else ""
        if longer:  # "D", then "2" of "D2"
            self._put(self._at - 1, longer)
            self._typed = longer
            return
        code = self._known(letter) or self._beginning(letter)
        if not code:
            self.refused.emit(letter)
            return
        self._put(self._at, code)
        self._go(self._at + 1)
        self._typed = code

    def _known(self, text: str) -> str:
        """Return the code that is written so, capital or small, or ""."""
        return next((code for code in self._templates if code.casefold() == text.casefold()), "")

    def _beginning(self, letter: str) -> str:
        """Return the first code that begins so, or ""."""
        found = (code for code in self._templates if code.casefold().startswith(letter.casefold()))
        return next(found, "")

    def _put(self, at: int, code: str, *, is_new: bool = False) -> None:
        if is_new or at >= len(self._cells):
            if len(self._cells) >= LONGEST_PATTERN:
                return
            self._cells.insert(at, code)
        else:
            self._cells[at] = code
        self._after_change()

    def _remove(self, at: int) -> None:
        if 0 <= at < len(self._cells):
            del self._cells[at]
            self._at = min(at, len(self._cells))
            self._typed = ""
            self._after_change()

    def _go(self, to: int) -> None:
        self._at = max(0, min(to, len(self._cells)))
        self._typed = ""
        self._say()
        self.update()

    def _after_change(self) -> None:
        self._fit()
        self.changed.emit()

    # -- how it looks --------------------------------------------------------------------------------

    @property
    def _per_row(self) -> int:
        """Whole weeks stand in a row where there is room for one."""
        fits = max(1, (self.width() + _GAP) // (_WIDE + _GAP))
        return fits - fits % _WEEK if fits >= _WEEK else fits

    def cell_place(self, at: int) -> QRect:
        """Return where a cell is painted; the one behind the last is where the next is typed."""
        row, column = divmod(at, self._per_row)
        return QRect(column * (_WIDE + _GAP), row * (_HIGH + _GAP), _WIDE, _HIGH)

    def sizeHint(self) -> QSize:
        rows = len(self._cells) // self._per_row + 1
        return QSize(_WEEK * (_WIDE + _GAP), rows * (_HIGH + _GAP))

    def minimumSizeHint(self) -> QSize:
        return QSize(_WEEK * (_WIDE + _GAP), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for at, code in enumerate(self._cells):
            place = self.cell_place(at)
            painter.fillRect(place, tok("card"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tok("line"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
            paint_chip(painter, place.adjusted(2, 2, -2, -2), code, self._templates.get(code))
        if not self._is_locked:
            place = self.cell_place(len(self._cells))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tok("edge"))
            painter.drawRect(place.adjusted(0, 0, -1, -1))
        if self.hasFocus():
            paint_ring(painter, self.cell_place(self._at))

    def _fit(self) -> None:
        self._at = min(self._at, len(self._cells))
        self.updateGeometry()
        self._say()
        self.update()

    def _say(self) -> None:
        here = self._cells[self._at] or "–" if self._at < len(self._cells) else _("the next one")
        said = _("{cells}; at {place}: {here}")
        self.setAccessibleDescription(
            said.format(cells=self.told(self._cells), place=self._at + 1, here=here)
        )

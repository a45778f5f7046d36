"""The table of escalation steps: cells edited in place, rows added and taken out, all by the keyboard too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView

from app.models.entities.escalation import Recipient
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType
from app.services.base.terms import term
from app.views.base.i18n import _, current
from app.views.settings.checks_button import ChecksPopup, Option
from app.views.settings.edited_cells import (
    LEFT,
    RIGHT,
    SMALL_TEXT,
    AnyIndex,
    Understood,
    paint_two_lines,
    plain,
)
from app.views.settings.edited_delegate import EditedDelegate
from app.views.settings.edited_table import EditedTable
from app.views.settings.escalation_model import At, StepsModel
from app.views.settings.escalation_words import clock_name, down_to_text, recipient_name
from app.views.settings.level_words import priorities

_LEAST: dict[int, int] = {
    At.PERCENT: 92,
    At.CLOCK: 108,
    At.RECIPIENTS: 170,
    At.SENDS_ON: 76,
    At.TYPES: 110,
    At.DOWN_TO: 100,
    At.WHEN: 116,
}
_SHARES: dict[int, float] = {At.RECIPIENTS: 0.5, At.TYPES: 0.2, At.PERCENT: 0.0, At.SENDS_ON: 0.0}
_NARROWEST = 480
_LISTS = frozenset({At.RECIPIENTS, At.TYPES})
_OPENERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_Space})
STEP_CLOCKS = (
    ClockKind.RESPONSE,
    ClockKind.FIRST_LINE,
    ClockKind.RESOLUTION,
    ClockKind.UPDATE_DUE,
    ClockKind.TASK_ACCEPT,
)
"""Clocks a policy can promise something for."""


class StepsTable(EditedTable):
    """Arrows move; Enter, F2, Space or a double click change a cell, digits a percentage.

    Insert adds a step, Ctrl+D copies one, Delete takes one out.
    """

    add_asked = Signal()
    copy_asked = Signal()
    remove_asked = Signal()

    def __init__(self, model: StepsModel, said: str) -> None:
        super().__init__(model, said, least=_LEAST, shares=_SHARES, narrowest=_NARROWEST)
        self.steps = model
        self._place = (0, "", int(At.PERCENT))  # row, step and column to come back to after new rows
        self.setItemDelegate(StepsDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._come_back)
        self.doubleClicked.connect(self.change_cell)

    def go_to(self, code: str, at: At = At.PERCENT) -> None:
        """Put the cursor on a step."""
        row = self.steps.row_of(code)
        if row >= 0:
            self.setCurrentIndex(self.steps.index(row, at))

    def event(self, event: QEvent) -> bool:
        # Ctrl+D and Insert belong to the table while it has the focus, whatever the window does with them.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._asked(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState:
            event.ignore()  # Enter came up from the editor, which has taken it already
            return
        asked = self._asked(event)
        if asked is not None:
            asked()
        elif event.key() in _OPENERS:
            self.change_cell(self.currentIndex())
        elif self.currentIndex().column() == At.DOWN_TO and event.text() in {"1", "2", "3", "4", "5"}:
            self.steps.setData(self.currentIndex(), int(event.text()))
        elif self.currentIndex().column() != At.PERCENT and event.text().isprintable() and event.text():
            event.ignore()  # only percentages are typed: elsewhere a letter would open an editor
        else:
            super().keyPressEvent(event)

    def change_cell(self, index: QModelIndex) -> None:
        """Open a cell: a line, a list of boxes, a drop-down; a yes or no changes at once."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        at = At(index.column())
        step = self.steps.step(index.row())
        if at is At.SENDS_ON and step is not None:
            self.steps.setData(index, not step.to_next_line)
        elif at in _LISTS:
            self.open_list(index)
        else:
            self.edit(index)

    def open_list(self, index: QModelIndex) -> ChecksPopup | None:
        """Open the boxes of a cell under it."""
        step = self.steps.step(index.row())
        if step is None:
            return None
        if index.column() == At.RECIPIENTS:
            options = [Option(one, recipient_name(one, self.steps.names)) for one in Recipient]
            popup = ChecksPopup(self.window(), _("Whom this step tells"), options, step.recipients)
            popup.none.hide()
        else:
            options = [Option(one, term(current.texts, one)) for one in TicketType]
            popup = ChecksPopup(self.window(), _("Ticket types this step is for"), options, step.types)
        place = QPersistentModelIndex(index)
        popup.chosen.connect(lambda keys: self.steps.setData(plain(place), keys))
        cell = self.visualRect(index)
        corner = self.viewport().mapTo(self.window(), QPoint(cell.left(), cell.bottom() + 2))
        popup.open_at(corner.x(), corner.y())
        return popup

    def understood(self, index: QModelIndex, text: str) -> Understood:
        return self.steps.understand(index.row(), text)

    # -- inside --------------------------------------------------------------------------------------

    def _asked(self, event: QKeyEvent) -> Callable[[], None] | None:
        if not self.steps.may_edit or self.state() == QAbstractItemView.State.EditingState:
            return None
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        key = Qt.Key(event.key())
        if plain and key == Qt.Key.Key_Insert:
            return self.add_asked.emit
        if plain and key == Qt.Key.Key_Delete:
            return self.remove_asked.emit
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_D:
            return self.copy_asked.emit
        return None

    def _remember(self) -> None:
        index = self.currentIndex()
        step = self.steps.step(index.row())
        self._place = (max(0, index.row()), step.code if step is not None else "", max(0, index.column()))

    def _come_back(self) -> None:
        self.updateGeometry()
        row, code, column = self._place
        found = self.steps.row_of(code)
        wanted = found if found >= 0 else min(row, self.steps.rowCount() - 1)
        if wanted >= 0:
            self.setCurrentIndex(self.steps.index(wanted, column))


class StepsDelegate(EditedDelegate):
    """Paints the cells; a percentage is typed, clocks and priorities are picked from lists."""

    def __init__(self, table: StepsTable) -> None:
        super().__init__(table)
        self._table = table

    def choices(self, index: AnyIndex) -> list[tuple[str, Any]] | None:
        if index.column() == At.PERCENT:
            return None
        step = self._table.steps.step(index.row())
        if index.column() == At.CLOCK:
            # A clock no policy promises may still be in a document; it must not be lost by looking.
            held = (step.clock,) if step is not None else ()
            return [(clock_name(clock), clock) for clock in dict.fromkeys((*STEP_CLOCKS, *held))]
        mildest = (step.mildest,) if step is not None else ()
        listed = dict.fromkeys((*reversed(priorities()), *mildest))
        return [(down_to_text(priority), priority) for priority in listed]

    def held(self, index: AnyIndex) -> Any:
        step = self._table.steps.step(index.row())
        if step is None:
            return None
        return step.clock if index.column() == At.CLOCK else step.mildest

    def paint_words(self, painter: QPainter, inside: QRect, index: AnyIndex) -> None:
        at = At(index.column())
        step = self._table.steps.step(index.row())
        is_missing = at is At.RECIPIENTS and step is not None and not step.recipients
        paint_two_lines(
            painter,
            inside,
            str(index.data() or ""),
            str(index.data(SMALL_TEXT) or ""),
            ink="warn" if is_missing and step is not None and not step.to_next_line else "text",
            strong=at in {At.PERCENT, At.WHEN},
            align=RIGHT if at is At.WHEN else LEFT,
        )

"""Impact x urgency as a small matrix, and beside it what it promises: priority, why, and when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.names import named
from app.services.base.terms import priority_title
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.matrix import Cell, MatrixGrid
from app.views.tickets.form_bearable import BearableRow
from app.views.tickets.form_questions import QuestionPanel
from app.views.tickets.promise_panel import PromisePanel

_BACK = frozenset({Qt.Key.Key_Escape, Qt.Key.Key_Backspace})
_NO_CELL = MatrixDefinition((), (), {})


def level_name(level: Level) -> str:
    """Return a level's name in the reader's language."""
    return named(level, current.code)


def why_priority(matrix: MatrixDefinition, cell: Cell, override: int | None, reason: str) -> str:
    """Say where a priority comes from: the two levels that meet, or the person who set it by hand."""
    impact = next((each for each in matrix.impacts if each.number == cell[0]), None)
    urgency = next((each for each in matrix.urgencies if each.number == cell[1]), None)
    if impact is None or urgency is None:
        return ""
    words = {
        "impact": impact.number,
        "impact_name": level_name(impact),
        "urgency": urgency.number,
        "urgency_name": level_name(urgency),
    }
    if override is None:
        text = _("because impact {impact} “{impact_name}” × urgency {urgency} “{urgency_name}”")
        return text.format(**words)
    return _("set by hand instead of P{matrix}: {reason}").format(
        matrix=matrix.cells.get(cell, "–"), reason=reason.strip() or "…"
    )


class PromiseSection(QWidget):
    """The matrix field, the promise beside it, and below the priority set by hand where that is allowed."""

    chosen = Signal()  # the cell, the priority by hand or its reason changed
    previewed = Signal(int, int)

    def __init__(
        self,
        fmt: Format,
        now: Callable[[], datetime],
        *,
        may_override: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._matrix = _NO_CELL
        self._is_compact = False
        self._looked_at: Cell | None = None
        self._cell: Cell | None = None
        self._calendar_name: Callable[[str], str] = str
        self.grid = MatrixGrid()
        self.grid.setObjectName("matrix")
        self.field = Field(
            _("Impact × urgency"), self.grid, hint=_("digits answer, arrows move"), required=True
        )
        self.panel = PromisePanel(fmt, may_override=may_override)
        self.questions = QuestionPanel()
        self.bearable = BearableRow(fmt, now)
        self._place = QWidget()
        self._right = QStackedLayout(self._place)
        self._right.setContentsMargins(0, 0, 0, 0)
        self.priority = Choose()
        self.reason = QLineEdit()
        self.reason_field = Field(_("Reason for this priority"), self.reason, required=True)
        self._by_hand = QWidget()
        self._build()
        self._connect()

    @property
    def cell(self) -> Cell | None:
        """The chosen cell."""
        return self._cell

    @property
    def override(self) -> int | None:
        """The priority set by hand, or None where the matrix decides."""
        value = self.priority.currentData() if not self._by_hand.isHidden() else None
        return value if isinstance(value, int) else None

    def show_matrix(self, matrix: MatrixDefinition, calendar_name: Callable[[str], str]) -> None:
        """Offer the matrix of the ticket's type; `calendar_name` says a calendar's code in words."""
        self._matrix = matrix
        self._calendar_name = calendar_name
        self.grid.show_matrix(matrix, name_of=level_name)
        self.grid.choose(self._cell)
        self.questions.show_matrix(matrix)
        kept = self.priority.currentData()
        self.priority.blockSignals(True)
        self.priority.clear()
        self.priority.addItem(_("By the matrix"), None)
        # One chosen by hand stays, even where another type's matrix never gives it.
        by_hand = {kept} if isinstance(kept, int) else set()
        for number in sorted({*matrix.cells.values(), *by_hand}):
            self.priority.addItem(priority_title(current.texts, number), number)
        self.priority.setCurrentIndex(max(0, self.priority.findData(kept)))
        self.priority.blockSignals(False)

    def choose(self, cell: Cell | None) -> None:
        """Choose a cell without telling anybody."""
        self._cell = self._looked_at = cell
        self.grid.choose(cell)
        self.ask_in_words(is_asked=cell is None)

    def ask_in_words(self, *, is_asked: bool) -> None:
        """Ask the two questions in the place of the promise, or show the promise."""
        self.questions.begin()
        self._right.setCurrentWidget(self.questions if is_asked else self.panel)

    def set_override(self, priority: int | None) -> None:
        """Set the priority by hand, or leave it to the matrix for None, without telling anybody."""
        self._by_hand.setVisible(priority is not None)
        self.panel.override.setText(_("Set by hand") if priority is None else _("By the matrix"))
        self.priority.blockSignals(True)
        if priority is not None and self.priority.findData(priority) < 0:
            self.priority.addItem(
                priority_title(current.texts, priority), priority
            )  # of another type's matrix
        self.priority.setCurrentIndex(max(0, self.priority.findData(priority)))
        self.priority.blockSignals(False)

    def show_promise(self, preview: PromisePreview | None, now: datetime) -> None:
        """Show what was asked for: the chosen cell's promise, or that of the one looked at."""
        cell = self._looked_at or self._cell
        self.bearable.show_due(None if preview is None else preview.due.get(ClockKind.RESOLUTION))
        if preview is None or cell is None:
            self.panel.show_nothing()
            return
        why = why_priority(self._matrix, cell, self.override, self.reason.text())
        self.panel.show_promise(preview, why, self._calendar_name(preview.calendar), now)

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave out which calendar counts where the window is small; it is said on hover."""
        self._is_compact = is_compact
        self.panel.under.setVisible(not is_compact)
        self._make_room()

    def _make_room(self) -> None:
        """A small window has room for why it is this priority, or for what the user's patience says."""
        is_said = not self.bearable.message.isHidden()
        self.panel.why.setVisible(not (self._is_compact and is_said))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.L)
        top.addWidget(self.field, 11)
        for face in (self.questions, self.panel):
            self._right.addWidget(face)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._place, 1)
        right.addWidget(self.bearable)
        top.addLayout(right, 10)
        by_hand = QHBoxLayout(self._by_hand)
        by_hand.setContentsMargins(0, 0, 0, 0)
        by_hand.setSpacing(Space.M)
        by_hand.addWidget(Field(_("Priority by hand"), self.priority), 1)
        by_hand.addWidget(self.reason_field, 3)
        self._by_hand.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(top)
        column.addWidget(self._by_hand)

    def _connect(self) -> None:
        self.grid.chosen.connect(self._on_chosen)
        self.grid.previewed.connect(self._on_previewed)
        self.priority.currentIndexChanged.connect(lambda _index: self.chosen.emit())
        self.reason.textChanged.connect(lambda _text: self.chosen.emit())
        self.panel.override.clicked.connect(self._toggle_override)
        self.bearable.spoke.connect(lambda _is_said: self._make_room())
        self.panel.in_words.clicked.connect(self._begin_words)
        self.questions.looked_at.connect(self._on_half_answered)
        self.questions.answered.connect(self._on_answered)
        self.grid.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever leaves the matrix sees the promise of the chosen cell again, not of the last one passed."""
        if watched is self.grid and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._answer_by(event)
        if watched is self.grid and event.type() == QEvent.Type.FocusOut and self._cell is not None:
            self._on_previewed(*self._cell)
        return super().eventFilter(watched, event)

    def _answer_by(self, event: QKeyEvent) -> bool:
        """Take a digit as the answer to the question; Esc or Backspace goes back half way."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.text().isascii() and event.text().isdigit():
            if self._right.currentWidget() is not self.questions:
                self.ask_in_words(is_asked=True)
            return self.questions.answer(int(event.text()))
        if event.key() in _BACK and self.questions.is_half_way:
            self.grid.choose(self._cell)
            self.ask_in_words(is_asked=self._cell is None)
            return True
        return False

    def _begin_words(self) -> None:
        self.ask_in_words(is_asked=True)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_half_answered(self, impact: int, urgency: int) -> None:
        """Light the row up; nothing is chosen yet."""
        self.grid.choose((impact, urgency))

    def _on_answered(self, impact: int, urgency: int) -> None:
        self.grid.choose((impact, urgency))
        self._on_chosen(impact, urgency)

    def _on_chosen(self, impact: int, urgency: int) -> None:
        self._cell = self._looked_at = (impact, urgency)
        self.ask_in_words(is_asked=False)
        self.chosen.emit()

    def _on_previewed(self, impact: int, urgency: int) -> None:
        self._looked_at = (impact, urgency)
        self.previewed.emit(impact, urgency)

    def _toggle_override(self) -> None:
        is_by_hand = self._by_hand.isHidden()
        first = self.priority.itemData(1) if is_by_hand else None
        shown = self.panel.preview.priority if self.panel.preview and is_by_hand else first
        self.set_override(shown)
        self.chosen.emit()
        (self.priority if is_by_hand else self.grid).setFocus()

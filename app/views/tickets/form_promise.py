"""Impact x urgency as a small matrix, and beside it what it promises: priority, why, and when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.sla import ClockKind
from app.models.entities.ticket_pages import PromisePreview
from app.services.base.names import named
from app.services.base.terms import priority_title
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import PriorityChip
from app.views.base.widgets.fields import Choose, Field
from app.views.base.widgets.labels import PlainLabel, rule, set_tip
from app.views.base.widgets.matrix import Cell, MatrixGrid
from app.views.base.widgets.painted import IconSpot

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


class PromisePanel(QFrame):
    """What the caller can be told. Every figure comes from the query the saved ticket agrees with."""

    def __init__(self, fmt: Format, *, may_override: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "notice")
        self.setProperty("tone", "accent")
        self._format = fmt
        self.preview: PromisePreview | None = None
        self.chip = PriorityChip(3)
        self.name = PlainLabel("", "section")
        self.why = PlainLabel("", "muted", wrap=True)
        self.under = PlainLabel("", "small", wrap=True)
        self.override = Button(_("Set by hand"), ButtonKind.LINK, icon="pencil", small=True, parent=self)
        self.override.setVisible(may_override)
        self.due: dict[ClockKind, PlainLabel] = {}
        self._allowed: dict[ClockKind, PlainLabel] = {}
        self._times = QWidget()
        self._build()
        self.show_nothing()

    def show_nothing(self) -> None:
        """Nothing can be promised yet."""
        self.preview = None
        self.chip.hide()
        self.name.setText(_("Promise"))
        self.why.setText(_("Choose impact and urgency: the times to tell the caller appear here."))
        self._times.hide()
        self.under.setText("")

    def show_promise(self, preview: PromisePreview, why: str, calendar: str, now: datetime) -> None:
        """Show a promise; `why` says where the priority comes from, `calendar` which hours count."""
        if preview.priority is None:
            self.show_nothing()
            return
        self.preview = preview
        title = priority_title(self._format.texts, preview.priority)
        self.chip.show_level(preview.priority, title)
        self.chip.show()
        self.name.setText(title)
        self.why.setText(why)
        self._times.setVisible(bool(preview.due))
        for kind, label in self.due.items():
            if kind in preview.due:
                self._show_due(label, kind, preview, now)
        hours = _("Counted by the calendar “{name}”").format(name=calendar)
        self.under.setText(hours if preview.due else _("No times are promised for this kind."))
        self.setAccessibleName(self._said(preview, title))
        set_tip(self, self.under.text())

    @property
    def due_text(self) -> str:
        """When the solution is promised, as the agent says it; "" while nothing is promised."""
        promised = self.preview is not None and ClockKind.RESOLUTION in self.preview.due
        return self.due[ClockKind.RESOLUTION].text() if promised else ""

    def _show_due(self, label: PlainLabel, kind: ClockKind, preview: PromisePreview, now: datetime) -> None:
        label.setText(self._format.when(preview.due[kind], now))
        set_tip(label, self._format.exact(preview.due[kind]))
        allowed = timedelta(seconds=preview.allowed_seconds.get(kind, 0))
        words = _("within {duration}").format(duration=self._format.duration(allowed))
        self._allowed[kind].setText(words)

    def _said(self, preview: PromisePreview, title: str) -> str:
        parts = [title, self.why.text()]
        if preview.due:
            parts += [
                _("Response by {time}").format(time=self.due[ClockKind.RESPONSE].text()),
                _("Solution by {time}").format(time=self.due_text),
            ]
        return ". ".join(part for part in parts if part)

    def _build(self) -> None:
        rows = QGridLayout(self._times)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(Space.S)
        rows.setVerticalSpacing(Space.XS)
        rows.setColumnStretch(1, 1)
        rows.addWidget(rule(), 0, 0, 1, 4)
        lines = (
            (ClockKind.RESPONSE, "timer", _("Response")),
            (ClockKind.RESOLUTION, "circle-check", _("Resolution")),
        )
        for line, (kind, icon, words) in enumerate(lines, start=1):
            self.due[kind], self._allowed[kind] = PlainLabel("", "strong"), PlainLabel("", "muted")
            rows.addWidget(IconSpot(icon, "accent"), line, 0)
            rows.addWidget(PlainLabel(words), line, 1)
            rows.addWidget(self.due[kind], line, 2)
            rows.addWidget(self._allowed[kind], line, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(6)
        column.addLayout(row_of(self.chip, self.name, None, self.override))
        column.addWidget(self.why)
        column.addWidget(self._times)
        column.addWidget(self.under)
        column.addStretch(1)


class PromiseSection(QWidget):
    """The matrix field, the promise beside it, and below the priority set by hand where that is allowed."""

    chosen = Signal()  # the cell, the priority by hand or its reason changed
    previewed = Signal(int, int)

    def __init__(self, fmt: Format, *, may_override: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = _NO_CELL
        self._looked_at: Cell | None = None
        self._cell: Cell | None = None
        self._calendar_name: Callable[[str], str] = str
        self.grid = MatrixGrid()
        self.grid.setObjectName("matrix")
        self.field = Field(
            _("Impact × urgency"), self.grid, hint=_("arrows move, Enter chooses"), required=True
        )
        self.panel = PromisePanel(fmt, may_override=may_override)
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
        """Offer the site's matrix; `calendar_name` says a calendar's code in words."""
        self._matrix = matrix
        self._calendar_name = calendar_name
        self.grid.show_matrix(matrix, name_of=level_name)
        self.grid.choose(self._cell)
        kept = self.priority.currentData()
        self.priority.blockSignals(True)
        self.priority.clear()
        self.priority.addItem(_("By the matrix"), None)
        for number in sorted(set(matrix.cells.values())):
            self.priority.addItem(priority_title(current.texts, number), number)
        self.priority.setCurrentIndex(max(0, self.priority.findData(kept)))
        self.priority.blockSignals(False)

    def choose(self, cell: Cell | None) -> None:
        """Choose a cell without telling anybody."""
        self._cell = self._looked_at = cell
        self.grid.choose(cell)

    def set_override(self, priority: int | None) -> None:
        """Set the priority by hand, or leave it to the matrix for None, without telling anybody."""
        self._by_hand.setVisible(priority is not None)
        self.panel.override.setText(_("Set by hand") if priority is None else _("By the matrix"))
        self.priority.blockSignals(True)
        self.priority.setCurrentIndex(max(0, self.priority.findData(priority)))
        self.priority.blockSignals(False)

    def show_promise(self, preview: PromisePreview | None, now: datetime) -> None:
        """Show what was asked for: the chosen cell's promise, or that of the one looked at."""
        cell = self._looked_at or self._cell
        if preview is None or cell is None:
            self.panel.show_nothing()
            return
        why = why_priority(self._matrix, cell, self.override, self.reason.text())
        self.panel.show_promise(preview, why, self._calendar_name(preview.calendar), now)

    def set_compact(self, *, is_compact: bool) -> None:
        """Leave out which calendar counts where the window is small; it is said on hover."""
        self.panel.under.setVisible(not is_compact)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(Space.L)
        top.addWidget(self.field, 11)
        top.addWidget(self.panel, 10)
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
        self.grid.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever leaves the matrix sees the promise of the chosen cell again, not of the last one passed."""
        if watched is self.grid and event.type() == QEvent.Type.FocusOut and self._cell is not None:
            self._on_previewed(*self._cell)
        return super().eventFilter(watched, event)

    def _on_chosen(self, impact: int, urgency: int) -> None:
        self._cell = self._looked_at = (impact, urgency)
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

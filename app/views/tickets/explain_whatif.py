"""What a clock would do if something happened now: one choice, and the answer in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.models.entities.sla import ClockState
from app.services.sla.supposing import Supposed, Supposition
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.fields import Choose
from app.views.base.widgets.labels import PlainLabel
from app.views.tickets.clock_words import length_text
from app.views.tickets.detail_names import Names


class WhatIfRow(QWidget):
    """Chooses a supposition with the arrow keys; nothing is done to the ticket."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = Choose()
        self.choice.setAccessibleName(_("What if, from now on"))
        self.answer = PlainLabel("", wrap=True)
        self._supposed: Sequence[Supposed] = ()
        self._names: Names | None = None
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(PlainLabel(_("What if, from now on"), "strong"))
        row.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(row)
        column.addWidget(self.answer)
        self.choice.currentIndexChanged.connect(self._show)

    def offer(self, supposed: Sequence[Supposed], names: Names) -> None:
        """Offer these suppositions about one clock, the first chosen."""
        self._supposed, self._names = supposed, names
        self.choice.blockSignals(True)
        self.choice.clear()
        for each in supposed:
            self.choice.addItem(supposition_text(each.supposition, names))
        self.choice.blockSignals(False)
        self.show()
        self._show(0)

    def _show(self, index: int) -> None:
        if self._names is not None and 0 <= index < len(self._supposed):
            self.answer.setText(answer_text(self._supposed[index], self._names))


def supposition_text(supposition: Supposition, names: Names) -> str:
    """Return what is supposed, as a choice reads."""
    if supposition.reason_id is not None:
        return _("it waits: {reason}").format(reason=names.reason(supposition.reason_id))
    if supposition.goes_on:
        return _("work goes on")
    return _("its priority is P{priority}").format(priority=supposition.priority)


def answer_text(supposed: Supposed, names: Names) -> str:
    """Return what the clock would show then, and what it shows now where that differs."""
    before, then = supposed.now, supposed.then
    given = {
        "due": _due(then, names),
        "before": _due(before, names),
        "left": length_text(then.remaining),
        "target": length_text(then.target),
    }
    if then.is_breached:
        return _("It would be overdue: {target} were used up {due}.").format_map(given)
    if then.is_paused and then.due_at is None:
        return _("It would stand still with {left} left, for as long as the ticket waits.").format_map(given)
    if then.is_paused:
        text = _("It would stand still with {left} left, and be due {due} after the longest wait.")
        return text.format_map(given)
    if not supposed.changes:
        return _("Nothing changes: it runs on and is due {due}.").format_map(given)
    if before.due_at is None:
        return _("It would run again and be due {due}: {left} of working time left.").format_map(given)
    text = _("Due {due} instead of {before}: {left} of working time left.")
    return text.format_map(given)


def _due(state: ClockState, names: Names) -> str:
    return names.format.exact(state.due_at) if state.due_at is not None else ""

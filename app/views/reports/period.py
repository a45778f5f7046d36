"""What a counted report is about: a month, or the days from one date to another."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QObject, Signal

from app.views.base.i18n import pgettext
from app.views.base.widgets.days import DayEdit
from app.views.base.widgets.fields import Choose, Field


class PeriodFields(QObject):
    """Two fields that the page puts beside its date: what is chosen, and the last day where it is days."""

    chosen = Signal(bool)  # True: from one date to another, not a month
    last_changed = Signal(object)  # date

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = Choose()
        self.kind.addItem(pgettext("reports", "A month"), False)
        self.kind.addItem(pgettext("reports", "From – to"), True)
        self.last = DayEdit()
        self.kind_field = Field(pgettext("reports", "Period"), self.kind)
        self.last_field = Field(pgettext("reports", "Last day"), self.last)
        self.kind.activated.connect(lambda _index: self.chosen.emit(bool(self.kind.currentData())))
        self.last.dateChanged.connect(self._tell)

    def show_period(self, first: date, last: date | None, pattern: str) -> None:
        """Show what is asked for; `last` None: the month of `first`. Says nothing."""
        self.kind.setCurrentIndex(self.kind.findData(last is not None))
        self.last_field.setVisible(last is not None)
        self.last.setDisplayFormat(pattern)
        shown = last or first
        self.last.blockSignals(True)
        self.last.setMinimumDate(QDate(first.year, first.month, first.day))
        self.last.setDate(QDate(shown.year, shown.month, shown.day))
        self.last.blockSignals(False)

    def hide(self) -> None:
        """Hide both, for a report that is about something else."""
        self.kind_field.hide()
        self.last_field.hide()

    def _tell(self, day: QDate) -> None:
        self.last_changed.emit(date(day.year(), day.month(), day.day()))

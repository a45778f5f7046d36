"""Fields for a day: they offer the years the program plans and reports."""

from __future__ import annotations

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit

from app.services.base.years import FIRST_YEAR, LAST_YEAR


class DayEdit(QDateEdit):
    """A day with its calendar below. Narrow it further with `setMinimumDate`."""

    def __init__(self, pattern: str = "") -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDateRange(QDate(FIRST_YEAR, 1, 1), QDate(LAST_YEAR, 12, 31))
        if pattern:
            self.setDisplayFormat(pattern)

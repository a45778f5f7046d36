"""Which days the roster shows: a month, a week or a day. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class RosterView(StrEnum):
    """How many days are shown at once."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The month, the week from Monday to Sunday, or the day itself, that holds the day `anchor`."""

    view: RosterView
    anchor: date

    @property
    def first(self) -> date:
        """The first day shown."""
        if self.view is RosterView.DAY:
            return self.anchor
        if self.view is RosterView.WEEK:
            return self.anchor - self.anchor.weekday() * _DAY
        return self.anchor.replace(day=1)

    @property
    def last(self) -> date:
        """The last day shown."""
        return self.moved(1).first - _DAY

    @property
    def month(self) -> Stretch:
        """The month published from here: that of the first day shown."""
        return Stretch(RosterView.MONTH, self.first)

    @property
    def month_code(self) -> str:
        """The published month as commands name it, "2026-04"."""
        return f"{self.first:%Y-%m}"

    def moved(self, steps: int) -> Stretch:
        """Return the stretch so many days, weeks or months later; earlier if negative."""
        if self.view is RosterView.DAY:
            return replace(self, anchor=self.anchor + steps * _DAY)
        if self.view is RosterView.WEEK:
            return replace(self, anchor=self.first + 7 * steps * _DAY)
        months = self.anchor.year * 12 + self.anchor.month - 1 + steps
        return replace(self, anchor=date(months // 12, months % 12 + 1, 1))

    def shown_as(self, view: RosterView, today: date) -> Stretch:
        """Return the same time in another view; one that holds `today` becomes today's."""
        anchor = today if self.first <= today <= self.last else self.anchor
        return Stretch(view, anchor)

    def holding(self, day: date) -> Stretch:
        """Return the stretch of the same view that holds `day`."""
        return replace(self, anchor=day)

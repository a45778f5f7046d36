"""The stretch of dates a report is about, as instants of the site."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput
from app.services.base.texts import Texts

LONGEST = 366
"""Days a report may be about: a leap year."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The dates `first` to `last` of the site's zone, both included, as far as they are over: [begin, until).

    `until` is not after now. Of a period that has not begun nothing is counted: `begin` is `until`.
    """

    first: date
    last: date
    begin: datetime
    until: datetime
    zone: ZoneInfo

    @property
    def counted(self) -> tuple[date, ...]:
        """The dates that have begun, the present one included."""
        if self.until <= self.begin:
            return ()
        return tuple(self.first + _DAY * number for number in range((self.until_day - self.first).days + 1))

    @property
    def until_day(self) -> date:
        """The last date of which anything is counted; the first one where nothing is."""
        latest = (self.until - timedelta(microseconds=1)).astimezone(self.zone).date()
        return min(max(self.first, latest), self.last)


def period_of(first: date, last: date, zone: ZoneInfo, now: datetime) -> Period:
    """Return a period.

    Raises:
        BadInput: `reports.period_bad`, the last day is before the first or more than a year after it.
    """
    if not 0 <= (last - first).days < LONGEST:
        raise BadInput("reports.period_bad", first=first, last=last, longest=LONGEST)
    # In UTC: two instants of one zone are subtracted by the wall clock, which is wrong when clocks change.
    begin = datetime.combine(first, time(), zone).astimezone(UTC)
    end = datetime.combine(last + _DAY, time(), zone).astimezone(UTC)
    return Period(first, last, begin, max(begin, min(end, now)), zone)


def month_of(year: int, month: int) -> tuple[date, date]:
    """Return first and last date of a month."""
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - _DAY


def is_month(first: date, last: date) -> bool:
    """Tell whether the dates are exactly one calendar month."""
    return (first, last) == month_of(first.year, first.month)


def period_title(first: date, last: date, texts: Texts) -> str:
    """Return how a heading names the dates: "November 2026", else first and last day."""
    if is_month(first, last):
        return texts.date_pattern(first, "yMMMM")
    if first == last:
        return texts.day(first, "long")
    return f"{texts.day(first, 'long')} – {texts.day(last, 'long')}"


def period_file(word: str, first: date, last: date) -> str:
    """Return the name a report of these dates is saved under."""
    if is_month(first, last):
        return f"{word}-{first:%Y-%m}.pdf"
    return f"{word}-{first.isoformat()}-{last.isoformat()}.pdf"

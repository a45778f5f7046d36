"""How times, durations, numbers and telephone numbers are shown to a person.

All instants are aware UTC; this is where local time begins. Nothing here reads a clock: `now` is passed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.base.texts import DateLength, Texts

_MINUTE = timedelta(minutes=1)
_CHINESE_MOBILE = re.compile(r"(?:(\+86)[ -]?)?(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})")
_SIZES = ("KB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Format:
    """Formats in one language and one zone: the window's language, the site's zone."""

    texts: Texts
    zone: ZoneInfo

    def duration(self, length: timedelta) -> str:
        """Return a length in its two largest units: "35 min", "1 h 52 min", "1 d 2 h" ("1 时 52 分").

        A second unit of zero is left out: "2 h".
        Rounded down to the minute; the sign is dropped; under a minute it is "0 min". A day is 24 hours:
        working days are an allowance, not a duration.
        """
        minutes = abs(length) // _MINUTE
        hours, minutes = divmod(minutes, 60)
        days, day_hours = divmod(hours, 24)
        # Short forms have a context of their own: a report writes the same lengths out.
        texts = self.texts
        if days and not day_hours:
            return texts.pgettext("short", "{days} d").format(days=days)
        if days:
            return texts.pgettext("short", "{days} d {hours} h").format(days=days, hours=day_hours)
        if hours and not minutes:
            return texts.pgettext("short", "{hours} h").format(hours=hours)
        if hours:
            return texts.pgettext("short", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)
        return texts.pgettext("short", "{minutes} min").format(minutes=minutes)

    def relative(self, moment: datetime, now: datetime) -> str:
        """Return "in 35 min", "now" (less than a minute away) or "18 min ago"."""
        distance = moment - now
        if abs(distance) < _MINUTE:
            return self.texts.gettext("now")
        texts = self.texts
        is_ahead = distance > timedelta()
        sentence = texts.gettext("in {duration}") if is_ahead else texts.gettext("{duration} ago")
        return sentence.format(duration=self.duration(distance))

    def time_left(self, due_at: datetime, now: datetime) -> str:
        """Return how long a promise still holds, "35 min", or how long it is broken, "18 min over".

        The last minute before is "0 min"; from the due instant on it is over.
        """
        if now < due_at:
            return self.duration(due_at - now)
        return self.texts.gettext("{duration} over").format(duration=self.duration(now - due_at))

    def local(self, moment: datetime) -> datetime:
        """Return the instant as the site's clocks show it."""
        return moment.astimezone(self.zone)

    def clock(self, moment: datetime) -> str:
        """Return the time of day, "14:02"; always with 24 hours, as a desk that works at night writes it."""
        return f"{self.local(moment):%H:%M}"

    def exact(self, moment: datetime) -> str:
        """Return day and time in full, for tool tips and records: "21 Nov 2026, 14:02"."""
        return self.texts.gettext("{day}, {time}").format(
            day=self.day(self.local(moment).date()), time=self.clock(moment)
        )

    def when(self, moment: datetime, now: datetime) -> str:
        """Return as little as tells it apart: "14:02" today, "21 Nov 14:02" this year, else the day."""
        local, today = self.local(moment), self.local(now).date()
        if local.date() == today:
            return self.clock(moment)
        if local.year == today.year:
            return f"{self.texts.date_pattern(local.date(), 'MMMd')} {self.clock(moment)}"
        return self.day(local.date())

    def day(self, day: date, length: DateLength = "medium") -> str:
        """Return a calendar day as the language writes it."""
        return self.texts.day(day, length)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with grouping: "12,480"."""
        return self.texts.number(value, decimals)

    def percent(self, share: float, decimals: int = 0) -> str:
        """Return a share of one as a percentage."""
        return self.texts.percent(share, decimals)

    def count(self, count: int, *, is_exact: bool = True) -> str:
        """Return a count, with a plus where counting stopped: "10,000+"."""
        return self.texts.number(count) + ("" if is_exact else "+")

    def file_size(self, size: int) -> str:
        """Return bytes as "512 B", "12 KB" or "3.4 MB"; one decimal below 10. 1 KB is 1024 bytes."""
        if size < 1024:
            return f"{size} B"
        steps = 1
        while steps < len(_SIZES) and round(size / 1024**steps) >= 1024:
            steps += 1
        amount = size / 1024**steps
        return f"{self.texts.number(amount, 1 if amount < 9.95 else 0)} {_SIZES[steps - 1]}"


def phone(number: str) -> str:
    """Return a Chinese mobile number in groups, "138 0013 8000"; every other number as it was written."""
    written = number.strip()
    found = _CHINESE_MOBILE.fullmatch(written)
    return " ".join(part for part in found.groups() if part) if found else written

"""How reports write what is counted and measured: times, durations, shares and why to call back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.reports import CallBackReason, ReportHead, SlaTally
from app.services.base.texts import Texts

NOTHING = "–"
"""Stands where there is no value, so that a reader sees it was not forgotten."""


class ReportWords:
    """The wording of one report: one language, one time zone."""

    def __init__(self, texts: Texts, head: ReportHead) -> None:
        """Take the zone from `head`.

        Raises:
            zoneinfo.ZoneInfoNotFoundError: `head.timezone` is no IANA name.
        """
        self.texts = texts
        self._head = head
        self._zone = ZoneInfo(head.timezone)

    def local(self, instant: datetime) -> datetime:
        """Return the instant as the site's wall clock shows it."""
        return instant.astimezone(self._zone)

    def clock(self, instant: datetime) -> str:
        """Hours and minutes, "08:00"."""
        return self.local(instant).strftime("%H:%M")

    def when(self, instant: datetime) -> str:
        """Day, month and time, for lines whose year nobody doubts."""
        return f"{self.texts.date_pattern(self.local(instant).date(), 'MMMd')} {self.clock(instant)}"

    def stamp(self, instant: datetime) -> str:
        """Day, month, year and time."""
        return f"{self.texts.day(self.local(instant).date(), 'long')} {self.clock(instant)}"

    def full_day(self, day: date) -> str:
        """Weekday, day, month and year."""
        return self.texts.day(day, "full")

    def window(self, starts_at: datetime, ends_at: datetime) -> str:
        """A shift's hours; the end on the next day says so by itself ("20:00 – 08:00")."""
        return f"{self.clock(starts_at)} – {self.clock(ends_at)}"

    def duration(self, length: timedelta) -> str:
        """Hours and minutes without sign, rounded down to the minute."""
        minutes = int(abs(length).total_seconds()) // 60
        hours, minutes = divmod(minutes, 60)
        if not hours:
            return self.texts.gettext("{minutes} min").format(minutes=minutes)
        return self.texts.gettext("{hours} h {minutes} min").format(hours=hours, minutes=minutes)

    def share(self, tally: SlaTally) -> str:
        """The part that was met, or a dash while nothing is decided."""
        return NOTHING if tally.share is None else self.texts.percent(tally.share)

    def printed(self) -> str:
        """When and by whom the report was made."""
        return self.texts.gettext("Printed {time} by {person}").format(
            time=self.stamp(self._head.printed_at), person=self._head.printed_by
        )

    def page_of(self, number: int, count: int) -> str:
        """The page number as it stands in the footer."""
        return self.texts.gettext("Page {number} of {count}").format(number=number, count=count)

    def site_line(self) -> str:
        """Company and desk, as they head every page."""
        return " · ".join(part for part in (self._head.site, self._head.desk) if part)

    def language_tag(self) -> str:
        """The language as PDF names it."""
        return self.texts.language.replace("_", "-")

    def call_back(self, reason: CallBackReason) -> str:
        """Why the caller is to be rung."""
        _ = self.texts.gettext
        return {
            CallBackReason.CONFIRMATION: _("Resolved, to be confirmed"),
            CallBackReason.USER: _("Waiting for the user"),
            CallBackReason.PROMISE: _("Call-back promised"),
        }[reason]

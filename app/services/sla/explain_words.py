"""The sentences of an explanation, which the window and the command line share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from app.services.base.texts import Texts
from app.services.sla.explain import ExplainLine

_MINUTE = timedelta(minutes=1)


def length_text(length: timedelta, texts: Texts) -> str:
    """Return working time as "27 h": a working day is not 24 hours long, so days would mislead."""
    hours, minutes = divmod(abs(length) // _MINUTE, 60)
    if not hours:
        return texts.pgettext("short", "{minutes} min").format(minutes=minutes)
    if not minutes:
        return texts.pgettext("short", "{hours} h").format(hours=hours)
    return texts.pgettext("short", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)


@dataclass(frozen=True, slots=True)
class ExplainWords:
    """Says explanations in one language and zone; `calendar` and `reason` turn codes and ids into names."""

    texts: Texts
    zone: ZoneInfo
    calendar: Callable[[str], str]
    reason: Callable[[int], str]

    def line_text(self, line: ExplainLine) -> str:
        """Return the sentence of one line; "" for a code of a newer part of the program."""
        _, given = self.texts.gettext, line.params
        kind = line.code.removeprefix("sla.explain.")
        words = {
            "promised": _("{target} promised to {priority} in “{calendar}”"),
            "running": _("open: {counted} counted"),
            "outside_hours": _("outside the hours of “{calendar}”"),
            "break": _("break: “{calendar}” is closed in between"),
            "day_closed": _("“{calendar}” is closed that day"),
            "holiday": _("public holiday in “{calendar}”"),
            "waiting": _("paused: {reason}"),
            "done": _("done; nothing runs"),
            "late": _("Done {met}, {over} too late"),
            "kept": _("Kept: done {met} after {elapsed}"),
            "ended": _("Ended without work after {elapsed}"),
            "overdue": _("Overdue by {over} since {breached}"),
            "stands_still": _("Stands still with {remaining} left"),
            "due": _("Due {due}, {remaining} of working time left"),
        }.get(kind, "")
        reason = given.get("reason_id")
        said = words.format_map(
            {
                "target": self._duration(given.get("target")),
                "priority": f"P{given.get('priority')}",
                "calendar": self.calendar(str(given.get("calendar", ""))),
                "counted": self._duration(given.get("counted")),
                "reason": self.reason(reason) if isinstance(reason, int) else "",
                "met": self._exact(given.get("met_at")),
                "elapsed": self._duration(given.get("elapsed")),
                "over": self._duration(given.get("remaining")),
                "remaining": self._duration(given.get("remaining")),
                "breached": self._exact(given.get("breached_at")),
                "due": self._exact(given.get("due_at")),
            }
        )
        changed = given.get("clock_change")
        return (
            f"{said} · {self._clock_change(changed)}" if isinstance(changed, timedelta) and changed else said
        )

    def span_text(self, line: ExplainLine) -> str:
        """Return "Nov 20 10:00 – 12:00" for a stretch, "" for a line that is none."""
        start, end = line.params.get("start"), line.params.get("end")
        if not isinstance(start, datetime) or not isinstance(end, datetime):
            return ""
        is_same_day = start.astimezone(self.zone).date() == end.astimezone(self.zone).date()
        return f"{self._short(start)} – {self._clock(end) if is_same_day else self._short(end)}"

    def _clock_change(self, changed: timedelta) -> str:
        """Say why a stretch is shorter or longer than on the wall clock: summer time began or ended."""
        if changed > timedelta():
            said = self.texts.gettext("clocks went forward by {length}")
        else:
            said = self.texts.gettext("clocks went back by {length}")
        return said.format(length=length_text(changed, self.texts))

    def _duration(self, value: object) -> str:
        return length_text(value, self.texts) if isinstance(value, timedelta) else ""

    def _clock(self, moment: datetime) -> str:
        return f"{moment.astimezone(self.zone):%H:%M}"

    def _short(self, moment: datetime) -> str:
        day = self.texts.date_pattern(moment.astimezone(self.zone).date(), "MMMd")
        return f"{day} {self._clock(moment)}"

    def _exact(self, value: object) -> str:
        if not isinstance(value, datetime):
            return ""
        day = self.texts.day(value.astimezone(self.zone).date())
        return self.texts.gettext("{day}, {time}").format(day=day, time=self._clock(value))

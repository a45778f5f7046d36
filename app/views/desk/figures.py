"""The desk's four figures of today, how they compare, and exactly what each counts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.entities.ticket_pages import Counters, DayFigures
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext

_NONE = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `note` compares it, `meaning` says what is counted, `query` lists the tickets behind it.

    `ink` is the token of its line; `values` run from the oldest day to today.
    """

    key: str
    title: str
    value: str
    note: str
    ink: str
    values: tuple[float, ...]
    meaning: str
    query: str


def figures(days: Sequence[DayFigures], counters: Counters, fmt: Format) -> list[Figure]:
    """Return the four figures; `days` ends with today and holds at least that day."""
    today = days[-1]
    resolved = ngettext("{count} resolved today", "{count} resolved today", today.resolved)
    return [
        Figure(
            "opened",
            _("Opened today"),
            fmt.count(today.opened),
            _("a week ago: {count}").format(count=fmt.count(days[0].opened)) if len(days) > 7 else "",
            "accent",
            tuple(float(day.opened) for day in days),
            _("All tickets received today so far, by every channel. The line shows eight days."),
            "received:today",
        ),
        _share_figure(
            "first_contact",
            _("Solved at first contact"),
            [(day.first_contact, day.resolved) for day in days],
            _("Of the tickets resolved today, those solved while the user was first on the line."),
            fmt,
        ),
        _share_figure(
            "in_time",
            _("Resolved in time"),
            [(day.in_time, day.decided) for day in days],
            _("Of the tickets resolved today that had a promised time, those that kept it."),
            fmt,
        ),
        Figure(
            "to_confirm",
            _("To confirm"),
            fmt.count(counters.to_confirm),
            resolved.format(count=fmt.count(today.resolved)),
            "info",
            tuple(float(day.resolved) for day in days),
            _("Resolved tickets whose user has not said yet that it works. The line shows resolved per day."),
            "status:resolved",
        ),
    ]


def _share_figure(key: str, title: str, days: Sequence[tuple[int, int]], meaning: str, fmt: Format) -> Figure:
    part, whole = days[-1]
    before = [sum(column) for column in zip(*days[:-1], strict=True)] or [0, 0]
    shares = tuple(some / all_ for some, all_ in days if all_)
    meaning += " " + _("Compared with the seven days before.")
    if not whole:
        return Figure(
            key, title, _NONE, _("nothing resolved yet today"), "muted", shares, meaning, "resolved:today"
        )
    share = part / whole
    note = _("{part} of {whole}").format(part=fmt.count(part), whole=fmt.count(whole))
    ink = "accent"
    if before[1]:
        points = round(100 * (share - before[0] / before[1]))
        ink = "ok" if points >= 0 else "warn"
        note = _points(points)
    return Figure(key, title, fmt.percent(share), note, ink, shares, meaning, "resolved:today")


def _points(points: int) -> str:
    if not points:
        return _("as in the week before")
    sign = "▲" if points > 0 else "▼"
    words = ngettext("{sign} {count} point", "{sign} {count} points", abs(points))
    return words.format(sign=sign, count=abs(points))

"""The roster of a month as a workbook: the grid, and everybody's hours. Values only, no formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.models.entities.calendars import DayType
from app.models.entities.reports import CoverageLine, RosterMonth, RosterPerson
from app.services.base.texts import Texts, mark
from app.services.base.workbook_writing import Sheet, Value, write_sheets

_DAY_TYPES = {
    DayType.HOLIDAY: mark("public holiday"),
    DayType.DAY_OFF_IN_LIEU: mark("day off in lieu"),
    DayType.MAKE_UP_WORKDAY: mark("make-up workday"),
}
SUPERVISOR_MARK = "*"


def roster_workbook(data: RosterMonth, texts: Texts) -> bytes:
    """Return the month as an XLSX; the same data in the same language give the same bytes."""
    _ = texts.gettext
    return write_sheets((Sheet(_("Roster"), _grid(data, texts)), Sheet(_("Hours"), _hours(data, texts))))


def _grid(data: RosterMonth, texts: Texts) -> list[list[Value]]:
    _ = texts.gettext
    head: list[Value] = [_("Person"), _("Team"), *(day.date.isoformat() for day in data.days), _("Hours")]
    weekdays: list[Value] = ["", "", *(texts.date_pattern(day.date, "E") for day in data.days), ""]
    rows = [head, weekdays]
    if any(day.day_type in _DAY_TYPES or day.name for day in data.days):
        kinds = (_(_DAY_TYPES[day.day_type]) if day.day_type in _DAY_TYPES else "" for day in data.days)
        names = (" ".join(part for part in pair if part) for pair in zip(kinds, _names(data), strict=True))
        rows.append(["", "", *names, ""])
    for group, person in _people(data):
        rows.append([person.name, group, *_codes(person), _number(person.hours)])
    rows += [_coverage(line) for line in data.coverage]
    mark_row = _("{mark} leads the shift").format(mark=SUPERVISOR_MARK)
    rows.append([mark_row, *[""] * (len(head) - 1)])
    return rows


def _hours(data: RosterMonth, texts: Texts) -> list[list[Value]]:
    _ = texts.gettext
    codes = [entry.code for entry in data.legend]
    rows: list[list[Value]] = [[_("Person"), _("Team"), _("Hours"), _("Shifts led"), *codes]]
    for group, person in _people(data):
        counts = Counter(person.codes)
        shifts = [counts[code] for code in codes]
        rows.append([person.name, group, _number(person.hours), len(person.leads), *shifts])
    width = len(rows[0])
    for entry in data.legend:
        meaning = f"{entry.code}: {entry.name} {entry.hours}".rstrip()
        rows.append([meaning, *[""] * (width - 1)])
    return rows


def _people(data: RosterMonth) -> Iterable[tuple[str, RosterPerson]]:
    return ((group.name, person) for group in data.groups for person in group.people)


def _names(data: RosterMonth) -> Iterable[str]:
    return (day.name for day in data.days)


def _codes(person: RosterPerson) -> Iterable[str]:
    return (
        f"{code}{SUPERVISOR_MARK}" if place in person.leads else code
        for place, code in enumerate(person.codes)
    )


def _coverage(line: CoverageLine) -> list[Value]:
    """Planned against needed as texts: "1/2" must not become a date."""
    counts = (f"{day.planned}/{day.needed}" if day.planned or day.needed else "" for day in line.days)
    return [line.name, "", *counts, ""]


def _number(hours: float) -> Value:
    return int(hours) if hours == int(hours) else round(hours, 2)

"""Dated days as a CSV table: `date,type,name,hours` and the Chinese name. Pure.

Read with commas, semicolons or tabs, with or without a heading, columns in any order under English or
Chinese headings. Written with commas, kinds of day by their codes, so that every language reads it back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.models.entities.calendars import BusinessCalendar, DayType, Windows
from app.models.entities.errors import BadInput
from app.services.calendars.day_lists import DayList, ListedDay, day_name, joined
from app.services.calendars.day_words import kind_of
from app.services.calendars.edits import CLOSED_KINDS, DatedDay, dated_days, read_windows, windows_text

COLUMNS = ("date", "type", "name", "hours", "name_alt")
_HEADINGS: Mapping[str, str] = {
    **{column: column for column in COLUMNS},
    "day": "date",
    "日期": "date",
    "kind": "type",
    "kind of day": "type",
    "类型": "type",
    "日期类型": "type",
    "title": "name",
    "名称": "name",
    "节日": "name",
    "name in chinese": "name_alt",
    "chinese name": "name_alt",
    "中文名称": "name_alt",
    "时段": "hours",
    "时间": "hours",
    "工作时间": "hours",
}
_DELIMITERS = ",;\t"
_DATE = re.compile(
    r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})(\d\d)(\d\d)", re.ASCII
)
_CLOSED = "closed"
_CLOSED_WORDS = frozenset({_CLOSED, "-", "–", "关闭", "不开放", "休"})
# A cell that begins so would be worked out by a spreadsheet, not shown.
_FORMULA = ("=", "+", "-", "@")


def read_csv(text: str) -> DayList:
    """Return the days of a table.

    A row without a type is a public holiday, or a workday where it says hours. Empty hours are the usual
    ones for a kind of day that is worked; "closed" says that it is not.

    Raises:
        BadInput: `calendar.csv_broken`, `calendar.csv_columns`, `calendar.csv_date`, `calendar.csv_kind`,
            `calendar.csv_hours`, each with the line, and what `day_lists.joined` raises.
    """
    lines = text.splitlines()
    skipped = next((at for at, line in enumerate(lines) if line.strip()), 0)
    if lines[skipped : skipped + 1] and lines[skipped].lower().startswith("sep="):
        skipped += 1  # a spreadsheet's own hint; the heading tells as well
    columns, delimiter = _columns(lines[skipped] if skipped < len(lines) else "", skipped + 1)
    days = []
    for line, cells in _rows(text, delimiter, skipped):
        row = {name: cells[at].strip() for name, at in columns.items() if at < len(cells)}
        if any(row.values()) and not (line == skipped + 1 and _is_heading(cells)):
            days.append(_day(row, line))
    return DayList(joined(days))


def csv_text(calendar: BusinessCalendar) -> str:
    """Return every dated day of a calendar, by date, lines ended by CR LF as spreadsheets expect."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for day in dated_days(calendar):
        writer.writerow(
            (
                day.on.isoformat(),
                day.day_type.value,
                _guarded(day.name),
                _hours_text(day),
                _guarded(day.name_alt),
            )
        )
    return out.getvalue()


def _rows(text: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with the line each begins on."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if line > skipped:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput("calendar.csv_broken", line=line) from error


def _columns(first: str, line: int) -> tuple[Mapping[str, int], str]:
    """Return which column is where and what parts them, from the first line."""
    best: tuple[int, Mapping[str, int], str] = (0, {}, ",")
    for delimiter in _DELIMITERS:
        cells = [cell.strip().strip('"').casefold() for cell in first.split(delimiter)]
        found: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if cell in _HEADINGS:
                found.setdefault(_HEADINGS[cell], at)
        if "date" not in found and cells and _date(cells[0]) is not None:
            found = {name: at for at, name in enumerate(COLUMNS)}
            best = max(best, (len(cells), found, delimiter), key=lambda each: each[0])
        elif "date" in found:
            best = max(best, (len(found), found, delimiter), key=lambda each: each[0])
    if not best[0]:
        raise BadInput("calendar.csv_columns", line=line, text=day_name(first)[:60])
    return best[1], best[2]


def _is_heading(cells: Sequence[str]) -> bool:
    return any(_HEADINGS.get(cell.strip().casefold()) == "date" for cell in cells)


def _day(row: Mapping[str, str], line: int) -> ListedDay:
    written = row.get("date", "")
    on = _date(written)
    if on is None:
        raise BadInput("calendar.csv_date", line=line, text=written[:60])
    hours, word = row.get("hours", ""), row.get("type", "")
    kind = kind_of(word) if word else DayType.WORKDAY if hours else DayType.HOLIDAY
    if kind is None:
        raise BadInput("calendar.csv_kind", line=line, text=word[:60])
    name, name_alt = (day_name(_unguarded(row.get(column, ""))) for column in ("name", "name_alt"))
    return ListedDay(on, kind, _hours(hours, kind, line), name, name_alt, line)


def _date(text: str) -> date | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups() if part is not None and part.isdigit())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hours(text: str, kind: DayType, line: int) -> Windows | None:
    if text.casefold() in _CLOSED_WORDS:
        return ()
    if not text:
        return () if kind in CLOSED_KINDS or kind is DayType.WEEKEND else None
    try:
        return read_windows(text)
    except BadInput as error:
        raise BadInput("calendar.csv_hours", line=line, text=text[:60]) from error


def _hours_text(day: DatedDay) -> str:
    if day.windows:
        return windows_text(day.windows).replace("–", "-")
    return "" if day.day_type in CLOSED_KINDS or day.day_type is DayType.WEEKEND else _CLOSED


def _guarded(name: str) -> str:
    return f"'{name}" if name.startswith((*_FORMULA, "'")) else name


def _unguarded(name: str) -> str:
    return name[1:] if name[:1] == "'" and name[1:].startswith((*_FORMULA, "'")) else name

"""Files of dated days: told apart, decoded, read and written. What is inside is `csv_days` and `ics_days`.

Accepted: UTF-8 with or without its mark, UTF-16 with its mark (what spreadsheets call Unicode text), and
GB18030, which holds GBK and GB2312. At most 2 MB.
"""

from __future__ import annotations

import codecs
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput
from app.services.base.files import write_whole
from app.services.base.texts import Texts
from app.services.calendars.csv_days import csv_text, read_csv
from app.services.calendars.day_lists import DayList
from app.services.calendars.ics_days import ics_text, read_ics

MOST_BYTES = 2_000_000
YEARS_BACK, YEARS_AHEAD = 1, 5
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class DayFormat(StrEnum):
    """What a file of days can be; the value is its ending."""

    ICS = "ics"
    CSV = "csv"


def repeated_years(this_year: int) -> range:
    """Return the years for which a day that repeats every year is taken from a file."""
    return range(this_year - YEARS_BACK, this_year + YEARS_AHEAD + 1)


def read_day_file(path: Path, years: range) -> DayList:
    """Read a file of days, whatever its ending; `years` are those of `repeated_years`.

    Raises:
        BadInput: `calendar.file_unreadable`, and what `read_days` raises.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("calendar.file_unreadable", file=path.name) from error
    return read_days(content, years, is_ics=path.suffix.lower() == f".{DayFormat.ICS}")


def read_days(content: bytes, years: range, *, is_ics: bool = False) -> DayList:
    """Return the days of a file's content; `is_ics`: it is said to be a calendar file, so it is no table.

    Raises:
        BadInput: `calendar.file_large`, `calendar.file_encoding`, `calendar.file_no_text`,
            `calendar.file_empty`, `calendar.ics_none`, `calendar.file_no_days`, and what `read_csv` and
            `read_ics` raise. Nothing is half read.
    """
    if len(content) > MOST_BYTES:
        raise BadInput("calendar.file_large", most=MOST_BYTES // 1_000_000)
    text = _decoded(content)
    if "\0" in text:
        raise BadInput("calendar.file_no_text")
    if not text.strip():
        raise BadInput("calendar.file_empty")
    has_calendar = text.lstrip().upper().startswith("BEGIN:VCALENDAR")
    if is_ics and not has_calendar:
        raise BadInput("calendar.ics_none", text=text.strip().split("\n", 1)[0].strip()[:40])
    found = read_ics(text, years) if has_calendar else read_csv(text)
    if not found.days:
        raise BadInput("calendar.file_no_days")
    return found


def write_day_file(
    path: Path, kind: DayFormat, calendar: BusinessCalendar, code: str, now: datetime, texts: Texts
) -> int:
    """Write every dated day of a calendar; return how many. A CSV begins with the mark of UTF-8.

    Raises:
        BadInput: `calendar.file_unwritable`.
    """
    if kind is DayFormat.ICS:
        content = ics_text(calendar, code, now, texts).encode()
    else:
        content = codecs.BOM_UTF8 + csv_text(calendar).encode()
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("calendar.file_unwritable", file=path.name) from error
    return len({*calendar.holidays, *calendar.special_days, *calendar.day_types})


def _decoded(content: bytes) -> str:
    names = ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030")
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise BadInput("calendar.file_encoding")

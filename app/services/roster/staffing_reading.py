"""Reading counts of calls: one row an hour (or less), or one row a call, added up by the hour. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.entities.errors import BadInput
from app.models.entities.staffing import CallHour, CallRefusal, CallSheet, SheetOfCalls
from app.services.catalogue.sheet_files import sheet_lines
from app.services.roster.staffing_columns import Columns, Part, columns_of
from app.services.roster.staffing_times import (
    DateOrder,
    date_order,
    hour_of,
    instant_of,
    read_seconds,
    read_wall,
)

MOST_ROWS = 200_000
MOST_REFUSALS = 200
_MOST_CALLS = 1_000_000
_LONGEST_COUNT = 18  # characters
_MOST_SECONDS = 1_000_000_000
_COUNT = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+(?:\.0+)?", re.ASCII)
_YES = frozenset({
    "yes", "y", "true", "1", "answered", "connected", "handled", "completed", "ok", "是",
    "已接", "已接听", "接听", "接通", "已接通", "应答", "成功",
})  # fmt: skip
_NO = frozenset({
    "no", "n", "false", "0", "abandoned", "missed", "lost", "unanswered", "noanswer",
    "busy", "failed", "否", "未接", "未接听", "放弃", "未接通", "呼损", "失败",
})  # fmt: skip


def read_calls(body: bytes, zone: ZoneInfo, within: int) -> CallSheet:
    """Return the hours a CSV or an XLSX counts, by the site's clocks; rows that cannot be taken are told.

    Rows of less than an hour, and single calls, are added up. Times without an offset are wall-clock times
    of the site: of an hour that the clocks repeat the first row means the first, the second the second; of a
    single call it cannot be known, so it counts for the first. A time the clocks leave out is refused where
    there were calls in it. Of single calls those are abandoned that rang longer than `within` seconds
    (RULES 8), or of which nobody knows how long.

    Raises:
        BadInput: what `sheet_lines` and `columns_of` raise.
    """
    lines = sheet_lines(body, MOST_ROWS + 1)
    if lines[0][1] and lines[0][1][0].lower().startswith("sep="):
        lines = lines[1:]  # a spreadsheet's own hint
    if not lines:
        raise BadInput("sheet.empty")
    columns = columns_of(lines[0][1], lines[0][0])
    rows = [(line, cells) for line, cells in lines[1:] if any(cells)]
    if not rows:
        raise BadInput("sheet.empty")
    when = columns.at.get(Part.WHEN, columns.at.get(Part.DATE, 0))
    reading = _Reading(columns, zone, within, date_order(_cell(cells, when) for _, cells in rows))
    for line, cells in rows:
        reading.take(line, cells)
    return reading.sheet(len(rows))


@dataclass
class _Sums:
    offered: int = 0
    answered: int = 0
    abandoned: int = 0
    talk: float = 0.0
    after: float = 0.0
    ring: float = 0.0


@dataclass
class _Reading:
    columns: Columns
    zone: ZoneInfo
    within: int
    order: DateOrder
    hours: dict[datetime, _Sums] = field(default_factory=dict)
    seen: dict[datetime, int] = field(default_factory=dict)
    refused: list[CallRefusal] = field(default_factory=list)
    ambiguous: int = 0
    skipped: int = 0

    def take(self, line: int, cells: Sequence[str]) -> None:
        """Add one row up, or note why it cannot be."""
        try:
            self._take(line, cells)
        except BadInput as reason:
            if len(self.refused) < MOST_REFUSALS:
                self.refused.append(CallRefusal(line, reason))

    def sheet(self, rows: int) -> CallSheet:
        """Return what was read."""
        found = tuple(
            CallHour(
                at,
                sums.offered,
                sums.answered,
                sums.abandoned,
                round(sums.talk),
                round(sums.after),
                round(sums.ring),
            )
            for at, sums in sorted(self.hours.items())
        )
        return CallSheet(
            self.columns.kind,
            rows,
            found,
            tuple(self.refused),
            self.ambiguous,
            self.skipped,
            self.columns.ignored,
        )

    def _take(self, line: int, cells: Sequence[str]) -> None:
        is_hours = self.columns.kind is SheetOfCalls.HOURS
        wall = self._wall(cells)
        added = self._counted(cells) if is_hours else self._called(cells)
        meant = instant_of(wall, self.zone)
        if meant.missing:
            if added.offered:
                raise BadInput("staffing.time_missing", text=f"{wall:%Y-%m-%d %H:%M}")
            self.skipped += 1
            return
        at = meant.at
        if is_hours and at in self.seen and meant.again:
            at = instant_of(wall, self.zone, second=True).at
            self.ambiguous -= 1  # both are there: it is known now which is which
        elif meant.again:
            self.ambiguous += 1
        if is_hours:
            if at in self.seen:
                raise BadInput("staffing.time_twice", text=f"{wall:%Y-%m-%d %H:%M}", first=self.seen[at])
            self.seen[at] = line
        self._add(hour_of(at, self.zone), added)

    def _add(self, hour: datetime, added: _Sums) -> None:
        sums = self.hours.setdefault(hour, _Sums())
        sums.offered += added.offered
        sums.answered += added.answered
        sums.abandoned += added.abandoned
        sums.talk += added.talk
        sums.after += added.after
        sums.ring += added.ring

    def _wall(self, cells: Sequence[str]) -> datetime:
        when, day = self._text(cells, Part.WHEN), self._text(cells, Part.DATE)
        if day:  # a column called "time" beside one called "date" holds the hour
            return read_wall(day, self._text(cells, Part.HOUR) or when, self.order)
        return read_wall(when, self._text(cells, Part.HOUR), self.order)

    def _counted(self, cells: Sequence[str]) -> _Sums:
        """Read a row that counts calls; what is not told follows from what is."""
        offered, answered, abandoned = (
            self._count(cells, part) for part in (Part.OFFERED, Part.ANSWERED, Part.ABANDONED)
        )
        if offered is None:
            offered = (answered or 0) + (abandoned or 0)
        if answered is None:
            answered = max(0, offered - (abandoned or 0))
        if abandoned is None:
            abandoned = max(0, offered - answered)
        if answered + abandoned > offered:
            raise BadInput("staffing.more_than_offered", offered=offered, told=answered + abandoned)
        talk, after, ring = (
            self._length(cells, total, mean, answered)
            for total, mean in (
                (Part.TALK, Part.TALK_MEAN),
                (Part.AFTER, Part.AFTER_MEAN),
                (Part.RING, Part.RING_MEAN),
            )
        )
        return _Sums(offered, answered, abandoned, talk, after, ring)

    def _called(self, cells: Sequence[str]) -> _Sums:
        """Read a row that is one call."""
        is_answered = _is_answered(self._text(cells, Part.ANSWERED))
        talk, after, ring = (
            self._length(cells, total, mean, 1)
            for total, mean in (
                (Part.TALK, Part.TALK_MEAN),
                (Part.AFTER, Part.AFTER_MEAN),
                (Part.RING, Part.RING_MEAN),
            )
        )
        if is_answered:
            return _Sums(1, 1, 0, talk, after, ring)
        is_known = bool(self._text(cells, Part.RING) or self._text(cells, Part.RING_MEAN))
        return _Sums(1, 0, 0 if is_known and ring <= self.within else 1)

    def _length(self, cells: Sequence[str], total: Part, mean: Part, answered: int) -> float:
        of_total = self._text(cells, total)
        part, text = (total, of_total) if of_total else (mean, self._text(cells, mean))
        seconds = read_seconds(text, in_minutes=part in self.columns.in_minutes)
        found = seconds if part is total else seconds * answered
        if found > _MOST_SECONDS:
            raise BadInput("staffing.number_unread", text=text[:60])
        return found

    def _count(self, cells: Sequence[str], part: Part) -> int | None:
        text = unicodedata.normalize("NFKC", self._text(cells, part)).strip()
        if not text:
            return None
        if len(text) > _LONGEST_COUNT or not _COUNT.fullmatch(text):
            raise BadInput("staffing.number_unread", text=text[:60])
        count = int(text.split(".")[0].replace(",", "").replace(" ", ""))
        if count > _MOST_CALLS:
            raise BadInput("staffing.number_unread", text=text[:60])
        return count

    def _text(self, cells: Sequence[str], part: Part) -> str:
        return _cell(cells, self.columns.at[part]).strip() if part in self.columns.at else ""


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _is_answered(text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).casefold().replace(" ", "").replace("-", "")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadInput("staffing.answer_unread", text=text[:60])

"""The roster's own table: people by days, shaded days, codes in coloured cells, coverage on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from app.models.entities.calendars import DayType
from app.models.entities.reports import CoverageLine, RosterDay, RosterGroup, RosterPerson
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import Canvas, draw_text
from app.services.reports.pdf.roster_cells import draw_cell
from app.services.reports.pdf.styles import TextStyle, Tone
from app.services.reports.pdf.text import fitted, width

SUPERVISOR_MARK = "★"

_NAME_WIDTH = 104.0
_HOURS_WIDTH = 38.0
_HEAD_HEIGHT = 26.0
_COVERAGE_HEIGHT = 13.0
_GROUP_HEIGHT = 15.0
_PERSON_HEIGHT = 17.0
# A desk a little too large for one page is set closer; below this part of the height nobody could read it.
_CLOSEST = 0.78
_NOTE_HEIGHT = 8.0

_SHADES = {
    DayType.WEEKEND: styles.WEEKEND,
    DayType.HOLIDAY: styles.HOLIDAY,
    DayType.DAY_OFF_IN_LIEU: styles.HOLIDAY,
}


@dataclass(frozen=True, slots=True)
class RosterHeadings:
    """The words around the table: first and last column, the short weekday of each day, and what kind it is.

    `notes` are none, or one for each day: a word of a few letters for holidays and moved workdays, else "".
    """

    people: str
    hours: str
    weekdays: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One line below the headings: a team's name, or a person with the hours as written."""

    team: str = ""
    person: RosterPerson | None = None
    hours: str = ""

    @property
    def height(self) -> float:
        """Height in points where there is room."""
        return _PERSON_HEIGHT if self.person else _GROUP_HEIGHT


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What all parts of a roster share when it runs over several pages."""

    days: tuple[RosterDay, ...]
    headings: RosterHeadings
    tones: Mapping[str, Tone]
    coverage: tuple[CoverageLine, ...]
    room: float
    closeness: float = 1.0
    closest: float = _CLOSEST
    is_first: bool = True

    def height_of(self, line: RosterLine) -> float:
        """Height of a line in points."""
        return line.height * self.closeness

    @property
    def day_width(self) -> float:
        return (self.room - _NAME_WIDTH - _HOURS_WIDTH) / max(1, len(self.days))

    @property
    def head_height(self) -> float:
        return self.days_height + len(self.coverage) * _COVERAGE_HEIGHT + (4 if self.coverage else 0)

    @property
    def days_height(self) -> float:
        return _HEAD_HEIGHT + (_NOTE_HEIGHT if self.headings.notes else 0)

    def left(self, position: int) -> float:
        return _NAME_WIDTH + position * self.day_width


def roster_lines(groups: Sequence[RosterGroup], hours: Mapping[RosterPerson, str]) -> list[RosterLine]:
    """Return teams and their people as lines, in the order given."""
    listed: list[RosterLine] = []
    for group in groups:
        listed.append(RosterLine(team=group.name))
        listed.extend(RosterLine(person=person, hours=hours[person]) for person in group.people)
    return listed


class RosterGrid(Flowable):  # type: ignore[misc] # reportlab ships no types
    """People by days. Headings are repeated on each page, the coverage strip only stands on the first."""

    def __init__(
        self,
        days: Sequence[RosterDay],
        lines: Sequence[RosterLine],
        coverage: Sequence[CoverageLine],
        tones: Mapping[str, Tone],
        headings: RosterHeadings,
        room: float,
        *,
        closest: float = _CLOSEST,
    ) -> None:
        """Take one weekday per day in `headings`, and one code and one coverage per day in each line.

        A roster a little too large is set closer, rows down to `closest` of their height.
        """
        super().__init__()
        self._sheet = _Sheet(tuple(days), headings, tones, tuple(coverage), room, closest=closest)
        self._lines = list(lines)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self._sheet.room, self._sheet.head_height + sum(map(self._sheet.height_of, self._lines))

    def split(self, _width: float, height: float) -> list[Flowable]:
        left = height - self._sheet.head_height
        closeness = left / sum(line.height for line in self._lines)
        if self._sheet.is_first and self._sheet.closest <= closeness < 1:
            return [self._part(replace(self._sheet, closeness=closeness), self._lines)]
        fits = 0
        while fits < len(self._lines) and self._sheet.height_of(self._lines[fits]) <= left:
            left -= self._sheet.height_of(self._lines[fits])
            fits += 1
        while fits and self._lines[fits - 1].person is None:  # no team's name at the foot of a page
            fits -= 1
        if fits == 0:
            return []
        later = replace(self._sheet, coverage=(), is_first=False)
        left_over = self._lines[fits:]
        if left_over and left_over[0].person is not None:  # the page after says whose people these are
            left_over.insert(0, next(line for line in reversed(self._lines[:fits]) if line.person is None))
        return [self._part(self._sheet, self._lines[:fits]), self._part(later, left_over)]

    def draw(self) -> None:
        _, total = self.wrap(0, 0)
        y = total - self._sheet.days_height
        _shade_days(self.canv, self._sheet, total)
        _draw_head(self.canv, self._sheet, y)
        for strip in self._sheet.coverage:
            y -= _COVERAGE_HEIGHT
            _draw_coverage(self.canv, self._sheet, strip, y)
        y = total - self._sheet.head_height
        _rule(self.canv, 0, y, self._sheet.room, y, styles.STRONG_LINE)
        for line in self._lines:
            y -= self._sheet.height_of(line)
            _draw_line(self.canv, self._sheet, line, y)

    def _part(self, sheet: _Sheet, some: list[RosterLine]) -> RosterGrid:
        part = RosterGrid((), some, (), {}, sheet.headings, sheet.room)
        part._sheet = sheet
        return part


def _shade_days(canvas: Canvas, sheet: _Sheet, height: float) -> None:
    for position, day in enumerate(sheet.days):
        shade = _SHADES.get(day.day_type)
        if shade:
            canvas.setFillColor(HexColor(shade))
            canvas.rect(sheet.left(position), 0, sheet.day_width, height, stroke=0, fill=1)


def _draw_head(canvas: Canvas, sheet: _Sheet, y: float) -> None:
    style = styles.ROSTER_GROUP
    notes = sheet.headings.notes
    base = 5.5 + (_NOTE_HEIGHT if notes else 0)
    draw_text(canvas, 4, y + 6, fitted(sheet.headings.people, style.font, style.size, _NAME_WIDTH - 8), style)
    hours = fitted(sheet.headings.hours, style.font, style.size, _HOURS_WIDTH - 4)
    draw_text(canvas, sheet.room - 4, y + 6, hours, style, "right")
    for position, (day, weekday) in enumerate(zip(sheet.days, sheet.headings.weekdays, strict=True)):
        middle = sheet.left(position) + sheet.day_width / 2
        color = styles.BAD if _SHADES.get(day.day_type) == styles.HOLIDAY else styles.TEXT
        small = replace(styles.ROSTER_SMALL, color=color if color == styles.BAD else styles.MUTED)
        draw_text(
            canvas,
            middle,
            y + base + 10.5,
            fitted(weekday, small.font, small.size, sheet.day_width),
            small,
            "center",
        )
        number = replace(styles.ROSTER_DAY, color=color)
        draw_text(canvas, middle, y + base, str(day.date.day), number, "center")
        if notes and notes[position]:
            note = replace(styles.ROSTER_SMALL, size=5.5, color=styles.TEXT)
            shown = fitted(notes[position], note.font, note.size, sheet.day_width - 1)
            draw_text(canvas, middle, y + 3, shown, note, "center")
    _rule(canvas, 0, y, sheet.room, y, styles.LINE)


def _draw_coverage(canvas: Canvas, sheet: _Sheet, strip: CoverageLine, y: float) -> None:
    style = styles.ROSTER_SMALL
    name = fitted(strip.name, style.font, 7, _NAME_WIDTH - 8)
    draw_text(canvas, 4, y + 3.5, name, replace(style, size=7))
    for position, (_, day) in enumerate(zip(sheet.days, strip.days, strict=True)):
        left = sheet.left(position)
        if day.is_short:
            canvas.setFillColor(HexColor(styles.BAD_TINT))
            canvas.setStrokeColor(HexColor(styles.BAD))
            canvas.setLineWidth(0.5)
            canvas.roundRect(left + 1, y + 1, sheet.day_width - 2, _COVERAGE_HEIGHT - 2, 2, stroke=1, fill=1)
            look = TextStyle(font=styles.CELL_BOLD.font, size=7, color=styles.BAD)
            shown = f"{day.planned}/{day.needed}"
        else:
            look = TextStyle(size=7, color=styles.MUTED)
            shown = str(day.planned) if day.planned or day.needed else ""
        draw_text(canvas, left + sheet.day_width / 2, y + 3.7, shown, look, "center")


def _draw_line(canvas: Canvas, sheet: _Sheet, line: RosterLine, y: float) -> None:
    if line.person is None:
        canvas.setFillColor(HexColor(styles.WELL))
        high = sheet.height_of(line)
        canvas.rect(0, y, sheet.room, high, stroke=0, fill=1)
        style = styles.ROSTER_GROUP
        draw_text(
            canvas, 4, y + high / 2 - 3, fitted(line.team, style.font, style.size, sheet.room - 8), style
        )
    else:
        _draw_person(canvas, sheet, line, y)
    _rule(canvas, 0, y, sheet.room, y, styles.LINE)


def _draw_person(canvas: Canvas, sheet: _Sheet, line: RosterLine, y: float) -> None:
    person, high = line.person, sheet.height_of(line)
    if person is None:
        return
    base = y + high / 2 - 3
    style = styles.ROSTER_NAME_BOLD if person.is_supervisor else styles.ROSTER_NAME
    mark = f" {SUPERVISOR_MARK}" if person.is_supervisor else ""
    room = _NAME_WIDTH - 8 - width(mark, style.font, style.size)
    draw_text(canvas, 4, base, fitted(person.name, style.font, style.size, room) + mark, style)
    for position, (_, code) in enumerate(zip(sheet.days, person.codes, strict=True)):
        if code:
            tone = sheet.tones.get(code, styles.PLAIN_TONE)
            left = sheet.left(position)
            margin = 2 * sheet.closeness**2
            wide, tall = sheet.day_width - 2, high - 2 * margin
            leads = position in person.leads
            draw_cell(canvas, left + 1, y + margin, wide, tall, code, tone, leads=leads)
    look = styles.CELL_BAD if person.is_over_cap else styles.CELL
    shown = fitted(line.hours, look.font, 8, _HOURS_WIDTH - 6)
    draw_text(canvas, sheet.room - 4, base, shown, replace(look, size=8), "right")


def _rule(canvas: Canvas, left: float, bottom: float, right: float, top: float, color: str) -> None:
    canvas.setStrokeColor(HexColor(color))
    canvas.setLineWidth(0.5)
    canvas.line(left, bottom, right, top)

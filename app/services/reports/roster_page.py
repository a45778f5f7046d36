"""The roster of a month: from its data to an A4 or A3 landscape PDF for the wall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from app.models.entities.calendars import DayType
from app.models.entities.reports import PaperSize, RosterDay, RosterMonth
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.pdf.roster_cells import Legend, StampedTitle
from app.services.reports.pdf.roster_grid import SUPERVISOR_MARK, RosterGrid, RosterHeadings, roster_lines
from app.services.reports.words import ReportWords

# Forty people have room on one A3 sheet; of an A4 sheet that close nobody could read anything.
_CLOSEST_A4, _CLOSEST_A3 = 0.78, 0.64


def render_roster_month(data: RosterMonth, texts: Texts) -> bytes:
    """Return the roster as PDF; the same data in the same language give the same bytes.

    Raises:
        ValueError: there is no day, or a person or a coverage line has not one entry per day.
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    if not data.days:
        raise ValueError("A roster needs at least one day")
    words = ReportWords(texts, data.head)
    title = texts.gettext("Roster {month}").format(month=texts.date_pattern(data.days[0].date, "yMMMM"))
    draft = _draft(data, words)
    frame = PageFrame(
        site_line=words.site_line(),
        title=f"{title} · {draft}" if draft else title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
        is_landscape=True,
        is_large=data.paper is PaperSize.A3,
    )
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: RosterMonth, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    draft = _draft(data, words)
    yield StampedTitle(title, draft, room)
    yield TextBlock(_standing(data, words), room, styles.DRAFT if draft else styles.SUBTITLE)
    yield Spacer(1, 6)
    yield _legend(data, words, room)
    said = [*_kinds(data.days, words), *_holidays(data.days, words)]
    if said:
        yield Spacer(1, 3)
        yield TextBlock(" · ".join(said), room, styles.SMALL)
    yield Spacer(1, 6)
    yield _grid(data, words, room)  # last: it may take the whole rest of the page


def _standing(data: RosterMonth, words: ReportWords) -> str:
    """Say whether this is the published roster or a draft; the reader plans a month by it."""
    _ = words.texts.gettext
    if data.published_at is None:
        return _("Draft, not published")
    published = words.texts.day(words.local(data.published_at).date(), "long")
    if data.draft:
        said = _("Draft {number}, changed since it was published on {day}").format(
            number=data.draft, day=published
        )
        if not data.changes:
            return said
        cells = words.texts.ngettext("{n} shift is otherwise", "{n} shifts are otherwise", data.changes)
        return f"{said} · {cells.format(n=data.changes)}"
    said = _("Published on {day}").format(day=published)
    return _("Version {number} · {said}").format(number=data.version, said=said) if data.version else said


def _draft(data: RosterMonth, words: ReportWords) -> str:
    """Return what stands on every page of a month that is not as it was published; "" else."""
    if data.published_at is None:
        return words.texts.gettext("DRAFT")
    return words.texts.gettext("DRAFT {number}").format(number=data.draft) if data.draft else ""


def _legend(data: RosterMonth, words: ReportWords, room: float) -> Legend:
    entries = [
        (entry.code, styles.TONES.get(entry.tone, styles.PLAIN_TONE), f"{entry.name} {entry.hours}".rstrip())
        for entry in data.legend
    ]
    leads = (SUPERVISOR_MARK, None, words.texts.gettext("Duty supervisor (shift underlined)"))
    return Legend([*entries, leads], room)


def _grid(data: RosterMonth, words: ReportWords, room: float) -> RosterGrid:
    _, texts = words.texts.gettext, words.texts
    tones = {entry.code: styles.TONES.get(entry.tone, styles.PLAIN_TONE) for entry in data.legend}
    headings = RosterHeadings(
        _("Person"),
        texts.pgettext("roster", "Hours"),
        tuple(texts.date_pattern(day.date, "E") for day in data.days),
        _notes(data, words),
    )
    hours = {
        person: texts.number(person.hours, 0 if person.hours == int(person.hours) else 1)
        for group in data.groups
        for person in group.people
    }
    lines = roster_lines(data.groups, hours)
    closest = _CLOSEST_A3 if data.paper is PaperSize.A3 else _CLOSEST_A4
    return RosterGrid(data.days, lines, data.coverage, tones, headings, room, closest=closest)


def _notes(data: RosterMonth, words: ReportWords) -> tuple[str, ...]:
    """Return the word below each date that is no usual day; nothing where all are."""
    notes = _day_notes(words)
    found = tuple(notes[day.day_type][0] if day.day_type in notes else "" for day in data.days)
    return found if any(found) else ()


def _day_notes(words: ReportWords) -> dict[DayType, tuple[str, str]]:
    """Return the short words, as Chinese calendars mark such days, and what they mean."""
    texts = words.texts
    return {
        DayType.HOLIDAY: (texts.pgettext("below a date", "Hol."), texts.gettext("public holiday")),
        DayType.DAY_OFF_IN_LIEU: (texts.pgettext("below a date", "Lieu"), texts.gettext("day off in lieu")),
        DayType.MAKE_UP_WORKDAY: (texts.pgettext("below a date", "Work"), texts.gettext("make-up workday")),
    }


def _kinds(days: Sequence[RosterDay], words: ReportWords) -> list[str]:
    """Return what the words below the dates mean, as far as the month has them."""
    found = {day.day_type for day in days}
    return [f"{note} = {meaning}" for kind, (note, meaning) in _day_notes(words).items() if kind in found]


def _holidays(days: Iterable[RosterDay], words: ReportWords) -> list[str]:
    """Return "4 Apr – 6 Apr: Qingming" for each run of days with one name."""
    runs = []
    for name, run in groupby(days, key=lambda day: day.name):
        dates = [day.date for day in run]
        if name:
            first, last = (_short(day, words) for day in (dates[0], dates[-1]))
            runs.append(f"{first}: {name}" if first == last else f"{first} – {last}: {name}")
    return runs


def _short(day: date, words: ReportWords) -> str:
    return words.texts.date_pattern(day, "MMMd")

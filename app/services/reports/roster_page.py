"""The roster of a month: from its data to an A4 landscape PDF for the wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from app.models.entities.reports import RosterDay, RosterMonth
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.pdf.roster_grid import (
    SUPERVISOR_MARK,
    Legend,
    RosterGrid,
    RosterHeadings,
    roster_lines,
)
from app.services.reports.words import ReportWords


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
    frame = PageFrame(
        site_line=words.site_line(),
        title=title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
        is_landscape=True,
    )
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: RosterMonth, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    yield TextBlock(title, room, styles.TITLE)
    is_draft = data.published_at is None or data.draft > 0
    yield TextBlock(_standing(data, words), room, styles.DRAFT if is_draft else styles.SUBTITLE)
    yield Spacer(1, 6)
    yield _legend(data, words, room)
    if any(day.name for day in data.days):
        yield Spacer(1, 3)
        yield TextBlock(_holidays(data.days, words), room, styles.SMALL)
    yield Spacer(1, 6)
    yield _grid(data, words, room)  # last: it may take the whole rest of the page


def _standing(data: RosterMonth, words: ReportWords) -> str:
    """Say whether this is the published roster or a draft; the reader plans a month by it."""
    _ = words.texts.gettext
    if data.published_at is None:
        return _("Draft, not published")
    published = words.texts.day(words.local(data.published_at).date(), "long")
    if data.draft:
        return _("Draft {number}, changed since it was published on {day}").format(
            number=data.draft, day=published
        )
    return _("Published on {day}").format(day=published)


def _legend(data: RosterMonth, words: ReportWords, room: float) -> Legend:
    entries = [
        (entry.code, styles.TONES.get(entry.tone, styles.PLAIN_TONE), f"{entry.name} {entry.hours}".rstrip())
        for entry in data.legend
    ]
    mark = (SUPERVISOR_MARK, None, words.texts.gettext("Duty supervisor (shift underlined)"))
    return Legend([*entries, mark], room)


def _grid(data: RosterMonth, words: ReportWords, room: float) -> RosterGrid:
    _, texts = words.texts.gettext, words.texts
    tones = {entry.code: styles.TONES.get(entry.tone, styles.PLAIN_TONE) for entry in data.legend}
    headings = RosterHeadings(
        _("Person"),
        texts.pgettext("roster", "Hours"),
        tuple(texts.date_pattern(day.date, "E") for day in data.days),
    )
    hours = {
        person: texts.number(person.hours, 0 if person.hours == int(person.hours) else 1)
        for group in data.groups
        for person in group.people
    }
    return RosterGrid(data.days, roster_lines(data.groups, hours), data.coverage, tones, headings, room)


def _holidays(days: Iterable[RosterDay], words: ReportWords) -> str:
    """Return "4 Apr – 6 Apr: Qingming" for each run of days with one name."""
    runs = []
    for name, run in groupby(days, key=lambda day: day.name):
        dates = [day.date for day in run]
        if name:
            first, last = (_short(day, words) for day in (dates[0], dates[-1]))
            runs.append(f"{first}: {name}" if first == last else f"{first} – {last}: {name}")
    return " · ".join(runs)


def _short(day: date, words: ReportWords) -> str:
    return words.texts.date_pattern(day, "MMMd")

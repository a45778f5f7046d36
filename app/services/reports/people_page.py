"""The report on people: from its data to an A4 landscape PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from reportlab.platypus import Flowable, Spacer

from app.models.entities.people_report import DepartmentLines, PeopleFigures, PeopleReport, PersonLine
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock, Tile, TileRow, section
from app.services.reports.pdf.fonts import BOLD
from app.services.reports.pdf.grid import Band, Cell, Column, Grid, Row
from app.services.reports.pdf.page import render
from app.services.reports.people_period import period_title
from app.services.reports.people_words import DEFINITIONS, FIGURES, PER_AGENT, bands, titles
from app.services.reports.period_paper import beginning, landscape_frame
from app.services.reports.words import NOTHING, ReportWords

_SKILLS = 46
_NUMBER = styles.TextStyle(size=7.5, leading=10.5)
_NUMBER_BOLD = styles.TextStyle(font=BOLD, size=7.5, leading=10.5)
_TERM = 92


def render_people(data: PeopleReport, texts: Texts) -> bytes:
    """Return the report as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    title = texts.gettext("People, {period}").format(period=period_title(data.first, data.last, texts))
    frame = landscape_frame(words, title)
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: PeopleReport, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    texts = words.texts
    yield from beginning(title, data.until, words, room)
    if not data.people:
        yield TextBlock(texts.gettext("Nobody works in a team of the desk yet."), room, styles.PROSE)
        return
    yield TileRow(_tiles(data, words), room)
    if data.is_empty:
        yield Spacer(1, 10)
        yield TextBlock(texts.gettext("Nothing is known of anybody in this period."), room, styles.PROSE)
        return
    yield from section(texts.gettext("By department and team"), room, needs=120)
    yield _summary(data, words, room)
    yield from _moves(data, words, room)
    for department in data.departments:
        name = department.name or texts.gettext("No department")
        yield from section(name, room, needs=110)
        yield _people(department, words, room)
    yield from _notes(data, words, room)


def _tiles(data: PeopleReport, words: ReportWords) -> tuple[Tile, ...]:
    texts, total = words.texts, data.total
    _ = texts.gettext
    joined, left = (
        sum(1 for one in data.people if getattr(one, name) is not None) for name in ("joined_on", "left_on")
    )
    share = total.first_contact_share
    calls = data.calls
    per_agent = None if calls is None else calls.per_agent
    return (
        Tile(
            texts.pgettext("count", "Engineers"),
            texts.number(len(data.people)),
            _("{joined} joined, {left} left").format(joined=joined, left=left),
        ),
        Tile(
            _("Resolved in time"),
            words.share(total.in_time),
            _("{met} of {decided} in time").format(met=total.met, decided=total.met + total.missed),
        ),
        Tile(
            _("Solved in the first contact"),
            NOTHING if share is None else texts.percent(share),
            _("{count} of {of} tickets").format(count=total.first_contact, of=total.eligible),
        ),
        Tile(
            _("Hours on duty"),
            texts.number(total.duty_minutes / 60),
            _("{count} nights").format(count=total.nights),
        ),
        Tile(
            _("Calls per agent"),
            NOTHING if per_agent is None else texts.number(per_agent),
            _("no calls were counted")
            if calls is None or calls.per_hour is None
            else _("{count} an hour on duty").format(count=texts.number(calls.per_hour, 1)),
        ),
        Tile(
            _("Hours of training"),
            texts.number(total.training_minutes / 60, 1 if total.training_minutes % 60 else 0),
            _("held in the period"),
        ),
    )


def _summary(data: PeopleReport, words: ReportWords, room: float) -> Grid:
    texts = words.texts
    rows = []
    for department in data.departments:
        name = department.name or texts.gettext("No department")
        count = len(department.people)
        rows.append(_row(Cell(name, styles.CELL_BOLD), str(count), department.total, words, _NUMBER_BOLD))
        if len(department.teams) > 1 or department.teams[0].name:
            rows += [
                _row(
                    Cell("    " + (team.name or texts.gettext("No team"))),
                    str(len(team.people)),
                    team.total,
                    words,
                )
                for team in department.teams
            ]
    total = Cell(texts.gettext("Total"), styles.CELL_BOLD)
    rows.append(_row(total, str(len(data.people)), data.total, words, _NUMBER_BOLD, is_total=True))
    return _grid(texts.pgettext("count", "Engineers"), rows, texts, room)


def _people(department: DepartmentLines, words: ReportWords, room: float) -> Grid:
    texts = words.texts
    rows = []
    for team in department.teams:
        name = team.name or texts.gettext("No team")
        for one in team.people:
            skills = f"{one.experts} / {one.skilled}" if one.experts or one.skilled else NOTHING
            rows.append(
                _row(Cell(one.name, below=_moved(one, words) or one.title), skills, one.figures, words)
            )
        rows.append(_row(Cell(name, styles.CELL_BOLD), "", team.total, words, _NUMBER_BOLD, is_total=True))
    return _grid(titles(texts)["skills"], rows, texts, room)


def _row(
    name: Cell,
    second: str,
    figures: PeopleFigures,
    words: ReportWords,
    style: styles.TextStyle = _NUMBER,
    *,
    is_total: bool = False,
) -> Row:
    cells = [Cell(each.written(figures, words), style) for each in FIGURES]
    return Row((name, Cell(second, style), *cells), is_total=is_total)


def _grid(second: str, rows: Sequence[Row], texts: Texts, room: float) -> Grid:
    named = titles(texts)
    columns = [Column(""), Column(second, _SKILLS, "right")]
    columns += [Column(named[each.key], each.width, "right") for each in FIGURES]
    over, at = [], 2
    for key, run in groupby(FIGURES, key=lambda each: each.band):
        count = len(list(run))
        if key:
            over.append(Band(bands(texts)[key], at, at + count - 1))
        at += count
    return Grid(columns, rows, room, bands=over)


def _moves(data: PeopleReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """Name who joined and who left; a sentence where nobody did (S2-75)."""
    texts = words.texts
    yield from section(texts.gettext("Joined and left"), room, needs=60)
    lines = [(department.name, one) for department in data.departments for one in department.people]
    told = [(place, one) for place, one in lines if one.joined_on or one.left_on]
    if not told:
        yield TextBlock(texts.gettext("Nobody joined or left in this period."), room, styles.PROSE)
    for place, one in told:
        text = " · ".join(part for part in (one.name, place, _moved(one, words)) if part)
        yield TextBlock(text, room, styles.PROSE)


def _moved(one: PersonLine, words: ReportWords) -> str:
    texts = words.texts
    parts = []
    if one.joined_on is not None:
        parts.append(texts.gettext("joined on {day}").format(day=texts.date_pattern(one.joined_on, "MMMd")))
    if one.left_on is not None:
        parts.append(texts.gettext("last day {day}").format(day=texts.date_pattern(one.left_on, "MMMd")))
    return ", ".join(parts)


def _notes(data: PeopleReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """Say what each figure means, and what is in none of them."""
    texts = words.texts
    yield from section(texts.gettext("What the figures mean"), room, needs=120)
    named = titles(texts)
    rows = [
        Row((Cell(named[key], styles.CELL_BOLD), Cell(texts.gettext(text))))
        for key, text in DEFINITIONS.items()
    ]
    per_agent = texts.gettext(PER_AGENT).format(hours=data.full_time_hours)
    rows.append(Row((Cell(texts.gettext("Calls per agent"), styles.CELL_BOLD), Cell(per_agent))))
    yield Grid([Column("", _TERM), Column("")], rows, room)
    left_out = []
    if data.unassigned:
        left_out.append(
            texts.ngettext(
                "{count} resolved ticket has neither assignee nor owner and stands with nobody.",
                "{count} resolved tickets have neither assignee nor owner and stand with nobody.",
                data.unassigned,
            ).format(count=texts.number(data.unassigned))
        )
    if data.calls is not None and data.calls.unmanned:
        left_out.append(
            texts.ngettext(
                "{count} call was answered in an hour for which nobody was rostered, and stands with nobody.",
                "{count} calls were answered in hours for which nobody was rostered, and stand with nobody.",
                data.calls.unmanned,
            ).format(count=texts.number(data.calls.unmanned))
        )
    for text in left_out:
        yield Spacer(1, 4)
        yield TextBlock(text, room, styles.SMALL)

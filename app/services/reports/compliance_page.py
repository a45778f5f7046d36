"""The SLA compliance of a month: from its data to an A4 PDF."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from reportlab.platypus import Flowable, Spacer

from app.models.entities.compliance import ComplianceLine, ComplianceReport, RestoreLine, Split
from app.models.entities.reports import SlaTally
from app.models.entities.tickets import TicketType
from app.services.base.terms import priority_title, term
from app.services.base.texts import Texts, mark
from app.services.reports.compliance import total_line
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock, Tile, TileRow, section
from app.services.reports.pdf.grid import Band, Cell, Column, Grid, Row
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.words import NOTHING, ReportWords

# More lines of one split are no longer read; the rest stands as one line, so that the sums stay whole.
MOST_LINES = 20
_GOOD_SHARE = 0.9
_TITLES: Mapping[Split, str] = {
    Split.PRIORITY: mark("By priority"),
    Split.TYPE: mark("By type"),
    Split.CATEGORY: mark("By category"),
    Split.TEAM: mark("By team"),
    Split.ASSIGNEE: mark("By assignee"),
    Split.SHIFT: mark("By shift"),
}


def render_compliance(data: ComplianceReport, texts: Texts) -> bytes:
    """Return the report as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    month = texts.date_pattern(data.first, "yMMMM")
    title = texts.gettext("SLA compliance, {month}").format(month=month)
    frame = PageFrame(
        site_line=words.site_line(),
        title=title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
    )
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: ComplianceReport, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    texts = words.texts
    yield TextBlock(title, room, styles.TITLE)
    until = texts.gettext("Counted up to {day}").format(day=texts.day(data.until, "long"))
    yield TextBlock(until, room, styles.SUBTITLE)
    yield Spacer(1, 10)
    yield TileRow(
        (
            Tile(
                texts.pgettext("count", "Received"),
                texts.number(data.total.received),
                texts.gettext("in this month"),
            ),
            _share_tile(texts.gettext("Response in time"), data.total.response, words),
            _share_tile(texts.gettext("Resolved in time"), data.total.resolution, words),
        ),
        room,
    )
    if not any(data.splits.values()):
        yield Spacer(1, 10)
        yield TextBlock(texts.gettext("No ticket is known of this month."), room, styles.PROSE)
        return
    for split, lines in data.splits.items():
        yield from section(texts.gettext(_TITLES[split]), room, needs=120)
        yield _table(split, lines, words, room)
    if data.restoring:
        yield from section(texts.gettext("Time until the service worked again"), room, needs=120)
        yield _restoring(data.restoring, words, room)
        counted = texts.gettext(
            "From when the ticket came, on the wall clock; where nobody recorded when the service worked"
            " again, it is taken as restored when the ticket was resolved."
        )
        yield TextBlock(counted, room, styles.SMALL)
    yield Spacer(1, 6)
    basis = texts.gettext(
        "Received and response count tickets received in the month, resolution those resolved in it; overdue"
        " and still open counts as missed. Cancelled, out-of-scope and duplicate tickets are left out. A"
        " shift has the tickets received during its hours, with how their promises stand."
    )
    yield TextBlock(basis, room, styles.SMALL)


def _table(split: Split, lines: Sequence[ComplianceLine], words: ReportWords, room: float) -> Grid:
    texts = words.texts
    kept = (
        (texts.gettext("Met"), 36),
        (texts.gettext("Missed"), 42),
        (texts.pgettext("count", "Open"), 36),
        (texts.gettext("In time"), 46),
    )
    columns = [
        Column(""),
        Column(texts.pgettext("count", "Received"), 52, "right"),
        *(Column(name, wide, "right") for name, wide in kept + kept),
    ]
    shown, rest = lines[:MOST_LINES], lines[MOST_LINES:]
    rows = [Row((_name(split, line, texts), *_figures(line, words))) for line in shown]
    if rest:
        text = texts.ngettext("{count} more", "{count} more", len(rest)).format(count=len(rest))
        rows.append(Row((Cell(text, styles.CELL_MUTED), *_figures(total_line(rest), words))))
    total = Cell(texts.gettext("Total"), styles.CELL_BOLD)
    rows.append(Row((total, *_figures(total_line(lines), words, styles.CELL_BOLD)), is_total=True))
    bands = (Band(texts.gettext("Response"), 2, 5), Band(texts.gettext("Resolution"), 6, 9))
    return Grid(columns, rows, room, bands=bands)


def _restoring(lines: Sequence[RestoreLine], words: ReportWords, room: float) -> Grid:
    texts = words.texts
    columns = [
        Column(""),
        Column(texts.gettext("Resolved incidents"), 100, "right"),
        Column(texts.gettext("of these recorded"), 100, "right"),
        Column(texts.gettext("Mean"), 90, "right"),
        Column(texts.gettext("Median"), 90, "right"),
    ]
    rows = []
    for line in lines:
        name = Cell(
            priority_title(texts, line.priority), dot=styles.PRIORITIES.get(line.priority, styles.MUTED)
        )
        lengths = (words.duration(line.mean), words.duration(line.median))
        rows.append(Row((name, *map(Cell, (texts.number(line.count), texts.number(line.said), *lengths)))))
    return Grid(columns, rows, room)


def _name(split: Split, line: ComplianceLine, texts: Texts) -> Cell:
    if split is Split.PRIORITY:
        level = int(line.name)
        return Cell(priority_title(texts, level), dot=styles.PRIORITIES.get(level, styles.MUTED))
    if split is Split.TYPE:
        return Cell(term(texts, TicketType(line.name)))
    return Cell(line.name) if line.name else Cell(texts.gettext("none"), styles.CELL_MUTED)


def _figures(
    line: ComplianceLine, words: ReportWords, style: styles.TextStyle = styles.CELL
) -> Iterable[Cell]:
    number = words.texts.number
    yield Cell(number(line.received), style)
    for tally in (line.response, line.resolution):
        yield Cell(number(tally.met), style)
        yield Cell(number(tally.missed), styles.CELL_BAD if tally.missed else style)
        yield Cell(number(tally.open), style)
        yield Cell(words.share(tally), style)


def _share_tile(name: str, tally: SlaTally, words: ReportWords) -> Tile:
    if tally.share is None:
        return Tile(name, NOTHING, words.texts.gettext("nothing decided yet"))
    remark = words.texts.gettext("{met} of {decided} in time")
    said = remark.format(met=tally.met, decided=tally.met + tally.missed)
    return Tile(name, words.share(tally), said, styles.OK if tally.share >= _GOOD_SHARE else styles.BAD)

"""The ledger of fairness: from its data to an A4 PDF, a row for each person, readable without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.models.entities.fairness_report import FairnessPaper
from app.models.entities.leave import Ledger, LedgerLine
from app.services.base.texts import Texts, mark
from app.services.reports.pdf import styles
from app.services.reports.pdf.bar_rows import BarFigure, BarHeads, BarRow, BarRows
from app.services.reports.pdf.flowables import TextBlock, Tile, TileRow, section
from app.services.reports.pdf.grid import Cell, Column, Grid, Row
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.words import NOTHING, ReportWords
from app.services.roster.fairness import HOLIDAYS, HOURS, NIGHTS, WEEKENDS

_TERM = 92.0
_FIGURES: Mapping[str, Callable[[LedgerLine], float]] = {
    NIGHTS: lambda line: line.nights,
    WEEKENDS: lambda line: line.weekends,
    HOLIDAYS: lambda line: line.holidays,
    HOURS: lambda line: line.minutes / 60,
}
_TITLES: Mapping[str, str] = {
    NIGHTS: mark("Nights"),
    WEEKENDS: mark("Weekend days"),
    HOLIDAYS: mark("Holidays"),
    HOURS: mark("Hours worked"),
}
_SPARED: Mapping[str, str] = {
    NIGHTS: mark("no nights"),
    WEEKENDS: mark("no weekends"),
    HOLIDAYS: mark("no holidays"),
}
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        mark("Score"),
        mark(
            "Every two people of one team are compared: the smaller figure divided by the larger, 1 where"
            " both are 0. The mean over all pairs, times 100, is the score of a measure; the mean of the"
            " measures is the score. 100: all did the same; 0: some did everything."
        ),
    ),
    (
        mark("Full time"),
        mark(
            "Before two are compared, a figure is divided by the part of full time the person owes: half a"
            " contract, or half the months, owes half of it."
        ),
    ),
    (mark("Nights"), mark("Night shifts; a night belongs to the date on which it begins.")),
    (
        mark("Weekend days"),
        mark("Shifts on weekends and days off in lieu. A weekend that is worked in lieu is none."),
    ),
    (mark("Holidays"), mark("Shifts on statutory holidays.")),
    (mark("Given"), mark("Shifts that changed hands by a swap: given to a colleague.")),
    (mark("Taken"), mark("The same, taken over from a colleague.")),
    (
        mark("Bars"),
        mark(
            "They end at twice the mean of the team, which the tick marks; one's own are black. Whoever is"
            " spared something by agreement is not compared in it."
        ),
    ),
)
"""What each figure means, by its title."""


def render_fairness(data: FairnessPaper, texts: Texts) -> bytes:
    """Return the ledger as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    title = texts.gettext("Fairness of the roster")
    frame = PageFrame(
        site_line=words.site_line(),
        title=title,
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
    )
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: FairnessPaper, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    texts, ledger = words.texts, data.ledger
    _ = texts.gettext
    yield TextBlock(title, room, styles.TITLE)
    dates = _("{first} to {last}").format(
        first=texts.day(ledger.since, "long"), last=texts.day(data.last, "long")
    )
    if not ledger.is_whole:
        dates = _("{dates}; of colleagues only the mean is shown").format(dates=dates)
    yield TextBlock(dates, room, styles.SUBTITLE)
    yield Spacer(1, 10)
    if not ledger.lines:
        yield TextBlock(_("The roster of the last 12 months is empty."), room, styles.PROSE)
        return
    yield TileRow(_tiles(ledger, texts), room)
    for team, lines in groupby(ledger.lines, key=lambda line: (line.team_name, line.team_id)):
        yield from section(team[0] or _("No team"), room, needs=100)
        yield BarRows(_heads(texts), _rows(list(lines), ledger, texts), room)
    yield from section(_("What the figures mean"), room, needs=120)
    yield KeepTogether(_definitions(texts, room))


def _tiles(ledger: Ledger, texts: Texts) -> tuple[Tile, ...]:
    def told(score: int | None) -> str:
        return NOTHING if score is None else texts.number(score)

    _ = texts.gettext
    return (
        Tile(_("Score"), told(ledger.score), _("of 100")),
        *(Tile(_(title), told(ledger.by_measure.get(name)), _("of 100")) for name, title in _TITLES.items()),
    )


def _heads(texts: Texts) -> BarHeads:
    _ = texts.gettext
    return BarHeads(_("Person"), tuple(_(title) for title in _TITLES.values()), (_("Given"), _("Taken")))


def _rows(lines: list[LedgerLine], ledger: Ledger, texts: Texts) -> list[BarRow]:
    mean = ledger.mean_of(lines[0])
    rows = [_row(line, mean, texts) for line in lines]
    return rows if mean is None else [*rows, _row(mean, mean, texts)]


def _row(line: LedgerLine, mean: LedgerLine | None, texts: Texts) -> BarRow:
    _ = texts.gettext
    is_mean = line.person_id is None
    decimals = 1 if is_mean else 0
    name = _("Mean") if is_mean else _("{name} (you)").format(name=line.name) if line.is_reader else line.name
    bars = [
        BarFigure(texts.number(figure(line), 0 if key == HOURS else decimals), *_bar(figure, line, mean))
        for key, figure in _FIGURES.items()
    ]
    swaps = [BarFigure(texts.number(value, decimals)) for value in (line.swaps_given, line.swaps_taken)]
    return BarRow(name, (*bars, *swaps), _remark(line, texts), is_own=line.is_reader, is_mean=is_mean)


def _bar(
    figure: Callable[[LedgerLine], float], line: LedgerLine, mean: LedgerLine | None
) -> tuple[float, float | None]:
    """Return how much of the bar is filled, and where its tick stands: its end is twice the mean."""
    of = figure(mean) if mean is not None else 0.0
    if not of:
        return 0.0, None
    return min(1.0, figure(line) / of / 2), 0.5


def _remark(line: LedgerLine, texts: Texts) -> str:
    parts = [texts.gettext(text) for name, text in _SPARED.items() if name in line.spared]
    if line.person_id is not None and round(line.weight, 2) != 1:
        parts.insert(0, texts.gettext("{share} of full time").format(share=texts.percent(line.weight)))
    return texts.pgettext("between things", ", ").join(parts)


def _definitions(texts: Texts, room: float) -> list[Flowable]:
    rows = [
        Row((Cell(texts.gettext(title), styles.CELL_BOLD), Cell(texts.gettext(text))))
        for title, text in _MEANINGS
    ]
    return [Grid([Column("", _TERM), Column("")], rows, room)]

"""The report on calls: from its data to an A4 landscape PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.models.entities.calls_report import CallsReport, CallStretch, CallTally
from app.services.base.texts import Texts
from app.services.reports.calls_heat import HeatTable
from app.services.reports.calls_words import (
    DEFINITIONS,
    FIGURES,
    LEFT_OUT,
    SHIFTS,
    calls_an_hour,
    seconds,
    share,
    titles,
)
from app.services.reports.pdf import styles
from app.services.reports.pdf.charts import BarChart, Series
from app.services.reports.pdf.flowables import TextBlock, Tile, TileRow, section
from app.services.reports.pdf.grid import Band, Cell, Column, Grid, Row
from app.services.reports.pdf.page import render
from app.services.reports.people_period import period_title
from app.services.reports.period_paper import beginning, landscape_frame
from app.services.reports.words import NOTHING, ReportWords

MOST_DAYS = 62
"""A longer period is told by weeks only: nobody reads a table of a year's days."""
_CHART = 130.0
_TERM = 92.0
_NAME = 100.0
_PEOPLE = 46.0
_MONDAY = date(2024, 1, 1)


def render_calls(data: CallsReport, texts: Texts) -> bytes:
    """Return the report as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    title = texts.gettext("Calls, {period}").format(period=period_title(data.first, data.last, texts))
    frame = landscape_frame(words, title)
    return render(list(_story(data, words, title, frame.room)), frame)


def _story(data: CallsReport, words: ReportWords, title: str, room: float) -> Iterable[Flowable]:
    texts = words.texts
    yield from beginning(title, data.until, words, room)
    if not data.total.offered:
        yield TextBlock(texts.gettext("No call was counted in this period."), room, styles.PROSE)
        return
    yield TileRow(_tiles(data, words), room)
    yield from section(texts.gettext("Calls by the hour of the day"), room, needs=_CHART + 40)
    yield _chart([f"{hour:02d}" for hour in range(len(data.by_hour))], data.by_hour, texts, room)
    yield from section(texts.gettext("By shift"), room, needs=110)
    yield _shifts(data, words, room)
    yield Spacer(1, 5)
    yield TextBlock(texts.gettext(SHIFTS), room, styles.SMALL)
    yield from section(texts.gettext("Calls an hour by weekday"), room, needs=170)
    yield _heat(data, words, room)
    note = texts.gettext("Calls offered in that hour, on average over the weekdays of the period.")
    yield Spacer(1, 5)
    yield TextBlock(note, room, styles.SMALL)
    yield from section(texts.gettext("By week, with the people needed"), room, needs=110)
    yield _stretches(data.by_week, data, words, room)
    if len(data.by_day) <= MOST_DAYS:
        yield from section(texts.gettext("By day, with the people needed"), room, needs=_CHART + 80)
        days = [str(each.first.day) for each in data.by_day]
        yield _chart(days, [each.calls for each in data.by_day], texts, room)
        yield Spacer(1, 6)
        yield _stretches(data.by_day, data, words, room)
    yield from section(texts.gettext("What the figures mean"), room, needs=120)
    yield KeepTogether(_definitions(data, words, room))


def _tiles(data: CallsReport, words: ReportWords) -> tuple[Tile, ...]:
    texts, total = words.texts, data.total
    _, named = texts.gettext, titles(texts)
    is_kept = total.abandonment is not None and total.abandonment <= data.aims.abandonment
    target = _("at most {share} aimed at").format(share=texts.percent(data.aims.abandonment))
    return (
        Tile(
            named["offered"],
            texts.number(total.offered),
            _("{count} a day").format(count=texts.number(total.offered / max(1, len(data.by_day)), 1)),
        ),
        Tile(named["answered"], texts.number(total.answered), share(total.answered_share, words)),
        Tile(
            named["unconnected"],
            texts.number(total.unconnected),
            _("{count} of them abandoned").format(count=texts.number(total.abandoned)),
        ),
        Tile(
            named["abandonment"],
            share(total.abandonment, words),
            target,
            styles.OK if is_kept else styles.BAD,
        ),
        Tile(named["speed_of_answer"], seconds(total.speed_of_answer, words), _("mean, min:s")),
        Tile(
            named["handling"],
            seconds(total.handling, words),
            _("of this talk {length}").format(length=seconds(total.talk, words)),
        ),
    )


def _chart(names: Sequence[str], tallies: Sequence[CallTally], texts: Texts, room: float) -> BarChart:
    named = titles(texts)
    series = (
        Series(named["offered"], tuple(each.offered for each in tallies), styles.ACCENT_PALE),
        Series(named["answered"], tuple(each.answered for each in tallies), styles.ACCENT),
        Series(named["unconnected"], tuple(each.unconnected for each in tallies), styles.BAD),
    )
    return BarChart(names, series, room, _CHART)


def _shifts(data: CallsReport, words: ReportWords, room: float) -> Grid:
    texts = words.texts
    rows = [
        Row(
            (
                Cell(line.name) if line.name else Cell(texts.gettext("no shift"), styles.CELL_MUTED),
                *_figures(line.calls, data, words),
            )
        )
        for line in data.by_shift
    ]
    total = sum((line.calls for line in data.by_shift), CallTally())
    rows.append(_total(total, data, words))
    named = titles(texts)
    columns = [Column("", _NAME), *(Column(named[each.key], 0, "right") for each in FIGURES)]
    return Grid(columns, rows, room)


def _stretches(stretches: Sequence[CallStretch], data: CallsReport, words: ReportWords, room: float) -> Grid:
    texts = words.texts
    named = titles(texts)
    columns = [
        Column("", _NAME),
        *(Column(named[each.key], each.width, "right") for each in FIGURES),
        Column(named["peak"], 0, "right"),
        Column(named["needed"], _PEOPLE, "right"),
        Column(named["rostered"], _PEOPLE, "right"),
    ]
    rows = [
        Row((Cell(_dates(each, texts)), *_figures(each.calls, data, words), *_peak(each, words)))
        for each in stretches
    ]
    rows.append(_total(data.total, data, words, more=3))
    band = Band(texts.gettext("People in the busiest hour"), len(columns) - 3, len(columns) - 1)
    return Grid(columns, rows, room, bands=(band,))


def _peak(stretch: CallStretch, words: ReportWords) -> Iterable[Cell]:
    peak = stretch.peak
    if peak is None:
        return (Cell(NOTHING),) * 3
    texts = words.texts
    is_short = peak.rostered < peak.need.people
    at = words.clock(peak.at) if stretch.first == stretch.last else words.when(peak.at)
    return (
        Cell(f"{at} · {texts.number(peak.offered)}"),
        Cell(texts.number(peak.need.people)),
        Cell(texts.number(peak.rostered), styles.CELL_BAD if is_short else styles.CELL),
    )


def _figures(
    calls: CallTally, data: CallsReport, words: ReportWords, style: styles.TextStyle = styles.CELL
) -> Iterable[Cell]:
    is_over = calls.abandonment is not None and calls.abandonment > data.aims.abandonment
    for each in FIGURES:
        is_bad = each.key == "abandonment" and is_over
        yield Cell(each.written(calls, words), styles.CELL_BAD if is_bad else style)


def _total(calls: CallTally, data: CallsReport, words: ReportWords, *, more: int = 0) -> Row:
    total = Cell(words.texts.gettext("Total"), styles.CELL_BOLD)
    figures = _figures(calls, data, words, styles.CELL_BOLD)
    return Row((total, *figures, *(Cell("") for _column in range(more))), is_total=True)


def _dates(stretch: CallStretch, texts: Texts) -> str:
    first = texts.date_pattern(stretch.first, "MMMd")
    if stretch.first == stretch.last:
        return f"{texts.date_pattern(stretch.first, 'E')} {first}"
    return f"{first} – {texts.date_pattern(stretch.last, 'MMMd')}"


def _heat(data: CallsReport, words: ReportWords, room: float) -> HeatTable:
    texts = words.texts
    rows = [
        (texts.date_pattern(_MONDAY + timedelta(days=weekday), "EEEE"), values)
        for weekday, values in enumerate(data.heat)
    ]
    hours = [f"{hour:02d}" for hour in range(len(data.by_hour))]
    return HeatTable(hours, rows, lambda value: calls_an_hour(value, words), room)


def _definitions(data: CallsReport, words: ReportWords, room: float) -> list[Flowable]:
    texts, aims = words.texts, data.aims
    named = titles(texts)
    facts = {
        "within": aims.within,
        "target": texts.percent(aims.abandonment),
        "level": texts.percent(aims.level),
        "shrinkage": texts.percent(aims.shrinkage),
        "supposed": aims.handling,
    }
    rows = [
        Row((Cell(named[key], styles.CELL_BOLD), Cell(texts.gettext(text).format(**facts))))
        for key, text in (DEFINITIONS if aims.keeps_hung_up else {**DEFINITIONS, **LEFT_OUT}).items()
    ]
    return [Grid([Column("", _TERM), Column("")], rows, room)]

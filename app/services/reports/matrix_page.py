"""The priority matrix as a poster for the wall: an A4 landscape page for each matrix that types follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable, PageBreak, Spacer

from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.settings_papers import MatrixPaper
from app.models.entities.sla import ClockKind, SlaPolicy
from app.models.entities.tickets import TicketType
from app.services.base.names import guidance_of, named
from app.services.base.terms import PRIORITY_NAMES, priority_name, term
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock
from app.services.reports.pdf.grid import Cell, Column, Grid, Row
from app.services.reports.pdf.matrix_grid import MatrixGrid, PosterLevel, PosterWords, shortened
from app.services.reports.pdf.page import render
from app.services.reports.pdf.text import fitted
from app.services.reports.settings_words import (
    allowance,
    calendar_name,
    frame_of,
    policy_name,
    version_line,
)
from app.services.reports.words import NOTHING, ReportWords

# More policies have no room on a poster; the SLA table's own paper has them all.
MOST_POLICIES = 4
_FIRST = 196.0
_ROW = 31.0
_HEADER = 19.0


def render_matrix(data: MatrixPaper, texts: Texts) -> bytes:
    """Return the poster as PDF; the same data in the same language give the same bytes.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    title = texts.gettext("Priority matrix")
    frame = frame_of(words, title, is_landscape=True)
    story: list[Flowable] = []
    for sheet in sheets(data.matrix):
        story += [PageBreak()] if story else []
        story += _story(sheet.of(data), words, sheet.title(title, texts), frame.room, frame.content_height)
    return render(story, frame)


@dataclass(frozen=True)
class Sheet:
    """A page: a matrix, and the types of ticket that follow it; all of them on the only page there is."""

    matrix: MatrixDefinition
    types: tuple[TicketType, ...]

    def of(self, data: MatrixPaper) -> MatrixPaper:
        """Return what this page says: its matrix, and the policies that its types of ticket can meet."""
        met = tuple(
            policy for policy in data.table.policies if not policy.types or {*policy.types} & {*self.types}
        )
        return replace(data, matrix=self.matrix, table=replace(data.table, policies=met))

    def title(self, title: str, texts: Texts) -> str:
        """Return the heading, with the types this page is for unless it is for all."""
        if len(self.types) == len(TicketType):
            return title
        names = texts.pgettext("between things", ", ").join(term(texts, kind) for kind in self.types)
        return texts.gettext("{title}: {types}").format(title=title, types=names)


def sheets(matrix: MatrixDefinition) -> list[Sheet]:
    """Return a page for each matrix that any type follows; types whose cells are equal share one."""
    found: list[Sheet] = []
    for kind in TicketType:
        own = matrix.for_type(kind)
        place = next((at for at, sheet in enumerate(found) if sheet.matrix.cells == own.cells), None)
        if place is None:
            found.append(Sheet(own, (kind,)))
        else:
            found[place] = replace(found[place], types=(*found[place].types, kind))
    # What all types share comes first, whichever type follows it.
    return sorted(found, key=lambda sheet: sheet.matrix.cells != matrix.cells)


def _story(
    data: MatrixPaper, words: ReportWords, title: str, room: float, height: float
) -> Iterable[Flowable]:
    """Yield one page, filled to its end whatever it says."""
    texts = words.texts
    heading = TextBlock(title, room, styles.TITLE)
    version = TextBlock(version_line(data.version, words), room, styles.SUBTITLE)
    promises = _promises(data, words, room)
    remark = TextBlock(_remark(data, words), room, styles.SMALL)
    fixed = 6 + 10 + 4 + 2
    used = sum(each.wrap(room, height)[1] for each in (heading, version, promises, remark))
    priorities = {number: _priority(data, number, texts) for number in set(data.matrix.cells.values())}
    yield heading
    yield version
    yield Spacer(1, 6)
    yield MatrixGrid(
        [_level(each, texts) for each in data.matrix.impacts],
        [_level(each, texts) for each in data.matrix.urgencies],
        {place: priorities[number] for place, number in data.matrix.cells.items()},
        PosterWords(texts.gettext("Impact"), texts.gettext("Urgency")),
        room,
        height - used - fixed,
    )
    yield Spacer(1, 10)
    yield promises
    yield Spacer(1, 4)
    yield remark


def _level(level: Level, texts: Texts) -> PosterLevel:
    return PosterLevel(level.number, named(level, texts.language), guidance_of(level, texts.language))


def _priority(data: MatrixPaper, number: int, texts: Texts) -> PosterLevel:
    stated = next((each for each in data.matrix.priorities if each.number == number), None)
    if stated is not None:
        return _level(stated, texts)
    return PosterLevel(number, priority_name(texts, number) if number in PRIORITY_NAMES else "")


def _promises(data: MatrixPaper, words: ReportWords, room: float) -> Grid:
    """Return what each priority means and promises; every row has the same height, whatever it says."""
    policies = data.table.policies[:MOST_POLICIES]
    columns = [
        Column(words.texts.gettext("Priority"), _FIRST),
        *(Column(policy_name(policy, words)) for policy in policies),
    ]
    wide = (room - _FIRST) / max(1, len(policies))
    numbers = sorted(set(data.matrix.cells.values()))
    rows = [
        Row(
            (
                _named(data, number, words),
                *(_promise(data, policy, number, words, wide) for policy in policies),
            )
        )
        for number in numbers
    ]
    return Grid(columns, rows, room)


def _named(data: MatrixPaper, number: int, words: ReportWords) -> Cell:
    level = _priority(data, number, words.texts)
    room = _FIRST - 2 * styles.CELL_PAD - 4 * styles.DOT
    style = styles.CELL_BOLD
    name = fitted(f"P{number} {level.name}", style.font, style.size, room)
    below = "".join(shortened(level.guidance, styles.SMALL, room, 1))
    dot = styles.PRIORITIES.get(number, styles.MUTED)
    return Cell(name, style, below=below, dot=dot)


def _promise(data: MatrixPaper, policy: SlaPolicy, number: int, words: ReportWords, wide: float) -> Cell:
    target = next((each for each in policy.targets if each.priority == number), None)
    if target is None:
        return Cell(NOTHING, styles.CELL_MUTED)
    allowed = (allowance(target, clock, data.calendars, words) for clock in _CLOCKS)
    text = " · ".join(written + (f" ({meant})" if meant else "") for written, meant in allowed)
    room = wide - 2 * styles.CELL_PAD
    below = calendar_name(target.calendar, data.calendars)
    small = styles.SMALL
    return Cell(
        fitted(text, styles.CELL.font, styles.CELL.size, room),
        below=fitted(below, small.font, small.size, room),
    )


_CLOCKS: Sequence[ClockKind] = (ClockKind.RESPONSE, ClockKind.RESOLUTION)


def _remark(data: MatrixPaper, words: ReportWords) -> str:
    text = words.texts.gettext(
        "Promised are the times until the response · until the resolution, counted in the calendar below."
    )
    left = len(data.table.policies) - MOST_POLICIES
    if left <= 0:
        return text
    more = words.texts.ngettext(
        "{count} further policy stands in the SLA table.",
        "{count} further policies stand in the SLA table.",
        left,
    ).format(count=left)
    return f"{text} {more}"

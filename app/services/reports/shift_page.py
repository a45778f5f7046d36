"""The shift report: from its data to an A4 PDF that both duty supervisors sign."""

from __future__ import annotations

from collections.abc import Iterable

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from app.models.entities.reports import (
    CallBack,
    ClockState,
    DutyPerson,
    Figures,
    OpenMajor,
    ReportedTicket,
    ShiftNote,
    ShiftReport,
    SlaTally,
    UrgentClock,
)
from app.services.base.terms import priority_title, term
from app.services.base.texts import Texts
from app.services.reports.pdf import styles
from app.services.reports.pdf.charts import BarChart, Series
from app.services.reports.pdf.flowables import (
    SignatureField,
    SignatureRow,
    TextBlock,
    Tile,
    TileRow,
    section,
)
from app.services.reports.pdf.grid import Band, Cell, Column, Grid, Row
from app.services.reports.pdf.page import PageFrame, render
from app.services.reports.shift_handover_parts import (
    call_tiles,
    handover_lines,
    is_signed,
    people_table,
    signed_table,
)
from app.services.reports.words import NOTHING, ReportWords

_GOOD_SHARE = 0.9
"""Below this part of promises kept, the tile's remark is coloured."""


def render_shift_report(data: ShiftReport, texts: Texts) -> bytes:
    """Return the report as PDF; the same data in the same language give the same bytes.

    No text in `data` can make it fail: what the fonts lack is replaced, what is long continues.

    Raises:
        NotFound: the report fonts are not installed with the program.
        zoneinfo.ZoneInfoNotFoundError: the site's time zone is no IANA name.
    """
    words = ReportWords(texts, data.head)
    frame = PageFrame(
        site_line=words.site_line(),
        title=" · ".join((texts.gettext("Shift report"), _shift_line(data, words))),
        printed=words.printed(),
        page_of=words.page_of,
        language=words.language_tag(),
    )
    page = _ShiftPage(data, words, frame.room)
    return render(page.story(), frame)


def _shift_line(data: ShiftReport, words: ReportWords) -> str:
    shift = data.shift
    return f"{shift.name} · {words.full_day(shift.date)} · {words.window(shift.starts_at, shift.ends_at)}"


class _ShiftPage:
    """Builds the story, one method per section, from top to bottom."""

    def __init__(self, data: ShiftReport, words: ReportWords, room: float) -> None:
        self._data = data
        self._words = words
        self._texts = words.texts
        self._room = room

    def story(self) -> list[Flowable]:
        return [
            *self._title(),
            *self._on_duty(),
            *people_table(self._data, self._words, self._room),
            *self._tiles(),
            *call_tiles(self._data, self._words, self._room),
            *self._chart(),
            *self._by_priority(),
            *self._by_type(),
            *self._urgent(),
            *self._majors(),
            *self._call_backs(),
            *self._notes(),
            *handover_lines(self._data, self._words, self._room),
            *self._signatures(),
        ]

    def _title(self) -> Iterable[Flowable]:
        yield TextBlock(self._texts.gettext("Shift report"), self._room, styles.TITLE)
        yield TextBlock(_shift_line(self._data, self._words), self._room, styles.SUBTITLE)
        yield Spacer(1, 10)

    def _on_duty(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        rows = [
            Row((Cell(role.role, styles.CELL_MUTED), Cell(_people(role.people) or NOTHING)))
            for role in self._data.on_duty
        ]
        supervisor = self._data.supervisor
        name = _people((supervisor,)) if supervisor else _("Nobody was entered as duty supervisor")
        style = styles.CELL_BOLD if supervisor else styles.CELL_BAD
        first = Row((Cell(_("Duty supervisor"), styles.CELL_MUTED), Cell(name, style)))
        yield Grid((Column("", 110), Column("")), [first, *rows], self._room)
        yield Spacer(1, 12)

    def _tiles(self) -> Iterable[Flowable]:
        _, pgettext, number = self._texts.gettext, self._texts.pgettext, self._texts.number
        total = self._data.total
        yield TileRow(
            (
                Tile(pgettext("count", "Received"), number(total.received), _("in this shift")),
                Tile(pgettext("count", "Resolved"), number(total.resolved), _("in this shift")),
                Tile(_("Carried over"), number(total.carried_over), _("open at its end")),
                self._share_tile(_("Response in time"), total.response),
                self._share_tile(_("Resolved in time"), total.resolution),
            ),
            self._room,
        )

    def _share_tile(self, name: str, tally: SlaTally) -> Tile:
        decided = tally.met + tally.missed
        if tally.share is None:
            return Tile(name, NOTHING, self._texts.gettext("nothing decided yet"))
        remark = self._texts.gettext("{met} of {decided} in time").format(met=tally.met, decided=decided)
        return Tile(
            name, self._words.share(tally), remark, styles.OK if tally.share >= _GOOD_SHARE else styles.BAD
        )

    def _chart(self) -> Iterable[Flowable]:
        _, pgettext, hours = self._texts.gettext, self._texts.pgettext, self._data.hours
        if not hours:
            return
        yield from section(_("Received and resolved per hour"), self._room, needs=150)
        series = (
            Series(pgettext("count", "Received"), tuple(hour.received for hour in hours), styles.ACCENT_PALE),
            Series(pgettext("count", "Resolved"), tuple(hour.resolved for hour in hours), styles.ACCENT),
        )
        yield BarChart([self._words.clock(hour.starts_at) for hour in hours], series, self._room, 112)

    def _by_priority(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("By priority"), self._room, needs=150)
        lines = [
            (Cell(priority_title(self._texts, line.priority), dot=_dot(line.priority)), line.figures)
            for line in self._data.by_priority
        ]
        yield self._figures_table(_("Priority"), lines)

    def _by_type(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("By type"), self._room, needs=150)
        lines = [(Cell(term(self._texts, line.type)), line.figures) for line in self._data.by_type]
        yield self._figures_table(_("Type"), lines)
        basis = _(
            "Received and resolved count by the time in this shift; "
            "carried over is what was open at its end. "
            "A promise is decided in the shift in which it was met or missed; "
            "overdue and still open counts as missed."
        )
        yield Spacer(1, 5)
        yield TextBlock(basis, self._room, styles.SMALL)

    def _figures_table(self, title: str, lines: list[tuple[Cell, Figures]]) -> Grid:
        _, pgettext = self._texts.gettext, self._texts.pgettext
        counts = (
            (pgettext("count", "Received"), 46),
            (pgettext("count", "Resolved"), 44),
            (_("Carried over"), 56),
        )
        kept = ((_("Met"), 30), (_("Missed"), 36), (pgettext("count", "Open"), 31), (_("In time"), 38))
        columns = [Column(title), *(Column(name, wide, "right") for name, wide in counts + kept + kept)]
        rows = [Row((cell, *self._figures(figures))) for cell, figures in lines]
        total = Cell(_("Total"), styles.CELL_BOLD)
        rows.append(Row((total, *self._figures(self._data.total, styles.CELL_BOLD)), is_total=True))
        bands = (Band(_("Response"), 4, 7), Band(_("Resolution"), 8, 11))
        return Grid(columns, rows, self._room, bands=bands)

    def _figures(self, figures: Figures, style: styles.TextStyle = styles.CELL) -> Iterable[Cell]:
        number = self._texts.number
        for count in (figures.received, figures.resolved, figures.carried_over):
            yield Cell(number(count), style)
        for tally in (figures.response, figures.resolution):
            yield Cell(number(tally.met), style)
            yield Cell(number(tally.missed), styles.CELL_BAD if tally.missed else style)
            yield Cell(number(tally.open), style)
            yield Cell(self._words.share(tally), style)

    def _urgent(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("Breached and at risk"), self._room)
        if not self._data.urgent:
            yield self._nothing(_("No ticket is overdue or close to it."))
            return
        columns = (
            *self._ticket_columns(),
            Column(_("Assignee"), 82),
            Column(_("Target"), 58),
            Column(_("Due"), 78),
            Column(_("Time left"), 84),
        )
        yield Grid(columns, [self._urgent_row(line) for line in self._data.urgent], self._room)

    def _urgent_row(self, line: UrgentClock) -> Row:
        _ = self._texts.gettext
        length = self._words.duration(line.left)
        if line.state is ClockState.BREACHED:
            state = Cell(_("{duration} over").format(duration=length), styles.CELL_BAD)
        else:
            state = Cell(_("{duration} left").format(duration=length), styles.CELL_WARN)
        due = Cell(self._words.when(line.due_at) if line.due_at else _("Paused"))
        clock = Cell(term(self._texts, line.clock))
        return Row((*self._ticket_cells(line.ticket), Cell(line.ticket.holder or NOTHING), clock, due, state))

    def _majors(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("Open P1 and P2"), self._room)
        if not self._data.majors:
            yield self._nothing(_("No P1 or P2 is open."))
            return
        columns = (
            *self._ticket_columns(),
            Column(_("Status"), 76),
            Column(_("Assignee"), 92),
            Column(_("Due"), 78),
        )
        yield Grid(columns, [self._major_row(line) for line in self._data.majors], self._room)

    def _major_row(self, line: OpenMajor) -> Row:
        _, ticket, note = self._texts.gettext, line.ticket, line.last_note
        number, priority, subject = self._ticket_cells(ticket)
        below = f"{self._words.when(note.at)} · {note.by}\n{note.text}" if note else _("No note yet")
        return Row(
            (
                number,
                priority,
                Cell(subject.text, styles.CELL_BOLD, below, styles.NOTE),
                Cell(
                    term(self._texts, ticket.status),
                    below=_("Major incident") if ticket.is_major else "",
                    below_style=styles.SMALL_BAD,
                ),
                Cell(ticket.holder or NOTHING),
                Cell(self._words.when(line.due_at) if line.due_at else _("Paused")),
            )
        )

    def _call_backs(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("Waiting for call-back"), self._room)
        if not self._data.call_backs:
            yield self._nothing(_("Nobody waits for a call."))
            return
        columns = [
            *self._ticket_columns(),
            Column(_("Requester"), 92),
            Column(_("Why"), 92),
            Column(_("Since"), 78),
        ]
        # A column of dashes would only take the subjects their room.
        is_promised = any(line.promised_at for line in self._data.call_backs)
        if is_promised:
            columns.append(Column(_("Promised time"), 66))
        rows = [self._call_back_row(line, is_promised=is_promised) for line in self._data.call_backs]
        yield Grid(columns, rows, self._room)

    def _call_back_row(self, line: CallBack, *, is_promised: bool) -> Row:
        cells = [
            *self._ticket_cells(line.ticket, requester=False),
            Cell(line.ticket.requester or NOTHING, below=line.phone),
            Cell(self._words.call_back(line.reason)),
            Cell(self._words.when(line.since)),
        ]
        if is_promised:
            cells.append(Cell(self._words.when(line.promised_at) if line.promised_at else NOTHING))
        return Row(tuple(cells))

    def _notes(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        yield from section(_("Notes for the next shift"), self._room)
        if not self._data.notes:
            yield self._nothing(_("No notes were left."))
        for note in self._data.notes:
            yield CondPageBreak(45)  # a note's heading stays with its first lines
            yield TextBlock(self._note_head(note), self._room, styles.SMALL)
            yield TextBlock(note.text, self._room, styles.PROSE)
            yield Spacer(1, 7)

    def _note_head(self, note: ShiftNote) -> str:
        return " · ".join(part for part in (self._words.when(note.at), note.by, note.ticket) if part)

    def _signatures(self) -> Iterable[Flowable]:
        _ = self._texts.gettext
        labels = (_("Printed name"), _("Signature"), _("Date, time"))
        name = self._data.supervisor.name if self._data.supervisor else ""
        if is_signed(self._data):
            yield from signed_table(self._data, self._words, self._room)
            return
        yield from section(_("Handover"), self._room, needs=SignatureRow.HEIGHT + 40)
        yield SignatureRow(
            (
                SignatureField(_("Handing over: outgoing duty supervisor"), name, labels),
                SignatureField(
                    _("Taking over: incoming duty supervisor"), self._data.next_supervisor, labels
                ),
            ),
            self._room,
        )

    def _ticket_columns(self) -> tuple[Column, Column, Column]:
        _ = self._texts.gettext
        return Column(_("Ticket"), 46), Column("", 34), Column(_("Subject"))

    def _ticket_cells(self, ticket: ReportedTicket, *, requester: bool = True) -> tuple[Cell, Cell, Cell]:
        return (
            Cell(ticket.number),
            Cell(f"P{ticket.priority}", styles.CELL_BOLD, dot=_dot(ticket.priority)),
            Cell(ticket.subject, below=ticket.requester if requester else ""),
        )

    def _nothing(self, sentence: str) -> Flowable:
        return TextBlock(sentence, self._room, styles.CELL_MUTED)


def _people(people: Iterable[DutyPerson]) -> str:
    return " · ".join(f"{person.name} {person.phone}".rstrip() for person in people)


def _dot(priority: int) -> str:
    return styles.PRIORITIES.get(priority, styles.MUTED)

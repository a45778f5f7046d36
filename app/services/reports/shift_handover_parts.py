"""The shift report's part on people, the telephone and the handover."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from reportlab.platypus import Flowable, Spacer

from app.models.entities.reports import ShiftCalls, ShiftPerson, ShiftReport
from app.services.reports.pdf import styles
from app.services.reports.pdf.flowables import TextBlock, Tile, TileRow, section
from app.services.reports.pdf.grid import Cell, Column, Grid, Row
from app.services.reports.words import NOTHING, ReportWords


def people_table(data: ShiftReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """Who was rostered and came; nothing where the desk records no presence."""
    if not any(person.came is not None for person in data.people):
        return
    _ = words.texts.gettext
    yield from section(_("People of the shift"), room)
    rows = [
        Row(
            (
                Cell(person.name, styles.CELL_BOLD if person.leads else styles.CELL),
                Cell(_("Duty supervisor") if person.leads else ""),
                _presence(person, words),
            )
        )
        for person in data.people
    ]
    columns = (Column(_("Rostered"), 160), Column("", 110), Column(_("Presence")))
    yield Grid(columns, rows, room)
    yield Spacer(1, 12)


def call_tiles(data: ShiftReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """The telephone and what was heard on it; nothing where nobody counts calls."""
    if data.calls is None and not data.opportunities:
        return
    _, number = words.texts.gettext, words.texts.number
    tiles = []
    if data.calls is not None:
        calls = data.calls
        share = words.texts.percent(calls.answered / calls.offered) if calls.offered else NOTHING
        each = NOTHING if calls.per_person is None else number(calls.per_person, 1)
        tone = styles.BAD if calls.missed else styles.MUTED
        people = _("{count} people on the roster").format(count=calls.people)
        tiles = [
            Tile(_("Calls"), number(calls.offered), _("in the shift's hours")),
            Tile(_("Calls answered"), number(calls.answered), share),
            Tile(_("Calls missed"), number(calls.missed), _missed(calls, words), tone),
            Tile(_("Calls per person"), each, people),
        ]
    tiles.append(Tile(_("Opportunities"), number(data.opportunities), _("noted in this shift")))
    yield Spacer(1, 9)
    yield TileRow(tuple(tiles), room)


def _missed(calls: ShiftCalls, words: ReportWords) -> str:
    """Return the share of missed calls, and of what it is a share."""
    if calls.abandonment is None:
        return ""
    _ = words.texts.gettext
    said = _("{share} of offered") if calls.keeps_hung_up else _("{share} less hung up")
    return said.format(share=words.texts.percent(calls.abandonment, 1))


def handover_lines(data: ShiftReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """The lines of the handover as they stand; nothing where its sheet was never opened."""
    if data.handover is None:
        return
    _ = words.texts.gettext
    yield from section(_("Handover: {state}").format(state=data.handover.state), room)
    if not data.handover.lines:
        yield TextBlock(_("There was nothing to hand over."), room, styles.CELL_MUTED)
        return
    rows = [
        Row((Cell(line.title, below=line.section), Cell(line.talk), Cell(line.answer)))
        for line in data.handover.lines
    ]
    columns = (
        Column(_("What")),
        Column(_("Note, question, answer"), 190),
        Column(_("Incoming leader"), 96),
    )
    yield Grid(columns, rows, room)


def is_signed(data: ShiftReport) -> bool:
    """Tell whether both signatures are in the book, so that nobody need sign the paper."""
    return data.handover is not None and data.handover.out is not None and data.handover.taken is not None


def signed_table(data: ShiftReport, words: ReportWords, room: float) -> Iterable[Flowable]:
    """Both signatures as they stand in the book."""
    if data.handover is None:
        return
    _ = words.texts.gettext
    yield from section(_("Signed in the book, no. {number}").format(number=data.handover.number), room)
    sides = ((_("Handing over"), data.handover.out), (_("Taking over"), data.handover.taken))
    rows = [_signed(side, signed, words) for side, signed in sides if signed is not None]
    yield Grid((Column("", 110), Column("", 140), Column("", 130), Column("")), rows, room)


def _signed(side: str, signed: tuple[str, datetime, str], words: ReportWords) -> Row:
    name, at, reason = signed
    return Row(
        (Cell(side, styles.CELL_MUTED), Cell(name, styles.CELL_BOLD), Cell(words.stamp(at)), Cell(reason))
    )


def _presence(person: ShiftPerson, words: ReportWords) -> Cell:
    _ = words.texts.gettext
    if not person.came:
        return Cell(_("did not check in"), styles.CELL_BAD)
    parts = []
    if person.late:
        parts.append(_("{minutes} min late").format(minutes=person.late))
    if person.early:
        parts.append(_("left {minutes} min early").format(minutes=person.early))
    return Cell(" · ".join(parts) or _("in time"))

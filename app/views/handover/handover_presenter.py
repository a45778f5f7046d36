"""What the sheet's part of the page decides: which shift is shown, on which side the reader stands, deeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.handover import (
    Handover,
    HandoverState,
    Leader,
    Line,
    LineState,
    Section,
    Side,
)
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import ShiftAt
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.handover import commands, pins, queries, signing
from app.services.handover.sheet import Sheet, read_sheet
from app.services.handover.words import HandoverWords
from app.services.reports.handover_closing import take_over
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

T = TypeVar("T")


class Entry(StrEnum):
    """What can be written to a line."""

    NOTE = "note"
    QUESTION = "question"
    ANSWER = "answer"


class HandoverPresenter(QObject):
    """State and deeds of the sheet. Owns no widgets."""

    sheet_changed = Signal()
    signed = Signal(object)  # the Side that signed
    written = Signal(int, object)  # a line's id and what was written to it
    failed = Signal(object)
    sign_refused = Signal(object)  # the error of a signature

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.words = HandoverWords(env.format.texts, env.format.zone)
        self.sheet: Sheet | None = None
        self._asked: tuple[date, TemplateId] | None = None
        self._turn = 0

    @property
    def may_write(self) -> bool:
        """Whether this person may write on handovers."""
        return self._ctx.actor.may("handover.write")

    @property
    def handover(self) -> Handover | None:
        """The sheet that is shown."""
        return self.sheet.handover if self.sheet is not None else None

    @property
    def shift(self) -> ShiftAt | None:
        """The shift whose sheet is shown, or would be."""
        return self.sheet.shift if self.sheet is not None else None

    @property
    def side(self) -> Side | None:
        """On which side the reader stands; None for neither."""
        handover, me = self.handover, self._ctx.actor.person_id
        if handover is None or me is None:
            return None
        handing = {leader.person_id for leader in handover.leaders}
        if handover.out is not None:
            handing = {handover.out.person_id}
        if me in handing:
            return Side.OUT
        return Side.IN if me in {leader.person_id for leader in handover.next_leaders} else None

    # --- reading ------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read again; a draft the reader may write on is brought up to date first."""
        self._turn += 1
        job = partial(read_sheet, self._ctx, self._asked, is_fresh=self.may_write)
        self._env.tasks.run(job, partial(self._keep, self._turn), self.failed.emit, owner=self)

    def reread(self) -> None:
        """Read again what is stored: a colleague ticked, asked or signed."""
        self._turn += 1
        job = partial(read_sheet, self._ctx, self._asked, is_fresh=False)
        self._env.tasks.run(job, partial(self._keep, self._turn), self.failed.emit, owner=self)

    def show_shift(self, day: date, code: str) -> None:
        """Show the sheet of another shift, by its code."""
        job = partial(queries.shift_by_code, self._ctx, code)

        def found(template_id: TemplateId) -> None:
            self._asked = (day, template_id)
            self.refresh()

        self._env.tasks.run(job, found, self._env.shell.failed, owner=self)

    def step(self, by: int) -> None:
        """Show the sheet of the shift after or before."""
        if self.shift is None:
            return
        on, template = self.shift.on_date, self.shift.template.id
        job = partial(queries.shift_beside, self._ctx, on, template, is_later=by > 0)

        def found(shift: ShiftAt | None) -> None:
            if shift is not None:
                self._asked = (shift.on_date, shift.template.id)
                self.refresh()

        self._env.tasks.run(job, found, self._env.shell.failed, owner=self)

    def show_present(self) -> None:
        """Show the sheet that is to be signed next."""
        self._asked = None
        self.refresh()

    def open_now(self) -> None:
        """Write the sheet of the shift shown, though its end is not near."""
        shift = self.shift
        if shift is not None:
            self._do(partial(commands.open_handover, self._ctx, shift.on_date, shift.template.id), quiet=True)

    # --- deeds --------------------------------------------------------------------------------------

    def line(self, line_id: int) -> Line | None:
        """Return a line of the sheet shown."""
        lines = self.handover.lines if self.handover is not None else ()
        return next((line for line in lines if line.id == line_id), None)

    def toggle(self, line_id: int) -> None:
        """Tick a line, or take the tick back."""
        line = self.line(line_id)
        if line is not None:
            self._tick([line], is_ticked=line.state is not LineState.TICKED)

    def tick_section(self, line_id: int) -> None:
        """Tick every open line under the heading of this one."""
        line, handover = self.line(line_id), self.handover
        if line is None or handover is None:
            return
        lines = [
            one
            for one in handover.lines
            if one.section is line.section and one.state in {LineState.OPEN, LineState.ANSWERED}
        ]
        self._tick(lines, is_ticked=True)

    def write(self, line_id: int, entry: Entry, text: str) -> None:
        """Write a note, a question or an answer to a line."""
        line = self.line(line_id)
        if line is None:
            return
        deeds: dict[Entry, Callable[..., Outcome]] = {
            Entry.NOTE: commands.write_note,
            Entry.QUESTION: commands.ask_back,
            Entry.ANSWER: commands.answer,
        }
        job = partial(deeds[entry], self._ctx, line_id, text, version=line.version)

        def done(outcome: Outcome) -> None:
            self.written.emit(line_id, entry)
            self._did(outcome, quiet=True)

        self._env.tasks.run(job, done, self._tell, owner=self)

    def write_remarks(self, text: str) -> None:
        """Write what the outgoing leader says to the whole."""
        handover = self.handover
        if handover is not None and text.strip() != handover.remarks:
            self._do(partial(commands.write_remarks, self._ctx, handover.id, text, version=handover.version))

    def sign(self, side: Side, person_id: PersonId, secret: str, reason: str) -> None:
        """Sign for one side with password or PIN; `signed` or `sign_refused` tells."""
        handover = self.handover
        if handover is None:
            return
        deed: Callable[..., Outcome] = signing.sign_out if side is Side.OUT else take_over
        job = partial(
            deed, self._ctx, handover.id, person_id, secret, version=handover.version, reason=reason
        )

        def done(outcome: Outcome) -> None:
            self.signed.emit(side)
            text = _("Signed. The sheet is closed and in the book.") if side is Side.IN else ""
            self._env.shell.did(outcome, text)
            self.reread()

        # Hashing and drawing take a moment: not in the lane the screen waits for.
        self._env.tasks.run(job, done, self._sign_failed, lane=Lane.LONG, owner=self)

    def take_back(self) -> None:
        """Take the outgoing signature back."""
        handover = self.handover
        if handover is not None:
            self._do(partial(signing.take_back_signature, self._ctx, handover.id, version=handover.version))

    def set_pin(self, password: str, pin: str, done: Callable[[], None], failed: Callable[..., None]) -> None:
        """Choose a PIN; an empty one takes the present one away."""
        job = partial(pins.set_pin, self._ctx, password, pin)
        if not pin:
            job = partial(pins.remove_pin, self._ctx, password)
        self._env.tasks.run(job, lambda _outcome: done(), failed, lane=Lane.LONG, owner=self)

    def leaders(self, side: Side) -> Sequence[Leader]:
        """Return whom the roster names for a side."""
        if self.handover is None:
            return ()
        return self.handover.leaders if side is Side.OUT else self.handover.next_leaders

    def candidates(self, side: Side) -> list[Leader]:
        """Return who may sign for a side: the rostered leaders first, then who may sign in their place."""
        first = list(self.leaders(side))
        known = {leader.person_id for leader in first}
        others = [one for one in (self.sheet.signers if self.sheet else ()) if one.person_id not in known]
        return first + others

    def why_not(self, side: Side) -> str:
        """Return why a side cannot sign now, or ""."""
        handover = self.handover
        if handover is None:
            return _("The sheet is not written yet.")
        if handover.state is HandoverState.CLOSED:
            return _("Both have signed.")
        if side is Side.OUT:
            return "" if handover.out is None else _("Signed already.")
        if handover.out is None:
            return _("The outgoing leader signs first.")
        if handover.open_lines:
            text = _("{count} lines are neither ticked nor answered.")
            return text.format(count=len(handover.open_lines))
        return ""

    # --- inside -------------------------------------------------------------------------------------

    def sections(self) -> list[tuple[Section, list[Line]]]:
        """Return the lines of the sheet by section, in the order of the sheet."""
        found: dict[Section, list[Line]] = {}
        for line in self.handover.lines if self.handover is not None else ():
            found.setdefault(line.section, []).append(line)
        return list(found.items())

    def _tick(self, lines: Sequence[Line], *, is_ticked: bool) -> None:
        seen = [(line.id, line.version) for line in lines]
        if seen:
            self._do(partial(commands.tick_lines, self._ctx, seen, is_ticked=is_ticked), quiet=True)

    def _do(self, job: Callable[[], Outcome], *, quiet: bool = False) -> None:
        self._env.tasks.run(job, partial(self._did, quiet=quiet), self._tell, owner=self)

    def _did(self, outcome: Outcome, *, quiet: bool = False) -> None:
        if outcome.undo is not None:
            self._env.shell.did(outcome, quiet=quiet)
        self.reread()

    def _tell(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.reread()

    def _sign_failed(self, error: Exception) -> None:
        self.sign_refused.emit(error)
        self.reread()

    def _keep(self, turn: int, sheet: Sheet) -> None:
        if turn == self._turn:
            self.sheet = sheet
            self.sheet_changed.emit()

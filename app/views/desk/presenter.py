"""What the desk page knows, each part read on its own and again when something it shows has changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from enum import StrEnum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.ids import AnnouncementId
from app.models.entities.roster import Roster, ShiftAt
from app.models.entities.ticket_pages import Counters, DayFigures
from app.models.entities.tickets import TicketRow, TicketStatus
from app.services.announcements import commands as announcement_commands
from app.services.announcements import queries as announcement_queries
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.duty.emergency import emergency_contact
from app.services.handover import queries as handover_queries
from app.services.roster import commands as roster_commands
from app.services.roster import queries as roster_queries
from app.services.tickets import desk_queries
from app.services.tickets import queries as ticket_queries
from app.services.tickets.listing import TicketOrder, TicketQuery
from app.views.base.pages import PageEnv
from app.views.desk.duty import coverage, duty_lines
from app.views.desk.figures import figures
from app.views.desk.rows import breaks_at

T = TypeVar("T")
MINE = "assignee:me status:open"
ALL_OPEN = "status:open"
_MOST_MINE = 100
_MOST_BREACHES = 6
_MOST_NOTES = 20
_DAY = timedelta(days=1)
_TOLD_AHEAD = timedelta(hours=8)  # a shift's worth


class QueuePart(StrEnum):
    """Which of my tickets are listed."""

    ALL = "all"
    TO_DO = "to_do"
    WAITING = "waiting"


class DeskPresenter(QObject):
    """State and actions of the desk page. Owns no widgets."""

    queue_changed = Signal(object, object)  # list[TicketRow], dict[QueuePart, int]
    breaches_read = Signal(object)  # list[TicketRow]
    coverage_read = Signal(object)  # Coverage
    duty_read = Signal(object)  # list[DutyLine]
    notes_read = Signal(object)  # list[ShiftNote]
    announced_read = Signal(object)  # list[Announcement]
    contact_read = Signal(object)  # EmergencyContact
    read_refused = Signal()  # saying that one has read an announcement failed
    figures_read = Signal(object)  # list[Figure]
    shift_read = Signal(object)  # ShiftAt | None
    standing_read = Signal(object)  # Standing of the handovers
    note_left = Signal()
    note_refused = Signal()  # ticking one off failed

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.part = QueuePart.ALL
        self.shift: ShiftAt | None = None
        self._mine: Sequence[TicketRow] = ()
        self._counters: Counters | None = None

    def refresh(self) -> None:
        """Read everything."""
        self.refresh_tickets()
        self.refresh_roster()
        self.refresh_notes()
        self.refresh_announced()
        self.refresh_handover()

    def refresh_tickets(self) -> None:
        """Read queue, breaches and figures."""
        self._run(partial(ticket_queries.ticket_query, self._ctx, MINE), self._ask_mine)
        self._run(partial(ticket_queries.ticket_query, self._ctx, ALL_OPEN), self._ask_breaches)
        self._run(partial(desk_queries.counters, self._ctx), self._keep_counters)

    def refresh_roster(self) -> None:
        """Read who works today and who is on duty now; without the right to see the roster, nobody."""
        if not self._ctx.actor.may("roster.read"):
            return
        now = self._ctx.clock.now()
        today = self._env.format.local(now).date()
        self._run(partial(roster_queries.roster, self._ctx, today - _DAY, today), self._keep_roster)
        self._run(partial(roster_queries.shift_at, self._ctx, now), self._keep_shift)

    def refresh_notes(self) -> None:
        """Read the notes for the next shift."""
        if self._ctx.actor.may("roster.read"):
            job = partial(roster_queries.shift_notes, self._ctx, limit=_MOST_NOTES)
            self._run(job, self.notes_read.emit)

    def refresh_announced(self) -> None:
        """Read what is announced now, and the emergency number of the moment."""
        if self._ctx.actor.may("roster.read"):
            job = partial(announcement_queries.announcements_in_force, self._ctx)
            self._run(job, self.announced_read.emit)
            self._run(partial(emergency_contact, self._ctx), self.contact_read.emit)

    def mark_announcement(self, announcement_id: int) -> None:
        """Say that one has read an announcement."""
        job = partial(
            announcement_commands.mark_announcement_read, self._ctx, AnnouncementId(announcement_id)
        )
        self._env.tasks.run(job, self._env.shell.did, self._announcement_failed, owner=self)

    def _announcement_failed(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.read_refused.emit()
        self.refresh_announced()

    def refresh_handover(self) -> None:
        """Read whether the shift before is handed over."""
        if self._ctx.actor.may("roster.read"):
            self._run(partial(handover_queries.standing, self._ctx), self.standing_read.emit)

    def show_part(self, part: QueuePart) -> None:
        """List all of my tickets, what I have to do, or what waits for others."""
        self.part = part
        self._tell_queue()

    def leave_note(self, text: str) -> None:
        """Leave a note for the next shift."""
        self._run(partial(roster_commands.leave_note, self._ctx, text), self._note_was_left)

    def mark_note(self, note_id: int, *, is_done: bool) -> None:
        """Tick a note off."""
        job = partial(roster_commands.mark_note, self._ctx, note_id, is_done=is_done)
        self._env.tasks.run(job, self._env.shell.did, self._note_refused, owner=self)

    def _note_was_left(self, outcome: Outcome) -> None:
        self._env.shell.did(outcome)
        self.note_left.emit()

    def _note_refused(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.note_refused.emit()
        self.refresh_notes()

    def _ask_mine(self, asked: TicketQuery) -> None:
        job = partial(ticket_queries.ticket_page, self._ctx, asked, None, _MOST_MINE)
        self._run(job, self._keep_mine)

    def _ask_breaches(self, asked: TicketQuery) -> None:
        ordered = asked.sorted_by(TicketOrder.TIME_LEFT, is_descending=False)
        job = partial(ticket_queries.ticket_page, self._ctx, ordered, None, _MOST_BREACHES)
        self._run(job, self._keep_breaches)

    def _keep_mine(self, rows: Sequence[TicketRow]) -> None:
        self._mine = rows
        self._tell_queue()

    def _tell_queue(self) -> None:
        parts = {part: [row for row in self._mine if _belongs(row, part)] for part in QueuePart}
        counts = {part: len(rows) for part, rows in parts.items()}
        self.queue_changed.emit(parts[self.part], counts)

    def _keep_breaches(self, rows: Sequence[TicketRow]) -> None:
        job = partial(desk_queries.told_times, self._ctx, _TOLD_AHEAD, _MOST_BREACHES)
        self._run(job, lambda told: self.breaches_read.emit(next_breaches(rows, told)))

    def _keep_counters(self, counters: Counters) -> None:
        self._counters = counters
        self._run(partial(desk_queries.day_figures, self._ctx), self._keep_days)

    def _keep_days(self, days: Sequence[DayFigures]) -> None:
        if self._counters is not None:
            self.figures_read.emit(figures(days, self._counters, self._env.format))

    def _keep_roster(self, roster: Roster) -> None:
        now = self._ctx.clock.now()
        self.coverage_read.emit(coverage(roster, self._env.format, now))
        job = partial(roster_queries.on_duty_at, self._ctx, now)
        self._run(
            job, lambda found: self.duty_read.emit(duty_lines(found, roster.templates, self._env.format))
        )

    def _keep_shift(self, shift: ShiftAt | None) -> None:
        self.shift = shift
        self.shift_read.emit(shift)

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)


def next_breaches(due: Sequence[TicketRow], told: Sequence[TicketRow]) -> list[TicketRow]:
    """Return each ticket once, by what of it breaks first: its promise, or the time its user was told.

    Tickets that are paused or have no promise are there only if a time was told.
    """
    # Paused tickets and those without a promise stand last: nothing of theirs can breach next.
    running = [row for row in due if row.due_at is not None and not row.is_paused]
    found = {row.id: row for row in (*running, *told)}
    return sorted(found.values(), key=lambda row: (breaks_at(row), row.id))[:_MOST_BREACHES]


def _belongs(row: TicketRow, part: QueuePart) -> bool:
    if part is QueuePart.ALL:
        return True
    return (row.status is TicketStatus.WAITING) == (part is QueuePart.WAITING)

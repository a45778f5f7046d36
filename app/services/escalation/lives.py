"""From a ticket's log to what the watch counts by: its cycle, its wait, its solution. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import OPEN_STATUSES, EventKind, TicketEvent, TicketStatus

_STATUSES = {status.value: status for status in TicketStatus}
_MOVING = frozenset({EventKind.CREATED, EventKind.STATUS, EventKind.IMPORTED})
_ANSWERS = frozenset({EventKind.REPLY, EventKind.CALL, EventKind.NOTE})
_WORDS = _ANSWERS | {EventKind.CONFIRMATION}
_UNDO = "undo"


@dataclass(slots=True)
class Life:
    """Where a ticket stands in its life.

    cycle: grows with each new promise and each reopening; steps of a clock happen once in each. Taking a
    solution back is no reopening: nothing is told again.
    waits: how many waits there were. waiting_since, waiting_for: the running one; None where none runs.
    asks: grows with each wait and with each answer during one: follow-ups begin anew. asking_since: since
    when nobody answered.
    solutions: how often it was resolved. resolved_since: since when it is, None while it is not.
    words: how often the desk told the user something: each gives the promise of updates its time again.
    dues: how often somebody set or took back the time to resolve by hand: a promise too, of that clock alone.
    """

    cycle: int = 0
    waits: int = 0
    waiting_since: datetime | None = None
    waiting_for: ReasonId | None = None
    asks: int = 0
    asking_since: datetime | None = None
    solutions: int = 0
    resolved_since: datetime | None = None
    words: int = 0
    dues: int = 0

    def cycle_of(self, kind: ClockKind) -> int:
        """Return in which cycle a clock is; that of updates begins a new one with every word."""
        if kind is ClockKind.RESOLUTION:
            return self.cycle + self.dues
        return self.cycle + self.words if kind is ClockKind.UPDATE_DUE else self.cycle


def life_of(log: Sequence[TicketEvent]) -> Life:
    """Return where a ticket with this log stands; the log is whole and in its order."""
    reader = _Reader()
    for event in log:
        reader.read(event)
    return reader.life


class _Reader:
    def __init__(self) -> None:
        self.life = Life()
        self._status = TicketStatus.NEW
        self._reason: ReasonId | None = None
        self._at: datetime | None = None

    def read(self, event: TicketEvent) -> None:
        life, before = self.life, self._status
        at = event.at.replace(microsecond=0)
        self._at = at = at if self._at is None else max(at, self._at)
        if event.kind in _MOVING:
            self._status = _STATUSES.get(event.new or "", before)
        self._note_reason(event)
        if event.kind is EventKind.PROMISED or self._is_reopened(event, before):
            life.cycle += 1
        life.dues += event.kind is EventKind.CHANGED and event.field == "resolution_due_at"
        if event.kind in _WORDS and event.detail.get("by", "desk") == "desk":
            life.words += event.kind is not EventKind.NOTE or bool(event.detail.get("public"))
        self._note_wait(event, at)
        if self._status is not TicketStatus.RESOLVED:
            life.resolved_since = None
        elif life.resolved_since is None:
            life.solutions += 1
            life.resolved_since = at

    def _is_reopened(self, event: TicketEvent, before: TicketStatus) -> bool:
        is_back = self._status in OPEN_STATUSES and before not in OPEN_STATUSES
        return is_back and event.field != _UNDO

    def _note_reason(self, event: TicketEvent) -> None:
        if event.kind is EventKind.CHANGED:
            if event.field == "waiting_reason_id":
                self._reason = ReasonId(int(event.new)) if event.new else None
        elif "waiting_reason_id" in event.detail:
            given = event.detail["waiting_reason_id"]
            self._reason = ReasonId(int(str(given))) if given else None

    def _note_wait(self, event: TicketEvent, at: datetime) -> None:
        life = self.life
        if self._status is not TicketStatus.WAITING:
            life.waiting_since = life.waiting_for = life.asking_since = None
        elif life.waiting_since is None or life.waiting_for != self._reason:
            life.waits += 1
            life.asks += 1
            life.waiting_since = life.asking_since = at
            life.waiting_for = self._reason
        elif event.kind in _ANSWERS and event.detail.get("by") == "user":
            life.asks += 1
            life.asking_since = at

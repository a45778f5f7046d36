"""One action on one ticket: collects its log lines and columns, runs the clocks, writes everything once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.entities.errors import StaleRecord
from app.models.entities.events import TicketsChanged
from app.models.entities.ids import CategoryId
from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros, to_micros_or_none
from app.models.entities.sla import ClockKind, ClockState, Promise
from app.models.entities.tickets import (
    OPEN_STATUSES,
    EventKind,
    Move,
    Ticket,
    TicketEvent,
    TicketStatus,
    TicketType,
)
from app.models.transactions import Reader, Transaction
from app.services.priority.rules import effective_priority
from app.services.search.index import SearchTable, put
from app.services.settings import declared
from app.services.settings.current import SiteConfig
from app.services.sla.current import fold_settings
from app.services.sla.rules import TicketFacts, fold, nearest_clock, promise_ticket
from app.services.tickets.loading import insert_events, load_events, new_event
from app.services.tickets.rules import is_over, next_status
from app.services.tickets.telling import tell

# What decides a ticket's policy: a change of any of these may change what was promised.
_PROMISED_BY = frozenset({"type", "priority", "service_id", "category_id", "requester_id"})
_SEARCHED_FIELDS = frozenset({"subject", "description", "solution"})
_SEARCHED_KINDS = frozenset({EventKind.NOTE, EventKind.REPLY, EventKind.CALL})


@dataclass(slots=True)
class Recorder:
    """Collects what one action does to one ticket; nothing is written before `write`."""

    tx: Transaction
    site: SiteConfig
    ticket: Ticket
    log: list[TicketEvent]
    fresh: list[TicketEvent] = field(default_factory=list)
    columns: dict[str, object] = field(default_factory=dict)
    current: dict[str, object] = field(default_factory=dict)

    def value(self, name: str) -> object:
        """Return a field as it is after what was recorded so far."""
        return self.current[name] if name in self.current else getattr(self.ticket, name)

    @property
    def status(self) -> TicketStatus:
        """The state after what was recorded so far."""
        return self.value("status")  # type: ignore[return-value]

    def change(self, name: str, new: object, *, detail: dict[str, object] | None = None) -> bool:
        """Set a field, with a log line; tell whether it was different before."""
        old = self.value(name)
        if old == new:
            return False
        self.set(name, new)
        self.add(EventKind.CHANGED, name=name, old=as_text(old), new=as_text(new), detail=detail)
        return True

    def set(self, name: str, new: object) -> None:
        """Set a field without a log line of its own: another line of the same action tells it."""
        self.current[name] = new
        self.columns[_COLUMN_NAMES.get(name, name)] = as_stored(new)

    def move(self, move: Move, *, detail: dict[str, object] | None = None) -> None:
        """Change the state by the table of moves.

        Raises:
            RuleViolation: the state does not allow this move.
        """
        before = self.status
        self.go_to(next_status(before, move), named=move.value, detail=detail)

    def go_to(self, after: TicketStatus, *, named: str, detail: dict[str, object] | None = None) -> None:
        """Record a state as reached, asking nobody: for moves already checked, undo and imports."""
        before = self.status
        kept = _snapshot(self)
        self.set("status", after)
        self.columns["is_open"] = after in OPEN_STATUSES
        detail = {**(detail or {}), **({"before": kept} if kept else {})}
        told = self.value("promised_at")
        if named == Move.RESOLVE.value and isinstance(told, datetime):
            detail["told"] = told.isoformat()  # the line of the solution says whether that was kept
        self.add(EventKind.STATUS, name=named, old=before.value, new=after.value, detail=detail)

    def add(
        self,
        kind: EventKind,
        *,
        name: str | None = None,
        old: str | None = None,
        new: str | None = None,
        detail: dict[str, object] | None = None,
    ) -> None:
        """Append a line to the log."""
        self.fresh.append(
            new_event(self.tx, self.ticket.id, kind, field=name, old=old, new=new, detail=detail)
        )

    def clocks(self) -> dict[ClockKind, ClockState]:
        """Return the clocks after what was recorded so far."""
        return fold([*self.log, *self.fresh], self.site.calendars, self.tx.now, fold_settings(self.site))

    def finish(self) -> None:
        """Renew the promise where the action changed what it rests on, then the cached columns."""
        if any(event.kind is EventKind.CHANGED and event.field in _PROMISED_BY for event in self.fresh):
            self._promise_again()
        priority = int(str(self.value("priority")))
        self.columns.update(cached_columns(self.clocks(), self.status, priority, self.site.sla.rises))
        self.columns["updated_at"] = self.tx.now_micros

    def _promise_again(self) -> None:
        promise = promise_for(self.tx, self.site, self._facts())
        last = next((event for event in reversed(self.log) if event.kind is EventKind.PROMISED), None)
        if promise is not None and (last is None or last.detail != promise.to_dict()):
            self.add(EventKind.PROMISED, detail=promise.to_dict())
            self.columns["sla_version_id"] = self.site.sla_version

    def _facts(self) -> PromiseFacts:
        return PromiseFacts(
            ticket_type=str(self.value("type")),
            priority=int(str(self.value("priority"))),
            service_id=self.value("service_id"),
            category_id=self.value("category_id"),
            requester_id=self.value("requester_id"),
        )

    @property
    def is_searched_again(self) -> bool:
        """Whether the action changed a text that search looks into."""
        changed = any(name in self.columns for name in _SEARCHED_FIELDS)
        return changed or any(event.kind in _SEARCHED_KINDS for event in self.fresh)

    def searched_text(self) -> str:
        """Return all that search finds the ticket by."""
        words = [str(self.value(name)) for name in ("subject", "description", "solution")]
        notes = [event.new or "" for event in (*self.log, *self.fresh) if event.kind in _SEARCHED_KINDS]
        return "\n".join([*words, *notes])


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """The fields a promise rests on, as a ticket or a form holds them."""

    ticket_type: str
    priority: int
    service_id: object
    category_id: object
    requester_id: object


def open_recorder(tx: Transaction, site: SiteConfig, ticket: Ticket) -> Recorder:
    """Start recording an action on a stored ticket."""
    return Recorder(tx, site, ticket, load_events(tx, ticket.id))


def write(tx: Transaction, recorders: Sequence[Recorder]) -> dict[int, int]:
    """Write what was recorded, set-based where many tickets get the same columns; return new versions.

    Raises:
        StaleRecord: one of the tickets was saved by somebody since it was read.
    """
    for recorder in recorders:
        recorder.finish()
    fresh = [event for recorder in recorders for event in recorder.fresh]
    insert_events(tx, fresh)
    for recorder in recorders:
        _update(tx, recorder)
        if recorder.is_searched_again:
            put(tx, SearchTable.TICKETS, recorder.ticket.id, recorder.searched_text())
    if recorders:
        tx.announce(TicketsChanged(frozenset(int(recorder.ticket.id) for recorder in recorders)))
    if recorders:
        tell(tx, fresh, zone=ZoneInfo(recorders[0].site.settings[declared.TIMEZONE]))
    return {recorder.ticket.id: recorder.ticket.version + 1 for recorder in recorders}


def _update(tx: Transaction, recorder: Recorder) -> None:
    names = sorted(recorder.columns)  # the same order gives the same statement, prepared once
    assignments = ", ".join(f"{name} = ?" for name in names)
    text = f"UPDATE ticket SET {assignments}, version = version + 1 WHERE id = ? AND version = ?"
    values = [recorder.columns[name] for name in names]
    if tx.execute(text, [*values, recorder.ticket.id, recorder.ticket.version]) != 1:
        raise StaleRecord("ticket", recorder.ticket.id, number=recorder.ticket.number)


def promise_for(read: Reader, site: SiteConfig, facts: PromiseFacts) -> Promise | None:
    """Return what a ticket of these facts is promised under the SLA table in force."""
    company, is_vip = "", False
    if facts.requester_id is not None:
        row = read.one(
            "SELECT company.name, person.is_vip FROM person"
            " LEFT JOIN company ON company.id = person.company_id WHERE person.id = ?",
            (facts.requester_id,),
        )
        company, is_vip = (row[0] or "", bool(row[1])) if row else ("", False)
    return promise_ticket(
        site.sla,
        TicketFacts(
            type=TicketType(facts.ticket_type),
            priority=facts.priority,
            service_id=facts.service_id,  # type: ignore[arg-type]
            category_ids=site.category_and_parents(
                None if facts.category_id is None else CategoryId(int(str(facts.category_id)))
            ),
            company=company,
            is_vip=is_vip,
        ),
        site.calendars,
        sla_version=site.sla_version,
        calendar_versions=site.calendar_versions,
    )


def cached_columns(
    clocks: dict[ClockKind, ClockState],
    status: TicketStatus,
    priority: int,
    rises: Sequence[tuple[int, int]],
) -> dict[str, object]:
    """Return the columns that exist only to be listed and sorted; the verifier recomputes them.

    `wake_at` 0 asks the background work to look at the ticket and to note when it next must.
    """
    response = clocks.get(ClockKind.RESPONSE)
    resolution = clocks.get(ClockKind.RESOLUTION)
    first_line = clocks.get(ClockKind.FIRST_LINE)
    nearest = _shown_clock(clocks) if status in OPEN_STATUSES else None
    due = nearest.due_at if nearest is not None else None
    return {
        "response_due_at": _micros(response.due_at if response else None),
        "resolution_due_at": _micros(resolution.due_at if resolution else None),
        "first_line_due_at": _micros(first_line.due_at if first_line else None),
        "responded_at": _micros(response.met_at if response else None),
        "response_met": _is_met(response),
        "resolution_met": _is_met(resolution),
        "is_paused": nearest.is_paused if nearest is not None else False,
        "due_sort": FAR_FUTURE_MICROS if due is None else to_micros(due),
        "clock_started_at": _micros(nearest.started_at if nearest is not None else None),
        "effective_priority": risen_priority(clocks, status, priority, rises),
        "wake_at": None if is_over(status) else 0,
    }


def risen_priority(
    clocks: Mapping[ClockKind, ClockState],
    status: TicketStatus,
    priority: int,
    rises: Sequence[tuple[int, int]],
) -> int:
    """Return the effective priority: risen while an open ticket's resolution target is used up (S3-22)."""
    resolution = clocks.get(ClockKind.RESOLUTION)
    if resolution is None or status not in OPEN_STATUSES:
        return priority
    return effective_priority(priority, resolution.used_percent, rises)


def _shown_clock(clocks: dict[ClockKind, ClockState]) -> ClockState | None:
    # The first-line box warns the desk; a caller was promised an answer and a solution.
    promised: dict[ClockKind, ClockState] = {
        kind: clock for kind, clock in clocks.items() if kind is not ClockKind.FIRST_LINE
    }
    return nearest_clock(promised)


def _is_met(clock: ClockState | None) -> bool | None:
    if clock is None or clock.met_at is None:
        return None
    return clock.breached_at is None


def _micros(instant: datetime | None) -> int | None:
    return to_micros_or_none(instant)


# Fields a move sets besides the state; the log line keeps their values so that it can be taken back.
_SET_BY_MOVES = (
    "resolved_at", "closed_at", "confirmation", "waiting_reason_id", "reopened_count", "restored_at",
    "promised_at",
)  # fmt: skip


def _snapshot(recorder: Recorder) -> dict[str, object]:
    values = {name: getattr(recorder.ticket, name) for name in _SET_BY_MOVES}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
        if value or recorder.value(name) != value
    }


_COLUMN_NAMES = {"duplicate_of": "duplicate_of_id"}


def as_text(value: object) -> str | None:
    """Return a field's value as the log keeps it: ids and codes as text, instants in ISO form."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def as_stored(value: object) -> object:
    """Return a field's value as its column keeps it."""
    return to_micros(value) if isinstance(value, datetime) else value

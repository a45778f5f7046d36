"""Tickets recomputed from their logs: read without a lock, each for itself where one cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from app.models.entities.errors import FirstlineError
from app.models.entities.ids import TicketId
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import Ticket, TicketEvent
from app.models.transactions import Reader, Row
from app.services.settings.current import SiteConfig
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold
from app.services.tickets.loading import load_events_of, load_tickets
from app.services.tickets.recording import cached_columns

T = TypeVar("T")
# What reading a row raises that is damaged, or a newer program's. A lost database raises none of these.
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)

CACHED = (
    "response_due_at", "resolution_due_at", "first_line_due_at", "responded_at", "response_met",
    "resolution_met", "is_paused", "due_sort", "clock_started_at", "effective_priority",
)  # fmt: skip
"""The columns that only repeat what a ticket's log says: `recording.cached_columns`, but for `wake_at`."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a ticket could not be looked at: the rule's code or the error's name. `version` is the one read."""

    code: str
    version: int


@dataclass(frozen=True, slots=True)
class Refolded:
    """A ticket recomputed from its log, and what is stored of it; `stale` are columns stored otherwise."""

    ticket: Ticket
    log: Sequence[TicketEvent]
    clocks: Mapping[ClockKind, ClockState]
    stale: Mapping[str, object]
    woke_at: int | None


def refold(
    read: Reader, site: SiteConfig, ids: Sequence[int], now: datetime, troubled: dict[int, Trouble]
) -> Iterator[Refolded]:
    """Recompute tickets from their logs, in the order of their ids; those that cannot be go to `troubled`.

    Nothing is locked, so a ticket may be saved between the reads. It is read first and its version last: what
    was saved in between is left out.
    """
    settings = fold_settings(site)
    versions: dict[int, int] = dict(_rows_of(read, "id, version", ids))
    tickets = {ticket.id: ticket for ticket in _each(read, load_tickets, ids, versions, troubled)}
    logs: dict[int, list[TicketEvent]] = {}
    for some in _each(read, _logs, sorted(tickets), versions, troubled):
        logs |= some
    stored = {row[0]: row[1:] for row in _rows_of(read, f"id, version, wake_at, {', '.join(CACHED)}", ids)}
    for ticket_id, log in sorted(logs.items()):
        ticket = tickets[TicketId(ticket_id)]
        version, woke_at, *held = stored.get(ticket_id, (None, None))
        if version != ticket.version:
            continue
        try:
            clocks = fold(log, site.calendars, now, settings)
            wanted = cached_columns(clocks, ticket.status, ticket.priority, site.sla.rises)
        except Exception as error:  # noqa: BLE001 - pure: whatever it is, it is about this ticket's log
            troubled[ticket_id] = Trouble(code_of(error), ticket.version)
            continue
        stale = {name: wanted[name] for name, old in zip(CACHED, held, strict=True) if wanted[name] != old}
        yield Refolded(ticket, log, clocks, stale, woke_at)


def code_of(error: Exception) -> str:
    """Name an error in a word: a rule's code, else the kind of error."""
    return error.code if isinstance(error, FirstlineError) else type(error).__name__


def _each(
    read: Reader,
    load: Callable[[Reader, Sequence[int]], Iterable[T]],
    ids: Sequence[int],
    versions: Mapping[int, int],
    troubled: dict[int, Trouble],
) -> Iterator[T]:
    """Load records of tickets all at once; where one of them cannot be read, each for itself."""
    try:
        yield from load(read, ids)
    except _UNREADABLE:
        for ticket_id in ids:
            try:
                yield from load(read, [ticket_id])
            except _UNREADABLE as error:
                troubled[ticket_id] = Trouble(code_of(error), versions.get(ticket_id, 0))


def _logs(read: Reader, ids: Sequence[int]) -> list[dict[int, list[TicketEvent]]]:
    return [load_events_of(read, ids)]


def _rows_of(read: Reader, columns: str, ids: Sequence[int]) -> list[Row]:
    if not ids:
        return []
    return read.rows(f"SELECT {columns} FROM ticket WHERE id IN ({', '.join('?' * len(ids))})", ids)

"""The facts around promised times: what each may be, and what one says about another. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.models.entities.errors import RuleViolation
from app.models.entities.tickets import ENDED_WITHOUT_WORK, MAJOR_TYPES, OPEN_STATUSES, Ticket

RESTORED, BEARABLE, TOLD = "restored_at", "bearable_until", "promised_at"
ESTIMATES: Mapping[str, tuple[int, int]] = {
    "estimate_minutes": (1, 525_600),  # a year
    "estimate_people": (1, 999),
    "estimate_cost": (0, 2_000_000_000),
}
"""The optional factors of a ticket (S3-21), each with its lowest and highest value."""


def check_fact(ticket: Ticket, name: str, value: object) -> None:
    """Refuse a fact that cannot be; names that are none of these facts are passed over. None is always fine.

    Raises:
        RuleViolation: `tickets.estimate_range`, `tickets.wait_before_received`.
    """
    if value is None:
        return
    if name in ESTIMATES:
        lowest, highest = ESTIMATES[name]
        if not isinstance(value, int) or not lowest <= value <= highest:
            raise RuleViolation("tickets.estimate_range", field=name, lowest=lowest, highest=highest)
    if name == BEARABLE:
        check_bearable(value, ticket.received_at)


def check_bearable(until: object, received_at: datetime) -> None:
    """Refuse a wait that would have ended before it began.

    Raises:
        RuleViolation: `tickets.wait_before_received`.
    """
    if not isinstance(until, datetime) or until <= received_at:
        raise RuleViolation("tickets.wait_before_received", received=received_at)


def can_be_restored(ticket: Ticket) -> bool:
    """Tell whether there is a service to restore: something broke, and the ticket was not ended unworked."""
    return ticket.type in MAJOR_TYPES and ticket.status not in ENDED_WITHOUT_WORK


def check_restored(ticket: Ticket, at: datetime, now: datetime) -> None:
    """Refuse a time at which the service cannot have come back.

    Raises:
        RuleViolation: `tickets.nothing_broken`, `tickets.restored_early` (before it was received),
            `tickets.restored_ahead` (in the future), `tickets.restored_late` (after it was resolved).
    """
    if not can_be_restored(ticket):
        raise RuleViolation("tickets.nothing_broken", number=ticket.number)
    if at < ticket.received_at:
        raise RuleViolation("tickets.restored_early", received=ticket.received_at)
    if at > now:
        raise RuleViolation("tickets.restored_ahead", now=now)
    if ticket.resolved_at is not None and at > ticket.resolved_at:
        raise RuleViolation("tickets.restored_late", resolved=ticket.resolved_at)


def check_told(ticket: Ticket, at: datetime, now: datetime, *, is_late_agreed: bool) -> None:
    """Refuse a time that nobody can be told; one after the SLA's due time only wants to be meant.

    Raises:
        RuleViolation: `tickets.told_not_open`, `tickets.told_past`, `tickets.told_after_due`.
    """
    if ticket.status not in OPEN_STATUSES:
        raise RuleViolation("tickets.told_not_open", number=ticket.number)
    if at <= now:
        raise RuleViolation("tickets.told_past")
    if is_after_due(ticket, at) and not is_late_agreed:
        raise RuleViolation("tickets.told_after_due", due=ticket.resolution_due_at)


def is_after_due(ticket: Ticket, at: datetime) -> bool:
    """Tell whether a time to be told is later than what the SLA promises."""
    return ticket.resolution_due_at is not None and at > ticket.resolution_due_at


def waits_too_long(bearable_until: datetime | None, due_at: datetime | None) -> bool:
    """Tell whether the user cannot wait as long as the promise would let the desk take."""
    return bearable_until is not None and due_at is not None and bearable_until < due_at


def still_told(ticket: Ticket, now: datetime) -> datetime | None:
    """Return the time told that still holds once a ticket is worked on again; a past one is over."""
    told = ticket.promised_at
    return told if told is not None and told > now else None

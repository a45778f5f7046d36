"""What a document means right now: for each priority, what is promised and when it would be due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.sla import ClockKind, SlaTable
from app.models.entities.tickets import TicketType
from app.models.entities.time import Allowance
from app.services.settings.level_queries import ServiceLevels
from app.services.sla.durations import allowance_text
from app.services.sla.rules import TicketFacts, due_times, pick_policy, promise_ticket
from app.views.base.i18n import current


@dataclass(frozen=True, slots=True)
class Promised:
    """What one priority is promised. `due` has no entry where the calendar never opens again."""

    priority: int
    policy: str
    allowed: Mapping[ClockKind, Allowance]
    due: Mapping[ClockKind, datetime]


def calendars_of(levels: ServiceLevels) -> dict[str, BusinessCalendar]:
    """Return the calendars in force by code."""
    return {code: BusinessCalendar.from_dict(version.body) for code, version in levels.calendars.items()}


def promised(
    table: SlaTable,
    calendars: Mapping[str, BusinessCalendar],
    facts: TicketFacts,
    received: datetime,
) -> Promised | None:
    """Return what such a ticket would be promised, or None where no policy covers it."""
    policy = pick_policy(table, facts).policy
    if policy is None:
        return None
    target = next(target for target in policy.targets if target.priority == facts.priority)
    try:
        promise = promise_ticket(table, facts, calendars)
        due = due_times(promise, received, calendars) if promise is not None else {}
    except FirstlineError:  # the calendar is gone or never opens: there is no due time to show
        due = {}
    return Promised(facts.priority, policy.code, target.allowances, due)


def promised_to(
    table: SlaTable,
    calendars: Mapping[str, BusinessCalendar],
    kind: TicketType,
    priority: int,
    received: datetime,
) -> Promised | None:
    """Return what an ordinary ticket of this type is promised: no service, nobody special."""
    return promised(table, calendars, TicketFacts(kind, priority), received)


def allowance(of: Allowance) -> str:
    """Return an allowance in the window's language."""
    return allowance_text(of, current.code)


def shown_allowance(stored: str) -> str:
    """Return an allowance that is kept as text in the window's language; "" and what is none stay."""
    try:
        return allowance(Allowance.from_text(stored)) if stored else ""
    except BadInput:
        return stored


def kept_allowance(typed: str) -> str:
    """Return a typed allowance as it is kept, whichever language it was typed in; what is none stays."""
    try:
        return Allowance.from_text(typed).to_text() if typed.strip() else ""
    except BadInput:
        return typed

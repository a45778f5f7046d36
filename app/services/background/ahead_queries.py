"""What escalated about one ticket, and what will if nobody does anything: the watch led ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.models.entities.errors import FirstlineError, NotFound
from app.models.entities.escalation import EscalationRules, FiringState
from app.models.entities.instants import from_micros
from app.models.entities.sla import ClockKind, ClockState
from app.models.transactions import Reader
from app.services.background.plans import Plan, plan_tickets, watch_rules
from app.services.base.command import query
from app.services.base.context import Context
from app.services.escalation.rules import look
from app.services.escalation.steps import Done, DueKind, DueStep, Watched
from app.services.settings.current import SiteConfig, load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold

MOST_AHEAD = 30
# What these do to the ticket decides what comes after, and whether it is done is not known yet.
_ENDS = frozenset({DueKind.AUTO_RESOLVE, DueKind.AUTO_CLOSE, DueKind.WAITED_TOO_LONG})


@dataclass(frozen=True, slots=True)
class Fired:
    """A step that is done: when it was due, when it was looked at, and whether it was told or only noted."""

    step: str
    due_at: datetime
    at: datetime
    state: FiringState


@dataclass(frozen=True, slots=True)
class Ahead:
    """A step that will be done if nothing happens before. `clock` and `percent` as of `DueStep`."""

    step: str
    kind: DueKind
    due_at: datetime
    clock: ClockKind | None
    percent: int


@dataclass(frozen=True, slots=True)
class TicketEscalation:
    """One ticket's escalation; `ahead` is in the order of time, at most `MOST_AHEAD` steps."""

    number: int
    subject: str
    fired: tuple[Fired, ...]
    ahead: tuple[Ahead, ...]


@query(permission="settings.read")
def escalation_rules_now(_ctx: Context, read: Reader) -> EscalationRules:
    """Return the escalation rules in force."""
    return load_config(read).escalation


@query(permission="tickets.read")
def ticket_escalation(ctx: Context, read: Reader, number: int) -> TicketEscalation:
    """Return what fired for a ticket and what will, as its clocks run now.

    Led on to what waits for nobody's deed: up to the step that would resolve, close or resume the ticket.

    Raises:
        NotFound: no ticket has this number.
    """
    ticket = read.one("SELECT id, subject FROM ticket WHERE number = ?", (number,))
    if ticket is None:
        raise NotFound("tickets.number_not_found", number=number)
    site, now = load_config(read), ctx.clock.now()
    rows = read.rows(
        "SELECT step, due_at, at, state, cycle FROM escalation WHERE ticket_id = ? ORDER BY at, id",
        (ticket[0],),
    )
    fired = tuple(
        Fired(row[0], from_micros(row[1]), from_micros(row[2]), FiringState(row[3])) for row in rows
    )
    done = {(row[0], row[4]): FiringState(row[3]) for row in rows}
    # One that cannot be looked at (the background work tells of it) has no future that could be told.
    plans = plan_tickets(read, site, [ticket[0]], now).plans
    ahead = [step for plan in plans for step in _ahead(site, plan, done, now)]
    return TicketEscalation(number, ticket[1], fired, tuple(ahead))


def _ahead(site: SiteConfig, plan: Plan, done: Done, now: datetime) -> list[Ahead]:
    """Look at the ticket again and again, each time when it next wants to be looked at."""
    rules, known, found = watch_rules(site), dict(done), list[Ahead]()
    at: datetime | None = now
    while at is not None and len(found) < MOST_AHEAD:
        try:
            clocks = fold(plan.log, site.calendars, at, fold_settings(site))
            seen = look(_watched(plan, clocks, known), rules, at)
        except FirstlineError:
            break  # a calendar that does not open any more: what is known until then is told
        known |= {(step.code, step.cycle): step.state for step in seen.due}
        found += [_told(step) for step in seen.due if step.is_fired]
        if any(step.kind in _ENDS for step in seen.due):
            break
        at = seen.wake_at
    return sorted(found[:MOST_AHEAD], key=lambda step: step.due_at)


def _watched(plan: Plan, clocks: Mapping[ClockKind, ClockState], done: Done) -> Watched:
    ticket = plan.ticket
    return Watched(
        ticket.type,
        ticket.status,
        ticket.priority,
        plan.log,
        clocks,
        ticket.resolved_at,
        ticket.promised_at,
        done,
    )


def _told(step: DueStep) -> Ahead:
    return Ahead(step.code, step.kind, step.due_at, step.clock, step.percent)

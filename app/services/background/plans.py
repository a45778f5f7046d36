"""What a look at tickets found, before anything is written: read without a lock, checked when written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.models.entities.escalation import FiringState
from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros
from app.models.entities.tickets import Ticket, TicketEvent
from app.models.entities.time import Allowance
from app.models.transactions import Reader
from app.services.background.refolding import Trouble, code_of, refold
from app.services.escalation.rules import effective_now, look
from app.services.escalation.steps import Done, Look, Watched, WatchRules
from app.services.settings import declared
from app.services.settings.current import SiteConfig
from app.services.tickets.rules import is_over


@dataclass(frozen=True, slots=True)
class Plan:
    """One ticket as it was read, what is due for it, and the technical columns that must change.

    `wake_at` is the next look in microseconds, None once there is none; `woke_at` is what is stored.
    """

    ticket: Ticket
    log: Sequence[TicketEvent]
    look: Look
    priority: int
    columns: Mapping[str, object]
    wake_at: int | None
    woke_at: int | None

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to write: nothing due, no column stale, the next look as it was."""
        return not self.look.due and not self.columns and self.wake_at == self.woke_at


@dataclass(frozen=True, slots=True)
class Planned:
    """Plans by their tickets' ids, and the tickets that could not be looked at.

    A ticket that somebody saved between the reads is in neither: that save made it due for a look again.
    """

    plans: tuple[Plan, ...] = ()
    troubled: Mapping[int, Trouble] = field(default_factory=dict)


def watch_rules(site: SiteConfig) -> WatchRules:
    """Return what the configuration in force says about watching."""
    remind = site.settings[declared.CONFIRM_REMINDER_DAYS]
    return WatchRules(
        escalation=site.escalation,
        rises=site.sla.rises,
        waiting=site.waiting_rules,
        calendars=site.calendars,
        default_calendar=site.default_calendar,
        close_after=site.auto_close_after,
        remind_after=Allowance(working_days=remind) if remind else None,
        told_before=timedelta(minutes=site.settings[declared.TOLD_WARNING_MINUTES]),
    )


def plan_tickets(read: Reader, site: SiteConfig, ids: Sequence[int], now: datetime) -> Planned:
    """Look at tickets and return what is to be done; one that cannot be looked at harms no other."""
    rules, done = watch_rules(site), _done(read, ids)
    plans: list[Plan] = []
    troubled: dict[int, Trouble] = {}
    for found in refold(read, site, ids, now, troubled):
        ticket = found.ticket
        watched = Watched(
            ticket.type,
            ticket.status,
            ticket.priority,
            found.log,
            found.clocks,
            ticket.resolved_at,
            ticket.promised_at,
            done.get(ticket.id, {}),
        )
        try:
            seen = look(watched, rules, now)
            priority = effective_now(watched, site.sla.rises)
        except Exception as error:  # noqa: BLE001 - as above
            troubled[ticket.id] = Trouble(code_of(error), ticket.version)
            continue
        wake_at = _wake(ticket, seen)
        plans.append(Plan(ticket, found.log, seen, priority, found.stale, wake_at, found.woke_at))
    return Planned(tuple(plans), troubled)


def _wake(ticket: Ticket, found: Look) -> int | None:
    if is_over(ticket.status):
        return None
    # An open ticket of which nothing is expected stays in the index: new rules must find it.
    return FAR_FUTURE_MICROS if found.wake_at is None else to_micros(found.wake_at)


def _done(read: Reader, ids: Sequence[int]) -> dict[int, Done]:
    if not ids:
        return {}
    marks = ", ".join("?" * len(ids))
    found: dict[int, dict[tuple[str, int], FiringState]] = {}
    for ticket_id, step, cycle, state in read.rows(
        f"SELECT ticket_id, step, cycle, state FROM escalation WHERE ticket_id IN ({marks})", ids
    ):
        found.setdefault(ticket_id, {})[step, cycle] = FiringState(state)
    return dict(found)

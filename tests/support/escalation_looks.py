"""For the tests of what falls due: rules of a desk, a ticket they watch, and looks at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from app.models.entities.escalation import (
    EscalationRules,
    EscalationStep,
    Recipient,
)
from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind, WaitingRule
from app.models.entities.tickets import TicketType, WaitingKind
from app.models.entities.time import Allowance
from app.services.escalation.rules import look
from app.services.escalation.steps import DueKind, DueStep, Look, Watched, WatchRules
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from tests.support.sla_site import (
    CALENDARS,
    FOR_SUPPLIER,
    FOR_USER,
    HOUR,
    LIMITED,
    MONDAY_MORNING,
    P3,
    log,
)
from tests.support.ticket_log import TicketLog

SUPERVISOR = frozenset({Recipient.DUTY_SUPERVISOR})
STEPS = (
    EscalationStep(75, recipients=frozenset({Recipient.OWNER})),
    EscalationStep(90, recipients=SUPERVISOR),
    EscalationStep(100, recipients=SUPERVISOR),
    EscalationStep(150, recipients=frozenset({Recipient.DESK_MANAGER})),
)
ASKED, ASKED_TWICE = ReasonId(4), ReasonId(5)
PAUSED = frozenset({ClockKind.RESOLUTION, ClockKind.RESPONSE})
WAITING = {
    FOR_USER: WaitingRule(WaitingKind.USER, PAUSED),
    FOR_SUPPLIER: WaitingRule(WaitingKind.SUPPLIER),
    LIMITED: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION}), Allowance(working_days=1)),
    ASKED: WaitingRule(WaitingKind.USER, PAUSED, None, Allowance(4 * 3600)),
    ASKED_TWICE: WaitingRule(WaitingKind.USER, PAUSED, None, Allowance(4 * 3600), 2),
}
SETTINGS = FoldSettings(waiting_rules=WAITING)
RULES = WatchRules(
    escalation=EscalationRules(STEPS),
    rises=((75, 1), (90, 2)),
    waiting=WAITING,
    calendars=CALENDARS,
    default_calendar=CALENDARS["office"],
    close_after=Allowance(working_days=3),
    remind_after=Allowance(working_days=1),
)
# Answered at once, so that only the resolution clock is left to watch. 9 to 12 and 13 to 18 are open.
QUICK = replace(P3, allowed={ClockKind.RESOLUTION: 8 * HOUR})


def opened(at: datetime = MONDAY_MORNING, promise=QUICK) -> TicketLog:
    return log(at, promise)


def watched(of: TicketLog, now: datetime, done: Iterable[DueStep] = (), **fields) -> Watched:
    known = {(step.code, step.cycle): step.state for step in done}
    clocks = fold(of.events, RULES.calendars, now, SETTINGS)
    start = {"type": TicketType.INCIDENT, "status": of.status, "priority": 3, "done": known}
    return Watched(**{**start, **fields}, log=of.events, clocks=clocks)


def at(
    of: TicketLog, now: datetime, done: Iterable[DueStep] = (), rules: WatchRules = RULES, **fields
) -> Look:
    return look(watched(of, now, done, **fields), rules, now)


def fired(found: Look, *kinds: DueKind) -> list[str]:
    return [step.code for step in found.due if step.is_fired and (not kinds or step.kind in kinds)]


def skipped(found: Look) -> set[str]:
    return {step.code for step in found.due if not step.is_fired}


def through(
    of: TicketLog, until: datetime, rules: WatchRules = RULES, **fields
) -> list[tuple[datetime, DueStep]]:
    """All that falls due from the first instant to `until`, looked at only when the ticket wants it."""
    now, seen = of.events[0].at, []
    done: list[DueStep] = []
    while now <= until:
        found = at(of, now, done, rules, **fields)
        done += found.due
        seen += [(now, step) for step in found.due]
        if found.wake_at is None:
            break
        assert found.wake_at > now
        now = found.wake_at
    return seen

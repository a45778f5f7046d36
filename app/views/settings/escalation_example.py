"""What escalation rules mean for one ticket received now: when each step and each rise would come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import FirstlineError
from app.models.entities.escalation import EscalationRules, EscalationStep
from app.models.entities.sla import ClockKind, Promise, SlaTable
from app.services.calendars.rules import add_working_time
from app.services.priority.rules import effective_priority
from app.services.settings.escalation_edits import quiet_end
from app.services.sla.rules import TicketFacts, promise_ticket
from app.views.base.format import Format


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment of a clock: at `percent` a step, or a rise to `priority`, or both.

    `used` is the working time used by then, `at` when that is (None where the calendar never opens). `holds`
    is whether the step is meant for this ticket, `waits_until` the end of the quiet hours it falls into.
    """

    percent: int
    used: timedelta
    at: datetime | None
    priority: int
    step: EscalationStep | None = None
    is_rise: bool = False
    holds: bool = True
    waits_until: datetime | None = None


@dataclass(frozen=True)
class Example:
    """A ticket received at `now`, and what it would be promised; `promise` None where no policy covers it."""

    facts: TicketFacts
    now: datetime
    promise: Promise | None
    calendars: Mapping[str, BusinessCalendar]
    rises: tuple[tuple[int, int], ...]
    format: Format

    def allowed(self, clock: ClockKind) -> timedelta | None:
        """Return what the clock is allowed, or None where it is promised nothing."""
        return self.promise.allowed.get(clock) if self.promise is not None else None

    def at(self, clock: ClockKind, percent: int) -> datetime | None:
        """Return when so much of a clock's time is used; None where nothing is promised or nothing opens."""
        allowed = self.allowed(clock)
        if allowed is None or self.promise is None:
            return None
        try:
            return add_working_time(self.calendars[self.promise.calendar], self.now, allowed * percent / 100)
        except (FirstlineError, KeyError):
            return None

    def priority_after(self, used: timedelta) -> int:
        """Return the effective priority once so much working time is used."""
        allowed = self.allowed(ClockKind.RESOLUTION)
        percent = int(used / allowed * 100 + 1e-9) if allowed else 0
        return effective_priority(self.facts.priority, percent, self.rises)

    def marks(self, rules: EscalationRules, clock: ClockKind) -> tuple[Mark, ...]:
        """Return the steps of a clock, and on the resolution clock the rises, in their order."""
        allowed = self.allowed(clock)
        if allowed is None:
            return ()
        steps = [step for step in rules.steps if step.clock is clock]
        rising = {at for at, _by in self.rises} if clock is ClockKind.RESOLUTION else set()
        marks = [self._mark(rules, allowed, step.percent, step, step.percent in rising) for step in steps]
        alone = rising - {step.percent for step in steps}
        marks += [self._mark(rules, allowed, percent, None, is_rise=True) for percent in alone]
        return tuple(sorted(marks, key=lambda mark: mark.percent))

    def _mark(
        self,
        rules: EscalationRules,
        allowed: timedelta,
        percent: int,
        step: EscalationStep | None,
        is_rise: bool,
    ) -> Mark:
        used = allowed * percent / 100
        at = self.at(step.clock if step is not None else ClockKind.RESOLUTION, percent)
        priority = self.priority_after(used)
        waits = None
        if step is not None and at is not None and priority > rules.quiet_spares:
            waits = quiet_end(rules, self.format.local(at))
        holds = step is None or step.holds_for(self.facts.type, priority)
        return Mark(percent, used, at, priority, step, is_rise, holds, waits if holds else None)


def example_of(
    table: SlaTable,
    calendars: Mapping[str, BusinessCalendar],
    facts: TicketFacts,
    now: datetime,
    fmt: Format,
) -> Example:
    """Return the example for such a ticket."""
    try:
        promise = promise_ticket(table, facts, calendars)
    except FirstlineError:  # a calendar is gone: the SLA page tells of it
        promise = None
    return Example(facts, now, promise, calendars, table.rises, fmt)

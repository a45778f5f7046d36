"""What is due for one ticket at an instant, and when it must be looked at next. Pure.

Things that fall due stand on ladders: the warnings of a clock with its breach, the escalation steps of a
clock, the rises, the follow-ups of a wait, what follows a solution. Of one ladder only the highest rung
reached is done; lower ones that nobody did are noted as skipped. After a night with everything off people
hear once where things stand, not what they missed. Warnings and steps are two ladders because they speak to
different people: an owner hears that the promise is broken also where the desk's manager hears of 150 %.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.escalation import EscalationStep
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import OPEN_STATUSES, TicketStatus
from app.services.escalation.ladders import earliest, highest, later, skipped
from app.services.escalation.lives import Life, life_of
from app.services.escalation.marks import WHOLE, is_reached, next_mark, next_turn, reached_at
from app.services.escalation.steps import DueKind, DueStep, Look, Watched, WatchRules
from app.services.escalation.told import told_look
from app.services.escalation.waits import waiting_look
from app.services.priority.rules import effective_priority


def look(watched: Watched, rules: WatchRules, now: datetime) -> Look:
    """Return what is due and not yet done for a ticket at `now`, and when to look again.

    `watched.clocks` must be folded at `now`. The next look is the earliest instant at which anything can
    fall due or a cached column can change if nobody touches the ticket; None where nothing is to be expected.

    Raises:
        NotFound: `sla.calendar_missing`; the ticket was promised by a calendar that is gone.
    """
    now = now.replace(microsecond=0)
    life = life_of(watched.log)
    if watched.status is TicketStatus.RESOLVED:
        return _after_solution(watched, rules, life, now)
    if watched.status not in OPEN_STATUSES:
        return Look((), None)
    wait = waiting_look(watched, rules, life, now)
    if any(step.kind is DueKind.AUTO_RESOLVE for step in wait.due):
        return wait  # whose clocks end with it need not be warned of
    told = told_look(watched, rules, now)
    due = [*wait.due, *told.due]
    wakes = [wait.wake_at, told.wake_at]
    for clock in watched.clocks.values():
        if clock.ended_at is None:
            due += _of_clock(clock, watched, rules, life, now)
            wakes.append(_next_of_clock(clock, rules, now))
    return Look(tuple(due), earliest(wakes))


def effective_now(watched: Watched, rises: Sequence[tuple[int, int]]) -> int:
    """Return the effective priority: what the clocks say now, by the rises in force."""
    clock = watched.clocks.get(ClockKind.RESOLUTION)
    if clock is None or watched.status not in OPEN_STATUSES:
        return watched.priority
    return effective_priority(watched.priority, clock.used_percent, rises)


# -- clocks ----------------------------------------------------------------------------------------


def _of_clock(
    clock: ClockState, watched: Watched, rules: WatchRules, life: Life, now: datetime
) -> Iterator[DueStep]:
    cycle = life.cycle_of(clock.kind)

    def rung(kind: DueKind, code: str, percent: int, rule: EscalationStep | None = None) -> DueStep:
        at = reached_at(clock, percent, rules.calendars, now)
        return DueStep(kind, code, cycle, at, clock=clock.kind, percent=percent, rule=rule)

    warnings = [
        (DueKind.BREACH, f"breach:{clock.kind}", percent)
        if percent == WHOLE
        else (DueKind.WARNING, f"warn:{clock.kind}:{percent}", percent)
        for percent in _warned_at(clock)
        if is_reached(clock, percent)
    ]
    yield from highest([code for _, code, _ in warnings], watched.done, cycle, _made(warnings, rung))
    steps = [
        (DueKind.STEP, rule.code, rule.percent, rule)
        for rule in _steps(clock, watched, rules)
        if is_reached(clock, rule.percent)
    ]
    yield from highest([code for _, code, _, _ in steps], watched.done, cycle, _made(steps, rung))
    if clock.kind is ClockKind.RESOLUTION:
        yield from _rises(clock, watched, rules, cycle, now)


def _made(rungs: Sequence[tuple[object, ...]], rung: Callable[..., DueStep]) -> Callable[[int], DueStep]:
    return lambda place: rung(*rungs[place])


def _warned_at(clock: ClockState) -> list[int]:
    return sorted({*clock.stretches[-1].promise.warn_percents, WHOLE}) if clock.stretches else [WHOLE]


def _steps(clock: ClockState, watched: Watched, rules: WatchRules) -> list[EscalationStep]:
    priority = effective_now(watched, rules.rises)
    found = [
        step
        for step in rules.escalation.steps
        if step.clock is clock.kind and step.holds_for(watched.type, priority)
    ]
    return sorted(found, key=lambda step: step.percent)


def _rises(
    clock: ClockState, watched: Watched, rules: WatchRules, cycle: int, now: datetime
) -> Iterator[DueStep]:
    rises = sorted(rules.rises)
    reached = [percent for percent, _ in rises if clock.used_percent >= percent]
    done = [percent for percent in reached if (_rise_code(percent), cycle) in watched.done]
    before = effective_priority(watched.priority, max(done, default=-1), rises)
    after = effective_priority(watched.priority, clock.used_percent, rises)
    for percent in reached:
        if percent in done:
            continue
        is_told = percent == reached[-1] and before != after  # P1 rises no further
        at = reached_at(clock, percent, rules.calendars, now) if percent != WHOLE else now
        step = DueStep(
            DueKind.RISE,
            _rise_code(percent),
            cycle,
            at,
            clock=clock.kind,
            percent=percent,
            priorities=(before, after),
        )
        yield step if is_told else skipped(step)


def _rise_code(percent: int) -> str:
    return f"rise:{percent}"


def _next_of_clock(clock: ClockState, rules: WatchRules, now: datetime) -> datetime | None:
    # Steps that do not hold for the priority yet may hold once it rose: all of the clock's count.
    percents = {
        *_warned_at(clock),
        *(step.percent for step in rules.escalation.steps if step.clock is clock.kind),
    }
    wakes = [next_mark(clock, percents, rules.calendars, now), next_turn(clock, now)]
    if clock.kind is ClockKind.RESOLUTION:
        ahead = [percent for percent, _ in rules.rises if clock.used_percent < percent]
        wakes.append(next_mark(clock, ahead, rules.calendars, now))
    return earliest(wakes)


# -- after the solution ----------------------------------------------------------------------------


def _after_solution(watched: Watched, rules: WatchRules, life: Life, now: datetime) -> Look:
    since = life.resolved_since or watched.resolved_at
    if since is None:
        return Look((), None)
    try:
        close_at = later(rules.default_calendar, since, rules.close_after)
        remind_at = later(rules.default_calendar, since, rules.remind_after) if rules.remind_after else None
    except (NeverOpen, NeverDue):
        return Look((), None)
    rungs = [(DueKind.AUTO_CLOSE, "auto_close", close_at)]
    if remind_at is not None and remind_at < close_at:
        rungs.insert(0, (DueKind.CONFIRM_REMINDER, "confirm_reminder", remind_at))
    reached = [rung for rung in rungs if rung[2] <= now]
    due = highest(
        [code for _, code, _ in reached],
        watched.done,
        life.solutions,
        lambda place: DueStep(reached[place][0], reached[place][1], life.solutions, reached[place][2]),
    )
    return Look(tuple(due), earliest([at for _, _, at in rungs if at > now]))

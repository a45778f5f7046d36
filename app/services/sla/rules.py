"""From policies to promises, and from a ticket's log to its clocks. Pure; the same fold everywhere.

Whether something is late is decided here and nowhere else: lists, reports, warnings and the ticket page all
read what `fold` returns, or columns written from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, NeverDue, NeverOpen, NotFound
from app.models.entities.ids import CategoryId, ServiceId
from app.models.entities.priority import HIGHEST_PRIORITY, LOWEST_PRIORITY
from app.models.entities.sla import (
    ClockKind,
    ClockState,
    Promise,
    SegmentKind,
    SlaPolicy,
    SlaTable,
    Stretch,
    WaitingRule,
)
from app.models.entities.tickets import EventKind, TicketEvent, TicketType
from app.services.calendars.rules import add_working_time, working_day_length, working_time
from app.services.sla.stretches import (
    TICKET_CLOCKS,
    UPDATE_CLOCK,
    ClockHistory,
    ClockRule,
    FoldSettings,
    TicketHistory,
    calendar_of,
    read_log,
)

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What decides a ticket's policy. `category_ids` is the category and all categories above it."""

    type: TicketType
    priority: int
    service_id: ServiceId | None = None
    category_ids: tuple[CategoryId, ...] = ()
    company: str = ""
    is_vip: bool = False


@dataclass(frozen=True, slots=True)
class PolicyVerdict:
    """Why a policy was or was not taken: the conditions that failed; none failed means it matched."""

    code: str
    failed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyChoice:
    """The first policy that matches, or None, and the verdicts up to and including it."""

    policy: SlaPolicy | None
    verdicts: tuple[PolicyVerdict, ...]


def pick_policy(table: SlaTable, facts: TicketFacts) -> PolicyChoice:
    """Return the first policy whose conditions all hold, with the reason why each one before it failed.

    A policy without a target for the ticket's priority does not match ("priority").
    """
    verdicts: list[PolicyVerdict] = []
    for policy in table.policies:
        verdict = PolicyVerdict(policy.code, _failed_conditions(policy, facts))
        verdicts.append(verdict)
        if not verdict.failed:
            return PolicyChoice(policy, tuple(verdicts))
    return PolicyChoice(None, tuple(verdicts))


def promise_ticket(
    table: SlaTable,
    facts: TicketFacts,
    calendars: Mapping[str, BusinessCalendar],
    *,
    sla_version: int = 0,
    calendar_versions: Mapping[str, int] | None = None,
) -> Promise | None:
    """Return what a ticket is promised, or None when no policy covers it.

    Log it as the detail of a PROMISED event, once at registration and again after every change of type,
    priority, service, category or requester that changes it: the time used so far is kept.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    policy = pick_policy(table, facts).policy
    if policy is None:
        return None
    target = next(target for target in policy.targets if target.priority == facts.priority)
    calendar = calendars.get(target.calendar)
    if calendar is None:
        raise NotFound("sla.calendar_missing", calendar=target.calendar)
    day = working_day_length(calendar)
    return Promise(
        policy=policy.code,
        priority=facts.priority,
        calendar=target.calendar,
        allowed={kind: allowance.length(day) for kind, allowance in target.allowances.items()},
        warn_percents=policy.warn_percents,
        calendar_version=(calendar_versions or {}).get(target.calendar, 0),
        sla_version=sla_version,
    )


def due_times(
    promise: Promise, start: datetime, calendars: Mapping[str, BusinessCalendar]
) -> dict[ClockKind, datetime]:
    """Return when each promised thing falls due for a ticket received at `start`: shown before saving.

    Raises:
        NotFound: `sla.calendar_missing`.
        NeverOpen: the calendar is never open.
    """
    calendar = calendar_of(calendars, promise)
    return {kind: add_working_time(calendar, start, allowed) for kind, allowed in promise.allowed.items()}


def fold(
    events: Sequence[TicketEvent],
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
    settings: FoldSettings | None = None,
    clocks: Sequence[ClockRule] = TICKET_CLOCKS,
) -> dict[ClockKind, ClockState]:
    """Return where each promised clock of one ticket stands at `now`.

    `events` is the ticket's whole log, in its order. What it means to the clocks:

    * the first event starts them, at `detail["received_at"]` (ISO text) if that is there and earlier;
    * PROMISED (`detail` = `Promise.to_dict()`) sets targets and calendar; a later one replaces them from then
      on and keeps the time used. Without any the answer is empty;
    * STATUS, IMPORTED and CREATED with a state in `new` move the ticket. RESOLVED (or CLOSED from an open
      state) meets every clock; the ends without work stop them unmet; going back to work lets the resolution
      clock go on, and the interval between does not count;
    * `detail["waiting_reason_id"]`, or CHANGED of that field, names the reason; while WAITING it pauses the
      clocks its rule names;
    * beginning to work answers a monitoring event that names no requester;
    * REPLY, CALL, CONFIRMATION, NOTE with `detail["public"]` and CREATED with a live `detail["channel"]` are
      contacts that meet the response clock, if `settings.contacts` ticks them and `detail["by"]` is "desk"
      or absent ("user" and "system" never count);
    * CHANGED "team_id" (or `detail["team_id"]`) to a team of another line meets the first-line box;
    * CHANGED "resolution_due_at" (ISO text, or nothing) locks and unlocks a manual due time.

    A promise of updates counts anew from each word the desk says to the user, until the ticket is solved.

    Fractions of seconds are dropped. Done at the due second itself is in time.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    if clocks is TICKET_CLOCKS and any(_promises_updates(event) for event in events):
        clocks = (*TICKET_CLOCKS, UPDATE_CLOCK)
    history = read_log(events, calendars, settings or FoldSettings(), clocks)
    if history is None:
        return {}
    now = now.replace(microsecond=0)
    return {
        clock.rule.kind: _state(clock, history, calendars, now)
        for clock in history.clocks
        if clock.started_at is not None and clock.rule.kind in history.promise_of(clock)[0].allowed
    }


def _promises_updates(event: TicketEvent) -> bool:
    allowed = event.detail.get("allowed") if event.kind is EventKind.PROMISED else None
    return isinstance(allowed, dict) and ClockKind.UPDATE_DUE.value in allowed


def nearest_clock(clocks: Mapping[ClockKind, ClockState]) -> ClockState | None:
    """Return the one clock worth showing: unmet, due next; paused ones last; None when all are done."""
    waiting = [clock for clock in clocks.values() if clock.ended_at is None]
    return min(
        waiting,
        key=lambda clock: (clock.is_paused, clock.due_at is None, clock.due_at or clock.started_at),
        default=None,
    )


def follow_up_at(
    rule: WaitingRule, calendar: BusinessCalendar, since: datetime, count: int = 1
) -> datetime | None:
    """Return when the `count`-th follow-up of a waiting ticket is due, always within opening hours.

    None when the reason asks for no follow-ups.
    """
    if rule.follow_up_every is None:
        return None
    every = rule.follow_up_every.length(working_day_length(calendar))
    return add_working_time(calendar, since, every * count)


def check_table(table: SlaTable, calendar_codes: frozenset[str]) -> None:
    """Refuse a table that could not be promised from.

    Raises:
        BadInput: `sla.policy_twice`, `sla.no_targets`, `sla.priority_twice`, `sla.priority_range`,
            `sla.calendar_unknown`, `sla.no_allowance`, `sla.response_after_resolution`.
    """
    codes: set[str] = set()
    for policy in table.policies:
        if policy.code in codes:
            raise BadInput("sla.policy_twice", policy=policy.code)
        codes.add(policy.code)
        _check_policy(policy, calendar_codes)


def _check_policy(policy: SlaPolicy, calendar_codes: frozenset[str]) -> None:
    if not policy.targets:
        raise BadInput("sla.no_targets", policy=policy.code)
    seen: set[int] = set()
    for target in policy.targets:
        where = {"policy": policy.code, "priority": target.priority}
        if target.priority in seen:
            raise BadInput("sla.priority_twice", **where)
        seen.add(target.priority)
        if not HIGHEST_PRIORITY <= target.priority <= LOWEST_PRIORITY:
            raise BadInput("sla.priority_range", **where)
        if target.calendar not in calendar_codes:
            raise BadInput("sla.calendar_unknown", calendar=target.calendar, **where)
        if not target.allowances:
            raise BadInput("sla.no_allowance", **where)
        day = timedelta(days=1)  # the longest a working day can be
        response = target.allowances.get(ClockKind.RESPONSE)
        resolution = target.allowances.get(ClockKind.RESOLUTION)
        if response and resolution and response.length(NOTHING) > resolution.length(day):
            raise BadInput("sla.response_after_resolution", **where)


def _failed_conditions(policy: SlaPolicy, facts: TicketFacts) -> tuple[str, ...]:
    tests = (
        ("type", not policy.types or facts.type in policy.types),
        ("service", not policy.service_ids or facts.service_id in policy.service_ids),
        ("category", not policy.category_ids or not policy.category_ids.isdisjoint(facts.category_ids)),
        ("company", not policy.companies or facts.company in policy.companies),
        ("vip", policy.vip is None or policy.vip == facts.is_vip),
        ("priority", any(target.priority == facts.priority for target in policy.targets)),
    )
    return tuple(name for name, holds in tests if not holds)


def _state(
    clock: ClockHistory,
    history: TicketHistory,
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
) -> ClockState:
    kind, ended_at = clock.rule.kind, clock.ended_at
    started_at = clock.started_at or now
    promise, promised_at = history.promise_of(clock)
    target = promise.allowed[kind]
    counting = clock.stretches[clock.counts_from :]
    until = now if ended_at is None else min(ended_at, now)
    elapsed, paused, due_at = _measure(counting, calendars, target, until)
    if due_at is None and ended_at == started_at:
        # Answered in the very second it was reported: there is no stretch, but there was a promise.
        due_at = _used_up(calendar_of(calendars, promise), started_at, target)
    remaining = target - elapsed
    manual = history.manual_due_at if kind is ClockKind.RESOLUTION else None
    if manual is not None:
        calendar = calendar_of(calendars, promise)
        due_at = manual
        remaining = working_time(calendar, until, manual) - working_time(calendar, manual, until)
        target = elapsed + remaining if remaining > NOTHING else working_time(calendar, started_at, manual)
    breached_at = None
    if due_at is not None and until > due_at:
        # A promise made stricter later was not broken before it was made.
        breached_at = max(due_at, promised_at or due_at)
    is_paused = ended_at is None and _mode_at(counting, now) is SegmentKind.PAUSED
    percent_used = _percent(target - remaining, target)
    return ClockState(
        kind=kind,
        target=target,
        elapsed=elapsed,
        remaining=remaining,
        paused=paused,
        gross=max(until - started_at, NOTHING),
        started_at=started_at,
        due_at=due_at,
        is_running=ended_at is None and not is_paused,
        is_paused=is_paused,
        is_locked=manual is not None,
        met_at=clock.met_at,
        ended_at=ended_at,
        breached_at=breached_at,
        warnings=tuple([p for p in promise.warn_percents if percent_used >= p]),
        stretches=tuple(clock.stretches),
    )


def _measure(
    stretches: Sequence[Stretch],
    calendars: Mapping[str, BusinessCalendar],
    target: timedelta,
    until: datetime,
) -> tuple[timedelta, timedelta, datetime | None]:
    """Return the working time that ran and that stood still up to `until`, and when the target is used up.

    What was done early is shown with the time it would have been due: the last running stretch is taken
    to go on. There is no due time while a pause without end, or a calendar that never opens, is before it.
    """
    alive = [stretch for stretch in stretches if stretch.kind is not SegmentKind.STOPPED]
    ran, stood, left = NOTHING, NOTHING, target
    due_at: datetime | None = None
    for stretch in alive:
        calendar = calendar_of(calendars, stretch.promise)
        start, end = stretch.start, stretch.end
        is_over = end is not None and end <= until
        length = working_time(calendar, start, end if is_over and end is not None else until)
        if stretch.kind is SegmentKind.PAUSED:
            stood += length
            continue
        ran += length
        if due_at is not None:
            continue
        if end is not None and stretch is not alive[-1]:
            whole = length if is_over else working_time(calendar, start, end)
            if whole < left:
                left -= whole
                continue
        due_at = _used_up(calendar, start, left)
    return ran, stood, due_at


def _percent(used: timedelta, target: timedelta) -> int:
    return used * 100 // target if target else 100


def _used_up(calendar: BusinessCalendar, start: datetime, left: timedelta) -> datetime | None:
    try:
        return add_working_time(calendar, start, left)
    except (NeverOpen, NeverDue):
        return None


def _mode_at(stretches: Sequence[Stretch], now: datetime) -> SegmentKind | None:
    for stretch in reversed(stretches):
        if stretch.start <= now:
            return stretch.kind
    return None

"""Changing escalation rules as an administrator does, and what they would mean. Pure.

Every edit returns new rules with their steps in order. Whether the result may be saved is judged by
`rules.checked_config`; what can never be right is refused here, while it is typed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from app.models.entities.errors import BadInput
from app.models.entities.escalation import MOST_PERCENT, EscalationRules, EscalationStep
from app.models.entities.sla import ClockKind

# As SLA tables have them, then what no policy promises.
_CLOCKS = list(
    dict.fromkeys(
        (
            ClockKind.RESPONSE,
            ClockKind.FIRST_LINE,
            ClockKind.RESOLUTION,
            ClockKind.UPDATE_DUE,
            ClockKind.TASK_ACCEPT,
            *ClockKind,
        )
    )
)
_DAY = 24 * 60
_EVERY = 5  # a step that needs a free place goes up by so many percent
_TIME = re.compile(r"(\d{1,2})(?:\s*[:：.时]\s*(\d{2})?\s*分?)?")


def in_order(steps: tuple[EscalationStep, ...]) -> tuple[EscalationStep, ...]:
    """Return steps by clock, in the order clocks have everywhere, and within a clock by percent."""
    return tuple(sorted(steps, key=lambda step: (_CLOCKS.index(step.clock), step.percent)))


def step_of(given: EscalationRules, code: str) -> EscalationStep | None:
    """Return the step of that code, or None."""
    return next((step for step in given.steps if step.code == code), None)


def put_step(given: EscalationRules, step: EscalationStep, *, instead_of: str = "") -> EscalationRules:
    """Add a step, or let it take the place of the one with the code `instead_of`.

    Raises:
        BadInput: `escalation.percent_range`, `escalation.step_twice`; then nothing is to be changed.
    """
    if not 1 <= step.percent <= MOST_PERCENT:
        raise BadInput("escalation.percent_range", percent=step.percent, most=MOST_PERCENT)
    rest = [held for held in given.steps if held.code != instead_of]
    if any(held.code == step.code for held in rest):
        raise BadInput("escalation.step_twice", clock=step.clock.value, percent=step.percent)
    return replace(given, steps=in_order((*rest, step)))


def remove_step(given: EscalationRules, code: str) -> EscalationRules:
    """Take a step out; a code that is not there changes nothing."""
    return replace(given, steps=tuple(step for step in given.steps if step.code != code))


def free_percent(given: EscalationRules, clock: ClockKind, wanted: int) -> int:
    """Return the first percentage from `wanted` up, in steps of 5, at which the clock has no step yet.

    Near the upper end it is the highest free one below it.
    """
    taken = {step.percent for step in given.steps if step.clock is clock}
    upwards = (percent for percent in range(max(1, wanted), MOST_PERCENT + 1, _EVERY))
    downwards = (percent for percent in range(MOST_PERCENT, 0, -1))
    return next(percent for places in (upwards, downwards) for percent in places if percent not in taken)


def read_percent(text: str) -> int:
    """Read "90", "90 %" or "90％".

    Raises:
        BadInput: `escalation.percent_unreadable`, `escalation.percent_range`.
    """
    plain = text.strip().rstrip("%％").strip()
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 9:
        raise BadInput("escalation.percent_unreadable", text=text.strip()[:40])
    percent = int(plain)
    if not 1 <= percent <= MOST_PERCENT:
        raise BadInput("escalation.percent_range", percent=percent, most=MOST_PERCENT)
    return percent


def read_time(text: str) -> int:
    """Read a time of day as minutes since midnight: "22:00", "7", "7.30", "24:00", "22 时".

    Raises:
        BadInput: `escalation.time_unreadable`.
    """
    found = _TIME.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found is not None else -1
    if found is None or int(found[2] or 0) > 59 or not 0 <= minutes <= _DAY:
        raise BadInput("escalation.time_unreadable", text=text.strip()[:40])
    return minutes


def time_text(minutes: int) -> str:
    """Return minutes since midnight as "22:00"; the end of the day is "24:00"."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def quiet_length(given: EscalationRules) -> int:
    """Return for how many minutes of a day nobody is disturbed; 0 where there are no quiet hours."""
    start, end = given.quiet_from, given.quiet_until
    if start == end:
        return 0
    return end - start if start < end else end + _DAY - start


def quiet_end(given: EscalationRules, local: datetime) -> datetime | None:
    """Return when the quiet hours end which hold at `local`, an aware time of the site's zone; or None.

    The end is a time by the wall clock of the same zone, as people keep it.
    """
    if not quiet_length(given):
        return None
    minute = local.hour * 60 + local.minute
    start, end = given.quiet_from, given.quiet_until
    is_quiet = start <= minute < end if start < end else minute >= start or minute < end
    if not is_quiet:
        return None
    on = local.date() if minute < end else local.date() + timedelta(days=1)
    if end == _DAY:
        return datetime.combine(on + timedelta(days=1), time(), local.tzinfo)
    return datetime.combine(on, time(end // 60, end % 60), local.tzinfo)

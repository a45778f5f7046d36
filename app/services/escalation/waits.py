"""What falls due while a ticket waits: asking again, solving it after that, its longest wait. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import NeverDue, NeverOpen
from app.models.entities.escalation import FiringState
from app.models.entities.sla import WaitingRule
from app.models.entities.tickets import TicketStatus
from app.services.calendars.rules import add_working_time, working_day_length, working_time
from app.services.escalation.ladders import earliest, highest, later
from app.services.escalation.lives import Life
from app.services.escalation.steps import DueKind, DueStep, Look, Watched, WatchRules
from app.services.sla.stretches import calendar_of

# Skipped follow-ups are only a note that nobody asked: the last few say it as well as thousands.
_MOST_NOTED = 20
_FOLLOW_UP = "follow_up:"


def waiting_look(watched: Watched, rules: WatchRules, life: Life, now: datetime) -> Look:
    """Return what is due for a ticket because it waits, and when that is to be looked at again.

    Raises:
        NotFound: `sla.calendar_missing`.
    """
    rule = None if life.waiting_for is None else rules.waiting.get(life.waiting_for)
    if watched.status is not TicketStatus.WAITING or rule is None or life.waiting_since is None:
        return Look((), None)
    calendar = _calendar(watched, rules)
    try:
        asked = _follow_ups(rule, calendar, watched, life, now)
        limit = _limit(rule, calendar, life.waiting_since)
    except (NeverOpen, NeverDue):
        return Look((), None)  # closed for good: nobody could be asked
    due = [*asked.due]
    if limit is not None and limit <= now and ("waited", life.waits) not in watched.done:
        due.append(DueStep(DueKind.WAITED_TOO_LONG, "waited", life.waits, limit))
    return Look(tuple(due), earliest([asked.wake_at, limit if limit and limit > now else None]))


def _follow_ups(
    rule: WaitingRule, calendar: BusinessCalendar, watched: Watched, life: Life, now: datetime
) -> Look:
    """Return follow-ups that are due, or the solution after enough of them stayed unanswered.

    Only what was really asked counts towards the solution: a follow-up that was skipped asked nobody.
    """
    since = life.asking_since
    every = rule.follow_up_every.length(working_day_length(calendar)) if rule.follow_up_every else timedelta()
    if since is None or every < timedelta(seconds=1):
        return Look((), None)

    def at(number: int) -> datetime:
        return add_working_time(calendar, since, every * number)

    reached = working_time(calendar, since, now) // every
    asked = [
        int(code.removeprefix(_FOLLOW_UP))
        for (code, cycle), state in watched.done.items()
        if cycle == life.asks and state is FiringState.FIRED and code.startswith(_FOLLOW_UP)
    ]
    if rule.resolve_after and len(asked) >= rule.resolve_after:
        last = max(asked)
        if reached > last:
            step = DueStep(DueKind.AUTO_RESOLVE, "auto_resolve", life.asks, at(last + 1), count=len(asked))
            return Look((step,), None)
        return Look((), at(last + 1))
    numbers = range(max(1, reached - _MOST_NOTED + 1), reached + 1)
    codes = [f"{_FOLLOW_UP}{number}" for number in numbers]
    due = highest(
        codes,
        watched.done,
        life.asks,
        lambda place: DueStep(
            DueKind.FOLLOW_UP, codes[place], life.asks, at(numbers[place]), count=len(asked) + 1
        ),
    )
    return Look(tuple(due), at(reached + 1))


def _limit(rule: WaitingRule, calendar: BusinessCalendar, since: datetime) -> datetime | None:
    if rule.longest_pause is None:
        return None
    return later(calendar, since, rule.longest_pause)


def _calendar(watched: Watched, rules: WatchRules) -> BusinessCalendar:
    """Return the calendar a wait is counted by: the promise's, as the fold does; else the site's."""
    for clock in watched.clocks.values():
        if clock.stretches:
            return calendar_of(rules.calendars, clock.stretches[-1].promise)
    return rules.default_calendar

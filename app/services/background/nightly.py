"""The jobs of the night, each done once: the verifier, missing holidays, throwing old rows away."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

from app.models.entities.background import ClockDifference
from app.models.store import Operation
from app.services.background.announcement_watch import AnnouncementWatch
from app.services.background.away_watch import AwayWatch
from app.services.background.duty_watch import watch_shifts
from app.services.background.gap_watch import watch_gaps
from app.services.background.handover_watch import BookCheck, SheetWatch
from app.services.background.holiday_watch import missing_next_year
from app.services.background.job_commands import (
    Dropped,
    drop_old_notices,
    drop_old_records,
    report_differences,
    tell_missing_holidays,
)
from app.services.background.request_watch import watch_requests
from app.services.background.rules import night_of
from app.services.background.shift_watch import ShiftWatch
from app.services.background.verifying import verify_some
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.calendars.holiday_gaps import WATCHED_FROM_MONTH
from app.services.settings.site import site_facts

log = logging.getLogger("firstline.background")

# RELIABILITY 3: a program whose last feed number is gone reads everything again.
FEED_KEPT = timedelta(days=7)
READ_NOTICES_KEPT = timedelta(days=30)
UNREAD_NOTICES_KEPT = timedelta(days=90)
DROPPED_AT_ONCE = 500
_ASKED_EVERY = timedelta(minutes=10)
_NAMED = 20
SLICE = timedelta(seconds=1)
"""How long the verifier goes on before what fell due meanwhile is done and the lease is renewed."""


class NightJobs:
    """What is left of this night's jobs. Each is known by an operation id of its name and night: a second
    program or start finds it done."""

    def __init__(self) -> None:
        self._asked_at: datetime | None = None
        self._sheets = SheetWatch()
        self._shifts = ShiftWatch()
        self._away = AwayWatch()
        self._announcements = AnnouncementWatch()
        self._book = BookCheck()
        self.forget()

    def forget(self) -> None:
        """Begin anew: somebody else may have done some of it meanwhile."""
        self._book.forget()
        self._night: date | None = None
        self._after: int | None = 0
        self._found: list[ClockDifference] = []

    @property
    def is_verifying(self) -> bool:
        """Whether the verifier is in the middle."""
        return bool(self._after)

    def go_on(self, ctx: Context, token: int, is_enough: Callable[[], bool]) -> tuple[str, ...]:
        """Do what is left, the verifier until `is_enough`; return the names of the jobs that were done.

        Raises:
            LeaseLost: somebody else does it.
        """
        now = ctx.clock.now()
        done = self._sheets.look(ctx, token) + self._announcements.look(ctx, token)
        done += self._shifts.look(ctx, token) + self._away.look(ctx, token)
        is_asked = self._asked_at is not None and abs(now - self._asked_at) < _ASKED_EVERY
        if is_asked and not self.is_verifying:
            return tuple(done)
        night = night_of(now, site_facts(ctx).zone)
        if night != self._night:
            self.forget()
            self._night = night
        if not (self.is_verifying and is_asked):
            done += [*watch_shifts(ctx, token), *watch_requests(ctx, token)]
        jobs = self._jobs(ctx, night)
        done += [name for name, job in jobs if job(ctx, token, f"{name}-{night}", is_enough)]
        if not self.is_verifying:
            self._asked_at = now
        return tuple(done)

    def _jobs(self, ctx: Context, night: date) -> list[tuple[str, Callable[..., bool]]]:
        jobs: list[tuple[str, Callable[..., bool]]] = [
            ("verify", self._verify),
            ("trim", _trim),
            ("handovers", self._book.go_on),
            ("gaps", watch_gaps),
        ]
        if night.month >= WATCHED_FROM_MONTH:
            jobs.append(("holidays", _holidays))
        return [(name, job) for name, job in jobs if not ctx.store.was_done(f"{name}-{night}")]

    def _verify(self, ctx: Context, token: int, op_id: str, is_enough: Callable[[], bool]) -> bool:
        while self._after is not None:
            some = verify_some(ctx, self._after)
            self._after = some.after
            self._found += some.differing
            if self._after is not None and is_enough():
                return False
        found, self._found, self._after = self._found, [], 0
        if found:
            numbers = ", ".join(f"#{one.number} ({', '.join(one.columns)})" for one in found[:_NAMED])
            log.warning("stored times of %d tickets were wrong: %s", len(found), numbers)
        report: Callable[..., Outcome] = report_differences
        report(ctx, found, token=token, night=op_id.partition("-")[2], op_id=op_id)
        return True


def _trim(ctx: Context, token: int, op_id: str, is_enough: Callable[[], bool]) -> bool:
    """Throw old notices and records away, a batch a transaction, then old lines of the feed.

    Goes on later where asked.
    """
    now = ctx.clock.now()
    drop: Callable[..., Outcome] = drop_old_notices
    limits = {"read_before": now - READ_NOTICES_KEPT, "shown_before": now - UNREAD_NOTICES_KEPT}
    more = partial(drop, ctx, token=token, limit=DROPPED_AT_ONCE, **limits)
    records: Callable[..., Outcome] = drop_old_records
    for batch in (more, partial(records, ctx, token=token, limit=DROPPED_AT_ONCE)):
        while _count(batch()) == DROPPED_AT_ONCE:
            if is_enough():
                return False
    ctx.store.trim_feed(Operation(uuid.uuid4().hex, now, None, ctx.actor.client), before=now - FEED_KEPT)
    more(op_id=op_id)  # nothing is left: this notes that it was done tonight
    return True


def _count(dropped: Outcome) -> int:
    return dropped.count if isinstance(dropped, Dropped) else 0


def _holidays(ctx: Context, token: int, op_id: str, _is_enough: Callable[[], bool]) -> bool:
    today = ctx.clock.now().astimezone(site_facts(ctx).zone).date()
    tell: Callable[..., Outcome] = tell_missing_holidays
    tell(ctx, missing_next_year(ctx, today), token=token, op_id=op_id)
    return True

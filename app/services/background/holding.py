"""Holding the lease. With each renewal the shared clock is asked, and this PC's is measured by it."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from datetime import datetime, timedelta

from app.services.background import queries
from app.services.background.lease_commands import give_back_lease, take_lease
from app.services.background.rules import RENEW_AFTER, Attempt, attempt
from app.services.background.server_time import CorrectedClock, ServerTime
from app.services.base.context import Context

log = logging.getLogger("firstline.background")

_STEADY = timedelta(seconds=60)


class LeaseHolder:
    """One program's hold on the lease. `token` is None while somebody else has it, or nobody.

    `ctx` has the shared clock, `offset` is how far this PC's is ahead of it: both as last measured.
    """

    def __init__(self, ctx: Context, name: str, shared: ServerTime) -> None:
        self.name = name
        self.token: int | None = None
        self.offset = timedelta()
        self.ctx = ctx
        self._asked = ctx
        self._shared = shared
        self._renewed_at: datetime | None = None
        self._renewed_on = 0.0  # by the monotonic clock, which no one sets

    def hold(self) -> bool:
        """Take the lease, or renew it where that is due; tell whether it is held.

        Raises:
            StoreUnavailable: the database or the shared clock cannot be reached.
        """
        if self.token is not None and not self._is_renewal_due():
            return True
        now = self._shared.now(self._asked)
        self.offset = self._asked.clock.now() - now
        self.ctx = replace(self._asked, clock=CorrectedClock(self._asked.clock, self.offset))
        lease = queries.lease_now(self.ctx)
        wanted = attempt(lease, self.name, now, self.offset)
        if wanted is Attempt.GIVE_BACK and lease is not None:
            log.warning("this PC's clock is off by %s: another one does the background work", self.offset)
            give_back_lease(self.ctx, token=lease.token, now=now)
        before, self.token = self.token, None
        if wanted in {Attempt.LEAVE, Attempt.GIVE_BACK}:
            return False
        self.token = take_lease(self.ctx, holder=self.name, seen=lease, now=now).id
        self._renewed_at, self._renewed_on = now, time.monotonic()
        if self.token is not None and self.token != before:
            log.info("%s does the background work now, token %d", self.name, self.token)
        return self.token is not None

    def renew_next(self) -> None:
        """Have the lease renewed, and the shared clock asked, before the next round."""
        self._renewed_at = None

    def is_steady(self) -> bool:
        """Tell whether this PC's clock went on like any clock since it was measured, not set meanwhile."""
        if self._renewed_at is None:
            return False
        went_on = self.ctx.clock.now() - self._renewed_at
        return abs(went_on - timedelta(seconds=time.monotonic() - self._renewed_on)) <= _STEADY

    def _is_renewal_due(self) -> bool:
        if self._renewed_at is None or time.monotonic() - self._renewed_on >= RENEW_AFTER.total_seconds():
            return True
        # A clock that jumped says nothing about the lease any more: ask.
        return abs(self.ctx.clock.now() - self._renewed_at) >= RENEW_AFTER

    def give_back(self) -> None:
        """End the hold, so that another program goes on at once.

        Raises:
            FirstlineError: it could not be given back; it expires by itself.
        """
        if self.token is not None:
            token, self.token = self.token, None
            give_back_lease(self.ctx, token=token, now=self._shared.now(self._asked))

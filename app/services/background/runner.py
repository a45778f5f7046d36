"""Doing the background work: a round at a time, or in a thread while a program is open. No Qt here."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta

from app.models.entities.background import MOST_CLOCK_TOLD, ClockDoubt, TickReport
from app.models.entities.errors import FirstlineError, NotFound, StoreRefused, StoreUnavailable
from app.services.background import queries
from app.services.background.batches import Batches, Counts
from app.services.background.doing_commands import note_walk
from app.services.background.high_water import look_at_clock
from app.services.background.holders import holder_of_this_process, pc_of
from app.services.background.holding import LeaseHolder
from app.services.background.lease_commands import LeaseLost
from app.services.background.nightly import SLICE, NightJobs
from app.services.background.rules import doubt_of, may_hold, next_look, next_try
from app.services.background.server_time import ServerTime, server_time_of
from app.services.base.context import Context, system_actor

log = logging.getLogger("firstline.background")

BATCH = 50
"""Tickets written in one transaction: others wait less than a tenth of a second for it."""
MOST = 1_000
"""Tickets of one round; more follow in the next one, after the lease was renewed."""
WALKED = 500
"""Tickets looked at besides in one round because the rules changed: what is due never waits for them."""
_AFTER_FAILURE = 30.0


class BackgroundWork:
    """The timers of one program. One thread uses it; `tick` may be called as often as one likes.

    `holder` names the program in the lease, `server_time` is the clock all programs share; both have a
    sensible default. The work is done as the program itself, whoever is signed in.
    """

    def __init__(self, ctx: Context, *, holder: str = "", server_time: ServerTime | None = None) -> None:
        self.holder = holder or holder_of_this_process()
        asked = ctx.acting_as(system_actor())
        shared = server_time or server_time_of(ctx, self.holder.rpartition("#")[2])
        self.lease = LeaseHolder(asked, self.holder, shared)
        self._store = ctx.store
        self._batches = Batches()
        self._jobs = NightJobs()
        self._doubt: ClockDoubt | None = None
        self._stop = threading.Event()

    @property
    def ctx(self) -> Context:
        """What the work is done with: the program's context, with the shared clock."""
        return self.lease.ctx

    # -- one round ---------------------------------------------------------------------------------

    def tick(self) -> TickReport:
        """Do one round: hold the lease, do what is due, say when to come again.

        Raises:
            StoreUnavailable: the database or the shared clock cannot be reached; nothing is half done.
            StoreRefused: the database belongs to a newer program.
            NotFound: `settings.config_missing`; the site is not set up yet.
        """
        is_held = self.lease.hold()
        if (doubtful := self._doubtful(is_held=is_held)) is not None:
            return doubtful
        if not is_held or self.lease.token is None:
            return self._report(Counts(), wait=next_try(), holds=False)
        return self._round(self.lease.token)

    def _round(self, token: int) -> TickReport:
        ids = queries.due_ticket_ids(self.ctx, MOST)
        counts = Counts()
        is_whole = self._do(ids, token, counts)
        is_walking = is_whole and self._walk(frozenset(ids), token, counts)
        if not counts.is_mine:
            return self._lost(counts)
        if not is_whole or is_walking or len(ids) == MOST:
            return self._report(counts, wait=0.0, is_more=not self._stop.is_set())
        try:
            enough = time.monotonic() + SLICE.total_seconds()
            jobs = self._jobs.go_on(
                self.ctx, token, lambda: self._stop.is_set() or time.monotonic() >= enough
            )
        except LeaseLost:
            return self._lost(counts)
        if self._jobs.is_verifying:
            return self._report(counts, wait=0.0, is_more=not self._stop.is_set(), jobs=jobs)
        wait = next_look(self.ctx.clock.now(), queries.next_wake(self.ctx))
        return self._report(counts, wait=wait, jobs=jobs)

    def _do(self, ids: Sequence[int], token: int, counts: Counts) -> bool:
        """Do tickets batch by batch; tell whether all were."""
        for start in range(0, len(ids), BATCH):
            if self._stop.is_set() or not counts.may_go_on:
                return False
            if not self.lease.is_steady():
                self.lease.renew_next()
                return False
            self._batches.do(self.ctx, ids[start : start + BATCH], token, counts)
        return counts.may_go_on

    def _walk(self, done: frozenset[int], token: int, counts: Counts) -> bool:
        """Look at some tickets where the rules changed since the last look at all; tell whether more follow.

        What is due is done first in each round: a change of rules keeps nobody waiting.
        """
        walk = queries.rules_walk(self.ctx)
        if walk is None:
            return False
        ids = queries.watched_ids(self.ctx, walk.after, WALKED)
        if not self._do([one for one in ids if one not in done], token, counts):
            return True
        is_last = len(ids) < WALKED
        note_walk(self.ctx, token=token, mark=walk.mark, after=None if is_last else ids[-1])
        return not is_last

    def _doubtful(self, *, is_held: bool) -> TickReport | None:
        """Return the report of a round in which nothing is done because of the time the shared clock shows.

        A program that may hold the lease gives a jump ahead its second look, whoever does hold it.
        """
        acted_at, now = queries.last_acted_at(self.ctx), self.ctx.clock.now()
        doubt = doubt_of(acted_at, now)
        is_told, self._doubt = doubt is self._doubt, doubt
        if acted_at is None or doubt is None:
            return None
        wait = next_try()
        if doubt is ClockDoubt.BEHIND:
            wait = min(wait, max(0.2, (acted_at - now).total_seconds()))
            is_told = is_told or acted_at - now <= timedelta(seconds=MOST_CLOCK_TOLD)
        elif may_hold(self.lease.offset):
            seen = look_at_clock(self.ctx, pc=pc_of(self.holder), now=now)
            if seen.id:
                log.info("this PC sees %s too: the background work goes on", now)
                self._doubt = None
                return None
        if is_held and not is_told:
            log.warning("nothing is done at %s: the last time anything was is %s", now, acted_at)
        counts = Counts(doubt=doubt)
        return self._report(counts, wait=wait, holds=is_held)

    def _lost(self, counts: Counts) -> TickReport:
        self.lease.token = None
        self._jobs.forget()
        return self._report(counts, wait=next_try(), holds=False)

    def _report(
        self,
        counts: Counts,
        *,
        wait: float,
        holds: bool = True,
        is_more: bool = False,
        jobs: tuple[str, ...] = (),
    ) -> TickReport:
        return TickReport(
            holds_lease=holds,
            looked_at=counts.looked_at,
            fired=counts.fired,
            skipped=counts.skipped,
            doubled=counts.doubled,
            put_off=counts.put_off,
            is_more=is_more,
            next_look=wait,
            clock_offset_seconds=round(self.lease.offset.total_seconds()),
            jobs=jobs,
            doubt=counts.doubt,
        )

    # -- for as long as the program is open --------------------------------------------------------

    def close(self) -> None:
        """Give the lease back, so that another program goes on at once; where that fails it expires."""
        try:
            self.lease.give_back()
        except FirstlineError as error:
            log.info("the lease could not be given back: %s", error)

    def run(self, stop: threading.Event, told: Callable[[TickReport], None] | None = None) -> None:
        """Go on until `stop` is set; `told` hears of every round. Failures are logged and tried again.

        Ends by itself only where the database belongs to a newer program. Gives the lease and this thread's
        connection back.
        """
        self._stop = stop
        while not stop.is_set():
            try:
                report = self.tick()
            except StoreRefused as refused:
                log.info("background work ends: %s", refused)
                break
            except (StoreUnavailable, NotFound) as error:
                log.info("background work waits: %s", error)
                stop.wait(next_try())
            except Exception:
                log.exception("background work failed")
                stop.wait(_AFTER_FAILURE)
            else:
                if told is not None:
                    told(report)
                stop.wait(report.next_look)
        self.close()
        self._store.release()


class BackgroundThread:
    """Background work beside a window: `start` and `stop`; starting twice or stopping twice does nothing."""

    def __init__(self, ctx: Context, told: Callable[[TickReport], None] | None = None) -> None:
        self._ctx = ctx
        self._told = told
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, in a thread of its own with a database connection of its own."""
        if self._thread is not None:
            return
        self._stop = threading.Event()
        work, stop, told = BackgroundWork(self._ctx), self._stop, self._told
        self._thread = threading.Thread(target=lambda: work.run(stop, told), name="background", daemon=True)
        self._thread.start()

    def stop(self, patience: float = 5.0) -> None:
        """End it after the batch it is in; wait at most `patience` seconds for that."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._stop.set()
            thread.join(patience)

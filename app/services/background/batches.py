"""Tickets by the batch: planned without a lock, written in one transaction; one that fails is put off."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.models.entities.background import ClockDoubt
from app.models.entities.errors import StoreRefused, StoreUnavailable
from app.models.entities.instants import to_micros
from app.services.background import queries
from app.services.background.doing_commands import Written, do_due, put_off
from app.services.background.plans import Plan
from app.services.background.refolding import Trouble, code_of
from app.services.base.context import Context

log = logging.getLogger("firstline.background")

_TROUBLED_AGAIN = timedelta(hours=1)


@dataclass(slots=True)
class Counts:
    """What the batches of a round add up to; `may_go_on` says whether another one may follow."""

    looked_at: int = 0
    fired: int = 0
    skipped: int = 0
    doubled: int = 0
    put_off: int = 0
    is_mine: bool = True
    doubt: ClockDoubt | None = None

    @property
    def may_go_on(self) -> bool:
        """Whether the lease is still held, and the time one at which things may be done."""
        return self.is_mine and self.doubt is None


class Batches:
    """Does batches, and remembers of which tickets it told that they cannot be looked at."""

    def __init__(self) -> None:
        self._told: set[tuple[int, str]] = set()

    def do(self, ctx: Context, ids: Sequence[int], token: int, counts: Counts) -> None:
        """Look at tickets and write what is due; add it up in `counts`.

        Raises:
            StoreUnavailable, StoreRefused, NotFound: nothing more can be done; nothing is half done.
        """
        planned = queries.plans_for(ctx, ids)
        troubled = dict(planned.troubled)
        counts.looked_at += len(planned.plans)
        # What is as it was is not written again: rules that change have thousands looked at for nothing.
        plans = [plan for plan in planned.plans if not plan.is_idle]
        try:
            self._write(ctx, plans, token, counts)
        except (StoreUnavailable, StoreRefused):
            raise
        except Exception as error:  # noqa: BLE001 - whatever one ticket raises must not stop the others
            log.debug("a batch failed, each ticket alone now: %r", error)
            for plan in plans:
                if counts.may_go_on:
                    self._write_alone(ctx, plan, token, counts, troubled)
        if troubled and counts.may_go_on:
            self._put_off(ctx, troubled, token)
            counts.put_off += len(troubled)

    def _write_alone(
        self, ctx: Context, plan: Plan, token: int, counts: Counts, troubled: dict[int, Trouble]
    ) -> None:
        try:
            self._write(ctx, [plan], token, counts)
        except (StoreUnavailable, StoreRefused):
            raise
        except Exception as error:
            log.debug("ticket %d", plan.ticket.id, exc_info=True)
            troubled[int(plan.ticket.id)] = Trouble(code_of(error), plan.ticket.version)

    def _put_off(self, ctx: Context, troubled: dict[int, Trouble], token: int) -> None:
        codes = {ticket_id: trouble.code for ticket_id, trouble in sorted(troubled.items())}
        if not self._told.issuperset(codes.items()):
            log.warning("tickets that could not be looked at: %s", codes)
            self._told.update(codes.items())
        versions = {ticket_id: trouble.version for ticket_id, trouble in troubled.items()}
        put_off(ctx, versions, token=token, until=to_micros(ctx.clock.now() + _TROUBLED_AGAIN))

    @staticmethod
    def _write(ctx: Context, plans: Sequence[Plan], token: int, counts: Counts) -> None:
        if not plans:
            return
        written = do_due(ctx, plans, token=token)
        if isinstance(written, Written):
            counts.is_mine = written.is_mine
            counts.doubt = written.doubt
            counts.fired += written.fired
            counts.skipped += written.marked
            counts.doubled += written.doubled

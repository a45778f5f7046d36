"""What the background work reads: who holds the lease, which tickets' time has come, what is due for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.background import (
    MOST_CLOCK_TOLD,
    BackgroundState,
    ClockDifference,
    ClockDoubt,
    Lease,
)
from app.models.entities.errors import StoreUnavailable
from app.models.entities.instants import FAR_FUTURE_MICROS, from_micros, to_micros
from app.models.transactions import Reader
from app.services.background.high_water import acted_at
from app.services.background.holders import holder_of_this_process, pc_of
from app.services.background.lease_commands import LEASE
from app.services.background.plans import Planned, plan_tickets
from app.services.background.refolding import Trouble, refold
from app.services.background.rules import doubt_of
from app.services.background.server_time import ServerTime, server_time_of
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.settings.current import load_config

# Sums of versions only grow: equal ones mean that nothing which decides about open tickets was changed.
_MARK = (
    "SELECT (SELECT COALESCE(MAX(id), 0) FROM config_version),"
    " (SELECT COALESCE(SUM(version), 0) FROM setting),"
    " (SELECT COALESCE(SUM(version), 0) FROM waiting_reason),"
    " (SELECT COALESCE(SUM(version), 0) FROM team)"
)
MARK_KEY = "background.config"
WALK_KEY = "background.config_walk"


@dataclass(frozen=True, slots=True)
class RulesWalk:
    """The rules in force, by their `mark`, are not those all were looked at by; done up to `after`."""

    mark: str
    after: int


@query(permission=ANYBODY)
def lease_now(_ctx: Context, read: Reader) -> Lease | None:
    """Return the lease as it stands, expired or not; None where nobody ever held it."""
    return _lease(read)


def _lease(read: Reader) -> Lease | None:
    row = read.one("SELECT holder, token, renewed_at, until FROM lease WHERE name = ?", (LEASE,))
    return None if row is None else Lease(row[0], row[1], from_micros(row[2]), from_micros(row[3]))


@query(permission=ANYBODY)
def background_state(
    ctx: Context, read: Reader, *, holder: str = "", time: ServerTime | None = None
) -> BackgroundState | None:
    """Return who does the background work and how far this PC's clock is off; None where nobody ever did.

    `holder` is who "mine" means, normally this process. The shared clock is asked each time: on a file that
    makes and removes a small file beside it. Who asks all day hands over a `server_time.state_time`.
    """
    lease = _lease(read)
    if lease is None:
        return None
    me = holder or holder_of_this_process()
    try:
        shared: datetime | None = (time or server_time_of(ctx, f"{me.rpartition('#')[2]}-state")).now(ctx)
    except StoreUnavailable:
        shared = None
    own = ctx.clock.now()
    offset = None if shared is None else round((own - shared).total_seconds())
    now, mark = shared or own, acted_at(read)
    doubt = doubt_of(mark, now)
    if doubt is ClockDoubt.BEHIND and mark is not None and mark - now <= timedelta(seconds=MOST_CLOCK_TOLD):
        doubt = None  # two clocks never agree to the second: over before anybody has read it
    return BackgroundState(
        pc_of(lease.holder), lease.renewed_at, lease.until, now, lease.holder == me, offset, mark, doubt
    )


@query(permission="store.migrate")
def last_acted_at(_ctx: Context, read: Reader) -> datetime | None:
    """Return the last time anything was done at; None where nothing ever was."""
    return acted_at(read)


@query(permission="store.migrate")
def due_ticket_ids(ctx: Context, read: Reader, limit: int) -> list[int]:
    """Return tickets whose time has come, the longest overdue first; read straight off one index."""
    rows = read.rows(
        "SELECT id FROM ticket WHERE wake_at IS NOT NULL AND wake_at <= ? ORDER BY wake_at LIMIT ?",
        (to_micros(ctx.clock.now()), limit),
    )
    return [row[0] for row in rows]


@query(permission="store.migrate")
def next_wake(_ctx: Context, read: Reader) -> datetime | None:
    """Return when the next ticket's time comes, None where no open ticket expects anything."""
    micros = read.value("SELECT MIN(wake_at) FROM ticket WHERE wake_at IS NOT NULL")
    return None if micros is None or micros >= FAR_FUTURE_MICROS else from_micros(micros)


@query(permission="store.migrate")
def plans_for(ctx: Context, read: Reader, ids: Sequence[int]) -> Planned:
    """Look at tickets: what is due for each, and which of its cached columns have gone stale."""
    return plan_tickets(read, load_config(read), sorted(ids), ctx.clock.now())


@query(permission="store.migrate")
def rules_walk(_ctx: Context, read: Reader) -> RulesWalk | None:
    """Return how far all tickets were looked at under the rules in force; None where all were (U20)."""
    mark = ".".join(str(int(value)) for value in read.one(_MARK) or ())
    known: dict[str, str] = dict(
        read.rows("SELECT key, value FROM meta WHERE key IN (?, ?)", (MARK_KEY, WALK_KEY))
    )
    if known.get(MARK_KEY) == mark:
        return None
    walked, _, after = known.get(WALK_KEY, "").partition(":")
    return RulesWalk(mark, int(after) if walked == mark and after.isdigit() else 0)


@query(permission="store.migrate")
def watched_ids(_ctx: Context, read: Reader, after: int, limit: int) -> list[int]:
    """Return open and resolved tickets by id, those after `after`: everything that is not over."""
    rows = read.rows(
        "SELECT id FROM ticket WHERE wake_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?", (after, limit)
    )
    return [row[0] for row in rows]


@query(permission="store.migrate")
def differences(ctx: Context, read: Reader, ids: Sequence[int]) -> list[ClockDifference]:
    """Recompute tickets from their logs and return those whose stored times differ (RULES 2.8).

    One that cannot be recomputed is named too, with the reason in place of columns.

    A ticket whose time has come but that was not looked at yet is passed over: its columns are about to
    change anyway.
    """
    now = ctx.clock.now()
    waiting = _waiting_for_a_look(read, ids, to_micros(now))
    troubled: dict[int, Trouble] = {}
    found = [
        ClockDifference(one.ticket.id, one.ticket.number, tuple(sorted(one.stale)))
        for one in refold(read, load_config(read), sorted({*ids} - waiting), now, troubled)
        if one.stale
    ]
    for ticket_id, trouble in troubled.items():
        number = read.value("SELECT number FROM ticket WHERE id = ?", (ticket_id,))
        found.append(ClockDifference(ticket_id, int(number or 0), (trouble.code,)))
    return sorted(found, key=lambda one: one.ticket_id)


def _waiting_for_a_look(read: Reader, ids: Sequence[int], now: int) -> frozenset[int]:
    if not ids:
        return frozenset()
    marks = ", ".join("?" * len(ids))
    rows = read.rows(
        f"SELECT id FROM ticket WHERE id IN ({marks}) AND (wake_at IS NULL OR wake_at <= ?)", (*ids, now)
    )
    return frozenset(row[0] for row in rows)

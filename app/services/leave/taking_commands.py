"""Taking over a shift at once, taking it back, and swaps that lapse. Each is one transaction (U61)."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.events import LeaveChanged
from app.models.entities.leave import SwapDetails, SwapId, SwapState
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.base.command import command, require
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.leave import cells
from app.services.leave import swap_making as making
from app.services.leave.queries import holders_of
from app.services.leave.rules import SwapMove, swap_after
from app.services.leave.swap_queries import load_swap
from app.services.leave.telling import settle_swap
from app.services.notices.writing import put_notices
from app.services.roster.painting import write_cells
from app.services.roster.queries import site_zone
from app.services.roster.rules import shift_span
from app.services.settings import declared
from app.services.settings.current import load_config


@command(permission="roster.ask")
def take_shift(ctx: Context, tx: Transaction, details: SwapDetails) -> Outcome:
    """Take over a colleague's shift at once, in an emergency: no one is asked, everybody concerned is told.

    `details.other_id` is who takes it (oneself; a decider may name anybody). The reason is needed. Rules do
    not stop it: what they say is known to the deciders, who are told.

    Raises:
        RuleViolation: `swap.reason_missing`, `swap.has_ended`, what `swap_cells` raises.
    """
    if details.other_id != ctx.actor.person_id:
        require(ctx, "roster.approve")
    if not details.reason.strip():
        raise RuleViolation("swap.reason_missing")
    given, back = making.shifts_of(tx, details)
    if shift_span(given, details.on_date, site_zone(tx))[1] <= tx.now:
        raise RuleViolation("swap.has_ended", date=details.on_date)
    made = making.made(tx, details, despite_rules=True)
    swap_id = SwapId(
        tx.insert(
            "shift_swap",
            {
                **making.asked(details, given, back),
                **made,
                "state": SwapState.TAKEN.value,
                "asked_at": tx.now_micros,
                "expires_at": tx.now_micros,
                "decided_by_id": ctx.actor.person_id,
                "decided_at": tx.now_micros,
            },
        )
    )
    body = {**making.body_of(ctx, details), "is_taken_back": False}
    people = [details.asker_id, details.other_id, *holders_of(tx, "roster.approve")]
    making.tell(ctx, tx, people, NoticeKind.SWAP_TAKEN, swap_id, 1, body)
    tx.announce(LeaveChanged(frozenset({swap_id})))
    return Outcome(swap_id, 1, Undo("swap.undo.taken", partial(take_back_swap, ctx, swap_id, version=1)))


@command(permission="roster.ask")
def take_back_swap(ctx: Context, tx: Transaction, swap_id: SwapId, *, version: int) -> Outcome:
    """Put both shifts back where they were; cells that somebody painted since keep what stands there.

    Who took a shift, and whose it was, may do so for as many hours as the site allows, deciders always.

    Raises:
        NotAllowed: the time for it is over, or it was approved, and the right to decide is missing.
        RuleViolation: `swap.not_now`, `swap.painted_since` (nothing is left to put back).
        StaleRecord: somebody changed the swap meanwhile.
    """
    swap = load_swap(tx, swap_id)
    state = swap_after(swap.state, SwapMove.TAKE_BACK)
    grace = timedelta(hours=load_config(tx).settings[declared.TAKE_BACK_HOURS])
    is_mine = swap.state is SwapState.TAKEN and ctx.actor.person_id in {swap.asker_id, swap.other_id}
    if not (is_mine and tx.now <= swap.asked_at + grace):
        require(ctx, "roster.approve")
    text = tx.value("SELECT replaced FROM shift_swap WHERE id = ?", (swap_id,))
    kept = cells.still_ours(tx, [cells.from_dict(one) for one in json.loads(text or "[]")])
    if not kept:
        raise RuleViolation("swap.painted_since")
    write_cells(tx, kept)
    new = tx.update_versioned("shift_swap", swap_id, version, {"state": state.value, "replaced": "[]"})
    body = {**making.body_of(ctx, swap.details), "is_taken_back": True}
    people = [swap.asker_id, swap.other_id, *holders_of(tx, "roster.approve")]
    making.tell(ctx, tx, people, NoticeKind.SWAP_TAKEN, swap_id, new, body)
    tx.announce(LeaveChanged(frozenset({swap_id})))
    if swap.state is not SwapState.TAKEN:  # an approved swap is asked for anew, not made behind both
        return Outcome(swap_id, new)
    return Outcome(swap_id, new, Undo("swap.undo.taken_back", partial(take_shift, ctx, swap.details)))


def expire_swaps(tx: Transaction) -> list[SwapId]:
    """Let swaps lapse whose time is over; return their ids. For the background work.

    Told are who asked, and the other one where they had agreed; nobody waits for it any more.
    """
    rows = tx.rows(
        "SELECT id FROM shift_swap WHERE state IN ('asked', 'accepted') AND expires_at <= ? ORDER BY id",
        (tx.now_micros,),
    )
    lapsed = []
    for (swap_id,) in rows:
        swap = load_swap(tx, swap_id)
        values = {"state": swap_after(swap.state, SwapMove.EXPIRE).value}
        new = tx.update_versioned("shift_swap", swap_id, swap.version, values)
        settle_swap(tx, SwapId(swap_id), new, *making.WAITING)
        was_accepted = swap.state is SwapState.ACCEPTED
        body = {
            "date": swap.on_date.isoformat(),
            "state": SwapState.EXPIRED.value,
            "swap": swap_id,
            "was_accepted": was_accepted,
        }
        sides = (
            [swap.asker_id] if swap.other_id is None or not was_accepted else [swap.asker_id, swap.other_id]
        )
        stem = f"{NoticeKind.SWAP_DECIDED.value}:{swap_id}:{new}"
        told = [NewNotice(one, NoticeKind.SWAP_DECIDED, f"{stem}:{one}", body=body) for one in sides]
        put_notices(tx, told)
        lapsed.append(SwapId(swap_id))
    if lapsed:
        tx.announce(LeaveChanged(frozenset(lapsed)))
    return lapsed

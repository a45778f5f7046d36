"""What people do with swaps: ask, answer, approve, withdraw. Each is one transaction (U61)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from app.models.entities.errors import RuleViolation
from app.models.entities.events import LeaveChanged
from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.leave import ShiftSwap, SwapDetails, SwapId, SwapState
from app.models.entities.notices import NoticeKind
from app.models.transactions import Transaction
from app.services.base.command import command, require
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.leave import swap_making as making
from app.services.leave import telling
from app.services.leave.queries import holders_of
from app.services.leave.rules import LONGEST_REASON, SwapMove, expiry, swap_after
from app.services.leave.swap_queries import live_swaps_of, load_swap, swap_cells
from app.services.leave.taking_commands import take_back_swap
from app.services.settings import declared
from app.services.settings.current import load_config


@command(permission="roster.ask")
def ask_swap(ctx: Context, tx: Transaction, details: SwapDetails) -> Outcome:
    """Offer a shift to a colleague, or to anybody; for nothing, or for one of theirs.

    Who may decide can ask for others. The one asked is told, of an offer to anybody those who could take it
    (`telling.takers`); a swap lapses when its first shift begins.

    Raises:
        RuleViolation: `swap.nothing_to_give`, `swap.nothing_in_return`, `swap.is_taken`, `swap.with_oneself`,
            `swap.too_late`, `swap.asked_already`, `swap.return_from_anybody` (a date back needs a person).
    """
    if details.asker_id != ctx.actor.person_id:
        require(ctx, "roster.approve")
    if live_swaps_of(tx, details.asker_id, details.on_date, tx.now):
        raise RuleViolation("swap.asked_already", date=details.on_date)
    if details.other_id is None and details.other_date is not None:
        raise RuleViolation("swap.return_from_anybody")
    given, back = making.shifts_of(tx, details)
    hours = load_config(tx).settings[declared.SWAP_HOURS]
    swap_id = SwapId(
        tx.insert(
            "shift_swap",
            {
                **making.asked(details, given, back),
                "state": SwapState.ASKED.value,
                "asked_at": tx.now_micros,
                "expires_at": to_micros(expiry(tx.now, making.starts_of(tx, details, given, back), hours)),
            },
        )
    )
    body = making.body_of(ctx, details) | {
        "other_date": details.other_date.isoformat() if details.other_date else ""
    }
    if details.other_id is not None:
        making.tell(ctx, tx, [details.other_id], NoticeKind.SWAP_ASKED, swap_id, 1, body)
    else:
        cover = {**body, "is_open": True}
        making.tell(ctx, tx, telling.takers(tx, details), NoticeKind.SWAP_ASKED, swap_id, 1, cover)
    tx.announce(LeaveChanged(frozenset({swap_id})))
    return Outcome(swap_id, 1, Undo("swap.undo.asked", partial(withdraw_swap, ctx, swap_id, version=1)))


@command(permission="roster.ask")
def answer_swap(
    ctx: Context, tx: Transaction, swap_id: SwapId, *, version: int, is_accepted: bool
) -> Outcome:
    """Accept or decline a swap. Where the site wants approval, the deciders are told; else it is made now.

    One after which nobody leads a shift waits for a decider in any case.

    Raises:
        RuleViolation: `swap.not_asked_you`, `swap.not_now`, `swap.expired`, `swap.breaks_rules`, what
            `swap.open_to_anybody` (nobody declines for all), what `swap_cells` raises.
        StaleRecord: somebody changed the swap, or the roster, meanwhile.
    """
    swap = load_swap(tx, swap_id)
    me = ctx.actor.person_id
    if swap.asker_id == me or (swap.other_id not in {None, me} and not ctx.actor.may("roster.approve")):
        raise RuleViolation("swap.not_asked_you")
    if swap.other_id is None and not is_accepted:
        raise RuleViolation("swap.open_to_anybody")
    making.check_live(tx.now, swap)
    state = swap_after(swap.state, SwapMove.ACCEPT if is_accepted else SwapMove.DECLINE)
    other = swap.other_id if swap.other_id is not None else me
    values: dict[str, object] = {"answered_at": tx.now_micros, "other_id": other}
    details = replace(swap.details, other_id=other)
    needs_approval = load_config(tx).settings[declared.SWAP_APPROVAL]
    if is_accepted:
        swap_cells(tx, details)  # what cannot be done is told now, not to whoever approves
        needs_approval = needs_approval or bool(making.newly_unled(tx, details))
        if not needs_approval:
            state = SwapState.APPROVED
            values |= making.made(tx, details, despite_rules=False)
    new = tx.update_versioned("shift_swap", swap_id, version, {**values, "state": state.value})
    telling.settle_swap(tx, swap_id, new, NoticeKind.SWAP_ASKED)
    told = {**making.body_of(ctx, details), "is_accepted": is_accepted}
    making.tell(ctx, tx, [swap.asker_id], NoticeKind.SWAP_ANSWERED, swap_id, new, told)
    if is_accepted and needs_approval:
        deciders = holders_of(tx, "roster.approve")
        making.tell(ctx, tx, deciders, NoticeKind.SWAP_TO_DECIDE, swap_id, new, making.body_of(ctx, details))
    tx.announce(LeaveChanged(frozenset({swap_id})))
    return Outcome(swap_id, new, _undo_of_answer(ctx, swap, new, state))


@command(permission="roster.approve")
def decide_swap(
    ctx: Context,
    tx: Transaction,
    swap_id: SwapId,
    *,
    version: int,
    is_approved: bool,
    note: str = "",
    despite_rules: bool = False,
    is_unled: bool = False,
) -> Outcome:
    """Approve a swap, which makes it, or refuse it with a reason; also before the other agrees.

    A swap that newly breaks a rule that forbids is refused, unless `despite_rules` and a note say why not.
    One after which nobody leads a shift is made only where the decider knows so: `is_unled`.

    Raises:
        RuleViolation: `swap.own_swap`, `swap.refusal_unexplained`, `swap.nobody_yet`, `swap.not_now`,
            `swap.expired`, `swap.breaks_rules`, `swap.leaves_unled`, what `swap_cells` raises.
        StaleRecord: somebody changed the swap, or the roster, meanwhile.
    """
    swap = load_swap(tx, swap_id)
    if ctx.actor.person_id in {swap.asker_id, swap.other_id}:
        raise RuleViolation("swap.own_swap")
    if (not is_approved or despite_rules) and not note.strip():
        raise RuleViolation("swap.refusal_unexplained")
    making.check_live(tx.now, swap)
    state = swap_after(swap.state, SwapMove.APPROVE if is_approved else SwapMove.REFUSE)
    if is_approved and not is_unled and (unled := making.newly_unled(tx, swap.details)):
        raise RuleViolation("swap.leaves_unled", date=unled[0].on_date, shift=making.code_of(tx, unled[0]))
    made = making.made(tx, swap.details, despite_rules=despite_rules) if is_approved else {}
    decided = {
        "state": state.value,
        "decided_by_id": ctx.actor.person_id,
        "decided_at": tx.now_micros,
        "decision_note": note.strip()[:LONGEST_REASON],
    }
    new = tx.update_versioned("shift_swap", swap_id, version, {**decided, **made})
    telling.settle_swap(tx, swap_id, new, *making.WAITING)
    body = {**making.body_of(ctx, swap.details), "state": state.value, "note": note.strip()}
    making.tell(ctx, tx, [swap.asker_id, swap.other_id], NoticeKind.SWAP_DECIDED, swap_id, new, body)
    tx.announce(LeaveChanged(frozenset({swap_id})))
    back = take_back_swap if is_approved else revive_swap
    return Outcome(swap_id, new, Undo("swap.undo.decided", partial(back, ctx, swap_id, version=new)))


@command(permission="roster.ask")
def withdraw_swap(ctx: Context, tx: Transaction, swap_id: SwapId, *, version: int) -> Outcome:
    """Withdraw a swap nobody has decided on, and tell the other side. Others' only with the right to decide.

    Who had not read the offer yet finds it settled and is told nothing more.

    Raises:
        RuleViolation: `swap.not_now`.
        StaleRecord: somebody changed the swap meanwhile.
    """
    return _move(ctx, tx, swap_id, version, SwapMove.WITHDRAW, "swap.undo.withdrawn")


@command(permission="roster.ask")
def revive_swap(
    ctx: Context, tx: Transaction, swap_id: SwapId, *, version: int, is_open_again: bool = False
) -> Outcome:
    """Take back an answer, a refusal or a withdrawal: the swap is open as before.

    `is_open_again`: it was open to anybody before somebody accepted it.

    Raises:
        RuleViolation: `swap.not_now`, `swap.expired`.
        StaleRecord: somebody changed the swap meanwhile.
    """
    return _move(ctx, tx, swap_id, version, SwapMove.REVIVE, "swap.undo.revived", is_open_again=is_open_again)


def _move(
    ctx: Context,
    tx: Transaction,
    swap_id: SwapId,
    version: int,
    move: SwapMove,
    code: str,
    *,
    is_open_again: bool = False,
) -> Outcome:
    swap = load_swap(tx, swap_id)
    if ctx.actor.person_id != _whose(swap, move):
        require(ctx, "roster.approve")
    if move is SwapMove.REVIVE:
        making.check_live(tx.now, swap)
    state = swap_after(swap.state, move)
    opened = {"other_id": None} if is_open_again and swap.state is SwapState.ACCEPTED else {}
    new = tx.update_versioned("shift_swap", swap_id, version, {"state": state.value, **opened})
    if move is SwapMove.WITHDRAW:
        _tell_withdrawn(ctx, tx, swap, new)
    else:
        _wait_again(tx, swap, state, new)
    tx.announce(LeaveChanged(frozenset({swap_id})))
    again = withdraw_swap if move is SwapMove.REVIVE else revive_swap
    return Outcome(swap_id, new, Undo(code, partial(again, ctx, swap_id, version=new)))


def _tell_withdrawn(ctx: Context, tx: Transaction, swap: ShiftSwap, version: int) -> None:
    unread = telling.settle_swap(tx, swap.id, version, *making.WAITING)
    sides = {swap.asker_id, swap.other_id}
    if swap.state is SwapState.ASKED:
        sides -= unread
    body = {**making.body_of(ctx, swap.details), "state": SwapState.WITHDRAWN.value}
    making.tell(ctx, tx, sides, NoticeKind.SWAP_DECIDED, swap.id, version, body)


def _wait_again(tx: Transaction, swap: ShiftSwap, state: SwapState, version: int) -> None:
    """Let those wait again who waited before the move that is taken back, and nobody read of that move."""
    is_accepted = state is SwapState.ACCEPTED
    answered = () if is_accepted else (NoticeKind.SWAP_ANSWERED, NoticeKind.SWAP_TO_DECIDE)
    telling.settle_swap(tx, swap.id, version, NoticeKind.SWAP_DECIDED, *answered)
    waits = NoticeKind.SWAP_TO_DECIDE if is_accepted else NoticeKind.SWAP_ASKED
    telling.reopen_swap_asked(tx, swap.id, version, waits)


def _whose(swap: ShiftSwap, move: SwapMove) -> PersonId | None:
    """Return who may make a move besides who decides: the offer is the asker's, the answer the other's."""
    if move is SwapMove.WITHDRAW or swap.state is SwapState.WITHDRAWN:
        return swap.asker_id
    return swap.other_id if swap.state in {SwapState.ACCEPTED, SwapState.DECLINED} else None


def _undo_of_answer(ctx: Context, swap: ShiftSwap, version: int, state: SwapState) -> Undo | None:
    if state is not SwapState.APPROVED:
        back = partial(revive_swap, ctx, swap.id, version=version, is_open_again=swap.other_id is None)
        return Undo("swap.undo.answered", back)
    # Made at once: what was agreed is taken back by who decides.
    if not ctx.actor.may("roster.approve"):
        return None
    return Undo("swap.undo.decided", partial(take_back_swap, ctx, swap.id, version=version))

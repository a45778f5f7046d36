"""Who is told of a swap that is open to anybody, and which notices stop waiting when one is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveId, SwapDetails, SwapId
from app.models.entities.notices import NoticeKind
from app.models.transactions import Reader, Transaction
from app.services.leave.queries import holders_of
from app.services.leave.standing_in import colleagues
from app.services.notices.settling import settle, unsettle
from app.services.roster.checks import RosterChecks
from app.services.roster.planned import load_plan

MOST_TOLD = 10
"""So many colleagues at most are told that somebody looks for cover: those who fit best."""


def takers(read: Reader, details: SwapDetails) -> list[PersonId]:
    """Return who could take a shift that is offered to anybody: at most ten, who fits best first.

    They are free that day and did not ask to be off, no rule that forbids stands against it, and they may
    answer. Where somebody of the team can, other teams are left in peace; where somebody can without any
    warning, the others are.
    """
    on = details.on_date
    end = (on.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    checks = RosterChecks(load_plan(read, on.replace(day=1), end))
    given = checks.cells.get((details.asker_id, on))
    if given is None:
        return []
    may_answer = frozenset(holders_of(read, "roster.ask"))
    away = {leave.person_id for leave in checks.plan.asked_leaves if leave.first <= on <= leave.last}
    able = [
        one
        for one in colleagues(checks, given)
        if one.holds is None and not one.is_forbidden and one.person_id in may_answer - away
    ]
    near = [one for one in able if one.is_same_team] or able
    best = [one for one in near if not one.broken] or near
    return [one.person_id for one in best[:MOST_TOLD]]


def settle_leave(tx: Transaction, request_id: LeaveId, version: int) -> None:
    """Let nobody wait any more to decide on a request; `version` is the newest it has."""
    settle(tx, _of_leave(request_id, version))


def reopen_leave_asked(tx: Transaction, request_id: LeaveId, version: int) -> None:
    """Let those wait again who had not read the request when it was settled."""
    unsettle(tx, _of_leave(request_id, version))


def settle_swap(tx: Transaction, swap_id: SwapId, version: int, *kinds: NoticeKind) -> frozenset[PersonId]:
    """Let nobody wait any more for a swap; return who had not read it yet. `version` is its newest."""
    return settle(tx, _of_swap(swap_id, version, kinds))


def reopen_swap_asked(tx: Transaction, swap_id: SwapId, version: int, *kinds: NoticeKind) -> None:
    """Let those wait again who had not read of a swap when it was settled."""
    unsettle(tx, _of_swap(swap_id, version, kinds))


def _of_leave(request_id: LeaveId, version: int) -> Sequence[str]:
    asked = NoticeKind.LEAVE_ASKED.value
    return [f"leave_waits:{request_id}:p", *(f"{asked}:{request_id}:{each}:" for each in _versions(version))]


def _of_swap(swap_id: SwapId, version: int, kinds: Sequence[NoticeKind]) -> Sequence[str]:
    reminders = {
        NoticeKind.SWAP_ASKED: f"swap_lapses:{swap_id}:p",
        NoticeKind.SWAP_TO_DECIDE: f"swap_waits:{swap_id}:p",
    }
    return [
        *(reminders[kind] for kind in kinds if kind in reminders),
        *(f"{kind.value}:{swap_id}:{each}:" for kind in kinds for each in _versions(version)),
    ]


def _versions(newest: int) -> range:
    # A request that went to and fro for ever is looked at in its last moves only.
    return range(max(1, newest - 20), newest + 1)

"""Changing an SLA table as an administrator does. Pure: every function returns a new table.

Whether the result can be promised from is judged by `rules.check_table`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.models.entities.sla import ClockKind, SlaPolicy, SlaTable, Target
from app.models.entities.time import Allowance


def policy_of(table: SlaTable, code: str) -> SlaPolicy:
    """Return the policy of that code.

    Raises:
        KeyError: there is none.
    """
    return {policy.code: policy for policy in table.policies}[code]


def target_of(policy: SlaPolicy, priority: int) -> Target | None:
    """Return what a policy promises for a priority, or None."""
    return next((target for target in policy.targets if target.priority == priority), None)


def set_allowance(
    policy: SlaPolicy, priority: int, clock: ClockKind, allowance: Allowance | None, *, calendar: str
) -> SlaPolicy:
    """Promise something for a priority, or with None no longer; a row without any promise goes away.

    `calendar` counts a row that is new; one that is there keeps its own.
    """
    target = target_of(policy, priority) or Target(priority, calendar, {})
    allowances = {kind: held for kind, held in target.allowances.items() if kind is not clock}
    if allowance is not None:
        allowances[clock] = allowance
    return _with_target(policy, replace(target, allowances=allowances))


def set_calendar(policy: SlaPolicy, priority: int, calendar: str) -> SlaPolicy:
    """Let another calendar count a row; a priority without a row stays without."""
    target = target_of(policy, priority)
    return policy if target is None else _with_target(policy, replace(target, calendar=calendar))


def change_policy(table: SlaTable, code: str, change: Callable[[SlaPolicy], SlaPolicy]) -> SlaTable:
    """Replace one policy by what `change` makes of it; its place stays."""
    policies = tuple(change(policy) if policy.code == code else policy for policy in table.policies)
    return replace(table, policies=policies)


def add_policy(table: SlaTable, policy: SlaPolicy, *, before: str = "") -> SlaTable:
    """Add a policy before another one, or at the end: the first that matches a ticket decides."""
    codes = [held.code for held in table.policies]
    place = codes.index(before) if before in codes else len(codes)
    return replace(table, policies=(*table.policies[:place], policy, *table.policies[place:]))


def retire_policy(table: SlaTable, code: str) -> SlaTable:
    """Take a policy out; tickets promised under it keep their promise, and earlier versions still hold it."""
    return replace(table, policies=tuple(policy for policy in table.policies if policy.code != code))


def move_policy(table: SlaTable, code: str, place: int) -> SlaTable:
    """Put a policy at a place counted from 0; beyond an end means that end."""
    rest = [policy for policy in table.policies if policy.code != code]
    moved = policy_of(table, code)
    place = min(max(0, place), len(rest))
    return replace(table, policies=(*rest[:place], moved, *rest[place:]))


def free_code(table: SlaTable, wanted: str) -> str:
    """Return `wanted`, or with a number behind it where a policy has that code already."""
    taken = {policy.code for policy in table.policies}
    return next(code for code in _numbered(wanted, len(taken) + 1) if code not in taken)


def _numbered(wanted: str, count: int) -> Sequence[str]:
    return [wanted, *(f"{wanted}_{number}" for number in range(2, count + 2))]


def _with_target(policy: SlaPolicy, target: Target) -> SlaPolicy:
    rest = [held for held in policy.targets if held.priority != target.priority]
    kept = [*rest, target] if target.allowances else rest
    return replace(policy, targets=tuple(sorted(kept, key=lambda held: held.priority)))

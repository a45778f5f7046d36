"""Which policies of a table can ever hold: the first that fits a ticket takes it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from app.models.entities.sla import SlaPolicy, SlaTable
from app.models.entities.tickets import TicketType


@dataclass(frozen=True, slots=True)
class Shadow:
    """A policy that earlier ones keep from tickets: `by` are their codes in order.

    `priorities` are the rows that never hold; `is_whole` says that these are all it has.
    """

    by: tuple[str, ...]
    priorities: tuple[int, ...]
    is_whole: bool


def shadows(table: SlaTable, above: Mapping[int, Sequence[int]] | None = None) -> dict[str, Shadow]:
    """Return, by code, each policy of which some rows can never hold, because earlier ones take everything.

    `above` names for a category those above it; without it a category counts as covered by itself only. What
    is told is always true; that a policy is hidden by the sum of several lists of services, categories or
    companies is not found out.
    """
    found: dict[str, Shadow] = {}
    for place, policy in enumerate(table.policies):
        earlier = table.policies[:place]
        takers: set[str] = set()
        hidden: list[int] = []
        for target in policy.targets:
            by = _takers(policy, target.priority, earlier, above or {})
            if by is not None:
                hidden.append(target.priority)
                takers |= by
        if hidden:
            order = tuple(one.code for one in earlier if one.code in takers)
            found[policy.code] = Shadow(order, tuple(hidden), len(hidden) == len(policy.targets))
    return found


def _takers(
    policy: SlaPolicy, priority: int, earlier: Sequence[SlaPolicy], above: Mapping[int, Sequence[int]]
) -> set[str] | None:
    """Return who takes every ticket of this priority before `policy` can, or None where one is left."""
    wide = [
        one
        for one in earlier
        if any(target.priority == priority for target in one.targets) and _is_wider(one, policy, above)
    ]
    kinds = sorted(policy.types) or list(TicketType)
    vips = (True, False) if policy.vip is None else (policy.vip,)
    takers: set[str] = set()
    for kind, is_vip in product(kinds, vips):
        taker = next(
            (one for one in wide if (not one.types or kind in one.types) and one.vip in {None, is_vip}), None
        )
        if taker is None:
            return None
        takers.add(taker.code)
    return takers


def _is_wider(one: SlaPolicy, other: SlaPolicy, above: Mapping[int, Sequence[int]]) -> bool:
    """Tell whether `one` asks no more than `other` of service, category and company."""
    return (
        _holds_all(one.service_ids, other.service_ids)
        and _holds_all(one.companies, other.companies)
        and _holds_categories(one, other, above)
    )


def _holds_categories(one: SlaPolicy, other: SlaPolicy, above: Mapping[int, Sequence[int]]) -> bool:
    if not one.category_ids:
        return True
    lines = [{each, *above.get(each, ())} for each in other.category_ids]
    return bool(lines) and not any(one.category_ids.isdisjoint(line) for line in lines)


def _holds_all(asked: Collection[object], of: Collection[object]) -> bool:
    return not asked or (bool(of) and set(of) <= set(asked))

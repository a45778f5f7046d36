"""What a fair part of nights, weekends, holidays and hours is for each person, debts repaid. Pure.

A fair part is found by filling up: whoever did less so far, or works a larger share, gets more, nobody more
than they can work. The demand of a team is shared among its people first; then comes what the whole desk
needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_STEPS = 60


@dataclass(frozen=True, slots=True)
class Sharer:
    """One person in the sharing of a demand: what they have, may have at least and most, and their weight.

    `debt` is what they did beyond their part so far; `weight` is the part they should carry.
    """

    least: int
    most: int
    debt: float
    weight: float


def fair_parts(demand: float, sharers: Sequence[Sharer]) -> list[float]:
    """Share out `demand` so that part + debt is level by weight; each part stays within least and most.

    A demand beyond what all can carry gives everyone their most, one below it their least.
    """
    if not sharers:
        return []
    low, high = -1.0, 1.0
    # A level so low that everyone has their least, and one so high that everyone has their most.
    for each in sharers:
        if each.weight > 0:
            low = min(low, (each.least + each.debt) / each.weight)
            high = max(high, (each.most + each.debt) / each.weight)
    for _ in range(_STEPS):
        level = (low + high) / 2
        if sum(_part(each, level) for each in sharers) < demand:
            low = level
        else:
            high = level
    return [_part(each, high) for each in sharers]


def shared(
    demands: Sequence[tuple[float, frozenset[int]]], people: Mapping[int, Sharer]
) -> dict[int, tuple[int, int]]:
    """Share out several demands, each among its own people; return the whole numbers around each part.

    Demands of fewer people come first: what a team must do itself is part of what its people do for the desk.
    """
    parts = {number: 0.0 for number in people}
    for demand, group in sorted(demands, key=lambda each: (len(each[1]), sorted(each[1]))):
        members = [number for number in sorted(group) if number in people]
        sharers = [
            Sharer(
                least=0,
                most=max(0, round(people[number].most - parts[number])),
                debt=people[number].debt + parts[number],
                weight=people[number].weight,
            )
            for number in members
        ]
        for number, part in zip(members, fair_parts(demand, sharers), strict=True):
            parts[number] += part
    return {number: _around(max(part, people[number].least)) for number, part in parts.items()}


def _part(sharer: Sharer, level: float) -> float:
    return min(max(level * sharer.weight - sharer.debt, sharer.least), sharer.most)


def _around(part: float) -> tuple[int, int]:
    # Rounded first: bisection leaves 2.9999999 where 3 is meant.
    near = round(part, 6)
    low = int(near // 1)
    return (low, low if near == low else low + 1)

"""How many people a queue of calls needs: Erlang B, C and A. Pure.

Times are seconds of any one unit, traffic is in erlangs: calls that come in while one is being handled
(calls per second x average handling time). Whoever calls with nobody there waits, also where nobody does
call: with 0 agents the answers are those of the first caller. Everything else that cannot be (a negative or
endless number, a handling time of 0, a share outside 0..1) is a ValueError that says what.

Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of significance in automatic
telephone exchanges" (1917), for B and C; C. Palm, "Research on telephone traffic carried by full availability
groups" (1957), and A. Mandelbaum and S. Zeltyn, "The Palm/Erlang-A queue, with applications to call centers"
(2005), for A.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from app.services.roster.staffing_chain import time_to_front, weights

# Beyond this nobody plans one queue, and the sums would take minutes.
MOST_TRAFFIC = 100_000
MOST_AGENTS = 1_000_000
MOST_PATIENCE = 31_536_000
# A quotient such as 7 / 0.7 comes out a hair above 10, which is no reason for an eleventh person.
_HAIR = 1e-9


class ErlangA(NamedTuple):
    """A queue in which callers give up: the parts that wait and hang up, and how busy the people are.

    All three are 0..1. `asa` is how long, in seconds, a caller who is answered has waited on average,
    endless where nobody answers.
    """

    waiting: float
    abandonment: float
    occupancy: float
    asa: float


def erlang_b(servers: int, traffic: float) -> float:
    """Return the part of calls that find all servers busy and are lost (Erlang's loss formula).

    Reckoned by the recursion B(k) = A B(k-1) / (k + A B(k-1)) from B(0) = 1, whose terms stay between 0
    and 1 for any number of servers. Traffic 0 with a server loses nothing.
    """
    _check_agents(servers)
    _check_traffic(traffic)
    blocked = 1.0
    for busy in range(1, servers + 1):
        blocked = traffic * blocked / (busy + traffic * blocked)
        if blocked == 0.0:  # too small for a number; it only falls from here
            return 0.0
    return blocked


def erlang_c(agents: int, traffic: float) -> float:
    """Return the part of calls that must wait, where nobody ever hangs up (Erlang's delay formula).

    C = B / (1 - (A/n)(1 - B)). With no more agents than erlangs the queue grows without end: 1.
    """
    blocked = erlang_b(agents, traffic)
    return 1.0 if agents <= traffic else _delayed(blocked, agents, traffic)


def service_level(agents: int, traffic: float, aht: float, within: float) -> float:
    """Return the part of calls answered `within` so many seconds: 1 - C exp(-(n - A) T / AHT).

    0 where the queue grows without end; `within` 0 asks for those who need not wait at all.
    """
    _check_time("aht", aht)
    _check_number("within", within)
    waiting = erlang_c(agents, traffic)
    return 0.0 if agents <= traffic else _answered(waiting, agents, traffic, within / aht)


def agents_for_service_level(
    traffic: float, aht: float, within: float, level: float, max_occupancy: float = 1.0
) -> int:
    """Return the fewest agents that answer the part `level` of calls `within` so many seconds.

    Nobody is busier than `max_occupancy`, and there are always more agents than erlangs, whatever the level:
    else the queue would grow without end. Traffic 0 needs nobody. A level of 1 cannot be promised to
    calls that come at random: ValueError, as for the other impossible ones.
    """
    _check_time("aht", aht)
    _check_number("within", within)
    _check_traffic(traffic)
    _check_share("level", level)
    _check_share("max_occupancy", max_occupancy)
    if max_occupancy == 0:
        raise ValueError("max_occupancy must be above 0: people who are never busy answer nobody")
    if traffic == 0:
        return 0
    if level == 1:
        raise ValueError("level must be below 1: no number of people answers every call in time")
    if traffic / max_occupancy > MOST_AGENTS:
        raise ValueError(f"max_occupancy asks for more than {MOST_AGENTS} people")
    blocked, agents = 1.0, 0
    while True:
        agents += 1
        blocked = traffic * blocked / (agents + traffic * blocked)
        if agents <= traffic or traffic / agents > max_occupancy + _HAIR:
            continue
        if _answered(_delayed(blocked, agents, traffic), agents, traffic, within / aht) >= level:
            return agents


def average_speed_of_answer(agents: int, traffic: float, aht: float) -> float:
    """Return how many seconds a caller waits on average, where nobody hangs up: C AHT / (n - A).

    Those who need not wait count with 0. Endless (`inf`) where the queue grows without end.
    """
    _check_time("aht", aht)
    waiting = erlang_c(agents, traffic)
    return math.inf if agents <= traffic else waiting * aht / (agents - traffic)


def erlang_a(agents: int, traffic: float, aht: float, patience: float) -> ErlangA:
    """Return what becomes of calls whose callers hang up after `patience` seconds of waiting on average.

    The number of callers is a chain of births and deaths: calls come at A/AHT, and with k callers they leave
    at min(k, n)/AHT + max(k - n, 0)/patience. Its weights are summed from the likeliest state outwards, so
    that neither end runs out of the numbers there are. Who joins behind j others is answered with the
    probability n/AHT / (n/AHT + (j + 1)/patience); the wait until then is a sum of exponential times.
    """
    _check_agents(agents)
    _check_traffic(traffic)
    _check_time("aht", aht)
    _check_time("patience", patience)
    if patience > MOST_PATIENCE:
        raise ValueError(f"patience must be at most {MOST_PATIENCE} seconds, a year; use erlang_c beyond it")
    if agents == 0:
        return ErlangA(1.0, 1.0, 0.0, math.inf)
    if traffic == 0:
        return ErlangA(0.0, 0.0, 0.0, 0.0)
    total = waiting = queued = busy = waited = 0.0
    answers, leaves = agents / aht, 1 / patience
    for callers, weight in weights(agents, traffic, aht, patience):
        total += weight
        behind = max(callers - agents, 0)
        queued += behind * weight
        busy += min(callers, agents) * weight
        if callers >= agents:
            waiting += weight
            answered = answers / (answers + (behind + 1) * leaves)
            waited += weight * answered * time_to_front(answers, leaves, behind + 1)
    abandonment = min(1.0, queued / total * leaves * aht / traffic)
    return ErlangA(
        min(1.0, waiting / total),
        abandonment,
        min(1.0, busy / total / agents),
        waited / total / (1 - abandonment) if abandonment < 1 else math.inf,
    )


def agents_for_abandonment(traffic: float, aht: float, patience: float, most: float) -> int:
    """Return the fewest agents with whom at most the part `most` of callers hangs up (Erlang A).

    Traffic 0 needs nobody, and so does a `most` of 1. A `most` of 0 cannot be kept: ValueError.
    """
    _check_traffic(traffic)
    _check_time("aht", aht)
    _check_time("patience", patience)
    _check_share("most", most)
    if traffic == 0 or most == 1:
        return 0
    if most == 0:
        raise ValueError("most must be above 0: with callers at random somebody always hangs up")
    return _first(lambda agents: erlang_a(agents, traffic, aht, patience).abandonment <= most)


def with_shrinkage(raw: int, shrinkage: float) -> int:
    """Return how many people to plan so that `raw` are at the telephone: the rest is away or on a break.

    `shrinkage` is the part of paid time not at the telephone, 0 up to (but not) 1.
    """
    _check_agents(raw)
    _check_share("shrinkage", shrinkage)
    if shrinkage == 1:
        raise ValueError("shrinkage must be below 1: somebody must be there")
    return math.ceil(raw / (1 - shrinkage) - _HAIR)


def without_shrinkage(planned: int, shrinkage: float) -> int:
    """Return how many of `planned` people are at the telephone; takes `with_shrinkage` back."""
    _check_agents(planned)
    _check_share("shrinkage", shrinkage)
    return math.floor(planned * (1 - shrinkage) + _HAIR)


# --- inside --------------------------------------------------------------------------------------------


def _delayed(blocked: float, agents: int, traffic: float) -> float:
    return blocked / (1 - traffic / agents * (1 - blocked))


def _answered(waiting: float, agents: int, traffic: float, within: float) -> float:
    return 1 - waiting * math.exp(-(agents - traffic) * within)


def _first(holds: Callable[[int], bool]) -> int:
    """Return the smallest number from 1 on that holds, of a test that goes on holding."""
    high = 1
    while not holds(high):
        high *= 2
    low = high // 2  # does not hold, or is 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _check_agents(agents: int) -> None:
    if isinstance(agents, bool) or not isinstance(agents, int):
        raise ValueError("agents must be a whole number")  # noqa: TRY004 - one kind of error for all input
    if not 0 <= agents <= MOST_AGENTS:
        raise ValueError(f"agents must be between 0 and {MOST_AGENTS}")


def _check_traffic(traffic: float) -> None:
    _check_number("traffic", traffic)
    if traffic > MOST_TRAFFIC:
        raise ValueError(f"traffic must be at most {MOST_TRAFFIC} erlangs")


def _check_number(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise ValueError(f"{name} must be a finite number")
    if value < 0:
        raise ValueError(f"{name} must not be negative")


def _check_time(name: str, value: float) -> None:
    _check_number(name, value)
    if value == 0:
        raise ValueError(f"{name} must be above 0 seconds")


def _check_share(name: str, value: float) -> None:
    _check_number(name, value)
    if value > 1:
        raise ValueError(f"{name} must be between 0 and 1")

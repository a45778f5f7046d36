"""The chain of callers behind Erlang A: how likely each state is, and how long its queue takes. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator

_NEGLIGIBLE = 1e-17


def weights(agents: int, traffic: float, aht: float, patience: float) -> Iterator[tuple[int, float]]:
    """Yield states of the Erlang A chain (callers there), each with its weight relative to the likeliest one.

    States that could change no sum in its last place are left out. Everything given is above 0.
    """
    leaving = aht / patience
    peak = traffic if traffic <= agents else agents + (traffic - agents) / leaving
    start = math.floor(peak)
    yield start, 1.0
    weight, callers, seen = 1.0, start, 1.0
    while True:  # upwards, until the rest (smaller than a geometric series) is negligible
        callers += 1
        ratio = traffic / (min(callers, agents) + max(callers - agents, 0) * leaving)
        weight *= ratio
        yield callers, weight
        seen += weight
        if ratio < 1 and callers > agents and weight * ratio < _NEGLIGIBLE * seen * (1 - ratio):
            break
    weight, callers = 1.0, start
    while callers > 0 and weight > _NEGLIGIBLE * _NEGLIGIBLE:
        weight *= (min(callers, agents) + max(callers - agents, 0) * leaving) / traffic
        callers -= 1
        yield callers, weight


def time_to_front(answers: float, leaves: float, place: int) -> float:
    """Return how long a caller who is answered took from a place in the queue to its front, in seconds.

    That is the sum of 1/(answers + i leaves) for i from 1 to `place`; both are rates a second.
    """
    first = answers / leaves
    return (_digamma(first + place + 1) - _digamma(first + 1)) / leaves


def _digamma(x: float) -> float:
    """Return the logarithmic derivative of the gamma function, for x above 0."""
    found = 0.0
    while x < 10:
        found -= 1 / x
        x += 1
    square = 1 / (x * x)
    tail = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))))
    return found + math.log(x) - 0.5 / x - tail

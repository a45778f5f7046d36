"""A second opinion on a ticket's clocks: it walks every minute of its life and shares nothing with the fold.

A life is told in minutes since a start. Each minute the walker asks three plain questions: has the thing
been done, does the ticket wait for something that stops this clock, is the desk open. The openings come from
the slow calendar, once for all lives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.support.slow_calendar import SlowCalendar

MINUTE = timedelta(minutes=1)
RUNS, WAITS, OVER = range(3)


@dataclass(frozen=True)
class Deal:
    """What is promised from a minute on: a calendar's name and minutes for each clock."""

    calendar: str
    response: int
    resolution: int


@dataclass
class Life:
    """What happened, each as a minute: `deals` and `waits` hold pairs (minute, what).

    A wait is (from, until or None, stops_response, stops_resolution, longest in open minutes or None).
    `done` are intervals (from, until or None) in which the ticket was resolved.
    """

    deals: list[tuple[int, Deal]]
    waits: list[tuple[int, int | None, bool, bool, int | None]] = field(default_factory=list)
    done: list[tuple[int, int | None]] = field(default_factory=list)
    contact: int | None = None


@dataclass(frozen=True)
class Walked:
    """Where a clock stands: minutes used and paused (open ones), when it is due, whether it was late."""

    elapsed: int
    paused: int
    due: int | None
    is_late: bool


class Opening:
    """The open minutes of a calendar, `length` minutes from a start on."""

    def __init__(self, form: Mapping[str, Any], start: datetime, length: int) -> None:
        slow = SlowCalendar(dict(form))
        self.minutes = bytes(slow.is_open(start + at * MINUTE) for at in range(length))


def walk_resolution(life: Life, openings: Mapping[str, Opening], now: int) -> Walked:
    """Walk the resolution clock: resolved time does not count, and a reopened ticket goes on."""
    ended = life.done[-1][0] if life.done and life.done[-1][1] is None else None
    over = [(begin, end) for begin, end in life.done if end is not None]
    waits = [(begin, end, longest) for begin, end, _response, stops, longest in life.waits if stops]
    target = _last_deal(life.deals, ended).resolution
    return _walk(life, openings, now, target, waits, over, ended)


def walk_response(life: Life, openings: Mapping[str, Opening], now: int) -> Walked:
    """Walk the response clock: the first contact, or the first solution, ends it for good."""
    solved = [begin for begin, _end in life.done]
    ended = min([*solved, *([life.contact] if life.contact is not None else [])], default=None)
    waits = [(begin, end, longest) for begin, end, stops, _resolution, longest in life.waits if stops]
    target = _last_deal(life.deals, ended).response
    return _walk(life, openings, now, target, waits, [], ended)


def _walk(
    life: Life,
    openings: Mapping[str, Opening],
    now: int,
    target: int,
    waits: Sequence[tuple[int, int | None, int | None]],
    over: Sequence[tuple[int, int]],
    ended: int | None,
) -> Walked:
    """Walk on from the start; what was done early goes on in thought until it would have been due."""
    until = now if ended is None else min(now, ended)
    is_open = _open_minutes(life, openings, ended)
    does = _doings(life, openings, waits, over, ended, len(is_open))
    elapsed = paused = used = 0
    due: int | None = None
    # Where it waits for ever, nothing is to be seen any more.
    last = max(until, len(does.rstrip(bytes([WAITS]))))
    for at, (opens, doing) in enumerate(zip(is_open[:last], does[:last], strict=True)):
        if at >= until and due is not None:
            break
        if not opens or doing == OVER:
            continue
        if doing == WAITS:
            paused += at < until
            continue
        elapsed += at < until
        used += 1
        if used == target:
            due = at + 1
    return Walked(elapsed, paused, due, due is not None and until > due)


def _open_minutes(life: Life, openings: Mapping[str, Opening], ended: int | None) -> bytearray:
    """Each minute of the calendar that was promised at that minute; after the end, of the last one before."""
    painted = bytearray(openings[life.deals[0][1].calendar].minutes)
    for begin, deal in life.deals:
        if ended is None or begin < ended:
            painted[begin:] = openings[deal.calendar].minutes[begin:]
    return painted


def _doings(
    life: Life,
    openings: Mapping[str, Opening],
    waits: Sequence[tuple[int, int | None, int | None]],
    over: Sequence[tuple[int, int]],
    ended: int | None,
    length: int,
) -> bytearray:
    """What the clock does in each minute: run, stand still while the ticket waits, or nothing any more."""
    does = bytearray(length)
    for begin, end, longest in waits:
        last = min(length if end is None else end, _limit(life, openings, begin, longest))
        does[begin:last] = bytes([WAITS]) * (last - begin)
    for begin, end in over:
        does[begin:end] = bytes([OVER]) * (end - begin)
    if ended is not None:
        does[ended:] = bytes(length - ended)
    return does


def _limit(life: Life, openings: Mapping[str, Opening], begin: int, longest: int | None) -> int:
    """Return when a wait ends by itself: after so many open minutes of the calendar it began in."""
    minutes = openings[_deal_at(life.deals, begin).calendar].minutes
    if longest is None:
        return len(minutes)
    at, left = begin, longest
    while left and at < len(minutes):
        left -= minutes[at]
        at += 1
    return at


def _last_deal(deals: Sequence[tuple[int, Deal]], ended: int | None) -> Deal:
    """What counts is the deal that stood when the thing was done."""
    return deals[-1][1] if ended is None else _deal_at(deals, ended)


def _deal_at(deals: Sequence[tuple[int, Deal]], at: int) -> Deal:
    held = deals[0][1]
    for begin, deal in deals:
        if begin <= at:
            held = deal
    return held

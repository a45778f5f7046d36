"""Where a life's clocks stand under any promises and settings: the same answers as `sla.rules.fold`. Pure.

`fold` reads a log with the promises written in it. Here the promises come from outside, one for each era of
the ticket's facts, and nothing but numbers is touched: what takes `fold` a tenth of a millisecond takes a
hundredth. That both agree on every log is what the tests of this module are about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.models.entities.sla import ClockKind
from app.services.whatif.lives import (
    ACTIVE,
    DONE,
    ENDED,
    FACTS,
    MOVES,
    PROMISED,
    REASON_SHIFT,
    STATE,
    WAITING,
    Life,
)
from app.services.whatif.terms import Stand, Terms, Ways

_OPEN, _PAUSED, _STOPPED = range(3)


class _Stretch(NamedTuple):
    start: int
    end: int | None
    is_paused: bool
    terms: Terms


def replayed_terms(found: Sequence[Terms | None]) -> list[Terms] | None:
    """Return the terms of each era as the program would have promised them; None where it never did.

    The first promise holds from the beginning, also where the facts came to be covered only later. Facts that
    no policy covers leave the promise before them as it is.
    """
    last = next((terms for terms in found if terms is not None), None)
    if last is None:
        return None
    held: list[Terms] = []
    for terms in found:
        last = terms or last
        held.append(last)
    return held


def stand(
    life: Life,
    clock: ClockKind,
    terms: Sequence[Terms],
    ways: Ways,
    now: int,
    *,
    is_as_promised: bool = False,
    then: Terms | None = None,
) -> Stand | None:
    """Return where the response or the resolution clock of a life stands at `now`; None where not promised.

    `terms` are those of each era of the life's facts (`replayed_terms`); with `is_as_promised` they are those
    of the promises really made, in their order. `then` is promised at `now` on top of them: the time used
    stays.
    """
    is_response = clock is ClockKind.RESPONSE
    walk = _Walk(life, terms, ways, is_response=is_response)
    walk.follow(life.steps, PROMISED if is_as_promised else FACTS)
    walk.finish(now, then)
    judged_by = walk.ended_under or walk.terms
    target = judged_by.response if is_response else judged_by.resolution
    if target is None:
        return None
    until = now if walk.ended_at is None else min(walk.ended_at, now)
    elapsed, due_at = _measured(walk.found[walk.counts_from :], target, until)
    if due_at is None and walk.ended_at == life.started_at:
        due_at = judged_by.hours.due(life.started_at, target)
    if not is_response and life.manual_due_at is not None:
        due_at = life.manual_due_at
    return Stand(elapsed, due_at, walk.ended_at, walk.is_met, due_at is not None and until > due_at)


class _Walk:
    """Walks a life for one clock, cutting its stretches where something changes for it."""

    __slots__ = (
        "_at", "_before", "_contacts", "_eras", "_is_response", "_kind", "_pausing", "_reason", "_since",
        "_start", "_ways", "counts_from", "ended_at", "ended_under", "found", "is_met", "terms",
    )  # fmt: skip

    def __init__(self, life: Life, eras: Sequence[Terms], ways: Ways, *, is_response: bool) -> None:
        self._eras = eras
        self._ways = ways
        self._is_response = is_response
        self._contacts = ways.contacts if is_response else 0
        self._pausing = ways.pausing_response if is_response else ways.pausing_resolution
        self._kind, self._reason = _OPEN, 0
        self._at = self._start = self._since = life.started_at
        self._before = ACTIVE
        self.terms = eras[0]
        self.found: list[_Stretch] = []
        self.counts_from = 0
        self.ended_at: int | None = None
        self.ended_under: Terms | None = None  # a later promise says nothing about what was done before it
        self.is_met = False

    def follow(self, steps: Sequence[int], renews: int) -> None:
        """Take every step. `renews` is the mark of those steps with which the next terms begin to hold."""
        reads = MOVES | self._ways.contacts | (renews & PROMISED)
        # A promise on record has a step of its own, the first one too; the first facts hold from the start.
        era = -1 if renews == PROMISED else 0
        for place in range(0, len(steps), 2):
            code = steps[place + 1]
            news = None
            if code & renews:
                era += 1
                if self._eras[era] is not self.terms:
                    news = self._eras[era]
            if news is not None or code & reads:
                self._at = max(self._at, steps[place])
                self._take(code, news)

    def finish(self, now: int, then: Terms | None) -> None:
        """End the walk; `then` is promised at `now`."""
        if then is not None:
            if self._kind != _STOPPED:
                self._at = max(self._at, now)
                self._cut(self._at)
                self._start = self._at
            self.terms = then
        if self._kind != _STOPPED:
            self._cut(None)

    def _take(self, code: int, news: Terms | None) -> None:
        state = code & STATE
        is_reopened = state < DONE <= self._before
        if self._kind != _STOPPED or (is_reopened and not self._is_response):
            wanted, reason = self._wanted(code, state)
            is_new = wanted != self._kind or reason != self._reason
            if is_new or news is not None:
                self._change(wanted, reason, is_new=is_new)
        if news is not None:
            self.terms = news
        self._before = state

    def _wanted(self, code: int, state: int) -> tuple[int, int]:
        is_done = state == DONE and self._before != DONE
        if is_done or state == ENDED or code & self._contacts:
            self.ended_at, self.ended_under, self.is_met = self._at, self.terms, state != ENDED
            return _STOPPED, 0
        reason = code >> REASON_SHIFT
        return (_PAUSED, reason) if state == WAITING and reason in self._pausing else (_OPEN, 0)

    def _change(self, wanted: int, reason: int, *, is_new: bool) -> None:
        if self._kind != _STOPPED:
            self._cut(self._at)
        elif wanted != _STOPPED:
            self.ended_at, self.ended_under, self.is_met = None, None, False
            if self._ways.restarts:
                self.counts_from = len(self.found)
        self._kind, self._reason, self._start = wanted, reason, self._at
        if is_new:
            self._since = self._at

    def _cut(self, end: int | None) -> None:
        """Note a stretch; a pause longer than its reason allows goes on as time that runs."""
        is_paused, start, hours = self._kind == _PAUSED, self._start, self.terms.hours
        if is_paused and self._reason in self._ways.longest:
            limit = hours.due(self._since, hours.length(self._ways.longest[self._reason]))
            if limit is not None and (end is None or limit < end):
                if start < limit:
                    self.found.append(_Stretch(start, limit, True, self.terms))
                is_paused, start = False, max(start, limit)
        if end is None or start < end:
            self.found.append(_Stretch(start, end, is_paused, self.terms))


def _measured(stretches: Sequence[_Stretch], target: int, until: int) -> tuple[int, int | None]:
    """Return the working time used up to `until`, and when the target is used up (see `sla.rules`)."""
    ran, left = 0, target
    due_at: int | None = None
    last = len(stretches) - 1
    for place, (start, end, is_paused, terms) in enumerate(stretches):
        if is_paused:
            continue
        hours = terms.hours
        length = hours.between(start, until if end is None or end > until else end)
        ran += length
        if due_at is not None:
            continue
        if end is not None and place != last:
            whole = length if end <= until else hours.between(start, end)
            if whole < left:
                left -= whole
                continue
        due_at = hours.due(start, left)
    return ran, due_at

"""Why a clock shows what it shows: every stretch of time with the rule that made it, and who had the ticket.

Answers are codes and parameters; the sentences are the screen's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.sla import ClockState, Segment, SegmentKind, SegmentReason, Stretch
from app.models.entities.tickets import OPEN_STATUSES, TicketEvent
from app.models.entities.time import Span
from app.services.calendars.rules import has_hours, open_spans, spans_of_date, working_time
from app.services.sla.stretches import FoldSettings, Hand, calendar_of, read_log

_ONE_DAY = timedelta(days=1)
_NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class ExplainLine:
    """One line of an explanation. `code` begins with "sla.explain."; `params` fill its sentence."""

    code: str
    params: Mapping[str, object]


def segments(
    state: ClockState, calendars: Mapping[str, BusinessCalendar], now: datetime
) -> tuple[Segment, ...]:
    """Return a clock's life up to `now`, without gaps: open, closed, holiday, paused and stopped stretches.

    The `counted` times of all segments add up to `state.elapsed` (after a restart: to more, as the time
    before it is shown too).
    """
    now = now.replace(microsecond=0)
    found: list[Segment] = []
    for stretch in state.stretches:
        end = now if stretch.end is None else min(stretch.end, now)
        if stretch.start < end:
            calendar = calendar_of(calendars, stretch.promise)
            found.extend(_with_clock_change(each, calendar) for each in _segments_of(stretch, end, calendar))
    return tuple(found)


def explain(
    state: ClockState, calendars: Mapping[str, BusinessCalendar], now: datetime
) -> tuple[ExplainLine, ...]:
    """Return the promise, every segment, and the outcome, in this order."""
    promise = state.stretches[-1].promise if state.stretches else None
    lines = [
        ExplainLine(
            "sla.explain.promised",
            {
                "clock": state.kind,
                "target": state.target,
                "started_at": state.started_at,
                "policy": promise.policy if promise else "",
                "priority": promise.priority if promise else 0,
                "calendar": promise.calendar if promise else "",
            },
        )
    ]
    for segment in segments(state, calendars, now):
        lines.append(
            ExplainLine(
                f"sla.explain.{segment.reason}",
                {
                    "start": segment.start,
                    "end": segment.end,
                    "counted": segment.counted,
                    "calendar": segment.calendar,
                    "reason_id": segment.reason_id,
                    "clock_change": segment.clock_change,
                },
            )
        )
    lines.append(ExplainLine(_outcome(state), _figures(state)))
    return tuple(lines)


def time_by_holder(
    events: Sequence[TicketEvent],
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
    settings: FoldSettings | None = None,
) -> dict[str, timedelta]:
    """Return the working time each holder had the ticket: "line_1".."line_3", "user", "supplier"...

    Waiting belongs to whom the reason waits for, whether or not it pauses a clock; time after the end
    belongs to nobody. Empty for a ticket that was promised nothing.
    """
    settings = settings or FoldSettings()
    history = read_log(events, calendars, settings, ())
    shares: dict[str, timedelta] = {}
    if history is None:
        return shares
    ends = [*(hand.since for hand in history.hands[1:]), now]
    for hand, end in zip(history.hands, ends, strict=True):
        if hand.status in OPEN_STATUSES:
            holder = _holder(hand, settings)
            length = working_time(calendar_of(calendars, hand.promise), hand.since, end)
            shares[holder] = shares.get(holder, _NOTHING) + length
    return shares


def _holder(hand: Hand, settings: FoldSettings) -> str:
    if hand.waiting_for is not None:
        rule = settings.waiting_rules.get(hand.waiting_for)
        if rule is not None:
            return rule.kind.value
    return f"line_{hand.line}"


def _outcome(state: ClockState) -> str:
    if state.met_at is not None:
        return "sla.explain.late" if state.is_breached else "sla.explain.kept"
    if state.ended_at is not None:
        return "sla.explain.ended"
    if state.is_breached:
        return "sla.explain.overdue"
    return "sla.explain.stands_still" if state.is_paused else "sla.explain.due"


def _figures(state: ClockState) -> dict[str, object]:
    return {
        "due_at": state.due_at,
        "elapsed": state.elapsed,
        "remaining": state.remaining,
        "paused": state.paused,
        "gross": state.gross,
        "is_locked": state.is_locked,
        "met_at": state.met_at,
        "breached_at": state.breached_at,
    }


def _segments_of(stretch: Stretch, end: datetime, calendar: BusinessCalendar) -> Iterator[Segment]:
    code = stretch.promise.calendar
    if stretch.kind is not SegmentKind.OPEN:
        reason = SegmentReason.WAITING if stretch.kind is SegmentKind.PAUSED else SegmentReason.DONE
        yield Segment(stretch.start, end, stretch.kind, reason, _NOTHING, code, stretch.reason_id)
        return
    at = stretch.start
    for span in open_spans(calendar, stretch.start, end):
        closes = span.end or end
        yield from _closed(at, span.start, calendar, code)
        yield Segment(span.start, closes, SegmentKind.OPEN, SegmentReason.RUNNING, closes - span.start, code)
        at = closes
    yield from _closed(at, end, calendar, code)


def _closed(start: datetime, end: datetime, calendar: BusinessCalendar, code: str) -> Iterator[Segment]:
    """Cut a closed stretch where its reason changes, which is at local midnights only."""
    if start >= end:
        return
    pieces: list[tuple[datetime, datetime, SegmentReason]] = []
    on = start.astimezone(calendar.zone).date() - _ONE_DAY
    last = end.astimezone(calendar.zone).date() + _ONE_DAY
    while on <= last:
        reason = SegmentReason.OUTSIDE_HOURS if has_hours(calendar, on) else SegmentReason.DAY_CLOSED
        if on in calendar.holidays:
            reason = SegmentReason.HOLIDAY
        for day in spans_of_date(calendar, on):
            first, after = max(start, day.start), min(end, day.end or end)
            if first < after:
                is_break = reason is SegmentReason.OUTSIDE_HOURS and _is_between(calendar, day, first, after)
                pieces.append((first, after, SegmentReason.BREAK if is_break else reason))
        on += _ONE_DAY
    for first, after, reason in _joined(sorted(pieces)):
        kind = SegmentKind.HOLIDAY if reason is SegmentReason.HOLIDAY else SegmentKind.CLOSED
        yield Segment(first, after, kind, reason, _NOTHING, code)


def _is_between(calendar: BusinessCalendar, day: Span, first: datetime, after: datetime) -> bool:
    """Whether the desk is open both before and after, on the same local date."""
    opens = list(open_spans(calendar, day.start, day.end or after))
    return bool(opens) and opens[0].start < first and after < (opens[-1].end or after)


def _with_clock_change(segment: Segment, calendar: BusinessCalendar) -> Segment:
    before = segment.start.astimezone(calendar.zone).utcoffset() or _NOTHING
    after = segment.end.astimezone(calendar.zone).utcoffset() or _NOTHING
    return segment if before == after else replace(segment, clock_change=after - before)


def _joined(
    pieces: Sequence[tuple[datetime, datetime, SegmentReason]],
) -> Iterator[tuple[datetime, datetime, SegmentReason]]:
    held: tuple[datetime, datetime, SegmentReason] | None = None
    for piece in pieces:
        if held is not None and held[1] == piece[0] and held[2] == piece[2]:
            held = (held[0], piece[1], held[2])
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held

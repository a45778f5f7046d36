"""Why a clock shows what it shows, stretch by stretch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.ids import ReasonId
from app.models.entities.sla import ClockKind, ClockState, Promise, SegmentKind, SegmentReason, WaitingRule
from app.models.entities.tickets import Move, TicketStatus, WaitingKind
from app.services.sla.explain import explain, segments
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from tests.support.ticket_log import TicketLog

HOUR = timedelta(hours=1)
OFFICE = BusinessCalendar.from_dict(
    {
        "timezone": "UTC",
        "hours": {day: [["09:00", "12:00"], ["13:00", "18:00"]] for day in WEEKDAYS[:5]},
        "holidays": ["2026-05-11"],
    }
)
CALENDARS = {"office": OFFICE}
PROMISE = Promise("incident", 3, "office", {ClockKind.RESOLUTION: 8 * HOUR})
FOR_USER = ReasonId(1)
SETTINGS = FoldSettings({FOR_USER: WaitingRule(WaitingKind.USER, frozenset({ClockKind.RESOLUTION}))})


def may(day: int, hour: int) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def clock(log: TicketLog, now: datetime) -> ClockState:
    return fold(log.events, CALENDARS, now, SETTINGS)[ClockKind.RESOLUTION]


def friday() -> TicketLog:
    return TicketLog().created(may(8, 11), PROMISE)


def told(log: TicketLog, now: datetime) -> list[tuple[datetime, datetime, SegmentReason]]:
    return [(part.start, part.end, part.reason) for part in segments(clock(log, now), CALENDARS, now)]


def test_a_clocks_life_is_told_without_gaps_with_the_rule_of_each_stretch():
    log = friday().waits(may(8, 14), 1).resumes(may(8, 16)).resolved(may(12, 10))

    assert told(log, may(12, 11)) == [
        (may(8, 11), may(8, 12), SegmentReason.RUNNING),
        (may(8, 12), may(8, 13), SegmentReason.BREAK),
        (may(8, 13), may(8, 14), SegmentReason.RUNNING),
        (may(8, 14), may(8, 16), SegmentReason.WAITING),
        (may(8, 16), may(8, 18), SegmentReason.RUNNING),
        (may(8, 18), may(9, 0), SegmentReason.OUTSIDE_HOURS),
        (may(9, 0), may(11, 0), SegmentReason.DAY_CLOSED),
        (may(11, 0), may(12, 0), SegmentReason.HOLIDAY),
        (may(12, 0), may(12, 9), SegmentReason.OUTSIDE_HOURS),
        (may(12, 9), may(12, 10), SegmentReason.RUNNING),
        (may(12, 10), may(12, 11), SegmentReason.DONE),
    ]


def test_the_counted_time_of_all_stretches_is_the_elapsed_time():
    log = friday().waits(may(8, 14), 1).resumes(may(8, 16))
    now = may(13, 10)

    parts = segments(clock(log, now), CALENDARS, now)

    assert sum((part.counted for part in parts), timedelta()) == clock(log, now).elapsed
    assert [part.reason_id for part in parts if part.kind is SegmentKind.PAUSED] == [FOR_USER]


def test_nothing_is_told_of_the_future():
    assert told(friday(), may(8, 11)) == []


@pytest.mark.parametrize(
    ("log", "now", "outcome"),
    [
        (friday(), may(8, 14), "sla.explain.due"),
        (friday(), may(13, 14), "sla.explain.overdue"),
        (friday().waits(may(8, 12), 1), may(13, 14), "sla.explain.stands_still"),
        (friday().resolved(may(8, 14)), may(13, 14), "sla.explain.kept"),
        (friday().resolved(may(13, 12)), may(13, 14), "sla.explain.late"),
        (friday().moved(may(8, 14), Move.CANCEL, TicketStatus.CANCELLED), may(13, 14), "sla.explain.ended"),
    ],
)
def test_an_explanation_begins_with_the_promise_and_ends_with_the_outcome(log, now, outcome):
    lines = explain(clock(log, now), CALENDARS, now)

    assert lines[0].code == "sla.explain.promised"
    assert lines[0].params["policy"] == "incident"
    assert lines[1].code == "sla.explain.running"
    assert lines[-1].code == outcome
    assert lines[-1].params["elapsed"] == clock(log, now).elapsed


def test_the_night_in_which_clocks_go_forward_says_so():
    london = BusinessCalendar.from_dict({"timezone": "Europe/London", "always_open": True})
    calendars = {"office": london}
    start = datetime(2026, 3, 28, 22, tzinfo=UTC)
    now = start + 12 * HOUR
    state = fold(TicketLog().created(start, PROMISE).events, calendars, now, SETTINGS)[ClockKind.RESOLUTION]

    (night,) = segments(state, calendars, now)

    assert (night.clock_change, night.counted) == (HOUR, 12 * HOUR)
    assert explain(state, calendars, now)[1].params["clock_change"] == HOUR


def test_a_break_is_told_from_the_time_before_and_after_hours():
    at_noon = datetime(2026, 5, 8, 12, 20, tzinfo=UTC)

    assert told(TicketLog().created(at_noon, PROMISE), may(8, 14))[0][2] is SegmentReason.BREAK
    assert told(TicketLog().created(may(8, 8), PROMISE), may(8, 10))[0][2] is SegmentReason.OUTSIDE_HOURS
    assert told(TicketLog().created(may(8, 18), PROMISE), may(8, 20))[0][2] is SegmentReason.OUTSIDE_HOURS

"""Asking to be away, deciding on it, and what that does to the roster, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.leave import LeaveState
from app.services.leave import commands, queries
from tests.support.changing_places import FRIDAY, MONDAY, places

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=count) for count in (1, 2, 3))


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def asked(desk):
    return commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, TUESDAY))


def state(desk, request_id):
    (found,) = [one for one in queries.leave_requests(desk.as_(desk.chen)) if one.id == request_id]
    return found.state


def test_asking_tells_whoever_decides_and_changes_nothing_yet(desk, asked):
    assert desk.told(desk.chen) == ["leave_asked"]
    assert desk.cells()["Wang Fang", "Mon"] == "D"
    assert queries.open_request_count(desk.as_(desk.chen)) == 1


def test_approval_paints_the_absence_and_tells_who_asked(desk, asked):
    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert [desk.cells()["Wang Fang", day] for day in ("Mon", "Tue", "Wed")] == ["V", "V", "D"]
    assert "leave_decided" in desk.told(desk.wang)


def test_a_substitute_who_is_free_gets_the_shifts_that_fall_away(desk):
    details = desk.leave_of(desk.wang, MONDAY, TUESDAY, substitute_id=desk.li.id)
    asked = commands.ask_leave(desk.as_(desk.wang), details)

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert [desk.cells()["Li Na", day] for day in ("Mon", "Tue", "Thu")] == ["D", "D", "D"]


def test_a_substitute_who_is_planned_keeps_what_is_planned(desk):
    desk.paint(desk.li, MONDAY, desk.night)
    details = desk.leave_of(desk.wang, MONDAY, MONDAY, substitute_id=desk.li.id)
    asked = commands.ask_leave(desk.as_(desk.wang), details)

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert desk.cells()["Li Na", "Mon"] == "N"


def test_taking_an_approval_back_gives_every_day_back(desk, asked):
    before = desk.cells()
    outcome = commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    outcome.undo.run()

    assert desk.cells() == before
    assert state(desk, asked.id) is LeaveState.ASKED


def test_a_day_painted_since_keeps_what_stands_there(desk, asked):
    outcome = commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)
    desk.paint(desk.wang, MONDAY, desk.night, desk.leave)

    outcome.undo.run()

    assert [desk.cells()["Wang Fang", day] for day in ("Mon", "Tue")] == ["N", "D"]


def test_refusing_needs_a_reason_and_paints_nothing(desk, asked):
    before = desk.cells()
    with pytest.raises(RuleViolation, match=r"leave\.refusal_unexplained"):
        commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=False)

    commands.decide_leave(
        desk.as_(desk.chen), asked.id, version=1, is_approved=False, note="Too few that day"
    )

    assert desk.cells() == before
    assert state(desk, asked.id) is LeaveState.REFUSED


def test_nobody_decides_on_their_own_leave(desk):
    asked = commands.ask_leave(desk.as_(desk.chen), desk.leave_of(desk.chen, MONDAY, MONDAY))

    with pytest.raises(RuleViolation, match=r"leave\.own_request"):
        commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)


def test_of_two_who_decide_at_once_the_second_is_told(desk, asked):
    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=False, note="No")

    with pytest.raises((StaleRecord, RuleViolation)):
        commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert desk.cells()["Wang Fang", "Mon"] == "D"


def test_leave_that_overlaps_another_is_refused(desk, asked):
    with pytest.raises(RuleViolation, match=r"leave\.overlaps"):
        commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, TUESDAY, WEDNESDAY))


def test_leave_beside_a_withdrawn_one_can_be_asked_for(desk, asked):
    commands.withdraw_leave(desk.as_(desk.wang), asked.id, version=1)

    again = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    assert state(desk, again.id) is LeaveState.ASKED


def test_only_who_decides_withdraws_what_was_approved(desk, asked):
    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    with pytest.raises(NotAllowed):
        commands.withdraw_leave(desk.as_(desk.wang), asked.id, version=2)
    commands.withdraw_leave(desk.as_(desk.chen), asked.id, version=2)

    assert desk.cells()["Wang Fang", "Mon"] == "D"


def test_sickness_holds_at_once_and_can_be_taken_back(desk):
    before = desk.cells()
    outcome = commands.record_absence(desk.as_(desk.chen), desk.leave_of(desk.wang, MONDAY, MONDAY))
    during = desk.cells()

    outcome.undo.run()

    assert during["Wang Fang", "Mon"] == "V"
    assert desk.cells() == before


def test_asking_for_somebody_else_needs_the_right_to_decide(desk):
    with pytest.raises(NotAllowed):
        commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.li, MONDAY, MONDAY))


def test_colleagues_see_who_is_away_but_not_why(desk, asked):
    hidden = queries.leave_requests(desk.as_(desk.li))
    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True, note="Enjoy")

    (seen,) = queries.leave_requests(desk.as_(desk.li))

    assert hidden == []
    assert (seen.person_name, seen.first, seen.reason, seen.decision_note) == ("Wang Fang", MONDAY, "", "")


@pytest.mark.parametrize(
    ("first", "last", "change", "code"),
    [
        (TUESDAY, MONDAY, {}, "leave.dates_reversed"),
        (MONDAY, MONDAY + timedelta(days=366), {}, "leave.too_long"),
        (MONDAY, MONDAY, {"reason": "  "}, "leave.reason_missing"),
    ],
)
def test_a_request_nobody_could_decide_on_is_refused(desk, first, last, change, code):
    with pytest.raises(BadInput, match=code):
        commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, first, last, **change))

    assert queries.leave_requests(desk.as_(desk.wang)) == []


def test_a_shift_to_work_is_no_leave(desk):
    details = desk.leave_of(desk.wang, MONDAY, MONDAY)
    wrong = type(details)(details.person_id, desk.day.id, MONDAY, MONDAY, "x")

    with pytest.raises(BadInput, match=r"leave\.not_an_absence"):
        commands.ask_leave(desk.as_(desk.wang), wrong)


def test_nobody_stands_in_for_themselves(desk):
    with pytest.raises(BadInput, match=r"leave\.own_substitute"):
        commands.ask_leave(
            desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY, substitute_id=desk.wang.id)
        )


def test_a_request_that_is_not_there_is_told(desk):
    with pytest.raises(NotFound, match=r"leave\.not_found"):
        commands.decide_leave(desk.as_(desk.chen), 99, version=1, is_approved=True)


def test_requests_of_a_stretch_are_those_that_share_a_day(desk, asked):
    found = queries.leave_requests(desk.as_(desk.chen), first=TUESDAY, last=WEDNESDAY)
    none = queries.leave_requests(desk.as_(desk.chen), first=WEDNESDAY)
    before = queries.leave_requests(desk.as_(desk.chen), last=FRIDAY)

    assert ([one.id for one in found], none, before) == ([asked.id], [], [])

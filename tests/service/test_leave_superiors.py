"""Leave goes to the direct superior first, and to others only where there is none (S4-20)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound
from app.models.entities.ids import PersonId
from app.models.entities.leave import LeaveState, RouteReason
from app.models.entities.roster_plan import WorkTerms
from app.services.leave import commands, effect_queries, queries, waiting_queries
from app.services.people import commands as people
from app.services.roster import plan_queries, terms_commands
from tests.support.changing_places import FRIDAY, MONDAY, places


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def zhao(make):
    """The superior of Wang: without the right to decide on everybody's leave."""
    return make.agent(name="Zhao Lei")


@pytest.fixture
def wang_has_zhao(desk, zhao):
    return agree(desk, desk.wang, superior_id=zhao.id)


def agree(desk, person, **terms):
    return terms_commands.set_terms(desk.as_(desk.chen), WorkTerms(**terms), person_id=person.id)


def ask(desk):
    return commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))


def seen_by(desk, person):
    return [
        (one.route and one.route.reason, one.may_decide) for one in queries.leave_requests(desk.as_(person))
    ]


def state(desk):
    (found,) = queries.leave_requests(desk.as_(desk.chen))
    return found.state


def test_a_request_goes_to_the_superior_and_to_nobody_else(desk, zhao, wang_has_zhao):
    ask(desk)

    assert (desk.told(zhao), desk.told(desk.chen)) == (["leave_asked"], [])
    assert seen_by(desk, zhao) == [(RouteReason.SUPERIOR, True)]
    assert queries.waiting_for_me(desk.as_(zhao)) == 1


def test_the_superior_decides_without_the_right_to_decide_on_others(desk, zhao, wang_has_zhao):
    asked = ask(desk)

    commands.decide_leave(desk.as_(zhao), asked.id, version=1, is_approved=True)

    assert state(desk) is LeaveState.APPROVED
    assert desk.cells()["Wang Fang", "Mon"] == "V"


def test_the_superior_takes_the_decision_back_and_withdraws_what_was_approved(desk, zhao, wang_has_zhao):
    asked = ask(desk)
    decided = commands.decide_leave(desk.as_(zhao), asked.id, version=1, is_approved=True)

    reopened = decided.undo.run()
    again = commands.decide_leave(desk.as_(zhao), asked.id, version=reopened.version, is_approved=True)
    commands.withdraw_leave(desk.as_(zhao), asked.id, version=again.version)

    assert state(desk) is LeaveState.WITHDRAWN


def test_the_superior_sees_what_the_absence_would_do_and_a_colleague_does_not(desk, zhao, wang_has_zhao):
    details = desk.leave_of(desk.wang, MONDAY, MONDAY)

    effect = effect_queries.leave_effect(desk.as_(zhao), details)
    with pytest.raises(NotAllowed):
        effect_queries.leave_effect(desk.as_(desk.li), details)

    assert [shift.on_date for shift in effect.shifts] == [MONDAY]


def test_others_with_the_right_still_decide(desk, wang_has_zhao):
    asked = ask(desk)

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert state(desk) is LeaveState.APPROVED


def test_a_colleague_who_is_no_superior_decides_nothing(desk, wang_has_zhao):
    asked = ask(desk)

    with pytest.raises(NotAllowed):
        commands.decide_leave(desk.as_(desk.li), asked.id, version=1, is_approved=True)

    assert state(desk) is LeaveState.ASKED


def test_who_asked_sees_with_whom_it_is(desk, wang_has_zhao):
    ask(desk)

    (found,) = queries.leave_requests(desk.as_(desk.wang))

    assert (found.decider_name, found.may_decide) == ("Zhao Lei", False)


def test_the_departments_superior_holds_for_who_has_no_terms(desk, make, zhao):
    department = make.department(name="IT")
    make.agent(name="Sun Yi", department_id=department)
    sun = make.agent(name="Wu Di", department_id=department)
    terms = WorkTerms(superior_id=zhao.id)
    terms_commands.set_terms(desk.as_(desk.chen), terms, department_id=department.id)

    commands.ask_leave(desk.as_(sun), desk.leave_of(sun, MONDAY, MONDAY))

    assert desk.told(zhao) == ["leave_asked"]


def test_without_a_superior_it_goes_to_those_with_the_right(desk):
    ask(desk)

    assert desk.told(desk.chen) == ["leave_asked"]
    assert seen_by(desk, desk.wang) == [(RouteReason.NO_SUPERIOR, False)]


def test_while_the_superior_is_on_leave_the_substitute_decides(desk, zhao, wang_has_zhao):
    agree(desk, zhao, substitute_id=desk.li.id)
    commands.record_absence(desk.as_(desk.chen), desk.leave_of(zhao, FRIDAY, MONDAY))

    asked = ask(desk)
    commands.decide_leave(desk.as_(desk.li), asked.id, version=1, is_approved=True)

    assert "leave_asked" in desk.told(desk.li)
    assert "leave_asked" not in desk.told(zhao)
    assert LeaveState.APPROVED in {one.state for one in queries.leave_requests(desk.as_(desk.li))}


def test_back_from_leave_the_superior_has_it_and_the_substitute_no_more(desk, zhao, wang_has_zhao, clock):
    agree(desk, zhao, substitute_id=desk.li.id)
    commands.record_absence(desk.as_(desk.chen), desk.leave_of(zhao, FRIDAY, FRIDAY))
    asked = ask(desk)

    clock.advance(timedelta(days=1))

    assert queries.waiting_for_me(desk.as_(zhao)) == 1
    with pytest.raises(NotAllowed):
        commands.decide_leave(desk.as_(desk.li), asked.id, version=1, is_approved=True)


def test_where_nobody_stands_in_those_with_the_right_are_told(desk, zhao, wang_has_zhao):
    desk.paint(zhao, FRIDAY, desk.leave)

    ask(desk)

    assert desk.told(desk.chen) == ["leave_asked"]
    assert seen_by(desk, desk.wang) == [(RouteReason.SUPERIOR_AWAY, False)]


def test_a_retired_superior_is_passed_over(desk, zhao, wang_has_zhao):
    people.retire_person(desk.as_(desk.chen), PersonId(zhao.id), version=1)

    ask(desk)

    assert desk.told(desk.chen) == ["leave_asked"]
    assert seen_by(desk, desk.chen) == [(RouteReason.SUPERIOR_GONE, True)]


def test_left_unanswered_for_two_days_all_who_may_decide_are_reminded(desk, zhao, wang_has_zhao, clock):
    ask(desk)
    clock.advance(timedelta(days=2, minutes=1))

    found = waiting_queries.waiting(desk.as_(desk.chen))

    assert {notice.person_id for notice in found.reminders} == {zhao.id, desk.chen.id}


def test_nobody_is_made_their_own_superior(desk):
    with pytest.raises(BadInput, match=r"roster\.terms_superior"):
        agree(desk, desk.wang, superior_id=desk.wang.id)


def test_a_superior_who_is_not_there_is_refused(desk):
    with pytest.raises(NotFound, match=r"people\.not_found"):
        agree(desk, desk.wang, superior_id=99_999)


def test_taking_back_terms_takes_the_superior_back(desk, wang_has_zhao):
    wang_has_zhao.undo.run()

    assert plan_queries.work_terms(desk.as_(desk.chen)) == []

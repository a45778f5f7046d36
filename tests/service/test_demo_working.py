"""The demo's people: what they can, what they learnt, what they ask for, what they heard and have read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.models.entities.leave import LeaveState, SwapState
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.creating import create_demo, demo_actor
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.handover.must_read import must_read
from app.services.handover.opportunity_queries import opportunities
from app.services.roster.month_queries import month_state
from app.services.roster.people_period_queries import people_in_period
from app.services.roster.skill_queries import person_skills, skills


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=60, handovers=0)
    yield ctx.acting_as(demo_actor(ctx))
    ctx.store.release()


def states(demo: Context, table: str) -> list[str]:
    with demo.store.read() as read:
        return [row[0] for row in read.rows(f"SELECT state FROM {table} ORDER BY id")]


def test_everybody_can_do_something_and_some_were_trained(demo: Context) -> None:
    able = {one.person_id for one in person_skills(demo)}
    today = DEFAULT_UNTIL.date()
    trained = [one for one in people_in_period(demo, today - timedelta(days=90), today) if one.trainings]

    assert len(able) == 19
    assert len({one.skill_id for one in person_skills(demo)}) == len(skills(demo))
    assert {"Gao Jing", "Li Na", "Tang Yue", "Lin Hao"} <= {one.name for one in trained}
    assert {one.department_alt for one in trained} == {"运维部", "信息技术部"}


def test_the_leave_of_the_roster_was_asked_for_and_the_month_stands_as_published(demo: Context) -> None:
    found = states(demo, "leave_request")

    assert found.count(LeaveState.APPROVED) == 3
    assert found.count(LeaveState.ASKED) == 3
    assert found.count(LeaveState.REFUSED) == 1
    assert month_state(demo, "2026-04").changes == ()


def test_one_swap_waits_for_approval_and_one_for_anybody(demo: Context) -> None:
    assert states(demo, "shift_swap") == [SwapState.ACCEPTED, SwapState.ASKED]


def test_opportunities_stand_at_every_stage(demo: Context) -> None:
    assert states(demo, "opportunity") == ["won", "forwarded", "noted"]
    assert len(opportunities(demo)) == 2


def test_what_all_must_read_was_read_by_some(demo: Context) -> None:
    found = must_read(demo)

    assert [(one.number, one.acknowledged) for one in found] == [(102, 10), (1701, 7)]
    assert all(one.missing for one in found)


def test_a_demo_of_any_other_day_has_its_requests_too(empty_database_url: str) -> None:
    clock = FixedClock(DEFAULT_UNTIL + timedelta(days=200))
    ctx = Context(Store(empty_database_url), clock, console_actor())

    create_demo(ctx, tickets=60, handovers=0)

    assert LeaveState.ASKED in states(ctx, "leave_request")
    assert month_state(ctx, f"{date(2026, 11, 2):%Y-%m}").changes == ()
    ctx.store.release()

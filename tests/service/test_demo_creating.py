"""The demo site: what it holds, that it is the same each time, and that its clocks are true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from app.models.entities.errors import RuleViolation
from app.models.entities.staffing import ArrivalSource
from app.models.entities.tickets import EventKind, TicketStatus
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.demo.creating import create_demo, demo_actor
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.knowledge.queries import search_articles
from app.services.notices import queries as notices
from app.services.roster.month_queries import month_state
from app.services.roster.plan_queries import plan
from app.services.roster.queries import on_duty_at
from app.services.roster.staffing_queries import staffing_of_day
from app.services.tickets import queries
from app.services.tickets.console_queries import explained_clocks
from app.services.tickets.desk_queries import counters


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    """A small demo site."""
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=120, handovers=0)
    yield ctx
    ctx.store.release()


def test_the_demo_has_open_tickets_of_every_kind(demo: Context) -> None:
    found = counters(demo)

    assert (found.open, found.due_within_hour, found.waiting) == (57, 5, 11)
    assert found.breached > 0


def test_the_shown_ticket_has_its_number_and_its_story(demo: Context) -> None:
    detail = queries.ticket_detail(demo, queries.ticket_id_of(demo, 10482))

    assert detail.ticket.status is TicketStatus.IN_PROGRESS
    assert detail.events[0].kind is EventKind.CREATED
    assert [event.at for event in detail.events] == sorted(event.at for event in detail.events)
    assert max(event.at for event in detail.events) <= DEFAULT_UNTIL


def test_the_demos_telephone_rang_until_now_and_its_hours_can_be_staffed(demo: Context) -> None:
    today = DEFAULT_UNTIL.date()

    day = staffing_of_day(demo, today)

    assert day.arrivals is ArrivalSource.CALLS
    assert 120 < day.hours[0].aht < 320
    assert max(hour.high for hour in day.hours) > 0  # so few tickets leave most hours without calls


def test_the_demos_agent_finds_something_at_the_bell(demo: Context) -> None:
    bell = notices.bell(demo.acting_as(demo_actor(demo)))

    assert bell.unread > 0
    assert {notice.is_read for notice in bell.notices} == {True, False}
    assert max(notice.at for notice in bell.notices) <= DEFAULT_UNTIL


def test_the_demo_tells_nobody_of_assignments_long_done(demo: Context) -> None:
    with demo.store.read() as read:
        rows = read.rows(
            "SELECT ticket.status FROM notice JOIN ticket ON ticket.id = notice.ticket_id"
            " WHERE notice.kind = 'assigned'"
        )

    assert {row[0] for row in rows} == {TicketStatus.ASSIGNED.value}


def test_what_lists_show_of_a_clock_is_what_its_log_says(demo: Context) -> None:
    rows = queries.ticket_page(demo, queries.ticket_query(demo, "status:open"), count=60)

    shown = {row.number: row.due_at for row in rows if not row.is_paused}
    told = {number: _nearest(demo, number) for number in shown}

    assert shown == told


def _nearest(demo: Context, number: int) -> object:
    detail = queries.ticket_detail(demo, queries.ticket_id_of(demo, number))
    running = [
        clock.due_at for kind, clock in detail.clocks.items() if kind != "first_line" and clock.is_running
    ]
    return min((due for due in running if due is not None), default=None)


def test_the_demo_signs_in_somebody_who_may_do_everything(demo: Context) -> None:
    actor = demo_actor(demo)

    assert actor.name == "Li Na"
    assert actor.permissions == ALL_PERMISSIONS


def test_articles_are_found_in_both_languages(demo: Context) -> None:
    languages = {hit.row.language for hit in search_articles(demo, "vpn")}

    assert languages == {"en", "zh_CN"}


def test_somebody_is_on_duty(demo: Context) -> None:
    assert any(one.is_supervisor for one in on_duty_at(demo, DEFAULT_UNTIL))


def test_the_demos_month_stands_as_it_was_published_and_its_crews_have_people(demo: Context) -> None:
    state = month_state(demo, "2026-04")
    crewed = [person for person in plan(demo, date(2026, 4, 1), date(2026, 4, 30)).people if person.crew_id]

    assert state.version is not None
    assert (state.is_published, state.version.number, state.changes) == (True, 1, ())
    assert len(crewed) == 8


def test_a_site_is_never_made_a_demo(demo: Context) -> None:
    with pytest.raises(RuleViolation, match="already_done"):
        create_demo(demo, tickets=120)


def test_explaining_a_demo_clock_ends_with_its_outcome(demo: Context) -> None:
    lines = explained_clocks(demo, 10482).clocks

    assert {each[-1].code for each in lines.values()} <= {
        "sla.explain.kept",
        "sla.explain.overdue",
        "sla.explain.due",
        "sla.explain.ended",
        "sla.explain.late",
    }

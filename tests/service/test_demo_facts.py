"""The demo's tickets carry times told, kept and broken, restored services, waits and estimates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.tickets import queries
from app.services.tickets.desk_queries import told_times


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=400, handovers=0)
    yield ctx
    ctx.store.release()


def test_times_told_are_near_kept_and_broken(demo: Context) -> None:
    near = [row.promised_at for row in told_times(demo, timedelta(hours=8)) if row.promised_at]
    with demo.store.read() as read:
        kept, broken = read.one(
            "SELECT COUNT(CASE WHEN promised_at >= resolved_at THEN 1 END),"
            " COUNT(CASE WHEN promised_at < resolved_at THEN 1 END) FROM ticket WHERE is_open = false"
        ) or (0, 0)

    assert near[0] < DEFAULT_UNTIL < near[1]
    assert near == sorted(near)
    assert kept > broken > 0


def test_the_shown_ticket_has_a_time_told_a_wait_and_an_estimate(demo: Context) -> None:
    ticket = queries.ticket_detail(demo, queries.ticket_id_of(demo, 10482)).ticket

    assert (ticket.promised_at, ticket.bearable_until) == (
        DEFAULT_UNTIL + timedelta(minutes=58),
        DEFAULT_UNTIL + timedelta(minutes=120),
    )
    assert (ticket.estimate_minutes, ticket.estimate_people) == (90, 2)


def test_services_work_again_before_their_tickets_are_resolved(demo: Context) -> None:
    with demo.store.read() as read:
        early = read.value("SELECT COUNT(*) FROM ticket WHERE restored_at < resolved_at")
        wrong = read.value(
            "SELECT COUNT(*) FROM ticket WHERE restored_at > resolved_at OR restored_at < received_at"
        )

    assert early > 0
    assert wrong == 0

"""What a list hands to programs names the facts around promised times."""

from __future__ import annotations

from datetime import timedelta

from app.models.entities.settings import SiteChoices
from app.services.setup.first_start import set_up
from app.services.tickets import queries
from app.services.tickets.desk_queries import told_times


def listed(ctx):
    return queries.ticket_page(ctx, queries.ticket_query(ctx, ""), count=10)


def test_a_listed_ticket_names_its_facts(ctx, make, clock):
    set_up(ctx, SiteChoices("Desk", language="en"))
    hour = timedelta(hours=1)
    make.ticket(
        restored_at=clock.now() - hour,
        bearable_until=clock.now() + hour,
        promised_at=clock.now() + 2 * hour,
        estimate_minutes=90,
        estimate_people=2,
        estimate_cost=0,
    )

    (row,) = listed(ctx)

    assert (row.restored_at, row.bearable_until, row.promised_at) == (
        clock.now() - hour,
        clock.now() + hour,
        clock.now() + 2 * hour,
    )
    assert (row.estimate_minutes, row.estimate_people, row.estimate_cost) == (90, 2, 0)


def test_a_ticket_without_facts_names_none(ctx, make):
    set_up(ctx, SiteChoices("Desk", language="en"))
    make.ticket()

    (row,) = listed(ctx)

    assert (row.promised_at, row.estimate_cost) == (None, None)


def test_times_told_come_by_time_up_to_the_limit(ctx, make, clock):
    set_up(ctx, SiteChoices("Desk", language="en"))
    late = make.ticket(promised_at=clock.now() - timedelta(minutes=5))
    soon = make.ticket(promised_at=clock.now() + timedelta(minutes=5))
    make.ticket(promised_at=clock.now() + timedelta(minutes=9))
    make.ticket(promised_at=clock.now() + timedelta(hours=3))

    found = told_times(ctx, timedelta(hours=2), limit=2)

    assert [row.id for row in found] == [late.id, soon.id]

"""The priority as it counts now, in lists and on the ticket, on both databases; filters keep to the base."""

from __future__ import annotations

import pytest

from app.services.base.context import Context
from app.services.tickets import queries
from app.services.tickets.escalating_queries import called_now
from app.services.tickets.listing import TicketOrder
from tests.support.factories import Make
from tests.support.site import set_up_site


@pytest.fixture(autouse=True)
def site(ctx: Context) -> None:
    set_up_site(ctx)


def test_a_list_shows_the_priority_as_it_counts_now(ctx: Context, make: Make) -> None:
    make.ticket(subject="Risen", priority=3, effective_priority=2)

    (row,) = queries.ticket_page(ctx, queries.ticket_query(ctx, "status:open"))

    assert (row.priority, row.priority_now) == (3, 2)


def test_without_a_stored_one_the_base_priority_counts(ctx: Context, make: Make) -> None:
    ticket = make.ticket(priority=4)

    row = queries.ticket_row(ctx, ticket.id)

    assert (row.effective_priority, row.priority_now) == (None, 4)


def test_the_ticket_itself_knows_both(ctx: Context, make: Make) -> None:
    ticket = make.ticket(priority=3, effective_priority=1)

    found = queries.ticket_detail(ctx, ticket.id).ticket

    assert (found.priority, found.priority_now) == (3, 1)


def test_the_order_goes_by_the_priority_as_it_counts_now_and_filters_by_the_base(
    ctx: Context, make: Make
) -> None:
    make.ticket(subject="Risen", priority=3, effective_priority=1)
    make.ticket(subject="High", priority=2)

    by_now = queries.ticket_query(ctx, "status:open").sorted_by(TicketOrder.PRIORITY, is_descending=False)

    assert [row.subject for row in queries.ticket_page(ctx, by_now)] == ["Risen", "High"]
    filtered = queries.ticket_page(ctx, queries.ticket_query(ctx, "priority:3"))
    assert [row.subject for row in filtered] == ["Risen"]


def test_who_would_be_called_is_named_in_the_readers_language(ctx: Context, make: Make) -> None:
    make.agent(name="Wang Fang", name_alt="王芳", roles=(make.role(code="duty_supervisor"),))

    assert called_now(ctx) == ["Wang Fang"]
    assert called_now(ctx.reading("zh_CN")) == ["王芳"]

"""How many tickets use what is set up, counted in the database."""

from __future__ import annotations

from app.services.base.context import Context
from app.services.tickets.use_queries import category_uses, service_uses, waiting_uses
from tests.support.factories import Make
from tests.support.settings_site import sample_site


def test_tickets_are_counted_by_category_and_service(ctx: Context, make: Make) -> None:
    printers, network = make.category(), make.category()
    for category in (printers, printers, network):
        make.ticket(category_id=category)
    make.ticket()

    assert category_uses(ctx) == {printers.id: 2, network.id: 1}
    assert service_uses(ctx) == {}


def test_only_tickets_that_wait_now_are_counted_by_reason(ctx: Context, make: Make) -> None:
    sample_site(ctx)
    make.ticket(status="waiting", waiting_reason_id=1)
    make.ticket(status="in_progress", waiting_reason_id=1)

    assert waiting_uses(ctx) == {1: 1}

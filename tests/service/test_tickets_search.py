"""Search over tickets: the best answer first, and one somebody still waits for before one that is over."""

from __future__ import annotations

from dataclasses import replace

from app.services.tickets import commands
from app.services.tickets.desk_queries import search_tickets
from tests.service.test_tickets_commands import CALL
from tests.support.site import set_up_site


def opened(ctx, subject):
    return commands.create_ticket(ctx, replace(CALL, subject=subject))


def test_an_open_ticket_stands_before_a_newer_closed_one_that_says_the_same(ctx):
    set_up_site(ctx)
    still_open = opened(ctx, "Scanner shows no light")
    over = opened(ctx, "Scanner shows no light")
    commands.cancel(ctx, over.id, version=over.version, reason="Called by mistake")

    assert [hit.row.id for hit in search_tickets(ctx, "scanner light")] == [still_open.id, over.id]


def test_a_closed_ticket_that_says_it_in_its_subject_beats_an_open_one_that_mentions_it(ctx):
    set_up_site(ctx)
    over = opened(ctx, "Scanner shows no light")
    commands.cancel(ctx, over.id, version=over.version, reason="Called by mistake")
    mentioned = commands.create_ticket(
        ctx,
        replace(
            CALL, subject="Monitor flickers", description="The scanner beside it works; its light is on."
        ),
    )

    assert [hit.row.id for hit in search_tickets(ctx, "scanner light")] == [over.id, mentioned.id]

"""How open tickets stand to what is in force, where nothing is edited: told, and applied by choice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import NotAllowed
from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.models.entities.whatif import HeldVersion, Proposal
from app.services.base.context import Actor
from app.services.tickets.commands import create_ticket
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import what_if
from app.services.whatif.standing_queries import open_standing
from tests.support.site import OFFICE, set_up_site
from tests.support.whatif_site import matrix_with, save, stricter, table_with

NINE = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Wednesday, 09:00 in Shanghai


@pytest.fixture(autouse=True)
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(NINE)


def opened(ctx, **levels):
    return create_ticket(ctx, NewTicket(TicketType.INCIDENT, Channel.WEB, "VPN drops", **levels))


def test_tickets_that_hold_what_is_in_force_are_not_told(ctx):
    opened(ctx, impact=2, urgency=3)

    standing = open_standing(ctx)

    assert (standing.behind, standing.older) == (0, ())
    assert (standing.result.open_tickets, standing.result.open_changing) == (1, 0)


def test_older_versions_are_told_by_document_with_how_many_hold_them(ctx):
    opened(ctx, impact=2, urgency=3)
    opened(ctx, impact=1, urgency=1)
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())
    save(ctx, ConfigKind.CALENDAR, {**OFFICE, "timezone": "Asia/Tokyo"}, "office")
    opened(ctx, impact=2, urgency=3)

    standing = open_standing(ctx)

    assert standing.behind == 2
    assert [(held.kind, held.code, held.number, held.tickets) for held in standing.older] == [
        (ConfigKind.CALENDAR, "office", 1, 1),
        (ConfigKind.SLA, "site", 1, 2),
    ]


def test_a_new_matrix_is_told_though_it_changes_no_ticket(ctx):
    opened(ctx, impact=2, urgency=3)
    save(ctx, ConfigKind.MATRIX, matrix_with(ctx, (4, 3, 4)).to_dict())

    standing = open_standing(ctx)

    assert standing.older == (HeldVersion(ConfigKind.MATRIX, "site", "", 1, 1),)
    assert standing.result.open_changing == 0


def test_what_would_change_is_what_a_proposal_of_nothing_tells_and_applying_leaves_none(ctx, clock):
    opened(ctx, impact=2, urgency=3)
    clock.advance(timedelta(hours=3))
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())
    standing = open_standing(ctx)

    assert standing.result.open_changes == what_if(ctx, Proposal()).open_changes
    assert (standing.result.open_changing, standing.result.open_becoming_overdue) == (1, 1)
    apply_to_open(ctx, standing.result.in_force)

    assert open_standing(ctx).behind == 0


def test_how_tickets_stand_is_for_those_who_may_see_settings(ctx):
    with pytest.raises(NotAllowed):
        open_standing(ctx.acting_as(Actor(None, "agent", frozenset({"tickets.read"}), "PC-1")))

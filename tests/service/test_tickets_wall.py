"""What the wall reads: clocks as the fold has them, and only what changed is worked out anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.tickets import commands
from app.services.tickets.wall_queries import wall
from tests.support.watched_site import desk_with_people


@pytest.fixture
def desk(ctx, make):
    return desk_with_people(ctx, make)


def test_a_card_knows_its_next_clock_its_owner_and_the_marks(desk):
    ticket = desk.opened()
    desk.ctx.clock.advance(timedelta(hours=1))

    found = wall(desk.ctx)

    (one,) = found.tickets
    assert (one.id, one.owner_name) == (ticket.id, desk.owner.name)
    assert (one.clock.target, one.clock.elapsed) == (timedelta(hours=4), timedelta(hours=1))
    assert one.clock.warnings == found.marks == (50, 75, 90)


def test_a_waiting_card_stands_still(desk):
    ticket = desk.opened()
    reason = desk.make.waiting_reason()
    commands.set_waiting(desk.agent, ticket.id, version=ticket.version, reason_id=reason.id)
    desk.ctx.clock.advance(timedelta(hours=1))

    (one,) = wall(desk.ctx).tickets

    assert (one.clock.is_paused, one.clock.elapsed) == (True, timedelta())


def test_only_open_tickets_are_on_the_wall(desk):
    ticket = desk.opened()
    commands.cancel(desk.agent, ticket.id, version=ticket.version, reason="withdrawn")

    assert wall(desk.ctx).tickets == ()


def test_what_did_not_change_keeps_the_clock_it_had(desk):
    first, second = desk.opened(), desk.opened()
    before = {one.id: one for one in wall(desk.ctx).tickets}
    desk.ctx.clock.advance(timedelta(minutes=30))
    commands.start_work(desk.agent, second.id, version=second.version)

    after = {one.id: one for one in wall(desk.ctx, before).tickets}

    assert after[first.id].clock is before[first.id].clock
    assert after[second.id].clock.at == desk.ctx.clock.now()


def test_who_may_not_see_the_roster_finds_nobody_there(desk):
    reader = desk.ctx.acting_as(type(desk.ctx.actor)(None, "r", frozenset({"tickets.read"}), "pc"))

    assert wall(reader).on_duty == ()

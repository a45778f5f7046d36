"""The choices "what if, from now on" of a real ticket, and the same answer after really doing one."""

from __future__ import annotations

import pytest

from app.models.entities.settings import SiteChoices
from app.models.entities.sla import ClockKind
from app.services.setup.first_start import set_up
from app.services.tickets import commands, queries
from app.services.tickets.supposing_queries import supposed_clocks
from tests.service.test_tickets_commands import CALL


@pytest.fixture
def ticket(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))
    return commands.create_ticket(ctx, CALL)


def choices(ctx, ticket):
    return [each.supposition for each in supposed_clocks(ctx, ticket.id)[ClockKind.RESOLUTION]]


def test_every_other_priority_and_every_reason_in_use_is_offered(ctx, ticket):
    detail = queries.ticket_detail(ctx, ticket.id)
    offered = choices(ctx, ticket)

    priorities = [each.priority for each in offered if each.priority is not None]
    assert priorities == [each for each in (1, 2, 3, 4) if each != detail.ticket.priority]
    assert len([each for each in offered if each.reason_id is not None]) == 7
    assert not any(each.goes_on for each in offered)


def test_what_is_said_comes_true_when_it_is_done(ctx, ticket):
    answers = supposed_clocks(ctx, ticket.id)[ClockKind.RESOLUTION]
    chosen = next(each for each in answers if each.supposition.reason_id is not None and each.then.is_paused)

    commands.set_waiting(ctx, ticket.id, version=ticket.version, reason_id=chosen.supposition.reason_id)

    assert queries.ticket_detail(ctx, ticket.id).clocks[ClockKind.RESOLUTION] == chosen.then


def test_a_waiting_ticket_may_go_on_and_its_own_reason_is_no_choice(ctx, ticket):
    reason = next(each.reason_id for each in choices(ctx, ticket) if each.reason_id is not None)
    commands.set_waiting(ctx, ticket.id, version=ticket.version, reason_id=reason)

    offered = choices(ctx, ticket)

    assert offered[0].goes_on
    assert reason not in [each.reason_id for each in offered]


def test_a_ticket_that_is_over_has_no_choices(ctx, ticket):
    commands.cancel(ctx, ticket.id, version=ticket.version, reason="Called by mistake")

    assert supposed_clocks(ctx, ticket.id) == {}

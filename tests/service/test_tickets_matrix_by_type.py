"""Priorities by the ticket's type on both databases: asked for wherever a priority comes from the matrix."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.models.entities.errors import BadInput, MergeNeeded, NotFound
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, EventKind, NewTicket, PrioritySource, TicketType
from app.services.settings.queries import current_config
from app.services.tickets import commands, edit_commands, queries
from app.services.tickets.form_choices import read_form_choices
from app.services.tickets.major_commands import declare_major, withdraw_major
from app.services.tickets.supposing_queries import supposed_clocks
from app.services.transfer.importing import import_event_log
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import documents_now
from tests.support.site import set_up_site
from tests.support.whatif_site import matrix_of, matrix_with, save

SAMPLE = Path(__file__).parents[1] / "data" / "uci_sample.csv"
INCIDENT, REQUEST = TicketType.INCIDENT, TicketType.REQUEST
CALL = NewTicket(
    INCIDENT, Channel.PHONE, "VPN drops every 5 minutes", impact=2, urgency=2
)  # P2 for all types


@pytest.fixture(autouse=True)
def site(ctx):
    """Requests of impact 2 and urgency 2 are P4, everything else of these levels is P2."""
    set_up_site(ctx)
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (2, 2, 4), (1, 1, 3)).to_dict())


def opened(ctx, **fields):
    made = commands.create_ticket(ctx, replace(CALL, **fields))
    return read(ctx, made.id)


def read(ctx, ticket_id):
    return queries.ticket_detail(ctx, ticket_id).ticket


def edit(ctx, ticket, base=None, **changes):
    held = {name: getattr(ticket, name) for name in changes}
    return edit_commands.edit_ticket(
        ctx, ticket.id, version=ticket.version, changes=changes, base=base or held
    )


def changed_fields(ctx, ticket):
    lines = [line for line in queries.ticket_detail(ctx, ticket.id).events if line.kind is EventKind.CHANGED]
    return [(line.field, line.old, line.new) for line in lines], {line.batch for line in lines}


# -- new tickets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "priority"), [(INCIDENT, 2), (REQUEST, 4), (TicketType.INQUIRY, 2)])
def test_a_ticket_is_registered_with_the_priority_of_its_type(ctx, kind, priority):
    assert opened(ctx, type=kind).priority == priority


def test_a_priority_that_only_another_type_gets_is_set_by_hand(ctx):
    agreed = opened(ctx, type=REQUEST, priority_override=2, override_reason="the boss asks")

    assert (agreed.priority, agreed.priority_source) == (2, PrioritySource.OVERRIDE)
    assert (
        opened(ctx, priority_override=2, override_reason="as it is").priority_source is PrioritySource.MATRIX
    )


def test_the_promise_shown_is_that_of_the_type(ctx):
    shown = {
        kind: queries.promise_preview(ctx, ticket_type=kind, impact=2, urgency=2)
        for kind in (INCIDENT, REQUEST)
    }

    assert {kind: preview.priority for kind, preview in shown.items()} == {INCIDENT: 2, REQUEST: 4}
    assert shown[REQUEST].due[ClockKind.RESOLUTION] == opened(ctx, type=REQUEST).resolution_due_at


def test_the_form_is_offered_every_types_matrix(ctx):
    assert read_form_choices(ctx).matrix.cells_for("request")[2, 2] == 4


def test_levels_no_type_has_are_refused_as_ever(ctx):
    with pytest.raises(NotFound) as refused:
        opened(ctx, type=REQUEST, impact=9)

    assert refused.value.code == "priority.cell_missing"


# -- edits ---------------------------------------------------------------------------------------------


def test_another_type_is_another_priority_and_promise_in_one_action(ctx):
    ticket = opened(ctx)

    edit(ctx, ticket, type="request")

    after = read(ctx, ticket.id)
    lines, batches = changed_fields(ctx, ticket)
    assert (after.type, after.priority) == (REQUEST, 4)
    assert lines == [("type", "incident", "request"), ("priority", "2", "4")]
    assert len(batches) == 1
    assert after.resolution_due_at > ticket.resolution_due_at


def test_a_changed_type_is_taken_back_with_its_priority(ctx):
    ticket = opened(ctx)

    edit(ctx, ticket, type="request").undo.run()

    after = read(ctx, ticket.id)
    assert (after.type, after.priority, after.resolution_due_at) == (INCIDENT, 2, ticket.resolution_due_at)


def test_a_priority_set_by_hand_stays_when_the_type_changes(ctx):
    ticket = opened(ctx, priority_override=3, override_reason="agreed")

    edit(ctx, ticket, type="request")

    assert read(ctx, ticket.id).priority == 3


def test_a_type_that_is_as_it_was_asks_for_no_priority(ctx):
    ticket = opened(ctx)
    save(ctx, ConfigKind.MATRIX, matrix_with(ctx, (2, 2, 1)).to_dict())

    edit(ctx, ticket, type="incident", subject="Another subject")

    assert read(ctx, ticket.id).priority == 2


def test_levels_the_matrix_lacks_keep_their_priority_when_the_type_changes(ctx):
    ticket = opened(ctx, impact=4)
    present = matrix_with(ctx)
    smaller = replace(
        present,
        impacts=present.impacts[:3],
        cells={cell: value for cell, value in present.cells.items() if cell[0] < 4},
        by_type={},
    )
    save(ctx, ConfigKind.MATRIX, smaller.to_dict())

    edit(ctx, ticket, type="request")

    assert (read(ctx, ticket.id).type, read(ctx, ticket.id).priority) == (REQUEST, 3)


def test_two_people_who_change_type_and_impact_get_the_priority_of_both(ctx):
    ticket = opened(ctx)
    edit(ctx, ticket, impact=1, urgency=1)

    edit(ctx, ticket, type="request")

    after = read(ctx, ticket.id)
    assert (after.type, after.impact, after.priority) == (REQUEST, 1, 3)


def test_two_people_who_change_the_type_differently_are_asked_and_nothing_is_saved(ctx):
    ticket = opened(ctx)
    edit(ctx, ticket, type="request")

    with pytest.raises(MergeNeeded) as asked:
        edit(ctx, ticket, type="inquiry")

    assert [conflict.field for conflict in asked.value.params["conflicts"]] == ["type"]
    assert (read(ctx, ticket.id).type, read(ctx, ticket.id).priority) == (REQUEST, 4)


def test_many_tickets_get_each_the_priority_of_its_type(ctx):
    made = [opened(ctx, impact=3, urgency=3, type=kind) for kind in (INCIDENT, REQUEST)]
    seen = [(ticket.id, ticket.version) for ticket in made]

    edit_commands.edit_many(ctx, seen, changes={"impact": 2, "urgency": 2})

    assert [read(ctx, ticket.id).priority for ticket in made] == [2, 4]


def test_many_tickets_of_another_type_get_its_priorities(ctx):
    made = [opened(ctx), opened(ctx, impact=1, urgency=1)]

    edit_commands.edit_many(ctx, [(ticket.id, 1) for ticket in made], changes={"type": "request"})

    assert [read(ctx, ticket.id).priority for ticket in made] == [4, 3]


def test_following_the_matrix_again_follows_that_of_the_type(ctx):
    ticket = opened(ctx, type=REQUEST, priority_override=1, override_reason="agreed")

    edit_commands.follow_matrix(ctx, ticket.id, version=ticket.version)

    assert read(ctx, ticket.id).priority == 4


def test_a_withdrawn_major_incident_has_the_priority_of_its_type(ctx):
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "incident", (2, 2, 5)).to_dict())
    ticket = opened(ctx)
    declare_major(ctx, ticket.id, version=1, reason="The plant stands still")

    withdraw_major(ctx, ticket.id, version=2, reason="One line only")

    assert (ticket.priority, read(ctx, ticket.id).priority) == (5, 5)


def test_what_can_be_supposed_are_the_priorities_of_the_type(ctx):
    save(ctx, ConfigKind.MATRIX, {**matrix_with(ctx).to_dict(), "by_type": {"request": [[1, 1, 4]] * 4}})
    ticket = opened(ctx, type=REQUEST)

    supposed = supposed_clocks(ctx, ticket.id)[ClockKind.RESOLUTION]

    assert [each.supposition.priority for each in supposed if each.supposition.priority] == [4]


# -- beyond single tickets -----------------------------------------------------------------------------


def test_applying_a_types_matrix_reaches_its_open_tickets_alone(ctx, clock):
    made = [opened(ctx, type=kind) for kind in (INCIDENT, REQUEST)]
    clock.advance(timedelta(minutes=1))
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (2, 2, 1)).to_dict())

    done = apply_to_open(ctx, documents_now(ctx))

    assert [read(ctx, ticket.id).priority for ticket in made] == [2, 1]
    assert done.undo.params == {"count": 1}


def test_an_imported_log_is_judged_by_the_sites_matrix_of_its_type(ctx, make):
    make.waiting_reason()
    save(ctx, ConfigKind.MATRIX, {**matrix_with(ctx).to_dict(), "by_type": {"incident": [[5, 5, 5]] * 4}})

    report = import_event_log(ctx, SAMPLE, mapping="uci_incident_event_log")

    assert report.priority_as_recorded > 0
    assert report.priority_by_site == 0


def test_a_hole_in_one_types_matrix_is_not_saved_and_names_the_type(ctx):
    before = current_config(ctx, ConfigKind.MATRIX, "site")

    with pytest.raises(BadInput) as refused:
        save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "complaint", (3, 1, None)).to_dict())

    assert refused.value.code == "priority.type_cells_empty"
    assert refused.value.params == {"type": TicketType.COMPLAINT, "cells": [(3, 1)]}
    assert current_config(ctx, ConfigKind.MATRIX, "site") == before

"""Applying service levels to open tickets, on both databases: exact, and past every trap known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.models.entities.ids import ReasonId
from app.models.entities.instants import FAR_FUTURE_MICROS
from app.models.entities.settings import ConfigKind, ReasonDetails
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import WaitingKind
from app.models.entities.whatif import Proposal
from app.services.settings.commands import edit_waiting_reason
from app.services.tickets import commands, queries
from app.services.whatif.queries import documents_now, what_if
from tests.support.site import OFFICE, SLA, set_up_site
from tests.support.whatif_applied import (
    HOUR,
    NINE,
    SOLVED,
    apply,
    execute,
    opened,
    promises,
    row,
    set_due_by_hand,
    stricter_in_force,
    ticket,
    wrong_mirrors,
)
from tests.support.whatif_site import matrix_with, save, stricter, table_with


@pytest.fixture(autouse=True)
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(NINE)


# -- what it does ----------------------------------------------------------------------------------------


def test_open_tickets_get_the_promise_in_force_and_keep_the_time_used(ctx, clock):
    made = opened(ctx)
    clock.advance(HOUR)
    stricter_in_force(ctx)

    done = apply(ctx)

    clocks = queries.ticket_detail(ctx, made.id).clocks
    assert clocks[ClockKind.RESOLUTION].elapsed == HOUR
    assert ticket(ctx, made).resolution_due_at == NINE + 2 * HOUR
    assert ticket(ctx, made).sla_version_id == documents_now(ctx).sla
    assert done.undo.params == {"count": 1}
    assert wrong_mirrors(ctx) == []


def test_the_preview_tells_exactly_what_applying_does(ctx, clock, make):
    reason = make.waiting_reason()
    held = [opened(ctx), opened(ctx, impact=1), opened(ctx, impact=4), opened(ctx, impact=3, urgency=2)]
    held.append(opened(ctx, priority_override=4, override_reason="agreed"))
    commands.set_waiting(ctx, held[0].id, version=1, reason_id=ReasonId(reason.id))
    clock.advance(3 * HOUR)
    commands.resume_work(ctx, held[0].id, version=2)
    matrix, table = matrix_with(ctx, (1, 3, 4), (3, 2, 1)), table_with(stricter)
    foreseen = what_if(ctx, Proposal(matrix=matrix, sla=table))
    save(ctx, ConfigKind.MATRIX, matrix.to_dict())
    save(ctx, ConfigKind.SLA, table.to_dict())

    assert what_if(ctx, Proposal()).open_changes == foreseen.open_changes
    apply(ctx)

    after = {made.id: ticket(ctx, made) for made in held}
    told = {each.ticket_id: (each.priority_after, each.due_after) for each in foreseen.open_changes}
    assert told == {key: (after[key].priority, after[key].resolution_due_at) for key in told}
    assert len(told) == 3
    assert what_if(ctx, Proposal()).open_changes == ()
    assert wrong_mirrors(ctx) == []


def test_a_priority_somebody_set_stays_and_so_does_one_the_matrix_does_not_know(ctx):
    agreed = opened(ctx, priority_override=4, override_reason="agreed")
    present = matrix_with(ctx, (2, 3, 1))
    single = opened(ctx, impact=4)
    smaller = replace(
        present,
        impacts=present.impacts[:3],
        cells={cell: value for cell, value in present.cells.items() if cell[0] < 4},
    )
    save(ctx, ConfigKind.MATRIX, smaller.to_dict())

    apply(ctx)

    assert (ticket(ctx, agreed).priority, ticket(ctx, single).priority) == (4, 4)


def test_a_new_matrix_gives_open_tickets_its_priority_and_the_promise_of_it(ctx):
    made = opened(ctx)
    save(ctx, ConfigKind.MATRIX, matrix_with(ctx, (2, 3, 1)).to_dict())

    apply(ctx)

    assert ticket(ctx, made).priority == 1
    assert ticket(ctx, made).resolution_due_at == NINE + 2 * HOUR
    assert ticket(ctx, made).matrix_version_id == documents_now(ctx).matrix


def test_a_new_calendar_counts_from_now_on_only_for_those_it_is_applied_to(ctx, clock):
    made = opened(ctx)
    clock.advance(HOUR)
    closed = {**OFFICE, "holidays": ["2026-11-18"]}
    save(ctx, ConfigKind.CALENDAR, closed, "office")
    assert ticket(ctx, made).resolution_due_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)

    apply(ctx)

    # The hour used stays used; the other seven begin the next morning.
    assert ticket(ctx, made).resolution_due_at == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)
    assert wrong_mirrors(ctx) == []


def test_without_a_change_nothing_is_written(ctx):
    made = opened(ctx)
    save(ctx, ConfigKind.SLA, SLA)  # a newer version with the same words

    done = apply(ctx)

    assert done.undo is None
    assert (ticket(ctx, made).version, len(promises(ctx, made))) == (1, 1)


def test_resolved_tickets_keep_their_promise(ctx):
    made = opened(ctx)
    commands.resolve(ctx, made.id, version=1, resolution=SOLVED)
    stricter_in_force(ctx)

    assert apply(ctx).undo is None
    assert len(promises(ctx, made)) == 1


# -- traps -----------------------------------------------------------------------------------------------


def test_u1_time_used_is_not_lost_when_levels_are_applied_while_waiting(ctx, clock, make):
    reason = make.waiting_reason()
    made = opened(ctx)
    clock.advance(HOUR)
    commands.set_waiting(ctx, made.id, version=1, reason_id=ReasonId(reason.id))
    clock.advance(HOUR)
    stricter_in_force(ctx)

    apply(ctx)

    clocks = queries.ticket_detail(ctx, made.id).clocks
    assert (clocks[ClockKind.RESOLUTION].elapsed, clocks[ClockKind.RESOLUTION].remaining) == (HOUR, HOUR)
    assert clocks[ClockKind.RESOLUTION].is_paused


def test_u6_a_due_time_set_by_hand_stays(ctx):
    made = opened(ctx)
    locked = NINE + 5 * HOUR
    set_due_by_hand(ctx, made, locked)
    stricter_in_force(ctx)

    apply(ctx)

    assert ticket(ctx, made).resolution_due_at == locked


def test_u10_a_reopened_ticket_keeps_the_time_it_used_and_is_not_begun_again(ctx, clock):
    made = opened(ctx)
    clock.advance(HOUR)
    commands.resolve(ctx, made.id, version=1, resolution=SOLVED)
    clock.advance(HOUR)
    commands.refuse_solution(ctx, made.id, version=2, reason="still drops")
    stricter_in_force(ctx)

    apply(ctx)

    assert queries.ticket_detail(ctx, made.id).clocks[ClockKind.RESOLUTION].elapsed == HOUR
    assert ticket(ctx, made).resolution_due_at == NINE + 3 * HOUR


def test_u20_a_policy_that_is_gone_leaves_no_due_time_behind(ctx):
    made = opened(ctx)
    with_requests_only = table_with(lambda body: body["policies"][0].update(types=["request"]))
    save(ctx, ConfigKind.SLA, with_requests_only.to_dict())
    with ctx.store.read() as read:
        assert read.value("SELECT due_sort FROM ticket") != FAR_FUTURE_MICROS

    apply(ctx)

    columns = "response_due_at, resolution_due_at, first_line_due_at, due_sort, wake_at, sla_version_id"
    assert row(ctx, made, columns) == (None, None, None, FAR_FUTURE_MICROS, 0, None)
    assert queries.ticket_detail(ctx, made.id).clocks == {}
    assert wrong_mirrors(ctx) == []


def test_u20_a_ticket_without_a_policy_is_promised_again_when_there_is_one(ctx):
    made = opened(ctx)
    gone = save(
        ctx, ConfigKind.SLA, table_with(lambda body: body["policies"][0].update(types=["request"])).to_dict()
    )
    apply(ctx)
    gone.undo.run()

    apply(ctx)

    assert ticket(ctx, made).resolution_due_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def test_u20_background_work_looks_at_every_open_ticket_again(ctx):
    made = opened(ctx, impact=4)
    execute(ctx, "UPDATE ticket SET wake_at = 9000000000000000")
    stricter_in_force(ctx)  # nothing changes for P4, but warnings and steps may

    apply(ctx)

    assert row(ctx, made, "wake_at") == (0,)


def test_u21_the_time_of_the_last_change_by_people_stays(ctx, clock):
    made = opened(ctx)
    before = ticket(ctx, made).updated_at
    clock.advance(HOUR)
    stricter_in_force(ctx)

    apply(ctx)

    assert ticket(ctx, made).resolution_due_at == NINE + 2 * HOUR
    assert ticket(ctx, made).updated_at == before


def test_an_edited_waiting_reason_reaches_the_mirrored_times_without_a_new_version(ctx, clock, make):
    reason = make.waiting_reason()
    made = opened(ctx)
    commands.set_waiting(ctx, made.id, version=1, reason_id=ReasonId(reason.id))
    clock.advance(HOUR)
    details = ReasonDetails(
        WaitingKind.USER, reason.code, reason.name, pauses_response=False, pauses_resolution=False
    )
    edit_waiting_reason(ctx, ReasonId(reason.id), details, version=1)
    assert wrong_mirrors(ctx) == [made.id]

    done = apply(ctx)

    assert (done.undo, ticket(ctx, made).version) == (None, 2)
    assert wrong_mirrors(ctx) == []

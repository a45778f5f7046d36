"""What people do to tickets, on both databases: recorded, announced, refused without a trace, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.errors import MergeNeeded, NotAllowed, RuleViolation, StaleRecord
from app.models.entities.events import TicketsChanged
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import (
    Channel,
    Confirmation,
    EventKind,
    NewTicket,
    Resolution,
    TicketStatus,
    TicketType,
)
from app.services.tickets import commands, edit_commands, note_commands, queries
from tests.support.site import set_up_site

CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "VPN drops every 5 minutes", impact=2, urgency=2)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


def opened(ctx, **fields):
    outcome = commands.create_ticket(ctx, replace(CALL, **fields))
    return queries.ticket_detail(ctx, outcome.id)


def read(ctx, ticket_id):
    return queries.ticket_detail(ctx, ticket_id).ticket


# -- registering -----------------------------------------------------------------------------------


def test_a_call_becomes_a_numbered_ticket_with_priority_and_promised_times(ctx, announced):
    detail = opened(ctx)

    assert (detail.ticket.number, detail.ticket.priority) == (1, 2)
    assert detail.ticket.response_due_at == ctx.clock.now() + timedelta(minutes=15)
    assert detail.ticket.resolution_due_at == ctx.clock.now() + timedelta(hours=4)
    assert announced == [TicketsChanged(frozenset({detail.ticket.id}))]


def test_numbers_are_gapless_even_where_a_command_is_refused(ctx):
    opened(ctx)
    with pytest.raises(RuleViolation):
        commands.create_ticket(ctx, replace(CALL, subject="  "))

    assert opened(ctx).ticket.number == 2


def test_a_ticket_taken_on_the_telephone_counts_as_responded(ctx):
    assert opened(ctx).clocks[ClockKind.RESPONSE].met_at == ctx.clock.now()


def test_a_ticket_from_the_web_waits_for_its_response(ctx):
    assert opened(ctx, channel=Channel.WEB).clocks[ClockKind.RESPONSE].met_at is None


def test_the_clock_runs_from_when_the_form_was_opened(ctx):
    began = ctx.clock.now() - timedelta(minutes=3)

    detail = opened(ctx, received_at=began)

    assert detail.ticket.resolution_due_at == began + timedelta(hours=4)


def test_one_operation_id_registers_once(ctx):
    operation = "0123456789abcdef0123456789abcdef"

    first = commands.create_ticket(ctx, CALL, op_id=operation)
    second = commands.create_ticket(ctx, CALL, op_id=operation)

    assert (first.id, first.version) == (second.id, second.version)
    assert queries.ticket_count(ctx, queries.ticket_query(ctx, "")) == (1, True)


def test_overriding_the_matrix_wants_a_reason(ctx):
    with pytest.raises(RuleViolation) as refused:
        commands.create_ticket(ctx, replace(CALL, priority_override=1))

    assert refused.value.code == "priority.reason_missing"


def test_without_the_right_nothing_is_registered_and_the_refusal_says_who_may(ctx, make):
    make.role("tickets.create", name="Hotline engineer")
    viewer = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"tickets.read"})))

    with pytest.raises(NotAllowed) as refused:
        commands.create_ticket(viewer, CALL)

    assert refused.value.params["who"] == ["Hotline engineer"]
    assert queries.ticket_count(ctx, queries.ticket_query(ctx, "")) == (0, True)


def test_solve_now_registers_solves_confirms_and_closes_in_one_go(ctx):
    outcome = commands.solve_new(ctx, CALL, SOLVED)

    detail = queries.ticket_detail(ctx, outcome.id)
    kinds = [event.kind for event in detail.events if event.kind is not EventKind.PROMISED]
    assert detail.ticket.status is TicketStatus.CLOSED
    assert detail.ticket.is_first_contact
    assert kinds == [
        EventKind.CREATED,
        EventKind.SOLUTION,
        EventKind.STATUS,
        EventKind.CONFIRMATION,
        EventKind.STATUS,
    ]
    assert len({event.batch for event in detail.events}) == 1


# -- states, gates, clocks -------------------------------------------------------------------------


def test_assigning_without_a_category_is_refused_and_leaves_no_trace(ctx, make, announced):
    detail = opened(ctx)
    team = make.team()
    announced.clear()

    with pytest.raises(RuleViolation) as refused:
        commands.assign_to(ctx, detail.ticket.id, version=detail.ticket.version, team_id=team.id)

    assert refused.value.params["missing"] == ("category_id",)
    assert queries.ticket_detail(ctx, detail.ticket.id).events == detail.events
    assert announced == []


def test_assigning_takes_the_categorys_team_where_none_is_named(ctx, make):
    team = make.team(line=2)
    category = make.category(default_team_id=team)
    ticket = opened(ctx, category_id=category.id).ticket

    commands.assign_to(ctx, ticket.id, version=ticket.version, team_id=None)

    assert read(ctx, ticket.id).team_id == team.id
    assert read(ctx, ticket.id).status is TicketStatus.ASSIGNED


def test_sending_a_ticket_to_the_second_line_stops_the_first_line_box(ctx, make):
    team = make.team(line=2)
    ticket = opened(ctx, category_id=make.category().id).ticket
    ctx.clock.advance(timedelta(minutes=20))

    commands.assign_to(ctx, ticket.id, version=ticket.version, team_id=team.id)

    clock = queries.ticket_detail(ctx, ticket.id).clocks[ClockKind.FIRST_LINE]
    assert (clock.elapsed, clock.breached_at) == (timedelta(minutes=20), None)


def test_waiting_stops_the_resolution_clock_and_resuming_lets_it_go_on(ctx, make):
    reason = make.waiting_reason()
    ticket = opened(ctx).ticket
    ctx.clock.advance(timedelta(hours=1))
    waiting = commands.set_waiting(ctx, ticket.id, version=ticket.version, reason_id=reason.id)
    assert read(ctx, ticket.id).is_paused
    ctx.clock.advance(timedelta(hours=5))

    commands.resume_work(ctx, ticket.id, version=waiting.version)

    assert read(ctx, ticket.id).resolution_due_at == ctx.clock.now() + timedelta(hours=3)


def test_resolving_without_cause_or_knowledge_names_what_is_missing(ctx):
    ticket = opened(ctx).ticket

    with pytest.raises(RuleViolation) as refused:
        commands.resolve(ctx, ticket.id, Resolution("done", ""), version=ticket.version)

    assert refused.value.params["missing"] == ("cause_code", "article_id")


def test_a_refused_solution_brings_the_ticket_back_with_its_clock(ctx):
    ticket = opened(ctx).ticket
    ctx.clock.advance(timedelta(hours=1))
    resolved = commands.resolve(ctx, ticket.id, SOLVED, version=ticket.version)
    ctx.clock.advance(timedelta(days=1))

    commands.refuse_solution(ctx, ticket.id, version=resolved.version, reason="Still drops")

    after = read(ctx, ticket.id)
    assert (after.status, after.reopened_count) == (TicketStatus.IN_PROGRESS, 1)
    assert after.resolution_due_at == ctx.clock.now() + timedelta(hours=3)


def test_closing_records_who_confirmed_and_how(ctx):
    ticket = opened(ctx).ticket
    resolved = commands.resolve(ctx, ticket.id, SOLVED, version=ticket.version)

    commands.confirm_and_close(ctx, ticket.id, version=resolved.version, channel=Channel.PHONE)

    assert read(ctx, ticket.id).confirmation is Confirmation.CONFIRMED
    assert read(ctx, ticket.id).closed_at == ctx.clock.now()


def test_reopening_after_the_window_is_refused(ctx):
    closed = commands.solve_new(ctx, CALL, SOLVED)
    ctx.clock.advance(timedelta(days=15))

    with pytest.raises(RuleViolation) as refused:
        commands.reopen(ctx, closed.id, version=closed.version, reason="It is back")

    assert refused.value.code == "tickets.reopen_window_over"


def test_a_ticket_is_cancelled_with_a_reason_never_deleted(ctx):
    ticket = opened(ctx).ticket

    with pytest.raises(RuleViolation):
        commands.cancel(ctx, ticket.id, version=ticket.version, reason=" ")
    commands.cancel(ctx, ticket.id, version=ticket.version, reason="Called by mistake")

    assert read(ctx, ticket.id).status is TicketStatus.CANCELLED


# -- two people at once ----------------------------------------------------------------------------


def test_the_second_writer_of_a_move_is_refused(ctx):
    ticket = opened(ctx).ticket
    commands.start_work(ctx, ticket.id, version=ticket.version)

    with pytest.raises(StaleRecord):
        commands.cancel(ctx, ticket.id, version=ticket.version, reason="gone")


def test_different_fields_changed_at_once_are_merged_silently(ctx, other_ctx):
    ticket = opened(ctx).ticket
    edit_commands.edit_ticket(
        other_ctx,
        ticket.id,
        version=ticket.version,
        changes={"location": "Building 3"},
        base={"location": ""},
    )

    edit_commands.edit_ticket(
        ctx,
        ticket.id,
        version=ticket.version,
        changes={"subject": "VPN drops hourly"},
        base={"subject": CALL.subject},
    )

    after = read(ctx, ticket.id)
    assert (after.subject, after.location) == ("VPN drops hourly", "Building 3")


def test_the_same_field_changed_at_once_asks_and_saves_nothing(ctx, other_ctx):
    ticket = opened(ctx).ticket
    base = {"subject": CALL.subject}
    edit_commands.edit_ticket(
        other_ctx, ticket.id, version=ticket.version, changes={"subject": "Theirs"}, base=base
    )

    with pytest.raises(MergeNeeded) as asked:
        edit_commands.edit_ticket(
            ctx, ticket.id, version=ticket.version, changes={"subject": "Mine"}, base=base
        )

    (conflict,) = asked.value.params["conflicts"]
    assert (conflict.base, conflict.theirs, conflict.mine) == (CALL.subject, "Theirs", "Mine")
    assert read(ctx, ticket.id).subject == "Theirs"


def test_notes_never_conflict(ctx, other_ctx):
    ticket = opened(ctx).ticket

    note_commands.add_note(other_ctx, ticket.id, "Tried a new cable")
    note_commands.add_note(ctx, ticket.id, "Called back")

    texts = [event.new for event in queries.ticket_detail(ctx, ticket.id).events]
    assert texts[-2:] == ["Tried a new cable", "Called back"]


# -- editing, priority, undo, many -----------------------------------------------------------------


def test_a_graver_impact_raises_the_priority_and_keeps_the_time_used(ctx):
    ticket = opened(ctx).ticket
    ctx.clock.advance(timedelta(minutes=30))

    edit_commands.edit_ticket(
        ctx, ticket.id, version=ticket.version, changes={"impact": 1}, base={"impact": 2}
    )

    after = read(ctx, ticket.id)
    assert after.priority == 1
    assert after.resolution_due_at == ctx.clock.now() + timedelta(minutes=90)


def test_an_action_taken_back_restores_state_and_clocks_and_can_be_redone(ctx):
    ticket = opened(ctx).ticket
    resolved = commands.resolve(ctx, ticket.id, SOLVED, version=ticket.version)

    taken_back = resolved.undo.run()
    undone = read(ctx, ticket.id)
    taken_back.undo.run()

    assert (undone.status, undone.solution, undone.resolved_at) == (TicketStatus.NEW, "", None)
    assert undone.resolution_due_at == ticket.resolution_due_at
    assert read(ctx, ticket.id).status is TicketStatus.RESOLVED
    assert read(ctx, ticket.id).solution == SOLVED.solution


def test_undo_refuses_once_somebody_else_saved(ctx, other_ctx):
    ticket = opened(ctx).ticket
    done = commands.start_work(ctx, ticket.id, version=ticket.version)
    note_commands.add_note(other_ctx, ticket.id, "meanwhile")

    with pytest.raises(StaleRecord):
        done.undo.run()


def test_a_bulk_change_saves_what_it_can_and_names_the_rest(ctx, make):
    team = make.team()
    category = make.category()
    good = opened(ctx, category_id=category.id).ticket
    without_category = opened(ctx).ticket
    changed = opened(ctx, category_id=category.id).ticket
    note_commands.add_note(ctx, changed.id, "changed meanwhile")
    seen = tuple((ticket.id, ticket.version) for ticket in (good, without_category, changed))

    outcome = edit_commands.assign_many(ctx, seen, team_id=team.id)

    assert outcome.skipped == {without_category.id: "tickets.gate", changed.id: "store.stale"}
    assert read(ctx, good.id).team_id == team.id
    outcome.undo.run()
    assert read(ctx, good.id).team_id is None


# -- files, links, search --------------------------------------------------------------------------


def test_a_file_is_kept_under_a_harmless_name(ctx):
    ticket = opened(ctx).ticket

    note_commands.attach_file(
        ctx, ticket.id, name="..\\..\\evil\u202egnp.exe", media_type="image/png", body=b"bytes"
    )

    (file,) = queries.ticket_detail(ctx, ticket.id).attachments
    assert file.name == "evilgnp.exe"
    assert queries.attachment_body(ctx, file.id) == b"bytes"


def test_links_are_seen_from_both_sides(ctx):
    first, second = opened(ctx).ticket, opened(ctx).ticket

    note_commands.link_tickets(ctx, first.id, second.id)

    assert [link.id for link in queries.ticket_detail(ctx, second.id).links] == [first.id]


def test_every_word_is_found_in_the_transaction_that_wrote_it(ctx):
    ticket = opened(ctx, subject="打印机卡纸无法打印").ticket
    note_commands.add_note(ctx, ticket.id, "replaced the fuser unit")

    found = [
        [row.id for row in queries.ticket_page(ctx, queries.ticket_query(ctx, words))]
        for words in ("打印", "卡纸", "fuser", "打印机 unit", "扫描")
    ]

    assert found == [[ticket.id]] * 4 + [[]]

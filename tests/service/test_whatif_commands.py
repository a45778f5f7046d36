"""Applying service levels to open tickets, on both databases: chosen, told, exact, taken back."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.events import NoticesChanged, TicketsChanged
from app.models.entities.ids import PersonId, ReasonId
from app.models.entities.instants import FAR_FUTURE_MICROS
from app.models.entities.notices import NoticeKind
from app.models.entities.settings import ConfigKind, ReasonDetails
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, EventKind, NewTicket, Resolution, TicketType, WaitingKind
from app.models.entities.whatif import Proposal
from app.models.store import Operation
from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.progress import Cancelled
from app.services.settings.commands import edit_waiting_reason
from app.services.settings.current import load_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import fold
from app.services.tickets import commands, edit_commands, queries
from app.services.tickets.loading import load_events, load_ticket
from app.services.tickets.recording import cached_columns
from app.services.whatif import applying
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import documents_now, what_if
from tests.support.site import OFFICE, SLA, set_up_site
from tests.support.whatif_site import matrix_with, save, stricter, table_with

CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "VPN drops every 5 minutes", impact=2, urgency=3)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)
HOUR = timedelta(hours=1)
NINE = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # Wednesday, 09:00 in Shanghai


@pytest.fixture(autouse=True)
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(NINE)


def opened(ctx, **fields):
    return commands.create_ticket(ctx, replace(CALL, **fields))


def ticket(ctx, made):
    return queries.ticket_detail(ctx, made.id).ticket


def apply(ctx, **more):
    return apply_to_open(ctx, documents_now(ctx), **more)


def stricter_in_force(ctx):
    save(ctx, ConfigKind.SLA, table_with(stricter).to_dict())


def row(ctx, made, columns):
    with ctx.store.read() as read:
        return read.one(f"SELECT {columns} FROM ticket WHERE id = ?", (made.id,))


def notices(ctx):
    with ctx.store.read() as read:
        rows = read.rows("SELECT person_id, kind, ticket_id, body FROM notice ORDER BY person_id")
    applied = NoticeKind.PROMISES_CHANGED.value
    return [(row[0], row[2], json.loads(row[3])) for row in rows if row[1] == applied]


def promises(ctx, made):
    with ctx.store.read() as read:
        return [each for each in load_events(read, made.id) if each.kind is EventKind.PROMISED]


def wrong_mirrors(ctx):
    """Tickets whose columns are not what their log says: must be none, ever."""
    wrong = []
    with ctx.store.read() as read:
        site, ids = load_config(read), [each[0] for each in read.rows("SELECT id FROM ticket ORDER BY id")]
        for ticket_id in ids:
            held = load_ticket(read, ticket_id)
            clocks = fold(load_events(read, ticket_id), site.calendars, ctx.clock.now(), fold_settings(site))
            columns = cached_columns(clocks, held.status, held.priority, site.sla.rises)
            names = ("response_due_at", "resolution_due_at", "first_line_due_at", "is_paused", "due_sort")
            found = read.one(f"SELECT {', '.join(names)} FROM ticket WHERE id = ?", (ticket_id,))
            if [int(value) if isinstance(value, bool) else value for value in found] != [
                columns[name] for name in names
            ]:
                wrong.append(ticket_id)
    return wrong


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
    _lock(ctx, made, locked)
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
    _set(ctx, "UPDATE ticket SET wake_at = 9000000000000000")
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


# -- guards ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("changed", [ConfigKind.MATRIX, ConfigKind.SLA, ConfigKind.CALENDAR])
def test_levels_that_changed_since_they_were_seen_are_not_applied(ctx, changed):
    made = opened(ctx)
    seen = documents_now(ctx)
    bodies = {
        ConfigKind.MATRIX: (matrix_with(ctx, (2, 3, 1)).to_dict(), "site"),
        ConfigKind.SLA: (table_with(stricter).to_dict(), "site"),
        ConfigKind.CALENDAR: (OFFICE, "office"),
    }
    save(ctx, changed, *bodies[changed])

    with pytest.raises(RuleViolation) as refused:
        apply_to_open(ctx, seen)

    assert refused.value.code == "whatif.levels_changed"
    assert ticket(ctx, made).version == 1


def test_applying_is_for_those_who_may_edit_settings(ctx):
    agent = Actor(None, "agent", frozenset({"settings.read"}), "PC-1")

    with pytest.raises(NotAllowed):
        apply_to_open(ctx.acting_as(agent), documents_now(ctx))


def test_applying_that_is_stopped_leaves_no_trace(ctx, monkeypatch):
    monkeypatch.setattr("app.services.whatif.commands.AT_ONCE", 1)
    held = [opened(ctx) for _ in range(3)]
    stricter_in_force(ctx)

    class Stop:
        def report(self, done: int, total: int) -> None:
            if done == 2:
                raise Cancelled

    with pytest.raises(Cancelled):
        apply(ctx, progress=Stop())

    assert [ticket(ctx, made).version for made in held] == [1, 1, 1]


def test_a_ticket_saved_in_between_is_looked_at_again(ctx, monkeypatch):
    made = opened(ctx)
    stricter_in_force(ctx)
    real, seen = applying.load_tickets, []

    def read_too_early(tx, ids):
        found = real(tx, ids)
        seen.append(ids)
        return found if len(seen) > 1 else [replace(each, version=each.version - 1) for each in found]

    monkeypatch.setattr(applying, "load_tickets", read_too_early)

    apply(ctx)

    assert seen == [[made.id], [made.id]]
    assert len(promises(ctx, made)) == 2
    assert wrong_mirrors(ctx) == []


# -- told and taken back ---------------------------------------------------------------------------------


def test_owners_and_assignees_of_changed_tickets_are_told_once_and_whoever_did_it_is_not(
    ctx, make, announced
):
    owner, assignee, admin = (make.agent() for _ in range(3))
    as_owner = ctx.acting_as(Actor(PersonId(owner.id), "owner", ALL_PERMISSIONS, "PC-1"))
    as_admin = ctx.acting_as(Actor(PersonId(admin.id), "admin", ALL_PERMISSIONS, "PC-2"))
    first, second = opened(as_owner, assignee_id=PersonId(assignee.id)), opened(as_owner)
    opened(as_admin)
    opened(ctx.acting_as(Actor(PersonId(make.agent().id), "other", ALL_PERMISSIONS, "PC-3")), impact=4)
    stricter_in_force(ctx)
    announced.clear()

    apply(as_admin, note="agreed with the customer")

    body = {"by": admin.id, "note": "agreed with the customer"}
    assert notices(ctx) == [
        (owner.id, None, {**body, "count": 2}),
        (assignee.id, first.id, {**body, "count": 1}),
    ]
    assert NoticesChanged(frozenset({owner.id, assignee.id})) in announced
    changed = [event for event in announced if isinstance(event, TicketsChanged)]
    assert {first.id, second.id} < set(changed[0].ids)


def test_taken_back_tickets_have_their_priority_and_promise_again_and_done_again_the_new(ctx, clock):
    save(ctx, ConfigKind.MATRIX, matrix_with(ctx, (2, 3, 2)).to_dict())
    made = opened(ctx)
    before = ticket(ctx, made)
    clock.advance(HOUR)
    save(ctx, ConfigKind.MATRIX, matrix_with(ctx, (2, 3, 1)).to_dict())
    done = apply(ctx)
    assert ticket(ctx, made).priority == 1

    redo = done.undo.run()

    back = ticket(ctx, made)
    assert (back.priority, back.resolution_due_at) == (before.priority, before.resolution_due_at)
    assert (back.sla_version_id, back.matrix_version_id) == (before.sla_version_id, before.matrix_version_id)
    assert wrong_mirrors(ctx) == []

    redo.undo.run()
    assert ticket(ctx, made).priority == 1


def test_a_ticket_that_was_promised_nothing_before_is_promised_nothing_again(ctx):
    made = opened(ctx, type=TicketType.REQUEST)
    _set(ctx, "DELETE FROM ticket_event WHERE kind = 'promised'")
    done = apply(ctx)
    assert ticket(ctx, made).resolution_due_at is not None

    done.undo.run()

    assert ticket(ctx, made).resolution_due_at is None
    assert queries.ticket_detail(ctx, made.id).clocks == {}


def test_taking_back_leaves_tickets_alone_that_somebody_saved_since(ctx):
    kept, edited = opened(ctx), opened(ctx)
    stricter_in_force(ctx)
    done = apply(ctx)
    edit_commands.edit_ticket(
        ctx, edited.id, version=2, changes={"location": "Hall 4"}, base={"location": ""}
    )

    redo = done.undo.run()

    assert redo.skipped == {edited.id: "store.stale"}
    assert ticket(ctx, edited).resolution_due_at == NINE + 2 * HOUR
    assert ticket(ctx, kept).resolution_due_at == datetime(2026, 11, 18, 10, 0, tzinfo=UTC)


def _lock(ctx, made, until):
    """A due time set by hand, as its command writes it down."""
    _set(
        ctx,
        "INSERT INTO ticket_event (ticket_id, at, kind, field, new) VALUES (?, ?, 'changed', ?, ?)",
        (made.id, int(NINE.timestamp()) * 1_000_000, "resolution_due_at", until.isoformat()),
    )


def _set(ctx, text, parameters=()):
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.execute(text, parameters))

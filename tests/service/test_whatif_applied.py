"""Applying service levels to open tickets, on both databases: guarded, told, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.events import NoticesChanged, TicketsChanged
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros
from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import TicketType
from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.progress import Cancelled
from app.services.tickets import edit_commands, queries
from app.services.whatif import applying
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import documents_now
from tests.support.site import OFFICE, set_up_site
from tests.support.whatif_applied import (
    HOUR,
    NINE,
    apply,
    execute,
    notices,
    opened,
    promises,
    stricter_in_force,
    ticket,
    wrong_mirrors,
)
from tests.support.whatif_site import matrix_with, save, stricter, table_with, target_of


@pytest.fixture(autouse=True)
def site(ctx, clock):
    set_up_site(ctx)
    clock.set(NINE)


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


ELEVEN_AT_NIGHT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
SEVEN_IN_THE_MORNING = datetime(2026, 11, 18, 23, 0, tzinfo=UTC)


def stricter_for_p1_and_p4(body):
    target_of(body, 1)["resolution"] = "1 h"
    target_of(body, 4)["resolution"] = "2 d"  # of which at 23:00 so little is used that nothing has risen


def at_night(ctx, clock, make, **levels):
    """A ticket that stricter levels are about to be applied to at 23:00, by the shipped rules; whose."""
    owner = make.agent(teams=(make.team(),))
    opened(ctx.acting_as(Actor(PersonId(owner.id), "owner", ALL_PERMISSIONS, "PC-1")), **levels)
    save(ctx, ConfigKind.SLA, table_with(stricter_for_p1_and_p4).to_dict())
    clock.set(ELEVEN_AT_NIGHT)
    return owner


def shown(ctx):
    with ctx.store.read() as read:
        rows = read.rows("SELECT person_id, show_at FROM notice WHERE kind = 'promises_changed'")
    return [(row[0], from_micros(row[1])) for row in rows]


def test_u22_nobody_is_disturbed_at_night_by_levels_that_are_applied(ctx, clock, make):
    owner = at_night(ctx, clock, make, impact=4)

    apply(ctx)

    assert shown(ctx) == [(owner.id, SEVEN_IN_THE_MORNING)]


def test_u22_a_ticket_grave_enough_is_told_at_night_too(ctx, clock, make):
    owner = at_night(ctx, clock, make, impact=1, urgency=1)

    apply(ctx)

    assert shown(ctx) == [(owner.id, ELEVEN_AT_NIGHT)]


def test_u22_whoever_is_at_work_is_told_at_night_too(ctx, clock, make):
    owner = at_night(ctx, clock, make, impact=4)
    night = make.shift_template("N", start_minute=20 * 60, duration_minute=12 * 60)
    make.assignment(owner, date(2026, 11, 18), night)

    apply(ctx)

    assert shown(ctx) == [(owner.id, ELEVEN_AT_NIGHT)]


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
    execute(ctx, "DELETE FROM ticket_event WHERE kind = 'promised'")
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

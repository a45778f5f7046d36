"""How background work tells: quiet hours, storms, and what cannot be looked at."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.errors import RuleViolation
from app.models.entities.instants import to_micros
from app.models.entities.tickets import EventKind, Resolution
from app.services.background import doing_commands, queries, runner
from app.services.background.runner import BackgroundWork
from app.services.tickets import (
    note_commands,
)
from tests.support.watched_site import DEFAULT_STEPS, Desk, desk_with_people

FRIDAY = date(2026, 11, 20)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


# -- quiet hours and storms ------------------------------------------------------------------------


def _at_night(desk: Desk) -> datetime:
    """23:00 in Shanghai on Friday."""
    desk.ctx.clock.set(datetime(2026, 11, 20, 13, 0, tzinfo=UTC))
    return datetime(2026, 11, 20, 23, 0, tzinfo=UTC)  # 7:00 on Saturday


def test_u22_nobody_is_disturbed_at_night_unless_the_priority_asks_for_it(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=0, storm_count=0)
    morning = _at_night(desk)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(morning)]


def test_u22_a_priority_that_is_spared_is_told_at_once(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=2, storm_count=0)
    _at_night(desk)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(desk.ctx.clock.now())]


def test_u22_whoever_is_on_duty_is_told_at_once(desk):
    desk.escalation(*DEFAULT_STEPS, quiet_from=1320, quiet_until=420, quiet_spares=0, storm_count=0)
    _at_night(desk)
    desk.on_shift(desk.owner, FRIDAY, hour=20, hours=12, leads=False)
    desk.opened()

    desk.later(hours=2)

    assert desk.shown() == [to_micros(desk.ctx.clock.now())]


def test_many_steps_at_once_are_told_as_one(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(12):
        desk.opened()

    desk.later(hours=2)

    assert desk.told(desk.owner) == [("storm", {"count": 12})]


def test_a_storm_that_goes_on_grows_instead_of_repeating_itself(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(6):
        desk.opened()
    desk.ctx.clock.advance(timedelta(minutes=1))
    for _ in range(6):
        desk.opened()

    desk.later(hours=1, minutes=59)
    desk.later(minutes=1)

    assert desk.told(desk.owner) == [("storm", {"count": 12})]


def test_fewer_than_a_storm_are_told_one_by_one(desk):
    desk.escalation(*DEFAULT_STEPS, storm_count=5, storm_minutes=10)
    for _ in range(4):
        desk.opened()

    desk.later(hours=2)

    assert desk.kinds(desk.owner) == ["warned"] * 4


# -- what cannot be looked at ----------------------------------------------------------------------


def test_one_ticket_that_cannot_be_looked_at_harms_no_other(desk, expect_log):
    expect_log("could not be looked at")
    expect_log("stored times of 1 tickets were wrong")
    good, bad = desk.opened(), desk.opened()
    promise = {"policy": "x", "priority": 2, "calendar": "gone", "allowed": {"resolution": 60}}
    desk.write(
        lambda tx: tx.execute(
            "UPDATE ticket_event SET detail = ? WHERE ticket_id = ? AND kind = 'promised'",
            (json.dumps(promise), bad.id),
        )
    )

    report = desk.later(hours=2)

    assert (report.put_off, desk.kinds(desk.owner)) == (1, ["warned"])
    assert desk.column(bad.id, "wake_at") == to_micros(desk.ctx.clock.now() + timedelta(hours=1))
    assert desk.column(good.id, "wake_at") is not None


def test_one_ticket_that_cannot_be_written_harms_no_other(desk, expect_log, monkeypatch):
    expect_log("could not be looked at")
    tickets = [desk.opened() for _ in range(3)]
    bad = tickets[1].id
    carry_out = doing_commands._carry_out

    def refused(tx, site, plan, fired):
        if plan.ticket.id == bad:
            raise RuleViolation("tickets.gate")
        return carry_out(tx, site, plan, fired)

    monkeypatch.setattr(doing_commands, "_carry_out", refused)

    report = desk.later(hours=2)

    assert (report.put_off, report.fired, report.doubled) == (1, 2, 0)
    assert [row[0] for row in desk.rows("SELECT ticket_id FROM escalation ORDER BY ticket_id")] == [
        tickets[0].id,
        tickets[2].id,
    ]


def test_a_ticket_saved_meanwhile_is_left_to_the_next_look(desk, monkeypatch):
    ticket = desk.opened()
    desk.ctx.clock.advance(timedelta(hours=2))
    read = queries.plans_for

    def read_then_saved(ctx, ids):
        plans = read(ctx, ids)
        note_commands.add_note(desk.agent, ticket.id, "meanwhile")
        return plans

    monkeypatch.setattr(queries, "plans_for", read_then_saved)
    desk.work.tick()
    assert desk.told() == []
    monkeypatch.undo()

    desk.work.tick()

    assert desk.kinds(desk.owner) == ["warned"]


def test_thousands_of_due_tickets_are_done_in_rounds(desk, monkeypatch):
    monkeypatch.setattr(runner, "MOST", 4)
    desk.work.tick()
    for _ in range(6):
        desk.opened()

    first, second = desk.work.tick(), desk.work.tick()

    assert (first.looked_at, first.is_more, second.looked_at, second.is_more) == (4, True, 2, False)


def test_the_program_acts_not_who_is_signed_in(desk):
    ticket = desk.opened()
    viewer = desk.ctx.acting_as(replace(desk.agent.actor, permissions=frozenset({"tickets.read"})))
    desk.ctx.clock.advance(timedelta(hours=3))

    BackgroundWork(viewer, holder="PC-09#x").tick()

    (line,) = [event for event in desk.events(ticket.id) if event.kind is EventKind.ESCALATED]
    assert line.actor_id is None

"""`escalation`: the steps in force, and one ticket's past and future, on both databases."""

from __future__ import annotations

import json

import pytest

from app.services.tickets import commands
from tests.support.command_line import say
from tests.support.watched_site import DEFAULT_STEPS, Desk, desk_with_people


@pytest.fixture
def desk(ctx, make) -> Desk:
    return desk_with_people(ctx, make)


def test_the_steps_in_force_are_told_with_quiet_hours_and_storms(desk):
    desk.escalation(
        {"percent": 75, "recipients": ["owner", "assignee"]},
        {"percent": 90, "clock": "response", "to_next_line": True, "types": ["incident"], "mildest": 2},
        quiet_from=1320,
        quiet_until=420,
        quiet_spares=2,
        storm_count=5,
        storm_minutes=10,
    )

    code, text, _ = say(desk.ctx, "escalation")

    assert code == 0
    assert [" ".join(line.split()) for line in text.splitlines()] == [
        "Resolution 75 % Owner, Assignee",
        "Response 90 % to the next line Incident, down to P2",
        "Quiet hours 22:00–07:00; P1 to P2 are told all the same",
        "5 steps for one person within 10 minutes are told as one",
    ]


def test_without_a_step_it_says_so(desk):
    desk.escalation()

    assert say(desk.ctx, "escalation")[1].startswith("no step is in force")


def test_the_steps_are_printed_for_programs(desk):
    code, text, _ = say(desk.ctx, "escalation", "--json")

    assert code == 0
    assert [step["percent"] for step in json.loads(text)["steps"]] == [
        step["percent"] for step in DEFAULT_STEPS
    ]


def test_a_ticket_tells_what_fired_and_what_comes_next(desk):
    ticket = desk.opened()
    desk.later(minutes=185)  # 77 % of four hours

    _, text, _ = say(desk.ctx, "escalation", "--ticket", str(ticket.number))

    done, _, ahead = text.partition("Next, if nothing happens before:")
    assert f"#{ticket.number} {ticket.subject}" in done
    assert "Resolution 75 % escalation step" in done
    assert [" ".join(line.split()) for line in ahead.splitlines() if "escalation step" in line] == [
        "2026-11-20 21:36 Resolution 90 % escalation step",
        "2026-11-20 22:00 Resolution 100 % escalation step",
        "2026-11-21 00:00 Resolution 150 % escalation step",
    ]


def test_what_is_told_ahead_is_what_the_background_work_does(desk):
    ticket = desk.opened()
    _, before, _ = say(desk.ctx, "escalation", "--ticket", str(ticket.number), "--json")
    desk.each(minutes=6, times=70)
    _, after, _ = say(desk.ctx, "escalation", "--ticket", str(ticket.number), "--json")

    foreseen = [(step["step"], step["due_at"]) for step in json.loads(before)["ahead"]]
    told = [step for step in json.loads(after)["fired"] if step["state"] == "fired"]
    assert sorted((step["step"], step["due_at"]) for step in told) == sorted(foreseen)
    assert len(foreseen) > 3
    assert json.loads(after)["ahead"] == []


def test_a_ticket_that_is_over_expects_nothing(desk):
    ticket = desk.opened()
    commands.cancel(desk.agent, ticket.id, version=ticket.version, reason="withdrawn")

    _, text, _ = say(desk.ctx, "escalation", "--ticket", str(ticket.number))

    assert text.endswith("Next, if nothing happens before:\n  nothing\n")


def test_a_ticket_that_is_not_there_fails(desk):
    assert say(desk.ctx, "escalation", "--ticket", "99") == (1, "", "tickets.number_not_found\n")


def test_it_is_told_in_chinese(desk):
    ticket = desk.opened()
    desk.later(minutes=185)

    _, text, _ = say(desk.ctx, "escalation", "--ticket", str(ticket.number), language="zh_CN")

    assert "解决 75 % 升级步骤" in " ".join(text.split())

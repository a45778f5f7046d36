"""`leave`, `swap` and `roster ics` on the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from app.services.leave import commands, swap_commands
from tests.support.changing_places import MONDAY, places
from tests.support.command_line import say

THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


def test_leave_is_asked_for_listed_and_approved(desk):
    asked = say(desk.ctx, "leave", "ask", "Wang Fang", "V", "23", "+1", "--reason", "Family visit")
    listed = say(desk.ctx, "leave", "list")
    approved = say(desk.ctx, "leave", "approve", asked[1].strip())

    assert (asked[0], listed[0], approved[0]) == (0, 1, 0)
    assert "Wang Fang  V  2026-11-23..2026-11-24  Family visit" in listed[1]
    assert desk.cells()["Wang Fang", "Tue"] == "V"


def test_an_absence_is_recorded_and_withdrawn(desk):
    recorded = say(desk.ctx, "leave", "record", "Wang Fang", "V", "23", "--reason", "Ill")
    during = desk.cells()["Wang Fang", "Mon"]

    say(desk.ctx, "leave", "withdraw", recorded[1].strip())

    assert (during, desk.cells()["Wang Fang", "Mon"]) == ("V", "D")


def test_refusing_needs_a_reason(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    code, _out, _err = say(desk.ctx, "leave", "refuse", str(asked.id), "--reason", "Too few people")

    assert code == 0
    assert json.loads(say(desk.ctx, "--json", "leave", "list")[1])[0]["decision_note"] == "Too few people"


def test_a_swap_is_offered_judged_and_approved(desk):
    offered = say(desk.ctx, "swap", "ask", "Wang Fang", "23", "--to", "Li Na", "--for", "26")
    effect = say(desk.ctx, "swap", "effect", "Wang Fang", "23", "--to", "Li Na", "--for", "26")
    approved = say(desk.ctx, "swap", "approve", offered[1].strip())

    assert (offered[0], effect[0], approved[0]) == (0, 0, 0)
    assert "Fairness " in effect[1]
    assert desk.cells()["Li Na", "Mon"] == "D"


def test_a_shift_is_taken_and_put_back(desk):
    taken = say(desk.ctx, "swap", "take", "Wang Fang", "23", "--to", "Li Na", "--reason", "Wang is ill")
    during = desk.cells()["Li Na", "Mon"]

    say(desk.ctx, "swap", "take-back", taken[1].strip())

    assert (during, desk.cells()["Wang Fang", "Mon"]) == ("D", "D")


def test_swaps_are_listed_as_json(desk):
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li, THURSDAY))

    code, out, _err = say(desk.ctx, "--json", "swap", "list")

    (found,) = json.loads(out)
    assert code == 1
    assert (found["asker_name"], found["state"], found["other_date"]) == ("Wang Fang", "asked", "2026-11-26")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("leave", "ask", "Nobody", "V", "23", "--reason", "x"), "duty.person_unknown"),
        (("leave", "ask", "Wang Fang", "D", "23", "--reason", "x"), "leave.not_an_absence"),
        (("leave", "ask", "Wang Fang", "V", "soon", "--reason", "x"), "leave.dates_unread"),
        (("leave", "approve", "99"), "leave.not_found"),
        (("swap", "approve", "99"), "swap.not_found"),
        (("roster", "ics", "Nobody", "2026-11"), "duty.person_unknown"),
        (("roster", "ics", "Wang Fang", "2026-13"), "roster.month_bad"),
    ],
)
def test_what_cannot_be_done_is_told(desk, line, code):
    status, _out, err = say(desk.ctx, *line)

    assert (status, err.strip()) == (1, code)


def test_a_months_shifts_are_printed_or_written_as_a_calendar_file(desk, tmp_path):
    printed = say(desk.ctx, "roster", "ics", "Wang Fang", "2026-11")
    say(desk.ctx, "roster", "ics", "Wang Fang", "2026-11", "--out", str(tmp_path / "wang.ics"))

    assert printed[1].count("BEGIN:VEVENT") == 3
    assert (tmp_path / "wang.ics").read_bytes().count(b"BEGIN:VEVENT") == 3


def test_a_month_without_shifts_ends_with_one(desk):
    assert say(desk.ctx, "roster", "ics", "Chen Jie", "2026-11")[0] == 1

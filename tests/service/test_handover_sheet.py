"""The sheet of a shift: what it finds, and what a second look keeps, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.events import HandoverChanged
from app.models.entities.handover import LineState, Section
from app.models.entities.tickets import EventKind, TicketStatus, TicketType
from app.services.base.clock import FixedClock
from app.services.handover import commands
from app.services.roster import commands as roster_commands
from tests.support.handovers import (
    BEFORE_CHANGE,
    FRIDAY,
    HandoverDesk,
    handover_desk,
    line_of,
)
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


def sections(handover) -> dict[str, Section]:
    return {line.reference: line.section for line in handover.lines}


def test_the_sheet_writes_itself_section_by_section(desk, make):
    grave = make.ticket(priority=2, subject="Mail is down")
    make.event(grave, EventKind.NOTE, new="Vendor called, case 4711")
    late = make.ticket(due_in=timedelta(hours=-1))
    due = make.ticket(due_in=timedelta(hours=3))
    promised = make.ticket(promised_at=BEFORE_CHANGE + timedelta(minutes=30))
    handed_on = make.ticket(status=TicketStatus.ASSIGNED)
    complaint = make.ticket(type=TicketType.COMPLAINT)
    make.ticket(due_in=timedelta(days=3))
    roster_commands.leave_note(desk.outgoing, "打印机周六更换")

    handover = desk.opened()

    found = sections(handover)
    assert found[f"t{grave.id}"] is Section.GRAVE
    assert found[f"t{late.id}"] is Section.BREACHED
    assert found[f"t{due.id}"] is Section.DUE
    assert found[f"t{promised.id}"] is Section.PROMISED
    assert found[f"t{handed_on.id}"] is Section.UNACCEPTED
    assert found[f"t{complaint.id}"] is Section.COMPLAINT
    assert line_of(handover, f"t{grave.id}").body["said"] == "Vendor called, case 4711"
    assert [line.body["text"] for line in handover.lines if line.section is Section.NOTE] == [
        "打印机周六更换"
    ]
    assert len([line for line in handover.lines if line.ticket_id]) == 6


def test_what_is_due_is_looked_at_until_the_next_shift_really_ends(desk, make):
    just_inside = make.ticket(due_in=timedelta(hours=12, minutes=9))
    just_outside = make.ticket(due_in=timedelta(hours=12, minutes=10))

    found = sections(desk.opened())

    assert found.get(f"t{just_inside.id}") is Section.DUE
    assert f"t{just_outside.id}" not in found


def test_missed_calls_of_the_shift_are_one_line(desk):
    hour = {"offered": 20, "answered": 15, "source": "PBX"}
    starts = [BEFORE_CHANGE.replace(hour=at, minute=0) for at in (3, 4)]
    desk.write(lambda tx: tx.insert("call_hour", {"starts_at": _micros(starts[0]), "abandoned": 2, **hour}))
    desk.write(lambda tx: tx.insert("call_hour", {"starts_at": _micros(starts[1]), "abandoned": 5, **hour}))

    calls = line_of(desk.opened(), "calls")

    assert (calls.section, calls.body["missed"], calls.body["worst"]) == (Section.CALLS, 7, 5)


def test_people_late_or_missing_are_named_where_presence_is_recorded(desk, make):
    make.assignment(desk.zhao, FRIDAY, desk.day)
    came = {"person_id": desk.wang.id, "on_date": "2026-11-20", "template_id": desk.day.id}
    late = _micros(BEFORE_CHANGE.replace(hour=0, minute=25))
    desk.write(lambda tx: tx.insert("attendance", {**came, "in_at": late}))

    handover = desk.opened()

    assert line_of(handover, f"p{desk.wang.id}").body["late"] == 25
    assert line_of(handover, f"p{desk.zhao.id}").body["missing"] is True
    assert line_of(handover, "crew").body["present"] == 1


def test_equipment_and_end_checks_say_what_was_found(desk):
    check = {"code": "door", "moment": "end", "name": "Doors locked", "name_alt": "门窗已锁"}
    desk.write(lambda tx: tx.insert("shift_check", check))

    line = next(one for one in desk.opened().lines if one.section is Section.CHECK)

    assert (line.body["name"], line.body["is_good"]) == ("Doors locked", None)


def test_a_second_look_adds_settles_and_keeps_what_was_touched(desk, make):
    first = make.ticket(priority=1)
    second = make.ticket(priority=2)
    handover = desk.opened()
    ticked = line_of(handover, f"t{first.id}")
    commands.tick_lines(desk.incoming, [(ticked.id, ticked.version)], is_ticked=True)
    noted = line_of(handover, f"t{second.id}")
    commands.write_note(desk.outgoing, noted.id, "Waits for the vendor", version=noted.version)
    desk.write(lambda tx: tx.execute("UPDATE ticket SET is_open = false WHERE id = ?", (second.id,)))
    third = make.ticket(priority=1)

    commands.refresh_handover(desk.outgoing, handover.id)

    again = desk.sheet(handover.id)
    assert line_of(again, f"t{first.id}").state is LineState.TICKED
    assert line_of(again, f"t{second.id}").is_settled
    assert line_of(again, f"t{second.id}").note == "Waits for the vendor"
    assert line_of(again, f"t{third.id}").state is LineState.OPEN


def test_a_look_that_finds_nothing_new_announces_nothing(desk, make, announced):
    make.ticket(priority=1)
    desk.opened()
    announced.clear()

    commands.open_handover(desk.outgoing)

    assert [event for event in announced if isinstance(event, HandoverChanged)] == []


def _micros(at) -> int:
    return int(at.timestamp()) * 1_000_000

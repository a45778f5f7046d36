"""A ticket as a row: what its cells say and show, at the edges of its promised time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.ids import TicketId
from app.models.entities.tickets import Channel, TicketRow, TicketStatus, TicketType
from app.services.base.texts import Texts
from app.views.base.columns import Mark, TimeLook
from app.views.base.format import Format
from app.views.base.widgets.paint import ClockTone
from app.views.tickets.rows import TicketCells

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)  # 14:00 in Shanghai
CELLS = TicketCells(Format(Texts("en"), ZoneInfo("Asia/Shanghai")), lambda: NOW)


def row(**given):
    values = {
        "id": TicketId(1),
        "number": 10482,
        "type": TicketType.INCIDENT,
        "status": TicketStatus.IN_PROGRESS,
        "priority": 2,
        "subject": "VPN drops",
        "requester_id": None,
        "requester_name": "Liu Yang",
        "is_vip": False,
        "team_id": None,
        "assignee_id": None,
        "assignee_name": "",
        "category_id": None,
        "channel": Channel.PHONE,
        "received_at": NOW - timedelta(hours=1),
        "updated_at": NOW,
        "due_at": NOW + timedelta(hours=3),
        "clock_started_at": NOW - timedelta(hours=1),
        "is_paused": False,
        "resolved_at": None,
        "reopened_count": 0,
        "version": 1,
    }
    return TicketRow(**{**values, **given})


@pytest.mark.parametrize(
    ("due_in", "text", "tone"),
    [
        (timedelta(hours=3), "3 h", ClockTone.NORMAL),
        (timedelta(minutes=19), "19 min", ClockTone.WARNING),
        (timedelta(seconds=30), "0 min", ClockTone.WARNING),
        (timedelta(), "−0 min", ClockTone.BREACHED),
        (-timedelta(minutes=18), "−18 min", ClockTone.BREACHED),
    ],
)
def test_the_time_left_warns_and_then_counts_what_is_over(due_in, text, tone):
    ticket = row(due_at=NOW + due_in)

    assert CELLS.time_left(ticket) == text
    assert CELLS.time_look(ticket).tone is tone


def test_the_bar_shows_which_part_of_the_time_is_left():
    assert CELLS.time_look(row()) == TimeLook(0.75, ClockTone.NORMAL)


def test_a_paused_ticket_says_so_and_why():
    ticket = row(is_paused=True, due_at=None, status=TicketStatus.WAITING)

    assert CELLS.time_left(ticket) == "paused"
    assert CELLS.time_look(ticket).tone is ClockTone.PAUSED
    assert "stands still" in CELLS.time_hint(ticket)


def test_without_a_promise_there_is_no_bar():
    ticket = row(due_at=None)

    assert (CELLS.time_left(ticket), CELLS.time_look(ticket)) == ("", None)
    assert CELLS.time_hint(ticket) == "No time is promised for this ticket."


def test_a_resolved_ticket_says_when():
    ticket = row(resolved_at=NOW - timedelta(minutes=30), status=TicketStatus.RESOLVED)

    assert (CELLS.time_left(ticket), CELLS.time_look(ticket)) == ("13:30", None)


def test_the_exact_due_time_stands_in_the_hint_in_the_sites_zone():
    assert CELLS.time_hint(row()).endswith("17:00")


def test_a_new_ticket_is_semibold_with_a_dot_until_somebody_takes_it():
    assert CELLS.subject_look(row(status=TicketStatus.NEW)).is_strong
    assert not CELLS.subject_look(row()).is_strong


def test_what_is_special_is_shown_as_icons_and_said_in_words():
    ticket = row(is_vip=True, reopened_count=1, channel=Channel.EMAIL)

    assert CELLS.subject_look(ticket).badges == (
        Mark("star", "warn"),
        Mark("rotate-ccw", "bad"),
        Mark("mail", "faint"),
    )
    assert CELLS.subject_hint(ticket) == "VPN drops\nVIP requester · reopened · E-mail"

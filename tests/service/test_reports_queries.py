"""The shift report counts what happened in the shift, and lists what the next one must know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.errors import NotFound
from app.models.entities.reports import CallBackReason, ClockState, SlaTally
from app.models.entities.roster import PaintedCell
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketType
from app.services.reports import queries
from app.services.roster import commands as roster
from app.services.tickets import commands, note_commands
from app.services.tickets.major_commands import declare_major
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
NINE = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 09:00 in Shanghai, within the day shift
CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "ERP down", impact=2, urgency=2)
SOLVED = Resolution("Restarted", "config", "remote", 1, no_article_fits=True)


@pytest.fixture(autouse=True)
def site(ctx, make):
    set_up_site(ctx)
    ctx.clock.set(NINE)
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720)
    leader = make.agent(name="Wang Fang", teams=(make.team(name="First line"),), phone="1818")
    roster.paint_cells(ctx, [PaintedCell(leader.id, FRIDAY, day.id, is_supervisor=True)])


def report(ctx, language="en"):
    return queries.shift_report(ctx, FRIDAY, "D", language)


def test_received_resolved_and_carried_over_add_up(ctx):
    commands.create_ticket(ctx, CALL)
    commands.solve_new(ctx, CALL, SOLVED)
    ctx.clock.advance(timedelta(hours=1))

    total = report(ctx).total

    assert (total.received, total.resolved, total.carried_over) == (2, 1, 1)
    assert total.resolution == SlaTally(met=1, missed=0, open=1)


def test_an_overdue_open_ticket_counts_as_missed_and_leads_the_urgent_list(ctx):
    commands.create_ticket(ctx, replace(CALL, channel=Channel.WEB))
    ctx.clock.advance(timedelta(hours=5))

    found = report(ctx)

    assert found.total.response.missed == 1
    assert found.total.resolution.missed == 1
    assert [one.state for one in found.urgent] == [ClockState.BREACHED]


def test_a_ticket_solved_after_the_shift_was_carried_over_by_it(ctx):
    created = commands.create_ticket(ctx, CALL)
    ctx.clock.set(NINE + timedelta(hours=12))
    commands.solve_now(ctx, created.id, SOLVED, version=created.version)

    total = report(ctx).total

    assert (total.received, total.resolved, total.carried_over) == (1, 0, 1)


def test_a_cancelled_ticket_is_carried_over_by_nobody(ctx):
    created = commands.create_ticket(ctx, CALL)
    ctx.clock.advance(timedelta(minutes=5))
    commands.cancel(ctx, created.id, version=created.version, reason="by mistake")
    ctx.clock.advance(timedelta(minutes=5))

    assert report(ctx).total.carried_over == 0


def test_the_next_shift_reads_whom_to_ring_the_last_note_and_who_led(ctx):
    created = commands.create_ticket(ctx, CALL)
    note_commands.add_note(ctx, created.id, "Vendor called, reference 88-2041")
    other = commands.create_ticket(ctx, replace(CALL, impact=4))
    commands.resolve(ctx, other.id, SOLVED, version=other.version)
    roster.leave_note(ctx, "Tape 4 is missing")
    ctx.clock.advance(timedelta(minutes=1))

    found = report(ctx)

    assert found.majors[0].last_note.text == "Vendor called, reference 88-2041"
    assert [one.reason for one in found.call_backs] == [CallBackReason.CONFIRMATION]
    assert [note.text for note in found.notes] == ["Tape 4 is missing"]
    assert (found.supervisor.name, found.supervisor.phone) == ("Wang Fang", "1818")


def test_a_major_incident_is_marked_among_the_grave_ones(ctx):
    created = commands.create_ticket(ctx, CALL)
    commands.create_ticket(ctx, CALL)
    declare_major(ctx, created.id, version=created.version, reason="Everybody calls")
    ctx.clock.advance(timedelta(minutes=1))

    assert [line.ticket.is_major for line in report(ctx).majors] == [True, False]


def test_names_follow_the_reader(ctx):
    assert [report(ctx, language).shift.name for language in ("en", "zh_CN")] == ["Day", "白班"]


def test_a_shift_that_does_not_exist_is_told(ctx):
    with pytest.raises(NotFound):
        queries.shift_report(ctx, FRIDAY, "X", "en")


def test_the_roster_month_has_a_line_per_person_and_a_code_per_day(ctx):
    month = queries.roster_month(ctx, 2026, 11, "en")

    (group,) = month.groups
    assert (len(month.days), group.people[0].codes[19], group.people[0].hours) == (30, "D", 12.0)

"""Handing tickets to the next line, alone, many at once, or early; and what is seen ahead of a ticket."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import EventKind, Resolution, TicketStatus
from app.services.settings.script_rendering import render_script
from app.services.sla.forecast import Basis
from app.services.tickets import commands, edit_commands, note_commands, queries
from app.services.tickets.forecast_queries import ticket_outlook
from app.services.tickets.line_commands import EARLY, send_many_to_next_line, send_to_next_line
from tests.support.settings_site import only_with
from tests.support.watched_site import desk_with_people

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SOLVED = Resolution("Restarted the client", "config", "remote", 1, no_article_fits=True)


@pytest.fixture
def desk(ctx, make):
    return desk_with_people(ctx, make)


@pytest.fixture
def lines(make):
    """The teams of the three lines, and a category that names the second and the third."""
    first, second, third = make.team(line=1), make.team(line=2), make.team(line=3)
    category = make.category(handling_minutes=60)
    make._link("category_team", {"category_id": category, "line": 2, "team_id": second})
    make._link("category_team", {"category_id": category, "line": 3, "team_id": third})
    return {"first": first, "second": second, "third": third, "category": category}


def opened(desk, lines, **fields):
    return desk.opened(**{"category_id": lines["category"].id, "team_id": lines["first"].id, **fields})


def sent(desk, ticket, **how):
    outcome = send_to_next_line(desk.agent, ticket.id, version=ticket.version, **how)
    return desk.read(ticket.id), outcome


def outlook(desk, ticket):
    return ticket_outlook(desk.ctx, ticket.id)


# -- sending on ----------------------------------------------------------------------------------------


def test_one_step_sends_a_ticket_to_the_categorys_second_line(desk, lines):
    after, _ = sent(desk, opened(desk, lines))

    assert (after.team_id, after.assignee_id, after.status) == (
        lines["second"].id,
        None,
        TicketStatus.ASSIGNED,
    )


def test_the_next_step_sends_it_to_the_third(desk, lines):
    after, _ = sent(desk, opened(desk, lines, team_id=lines["second"].id))

    assert after.team_id == lines["third"].id


def test_sending_on_meets_the_first_lines_time_box(desk, lines):
    target = {"priority": 2, "calendar": "24x7", "resolution": "4 h", "first_line": "30 min"}
    desk.configure("sla", {"policies": [{"code": "all", "targets": [target]}]})
    after, _ = sent(desk, opened(desk, lines))

    assert queries.ticket_detail(desk.ctx, after.id).clocks[ClockKind.FIRST_LINE].met_at is not None


def test_it_is_taken_back_whole(desk, lines):
    ticket = opened(desk, lines)
    _, outcome = sent(desk, ticket)

    outcome.undo.run()

    after = desk.read(ticket.id)
    assert (after.team_id, after.status) == (ticket.team_id, ticket.status)


def test_after_the_last_line_there_is_nobody_to_send_to(desk, lines):
    ticket = opened(desk, lines, team_id=lines["third"].id)

    with pytest.raises(RuleViolation, match=r"tickets\.no_next_line"):
        sent(desk, ticket)


def test_a_team_out_of_use_is_passed_over(desk, lines, make):
    desk.write(lambda tx: tx.execute("UPDATE team SET is_active = false WHERE id = ?", (lines["second"].id,)))

    assert sent(desk, opened(desk, lines))[0].team_id == lines["third"].id


def test_a_categorys_usual_team_takes_the_line_it_belongs_to(desk, lines, make):
    category = make.category(default_team_id=lines["second"].id)

    assert sent(desk, opened(desk, lines, category_id=category.id))[0].team_id == lines["second"].id


def test_many_go_each_to_their_own_next_line_and_the_rest_is_named(desk, lines, make):
    near, lost = opened(desk, lines), desk.opened(category_id=make.category().id)
    far = opened(desk, lines, team_id=lines["second"].id)

    outcome = send_many_to_next_line(desk.agent, tuple((one.id, one.version) for one in (near, lost, far)))

    assert [desk.read(one.id).team_id for one in (near, far)] == [lines["second"].id, lines["third"].id]
    assert outcome.skipped == {lost.id: "tickets.no_next_line"}


def test_sending_on_wants_the_right_to_assign(desk, lines):
    ticket = opened(desk, lines)

    with pytest.raises(NotAllowed):
        send_to_next_line(only_with(desk.ctx, "tickets.read"), ticket.id, version=ticket.version)


# -- early ---------------------------------------------------------------------------------------------


def test_sending_on_early_logs_why_with_what_was_seen(desk, lines):
    ticket = opened(desk, lines)
    desk.ctx.clock.advance(3 * HOUR + 30 * MINUTE)

    sent(desk, ticket, is_early=True)

    line = next(event for event in desk.events(ticket.id) if event.kind is EventKind.ESCALATED)
    assert (line.field, line.old, line.new) == ("line", str(lines["first"].id), str(lines["second"].id))
    assert line.detail == {
        "why": EARLY,
        "ready_at": (desk.ctx.clock.now() + HOUR).isoformat(),
        "due_at": ticket.resolution_due_at.isoformat(),
    }


# -- what lies ahead -----------------------------------------------------------------------------------


def test_with_time_enough_a_ticket_will_be_in_time(desk, lines):
    seen = outlook(desk, opened(desk, lines))

    assert (seen.forecast.is_late, seen.forecast.needed.basis) == (False, Basis.USUAL)
    assert (seen.next_team_id, seen.usual_minutes) == (lines["second"].id, 60)


def test_with_less_time_than_it_takes_it_will_not(desk, lines):
    ticket = opened(desk, lines)
    desk.ctx.clock.advance(3 * HOUR + MINUTE)

    assert outlook(desk, ticket).forecast.is_late


def test_an_estimate_of_the_ticket_decides(desk, lines):
    ticket = opened(desk, lines)
    edit_commands.edit_ticket(
        desk.agent, ticket.id, version=ticket.version, changes={"estimate_minutes": 300}, base={}
    )

    assert outlook(desk, ticket).forecast.is_late


def test_a_category_above_says_how_long_it_usually_takes(desk, lines, make):
    below = make.category(parent=lines["category"])

    assert outlook(desk, opened(desk, lines, category_id=below.id)).usual_minutes == 60


def test_a_service_says_it_where_no_category_does(desk, lines, make):
    service = make.service(handling_minutes=25)

    ticket = desk.opened(category_id=make.category().id, service_id=service.id)

    assert outlook(desk, ticket).usual_minutes == 25


def test_without_either_the_last_tickets_of_the_category_tell(desk, make):
    category = make.category()
    took(desk, category, 30)
    took(desk, category, 50)
    took(desk, category, 40)

    seen = outlook(desk, desk.opened(category_id=category.id)).forecast

    assert (seen.needed.basis, seen.needed.length) == (Basis.HISTORY, 40 * MINUTE)


def took(desk, category, minutes):
    ticket = desk.opened(category_id=category.id)
    outcome = commands.start_work(desk.agent, ticket.id, version=ticket.version)
    desk.ctx.clock.advance(minutes * MINUTE)
    commands.resolve(desk.agent, ticket.id, SOLVED, version=outcome.version)


def test_without_anything_known_nothing_is_said(desk, make):
    assert outlook(desk, desk.opened(category_id=make.category().id)).forecast is None


def test_nothing_lies_ahead_of_a_solved_ticket(desk, lines):
    ticket = opened(desk, lines)
    commands.resolve(desk.agent, ticket.id, SOLVED, version=ticket.version)

    assert (outlook(desk, ticket).forecast, outlook(desk, ticket).next_team_id) == (None, None)


# -- telling how it goes -------------------------------------------------------------------------------


@pytest.fixture
def informed(desk):
    """Users are to hear something every hour."""
    target = {"priority": 2, "calendar": "24x7", "resolution": "4 h", "update_due": "1 h"}
    desk.configure("sla", {"policies": [{"code": "all", "targets": [target]}]})
    return desk


def test_the_next_update_is_promised_from_the_words_said_now(informed):
    ticket = informed.opened()
    informed.ctx.clock.advance(40 * MINUTE)

    assert outlook(informed, ticket).next_update_at == informed.ctx.clock.now() + HOUR


def test_a_progress_message_sent_as_a_reply_gives_the_clock_of_updates_its_time_again(informed, make):
    ticket = informed.opened()
    informed.ctx.clock.advance(40 * MINUTE)
    text = render_script("Ticket {{ number }} is in work. More by {{ next_update }}.", {"number": "7"})

    note_commands.add_reply(informed.agent, ticket.id, text)

    clock = queries.ticket_detail(informed.ctx, ticket.id).clocks[ClockKind.UPDATE_DUE]
    assert (text, clock.due_at) == ("Ticket 7 is in work.", informed.ctx.clock.now() + HOUR)

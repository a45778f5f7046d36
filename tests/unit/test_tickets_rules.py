"""Moves, gates, the reopen window and the number's form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.calendars import WEEKDAYS, BusinessCalendar
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import ArticleId, CategoryId, ReasonId, TeamId, TicketId
from app.models.entities.tickets import (
    ENDED_WITHOUT_WORK,
    MAJOR_TYPES,
    OPEN_STATUSES,
    Confirmation,
    EventKind,
    Move,
    TicketStatus,
    TicketType,
)
from app.services.tickets.rules import (
    DEFAULT_AUTO_CLOSE,
    DEFAULT_REOPEN_WINDOW,
    MOVES,
    SOLVE_NOW,
    GateFacts,
    NumberFormat,
    check_gate,
    check_may_be_major,
    check_reopen,
    is_over,
    lacking_of,
    missing_for,
    moves_from,
    next_status,
    working_deadline,
)

OFFICE = BusinessCalendar.from_dict(
    {"timezone": "UTC", "hours": {day: [["09:00", "17:00"]] for day in WEEKDAYS[:5]}}
)
FRIDAY = datetime(2026, 4, 17, 12, tzinfo=UTC)
SOLVED = GateFacts(solution="Restarted", cause_code="software", resolved_line=1, article_id=ArticleId(3))


@pytest.mark.parametrize("status", sorted(OPEN_STATUSES))
def test_any_open_state_may_be_assigned_left_waiting_resolved_or_ended(status):
    reached = {MOVES[status, move] for move in moves_from(status)}

    assert reached >= {
        TicketStatus.ASSIGNED,
        TicketStatus.WAITING,
        TicketStatus.RESOLVED,
        *ENDED_WITHOUT_WORK,
    }
    assert TicketStatus.CLOSED not in reached


@pytest.mark.parametrize("status", sorted(OPEN_STATUSES - {TicketStatus.IN_PROGRESS}))
def test_any_open_state_may_be_taken_up(status):
    assert next_status(status, Move.START) is TicketStatus.IN_PROGRESS


def test_resolved_is_closed_or_refused_and_nothing_else():
    assert moves_from(TicketStatus.RESOLVED) == (Move.CLOSE, Move.REFUSE)
    assert next_status(TicketStatus.RESOLVED, Move.REFUSE) is TicketStatus.IN_PROGRESS


def test_closed_is_only_reopened():
    assert moves_from(TicketStatus.CLOSED) == (Move.REOPEN,)
    assert next_status(TicketStatus.CLOSED, Move.REOPEN) is TicketStatus.IN_PROGRESS


@pytest.mark.parametrize("status", sorted(ENDED_WITHOUT_WORK))
def test_the_ends_without_work_are_final(status):
    assert moves_from(status) == ()
    assert is_over(status)


def test_only_what_waits_resumes():
    assert next_status(TicketStatus.WAITING, Move.RESUME) is TicketStatus.IN_PROGRESS
    with pytest.raises(RuleViolation) as caught:
        next_status(TicketStatus.NEW, Move.RESUME)

    assert caught.value.code == "tickets.move_refused"
    assert Move.ASSIGN in caught.value.params["possible"]


@given(st.lists(st.sampled_from(Move), max_size=30))
def test_whatever_is_done_the_state_follows_the_table(moves):
    status = TicketStatus.NEW
    for move in moves:
        before = status
        try:
            status = next_status(status, move)
        except RuleViolation:
            assert move not in moves_from(before)
        assert not is_over(before) or before is TicketStatus.CLOSED or status is before


def test_solve_now_is_resolve_confirmation_and_close():
    assert SOLVE_NOW == (Move.RESOLVE, EventKind.CONFIRMATION, Move.CLOSE)


@pytest.mark.parametrize(
    ("move", "facts", "missing"),
    [
        (Move.ASSIGN, GateFacts(), ("category_id", "team_id")),
        (Move.ASSIGN, GateFacts(category_id=CategoryId(1), team_id=TeamId(2)), ()),
        (Move.WAIT, GateFacts(), ("waiting_reason_id",)),
        (Move.WAIT, GateFacts(waiting_reason_id=ReasonId(1)), ()),
        (Move.RESOLVE, GateFacts(solution="  "), ("solution", "cause_code", "resolved_line", "article_id")),
        (Move.RESOLVE, SOLVED, ()),
        (
            Move.RESOLVE,
            GateFacts(solution="x", cause_code="y", resolved_line=2, no_article_fits=True),
            (),
        ),
        (Move.CLOSE, GateFacts(is_by_desk=True), ("confirmation",)),
        (Move.CLOSE, GateFacts(is_auto_close=True), ()),
        (Move.DUPLICATE, GateFacts(), ("duplicate_of",)),
        (Move.DUPLICATE, GateFacts(duplicate_of=TicketId(1)), ()),
        (Move.START, GateFacts(), ()),
    ],
)
def test_a_gate_names_only_what_is_missing(move, facts, missing):
    assert missing_for(move, facts) == missing


def test_a_closed_gate_refuses_with_the_missing_fields():
    with pytest.raises(RuleViolation) as caught:
        check_gate(Move.RESOLVE, GateFacts(solution="x", cause_code="y", resolved_line=1))

    assert (caught.value.code, caught.value.params["missing"]) == ("tickets.gate", ("article_id",))


def test_only_the_desk_closes():
    confirmed = GateFacts(confirmation=Confirmation.CONFIRMED)

    with pytest.raises(RuleViolation, match="only_desk_closes"):
        check_gate(Move.CLOSE, confirmed)
    check_gate(Move.CLOSE, GateFacts(confirmation=Confirmation.NO_REPLY, is_by_desk=True))
    check_gate(Move.CLOSE, GateFacts(is_auto_close=True))


def test_what_the_user_refused_is_not_closed():
    with pytest.raises(RuleViolation, match="refused_not_closed"):
        check_gate(Move.CLOSE, GateFacts(confirmation=Confirmation.REFUSED, is_by_desk=True))


def test_the_reopen_window_counts_working_days_and_includes_its_last_instant():
    until = datetime(2026, 4, 24, 12, tzinfo=UTC)

    assert working_deadline(OFFICE, FRIDAY, DEFAULT_REOPEN_WINDOW) == until
    check_reopen(FRIDAY, until, OFFICE)
    with pytest.raises(RuleViolation) as caught:
        check_reopen(FRIDAY, until + timedelta(seconds=1), OFFICE)
    assert caught.value.params == {"until": until}


def test_auto_close_waits_for_working_days():
    assert working_deadline(OFFICE, FRIDAY, DEFAULT_AUTO_CLOSE) == datetime(2026, 4, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "number", "text"),
    [
        (NumberFormat(), 10482, "#10482"),
        (NumberFormat("INC-", 6), 17, "INC-000017"),
        (NumberFormat("", 0), 5, "5"),
    ],
)
def test_a_number_is_shown_and_read_back(form, number, text):
    assert form.text_of(number) == text
    assert form.number_of(f" {text} ") == number
    assert form.number_of(str(number)) == number


@pytest.mark.parametrize("text", ["", "#", "abc", "#12x", "１２", "9" * 19])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadInput, match="number_bad"):
        NumberFormat().number_of(text)


def test_what_the_category_demands_is_missed_besides_what_the_rules_demand():
    facts = GateFacts(solution="x", cause_code="y", resolved_line=1, lacking=("location", "article_id"))

    assert missing_for(Move.RESOLVE, facts) == ("article_id", "location")


def test_a_demanded_field_is_lacking_while_it_holds_nothing_but_blanks():
    ticket = {"location": "  ", "description": None, "service_id": 7, "requester_id": 0}

    assert lacking_of(ticket, ticket.get) == ("location", "description")


@pytest.mark.parametrize("ticket_type", sorted(MAJOR_TYPES))
def test_what_broke_may_be_a_major_incident(ticket_type):
    check_may_be_major(10482, ticket_type)


@pytest.mark.parametrize("ticket_type", sorted(set(TicketType) - MAJOR_TYPES))
def test_what_is_asked_for_is_no_major_incident(ticket_type):
    with pytest.raises(RuleViolation) as refused:
        check_may_be_major(10482, ticket_type)

    assert refused.value.code == "tickets.major_type"

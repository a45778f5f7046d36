"""Coming, leaving, being away: for oneself, for others, and taken back; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.events import DutyChanged
from app.services.duty import commands, correcting_commands, queries
from tests.support.duty import AGENT_RIGHTS, FRIDAY, duty_desk, put
from tests.support.notices import acting


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


def day_shift(desk):
    return queries.presence_of_shift(desk.ctx, FRIDAY, desk.day.id)


def line_of(desk, person):
    return next(line for line in day_shift(desk) if line.person_id == person.id)


def test_coming_late_is_told_in_minutes_against_the_shift_and_announced(desk, announced):
    announced.clear()

    commands.check_in(desk.as_li(), note="train")

    found = line_of(desk, desk.li)
    assert (found.punctuality.late, found.attendance.note) == (600, "train")
    assert DutyChanged() in announced


def test_coming_can_be_taken_back_and_done_again(desk):
    outcome = commands.check_in(desk.as_li())

    undone = outcome.undo.run()
    is_gone = line_of(desk, desk.li).attendance is None
    undone.undo.run()

    assert is_gone
    assert line_of(desk, desk.li).attendance.in_at == desk.ctx.clock.now()


def test_taking_back_what_somebody_changed_meanwhile_is_refused(desk):
    outcome = commands.check_in(desk.as_li())
    commands.check_out(desk.as_wang(), person_id=desk.li.id)

    with pytest.raises(StaleRecord):
        outcome.undo.run()


def test_coming_again_goes_on_with_the_first_coming(desk):
    commands.check_in(desk.as_li())
    first = line_of(desk, desk.li).attendance.in_at
    commands.check_out(desk.as_li())
    desk.ctx.clock.advance(timedelta(minutes=5))

    commands.check_in(desk.as_li())

    found = line_of(desk, desk.li).attendance
    assert (found.in_at, found.out_at) == (first, None)


def test_leaving_early_is_told_and_ends_a_time_away_until_taken_back(desk):
    commands.check_in(desk.as_li())
    commands.go_away(desk.as_li(), reason="errand")

    outcome = commands.check_out(desk.as_li())
    left = (line_of(desk, desk.li).punctuality.early, queries.away_people(desk.ctx))
    outcome.undo.run()

    assert left == (120, {})
    assert set(queries.away_people(desk.ctx)) == {desk.li.id}


def test_a_supervisor_may_do_it_for_others(desk):
    commands.check_in(desk.as_wang(), person_id=desk.li.id)

    assert line_of(desk, desk.li).attendance is not None


@pytest.mark.parametrize("deed", [commands.check_in, commands.check_out, commands.come_back])
def test_an_agent_may_not_do_it_for_others(desk, deed):
    with pytest.raises(NotAllowed):
        deed(desk.as_li(), person_id=desk.wang.id)


def test_who_may_not_ask_may_not_check_in(desk):
    reader = acting(desk.ctx, desk.li, AGENT_RIGHTS - {"roster.ask"})

    with pytest.raises(NotAllowed):
        commands.check_in(reader)


def test_the_command_line_is_nobody(desk):
    with pytest.raises(RuleViolation, match=r"duty\.no_person"):
        commands.check_in(desk.ctx)


def test_leaving_without_having_come_is_refused(desk):
    with pytest.raises(RuleViolation, match=r"duty\.not_in"):
        commands.check_out(desk.as_li())


def test_standby_is_not_checked_in_to(desk):
    with pytest.raises(RuleViolation, match=r"duty\.no_shift"):
        commands.check_in(desk.as_wang(), person_id=desk.zhou.id)


def test_the_night_is_come_to_two_hours_before_it_begins(desk):
    commands.check_in(desk.as_wang(), person_id=desk.sun.id)

    (found,) = queries.presence_of_shift(desk.ctx, FRIDAY, desk.night.id)
    assert (found.attendance.on_date, found.punctuality.late) == (FRIDAY, 0)


def test_what_was_forgotten_is_entered_afterwards_and_taken_back(desk):
    begin = desk.ctx.clock.now() - timedelta(hours=10)

    outcome = correcting_commands.correct_presence(
        desk.as_wang(),
        person_id=desk.li.id,
        on_date=FRIDAY,
        in_at=begin + timedelta(minutes=3),
        out_at=begin + timedelta(hours=9),
        note="forgotten",
    )
    entered = line_of(desk, desk.li).punctuality
    outcome.undo.run()

    assert (entered.late, entered.early) == (3, 180)
    assert line_of(desk, desk.li).attendance is None


def test_nobody_leaves_before_they_came(desk):
    now = desk.ctx.clock.now()

    with pytest.raises(BadInput, match=r"duty\.out_before_in"):
        correcting_commands.correct_presence(
            desk.as_wang(),
            person_id=desk.li.id,
            on_date=FRIDAY,
            in_at=now,
            out_at=now - timedelta(hours=1),
            note="forgotten",
        )


def test_going_away_tells_reason_and_planned_return(desk):
    until = desk.ctx.clock.now() + timedelta(minutes=30)

    commands.go_away(desk.as_li(), reason=" server room ", planned_until=until)

    found = queries.away_people(desk.ctx)[desk.li.id]
    assert (found.reason, found.planned_until) == ("server room", until)


def test_going_away_can_be_taken_back_and_done_again(desk):
    outcome = commands.go_away(desk.as_li(), reason="errand")

    undone = outcome.undo.run()
    is_there = queries.away_people(desk.ctx) == {}
    undone.undo.run()

    assert is_there
    assert set(queries.away_people(desk.ctx)) == {desk.li.id}


def test_coming_back_can_be_taken_back(desk):
    commands.go_away(desk.as_li(), reason="errand")

    outcome = commands.come_back(desk.as_li())
    is_there = queries.away_people(desk.ctx) == {}
    outcome.undo.run()

    assert is_there
    assert set(queries.away_people(desk.ctx)) == {desk.li.id}


def test_a_time_away_that_is_over_cannot_be_unsaid(desk):
    outcome = commands.go_away(desk.as_li(), reason="errand")
    commands.come_back(desk.as_li())

    with pytest.raises(StaleRecord):
        outcome.undo.run()


def test_coming_back_is_not_taken_back_over_a_later_time_away(desk):
    commands.go_away(desk.as_li(), reason="errand")
    outcome = commands.come_back(desk.as_li())
    commands.go_away(desk.as_li(), reason="another")

    with pytest.raises(StaleRecord):
        outcome.undo.run()


@pytest.mark.parametrize(
    ("who", "code"),
    [("sun", r"duty\.not_on_duty"), ("li", r"duty\.away_already")],
    ids=["not on duty", "away already"],
)
def test_an_away_that_cannot_be_is_refused(desk, who, code):
    commands.go_away(desk.as_li(), reason="errand")

    with pytest.raises(RuleViolation, match=code):
        commands.go_away(desk.as_wang(), reason="errand", person_id=getattr(desk, who).id)


def test_who_is_not_away_cannot_come_back(desk):
    with pytest.raises(RuleViolation, match=r"duty\.not_away"):
        commands.come_back(desk.as_li())


def test_a_time_away_that_is_gone_is_told(desk):
    with pytest.raises(NotFound, match=r"duty\.away_gone"):
        commands.set_back(desk.as_li(), 999, at=None)


def test_a_time_away_forgotten_in_an_earlier_shift_counts_no_more(desk):
    yesterday = desk.ctx.clock.now() - timedelta(days=1)
    put(desk.ctx, "away_time", person_id=desk.li.id, from_at=int(yesterday.timestamp() * 1e6), reason="old")

    commands.go_away(desk.as_li(), reason="errand")

    assert queries.away_people(desk.ctx)[desk.li.id].reason == "errand"


def test_a_month_tells_presence_by_person(desk):
    commands.check_in(desk.as_li())
    commands.go_away(desk.as_li(), reason="errand")
    desk.ctx.clock.advance(timedelta(minutes=20))
    commands.come_back(desk.as_li())

    lines = {line.person_id: line for line in queries.presence_of_month(desk.as_wang(), "2026-11")}

    li, wang = lines[desk.li.id], lines[desk.wang.id]
    assert (li.shifts, li.attended, li.late_minutes, li.away_times, li.away_minutes) == (1, 1, 600, 1, 20)
    assert (wang.shifts, wang.attended, wang.missing) == (1, 0, 1)


def test_an_agent_sees_only_their_own_month(desk):
    lines = queries.presence_of_month(desk.as_li(), "2026-11")

    assert [line.person_name for line in lines] == ["Li Na"]

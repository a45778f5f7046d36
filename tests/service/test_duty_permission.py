"""Longer times away ask the supervisor; what goes on too long is told; corrections are told as such."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.duty import AwayPermission
from app.models.entities.errors import BadInput, NotAllowed, RuleViolation, StaleRecord
from app.services.background.away_watch import AwayWatch
from app.services.background.lease_commands import take_lease
from app.services.duty import commands, correcting_commands, permission_commands, queries
from app.services.notices.queries import my_notices
from app.services.settings.commands import change_settings
from tests.support.command_line import say
from tests.support.duty import FRIDAY, duty_desk
from tests.support.notices import acting


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def gone(desk):
    """Li asks at 18:00 to be away for an hour."""
    until = desk.ctx.clock.now() + timedelta(hours=1)
    return commands.go_away(desk.as_li(), reason="dentist", planned_until=until)


def away(desk):
    return queries.away_people(desk.ctx)[desk.li.id]


def told(ctx):
    return [(one.kind.value, one.is_read) for one in my_notices(ctx) if one.kind.value.startswith("away")]


# -- permission -------------------------------------------------------------------------------------------


def test_a_longer_time_away_asks_the_duty_supervisor_once(desk, gone):
    assert away(desk).permission is AwayPermission.ASKED
    assert told(desk.as_wang()) == [("away_asked", False)]
    assert my_notices(desk.as_wang())[0].body["reason"] == "dentist"


def test_a_short_one_asks_nobody(desk):
    until = desk.ctx.clock.now() + timedelta(minutes=30)

    commands.go_away(desk.as_li(), reason="printer", planned_until=until)

    assert away(desk).permission is AwayPermission.NONE
    assert told(desk.as_wang()) == []


def test_where_the_site_wants_no_permission_nobody_is_asked(desk):
    change_settings(desk.ctx, {"duty.away_permission_minutes": 0}, versions={})

    commands.go_away(desk.as_li(), reason="dentist")

    assert told(desk.as_wang()) == []


def test_the_supervisor_needs_nobodys_word_and_grants_with_saying_it_for_others(desk):
    commands.go_away(desk.as_wang(), reason="meeting")
    commands.go_away(desk.as_wang(), reason="errand", person_id=desk.li.id)

    found = queries.away_people(desk.ctx)
    assert found[desk.wang.id].permission is AwayPermission.NONE
    assert (found[desk.li.id].permission, found[desk.li.id].decided_name) == (
        AwayPermission.GRANTED,
        "Wang Fang",
    )


@pytest.mark.parametrize(
    ("is_granted", "state"), [(True, AwayPermission.GRANTED), (False, AwayPermission.REFUSED)]
)
def test_the_answer_is_told_and_taken_back(desk, gone, is_granted, state):
    done = permission_commands.answer_away(desk.as_wang(), gone.id, is_granted=is_granted)
    answered = (away(desk).permission, away(desk).decided_by, told(desk.as_li()), told(desk.as_wang()))

    done.undo.run()

    assert answered == (state, desk.wang.id, [("away_answered", False)], [("away_asked", True)])
    assert (away(desk).permission, told(desk.as_wang())) == (AwayPermission.ASKED, [("away_asked", False)])


def test_nobody_answers_for_themselves_twice_or_without_the_right(desk, gone):
    with pytest.raises(NotAllowed):
        permission_commands.answer_away(desk.as_li(), gone.id, is_granted=True)
    with pytest.raises(RuleViolation, match=r"duty\.own_away"):
        permission_commands.answer_away(acting(desk.ctx, desk.li), gone.id, is_granted=True)
    done = permission_commands.answer_away(desk.as_wang(), gone.id, is_granted=True)
    with pytest.raises(RuleViolation, match=r"duty\.away_not_asked"):
        permission_commands.answer_away(desk.as_wang(), gone.id, is_granted=False)
    commands.come_back(desk.as_li())
    with pytest.raises(StaleRecord):
        done.undo.run()


def test_who_comes_back_before_an_answer_is_asked_about_no_more(desk, gone):
    commands.come_back(desk.as_li())

    assert told(desk.as_wang()) == [("away_asked", True)]


def test_permission_is_given_on_the_command_line(desk, gone):
    asked_to_stay = say(desk.ctx, "duty", "permit", "li.na", "--stay")
    again = say(desk.ctx, "duty", "permit", "li.na")

    assert (asked_to_stay[0], away(desk).permission) == (0, AwayPermission.REFUSED)
    assert again[::2] == (1, "duty.away_not_asked\n")


# -- longer than planned ----------------------------------------------------------------------------------


def test_who_is_away_longer_than_planned_is_told_once_with_the_supervisor(desk, gone):
    watch, token = AwayWatch(), take_lease(desk.ctx, holder="test", seen=None, now=desk.ctx.clock.now()).id
    early = watch.look(desk.ctx, token)
    desk.ctx.clock.advance(timedelta(hours=1))
    late = watch.look(desk.ctx, token)
    desk.ctx.clock.advance(timedelta(minutes=2))

    again = AwayWatch().look(desk.ctx, token)

    assert (early, late, again) == ([], ["away_overdue"], [])
    assert told(desk.as_li()) == [("away_overdue", False)]
    assert told(desk.as_wang()) == [("away_overdue", False), ("away_asked", False)]


# -- corrections ------------------------------------------------------------------------------------------


def test_a_correction_is_told_in_the_month_with_who_and_why(desk):
    begin = desk.ctx.clock.now() - timedelta(hours=10)

    correcting_commands.correct_presence(
        desk.as_wang(), person_id=desk.li.id, on_date=FRIDAY, in_at=begin, note="forgot to check in"
    )

    (day,) = [one for one in queries.unpunctual_days(desk.ctx, "2026-11") if one.person_id == desk.li.id]
    (line,) = [one for one in queries.presence_of_month(desk.ctx, "2026-11") if one.person_id == desk.li.id]
    assert (day.attendance.corrected_name, day.attendance.note) == ("Wang Fang", "forgot to check in")
    assert (line.corrected, line.attended) == (1, 1)


def test_taking_a_correction_back_takes_its_mark_along(desk):
    commands.check_in(desk.as_li())
    done = correcting_commands.correct_presence(
        desk.as_wang(),
        person_id=desk.li.id,
        on_date=FRIDAY,
        in_at=desk.ctx.clock.now() - timedelta(hours=10),
        note="forgot",
    )

    done.undo.run()

    (line,) = [one for one in queries.presence_of_month(desk.ctx, "2026-11") if one.person_id == desk.li.id]
    assert (line.corrected, line.late_minutes) == (0, 600)


@pytest.mark.parametrize(
    ("hours_ago", "note", "code"),
    [
        (10, "  ", "duty.correction_unexplained"),
        (-1, "x", "duty.not_yet"),
        (15, "x", "duty.not_of_shift"),
        (10, "x" * 201, "duty.text_too_long"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(desk, hours_ago, note, code):
    with pytest.raises((BadInput, RuleViolation), match=code):
        correcting_commands.correct_presence(
            desk.as_wang(),
            person_id=desk.li.id,
            on_date=FRIDAY,
            in_at=desk.ctx.clock.now() - timedelta(hours=hours_ago),
            note=note,
        )


def test_agents_correct_nothing(desk):
    with pytest.raises(NotAllowed):
        correcting_commands.correct_presence(
            desk.as_li(), person_id=desk.li.id, on_date=FRIDAY, in_at=desk.ctx.clock.now(), note="x"
        )


def test_a_correction_is_typed_on_the_command_line_and_stands_in_the_month(desk):
    written = say(
        desk.ctx, "duty", "correct", "li.na", "2026-11-20", "--in", "07:58", "--reason", "Badge left at home"
    )
    month = say(desk.ctx, "duty", "month", "2026-11")
    refused = say(desk.ctx, "duty", "correct", "li.na", "2026-11-02", "--in", "07:58", "--reason", "x")

    assert (written[0], refused[::2]) == (0, (1, "duty.no_shift_then\n"))
    assert "Li Na, 2026-11-20: corrected by the command line: Badge left at home" in month[1]

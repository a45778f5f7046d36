"""Before a shift everybody who works it is reminded once, and gaps are told weeks ahead (U62)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.escalation import EscalationRules
from app.models.entities.ids import PersonId
from app.models.entities.notices import NoticeKind
from app.models.entities.roster import ShiftKind
from app.models.entities.settings import ConfigKind
from app.services.background.gap_watch import watch_gaps
from app.services.background.lease_commands import take_lease
from app.services.background.shift_watch import ShiftWatch
from app.services.base.context import system_actor
from app.services.notices import commands as notice_commands
from app.services.notices.queries import my_notices
from app.services.people import commands as people
from app.services.roster.gaps_ahead import shift_gaps
from app.services.settings import commands as settings
from app.services.settings import declared
from app.services.settings.current import SITE_DOCUMENT
from tests.support.duty import FRIDAY, SATURDAY, duty_desk, put
from tests.support.notices import acting
from tests.support.site import set_up_site

SUNDAY = SATURDAY + timedelta(days=1)


@pytest.fixture
def desk(ctx, make):
    """Friday 18:00; the night begins at 20:00 and Sun leads it."""
    return duty_desk(ctx, make)


@pytest.fixture
def program(ctx):
    return ctx.acting_as(system_actor())


@pytest.fixture
def token(program, clock):
    return take_lease(program, holder="test", seen=None, now=clock.now()).id


@pytest.fixture
def look(program, token):
    watch = ShiftWatch()
    return lambda: watch.look(program, token)


@pytest.fixture
def night(program, token, clock):
    return lambda: watch_gaps(program, token, f"gaps-{clock.now().isoformat()}", lambda: False)


def told(desk, person, kind=NoticeKind.SHIFT_SOON):
    return [one.body for one in my_notices(acting(desk.ctx, person)) if one.kind is kind]


def set_to(desk, key, value):
    settings.change_settings(desk.ctx, {key.name: value}, versions={})


def quiet(desk, start, end):
    rules = EscalationRules.from_dict({"steps": [], "quiet_from": start, "quiet_until": end})
    settings.save_config(desk.ctx, ConfigKind.ESCALATION, SITE_DOCUMENT, rules.to_dict(), expected_number=0)


# -- before a shift --------------------------------------------------------------------------------------


def test_who_begins_soon_is_reminded_once_and_nobody_else(desk, look, clock):
    clock.advance(timedelta(minutes=95))

    rounds = [look(), look()]
    clock.advance(timedelta(minutes=6))
    rounds.append(look())

    (body,) = told(desk, desk.sun)
    assert rounds == [["shift_soon"], [], []]
    assert (body["shift"], body["time"], body["leads"]) == ("Night", "20:00", True)
    assert told(desk, desk.li) == []


def test_two_hours_before_nobody_is_reminded_yet(desk, look):
    assert look() == []
    assert told(desk, desk.sun) == []


def test_the_reminder_comes_to_the_minute_although_most_rounds_ask_nothing(desk, look, clock):
    clock.advance(timedelta(minutes=87))
    before = look()
    clock.advance(timedelta(minutes=3))

    assert (before, look()) == ([], ["shift_soon"])


def test_who_is_put_on_the_shift_late_is_reminded_too(desk, look, clock):
    clock.advance(timedelta(minutes=95))
    look()
    desk.make.assignment(desk.zhou, SATURDAY, desk.day)
    clock.advance(timedelta(hours=12))

    look()

    assert [body["shift"] for body in told(desk, desk.zhou)] == ["Day"]


def test_standby_is_told_as_standby(desk, look, clock):
    standby = desk.make.shift_template("R", name="Ready", kind=ShiftKind.STANDBY, start_minute=1230)
    desk.make.assignment(desk.li, SATURDAY, standby)
    clock.advance(timedelta(hours=26, minutes=10))

    look()

    assert [body["is_standby"] for body in told(desk, desk.li)] == [True]


def test_an_absence_begins_without_a_reminder(desk, look, clock):
    leave = desk.make.shift_template("V", name="Leave", kind=ShiftKind.ABSENCE, duration_minute=0)
    desk.make.assignment(desk.li, SATURDAY, leave)
    clock.advance(timedelta(hours=5, minutes=45))

    look()

    assert told(desk, desk.li) == []


def test_zero_minutes_remind_nobody(desk, look, clock):
    set_to(desk, declared.SHIFT_REMINDER_MINUTES, 0)
    clock.advance(timedelta(minutes=119))

    assert look() == []


def test_an_hour_before_where_the_site_says_so(desk, look, clock):
    set_to(desk, declared.SHIFT_REMINDER_MINUTES, 60)
    clock.advance(timedelta(minutes=61))

    assert look() == ["shift_soon"]


def test_somebody_retired_is_not_reminded(desk, look, clock):
    people.retire_person(desk.ctx, PersonId(desk.sun.id), version=1)
    clock.advance(timedelta(minutes=95))

    look()

    assert told(desk, desk.sun) == []


def test_in_quiet_hours_it_is_shown_when_the_shift_begins(desk, look, clock):
    quiet(desk, 19 * 60, 23 * 60)
    clock.advance(timedelta(minutes=95))

    look()
    before = told(desk, desk.sun)
    clock.advance(timedelta(minutes=25))

    assert before == []
    assert [body["shift"] for body in told(desk, desk.sun)] == ["Night"]


def test_quiet_hours_that_end_before_the_shift_show_it_then(desk, look, clock):
    quiet(desk, 19 * 60, 19 * 60 + 45)
    clock.advance(timedelta(minutes=95))

    look()
    clock.advance(timedelta(minutes=10))

    assert [body["shift"] for body in told(desk, desk.sun)] == ["Night"]


def test_what_began_while_no_program_ran_is_not_told_afterwards(desk, look, clock):
    clock.advance(timedelta(minutes=121))

    assert look() == []


# -- gaps weeks ahead ------------------------------------------------------------------------------------


def gaps(desk):
    return [[tuple(gap) for gap in body["gaps"]] for body in told(desk, desk.wang, NoticeKind.ROSTER_GAPS)]


@pytest.fixture
def two_days(desk):
    """Look one day ahead only; the role of Wang may publish."""
    set_to(desk, declared.GAP_WARNING_DAYS, 1)
    put(desk.ctx, "role_permission", role_id=role_of(desk), permission="roster.publish")
    return desk


def role_of(desk):
    with desk.ctx.store.read() as read:
        return read.value("SELECT id FROM role WHERE code = 'duty_supervisor'")


def test_shifts_without_people_or_leader_are_told_to_who_publishes(two_days, night):
    two_days.make.assignment(two_days.li, SATURDAY, two_days.day)

    night()

    assert gaps(two_days) == [[("2026-11-21", "D"), ("2026-11-21", "N")]]
    assert told(two_days, two_days.li, NoticeKind.ROSTER_GAPS) == []


def test_a_gap_is_told_once(two_days, night, clock):
    night()
    notice_commands.mark_all_read(acting(two_days.ctx, two_days.wang))

    clock.advance(timedelta(minutes=1))
    night()

    assert len(gaps(two_days)) == 1


def test_an_unread_warning_grows_by_the_next_day_and_loses_what_was_filled(two_days, night, clock):
    night()
    two_days.make.assignment(two_days.li, SUNDAY, two_days.day, is_supervisor=True)

    clock.advance(timedelta(days=1))
    night()

    assert gaps(two_days) == [[("2026-11-22", "N")]]


def test_a_warning_whose_gaps_are_all_filled_goes_away(two_days, night, clock):
    night()
    two_days.make.assignment(two_days.li, SATURDAY, two_days.day, is_supervisor=True)
    two_days.make.assignment(two_days.sun, SATURDAY, two_days.night, is_supervisor=True)

    clock.advance(timedelta(minutes=1))
    night()

    assert gaps(two_days) == []


def test_zero_days_warn_of_nothing(two_days, night):
    settings.change_settings(
        two_days.ctx, {declared.GAP_WARNING_DAYS.name: 0}, versions={declared.GAP_WARNING_DAYS.name: 1}
    )

    night()

    assert gaps(two_days) == []


def test_shipped_the_warning_looks_thirty_days_ahead(desk, program):
    found = shift_gaps(program)

    assert (found[0].on_date, found[-1].on_date) == (SATURDAY, FRIDAY + timedelta(days=30))


def test_a_site_that_plans_no_roster_is_told_of_no_gaps(ctx, make):
    set_up_site(ctx)
    make.shift_template("D", duration_minute=720)

    assert shift_gaps(ctx.acting_as(system_actor())) == []

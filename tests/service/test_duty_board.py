"""The duty board, the checks of a shift, reminders, and the shift without a supervisor; both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.duty import (
    Audience,
    CheckDetails,
    CheckMoment,
    DutyGap,
    DutyRole,
    NewReminder,
    ReminderLink,
)
from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.services.duty import check_commands, commands, queries, reminders
from app.services.notices.queries import my_notices
from app.services.roster import commands as roster_commands
from tests.support.duty import FRIDAY, SATURDAY, duty_desk, put
from tests.support.notices import acting


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


def people(board):
    return [(one.duty.person_name, one.role, one.number) for one in board.people]


# -- who is on duty ----------------------------------------------------------------------------------


def test_the_board_tells_roles_and_numbers_and_the_next_shift(desk):
    board = queries.duty_board(desk.as_li())

    assert people(board) == [
        ("Wang Fang", DutyRole.SUPERVISOR, "138 0013 8000"),
        ("Li Na", DutyRole.HOTLINE, "6102"),
        ("Zhou Jie", DutyRole.STANDBY, "139 0013 9000"),
    ]
    assert board.desk_phone == "1818"
    assert (board.now.shift.template.code, board.changes_in) == ("D", timedelta(hours=2))
    assert [one.person_name for one in board.after.leaders] == ["Sun Lei"]
    assert board.gaps == ()


def test_the_emergency_number_changes_by_itself_at_the_handover(desk):
    later = desk.ctx.clock.now() + timedelta(hours=2)

    board = queries.duty_board(desk.ctx, later)

    assert [one.number for one in board.of_role(DutyRole.SUPERVISOR)] == ["137 0013 7000"]


def test_nobody_is_put_in_silently_where_nobody_is_rostered(desk):
    board = queries.duty_board(desk.ctx, desk.ctx.clock.now() + timedelta(days=3))

    assert board.people == ()
    assert board.gaps == (DutyGap.NOBODY, DutyGap.NEXT_NOBODY)


def test_the_board_knows_load_and_who_is_away(desk):
    desk.make.ticket(assignee_id=desk.li, due_in=timedelta(minutes=-5))
    desk.make.ticket(assignee_id=desk.li, due_in=timedelta(hours=1))
    commands.go_away(desk.as_li(), reason="server room")

    (li,) = queries.duty_board(desk.as_li()).of_role(DutyRole.HOTLINE)

    assert (li.open_tickets, li.overdue, li.away.reason) == (2, 1, "server room")


def test_names_come_in_the_readers_language(desk):
    board = queries.duty_board(desk.as_li().reading("zh_CN"))

    assert [one.duty.person_name for one in board.people] == ["王芳", "李娜", "周杰"]


def test_reachable_people_follow_their_own_terms_before_those_of_the_department(desk):
    company = desk.make.company()
    department = desk.make.department(company)
    inside = {"department_id": department, "teams": (desk.network,)}
    desk.make.agent(name="He Xin", **inside)
    left_out = desk.make.agent(name="Xu Bo", **inside)
    put(desk.ctx, "work_terms", department_id=department.id, is_reachable=True)
    put(desk.ctx, "work_terms", person_id=left_out.id, is_reachable=False)
    put(desk.ctx, "work_terms", person_id=desk.sun.id, is_reachable=True)

    found = queries.duty_board(desk.ctx).reachable

    assert [(one.name, one.team_name, one.mobile) for one in found] == [
        ("Sun Lei", "First line", "137 0013 7000"),
        ("He Xin", "Network", ""),
    ]


def test_who_may_not_see_the_roster_sees_no_board(desk):
    with pytest.raises(NotAllowed):
        queries.duty_board(acting(desk.ctx, desk.li, frozenset({"tickets.read"})))


# -- the shift without a supervisor --------------------------------------------------------------------


def test_a_led_desk_has_no_unled_shift(desk):
    assert queries.unled_shifts(desk.ctx) == []


def test_the_next_shift_without_a_supervisor_is_found(desk):
    roster_commands.name_supervisor(desk.ctx, person_id=desk.sun.id, on_date=FRIDAY, is_supervisor=False)

    (found,) = queries.unled_shifts(desk.ctx)

    assert (found.shift.template.code, found.is_empty, found.has_begun) == ("N", False, False)


def test_a_site_that_rosters_nobody_is_not_told_of_every_shift(ctx, make):
    desk = duty_desk(ctx, make)
    ctx.clock.advance(timedelta(days=60))

    assert queries.unled_shifts(desk.ctx) == []


# -- checks ------------------------------------------------------------------------------------------


def ticked(desk):
    _shift, lines = queries.checks_now(desk.as_li())
    return [(line.check.code, None if line.tick is None else line.tick.is_good) for line in lines]


def test_checks_come_by_moment_and_are_ticked_for_the_running_shift(desk):
    check_commands.tick_check(desk.as_li(), desk.phones.id, is_good=True)

    shift, lines = queries.checks_now(desk.as_li())

    assert shift.template.code == "D"
    assert [(line.check.code, line.tick and line.tick.person_name) for line in lines] == [
        ("PHONES", "Li Na"),
        ("DOORS", None),
    ]


def test_a_tick_is_replaced_and_taken_back_to_what_it_was(desk):
    check_commands.tick_check(desk.as_li(), desk.phones.id, is_good=False, note="one is mute")

    outcome = check_commands.tick_check(desk.as_li(), desk.phones.id, is_good=True)
    after = ticked(desk)[0]
    outcome.undo.run()

    assert after == ("PHONES", True)
    assert ticked(desk)[0] == ("PHONES", False)


def test_what_is_not_good_needs_a_note(desk):
    with pytest.raises(RuleViolation, match=r"duty\.note_missing"):
        check_commands.tick_check(desk.as_li(), desk.phones.id, is_good=False, note=" ")


def test_a_retired_point_stays_where_a_shift_looked_at_it(desk):
    check_commands.tick_check(desk.as_li(), desk.doors.id, is_good=True)
    check_commands.set_check_active(desk.ctx, desk.doors.id, version=1, is_active=False)

    with desk.ctx.store.read() as read:
        today = queries.checks_of_shift(read, FRIDAY, desk.day.id)
        tomorrow = queries.checks_of_shift(read, SATURDAY, desk.day.id)

    assert [line.check.code for line in today] == ["PHONES", "DOORS"]
    assert [line.check.code for line in tomorrow] == ["PHONES"]


def test_a_retired_point_is_not_ticked(desk):
    check_commands.set_check_active(desk.ctx, desk.doors.id, version=1, is_active=False)

    with pytest.raises(RuleViolation, match=r"duty\.check_retired"):
        check_commands.tick_check(desk.as_li(), desk.doors.id, is_good=True)


def test_a_point_is_added_changed_and_moved_and_each_is_taken_back(desk):
    added = check_commands.add_check(desk.ctx, CheckDetails(" LIGHT ", "Light off", "关灯", CheckMoment.END))
    edited = check_commands.edit_check(
        desk.ctx, added.id, CheckDetails("LIGHT", "Lights off", "", CheckMoment.END), version=1
    )
    moved = check_commands.move_check(desk.ctx, added.id, version=edited.version, before_id=desk.doors.id)
    order = [each.code for each in queries.shift_checks(desk.ctx)]
    moved.undo.run()

    assert order == ["PHONES", "LIGHT", "DOORS"]
    assert [each.name for each in queries.shift_checks(desk.ctx)][1:] == ["Doors locked", "Lights off"]
    with pytest.raises(StaleRecord):
        edited.undo.run()


def test_two_points_never_share_a_code(desk):
    with pytest.raises(BadInput, match=r"settings\.code_taken"):
        check_commands.add_check(desk.ctx, CheckDetails("DOORS", "Doors"))


def test_a_point_that_is_gone_is_told(desk):
    with pytest.raises(NotFound, match=r"settings\.entry_missing"):
        check_commands.tick_check(desk.as_li(), 999, is_good=True)


# -- reminders ---------------------------------------------------------------------------------------


def heard(desk, person):
    return [
        (one.kind.value, one.by, one.number, dict(one.body)) for one in my_notices(acting(desk.ctx, person))
    ]


def test_everybody_on_duty_but_the_one_who_says_it_is_reminded(desk):
    outcome = reminders.remind(desk.as_wang(), NewReminder("P1 first", link=ReminderLink.SLA))

    assert outcome.id == 2
    body = {"text": "P1 first", "link": "sla", "by": desk.wang.id}
    assert heard(desk, desk.li) == [("reminded", "Wang Fang", None, body)]
    assert heard(desk, desk.wang) == []
    assert heard(desk, desk.sun) == []


def test_a_team_is_reminded_of_a_ticket(desk):
    ticket = desk.make.ticket()
    reminder = NewReminder(
        "look", Audience.TEAM, team_id=desk.network.id, link=ReminderLink.TICKET, linked=ticket.number
    )

    reminders.remind(desk.as_wang(), reminder)

    assert heard(desk, desk.zhou)[0][2] == ticket.number


def test_a_person_is_reminded_of_an_article(desk):
    article = desk.make.article()
    reminder = NewReminder(
        "read", Audience.PERSON, person_id=desk.sun.id, link=ReminderLink.ARTICLE, linked=article.number
    )

    reminders.remind(desk.as_wang(), reminder)

    assert heard(desk, desk.sun)[0][3]["article"] == article.id


@pytest.mark.parametrize(
    ("reminder", "error", "code"),
    [
        (NewReminder("look", Audience.TEAM, team_id=999), RuleViolation, r"duty\.nobody_to_remind"),
        (NewReminder("look", link=ReminderLink.TICKET, linked=1), NotFound, r"tickets\.number_not_found"),
        (NewReminder("look", link=ReminderLink.ARTICLE, linked=99), NotFound, r"knowledge\.not_found"),
    ],
    ids=["a team of nobody", "no such ticket", "no such article"],
)
def test_a_reminder_that_reaches_nobody_or_leads_nowhere_is_refused(desk, reminder, error, code):
    with pytest.raises(error, match=code):
        reminders.remind(desk.as_wang(), reminder)


def test_an_agent_does_not_remind(desk):
    with pytest.raises(NotAllowed):
        reminders.remind(desk.as_li(), NewReminder("hello"))

"""Presence against the real span of a shift, roles on the board, and what is wrong with who is on duty."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.duty import (
    Attendance,
    Audience,
    Away,
    BoardPerson,
    CheckDetails,
    DutyGap,
    DutyRole,
    DutyTeam,
    NewReminder,
    Presence,
    Punctuality,
    ReminderLink,
    ShiftCrew,
)
from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.roster import Assignment, OnDuty, ShiftAt, ShiftKind, ShiftTemplate
from app.services.duty import rules

FRIDAY = date(2026, 11, 20)
BEGIN = datetime(2026, 11, 20, 0, tzinfo=UTC)  # 08:00 in Shanghai
END = BEGIN + timedelta(hours=12)
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = ShiftTemplate(1, "D", "Day", "", ShiftKind.WORK, 480, 720, "d", 1, True, 1)
NIGHT = ShiftTemplate(2, "N", "Night", "", ShiftKind.WORK, 1200, 720, "n", 2, True, 1)
STANDBY = ShiftTemplate(3, "S", "Standby", "", ShiftKind.STANDBY, 0, 1440, "s", 3, True, 1)
TEMPLATES = {each.id: each for each in (DAY, NIGHT, STANDBY)}
TEAMS = {
    1: DutyTeam(1, "First", "", 1, False),
    2: DutyTeam(2, "Field", "", 1, True),
    3: DutyTeam(3, "Network", "", 2, False),
}


def cell(template: ShiftTemplate, on: date = FRIDAY, person: int = 7) -> Assignment:
    return Assignment(person, on, template.id, False, 1)


def came(in_at: datetime, out_at: datetime | None = None, on: date = FRIDAY) -> Attendance:
    return Attendance(7, on, 1, in_at, out_at)


def duty(
    person: int = 7, *, team: int | None = 1, leads: bool = False, standby: bool = False, **more: str
) -> OnDuty:
    numbers = {"phone": "6101", "mobile": "138", **more}
    return OnDuty(person, f"P{person}", team, "", "D", leads, standby, BEGIN, END, **numbers)


def on_board(one: OnDuty, *, is_away: bool = False) -> BoardPerson:
    away = Away(1, one.person_id, BEGIN, None, "errand") if is_away else None
    return BoardPerson(one, rules.role_of(one, TEAMS), away, None, Punctuality())


def crew(*people: OnDuty, template: ShiftTemplate = DAY) -> ShiftCrew:
    shift = ShiftAt(template, FRIDAY, BEGIN, END)
    return ShiftCrew(shift, tuple(one for one in people if one.is_supervisor), people)


# -- the shift somebody comes to ----------------------------------------------------------------------


def test_standby_and_absences_are_not_come_to():
    planned = rules.planned_work([cell(STANDBY), cell(DAY)], TEMPLATES, SHANGHAI)

    assert [each.assignment.template_id for each in planned] == [DAY.id]


@pytest.mark.parametrize(
    ("zone", "on", "hours"),
    [(BERLIN, date(2026, 10, 24), 13), (BERLIN, date(2026, 3, 28), 11), (SHANGHAI, FRIDAY, 12)],
    ids=["clocks go back", "clocks go forward", "no change"],
)
def test_a_night_is_as_long_as_it_really_is(zone, on, hours):
    (night,) = rules.planned_work([cell(NIGHT, on)], TEMPLATES, zone)

    assert night.ends_at - night.starts_at == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "template"),
    [
        (BEGIN - timedelta(hours=4), DAY),
        (BEGIN + timedelta(hours=11, minutes=59), DAY),
    ],
    ids=["four hours early", "in the last minute"],
)
def test_one_comes_to_the_shift_around_now(now, template):
    planned = rules.planned_work([cell(DAY)], TEMPLATES, SHANGHAI)

    assert rules.shift_to_come_to(planned, [], now).assignment.template_id == template.id


@pytest.mark.parametrize("now", [BEGIN - timedelta(hours=4, seconds=1), END], ids=["too early", "over"])
def test_without_a_shift_around_now_nobody_comes(now):
    planned = rules.planned_work([cell(DAY)], TEMPLATES, SHANGHAI)

    with pytest.raises(RuleViolation, match=r"duty\.no_shift"):
        rules.shift_to_come_to(planned, [], now)


def test_coming_twice_is_refused():
    planned = rules.planned_work([cell(DAY)], TEMPLATES, SHANGHAI)

    with pytest.raises(RuleViolation, match=r"duty\.in_already"):
        rules.shift_to_come_to(planned, [came(BEGIN)], BEGIN + timedelta(hours=1))


def test_coming_again_after_leaving_is_the_same_shift():
    planned = rules.planned_work([cell(DAY)], TEMPLATES, SHANGHAI)
    left = came(BEGIN, BEGIN + timedelta(hours=1))

    found = rules.shift_to_come_to(planned, [left], BEGIN + timedelta(hours=2))

    assert found.assignment.on_date == FRIDAY


# -- punctuality ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attendance", "found"),
    [
        (came(BEGIN - timedelta(minutes=7)), Punctuality()),
        (came(BEGIN + timedelta(seconds=59)), Punctuality()),
        (came(BEGIN + timedelta(minutes=5, seconds=59)), Punctuality(late=5)),
        (came(BEGIN, END - timedelta(minutes=30)), Punctuality(early=30)),
        (came(BEGIN, END + timedelta(minutes=20)), Punctuality(overtime=20)),
        (None, Punctuality(late=60, is_missing=True)),
    ],
    ids=["early", "seconds are forgiven", "late", "left early", "stayed", "never came"],
)
def test_presence_is_told_in_whole_minutes(attendance, found):
    assert rules.punctuality(BEGIN, END, attendance, BEGIN + timedelta(hours=1)) == found


def test_before_a_shift_begins_nobody_is_missing():
    assert rules.punctuality(BEGIN, END, None, BEGIN - timedelta(hours=1)) == Punctuality()


def test_a_time_away_counts_only_inside_the_shift_and_up_to_now():
    spans = [
        Away(1, 7, BEGIN - timedelta(hours=1), None, "a", BEGIN + timedelta(minutes=10)),
        Away(2, 7, BEGIN + timedelta(hours=1), None, "b"),
    ]

    found = rules.away_within(spans, BEGIN, END, BEGIN + timedelta(hours=1, minutes=15))

    assert found == timedelta(minutes=25)


def test_a_month_counts_shifts_that_have_begun():
    def line(on: date, attendance: Attendance | None, now: datetime) -> Presence:
        begin = BEGIN + timedelta(days=(on - FRIDAY).days)
        end = begin + timedelta(hours=12)
        return Presence(
            7, "Wang", on, 1, "D", begin, end, attendance, rules.punctuality(begin, end, attendance, now), 15
        )

    now = BEGIN + timedelta(days=1, hours=1)
    lines = [
        line(FRIDAY, came(BEGIN + timedelta(minutes=9), END - timedelta(minutes=4)), now),
        line(FRIDAY + timedelta(days=1), None, now),
        line(FRIDAY + timedelta(days=2), None, now),
    ]

    found = rules.month_of(lines, 2, now)

    assert (found.shifts, found.attended, found.missing) == (2, 1, 1)
    assert (found.late_times, found.late_minutes, found.early_times, found.early_minutes) == (1, 9, 1, 4)
    assert (found.away_times, found.away_minutes) == (2, 30)


# -- the board --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "role"),
    [
        (duty(leads=True, team=3), DutyRole.SUPERVISOR),
        (duty(), DutyRole.HOTLINE),
        (duty(team=None), DutyRole.HOTLINE),
        (duty(team=2), DutyRole.FIELD),
        (duty(team=3), DutyRole.SECOND_LINE),
        (duty(team=3, standby=True), DutyRole.STANDBY),
    ],
    ids=["leads", "first line", "no team", "field", "second line", "stands by"],
)
def test_everybody_on_duty_has_one_role(one, role):
    assert rules.role_of(one, TEAMS) is role


def test_who_leads_is_rung_on_the_mobile_and_others_at_the_desk():
    people = [on_board(duty(leads=True)), on_board(duty()), on_board(duty(standby=True))]

    assert [one.number for one in people] == ["138", "6101", "138"]


@pytest.mark.parametrize(
    ("people", "gaps"),
    [
        ([], (DutyGap.NOBODY,)),
        ([on_board(duty(standby=True))], (DutyGap.NOBODY,)),
        ([on_board(duty())], (DutyGap.NO_SUPERVISOR,)),
        ([on_board(duty(leads=True))], ()),
        ([on_board(duty(leads=True), is_away=True)], (DutyGap.ALL_AWAY,)),
        ([on_board(duty(leads=True), is_away=True), on_board(duty(8))], (DutyGap.SUPERVISOR_AWAY,)),
        ([on_board(duty(leads=True, phone="", mobile=""))], (DutyGap.NO_NUMBER,)),
    ],
    ids=["nobody", "standby is not enough", "nobody leads", "well", "all away", "leader away", "no number"],
)
def test_what_is_missing_now_is_told(people, gaps):
    assert rules.gaps_of(crew(), crew(duty(leads=True)), people) == gaps


@pytest.mark.parametrize(
    ("after", "gaps"),
    [
        (crew(), (DutyGap.NEXT_NOBODY,)),
        (crew(duty()), (DutyGap.NEXT_NO_SUPERVISOR,)),
        (crew(duty(leads=True)), ()),
        (None, ()),
    ],
    ids=["nobody", "nobody leads", "well", "the desk closes"],
)
def test_what_will_be_missing_is_told(after, gaps):
    assert rules.gaps_of(crew(), after, [on_board(duty(leads=True))]) == gaps


def test_a_desk_without_a_running_shift_misses_nobody():
    assert rules.gaps_of(None, None, []) == ()


# -- what is typed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "until", "code"),
    [
        ("  ", None, r"duty\.reason_missing"),
        ("lunch", BEGIN, r"duty\.return_in_past"),
        ("x" * 201, None, r"duty\.text_too_long"),
    ],
    ids=["no reason", "back before gone", "a novel"],
)
def test_an_away_that_cannot_be_is_refused(reason, until, code):
    with pytest.raises((RuleViolation, BadInput), match=code):
        rules.check_away(reason, until, BEGIN)


def test_a_reason_is_kept_without_blanks_around_it():
    assert rules.check_away(" errand ", None, BEGIN) == "errand"


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (CheckDetails(" ", "Doors"), r"settings\.code_missing"),
        (CheckDetails("DOORS", " "), r"settings\.name_missing"),
        (CheckDetails("D" * 33, "Doors"), r"duty\.text_too_long"),
        (CheckDetails("DOORS", "Doors", "门" * 201), r"duty\.text_too_long"),
    ],
    ids=["no code", "no name", "long code", "long name"],
)
def test_a_point_that_cannot_be_is_refused(details, code):
    with pytest.raises(BadInput, match=code):
        rules.check_point(details)


@pytest.mark.parametrize(
    ("reminder", "code"),
    [
        (NewReminder(" "), r"duty\.reminder_empty"),
        (NewReminder("x" * 501), r"duty\.text_too_long"),
        (NewReminder("Look", Audience.ON_DUTY, link=ReminderLink.TICKET), r"duty\.link_missing"),
    ],
    ids=["empty", "a novel", "a link to nothing"],
)
def test_a_reminder_that_cannot_be_is_refused(reminder, code):
    with pytest.raises((RuleViolation, BadInput), match=code):
        rules.check_reminder(reminder)


def test_a_reminder_may_lead_to_the_service_levels_without_a_number():
    assert rules.check_reminder(NewReminder(" Mind P1 ", link=ReminderLink.SLA)) == "Mind P1"

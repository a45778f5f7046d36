"""What a site states about itself in its staffing: users, hours, visits, languages; by hand (S2-57).

The calendar is open on workdays for nine hours: 8:30 to 12 and 13 to 18:30. November 2026 has 21 workdays,
189 hours. 10 calls an hour of 300 s need 3 people at the telephone (RULES 6), 5 with 30 % shrinkage.
"""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.skills import SkillLevel
from app.models.entities.staffing import ArrivalSource, VisitSource
from app.services.roster import skill_commands
from app.services.roster.lists import Names
from app.services.roster.staffing_queries import staffing_of_day
from app.services.settings import declared
from app.services.settings.commands import change_settings
from tests.service.test_staffing_queries import MONDAY, TEN, WEEK, count_calls, three_mondays
from tests.support.command_line import say
from tests.support.site import set_up_site


@pytest.fixture
def team(ctx, make):
    set_up_site(ctx)
    return make.team(name="First line", name_alt="一线", code="first")


def state(ctx, **values):
    change_settings(ctx, {f"staffing.{name}": value for name, value in values.items()}, versions={})


def monday(ctx):
    return staffing_of_day(ctx, MONDAY)


# -- a new site --------------------------------------------------------------------------------------------


def test_a_new_sites_calls_come_from_its_users_within_the_service_hours(ctx, team):
    state(ctx, users=1_890, calls_a_month=100)

    day = monday(ctx)

    assert day.arrivals is ArrivalSource.USERS
    assert [round(hour.expected, 6) for hour in day.hours[7:20]] == [
        0,
        5,
        10,
        10,
        10,
        0,
        10,
        10,
        10,
        10,
        10,
        5,
        0,
    ]
    assert day.expected == pytest.approx(90)
    assert [hour.needed for hour in day.hours[11:14]] == [5, 0, 5]


def test_counted_calls_are_believed_more_than_the_users(ctx, team):
    state(ctx, users=1_890, calls_a_month=100)
    count_calls(ctx, *three_mondays(60))

    day = monday(ctx)

    assert (day.arrivals, day.hours[10].expected) == (ArrivalSource.CALLS, 60)


def test_tickets_of_three_days_are_believed_more_than_the_users(ctx, make, team):
    state(ctx, users=1_890, calls_a_month=100)
    make.ticket(received_at=TEN - WEEK)

    assert monday(ctx).arrivals is ArrivalSource.TICKETS


def test_users_without_a_number_of_calls_say_nothing(ctx, team):
    state(ctx, users=1_890)

    assert monday(ctx).arrivals is ArrivalSource.NOTHING


def test_the_command_line_says_that_it_is_reckoned_from_users(ctx, team):
    state(ctx, users=1_890, calls_a_month=100)

    _code, told, _complaint = say(ctx, "staffing", "day", MONDAY.isoformat())

    assert "1890 users with 100 calls a month for 100, spread over service hours" in told


# -- hours -------------------------------------------------------------------------------------------------


def test_out_of_service_hours_nobody_is_planned_for_calls(ctx, team):
    count_calls(ctx, *(hour for hour in three_mondays(20)))
    state(ctx, service_hours_only=True)
    at_ten = monday(ctx).hours[10]
    sunday = staffing_of_day(ctx, MONDAY - WEEK / 7).hours[10]

    assert (at_ten.is_open, at_ten.needed) == (True, 6)
    assert (sunday.is_open, sunday.needed, sunday.abandonment) == (False, 0, None)


# -- visits ------------------------------------------------------------------------------------------------


def test_stated_visits_need_people_for_the_way_and_the_work(ctx, make, team):
    field = make.team(code="field", name="Field", is_field=True)
    make.assignment(make.agent(teams=(field,)), MONDAY, make.shift_template("D"))
    count_calls(ctx, *three_mondays(20))
    state(ctx, visits=15, travel=20, visit_minutes=35)

    hour = monday(ctx).hours[10]

    # 3 visits x (20 + 35 + 20) min = 3.75 people, with 30 % shrinkage 5.36
    assert (hour.visits, hour.field_needed, hour.field_rostered) == (3.0, 6, 1)
    assert [each.starts_at for each in monday(ctx).field_short_hours] == [TEN]


def test_without_a_stated_part_the_tickets_of_field_teams_say_it(ctx, make, team):
    field = make.team(code="field", name="Field", is_field=True)
    count_calls(ctx, *three_mondays(20))
    make.ticket(received_at=TEN - WEEK, team_id=field.id)
    make.ticket(received_at=TEN - WEEK, team_id=team.id)

    day = monday(ctx)

    assert (day.field_work.share, day.field_work.source) == (0.5, VisitSource.TICKETS)
    # 10 visits x 30 min = 5 people, with 30 % shrinkage 7.14
    assert (day.hours[10].visits, day.hours[10].field_needed) == (10.0, 8)


def test_a_desk_without_visits_needs_nobody_in_the_field(ctx, team):
    count_calls(ctx, *three_mondays(20))

    day = monday(ctx)

    assert (day.field_work.source, day.field_short_hours) == (VisitSource.NOTHING, ())


def test_the_command_line_shows_visits_beside_the_calls(ctx, team):
    count_calls(ctx, *three_mondays(20))
    state(ctx, visits=15, travel=20, visit_minutes=35)

    _code, told, _complaint = say(ctx, "staffing", "day", MONDAY.isoformat())

    assert told.splitlines()[11].split()[-3:] == ["3.0", "6", "0"]
    assert "visits: 15% of calls from setting, 75 min each, way there and back" in told


# -- targets and languages -----------------------------------------------------------------------------------


def test_people_may_be_kept_less_busy(ctx, team):
    count_calls(ctx, *three_mondays(200, talk_seconds=200 * 180))
    state(ctx, shrinkage=0, occupancy=70)

    # 10 erlangs over 70 % are 14.3 people
    assert monday(ctx).hours[10].needed == 15


def test_a_language_asks_for_its_part_of_the_calls_against_who_can_speak_it(ctx, make, team):
    english = skill_commands.add_skill(ctx, Names("EN", "English", "英语")).id
    able, other = (make.agent(teams=(team,)) for _ in range(2))
    day = make.shift_template("D")
    make.assignment(able, MONDAY, day)
    make.assignment(other, MONDAY, day)
    skill_commands.set_person_skill(ctx, able.id, english, SkillLevel.SKILLED)
    count_calls(ctx, *three_mondays(60))
    state(ctx, languages="英语 20 %, Klingon")

    spoken, unknown = monday(ctx).skills

    # 12 calls of 300 s an hour are 1 erlang: 3 people, 5 with 30 % shrinkage
    assert (spoken.name, spoken.at, spoken.needed, spoken.able, spoken.shortfall) == ("英语", TEN, 5, 1, 4)
    assert (unknown.name, unknown.is_known, unknown.able) == ("Klingon", False, 0)


def test_who_is_unskilled_does_not_count(ctx, make, team):
    english = skill_commands.add_skill(ctx, Names("EN", "English", "英语")).id
    agent = make.agent(teams=(team,))
    make.assignment(agent, MONDAY, make.shift_template("D"))
    skill_commands.set_person_skill(ctx, agent.id, english, SkillLevel.UNSKILLED)
    count_calls(ctx, *three_mondays(60))
    state(ctx, languages="en")

    (hint,) = monday(ctx).skills

    assert (hint.needed, hint.able) == (1, 0)


def test_without_calls_no_language_is_asked_for(ctx, team):
    state(ctx, languages="English 20 %")

    assert monday(ctx).skills == ()


@pytest.mark.parametrize(
    ("key", "value"), [(declared.STAFFING_VISITS, 101), (declared.STAFFING_OCCUPANCY, 49)]
)
def test_what_cannot_be_is_refused(ctx, team, key, value):
    with pytest.raises(BadInput):
        change_settings(ctx, {key.name: value}, versions={})

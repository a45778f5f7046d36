"""Other hours for a shift from a date on, crews, leaving, and what other rules would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput, NotFound, StaleRecord
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import Severity
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES, RuleName, RuleSetting
from app.models.entities.skills import SkillId, SkillLevel
from app.services.people.queries import person
from app.services.roster import (
    commands,
    crew_commands,
    crew_member_commands,
    crew_queries,
    leaving_commands,
    leaving_queries,
    pattern_commands,
    plan_queries,
    rules_queries,
    skill_commands,
    template_commands,
    template_queries,
    template_split_commands,
    terms_commands,
)
from app.services.roster.lists import Names
from app.services.roster.pattern_commands import PatternDetails
from app.services.roster.template_details import Need, ShiftDetails, SkillWanted
from app.services.roster.template_split_commands import free_code
from tests.support.site import set_up_site

PAST, TODAY, SOON, LATER = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 25), date(2026, 12, 24)
LONGER = ShiftDetails(
    "D", "Day", start_minute=480, duration_minute=780, needs=(Need(None, DayType.WORKDAY, 2),), skills=()
)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def day(make):
    return make.shift_template("D", name="Day", duration_minute=720)


@pytest.fixture
def wang(make, day):
    wang = make.agent(name="Wang Fang", teams=(make.team(name="First line"),))
    make.assignment(wang, PAST, day)
    make.assignment(wang, TODAY, day, is_fixed=True)
    make.assignment(wang, SOON, day, is_supervisor=True)
    make.assignment(wang, LATER, day)
    return wang


def cells(ctx):
    found = plan_queries.plan(ctx, PAST, LATER).cells.values()
    return {cell.on_date: cell.template_id for cell in found}


def shift(ctx, shift_id):
    return next(each for each in template_queries.shifts(ctx) if each.id == shift_id)


def plan_row(make, person, template, first, count):
    for number in range(count):
        make.assignment(person, first + timedelta(days=number), template)


def split(ctx, day, since=SOON, details=LONGER):
    return template_split_commands.split_shift(ctx, TemplateId(day.id), details, version=1, since=since)


# --- other hours from a date on --------------------------------------------------------------------------


def test_it_is_told_how_many_planned_shifts_an_edit_changes(ctx, day, wang):
    commands.publish_month(ctx, "2026-11", anyway=True)

    use = template_queries.shift_uses(ctx)[TemplateId(day.id)]

    assert (use.past, use.ahead, use.published) == (1, 3, 3)


def test_a_split_shift_keeps_the_past_and_changes_what_is_to_come(ctx, day, wang):
    made = split(ctx, day)

    new = TemplateId(made.id)
    assert cells(ctx) == {PAST: day.id, TODAY: day.id, SOON: new, LATER: new}
    assert (shift(ctx, new).template.code, shift(ctx, new).template.duration_minute) == ("D2", 780)
    assert [rule.minimum for rule in shift(ctx, new).coverage] == [2]
    assert (shift(ctx, day.id).is_active, shift(ctx, day.id).template.duration_minute) == (False, 720)


def test_a_split_keeps_who_leads_and_which_cells_are_fixed(ctx, day, wang):
    made = split(ctx, day, since=TODAY)

    plan = plan_queries.plan(ctx, TODAY, SOON)
    assert plan.cells[PersonId(wang.id), TODAY].is_fixed
    assert plan.cells[PersonId(wang.id), SOON].is_supervisor
    assert made.id in {cell.template_id for cell in plan.cells.values()}


def test_patterns_and_led_shifts_follow_a_split(ctx, day, wang):
    pattern_commands.add_pattern(ctx, PatternDetails(Names("two", "Two days"), ("D", "D", "")))

    split(ctx, day)

    assert crew_queries.patterns(ctx)[0].cells == ("D2", "D2", "")
    assert plan_queries.rules_in_force(ctx).rules.led_shifts == ("D", "D2", "N")


def test_a_split_is_taken_back_and_made_again_as_a_whole(ctx, day, wang):
    pattern_commands.add_pattern(ctx, PatternDetails(Names("two", "Two days"), ("D", "")))
    made = split(ctx, day)

    undone = made.undo.run()
    after_undo = (cells(ctx), crew_queries.patterns(ctx)[0].cells, shift(ctx, day.id).is_active)
    undone.undo.run()

    assert after_undo == (dict.fromkeys((PAST, TODAY, SOON, LATER), day.id), ("D", ""), True)
    assert cells(ctx)[LATER] == made.id
    assert crew_queries.patterns(ctx)[0].cells == ("D2", "")


def test_the_new_shift_may_have_a_code_of_its_own(ctx, day, wang):
    made = split(ctx, day, details=replace(LONGER, code="L"))

    assert shift(ctx, made.id).template.code == "L"


def test_what_is_past_is_not_split(ctx, day, wang):
    with pytest.raises(BadInput) as refused:
        split(ctx, day, since=PAST)

    assert refused.value.code == "roster.split_past"


def test_a_shift_changed_meanwhile_is_not_split(ctx, day, wang):
    template_commands.edit_shift(ctx, TemplateId(day.id), LONGER, version=1)

    with pytest.raises(StaleRecord):
        split(ctx, day)

    assert set(cells(ctx).values()) == {day.id}


@pytest.mark.parametrize(
    ("code", "used", "free"),
    [("D", {"D"}, "D2"), ("D", {"D", "D2"}, "D3"), ("LONG", {"LONG"}, "LON2"), ("班", {"班", "班2"}, "班3")],
)
def test_the_next_free_code_fits_into_a_cell(code, used, free):
    assert free_code(code, used) == free


# --- skills of a shift -----------------------------------------------------------------------------------


def test_what_a_shift_needs_of_skills_is_saved_and_taken_back_with_it(ctx, day):
    skill = skill_commands.add_skill(ctx, Names("net", "Networks")).id
    wanted = SkillWanted(SkillId(skill), SkillLevel.EXPERT, "", 1)

    saved = template_commands.edit_shift(
        ctx, TemplateId(day.id), replace(LONGER, skills=(wanted,)), version=1
    )
    held = shift(ctx, day.id).skills
    saved.undo.run()

    assert [(need.skill_id, need.level, need.day_type, need.minimum) for need in held] == [
        (skill, SkillLevel.EXPERT, "", 1)
    ]
    assert shift(ctx, day.id).skills == ()


def test_an_edit_that_says_nothing_of_skills_keeps_them(ctx, day):
    skill = skill_commands.add_skill(ctx, Names("net", "Networks")).id
    wanted = SkillWanted(SkillId(skill), SkillLevel.SKILLED, "weekend", 2)
    template_commands.edit_shift(ctx, TemplateId(day.id), replace(LONGER, skills=(wanted,)), version=1)

    template_commands.edit_shift(ctx, TemplateId(day.id), replace(LONGER, skills=None), version=2)

    assert len(shift(ctx, day.id).skills) == 1


def test_a_skill_need_of_nobody_is_refused(ctx, day):
    wanted = SkillWanted(SkillId(1), SkillLevel.SKILLED, "", 0)

    with pytest.raises(BadInput) as refused:
        template_commands.edit_shift(ctx, TemplateId(day.id), replace(LONGER, skills=(wanted,)), version=1)

    assert refused.value.code == "settings.out_of_range"


def test_a_need_on_no_type_of_day_is_refused(ctx, day):
    wanted = SkillWanted(SkillId(1), SkillLevel.SKILLED, "someday", 1)

    with pytest.raises(BadInput) as refused:
        template_commands.edit_shift(ctx, TemplateId(day.id), replace(LONGER, skills=(wanted,)), version=1)

    assert refused.value.code == "roster.day_type_unknown"


# --- crews -----------------------------------------------------------------------------------------------


def test_somebody_put_into_a_crew_keeps_what_their_department_agreed(ctx, make):
    department = make.department()
    li = make.agent(name="Li Na", teams=(make.team(),), department_id=department)
    terms_commands.set_terms(ctx, WorkTerms(no_nights=True), department_id=department.id)
    crew = crew_commands.add_crew(ctx, Names("1", "Crew 1")).id

    crew_member_commands.put_in_crew(ctx, li.id, crew)

    (held,) = [each for each in plan_queries.work_terms(ctx) if each.person_id == li.id]
    assert held.terms == WorkTerms(no_nights=True, crew_id=crew)


def test_a_first_crew_is_taken_back_to_no_terms_at_all(ctx, wang):
    crew = crew_commands.add_crew(ctx, Names("1", "Crew 1")).id

    crew_member_commands.put_in_crew(ctx, wang.id, crew).undo.run()

    assert plan_queries.work_terms(ctx) == []


def test_moving_between_crews_is_taken_back(ctx, wang):
    one = crew_commands.add_crew(ctx, Names("1", "Crew 1")).id
    two = crew_commands.add_crew(ctx, Names("2", "Crew 2")).id
    crew_member_commands.put_in_crew(ctx, wang.id, one)

    crew_member_commands.put_in_crew(ctx, wang.id, two).undo.run()

    assert [each.terms.crew_id for each in plan_queries.work_terms(ctx)] == [one]


def test_nobody_is_put_into_a_crew_that_is_not_there(ctx, wang):
    with pytest.raises(NotFound):
        crew_member_commands.put_in_crew(ctx, wang.id, 999)


# --- leaving ---------------------------------------------------------------------------------------------


def test_whoever_leaves_is_told_to_have_shifts_ahead(ctx, wang):
    assert leaving_queries.shifts_ahead(ctx, wang.id) == 3


def test_leaving_gives_up_what_is_ahead_and_keeps_what_was(ctx, day, wang):
    leaving_commands.retire_and_clear(ctx, PersonId(wang.id), version=1)

    assert cells(ctx) == {PAST: day.id}
    assert not person(ctx, PersonId(wang.id)).is_active


def test_leaving_is_taken_back_with_the_shifts(ctx, day, wang):
    left = leaving_commands.retire_and_clear(ctx, PersonId(wang.id), version=1)

    back = left.undo.run()

    assert cells(ctx) == dict.fromkeys((PAST, TODAY, SOON, LATER), day.id)
    assert person(ctx, PersonId(wang.id)).is_active
    assert plan_queries.plan(ctx, SOON, SOON).cells[PersonId(wang.id), SOON].is_supervisor
    assert back.undo.code == "roster.undo.came_back"


# --- what other rules would say --------------------------------------------------------------------------


def test_other_rules_are_counted_beside_those_in_force(ctx, make, day, wang):
    night = make.shift_template("N", name="Night", start_minute=1200, duration_minute=720)
    make.assignment(wang, date(2026, 12, 1), night)
    make.assignment(wang, date(2026, 12, 2), day)
    lenient = {
        **DEFAULT_ROSTER_RULES.settings,
        RuleName.DAY_AFTER_NIGHT: RuleSetting(Severity.WARN),
        RuleName.REST: RuleSetting(Severity.OFF, 11),
        RuleName.SUPERVISOR: RuleSetting(Severity.OFF),
    }

    effect = rules_queries.suppose_rules(ctx, replace(DEFAULT_ROSTER_RULES, settings=lenient))

    assert (effect.first, effect.last) == (date(2026, 11, 1), date(2026, 12, 31))
    assert (effect.now.forbidden, effect.now.by_rule[RuleName.DAY_AFTER_NIGHT]) == (1, 1)
    assert (effect.supposed.forbidden, effect.supposed.warnings) == (0, 1)


def test_a_rule_with_a_longer_reach_finds_what_began_months_ago(ctx, make, day):
    li = make.agent(name="Li Na", teams=(make.team(),))
    plan_row(make, li, day, date(2026, 10, 12), 21)
    reach = {**DEFAULT_ROSTER_RULES.settings, RuleName.SHIFTS_IN_A_ROW: RuleSetting(Severity.WARN, 20)}

    effect = rules_queries.suppose_rules(ctx, replace(DEFAULT_ROSTER_RULES, settings=reach))

    assert effect.supposed.by_rule[RuleName.SHIFTS_IN_A_ROW] == 1

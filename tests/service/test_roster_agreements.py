"""Crews, patterns, terms, skills, trainings, wishes: noted, changed, taken back, and read by the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.models.entities.errors import BadInput, NotAllowed, NotFound, RuleViolation, StaleRecord
from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import Leave, WorkTerms
from app.models.entities.settings import ConfigKind
from app.models.entities.skills import SkillLevel, SkillNeed
from app.services.base.context import Actor
from app.services.roster import (
    crew_commands,
    crew_queries,
    pattern_commands,
    plan_queries,
    skill_commands,
    skill_queries,
    terms_commands,
    training_commands,
    wish_commands,
)
from app.services.roster.lists import Names
from app.services.roster.pattern_commands import PatternDetails
from app.services.roster.training_commands import TrainingDetails
from app.services.settings.commands import save_config
from tests.support.roster_rows import put_leave
from tests.support.site import set_up_site

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


@pytest.fixture
def department(make):
    return make.department()


@pytest.fixture
def wang(make, department):
    team = make.team(name="First line")
    return make.agent(name="Wang Fang", teams=(team,), department_id=department)


def planned(ctx):
    (person,) = plan_queries.plan(ctx, FIRST, LAST).people
    return person


def test_a_crew_is_added_changed_moved_and_retired(ctx):
    first = crew_commands.add_crew(ctx, Names("A", "Crew A", "甲班"))
    second = crew_commands.add_crew(ctx, Names("B", "Crew B"))
    crew_commands.edit_crew(ctx, second.id, Names("B", "Crew Bee"), version=1)
    crew_commands.move_crew(ctx, second.id, version=2, before_id=first.id)
    crew_commands.set_crew_active(ctx, first.id, version=1, is_active=False)

    assert [(crew.name, crew.version) for crew in crew_queries.crews(ctx)] == [("Crew Bee", 3)]
    assert [crew.code for crew in crew_queries.crews(ctx, include_retired=True)] == ["B", "A"]


def test_changing_a_crew_is_taken_back(ctx):
    crew = crew_commands.add_crew(ctx, Names("A", "Crew A"))
    changed = crew_commands.edit_crew(ctx, crew.id, Names("A", "Crew Z"), version=1)

    changed.undo.run()

    assert [(one.name, one.version) for one in crew_queries.crews(ctx)] == [("Crew A", 3)]


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (Names(" ", "Crew"), "settings.code_missing"),
        (Names("B", " "), "settings.name_missing"),
        (Names("A", "Again"), "settings.code_taken"),
        (Names("B" * 17, "Crew"), "catalogue.text_too_long"),
        (Names("B", "C" * 61), "catalogue.text_too_long"),
    ],
)
def test_a_crew_that_cannot_be_is_refused(ctx, names, code):
    crew_commands.add_crew(ctx, Names("A", "Crew A"))

    with pytest.raises(BadInput) as refused:
        crew_commands.add_crew(ctx, names)

    assert refused.value.code == code


def test_a_crew_somebody_changed_meanwhile_is_not_overwritten(ctx):
    crew = crew_commands.add_crew(ctx, Names("A", "Crew A"))
    crew_commands.edit_crew(ctx, crew.id, Names("A", "Crew B"), version=1)

    with pytest.raises(StaleRecord):
        crew_commands.edit_crew(ctx, crew.id, Names("A", "Crew C"), version=1)


def test_a_pattern_keeps_its_days_off_and_is_taken_back(ctx, day):
    added = pattern_commands.add_pattern(ctx, PatternDetails(Names("dd", "Two days"), ("D", "D", "", "")))
    changed = pattern_commands.edit_pattern(
        ctx, added.id, PatternDetails(Names("d", "One day"), (" D ", "")), version=1
    )
    after = crew_queries.patterns(ctx)[0]

    changed.undo.run()

    assert (after.name, after.cells) == ("One day", ("D", ""))
    assert crew_queries.patterns(ctx)[0].cells == ("D", "D", "", "")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ((), "roster.pattern_empty"),
        (("", ""), "roster.pattern_empty"),
        (("D", "X"), "roster.pattern_shift"),
        (("D",) * 85, "roster.pattern_long"),
    ],
)
def test_a_pattern_that_cannot_be_laid_is_refused(ctx, day, cells, code):
    with pytest.raises(BadInput) as refused:
        pattern_commands.add_pattern(ctx, PatternDetails(Names("x", "X"), cells))

    assert refused.value.code == code


def test_a_person_has_the_terms_of_the_department_or_their_own(ctx, wang, department):
    common = WorkTerms(no_nights=True, no_holidays=True)
    terms_commands.set_terms(ctx, common, department_id=department.id)
    as_the_others = planned(ctx)
    own = WorkTerms(contract_minutes=1200, nights_most=2, joined_on=FIRST, left_on=LAST)

    terms_commands.set_terms(ctx, own, person_id=wang.id)

    person = planned(ctx)
    assert (as_the_others.no_nights, as_the_others.no_holidays) == (True, True)
    assert (person.no_nights, person.contract_minutes, person.nights_most) == (False, 1200, 2)
    assert (person.joined_on, person.left_on) == (FIRST, LAST)


def test_terms_are_changed_and_taken_back_to_none(ctx, wang):
    noted = terms_commands.set_terms(ctx, WorkTerms(no_nights=True), person_id=wang.id)
    changed = terms_commands.set_terms(ctx, WorkTerms(nights_most=3), person_id=wang.id, version=1)

    changed.undo.run()
    before = planned(ctx)
    terms_commands.clear_terms(ctx, noted.id, version=3)

    assert (before.no_nights, before.nights_most) == (True, None)
    assert plan_queries.work_terms(ctx) == []


def test_terms_somebody_noted_meanwhile_are_not_overwritten(ctx, wang):
    terms_commands.set_terms(ctx, WorkTerms(no_nights=True), person_id=wang.id)

    with pytest.raises(StaleRecord):
        terms_commands.set_terms(ctx, WorkTerms(), person_id=wang.id)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (WorkTerms(contract_minutes=0), "roster.terms_range"),
        (WorkTerms(contract_minutes=10_081), "roster.terms_range"),
        (WorkTerms(nights_most=32), "roster.terms_range"),
        (WorkTerms(joined_on=LAST, left_on=FIRST), "roster.terms_dates"),
        (WorkTerms(substitute_id=1), "roster.terms_substitute"),
        (WorkTerms(substitute_id=99), "people.not_found"),
        (WorkTerms(crew_id=99), "settings.entry_missing"),
    ],
)
def test_terms_that_cannot_be_are_refused(ctx, wang, terms, code):
    given = replace(terms, substitute_id=wang.id) if terms.substitute_id == 1 else terms

    with pytest.raises((BadInput, NotFound)) as refused:
        terms_commands.set_terms(ctx, given, person_id=wang.id)

    assert refused.value.code == code


@pytest.mark.parametrize("whose", [{}, {"person_id": 1, "department_id": 1}])
def test_terms_are_those_of_one_person_or_one_department(ctx, whose):
    with pytest.raises(BadInput, match=r"roster\.terms_of_whom"):
        terms_commands.set_terms(ctx, WorkTerms(), **whose)


def test_what_somebody_can_do_is_noted_changed_and_taken_back(ctx, wang):
    skill = skill_commands.add_skill(ctx, Names("sap", "SAP", "SAP 系统"))
    skill_commands.set_person_skill(ctx, wang.id, skill.id, SkillLevel.SKILLED)
    better = skill_commands.set_person_skill(ctx, wang.id, skill.id, SkillLevel.EXPERT)
    best = planned(ctx).skills

    better.undo.run()

    (held,) = skill_queries.person_skills(ctx)
    assert best == {skill.id: SkillLevel.EXPERT}
    assert (held.person_id, held.skill_id, held.level) == (wang.id, skill.id, SkillLevel.SKILLED)


def test_a_skill_of_the_list_is_changed_moved_and_retired(ctx):
    first = skill_commands.add_skill(ctx, Names("a", "Asking"))
    second = skill_commands.add_skill(ctx, Names("b", "Building"))
    skill_commands.edit_skill(ctx, first.id, Names("a", "Arguing"), version=1)
    skill_commands.move_skill(ctx, second.id, version=1, before_id=first.id)
    skill_commands.set_skill_active(ctx, second.id, version=2, is_active=False)

    assert [skill.name for skill in skill_queries.skills(ctx)] == ["Arguing"]
    assert [skill.code for skill in skill_queries.skills(ctx, include_retired=True)] == ["b", "a"]


def test_what_a_shift_needs_of_skills_goes_with_the_shift_and_is_taken_back(ctx, day):
    skill = skill_commands.add_skill(ctx, Names("sap", "SAP"))
    need = SkillNeed(day.id, skill.id, SkillLevel.SKILLED, "", 1)

    done = skill_commands.set_skill_needs(ctx, day.id, (need,), version=1)
    noted = skill_queries.skill_needs(ctx)
    done.undo.run()

    assert (done.version, noted) == (2, [need])
    assert skill_queries.skill_needs(ctx) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"minimum": 0}, "settings.out_of_range"),
        ({"minimum": 100}, "settings.out_of_range"),
        ({"day_type": "someday"}, "roster.day_type_unknown"),
        ({"skill_id": 99}, "settings.entry_missing"),
    ],
)
def test_a_need_that_cannot_be_is_refused(ctx, day, change, code):
    skill = skill_commands.add_skill(ctx, Names("sap", "SAP"))
    need = replace(SkillNeed(day.id, skill.id, SkillLevel.SKILLED, "", 1), **change)

    with pytest.raises((BadInput, NotFound)) as refused:
        skill_commands.set_skill_needs(ctx, day.id, (need,), version=1)

    assert refused.value.code == code


def test_trainings_are_listed_the_latest_first_and_taken_out(ctx, wang):
    held = TrainingDetails(wang.id, date(2026, 10, 1), "New system", 90)
    first = training_commands.add_training(ctx, held)
    second = training_commands.add_training(ctx, replace(held, held_on=date(2026, 11, 1), title="Tools"))
    training_commands.edit_training(ctx, first.id, replace(held, minutes=60), version=1)
    listed = skill_queries.trainings(ctx, person_id=wang.id)

    removed = training_commands.remove_training(ctx, second.id, version=1)

    assert [(one.title, one.minutes) for one in listed] == [
        ("Tools", 90),
        ("New system", 60),
    ]
    assert len(skill_queries.trainings(ctx)) == 1
    removed.undo.run()
    assert len(skill_queries.trainings(ctx, since=date(2026, 11, 1))) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": " "}, "roster.training_title"),
        ({"title": "T" * 201}, "catalogue.text_too_long"),
        ({"minutes": 0}, "settings.out_of_range"),
        ({"person_id": 99}, "people.not_found"),
        ({"skill_id": 99}, "settings.entry_missing"),
    ],
)
def test_a_training_that_cannot_be_is_refused(ctx, wang, change, code):
    details = replace(TrainingDetails(wang.id, FIRST, "Tools", 90), **change)

    with pytest.raises((BadInput, NotFound)) as refused:
        training_commands.add_training(ctx, details)

    assert refused.value.code == code


def wishing(ctx, person, *permissions):
    granted = frozenset({"roster.ask", "roster.read", *permissions})
    return ctx.acting_as(Actor(PersonId(person.id), person.name, granted, "pc"))


def test_a_wish_is_replaced_and_taken_back(ctx, wang, day):
    mine = wishing(ctx, wang)
    wish_commands.set_wish(mine, wang.id, FIRST, None, " Birthday ")
    changed = wish_commands.set_wish(mine, wang.id, FIRST, day.id)
    (after,) = plan_queries.wishes(mine, FIRST, LAST)

    changed.undo.run()
    (before,) = plan_queries.wishes(mine, FIRST, LAST)
    wish_commands.clear_wish(mine, wang.id, FIRST)

    assert (after.template_id, after.text) == (day.id, "")
    assert (before.template_id, before.text) == (None, "Birthday")
    assert plan_queries.wishes(mine, FIRST, LAST) == []


def test_only_who_plans_notes_the_wishes_of_others(ctx, make, wang):
    other = make.agent()

    with pytest.raises(NotAllowed):
        wish_commands.set_wish(wishing(ctx, other), wang.id, FIRST, None)

    wish_commands.set_wish(wishing(ctx, other, "roster.edit"), wang.id, FIRST, None)
    assert len(plan_queries.wishes(ctx, FIRST, LAST)) == 1


def test_nobody_wishes_for_what_is_past_or_too_much(ctx, wang):
    with pytest.raises(RuleViolation, match=r"roster\.wish_past"):
        wish_commands.set_wish(wishing(ctx, wang), wang.id, date(2026, 11, 19), None)
    with pytest.raises(BadInput, match=r"catalogue\.text_too_long"):
        wish_commands.set_wish(wishing(ctx, wang), wang.id, FIRST, None, "x" * 201)


def test_the_plan_holds_approved_leave_and_rules_as_saved(ctx, wang, day):
    put_leave(ctx, wang.id, day.id, date(2026, 11, 30), FIRST)
    put_leave(ctx, wang.id, day.id, FIRST, FIRST, state="asked")
    save_config(ctx, ConfigKind.ROSTER, "site", {"full_time_hours": 38}, expected_number=0)

    found = plan_queries.plan(ctx, FIRST, LAST)

    in_force = plan_queries.rules_in_force(ctx)
    assert (in_force.rules, in_force.number) == (found.rules, 1)
    assert found.leaves == (Leave(wang.id, date(2026, 11, 30), FIRST, day.id),)
    assert found.rules.full_time_hours == 38
    assert (found.days[0], found.days[-1]) == (FIRST, LAST)
    assert min(found.day_types) < date(2026, 11, 24)

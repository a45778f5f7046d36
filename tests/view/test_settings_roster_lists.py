"""Shifts split in time, crews, patterns, skills, trainings and leaving, as their pages have them."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QScrollArea

from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.skills import SkillLevel
from app.services.people.commands import set_team_members
from app.services.people.queries import person, teams
from app.services.roster import crew_queries, plan_queries, skill_queries, template_queries, terms_commands
from app.services.roster.template_commands import set_shift_active
from app.services.roster.training_commands import TrainingDetails, add_training
from app.views.base.i18n import current
from app.views.settings.crews_page import CrewsPane
from app.views.settings.people_page import PeoplePane
from app.views.settings.shifts_page import ShiftsPane
from app.views.settings.skills_page import SkillsPane
from tests.support.describe import shown_texts
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane
from tests.view.settings_room import KEY, press

ROOM = (1280 - 72 - 208 - 2 * 24, 720 - 54 - 32 - 80 - 56)
PAST, SOON, LATER = date(2026, 11, 19), date(2026, 11, 25), date(2026, 12, 24)


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def wang(site, make):
    day = template("D", site)
    wang = make.agent(name="Wang Fang", name_alt="王芳", teams=(make.team(name="Desk"),))
    make.assignment(wang, PAST, day)
    make.assignment(wang, SOON, day)
    make.assignment(wang, LATER, day)
    return wang


def template(code, site):
    return next(int(each.id) for each in template_queries.shifts(site) if each.template.code == code)


def field(pane, name):
    return pane._fields[name].widget


def cells(site):
    plan = plan_queries.plan(site, PAST, LATER)
    codes = {each.id: each.code for each in plan.templates}
    return {cell.on_date: codes[cell.template_id] for cell in plan.cells.values()}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", [ShiftsPane, CrewsPane, SkillsPane])
def test_the_pages_fit_into_the_smallest_window(qtbot, site, wang, env, page, language):
    current.use(language)
    try:
        pane = shown_pane(qtbot, page, site, env)
        needed = pane.minimumSizeHint()
        cut = [
            area.widget().minimumSizeHint().width() - area.viewport().width()
            for area in pane.findChildren(QScrollArea)
            if area.isVisible()
        ]
    finally:
        current.use("en")

    assert (needed.width() <= ROOM[0], needed.height() <= ROOM[1]) == (True, True), needed
    assert all(pixels <= 0 for pixels in cut), cut


# --- shifts ----------------------------------------------------------------------------------------------


@pytest.fixture
def shifts(qtbot, site, wang, env):
    pane = shown_pane(qtbot, ShiftsPane, site, env)
    pane.table.go_to_id(template("D", site))
    return pane


def test_other_hours_tell_how_many_planned_shifts_they_change(shifts):
    before = shifts.used.isVisible()
    field(shifts, "length").setText("11 h")

    assert not before
    assert shifts.used.isVisible()
    assert shifts.used.text.text() == (
        "This changes 3 planned shifts: 1 before today, 2 from today on."
        " None of them is lost; their hours become other ones."
    )


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_what_is_told_of_other_hours_fits_into_the_smallest_window(qtbot, site, wang, env, language):
    current.use(language)
    try:
        pane = shown_pane(qtbot, ShiftsPane, site, env)
        pane.table.go_to_id(template("D", site))
        field(pane, "length").setText("11 h")
        pane.skills.add.click()
        area = next(each for each in pane.side.findChildren(QScrollArea) if each.isVisible())
        spare = area.viewport().width() - area.widget().minimumSizeHint().width()
    finally:
        current.use("en")

    assert spare >= 0


def test_another_name_tells_of_no_planned_shift(shifts):
    field(shifts, "name").setText("Daytime")

    assert not shifts.used.isVisible()


def test_other_hours_hold_from_a_date_on_as_a_new_shift(site, shifts, env):
    field(shifts, "length").setText("11 h")
    popup = shifts.ask_split()
    popup.day.setDate(QDate(2026, 12, 1))
    popup.take.click()

    assert env.shell.errors == []
    assert cells(site) == {PAST: "D", SOON: "D", LATER: "D2"}
    assert shifts.changes == ()
    assert shifts.presenter.current.template.code == "D2"


def test_until_the_date_both_shifts_stand_in_the_list_and_say_from_when_they_hold(site, shifts):
    field(shifts, "length").setText("11 h")
    popup = shifts.ask_split()
    popup.day.setDate(QDate(2026, 12, 1))
    popup.take.click()

    listed = {each.template.code: shifts._listed(each) for each in shifts.presenter.shown}
    assert (listed["D"], listed["D2"], listed["N"]) == (
        "Day (to 30/11/2026)",
        "Day (from 01/12/2026)",
        "Night",
    )
    assert shifts.bounds.text() == "Holds from 1 Dec 2026."


def test_a_shift_that_is_over_is_a_retired_one(site, shifts):
    night = next(each for each in template_queries.shifts(site) if each.template.code == "N")
    set_shift_active(site, night.id, version=night.version, is_active=False)
    shifts.refresh()

    assert "N" not in {each.template.code for each in shifts.presenter.shown}


def test_standby_asks_for_people_and_skills_and_an_absence_does_not(site, shifts):
    shifts.table.go_to_id(template("S", site))
    standby = (shifts.needs.isVisible(), shifts.skill_needs.isVisible())
    shifts.table.go_to_id(template("V", site))

    assert standby == (True, True)
    assert not shifts.needs.isVisible()


def test_how_many_are_needed_on_standby_is_saved(site, shifts):
    shifts.table.go_to_id(template("S", site))
    shifts.coverage.add.click()
    shifts.presenter.apply()

    standby = next(each for each in template_queries.shifts(site) if each.template.code == "S")
    (rule,) = standby.coverage
    assert (rule.team_id, rule.minimum, standby.template.tone) == (None, 1, "s")


def test_a_skill_a_shift_needs_is_added_and_saved(site, shifts):
    shifts.skills.add.click()
    shifts.presenter.apply()

    (need,) = next(each for each in template_queries.shifts(site) if each.template.code == "D").skills
    assert (need.level, need.day_type, need.minimum) == (SkillLevel.SKILLED, "", 1)


# --- crews and patterns ----------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot, site, wang, env):
    return shown_pane(qtbot, CrewsPane, site, env)


def type_pattern(pane, *keys):
    pane.cells.setFocus()
    press(pane.cells, *keys)


def test_a_pattern_is_typed_like_text(site, page):
    pane = page.patterns
    pane.presenter.add()
    field(pane, "name").setText("Two and two")
    field(pane, "code").setText("two")
    type_pattern(pane, "ddn", KEY.Key_Backspace, "n ", "-")
    pane.presenter.apply()

    found = next(each for each in crew_queries.patterns(site) if each.code == "two")
    assert found.cells == ("D", "D", "N", "", "")


def test_a_cell_under_the_cursor_is_typed_over_and_removed(page):
    pane = page.patterns
    pane.presenter.add()
    type_pattern(pane, "dn", KEY.Key_Home, "g", KEY.Key_Insert, KEY.Key_Home, KEY.Key_Delete)

    assert pane.cells.cells == ["", "N"]


def test_a_letter_no_shift_has_is_told_with_those_there_are(page):
    pane = page.patterns
    pane.presenter.add()
    type_pattern(pane, "x")

    assert pane.cells.cells == []
    assert pane.cell_field.error.startswith("No shift begins with “x”. There are D N")


def test_a_code_of_two_letters_is_typed_as_it_is_written(page):
    cells = page.patterns.cells
    page.patterns.presenter.add()
    d = page.patterns.pattern_kind.templates["D"]
    cells.offer({"D": d, "D2": d})
    type_pattern(page.patterns, "dd2d")

    assert cells.cells == ["D", "D2", "D"]


def test_the_preview_lays_the_pattern_for_every_crew(page):
    pane = page.patterns
    preview = pane.weeks._preview

    assert pane.cells.cells == ["D", "N", "", ""]
    assert len(preview.lines) == 4
    assert set(preview.counts["D"]) == set(preview.counts["N"]) == {1}
    assert "42.0 h a week" in pane.figures.text()


def test_somebody_is_put_into_a_crew_at_once(site, wang, page, env):
    page.show_tab("crews")
    pane = page.crews
    pane.members.box(int(wang.id)).click()

    (held,) = plan_queries.work_terms(site)
    assert (held.person_id, held.terms.crew_id) == (wang.id, pane.presenter.chosen)
    assert env.shell.outcomes[-1].undo.code == "roster.undo.crew"


# --- skills ----------------------------------------------------------------------------------------------


@pytest.fixture
def skills(qtbot, site, wang, env):
    return shown_pane(qtbot, SkillsPane, site, env)


def test_levels_are_set_by_keys(site, wang, skills):
    skills.matrix.table.setFocus()
    press(skills.matrix.table, "e", KEY.Key_Right, "2", KEY.Key_Right, KEY.Key_Space, KEY.Key_Left, "-")

    first, _second, third = skill_queries.skills(site)[:3]
    found = {each.skill_id: each.level for each in skill_queries.person_skills(site)}
    assert found == {first.id: SkillLevel.EXPERT, third.id: SkillLevel.UNSKILLED}


def test_a_training_is_noted_and_counted(site, wang, skills):
    skills.show_tab("trainings")
    pane = skills.trainings
    pane.presenter.add()
    field(pane, "title").setText("Listening")
    field(pane, "minutes").setValue(90)
    pane.presenter.apply()

    (held,) = skill_queries.trainings(site)
    assert (held.person_id, held.minutes, held.held_on) == (wang.id, 90, date(2026, 11, 20))
    assert pane.count.text() == "1 · 1.5 h"


def test_a_training_is_removed_and_comes_back_by_undo(site, wang, skills, env):
    add_training(site, TrainingDetails(wang.id, SOON, "Listening", 30))
    skills.show_tab("trainings")
    skills.trainings.switch.click()
    after = skill_queries.trainings(site)
    env.shell.outcomes[-1].undo.run()

    assert after == []
    assert [each.title for each in skill_queries.trainings(site)] == ["Listening"]


def test_a_period_tells_who_came_and_how_long_people_were_trained(site, wang, skills):
    terms_commands.set_terms(site, WorkTerms(joined_on=date(2026, 3, 1)), person_id=wang.id)
    add_training(site, TrainingDetails(wang.id, PAST, "Listening", 30))
    skills.show_tab("period")

    assert skills.period.summary.text() == "1 came · 0 left · 1 trainings, 0.5 h"


def test_somebody_who_may_only_look_sets_no_level(qtbot, site, wang, env):
    pane = shown_pane(qtbot, SkillsPane, only_with(site, "roster.read"), env)
    press(pane.matrix.table, "e")

    assert not pane.may_edit
    assert skill_queries.person_skills(site) == []


# --- leaving ---------------------------------------------------------------------------------------------


@pytest.fixture
def leaving(qtbot, site, wang, env):
    page = shown_pane(qtbot, PeoplePane, site, env)
    page.people.show_target({"id": int(wang.id)})
    page.people.toggle_retired()
    return page.people


def test_retiring_somebody_with_shifts_ahead_asks_first(site, wang, leaving):
    assert leaving.ask_leaving.popup.isVisible()
    assert person(site, wang.id).is_active


def test_kept_shifts_stay_in_the_roster(site, wang, leaving):
    leaving.ask_leaving.popup.keep.click()

    assert not person(site, wang.id).is_active
    assert set(cells(site)) == {PAST, SOON, LATER}


def test_shifts_given_up_are_taken_off_and_undo_brings_them_back(site, wang, leaving, env):
    leaving.ask_leaving.popup.give_up.click()
    after = set(cells(site))
    env.shell.outcomes[-1].undo.run()

    assert after == {PAST}
    assert set(cells(site)) == {PAST, SOON, LATER}
    assert person(site, wang.id).is_active


@pytest.fixture
def staff_page(qtbot, site, wang, env):
    return shown_pane(qtbot, PeoplePane, site, env)


def test_taking_somebody_out_of_the_last_team_asks_first(site, wang, env, staff_page):
    pane = staff_page.people
    pane.show_target({"id": int(wang.id)})

    pane.teams.ticked.emit(_team_of(site, wang), False)

    assert pane.ask_leaving.popup.isVisible()
    assert shown_texts(pane.ask_leaving.popup)[0] == "Take Wang Fang out of the last team?"
    assert person(site, wang.id).team_ids


def test_who_leaves_the_last_team_gives_the_shifts_up_and_undo_brings_them_back(site, wang, env, staff_page):
    pane = staff_page.people
    pane.show_target({"id": int(wang.id)})
    pane.teams.ticked.emit(_team_of(site, wang), False)

    pane.ask_leaving.popup.give_up.click()
    after = set(cells(site)), person(site, wang.id).team_ids
    env.shell.outcomes[-1].undo.run()

    assert after == ({PAST}, ())
    assert set(cells(site)) == {PAST, SOON, LATER}
    assert person(site, wang.id).team_ids


def test_a_team_that_is_not_the_last_is_left_without_a_question(site, wang, make, staff_page):
    other = make.team(name="Other")
    team = next(each for each in teams(site) if each.id == other.id)
    set_team_members(site, team.id, [PersonId(wang.id)], version=team.version)
    pane = staff_page.people
    pane.refresh()
    pane.show_target({"id": int(wang.id)})

    pane.teams.ticked.emit(int(other.id), False)

    assert pane.ask_leaving.popup is None
    assert len(person(site, wang.id).team_ids) == 1


def test_the_team_page_asks_as_well(site, wang, env, staff_page):
    pane = staff_page.teams
    pane.refresh()
    pane.presenter.choose(_team_of(site, wang))

    pane.members.ticked.emit(int(wang.id), False)
    pane.ask_leaving.popup.keep.click()

    assert person(site, wang.id).team_ids == ()
    assert set(cells(site)) == {PAST, SOON, LATER}


@pytest.fixture
def no_staff(wang, staff_page):
    """Somebody with shifts ahead is saved as no staff."""
    pane = staff_page.people
    pane.show_target({"id": int(wang.id)})
    pane.presenter.keep({**pane.presenter.base(int(wang.id)), "is_staff": False, "login": ""})
    pane.presenter.apply()
    return pane


def test_somebody_who_works_here_no_longer_is_asked_about(site, wang, no_staff):
    assert no_staff.ask_leaving.popup.isVisible()
    assert person(site, wang.id).details.is_staff


def test_kept_or_given_up_it_is_saved(site, wang, no_staff, env):
    no_staff.ask_leaving.popup.give_up.click()
    after = set(cells(site)), person(site, wang.id).details.is_staff
    env.shell.outcomes[-1].undo.run()

    assert after == ({PAST}, False)
    assert set(cells(site)) == {PAST, SOON, LATER}
    assert person(site, wang.id).details.is_staff


def _team_of(site, who):
    return int(person(site, who.id).team_ids[0])

"""The page of people's terms: every cell by the keyboard, the department's greyed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.roster_plan import WorkTerms
from app.services.roster import plan_queries, terms_commands
from app.views.base.i18n import current
from app.views.settings.work_terms_model import INK
from app.views.settings.work_terms_page import WorkTermsPane
from app.views.settings.work_terms_rows import At
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane
from tests.view.settings_room import KEY, press, speaking

ROOM = (1280 - 72 - 208 - 2 * 24, 720 - 54 - 32 - 80 - 56)
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support raise\(\)", "This plugin does not support grabbing", extend=True
)


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def department(make):
    return make.department(name="IT")


@pytest.fixture
def wang(site, make, department):
    team = make.team(name="Desk")
    return make.agent(name="Wang Fang", name_alt="王芳", teams=(team,), department_id=department)


@pytest.fixture
def pane(qtbot, site, wang, env):
    pane = shown_pane(qtbot, WorkTermsPane, site, env)
    with qtbot.waitActive(pane):
        pane.activateWindow()
    pane.table.setFocus()
    return pane


def go(pane, row, at):
    pane.table.setCurrentIndex(pane.model.index(row, at))


def text(pane, row, at):
    return pane.model.index(row, at).data()


def terms(site):
    return [(each.person_id, each.department_id, each.terms) for each in plan_queries.work_terms(site)]


def test_a_row_is_filled_by_keyboard_alone(site, wang, pane):
    go(pane, 1, At.NIGHTS)
    press(pane, KEY.Key_Space, KEY.Key_Right, KEY.Key_Space)
    press(pane, KEY.Key_Right, KEY.Key_Right, "37.5", KEY.Key_Return)
    press(pane, KEY.Key_Right, "4", KEY.Key_Return, KEY.Key_Right, KEY.Key_Space)
    go(pane, 1, At.JOINED)
    press(pane, "2026-03-01", KEY.Key_Return)

    agreed = WorkTerms(
        no_nights=True,
        no_weekends=True,
        contract_minutes=2250,
        nights_most=4,
        is_reachable=True,
        joined_on=date(2026, 3, 1),
    )
    assert terms(site) == [(wang.id, None, agreed)]


def test_a_department_holds_for_its_people_and_is_greyed_there(site, pane):
    go(pane, 0, At.NIGHTS)
    press(pane, KEY.Key_Space)

    assert text(pane, 1, At.NIGHTS) == "no"
    assert pane.model.index(1, At.NIGHTS).data(INK) == "faint"
    assert pane.model.rows[1].source == "from IT"


def test_a_department_has_its_chinese_name_in_chinese_and_is_found_by_both(qtbot, site, make, env):
    crew = make.department(name="Night desk", name_alt="夜班组")
    make.agent(name="Sun Lei", teams=(make.team(name="Night"),), department_id=crew)
    before = current.code
    current.use("zh_CN")

    pane = shown_pane(qtbot, WorkTermsPane, site, env)
    row = next(each for each in pane.model.rows if each.department_id == crew.id)

    current.use(before)
    assert row.name == "夜班组"
    assert row.is_found("night")


def test_the_first_own_cell_keeps_what_the_department_has(site, wang, department, pane):
    terms_commands.set_terms(site, WorkTerms(no_nights=True), department_id=department.id)
    pane.refresh()
    go(pane, 1, At.HOURS)
    press(pane, "20", KEY.Key_Return)

    assert terms(site)[-1] == (wang.id, None, WorkTerms(no_nights=True, contract_minutes=1200))
    assert pane.model.rows[1].source == "own terms"


def test_two_who_are_each_others_superior_are_told_of(site, wang, make, pane):
    chen = make.agent(name="Chen Jie")
    terms_commands.set_terms(site, WorkTerms(superior_id=chen.id), person_id=wang.id)
    terms_commands.set_terms(site, WorkTerms(superior_id=wang.id), person_id=chen.id)

    pane.refresh()

    assert "Chen Jie → Wang Fang → Chen Jie" in pane.circles.text.text()
    assert pane.circles.isVisible()


def test_a_superior_is_chosen_for_a_department_too(site, wang, department, pane):
    go(pane, 0, At.SUPERIOR)
    press(pane, KEY.Key_Return)
    pane.table.model().setData(pane.model.index(0, At.SUPERIOR), wang.id)

    assert terms(site) == [(None, department.id, WorkTerms(superior_id=wang.id))]
    assert not pane.circles.isVisible()


def test_control_delete_lets_the_department_hold_again(site, wang, pane):
    terms_commands.set_terms(site, WorkTerms(no_nights=True), person_id=wang.id)
    pane.refresh()
    go(pane, 1, At.NIGHTS)
    QTest.keyClick(pane.table, KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier)

    assert terms(site) == []


def test_delete_empties_a_cell(site, wang, pane):
    terms_commands.set_terms(site, WorkTerms(nights_most=3, contract_minutes=1200), person_id=wang.id)
    pane.refresh()
    go(pane, 1, At.NIGHTS_MOST)
    press(pane, KEY.Key_Delete)

    assert terms(site) == [(wang.id, None, WorkTerms(contract_minutes=1200))]


@pytest.mark.parametrize(
    ("at", "typed", "sentence"),
    [
        (At.HOURS, "900", "“900” are no hours a week."),
        (At.NIGHTS_MOST, "40", "“40” is no number of nights a month."),
        (At.JOINED, "2026-02-30", "“2026-02-30” is no date."),
    ],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(site, pane, at, typed, sentence):
    go(pane, 1, at)
    press(pane, KEY.Key_F2, typed, KEY.Key_Return)

    assert pane.refused.text.text().startswith(sentence)
    assert terms(site) == []


def test_every_edit_offers_its_undo(site, pane, env):
    go(pane, 1, At.HOLIDAYS)
    press(pane, KEY.Key_Space)
    env.shell.outcomes[-1].undo.run()

    assert terms(site) == []


def test_a_department_has_no_first_day(site, pane):
    go(pane, 0, At.JOINED)
    press(pane, "2", KEY.Key_Return)

    assert text(pane, 0, At.JOINED) == ""
    assert terms(site) == []


def test_people_are_found_by_name_and_department(pane):
    pane.search.setText("wang it")
    found = [row.name for row in pane.model.rows]
    pane.search.setText("nobody")

    assert found == ["Wang Fang"]
    assert pane.model.rows == ()


def test_somebody_who_may_only_look_changes_nothing(qtbot, site, wang, env):
    pane = shown_pane(qtbot, WorkTermsPane, only_with(site, "roster.read"), env)
    go(pane, 1, At.NIGHTS)
    press(pane.table, KEY.Key_Space)

    assert terms(site) == []
    assert not pane.clear.isEnabled()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_fits_into_the_smallest_window(qtbot, site, wang, env, language):
    with speaking(language):
        pane = shown_pane(qtbot, WorkTermsPane, site, env)
        needed = pane.minimumSizeHint()

    assert (needed.width() <= ROOM[0], needed.height() <= ROOM[1]) == (True, True), needed

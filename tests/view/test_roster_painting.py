"""The painter in its page: filling, copying, fixing, lending, swapping, patterns, remedies, fairness."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.models.entities.calendars import DayType
from app.models.entities.roster_plan import WorkTerms
from app.models.entities.settings import ConfigKind
from app.services.roster import crew_commands, pattern_commands, plan_queries, terms_commands
from app.services.roster.lists import Names
from app.services.settings.commands import save_config
from app.views.base.undo import UndoStack
from app.views.roster.page_actions import cell_menu
from app.views.roster.stretch import RosterView, Stretch
from tests.support.describe import clipped_texts, nameless_inputs, shown_texts
from tests.support.roster import FRIDAY, SATURDAY, codes, page_opener, paint, roster_desk
from tests.support.site import OFFICE

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
THURSDAY = FRIDAY - timedelta(days=1)


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def open_page(qtbot, env):
    return page_opener(qtbot, env)


def stored(ctx, first=FRIDAY, last=SATURDAY):
    return plan_queries.plan(ctx, first, last)


def select(qtbot, page, key, right=0, down=0):
    page.grid.go_to(key)
    for step, times in ((Qt.Key.Key_Right, right), (Qt.Key.Key_Down, down)):
        for _time in range(times):
            qtbot.keyClick(page.grid, step, SHIFT)


def test_two_days_are_filled_for_two_people_by_keys_alone(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right, SHIFT)
    qtbot.keyClick(page.grid, Qt.Key.Key_R, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(page.grid, Qt.Key.Key_D, CONTROL)

    assert set(codes(ctx).values()) == {"D"}
    assert len(codes(ctx)) == 4


def test_copied_cells_are_pasted_elsewhere_and_taken_back_in_one_step(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.wang, SATURDAY, desk.night))
    page = open_page(ctx)
    stack = UndoStack(env.tasks)
    select(qtbot, page, (desk.wang.id, FRIDAY), right=1)

    qtbot.keyClick(page.grid, Qt.Key.Key_C, CONTROL)
    page.grid.go_to((desk.li.id, FRIDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)
    pasted = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert QGuiApplication.clipboard().text() == "D\tN"
    assert pasted[desk.li.id, FRIDAY] == "D"
    assert pasted[desk.li.id, SATURDAY] == "N"
    assert (desk.li.id, FRIDAY) not in codes(ctx)


def test_codes_copied_in_a_spreadsheet_are_pasted(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    QGuiApplication.clipboard().setText("D\tN\n\tD\n")
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)

    assert codes(ctx) == {
        (desk.wang.id, FRIDAY): "D",
        (desk.wang.id, SATURDAY): "N",
        (desk.li.id, SATURDAY): "D",
    }


def test_text_that_is_no_roster_is_not_pasted_and_that_is_said(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)
    QGuiApplication.clipboard().setText("Dear colleague")

    qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)

    assert codes(ctx) == {}
    assert env.shell.said == ["There are no shifts to paste: copy some cells first."]


def test_f_fixes_a_shift_and_frees_it_again(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_F)
    fixed = stored(ctx).cells[desk.wang.id, FRIDAY].is_fixed
    qtbot.keyClick(page.grid, Qt.Key.Key_F)

    assert fixed
    assert not stored(ctx).cells[desk.wang.id, FRIDAY].is_fixed


def test_a_shift_is_worked_for_another_team_from_the_menu(ctx, make, desk, open_page):
    field = make.team(name="Field")
    make.agent(name="Feng", teams=(field,))
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))
    menu = cell_menu(page.grid, page.presenter, page.of_cells, page.cells)
    lent = next(action for action in menu.actions() if action.text() == "Works for").menu()

    next(action for action in lent.actions() if action.text() == "Field").trigger()

    assert stored(ctx).cells[desk.wang.id, FRIDAY].team_id == field.id
    assert "for Field" in page.grid.accessibleName()


def test_alt_drag_swaps_two_people_and_undo_swaps_them_back(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, FRIDAY, desk.night))
    page = open_page(ctx)
    stack = UndoStack(env.tasks)
    start, end = (page.grid.cell_rect((who.id, FRIDAY)).center() for who in (desk.wang, desk.li))
    left = Qt.MouseButton.LeftButton

    qtbot.mousePress(page.grid.viewport(), left, Qt.KeyboardModifier.AltModifier, pos=start)
    qtbot.mouseMove(page.grid.viewport(), end)
    qtbot.mouseRelease(page.grid.viewport(), left, pos=end)
    swapped = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert swapped == {(desk.wang.id, FRIDAY): "N", (desk.li.id, FRIDAY): "D"}
    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D", (desk.li.id, FRIDAY): "N"}


def test_ctrl_x_arrows_and_enter_swap_without_a_mouse(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_X, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)
    qtbot.keyClick(page.grid, Qt.Key.Key_Down)
    qtbot.keyClick(page.grid, Qt.Key.Key_Return)

    assert codes(ctx) == {(desk.li.id, SATURDAY): "D"}


def test_last_week_is_copied_with_one_key(qtbot, ctx, desk, open_page):
    week = timedelta(days=7)
    paint(ctx, (desk.wang, FRIDAY - week, desk.day), (desk.wang, SATURDAY - week, desk.night))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_L, CONTROL)

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D", (desk.wang.id, SATURDAY): "N"}


def test_a_key_that_would_change_nothing_says_so(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)

    qtbot.keyClick(page.grid, Qt.Key.Key_L, CONTROL)

    assert env.shell.said == ["Nothing would change."]
    assert env.shell.outcomes == []


# -- patterns ----------------------------------------------------------------------------------------


def two_day_pattern(ctx):
    details = pattern_commands.PatternDetails(Names("2", "Day, night", "白夜"), ("D", "N", ""))
    pattern_commands.add_pattern(ctx, details)


def test_a_pattern_is_shown_before_enter_lays_it(qtbot, ctx, env, desk, open_page):
    two_day_pattern(ctx)
    page = open_page(ctx)
    select(qtbot, page, (desk.wang.id, FRIDAY), right=3, down=1)

    qtbot.keyClick(page.grid, Qt.Key.Key_T, CONTROL)
    popup = page.cells.popup
    popup.step.setValue(1)
    shown = {key: cell.template_id for key, cell in page.presenter.board.shown_cells.items()}
    before = codes(ctx)
    said = popup.outcome.text()
    qtbot.keyClick(popup.pattern, Qt.Key.Key_Return)

    assert before == {}
    assert shown[desk.wang.id, FRIDAY] == desk.day.id
    assert shown[desk.li.id, SATURDAY] == desk.day.id
    assert said.startswith("5 cells change")
    assert codes(ctx) == {
        (desk.wang.id, FRIDAY): "D",
        (desk.wang.id, SATURDAY): "N",
        (desk.li.id, SATURDAY): "D",
    }
    assert len(env.shell.outcomes) == 1


def test_escape_takes_the_previewed_pattern_away(qtbot, ctx, desk, open_page):
    two_day_pattern(ctx)
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_T, CONTROL)

    qtbot.keyClick(page.cells.popup, Qt.Key.Key_Escape)

    assert page.presenter.board.shown_cells == {}
    assert codes(ctx) == {}


def test_a_pattern_is_laid_for_a_whole_crew(qtbot, ctx, desk, open_page):
    two_day_pattern(ctx)
    crew = crew_commands.add_crew(ctx, Names("A", "Crew A", "甲班"))
    terms_commands.set_terms(ctx, WorkTerms(crew_id=crew.id), person_id=desk.li.id, version=0)
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_T, CONTROL)
    popup = page.cells.popup

    popup.people.setCurrentIndex(popup.people.findText("Crew A"))
    popup.act.click()

    assert codes(ctx) == {(desk.li.id, FRIDAY): "D", (desk.li.id, SATURDAY): "N"}


def test_the_popup_of_patterns_is_readable(qtbot, ctx, desk, open_page):
    two_day_pattern(ctx)
    page = open_page(ctx)

    qtbot.keyClick(page.grid, Qt.Key.Key_T, CONTROL)

    assert clipped_texts(page.cells.popup) == []
    assert nameless_inputs(page.cells.popup) == []


def test_without_a_pattern_it_is_said_where_they_are_set_up(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)

    qtbot.keyClick(page.grid, Qt.Key.Key_T, CONTROL)

    assert "Patterns are set up" in env.shell.said[0]


# -- rules -------------------------------------------------------------------------------------------


def test_a_digit_runs_a_remedy_as_one_step(qtbot, ctx, env, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, SATURDAY))
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    offered = [way.text for way in page.why.popup.ways]

    qtbot.keyClick(page.grid, Qt.Key.Key_1)

    assert offered == ["Give to Li Na", "Clear"]
    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N", (desk.li.id, SATURDAY): "D"}
    assert len(env.shell.outcomes) == 1


def test_a_gap_is_closed_by_one_click_from_the_list(qtbot, ctx, desk, open_page):
    page = open_page(ctx, (1300, 800))
    page.fix.rows[0].go.click()

    page.why.popup.buttons[0].click()

    assert len(codes(ctx)) == 1
    assert set(codes(ctx).values()) == {"D"}


def test_a_rule_is_checked_while_the_stroke_is_not_saved_yet(ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night))
    page = open_page(ctx)

    page.presenter.board.sketch(page.presenter.board.stroke([(desk.wang.id, SATURDAY)], desk.day.id))

    assert page.presenter.board.severity_at((desk.wang.id, SATURDAY)) == "forbid"


def test_what_was_agreed_is_checked_and_said(qtbot, ctx, desk, open_page):
    terms_commands.set_terms(ctx, WorkTerms(no_nights=True), person_id=desk.wang.id, version=0)
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_N)
    qtbot.keyClick(page.grid, Qt.Key.Key_F2)

    assert "Has no night shifts\nIt was agreed that Wang Fang has no night shifts." in page.why.text


def test_a_selection_is_summed_up(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)

    select(qtbot, page, (desk.wang.id, THURSDAY), right=2)

    assert page.hint.text() == "3 cells, 24 h, 1 rule broken, 1 warning"


def test_what_is_selected_is_said_beside_the_buttons_and_not_below_them(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)

    select(qtbot, page, (desk.wang.id, THURSDAY), right=2)

    qtbot.waitUntil(lambda: page.hint.width() > 100)
    assert page.hint.geometry().right() < page.tools.fair.geometry().left()
    assert clipped_texts(page.tools) == []


# -- other ways to look at it -------------------------------------------------------------------------


def test_a_day_is_shown_painted_and_left_by_keys(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page, Qt.Key.Key_Y, CONTROL | SHIFT)
    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    title = page.header.title.text()
    qtbot.keyClick(page.grid, Qt.Key.Key_Right)

    assert title == "Fri, 20 Nov 2026"
    assert codes(ctx) == {(desk.wang.id, FRIDAY): "D"}
    assert page.presenter.stretch == Stretch(RosterView.DAY, SATURDAY)


def test_people_stand_below_their_crews_when_asked_for(qtbot, ctx, desk, open_page):
    crew = crew_commands.add_crew(ctx, Names("A", "Crew A", "甲班"))
    terms_commands.set_terms(ctx, WorkTerms(crew_id=crew.id), person_id=desk.li.id, version=0)
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page, Qt.Key.Key_G, CONTROL | SHIFT)

    assert [group.name for group in page.presenter.board.groups] == ["Crew A", "First line"]
    assert page.grid.current_key == (desk.wang.id, FRIDAY)


def test_fairness_follows_a_stroke(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.li, FRIDAY, desk.night))
    page = open_page(ctx)
    qtbot.waitUntil(lambda: page.tools.fair.text() == "Fairness 100")
    page.grid.go_to((desk.wang.id, FRIDAY + timedelta(days=3)))

    qtbot.keyClick(page.grid, Qt.Key.Key_F, CONTROL | SHIFT)
    qtbot.keyClick(page.grid, Qt.Key.Key_N)

    qtbot.waitUntil(lambda: page.tools.fair.text() == "Fairness 75")
    assert [bar.value for bar in page.grid.fair.bars[desk.wang.id]] == [2, 0, 0]


def test_chinese_national_day_is_headed_as_calendars_do(ctx, desk, open_page):
    kinds = dict.fromkeys(("2026-10-01", "2026-10-02", "2026-10-03"), DayType.HOLIDAY)
    kinds |= dict.fromkeys(("2026-10-05", "2026-10-06", "2026-10-07"), DayType.DAY_OFF_IN_LIEU)
    kinds |= {"2026-10-10": DayType.MAKE_UP_WORKDAY}
    calendar = {**OFFICE, "day_types": {on: kind.value for on, kind in kinds.items()}}
    save_config(ctx, ConfigKind.CALENDAR, "office", calendar, expected_number=1)
    page = open_page(ctx)

    page.show_target({"day": "2026-10-01", "view": "month"})

    shown = page.grid._texts.day_notes[:10]
    assert shown == ["Hol.", "Hol.", "Hol.", "", "Lieu", "Lieu", "Lieu", "", "", "Work"]
    page.grid.go_to((desk.wang.id, page.presenter.board.days[0]))
    assert page.grid.accessibleName() == "Roster. Wang Fang, Thu 1 Oct, public holiday, off"


def test_who_may_only_read_can_look_at_everything_and_change_nothing(qtbot, ctx, make, desk, open_page):
    make.role("roster.edit", name="Desk manager")
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    before = codes(ctx)
    page = open_page(ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"}))))
    page.grid.go_to((desk.wang.id, SATURDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_F2)
    offered = (page.why.popup.ways, page.why.popup.clear)
    qtbot.keyClick(page.grid, Qt.Key.Key_F)
    qtbot.keyClick(page.grid, Qt.Key.Key_X, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_V, CONTROL)
    qtbot.keyClick(page.grid, Qt.Key.Key_D, CONTROL)

    assert offered == ([], None)
    assert codes(ctx) == before
    assert not page.grid.is_carrying
    assert "Read-only. Planned by: Desk manager" in shown_texts(page)

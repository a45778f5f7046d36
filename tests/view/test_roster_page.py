"""The roster page in its window: what a person sees, paints, is told, and may not do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from app.models.entities.errors import StoreUnavailable
from app.models.entities.roster import PaintedCell
from app.services.roster import commands, queries
from app.views.base.undo import UndoStack
from app.views.roster.duty_popup import DutyPopup
from app.views.roster.fix_card import FixList
from app.views.roster.page import RosterPage
from app.views.roster.stretch import RosterView
from tests.support.describe import clipped_texts, nameless_inputs, shown_texts
from tests.support.pages import page_env
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)
ROOM = (1280 - 72, 720 - 52 - 32)  # what the smallest window leaves for a page


@pytest.fixture
def env(bus, tmp_path, qapp):
    return page_env(bus, tmp_path)


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    team = make.team(name="First line", name_alt="一线")
    desk = {
        "day": make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, tone="d"),
        "night": make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, tone="n"),
        "wang": make.agent(name="Wang Fang", name_alt="王芳", teams=(team,)),
        "li": make.agent(name="Li Na", teams=(team,)),
    }
    make._row(
        "coverage_rule",
        {"template_id": desk["day"], "team_id": team, "day_type": "workday", "minimum": 1},
        {},
    )
    return type("Desk", (), desk)


@pytest.fixture
def open_page(qtbot, env):
    def open_page(ctx, size=ROOM):
        page = RosterPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(*size)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.grid.setFocus()
        return page

    return open_page


def codes(ctx):
    roster = queries.roster(ctx, FRIDAY, SATURDAY)
    names = {template.id: template.code for template in roster.templates}
    return {key: names[cell.template_id] for key, cell in roster.cells.items()}


def paint(ctx, *cells):
    commands.paint_cells(ctx, [PaintedCell(person.id, on, shift.id) for person, on, shift in cells])


def test_a_letter_and_delete_paint_and_clear_and_ctrl_z_brings_it_back(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)
    stack = UndoStack(env.tasks)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    painted = codes(ctx)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)
    cleared = codes(ctx)
    stack.push(env.shell.outcomes[-1])
    stack.undo()

    assert painted == {(desk.wang.id, FRIDAY): "D"}
    assert cleared == {}
    assert codes(ctx) == painted


def test_a_brush_from_the_legend_paints_with_the_mouse_and_escape_lays_it_down(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    night = page.legend.buttons[1]
    left = Qt.MouseButton.LeftButton

    qtbot.mouseClick(night, left)
    start, end = (page.grid.cell_rect((desk.li.id, on)).center() for on in (FRIDAY, SATURDAY))
    qtbot.mousePress(page.grid.viewport(), left, pos=start)
    qtbot.mouseMove(page.grid.viewport(), end)
    qtbot.mouseRelease(page.grid.viewport(), left, pos=end)
    taken = night.isChecked()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)

    assert codes(ctx) == {(desk.li.id, FRIDAY): "N", (desk.li.id, SATURDAY): "N"}
    assert taken
    assert not night.isChecked()


def test_l_and_the_crown_name_the_duty_supervisor(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.li, FRIDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_L)
    by_key = [
        cell.person_id for cell in queries.roster(ctx, FRIDAY, FRIDAY).cells.values() if cell.is_supervisor
    ]
    page.grid.go_to((desk.li.id, FRIDAY))
    qtbot.mouseClick(page.crown, Qt.MouseButton.LeftButton)

    assert by_key == [desk.wang.id]
    assert page.presenter.leading_now == desk.li.id
    assert "duty supervisor" in page.grid.accessibleName()


def test_f2_says_why_a_cell_is_marked_and_escape_closes_it(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, SATURDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_F2)

    assert page.why.text == (
        "Day shift after a night\n"
        "The shift before ends Sat, Nov 21 08:00, “Day” begins Sat, Nov 21 08:00. "
        "Rest 0 h; at least 11 h are wanted."
    )
    assert page.grid.hasFocus()
    qtbot.keyClick(page.grid, Qt.Key.Key_Escape)
    assert page.why.text == ""


def test_the_mouse_resting_on_a_mark_says_why_and_clear_mends_it(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx)

    qtbot.mouseMove(page.grid.viewport(), page.grid.cell_rect((desk.wang.id, SATURDAY)).center())
    qtbot.waitUntil(lambda: "Rest 0 h" in page.why.text)
    page.why.popup.clear.click()

    assert codes(ctx) == {(desk.wang.id, FRIDAY): "N"}
    assert page.why.text == ""


def test_enter_on_a_sound_cell_says_that_all_is_well(qtbot, ctx, desk, open_page):
    page = open_page(ctx)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_Return)

    assert page.why.text == "Wang Fang, Fri, Nov 20, off\nNo rule is broken here."


def test_what_is_to_fix_is_counted_and_leads_to_its_cell(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.night), (desk.wang, SATURDAY, desk.day))
    page = open_page(ctx, (1300, 800))
    (broken, *_gaps) = page.fix.rows

    broken.go.click()

    assert page.grid.current_key == (desk.wang.id, SATURDAY)
    assert "Day shift after a night" in page.why.text
    assert page.fix.broken.accessibleName() == "1 rule broken"
    assert page.fix.gaps.accessibleName() == "21 coverage gaps"


def test_a_gap_is_explained_where_it_is_counted(qtbot, ctx, desk, open_page):
    page = open_page(ctx, (1300, 800))

    page.fix.rows[0].go.click()

    assert page.why.text == "First line, Day, Mon, Nov 2\n0 of 1: 1 person is missing"


def test_everything_to_fix_can_be_listed(qtbot, ctx, desk, open_page):
    page = open_page(ctx, (1300, 800))

    page.fix.all.click()

    listed = page.window().findChild(FixList)
    assert listed.isVisible()
    assert "First line, Day, Mon, Nov 30" in shown_texts(listed)


def test_a_week_shows_seven_days_with_the_hours_of_the_week(qtbot, ctx, desk, open_page):
    paint(ctx, (desk.wang, FRIDAY, desk.day), (desk.wang, FRIDAY - timedelta(days=10), desk.day))
    page = open_page(ctx)

    qtbot.keyClick(
        page, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )

    board = page.presenter.board
    assert page.presenter.title == "Nov 16 – Nov 22, 2026"
    assert len(board.days) == 7
    assert board.hours[desk.wang.id] == timedelta(hours=12)
    assert page.header.view.key == RosterView.WEEK


def test_previous_next_and_today_lead_through_the_months(qtbot, ctx, desk, open_page):
    page = open_page(ctx)

    page.header.next.click()
    after = page.header.title.text()
    page.header.previous.click()
    page.header.previous.click()
    before = page.header.title.text()
    page.header.today.click()

    assert (after, before, page.header.title.text()) == ("December 2026", "October 2026", "November 2026")


def test_a_stroke_of_another_window_appears_by_itself(qtbot, ctx, bus, desk, open_page):
    page = open_page(ctx)

    paint(ctx, (desk.li, FRIDAY, desk.night))

    qtbot.waitUntil(lambda: (desk.li.id, FRIDAY) in page.presenter.board.roster.cells)


def test_a_cell_somebody_else_painted_is_told_and_shown(qtbot, ctx, other_ctx, env, desk, open_page):
    page = open_page(ctx)
    paint(other_ctx, (desk.li, FRIDAY, desk.night))
    page.grid.go_to((desk.li.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)

    assert "Li Na, Fri, Nov 20: somebody else made it “Night” meanwhile" in env.shell.said[-1]
    assert "Night 20–08" in page.grid.accessibleName()


def test_who_may_only_read_sees_who_plans_and_cannot_paint(qtbot, ctx, make, desk, open_page):
    make.role("roster.edit", name="Desk manager")
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))
    page = open_page(reader)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    qtbot.keyClick(page.grid, Qt.Key.Key_L)

    assert codes(ctx) == {}
    assert "Only to read for you. The roster is planned by: Desk manager" in shown_texts(page)
    assert not page.header.publish.isVisible()
    assert not page.crown.isVisible()


def test_publishing_shows_who_and_when_and_offers_the_way_back(qtbot, ctx, env, desk, open_page):
    env.dialogs.confirms = True
    page = open_page(ctx)

    page.header.publish.click()
    published = page.header.state.accessibleName()
    page.header.withdraw.click()

    assert published == "Published Nov 20"
    assert env.dialogs.questions[0].action == "Publish with 21 open points"
    assert env.shell.said == ["Published November 2026", "November 2026 is a draft again"]
    assert page.header.state.accessibleName() == "Draft, not published"


def test_the_month_is_saved_as_pdf_where_the_person_says(qtbot, ctx, env, desk, open_page, tmp_path):
    page = open_page(ctx)
    env.dialogs.path = tmp_path / "wall.pdf"

    assert page.action_set.run("roster.save_pdf")

    assert (tmp_path / "wall.pdf").read_bytes().startswith(b"%PDF")
    assert env.shell.said == ["Saved wall.pdf"]


def test_a_file_that_cannot_be_written_is_told(qtbot, ctx, env, desk, open_page, tmp_path):
    page = open_page(ctx)
    (tmp_path / "folder").write_text("a file where a folder is wanted")
    env.dialogs.path = tmp_path / "folder" / "wall.pdf"

    page.save_month()

    assert [error.code for error in env.shell.errors] == ["files.cannot_write"]


def test_who_is_on_duty_is_one_click_away(qtbot, ctx, make, desk, open_page):
    make._link(
        "phone_number",
        {"person_id": desk.wang, "kind": "mobile", "number": "13800138000", "digits": "13800138000"},
    )
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    commands.name_supervisor(ctx, person_id=desk.wang.id, on_date=FRIDAY, is_supervisor=True)
    page = open_page(ctx)

    page.header.duty.click()

    popup = page.window().findChild(DutyPopup)
    texts = shown_texts(popup)
    assert {"Wang Fang", "Duty supervisor", "138 0013 8000", "until 20:00"} <= set(texts)


def test_without_people_the_page_says_what_to_do(qtbot, ctx, env, make, open_page):
    set_up_site(ctx)
    make.shift_template("D")

    page = open_page(ctx)

    assert "Nobody to plan yet" in shown_texts(page)
    page.findChild(type(page.crown), "open_settings").click()
    assert env.shell.opened == [("settings", {})]


def test_without_shifts_the_page_says_what_to_do(qtbot, ctx, make, open_page):
    set_up_site(ctx)
    make.agent(teams=(make.team(),))

    assert "No shifts yet" in shown_texts(open_page(ctx))


def test_a_roster_that_cannot_be_read_offers_another_try(qtbot, ctx, env, desk, open_page):
    page = RosterPage(ctx, env)
    qtbot.addWidget(page)
    page.show()

    page.presenter.failed.emit(StoreUnavailable("store.lost"))

    assert "The roster could not be read" in shown_texts(page)
    assert len(env.shell.errors) == 1


def test_the_page_opens_at_a_day_and_comes_back_as_it_was(ctx, env, desk, open_page):
    page = open_page(ctx)
    page.show_target({"day": "2026-04-16", "view": "week", "colour": "green"})
    again = RosterPage(ctx, env)

    again.restore_state(page.save_state())

    assert again.presenter.stretch == page.presenter.stretch
    again.show_target({"day": "tomorrow"})
    assert again.presenter.stretch == page.presenter.stretch
    again.deleteLater()


def test_yesterdays_month_gives_way_to_todays(ctx, env, desk, open_page):
    page = open_page(ctx)
    page.show_target({"day": "2026-04-16", "view": "week"})
    state = page.save_state()
    ctx.clock.advance(timedelta(days=1))
    again = RosterPage(ctx, env)

    again.restore_state(state)

    assert (again.presenter.stretch.view, again.presenter.stretch.anchor) == (RosterView.WEEK, SATURDAY)
    again.deleteLater()


def test_nothing_is_cut_off_in_the_smallest_window(qtbot, ctx, desk, open_page):
    page = open_page(ctx)

    assert page.minimumSizeHint().width() <= ROOM[0]
    assert page.minimumSizeHint().height() <= ROOM[1]
    assert clipped_texts(page) == []
    assert nameless_inputs(page) == []

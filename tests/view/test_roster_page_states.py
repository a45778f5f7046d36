"""The roster page around its cells: publishing, paper, duty, empty states, rights, languages, coming back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.models.entities.errors import StoreUnavailable
from app.services.roster import commands
from app.views.base.i18n import current
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.base.widgets.buttons import Button
from app.views.roster.duty_popup import DutyPopup
from app.views.roster.month_publish import PublishPopup
from app.views.roster.page import RosterPage
from app.views.roster.stretch import RosterView
from tests.support.describe import clipped_texts, nameless_inputs, shown_texts
from tests.support.pages import page_env
from tests.support.roster import FRIDAY, ROOM, SATURDAY, codes, page_opener, paint, roster_desk
from tests.support.site import set_up_site


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def open_page(qtbot, env):
    return page_opener(qtbot, env)


def test_who_may_only_read_sees_who_plans_and_cannot_paint(qtbot, ctx, make, desk, open_page):
    make.role("roster.edit", name="Desk manager")
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))
    page = open_page(reader)
    page.grid.go_to((desk.wang.id, FRIDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_D)
    qtbot.keyClick(page.grid, Qt.Key.Key_L)

    assert codes(ctx) == {}
    assert "Read-only. Planned by: Desk manager" in shown_texts(page)
    assert not page.header.publish.isVisible()
    assert not page.crown.isVisible()


def test_in_a_week_the_button_says_which_month_is_published(ctx, desk, open_page):
    page = open_page(ctx)

    page.presenter.show_view(RosterView.WEEK)

    assert page.header.publish.text() == "Publish November 2026"


def test_publishing_shows_who_and_when_and_offers_the_way_back(qtbot, ctx, env, desk, open_page):
    page = open_page(ctx)

    page.header.publish.click()
    popup = page.findChild(PublishPopup, "publish")
    popup.act.click()
    popup.anyway.agree.click()  # the small desk's month has gaps
    published = page.header.state.accessibleName()
    page.header.withdraw.click()

    assert published == "Version 1 · published 20 Nov"
    assert env.shell.said == ["Published November 2026", "November 2026 is a draft again"]
    assert page.header.state.accessibleName() == "Draft 2 · published 20 Nov"


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
    page.findChild(Button, "open_settings").click()
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


def test_it_opens_with_the_cursor_on_today(ctx, desk, open_page):
    assert open_page(ctx).grid.current_key == (desk.wang.id, FRIDAY)


def test_in_chinese_names_shifts_and_sentences_are_chinese(qtbot, bus, ctx, desk, tmp_path, chinese):
    paint(ctx, (desk.wang, FRIDAY, desk.day))
    page = RosterPage(ctx, page_env(bus, tmp_path, language="zh_CN"))
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.refresh()
    page.show()
    page.presenter.show_view(RosterView.WEEK)

    assert page.grid.accessibleName() == "排班。王芳，11月20日周五，白班 08–20"
    assert page.header.title.text() == "2026年11月16日 – 11月22日"
    qtbot.waitUntil(lambda: clipped_texts(page) == [])


@pytest.fixture
def chinese(qapp):
    current.use("zh_CN")
    theme.apply(qapp, ThemeName.LIGHT, "zh_CN", shipped_font=True)
    yield
    current.use("en")
    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)

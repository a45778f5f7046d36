"""The settings screen: finding a page, unsaved changes, readers, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.models.entities.events import SettingsChanged
from app.models.entities.settings import ConfigKind
from app.services.settings.queries import current_config
from app.views.base.lanes import Running
from app.views.base.tasks import ImmediateTasks, Lane
from app.views.settings.page import SettingsPage
from app.views.settings.pages import PANES, is_found
from tests.support.pages import page_env
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    return open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix")


def entry(key):
    return next(each for each in PANES if each.key == key)


def test_a_page_is_found_by_words_that_are_not_in_its_title():
    assert is_found(entry("calendars"), "holiday")
    assert not is_found(entry("matrix"), "holiday")


def test_a_page_is_found_in_chinese_by_words_and_by_the_initials_of_its_title():
    with speaking("zh_CN"):
        assert is_found(entry("matrix"), "矩阵")
        assert is_found(entry("matrix"), "yxjjz")
        assert is_found(entry("matrix"), "matrix")


def test_typing_into_the_search_narrows_the_tree_and_enter_opens_the_first_page(screen):
    screen.focus_search()
    press(screen, "holiday", KEY.Key_Return)
    assert screen.key == "calendars"


def test_the_first_page_is_shown_where_none_was_asked_for(qtbot, ctx, bus, tmp_path):
    screen = SettingsPage(desk(ctx), page_env(bus, tmp_path))
    qtbot.addWidget(screen)
    screen.refresh()
    assert screen.key == screen.entries[0].key


def test_unsaved_changes_wait_while_another_page_is_shown(screen):
    screen.pane.grid.cell_set.emit(4, 3, 5)
    assert screen.bar.isVisible()
    screen.show_pane("calendars")
    assert not screen.bar.isVisible()
    screen.show_pane("matrix")
    assert [change.sentence for change in screen.pane.changes] == ["One person × Can wait  P4 → P5"]
    assert screen.bar.isVisible()


def test_ctrl_s_applies_and_the_outcome_can_be_undone(screen, ctx):
    screen.pane.grid.cell_set.emit(4, 3, 5)
    screen.pane.grid.setFocus()
    screen.action_set.run("settings.apply")
    saved = current_config(ctx, ConfigKind.MATRIX, "site")
    assert (saved.number, saved.body["cells"][3][2]) == (2, 5)
    assert not screen.bar.isVisible()
    shell_of(screen).outcomes[-1].undo.run()
    assert current_config(ctx, ConfigKind.MATRIX, "site").body["cells"][3][2] == 4


def test_a_page_with_an_unsaved_change_comes_back_with_it(qtbot, ctx, bus, tmp_path, screen):
    screen.pane.grid.cell_set.emit(4, 3, 5)
    state = screen.save_state()
    other = SettingsPage(ctx, page_env(bus, tmp_path))
    qtbot.addWidget(other)
    other.restore_state(state)
    other.refresh()
    assert other.key == "matrix"
    assert [change.after for change in other.pane.changes] == ["P5"]


def test_a_reader_sees_the_page_and_is_told_which_roles_may_change_it(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "matrix")
    note = screen.stack.currentWidget().note
    assert note.isVisible()
    assert "Administrator" in note.text.text()
    screen.pane.grid.setFocus()
    press(screen, KEY.Key_5)
    assert not screen.pane.changes


def test_a_version_saved_elsewhere_is_shown_at_once_where_nothing_was_changed(screen, ctx, qtbot):
    from app.services.settings.commands import save_config  # noqa: PLC0415 - one test only

    body = dict(current_config(ctx, ConfigKind.MATRIX, "site").body)
    body["cells"] = [*body["cells"][:3], [3, 3, 5]]
    save_config(ctx, ConfigKind.MATRIX, "site", body, expected_number=1)
    screen.env.bridge._published.emit(SettingsChanged())
    qtbot.waitUntil(lambda: screen.pane.editor.saved.number == 2)
    assert screen.pane.editor.draft.cells[4, 3] == 5


def test_f6_moves_between_tree_and_page(screen):
    screen.pane.grid.setFocus(Qt.FocusReason.OtherFocusReason)
    screen.cycle_panes()
    assert screen.focusWidget() is screen.tree
    screen.cycle_panes()
    assert screen.pane.isAncestorOf(screen.focusWidget())


@pytest.mark.parametrize("page", ["matrix", "sla", "calendars"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_asks_for_more_room_than_the_smallest_window(qtbot, ctx, bus, tmp_path, page, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, page, language=language)
        least = screen.minimumSizeHint()
        inner = screen.pane.minimumSizeHint()
    assert least.width() <= 1280 - 72
    assert least.height() <= 720 - 52 - 32
    assert inner.width() <= 1280 - 72 - 208 - 2 * 24


class LateTasks(ImmediateTasks):
    """Answers only when it is told to."""

    def __init__(self):
        self.waiting = []

    def run(self, job, done=None, failed=None, *, lane=Lane.SCREEN, owner=None):
        self.waiting.append((job, done))
        return Running()


def test_a_page_that_takes_long_to_read_shows_grey_rows_until_it_has(qtbot, ctx, bus, tmp_path):
    tasks = LateTasks()
    screen = SettingsPage(desk(ctx), replace(page_env(bus, tmp_path), tasks=tasks))
    qtbot.addWidget(screen)
    screen.show()
    screen.show_target({"page": "matrix"})
    frame = screen.stack.currentWidget()
    assert not frame.skeleton.isVisible()
    assert not screen.pane.isVisible()
    qtbot.waitUntil(frame.skeleton.isVisible)
    for job, done in list(tasks.waiting):
        done(job())
    assert not frame.skeleton.isVisible()
    assert screen.pane.grid.isVisible()


def test_a_save_that_failed_is_told_and_keeps_the_changes(screen, ctx):
    screen.pane.grid.cell_set.emit(4, 3, 5)
    lost = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"settings.read", "tickets.read"})))
    screen.pane.editor._ctx = lost  # the right was taken away after the page was opened
    screen.bar.apply.click()
    assert [error.code for error in shell_of(screen).errors] == ["access.not_allowed"]
    assert screen.pane.changes

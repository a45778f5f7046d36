"""The settings screen: finding a page, unsaved changes, readers, and what comes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.models.entities.events import SettingsChanged
from app.models.entities.settings import ConfigKind
from app.services.settings.queries import current_config
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

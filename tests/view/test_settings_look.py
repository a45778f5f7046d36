"""Language and look hold at once and are kept on this PC."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.services.settings.local import read_local
from app.views.base.i18n import current
from app.views.settings.look_page import LookPane
from tests.support.pages import page_env
from tests.support.settings_site import only_with, shown_pane


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def pane(qtbot, ctx, env):
    return shown_pane(qtbot, LookPane, ctx, env)


def click(segment, key):
    segment._buttons[key].click()


def test_what_was_chosen_before_is_shown(qtbot, ctx, env):
    env.prefs.change(theme="dark", is_compact=True)

    pane = shown_pane(qtbot, LookPane, ctx, env)

    assert (pane.theme.key, pane.density.key, pane.language.key) == ("dark", "compact", current.code)


def test_a_choice_is_kept_in_the_file_of_local_settings(pane, tmp_path):
    click(pane.theme, "contrast")
    click(pane.density, "compact")

    kept = read_local(tmp_path / "local.json")
    assert (kept.theme, kept.is_compact) == ("contrast", True)


def test_as_the_system_is_kept_as_no_choice(pane, env):
    click(pane.theme, "dark")
    click(pane.theme, "system")

    assert env.prefs.values.theme == ""


def test_inside_a_window_the_windows_own_action_changes_the_look(qtbot, ctx, env):
    window = QWidget()
    qtbot.addWidget(window)
    action = QAction("简体中文", window)
    action.setObjectName("shell.language_zh_CN")
    window.addAction(action)
    pane = LookPane(ctx, env, window)

    with qtbot.waitSignal(action.triggered):
        click(pane.language, "zh_CN")

    assert env.prefs.values.language == ""  # the window does it all


def test_everybody_may_choose_their_own_look(qtbot, ctx, env):
    pane = shown_pane(qtbot, LookPane, only_with(ctx, "settings.read"), env)

    assert pane.may_edit

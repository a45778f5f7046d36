"""Language and look hold at once and are kept on this PC."""

from __future__ import annotations

import pytest

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


def test_the_window_hears_of_another_language_through_the_preferences(qtbot, pane, env):
    with qtbot.waitSignal(env.prefs.changed):
        click(pane.language, "zh_CN")

    assert env.prefs.values.language == "zh_CN"


def test_how_loud_notices_are_is_chosen_here(pane, env, tmp_path):
    assert (pane.toasts.isChecked(), pane.tray.isChecked(), pane.sound.isChecked()) == (True, True, False)

    pane.tray.click()
    pane.sound.click()

    kept = read_local(tmp_path / "local.json")
    assert (kept.notices_as_toasts, kept.notices_in_tray, kept.notices_with_sound) == (True, False, True)


def test_a_choice_made_elsewhere_is_shown(pane, env):
    env.prefs.change(notices_as_toasts=False)

    assert not pane.toasts.isChecked()


def test_everybody_may_choose_their_own_look(qtbot, ctx, env):
    pane = shown_pane(qtbot, LookPane, only_with(ctx, "settings.read"), env)

    assert pane.may_edit

"""The page of the settings file: written out, read in, imported by keyboard in part, taken back."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.entities.settings_file import Section
from app.services.settings.commands import change_settings
from app.services.settings.queries import site_settings
from app.services.settings_file.queries import export_settings
from app.views.settings.settings_file_page import SettingsFilePane
from tests.report.payloads import PAYLOADS
from tests.support.describe import assert_readable
from tests.support.hostile import faults, tips
from tests.support.pages import page_env
from tests.support.settings_file import changed, content_of, file_with, only, rich_site
from tests.support.settings_site import only_with, shown_pane
from tests.view.settings_room import desk, open_settings, press, shell_of, speaking

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def site(ctx, make):
    return rich_site(ctx, make)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def pane(qtbot, site, env):
    return shown_pane(qtbot, SettingsFilePane, site, env)


def choose(pane, tmp_path, body, name="settings.json"):
    """Choose a file as a person does, through the button."""
    path = tmp_path / name
    path.write_bytes(body)
    pane.env.dialogs.path = path
    pane.import_button.click()
    QApplication.processEvents()  # buttons that say something longer are wider from then on
    return path


def rows(pane):
    return [
        (row.entry.section.value, row.entry.code, row.where, row.says) for row in pane.preview.model._rows
    ]


def two_changes(ctx):
    def change(content):
        content["settings"]["tickets.reopen_days"] = 9
        content["matrix"]["cells"][3][2] = 5

    return changed(ctx, change)


# --- out -------------------------------------------------------------------------------------------------


def test_the_settings_are_written_where_the_person_says(pane, env, tmp_path, site):
    env.dialogs.path = tmp_path / "out.json"

    pane.export_button.click()

    assert env.dialogs.path.read_bytes() == export_settings(site)
    assert env.shell.said == ["Saved “out.json”"]


def test_a_folder_that_cannot_be_written_is_told(pane, env, tmp_path):
    (tmp_path / "file").write_text("x")
    env.dialogs.path = tmp_path / "file" / "out.json"

    pane.export_button.click()

    assert [error.code for error in env.shell.errors] == ["settings_file.unwritable"]


def test_closing_the_dialog_does_nothing(pane, env):
    pane.export_button.click()
    pane.import_button.click()

    assert (env.shell.said, env.shell.errors) == ([], [])
    assert not pane.preview.isVisible()


# --- the preview -----------------------------------------------------------------------------------------


def test_the_preview_says_before_and_after(pane, tmp_path, site):
    choose(pane, tmp_path, two_changes(site))

    assert rows(pane) == [
        ("settings", "tickets.reopen_days", "", "5 → 9"),
        ("matrix", "", "cells › 4 › 3", "4 → 5"),
    ]
    assert pane.preview.act.text() == "Import 2 entries"
    assert pane.preview.act.hasFocus() or pane.preview.focusWidget() is pane.preview.act


def test_a_file_that_says_nothing_new_offers_nothing(pane, tmp_path, site):
    choose(pane, tmp_path, export_settings(site))

    assert rows(pane) == []
    assert not pane.preview.act.isEnabled()


def test_what_cannot_be_taken_stands_first_and_blocks_until_its_section_is_left_out(pane, tmp_path):
    body = file_with({"settings": {"tickets.reopen_days": 9}, "scripts": [{"code": "greeting", "body": 7}]})
    choose(pane, tmp_path, body)
    assert rows(pane)[0] == ("scripts", "greeting", "", "body: “7” is no text in quotation marks.")
    assert pane.preview.notice.isVisible()
    assert not pane.preview.act.isEnabled()

    pane.preview.boxes[Section.SCRIPTS].click()

    assert rows(pane) == [("settings", "tickets.reopen_days", "", "5 → 9")]
    assert not pane.preview.notice.isVisible()
    assert pane.preview.act.isEnabled()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"format": ', "settings_file.damaged"),
        (json.dumps({"format": "firstline-settings", "version": 9}).encode(), "settings_file.newer"),
        (b"{}", "settings_file.not_ours"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_the_page_stays(pane, env, tmp_path, body, code):
    choose(pane, tmp_path, body)

    assert [error.code for error in env.shell.errors] == [code]
    assert not pane.preview.isVisible()


def test_a_section_without_the_right_cannot_be_ticked_and_says_why(qtbot, site, env, tmp_path):
    editor = only_with(site, "settings.edit", "settings.read")
    pane = shown_pane(qtbot, SettingsFilePane, editor, env)

    choose(pane, tmp_path, changed(site, lambda content: content["roles"][0].update(name="Mine")))

    box = pane.preview.boxes[Section.ROLES]
    assert (box.isEnabled(), box.isChecked()) == (False, False)
    assert box.accessibleDescription() == "Needs the right: Give roles and rights"
    assert pane.preview.boxes[Section.MATRIX].isChecked()


def test_what_somebody_changes_meanwhile_is_seen(pane, tmp_path, site):
    choose(pane, tmp_path, only("settings", {"tickets.reopen_days": 9}))
    change_settings(site, {"tickets.reopen_days": 8}, versions=site_settings(site).versions)

    pane.refresh()

    assert rows(pane) == [("settings", "tickets.reopen_days", "", "8 → 9")]


def test_an_import_over_somebody_elses_change_is_refused_and_shown_again(pane, env, tmp_path, site):
    choose(pane, tmp_path, only("settings", {"tickets.reopen_days": 9}))
    change_settings(site, {"tickets.reopen_days": 8}, versions=site_settings(site).versions)

    pane.preview.act.click()

    assert [error.code for error in env.shell.errors] == ["settings_file.outdated"]
    assert rows(pane) == [("settings", "tickets.reopen_days", "", "8 → 9")]


def test_a_second_file_takes_the_place_of_the_first(pane, tmp_path):
    choose(pane, tmp_path, only("settings", {"tickets.reopen_days": 9}))
    choose(pane, tmp_path, only("teams", [{"code": "first", "name": "Hotline"}]), "other.json")

    assert list(pane.preview.boxes) == [Section.TEAMS]
    assert pane.preview.note.text() == "other.json"


def test_the_chosen_file_comes_back_after_the_page_was_built_again(qtbot, pane, tmp_path, site, env):
    choose(pane, tmp_path, two_changes(site))
    pane.preview.boxes[Section.MATRIX].click()
    state = json.loads(json.dumps(pane.save_state()))

    again = shown_pane(qtbot, SettingsFilePane, site, env)
    again.restore_state(state)

    assert rows(again) == [("settings", "tickets.reopen_days", "", "5 → 9")]
    assert not again.preview.boxes[Section.MATRIX].isChecked()


# --- by keyboard -----------------------------------------------------------------------------------------


def test_by_keyboard_a_file_is_chosen_in_part_imported_and_taken_back(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "settings_file")
    pane = screen.pane
    path = tmp_path / "in.json"
    path.write_bytes(two_changes(ctx))
    screen.env.dialogs.path = path
    pane.export_button.setFocus()

    press(screen, KEY.Key_Tab, KEY.Key_Space)
    assert pane.preview.act.hasFocus()
    qtbot.keyClick(pane.preview.act, KEY.Key_Backtab)
    pane.preview.boxes[Section.MATRIX].setFocus()
    press(screen, KEY.Key_Space)
    assert [row[0] for row in rows(pane)] == ["settings"]
    qtbot.keyClick(screen.focusWidget(), KEY.Key_Return, CONTROL)

    content = content_of(ctx)
    assert content["settings"]["tickets.reopen_days"] == 9
    assert content["matrix"]["cells"][3][2] == 4
    assert not pane.preview.isVisible()
    shell_of(screen).outcomes[-1].undo.run()
    assert content_of(ctx)["settings"]["tickets.reopen_days"] == 5


def test_escape_puts_the_file_away(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "settings_file")
    choose(screen.pane, tmp_path, two_changes(ctx))

    press(screen, KEY.Key_Escape)

    assert not screen.pane.preview.isVisible()
    assert screen.pane.import_button.hasFocus()
    assert content_of(ctx)["settings"]["tickets.reopen_days"] == 5


# --- for everybody ---------------------------------------------------------------------------------------


def test_a_reader_sees_the_page_and_why_nothing_can_be_done(qtbot, site, env):
    pane = shown_pane(qtbot, SettingsFilePane, only_with(site, "settings.read"), env)

    assert not pane.export_button.isEnabled()
    assert not pane.import_button.isEnabled()
    assert pane.export_button.toolTip()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_page_is_readable_in_each_language(qtbot, site, bus, tmp_path, language):
    with speaking(language):
        pane = shown_pane(qtbot, SettingsFilePane, site, page_env(bus, tmp_path, language=language))
        assert_readable(pane)

        choose(pane, tmp_path, two_changes(site))

        assert_readable(pane)


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_hostile_texts_stay_texts(pane, tmp_path):
    scripts = [
        {"code": f"H{number}", "name": text[:100] + "<b>&x", "body": text or "x"}
        for number, text in enumerate(PAYLOADS[:60])
    ]
    choose(pane, tmp_path, only("scripts", scripts), "<b>&evil.json")

    assert faults(pane) == []
    assert tips(pane) == []

"""The priority matrix editor: the whole matrix by keyboard, holes, odd cells, levels, presets, versions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.settings import ConfigKind
from app.services.priority.edits import Side
from app.services.settings.commands import save_config
from app.services.settings.queries import current_config
from app.views.settings.matrix_panels import LevelPopup
from app.views.settings.versions_popup import VersionsPopup
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    return screen


def popup_of(screen, kind):
    return next(popup for popup in screen.window().findChildren(kind) if popup.isVisible())


def saved_cells(ctx):
    return current_config(ctx, ConfigKind.MATRIX, "site").body["cells"]


def test_the_whole_matrix_is_filled_by_keyboard_alone(screen, ctx):
    wanted = [[1, 2, 3], [2, 2, 3], [2, 3, 4], [3, 4, 5]]
    for row in wanted:
        for priority in row:
            press(screen, str(priority), KEY.Key_Right)
        press(screen, KEY.Key_Left, KEY.Key_Left, KEY.Key_Left, KEY.Key_Down)
    QTest.keyClick(screen.pane.grid, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert saved_cells(ctx) == wanted


def test_an_emptied_cell_keeps_apply_waiting_and_is_named(screen, ctx):
    press(screen, KEY.Key_Delete)
    assert "Whole company × Work stopped" in screen.pane.holes.text()
    assert screen.pane.blocked
    assert not screen.bar.apply.isEnabled()
    screen.action_set.run("settings.apply")
    assert saved_cells(ctx)[0][0] == 1
    press(screen, KEY.Key_1)
    assert not screen.pane.changes


def test_an_odd_cell_is_said_with_a_remedy_and_may_stay(screen):
    screen.pane.grid.cell_set.emit(4, 2, 5)
    odd = screen.pane.odd
    assert odd.isVisible()
    assert "One person × Today (P5)" in odd.text.text()
    assert odd.mend.text() == "Set P4"
    odd.keep.click()
    assert not odd.isVisible()
    assert not screen.pane.blocked


def test_the_remedy_sets_the_neighbours_priority(screen):
    screen.pane.grid.cell_set.emit(4, 2, 5)
    screen.pane.odd.mend.click()
    assert screen.pane.editor.draft.cells[4, 2] == 4
    assert not screen.pane.odd.isVisible()


def test_f2_renames_a_level_in_both_languages_and_its_meaning(screen):
    press(screen, KEY.Key_F2)
    popup = popup_of(screen, LevelPopup)
    popup.name.setText("Everybody")
    popup.name_alt.setText("所有人")
    popup.guidance.setText("Nothing works")
    popup.guidance_alt.setText("全部停顿")
    press(screen, KEY.Key_Return)
    level = screen.pane.editor.draft.impacts[0]
    assert (level.name, level.name_alt) == ("Everybody", "所有人")
    assert (level.guidance, level.guidance_alt) == ("Nothing works", "全部停顿")
    assert [change.label for change in screen.pane.changes] == ["Impact 1", "Meaning of impact 1"]


def test_a_level_without_a_name_is_refused_in_place(screen):
    press(screen, KEY.Key_F2)
    popup = popup_of(screen, LevelPopup)
    popup.name.clear()
    press(screen, KEY.Key_Return)
    assert popup.isVisible()
    popup.close_now()
    assert not screen.pane.changes


def test_shift_f2_renames_the_level_of_the_column(screen):
    QTest.keyClick(screen.pane.grid, KEY.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    assert popup_of(screen, LevelPopup).name.text() == "Work stopped"


def test_alt_arrow_moves_a_level_with_its_cells(screen):
    QTest.keyClick(screen.pane.grid, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    draft = screen.pane.editor.draft
    assert [level.name for level in draft.impacts][:2] == ["Several departments", "Whole company"]
    assert [draft.cells[1, urgency] for urgency in (1, 2, 3)] == [1, 2, 3]
    assert screen.pane.grid.cursor_cell == (2, 1)


def test_alt_arrow_in_the_popup_moves_the_level_and_keeps_its_new_name(screen):
    press(screen, KEY.Key_F2)
    popup_of(screen, LevelPopup).name.setText("Everybody")
    QTest.keyClick(screen.focusWidget(), KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [level.name for level in screen.pane.editor.draft.impacts][:2] == [
        "Several departments",
        "Everybody",
    ]


def test_a_level_added_at_the_edge_has_empty_cells_to_fill(screen):
    screen.pane.add_impact.click()
    popup_of(screen, LevelPopup).close_now()
    assert len(screen.pane.editor.draft.impacts) == 5
    assert screen.pane.blocked
    assert not screen.pane.add_impact.isEnabled()
    assert "at most 5" in screen.pane.add_impact.toolTip()


def test_a_level_can_be_removed_down_to_three(screen):
    for _time in range(2):
        screen.pane.grid.rename_asked.emit(Side.IMPACT, 1)
        popup = popup_of(screen, LevelPopup)
        if popup.remove.isEnabled():
            popup.remove.click()
    assert len(screen.pane.editor.draft.impacts) == 3
    assert not popup.remove.isEnabled()


def test_a_preset_replaces_the_draft_and_apply_saves_it(screen, ctx):
    action = next(each for each in screen.pane.presets.menu().actions() if "ITIL" in each.text())
    action.trigger()
    assert screen.pane.size_text.text() == "3 × 3"
    screen.bar.apply.click()
    assert len(saved_cells(ctx)) == 3


def test_each_priority_says_when_a_ticket_received_now_would_be_due(screen):
    # Friday 18:00 in Shanghai; the office closes at 18:30 and opens on Monday.
    assert screen.pane.promises.lines[1] == (
        "answered within 10 min (today 18:10), solved within 2 h (today 20:00)"
    )
    assert "Tue 17:00" in screen.pane.promises.lines[3] or "Mon 17:00" in screen.pane.promises.lines[3]
    assert "P1" in screen.pane.cell_text.text()


def test_somebody_elses_save_is_told_and_apply_waits_for_a_decision(screen, ctx, other_ctx):
    press(screen, KEY.Key_5)
    body = dict(current_config(other_ctx, ConfigKind.MATRIX, "site").body)
    body["cells"] = [*body["cells"][:3], [3, 3, 5]]
    save_config(other_ctx, ConfigKind.MATRIX, "site", body, expected_number=1)
    screen.bar.apply.click()
    conflict = screen.pane.conflict
    assert conflict.isVisible()
    assert not screen.bar.apply.isEnabled()
    conflict.mine.click()
    assert [change.after for change in screen.pane.changes] == ["P5", "P4"]
    screen.bar.apply.click()
    assert saved_cells(ctx)[0][0] == 5


def test_taking_theirs_gives_the_draft_up(screen, ctx, other_ctx):
    press(screen, KEY.Key_5)
    body = dict(current_config(other_ctx, ConfigKind.MATRIX, "site").body)
    body["cells"] = [*body["cells"][:3], [3, 3, 5]]
    save_config(other_ctx, ConfigKind.MATRIX, "site", body, expected_number=1)
    screen.bar.apply.click()
    screen.pane.conflict.theirs.click()
    assert not screen.pane.changes
    assert screen.pane.editor.draft.cells[4, 3] == 5


def test_an_earlier_version_is_shown_with_its_changes_and_restored(screen, ctx):
    press(screen, KEY.Key_2)
    screen.bar.apply.click()
    screen.pane.versions.click()
    popup = popup_of(screen, VersionsPopup)
    assert not popup.restore.isEnabled()
    popup.list.setFocus()
    press(screen, KEY.Key_Down)
    assert popup.restore.isEnabled()
    popup.restore.click()
    assert saved_cells(ctx)[0][0] == 1
    assert current_config(ctx, ConfigKind.MATRIX, "site").number == 3


def test_a_reader_can_look_at_versions_but_not_restore(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "matrix")
    screen.pane.versions.click()
    assert not popup_of(screen, VersionsPopup).restore.isEnabled()
    assert not screen.pane.presets.isEnabled()
    assert not screen.pane.promises.pencils[1].isVisible()


def test_levels_stand_in_chinese_where_the_window_speaks_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix", language="zh_CN")
        screen.pane.grid.cell_set.emit(4, 3, 5)
        assert screen.pane.changes[0].sentence == "一个人 × 可以等待  P4 → P5"
        assert "今天 18:10" in screen.pane.promises.lines[1]


def test_meanings_stand_in_the_windows_language(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix", language="zh_CN")
        first = screen.pane.editor.draft.impacts[0]
        said = screen.pane.grid._heading_words(Side.IMPACT, 1)
    assert first.guidance_alt
    assert said == f"{first.name_alt}\n{first.guidance_alt}"


def test_a_priority_is_renamed_from_the_list_of_promises(screen):
    screen.pane.promises.pencils[3].click()
    popup = popup_of(screen, LevelPopup)
    assert not popup.remove.isVisible()
    popup.name.setText("Normal")
    press(screen, KEY.Key_Return)
    assert screen.pane.changes[0].sentence == "P3  Medium / 中 → Normal / 中"


def test_discard_goes_back_to_what_is_saved(screen):
    press(screen, KEY.Key_5)
    screen.bar.discard.click()
    assert not screen.pane.changes
    assert not shell_of(screen).errors

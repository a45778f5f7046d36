"""A type's own priority matrix in the editor: by keyboard alone, taken back, checked, counted, compared."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.settings.queries import current_config
from app.services.tickets.commands import create_ticket
from app.views.settings.versions_popup import VersionsPopup
from app.views.settings.whatif_presenter import PAUSE, WhatIfState
from tests.support.describe import assert_readable
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    return screen


def control(screen, key, times=1):
    for _time in range(times):
        QTest.keyClick(screen.window().focusWidget() or screen, key, CONTROL)
        QApplication.processEvents()


def request_of_its_own(screen):
    """Go to service requests by keyboard and give them a matrix of their own."""
    control(screen, KEY.Key_PageDown, 2)
    control(screen, KEY.Key_M)


def body_of(ctx):
    return current_config(ctx, ConfigKind.MATRIX, "site").body


def sentences(screen):
    return [change.sentence for change in screen.pane.changes]


def tab_names(screen):
    tabs = screen.pane.types.tabs
    return [tabs.tabText(place) for place in range(tabs.count())]


# -- edits ---------------------------------------------------------------------------------------------


def test_one_types_matrix_is_made_and_saved_by_keyboard_alone(screen, ctx):
    before = body_of(ctx)
    request_of_its_own(screen)
    press(screen, "3", KEY.Key_Right, "3", KEY.Key_Down, "4")
    control(screen, KEY.Key_S)
    after = body_of(ctx)
    assert after["by_type"] == {"request": [[3, 3, 2], [1, 4, 3], [2, 3, 3], [3, 3, 4]]}
    assert {name: after[name] for name in before} == before


def test_the_tabs_are_all_types_and_every_type(screen):
    assert tab_names(screen) == [
        "All types",
        "Incident",
        "Service request",
        "Inquiry",
        "Complaint",
        "Monitoring event",
    ]
    assert screen.pane.types.state.text() == "Holds for every type of ticket."
    assert not screen.pane.types.turn.isVisible()


def test_page_keys_go_round_the_tabs_and_arrows_choose_on_them(screen):
    control(screen, KEY.Key_PageUp)
    assert screen.pane.types.kind == "monitoring"
    control(screen, KEY.Key_PageDown)
    assert screen.pane.types.kind == ""
    screen.pane.types.tabs.setFocus()
    press(screen, KEY.Key_Right)
    assert screen.pane.types.kind == "incident"


def test_a_type_shows_the_cells_of_all_and_says_that_it_follows_them(screen):
    control(screen, KEY.Key_PageDown, 2)
    types = screen.pane.types
    assert types.state.text() == "As all types."
    assert types.turn.text() == "Give this type its own matrix"
    assert "P1 Critical" in screen.pane.cell_text.text()


def test_a_digit_over_a_type_that_follows_changes_nothing_and_offers_its_own_matrix(screen):
    control(screen, KEY.Key_PageDown, 2)
    press(screen, "5")
    assert not screen.pane.changes
    assert "Service request follows all types" in shell_of(screen).said[-1]


def test_giving_a_type_its_own_and_every_edit_of_it_is_taken_back(screen):
    request_of_its_own(screen)
    press(screen, "4")
    control(screen, KEY.Key_Z)
    assert sentences(screen) == ["Service request  as all types → own matrix"]
    control(screen, KEY.Key_Z)
    assert not screen.pane.changes
    assert screen.pane.types.state.text() == "As all types."
    control(screen, KEY.Key_Y, 2)
    assert screen.pane.editor.draft.by_type["request"][1, 1] == 4


def test_taking_an_edit_back_shows_the_type_it_was_made_for(screen):
    request_of_its_own(screen)
    press(screen, "4")
    control(screen, KEY.Key_PageDown, 3)
    control(screen, KEY.Key_Z)
    assert screen.pane.types.kind == "request"
    assert screen.pane.grid.accessibleName().endswith("P1")


def test_a_type_follows_all_types_again(screen):
    request_of_its_own(screen)
    press(screen, "4")
    screen.pane.types.turn.click()
    assert not screen.pane.changes
    assert screen.pane.types.turn.text() == "Give this type its own matrix"


def test_an_edit_of_all_types_leaves_a_types_own_alone(screen):
    request_of_its_own(screen)
    control(screen, KEY.Key_PageUp, 2)
    press(screen, "2")
    draft = screen.pane.editor.draft
    assert (draft.cells[1, 1], draft.by_type["request"][1, 1]) == (2, 1)
    assert "Incident, Inquiry, Complaint, Monitoring event" in screen.pane.types.state.text()


def test_a_moved_level_moves_in_every_matrix(screen):
    request_of_its_own(screen)
    press(screen, "5")
    QTest.keyClick(screen.pane.grid, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    draft = screen.pane.editor.draft
    assert (draft.cells[2, 1], draft.by_type["request"][2, 1]) == (1, 5)


def test_the_promises_are_those_of_the_type_chosen(screen):
    control(screen, KEY.Key_PageDown, 2)
    assert screen.pane.promises.kind.currentText() == "Service request"


# -- checks --------------------------------------------------------------------------------------------


def test_a_hole_in_one_types_matrix_names_the_type_and_keeps_apply_waiting(screen):
    request_of_its_own(screen)
    press(screen, KEY.Key_Delete)
    assert screen.pane.holes.text() == "Still empty: Whole company × Work stopped"
    assert "Service request" in screen.pane.blocked
    control(screen, KEY.Key_PageUp, 2)
    assert screen.pane.holes.text() == "Still empty: Service request: 1 cell"
    assert not screen.bar.apply.isEnabled()


def test_a_new_level_is_to_be_filled_for_every_type(screen):
    request_of_its_own(screen)
    screen.pane.add_impact.click()
    assert "Service request: " not in screen.pane.holes.text()
    assert "All types: 3 cells" in screen.pane.holes.text()


def test_odd_cells_are_said_where_they_are(screen):
    request_of_its_own(screen)
    screen.pane.grid.cell_set.emit(4, 2, 5)
    assert screen.pane.odd.isVisible()
    control(screen, KEY.Key_PageUp)
    assert not screen.pane.odd.isVisible()
    control(screen, KEY.Key_PageDown)
    screen.pane.odd.mend.click()
    assert screen.pane.editor.draft.by_type["request"][4, 2] == 4
    assert not screen.pane.odd.isVisible()


# -- consequences, versions, reading -------------------------------------------------------------------


def test_consequences_are_counted_for_the_tickets_of_the_type(qtbot, ctx, screen):
    for kind in (TicketType.INCIDENT, TicketType.REQUEST, TicketType.REQUEST):
        create_ticket(ctx, NewTicket(kind, Channel.PHONE, "Something", impact=1, urgency=1))
    request_of_its_own(screen)
    press(screen, "4")
    presenter = screen.pane.what_if.presenter
    qtbot.waitUntil(lambda: presenter.state is WhatIfState.SHOWN, timeout=PAUSE * 50)
    assert (presenter.result.up, presenter.result.down, presenter.result.open_changing) == (0, 2, 2)


def test_what_restoring_an_earlier_version_changes_is_told_with_the_type(screen, ctx):
    request_of_its_own(screen)
    press(screen, "4")
    screen.bar.apply.click()
    screen.pane.versions.click()
    popup = next(popup for popup in screen.window().findChildren(VersionsPopup) if popup.isVisible())
    popup.list.setFocus()
    press(screen, KEY.Key_Down)
    changes = screen.pane.editor.changes_to(popup._versions["1"].version)
    assert [change.sentence for change in changes] == [
        "Service request  own matrix → as all types",
        "Service request: Whole company × Work stopped  P4 → P1",
    ]
    popup.restore.click()
    assert "by_type" not in body_of(ctx)


def test_a_preset_replaces_the_matrices_of_all_types(screen):
    request_of_its_own(screen)
    action = next(each for each in screen.pane.presets.menu().actions() if "ITIL" in each.text())
    action.trigger()
    assert screen.pane.editor.draft.by_type == {}


def test_a_reader_may_look_at_every_type_and_change_none(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    request_of_its_own(screen)
    assert not screen.pane.types.turn.isVisible()
    assert not screen.pane.changes


def test_types_stand_in_chinese_and_nothing_is_cut_off(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "matrix", language="zh_CN")
        screen.pane.grid.setFocus()
        request_of_its_own(screen)
        assert tab_names(screen)[:3] == ["所有类型", "故障", "服务请求"]
        assert sentences(screen) == ["服务请求  与所有类型相同 → 自己的矩阵"]
        assert_readable(screen.pane.types)

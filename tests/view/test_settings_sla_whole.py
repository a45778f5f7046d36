"""The SLA page as a whole: every part by keyboard alone, what holds for all policies, what is never asked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind, ContactKind, ReopenPolicy, SlaTable
from app.models.entities.time import Allowance
from app.services.settings.queries import current_config
from app.views.settings.checks_button import ChecksPopup
from app.views.settings.sla_model import At
from tests.support.describe import clipped_texts, nameless_inputs
from tests.view.settings_room import KEY, desk, open_settings, press, reader, speaking

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
# A drop-down is a window of its own.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support raise\(\)", "This plugin does not support grabbing", extend=True
)


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "sla")
    screen.pane.table.setFocus()
    return screen


def saved(ctx):
    return SlaTable.from_dict(current_config(ctx, ConfigKind.SLA, "site").body)


def codes(screen):
    return [policy.code for policy in screen.pane.editor.draft.policies]


def told(screen):
    return [change.sentence for change in screen.pane.changes]


def with_key(screen, modifier, *keys):
    for key in keys:
        QTest.keyClick(screen.focusWidget(), key, modifier)
        QApplication.processEvents()


def in_list(qtbot, *keys):
    """Press keys in the drop-down that has just opened."""
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def row(screen, *texts):
    """Type a row's cells one after another, each ended by Enter."""
    for text in texts:
        press(screen, text, KEY.Key_Return, KEY.Key_Right)


# --- the whole page by the keyboard ---------------------------------------------------------------------


def test_the_whole_table_is_edited_by_keyboard_alone(qtbot, screen, ctx):
    pane = screen.pane
    press(screen, KEY.Key_Home, KEY.Key_Right)
    for _row in range(5):
        row(screen, "20 min", "40 min", "1 d 2 h", "4 h", "30 min")
        press(screen, KEY.Key_Return)
        in_list(qtbot, KEY.Key_Home, KEY.Key_Return)  # the calendar that is open all the time
        press(screen, KEY.Key_Home, KEY.Key_Right, KEY.Key_Down)
    press(screen, KEY.Key_Up, KEY.Key_Right, KEY.Key_Right, KEY.Key_Delete)
    pane.tabs.setFocus()
    with_key(screen, ALT, KEY.Key_Right)  # Faults behind Service requests
    with_key(screen, CTRL, KEY.Key_D)  # and a copy of it before it
    press(screen, KEY.Key_F2, "Night faults", KEY.Key_Tab, KEY.Key_Tab)
    press(screen, KEY.Key_Space)  # the types it is for
    popup = next(each for each in screen.window().findChildren(ChecksPopup) if each.isVisible())
    popup.list.setFocus()
    press(popup.list, KEY.Key_Home, KEY.Key_Space, KEY.Key_Escape)  # no longer incidents
    screen.action_set.run("settings.apply")

    table = saved(ctx)
    assert [policy.code for policy in table.policies][:3] == ["request", "incident_2", "incident"]
    copied, original = table.policies[1:3]
    assert (copied.name, copied.types) == ("Night faults", {"monitoring"})
    assert [target.calendar for target in original.targets] == ["24x7"] * 5
    assert [target.allowances[ClockKind.UPDATE_DUE] for target in original.targets] == [
        Allowance(4 * 3600)
    ] * 5
    assert [target.allowances[ClockKind.TASK_ACCEPT] for target in original.targets] == [Allowance(1800)] * 5
    assert [ClockKind.RESOLUTION in target.allowances for target in original.targets] == [
        True,
        True,
        True,
        False,
        True,
    ]


def test_what_holds_for_all_is_edited_by_keyboard_alone(screen, ctx):
    common = screen.pane.common
    common.contacts[ContactKind.LIVE_CHANNEL].setFocus()
    press(screen, KEY.Key_Space)
    common.contacts[ContactKind.START].setFocus()
    press(screen, KEY.Key_Space, KEY.Key_Tab, KEY.Key_Right, KEY.Key_Tab)
    press(screen, "80", KEY.Key_Tab, KEY.Key_Tab, KEY.Key_Space)  # 75 % becomes 80 %, and 90 % goes
    common.rises.add.setFocus()
    press(screen, KEY.Key_Space)
    with_key(screen, CTRL, KEY.Key_A)
    press(screen, "95", KEY.Key_Return)
    assert screen.pane.blocked == ""
    screen.action_set.run("settings.apply")

    table = saved(ctx)
    assert table.contacts == frozenset(ContactKind) - {ContactKind.LIVE_CHANNEL}
    assert table.reopen is ReopenPolicy.RESTART
    assert table.rises == ((90, 2), (95, 3))


# --- what holds for all -----------------------------------------------------------------------------------


def test_what_holds_for_all_stands_in_the_list_of_changes(screen):
    common = screen.pane.common
    common.contacts[ContactKind.CONFIRMATION].click()
    common.reopen._buttons["restart"].click()
    common.rises._lines[1].remove.click()
    assert told(screen) == [
        "What counts as a response  Registered while talking, A reply to the requester, A telephone call,"
        " A note the requester reads, Asking whether it is solved → Registered while talking, A reply to"
        " the requester, A telephone call, A note the requester reads",
        "A ticket that is reopened  goes on → begins again",
        "Rising priority  at 75 % up 1, at 90 % up 2 → at 75 % up 1",
    ]


def test_where_nothing_answers_a_ticket_it_is_said(screen):
    for box in screen.pane.common.contacts.values():
        box.setChecked(True)
        box.click()
    assert screen.pane.common.unanswered.text().startswith("Nothing is ticked")


def test_the_rises_say_what_they_mean(screen):
    assert screen.pane.common.rising.text() == (
        "Of the resolution time. A P4 counts from 75 % on as P3, from 90 % on as P2; nothing rises above P1,"
        " and the registered priority stays."
    )


@pytest.mark.parametrize(
    ("at", "by", "sentence"),
    [
        (75, 2, "Two rises stand at 75 %. Move one of them, or remove it."),
        (95, 1, "The rise at 95 % goes no higher than the one at 75 %, so it would do nothing."),
    ],
)
def test_a_rise_that_cannot_be_is_told_and_keeps_apply_waiting(screen, at, by, sentence):
    line = screen.pane.common.rises._lines[1]
    line.by.setCurrentIndex(by - 1)
    line.at.setValue(at)
    assert screen.pane.common.rise_error.text().startswith(sentence)
    assert screen.pane.blocked
    assert not screen.bar.apply.isEnabled()
    line.at.setValue(96)
    line.by.setCurrentIndex(1)
    assert not screen.pane.common.rise_error.isVisible()
    assert screen.pane.blocked == ""


def test_an_edit_of_the_rises_is_taken_back(screen):
    screen.pane.common.rises.add.click()
    assert len(screen.pane.common.rises.rises) == 3
    screen.pane.undo.click()
    assert screen.pane.common.rises.rises == ((75, 1), (90, 2))
    assert not screen.pane.changes


def test_another_page_leads_to_the_rises(qtbot, screen):
    screen.show_target({"page": "sla", "part": "rises"})
    assert screen.focusWidget() is screen.pane.common.rises._lines[0].at


def test_a_reader_sees_what_holds_for_all_and_changes_nothing(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "sla")
    common = screen.pane.common
    assert not common.contacts[ContactKind.CALL].isEnabled()
    assert not common.reopen.isEnabled()
    assert not common.rises.add.isVisible()
    screen.pane.tabs.setFocus()
    with_key(screen, ALT, KEY.Key_Right)
    press(screen, KEY.Key_Insert, KEY.Key_Delete)
    assert codes(screen) == ["incident", "request", "inquiry", "complaint"]


# --- the order of policies --------------------------------------------------------------------------------


def test_policies_are_moved_added_and_retired_by_keys(screen):
    screen.pane.tabs.setFocus()
    with_key(screen, ALT, KEY.Key_Right, KEY.Key_Down, KEY.Key_Left)
    assert codes(screen) == ["request", "incident", "inquiry", "complaint"]
    assert screen.pane.policy.code == "incident"
    press(screen, KEY.Key_Delete)
    assert codes(screen) == ["request", "inquiry", "complaint"]
    screen.pane.tabs.setFocus()
    press(screen, KEY.Key_Insert)
    assert "policy" in codes(screen)
    assert screen.focusWidget() is screen.pane.conditions.name


def test_the_last_policy_cannot_be_retired(screen):
    screen.pane.tabs.setFocus()
    press(screen, *[KEY.Key_Delete] * 6)
    assert len(codes(screen)) == 1


def test_a_policy_that_can_never_hold_is_warned_of(screen):
    screen.pane.conditions.types.chosen.emit(frozenset())  # the first one is for every type now
    assert screen.pane.shadowed.isVisible()
    assert screen.pane.shadowed.text.text().splitlines()[0] == (
        "“Service requests” can never hold: every such ticket is taken before by Faults."
    )
    assert not screen.pane.tabs.tabIcon(1).isNull()
    assert screen.pane.tabs.tabIcon(0).isNull()
    assert screen.pane.blocked == ""
    for _each in range(3):
        screen.pane.menu_actions["later"].trigger()
    assert not screen.pane.shadowed.isVisible()


def test_rows_that_can_never_hold_are_warned_of_at_their_policy(screen):
    for place in (3, 4):
        for at in (At.RESPONSE, At.FIRST_LINE, At.RESOLUTION):
            screen.pane.model.setData(screen.pane.model.index(place, at), "")
    screen.pane.conditions.types.chosen.emit(frozenset())
    assert not screen.pane.shadowed.isVisible()
    screen.pane.tabs.setCurrentIndex(1)
    assert screen.pane.shadowed.text.text() == (
        "The rows P1, P2, P3 of “Service requests” can never hold: such tickets are taken before by Faults."
    )


# --- which policy a ticket would get ----------------------------------------------------------------------


def test_the_trial_says_every_promised_time(screen):
    screen.pane.model.setData(screen.pane.model.index(2, At.UPDATE), "2 h")
    assert screen.pane.trial.times.text().splitlines() == [
        "Response: 30 min → today 18:30",
        "First line: 1 h → Mon 09:00",
        "Resolution: 8 h → Mon 17:00",
        "Update every: 2 h → Mon 10:00",
    ]


def test_the_trial_says_that_a_policy_lacks_the_priority(screen):
    for at in (At.RESPONSE, At.FIRST_LINE, At.RESOLUTION):
        screen.pane.model.setData(screen.pane.model.index(2, at), "")
    assert screen.pane.trial.reasons.text().splitlines()[0] == "Faults: no, it promises nothing for P3"
    assert not screen.pane.trial.times.isVisible()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_has_a_name_and_nothing_is_cut_off(qtbot, ctx, bus, tmp_path, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "sla", language=language)
        screen.resize(1208, 640)
        assert nameless_inputs(screen.pane) == []
        assert clipped_texts(screen.pane) == []


def test_what_holds_for_all_speaks_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "sla", language="zh_CN")
        screen.pane.common.rises._lines[1].remove.click()
        assert told(screen) == ["优先级上升  75 % 上升 1 级、90 % 上升 2 级 → 75 % 上升 1 级"]

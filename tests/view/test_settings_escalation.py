"""The page of escalation steps: the table by the keyboard, and what its words say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.models.entities.escalation import Recipient
from app.models.entities.settings import ConfigKind
from app.services.settings.commands import save_config
from app.views.settings.escalation_model import At
from tests.view.escalation_room import ctrl, go, in_list, saved, steps, text, tick, told
from tests.view.settings_room import KEY, desk, open_settings, press, shell_of

# A drop-down is a window of its own.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support raise\(\)", "This plugin does not support grabbing", extend=True
)


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation")
    screen.pane.table.setFocus()
    return screen


# --- the table by the keyboard ------------------------------------------------------------------------


def test_the_whole_table_is_edited_by_keyboard_alone(qtbot, screen, ctx):
    press(screen, KEY.Key_Home, "80", KEY.Key_Return)  # 75 % becomes 80 %
    press(screen, KEY.Key_Right, KEY.Key_Return)
    in_list(qtbot, KEY.Key_Up, KEY.Key_Return)  # of the first line's time box instead
    press(screen, KEY.Key_Right, KEY.Key_Return)
    tick(screen, 1, 2)  # no longer the assignee, but the whole team
    press(screen, KEY.Key_Right, KEY.Key_Space)  # and it goes on
    press(screen, KEY.Key_Right, KEY.Key_Return)
    tick(screen, 0)  # incidents
    press(screen, KEY.Key_Right, "2")
    press(screen, KEY.Key_Down, KEY.Key_Home, KEY.Key_Delete)  # 90 % goes
    press(screen, KEY.Key_Insert, "95", KEY.Key_Return, KEY.Key_Right, KEY.Key_Right, KEY.Key_Space)
    tick(screen, 5)
    ctrl(screen, KEY.Key_D)
    assert screen.pane.blocked == ""
    screen.action_set.run("settings.apply")

    first, *rest = saved(ctx).steps
    assert (first.code, first.recipients) == ("first_line:80", {Recipient.OWNER, Recipient.TEAM})
    assert (first.to_next_line, first.types, first.mildest) == (True, {"incident"}, 2)
    assert [(step.code, step.recipients) for step in rest] == [
        ("resolution:95", {Recipient.DESK_MANAGER}),
        ("resolution:100", {Recipient.DUTY_SUPERVISOR, Recipient.PROCESS_MANAGER}),
        ("resolution:105", {Recipient.DESK_MANAGER}),
        ("resolution:150", {Recipient.DESK_MANAGER}),
    ]
    assert not screen.pane.changes


def test_typing_on_a_percentage_begins_to_edit_it_and_the_row_finds_its_place(screen):
    go(screen, 0, At.PERCENT)
    press(screen, "120", KEY.Key_Return)
    assert steps(screen) == ["resolution:90", "resolution:100", "resolution:120", "resolution:150"]
    assert screen.pane.table.currentIndex().row() == 2
    assert told(screen) == ["Resolution · step  75 % → 120 %"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "soon",
            "“soon” is not a percentage. Type a whole number such as 90. The step at 75 % stays as it is.",
        ),
        ("0", "Steps lie between 1 and 1000 % of the target."),
        ("90", "Two steps stand at 90 % of the same clock. Join them, or move one of them."),
    ],
)
def test_a_wrong_percentage_is_told_and_the_old_one_stays(screen, typed, sentence):
    go(screen, 0, At.PERCENT)
    press(screen, KEY.Key_F2, typed, KEY.Key_Return)
    assert steps(screen)[0] == "resolution:75"
    assert sentence in screen.pane.refused.text.text()
    assert screen.pane.refused.isVisible()
    assert not screen.pane.changes
    press(screen, "80", KEY.Key_Return)
    assert not screen.pane.refused.isVisible()


def test_while_one_types_a_popup_says_what_it_would_mean(screen):
    go(screen, 0, At.PERCENT)
    press(screen, "50")
    popup = screen.pane.table.popup
    assert popup.title.text() == "Understood: 50 % of Resolution"
    assert popup.lines.text() == "A P3 ticket received now: after 4 h, Mon 12:00"
    press(screen, "x")
    assert "is not a percentage" in popup.title.text()
    assert popup.lines.text() == "Otherwise 75 % stays."
    press(screen, KEY.Key_Escape)
    assert screen.pane.table.popup is None
    assert not screen.pane.changes


def test_a_step_that_tells_nobody_keeps_apply_waiting(screen):
    screen.pane.add.click()
    press(screen, "110", KEY.Key_Return)
    assert text(screen, 3, At.RECIPIENTS) == "nobody yet"
    assert screen.pane.blocked == "The step at 110 % tells nobody and sends nothing on."
    assert not screen.bar.apply.isEnabled()
    go(screen, 3, At.SENDS_ON)
    press(screen, KEY.Key_Space)
    assert screen.pane.blocked == ""


def test_every_edit_is_taken_back_and_made_again_one_by_one(screen):
    go(screen, 0, At.SENDS_ON)
    press(screen, KEY.Key_Space, KEY.Key_Delete)
    assert len(steps(screen)) == 3
    ctrl(screen, KEY.Key_Z)
    assert len(steps(screen)) == 4
    ctrl(screen, KEY.Key_Z)
    assert not screen.pane.changes
    assert not screen.pane.undo.isEnabled()
    ctrl(screen, KEY.Key_Y)
    assert text(screen, 0, At.SENDS_ON) == "sent on"
    screen.pane.redo.click()
    assert len(steps(screen)) == 3
    assert not screen.pane.redo.isEnabled()


def test_the_windows_own_undo_waits_until_the_page_has_nothing_to_take_back(screen):
    asked = []
    window_undo = QAction(screen)
    window_undo.setShortcut("Ctrl+Z")
    window_undo.triggered.connect(lambda: asked.append(steps(screen)))
    screen.addAction(window_undo)
    press(screen, KEY.Key_Delete)
    ctrl(screen, KEY.Key_Z)
    assert (len(steps(screen)), asked) == (4, [])
    ctrl(screen, KEY.Key_Z)
    assert len(asked) == 1


def test_after_saving_nothing_is_taken_back_on_the_page_itself(screen, ctx):
    go(screen, 0, At.SENDS_ON)
    press(screen, KEY.Key_Space)
    screen.bar.apply.click()
    assert saved(ctx).steps[0].to_next_line
    assert not screen.pane.undo.isEnabled()
    shell_of(screen).outcomes[-1].undo.run()
    assert not saved(ctx).steps[0].to_next_line


def test_without_any_step_it_is_said_and_one_can_be_added(screen):
    for _each in range(4):
        press(screen, KEY.Key_Delete)
    assert screen.pane.nothing.isVisible()
    assert not screen.pane.remove.isEnabled()
    screen.pane.add.click()
    assert steps(screen) == ["resolution:75"]


def test_looking_at_a_clock_no_policy_promises_does_not_lose_it(qtbot, screen, ctx):
    odd = {"percent": 50, "clock": "appointment", "recipients": ["owner"]}
    body = {**saved(ctx).to_dict(), "steps": [odd]}
    save_config(ctx, ConfigKind.ESCALATION, "site", body, expected_number=1)
    screen.pane.refresh()
    go(screen, 0, At.CLOCK)
    press(screen, KEY.Key_Return)
    in_list(qtbot, KEY.Key_Return)
    assert steps(screen) == ["appointment:50"]
    assert not screen.pane.changes


# --- words -------------------------------------------------------------------------------------------


def test_the_list_of_changes_says_what_a_step_did_and_does(screen):
    go(screen, 1, At.DOWN_TO)
    press(screen, "3")
    go(screen, 3, At.PERCENT)
    press(screen, KEY.Key_Delete)
    assert told(screen) == [
        "Resolution · 150 %  Desk manager → –",
        "Resolution · 90 %  Duty supervisor → Duty supervisor · P1 to P3",
    ]


def test_who_a_step_would_tell_just_now_stands_under_it(qtbot, ctx, bus, tmp_path, make, clock):
    desk(ctx)
    wang = make.agent(name="Wang Fang", teams=(make.team(),))
    day = make.shift_template("X", start_minute=0, duration_minute=24 * 60)
    local = clock.now() + timedelta(hours=8)
    make.assignment(wang, local.date(), day, is_supervisor=True)
    screen = open_settings(qtbot, ctx, bus, tmp_path, "escalation")
    small = Qt.ItemDataRole.UserRole
    assert screen.pane.model.index(1, At.RECIPIENTS).data(small) == "Wang Fang"
    assert screen.pane.now.labels[Recipient.DUTY_SUPERVISOR].text() == "Wang Fang"
    assert screen.pane.now.labels[Recipient.DESK_MANAGER].text() == "nobody just now"
    assert not screen.pane.now.unled.isVisible()
    popup = screen.pane.table.open_list(screen.pane.model.index(1, At.RECIPIENTS))
    listed = [popup.list.item(row).text() for row in range(popup.list.count())]
    assert listed[:4] == ["Owner", "Assignee", "Everybody of the team", "Duty supervisor: Wang Fang"]


def test_where_the_roster_names_no_supervisor_it_is_said(screen):
    assert screen.pane.now.unled.isVisible()


def test_one_ticket_received_now_is_led_through_the_steps_and_rises(screen):
    assert screen.pane.ticket.sentence.text() == "Resolution: 8 h, received now and due Mon 17:00."
    assert screen.pane.ticket.lines[:2] == [
        "75 % · 6 h · Mon 15:00 · counts as P2 from here · tells Owner, Assignee",
        "90 % · 7 h 12 min · Mon 16:12 · counts as P1 from here · tells Duty supervisor: nobody just now",
    ]
    assert "counts as P2" in screen.pane.ticket.strip.accessibleDescription()


def test_a_step_not_meant_for_the_ticket_says_so(screen):
    go(screen, 0, At.TYPES)
    press(screen, KEY.Key_Return)
    tick(screen, 1)
    assert "the step is not for this ticket" in screen.pane.ticket.lines[0]
    assert screen.pane.model.index(0, At.WHEN).data(Qt.ItemDataRole.UserRole) == "not for this ticket"
    screen.pane.ticket.kind.setCurrentIndex(1)
    assert "the step is not for this ticket" not in screen.pane.ticket.lines[0]


def test_a_step_at_night_waits_for_the_morning(screen):
    screen.pane.ticket.priority.setCurrentIndex(1)  # P2, counted around the clock: 4 h from 18:00
    assert "waits until" not in screen.pane.ticket.lines[3]
    screen.pane.quiet.spares.setCurrentIndex(0)
    assert screen.pane.ticket.lines[3].startswith("150 % · 6 h · tomorrow 00:00 · tells Desk manager")
    assert screen.pane.ticket.lines[3].endswith("waits until 07:00 unless on duty")


def test_a_clock_the_ticket_is_promised_nothing_by_is_said(screen):
    screen.pane.ticket.kind.setCurrentIndex(1)  # requests have no box for the first line
    go(screen, 0, At.CLOCK)
    screen.pane.model.setData(screen.pane.model.index(0, At.CLOCK), "first_line")
    assert "promised nothing by the clock “First-line time box”" in screen.pane.ticket.sentence.text()
    assert text(screen, 0, At.WHEN) == "–"


def test_the_rises_are_edited_where_they_belong(screen):
    screen.pane.ticket.edit_rises.click()
    assert shell_of(screen).opened == [("settings", {"page": "sla", "part": "rises"})]

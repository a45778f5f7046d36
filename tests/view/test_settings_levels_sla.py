"""The SLA table: a row edited by keyboard alone, wrong text, policies in order, whom each is for, and why."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import TicketType
from app.services.settings.queries import current_config
from app.views.settings.checks_button import ChecksPopup
from app.views.settings.sla_conditions import read_percents
from app.views.settings.sla_model import At
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking

P3 = 2  # the row of priority 3


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "sla")
    screen.pane.table.setFocus()
    return screen


def go(screen, row, at):
    screen.pane.table.setCurrentIndex(screen.pane.model.index(row, at))


def text(screen, row, at):
    return screen.pane.model.index(row, at).data()


def saved_targets(ctx, policy=0):
    return current_config(ctx, ConfigKind.SLA, "site").body["policies"][policy]["targets"]


def test_a_row_is_edited_by_keyboard_alone(screen, ctx):
    go(screen, 0, At.RESPONSE)
    press(screen, KEY.Key_Down, KEY.Key_Down)
    press(screen, KEY.Key_F2, "45 min", KEY.Key_Return, KEY.Key_Right)
    press(screen, KEY.Key_Return, "90 min", KEY.Key_Return, KEY.Key_Right)
    press(screen, "1 d 2 h", KEY.Key_Return)
    screen.action_set.run("settings.apply")
    saved = saved_targets(ctx)[P3]
    assert (saved["response"], saved["first_line"], saved["resolution"]) == (
        "45 min",
        "1 h 30 min",
        "1 d 2 h",
    )


def test_typing_on_a_cell_begins_to_edit_it(screen):
    go(screen, P3, At.RESOLUTION)
    press(screen, "6 h", KEY.Key_Return)
    assert text(screen, P3, At.RESOLUTION) == "6 h"
    assert [change.sentence for change in screen.pane.changes] == ["Faults · P3 · Resolution  8 h → 6 h"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("4 h", "4 h"),
        ("90 min", "1 h 30 min"),
        ("1 d 2 h", "1 d 2 h"),
        ("2 工作日", "2 d"),
        ("1.5 h", "1 h 30 min"),
    ],
)
def test_every_usual_way_to_write_a_period_is_understood(screen, typed, shown):
    screen.pane.model.setData(screen.pane.model.index(P3, At.RESOLUTION), typed)
    assert text(screen, P3, At.RESOLUTION) == shown


def test_a_wrong_text_keeps_the_old_value_and_says_what_would_be_right(screen):
    go(screen, P3, At.RESOLUTION)
    press(screen, "soon", KEY.Key_Return)
    assert text(screen, P3, At.RESOLUTION) == "8 h"
    assert screen.pane.refused.isVisible()
    assert "“soon” is not a period of time." in screen.pane.refused.text.text()
    assert "1 d 2 h" in screen.pane.refused.text.text()
    assert "P3 keeps 8 h" in screen.pane.refused.text.text()
    assert not screen.pane.changes
    press(screen, "6 h", KEY.Key_Return)
    assert not screen.pane.refused.isVisible()


def test_while_one_types_a_popup_says_what_was_understood_and_both_due_times(screen):
    go(screen, P3, At.RESOLUTION)
    press(screen, "1 d")
    popup = screen.pane.table.popup
    assert popup.isVisible()
    assert popup.title.text() == "Understood: 1 d = 9 h of Office hours"
    assert popup.lines.text().startswith("Received now, due Mon 18:00\nBefore: 8 h → Mon 17:00")
    press(screen, " nonsense")
    assert "is not a period of time" in popup.title.text()
    press(screen, KEY.Key_Escape)
    assert screen.pane.table.popup is None
    assert not screen.pane.changes


@pytest.mark.parametrize("end", ["new rows", "another page"])
def test_the_popup_goes_with_the_editor_it_belongs_to(screen, end):
    go(screen, P3, At.RESOLUTION)
    press(screen, "6 h")
    popup = screen.pane.table.popup
    assert popup.isVisible()

    if end == "new rows":
        screen.pane.model.modelReset.emit()
    else:
        screen.pane.table.hide()

    assert screen.pane.table.popup is None
    assert not popup.isVisible()


def test_under_each_time_stands_how_it_counts(screen):
    small = Qt.ItemDataRole.UserRole
    model = screen.pane.model
    assert model.index(0, At.RESOLUTION).data(small) == "continuous"
    assert model.index(P3, At.RESOLUTION).data(small) == "Office hours"
    assert model.index(3, At.RESOLUTION).data(small) == "3 d = 27 h"


def test_delete_takes_a_promise_away_and_an_empty_row_goes(screen, ctx):
    for at in (At.RESPONSE, At.FIRST_LINE, At.RESOLUTION):
        go(screen, 4, at)
        press(screen, KEY.Key_Delete)
    assert text(screen, 4, At.CALENDAR) == ""
    screen.bar.apply.click()
    assert [target["priority"] for target in saved_targets(ctx)] == [1, 2, 3, 4]


def test_another_calendar_counts_a_row(screen):
    screen.pane.model.setData(screen.pane.model.index(P3, At.CALENDAR), "24x7")
    assert [change.sentence for change in screen.pane.changes] == [
        "Faults · P3 · Calendar  Office hours → 24 x 7"
    ]
    go(screen, P3, At.CALENDAR)
    assert screen.pane.calendar.title.text() == "Calendar: 24 x 7"


def test_a_response_due_after_its_resolution_keeps_apply_waiting(screen):
    screen.pane.model.setData(screen.pane.model.index(0, At.RESPONSE), "3 h")
    assert "after its resolution" in screen.pane.blocked
    assert not screen.bar.apply.isEnabled()


def test_a_new_policy_stands_before_the_one_shown_and_needs_a_target(screen):
    screen.pane.add.click()
    assert [policy.code for policy in screen.pane.editor.draft.policies][:2] == ["policy", "incident"]
    assert "no targets" in screen.pane.blocked
    screen.pane.model.setData(screen.pane.model.index(0, At.RESOLUTION), "4 h")
    assert not screen.pane.blocked


def test_policies_are_moved_copied_and_retired(screen):
    actions = screen.pane.menu_actions
    assert not actions["earlier"].isEnabled()
    actions["later"].trigger()
    assert [policy.code for policy in screen.pane.editor.draft.policies][:2] == ["request", "incident"]
    actions["copy"].trigger()
    assert screen.pane.policy.code == "incident_2"
    actions["retire"].trigger()
    assert [change.label for change in screen.pane.changes] == ["Order of policies"]


def test_a_retired_policy_stands_in_the_list_of_changes(screen):
    screen.pane.tabs.setCurrentIndex(2)
    screen.pane.menu_actions["retire"].trigger()
    assert [change.sentence for change in screen.pane.changes] == ["Inquiries  in force → retired"]


def test_conditions_are_ticked_and_told(screen):
    screen.pane.conditions.types.click()
    popup = screen.window().findChild(ChecksPopup)
    popup.list.item(1).setCheckState(Qt.CheckState.Checked)
    popup.close_now()
    assert TicketType.REQUEST in screen.pane.policy.types
    assert screen.pane.applies.text() == "For: Incident, Service request, Monitoring event"


def test_a_vip_policy_is_for_vips_only(screen):
    screen.pane.conditions.vip.chosen.emit("vip")
    assert screen.pane.policy.vip is True
    assert "VIP" in screen.pane.applies.text()


def test_warning_steps_are_read_sorted_and_refused_where_they_are_none(screen):
    warn = screen.pane.conditions.warn
    warn.setText("90, 60%")
    warn.editingFinished.emit()
    assert screen.pane.policy.warn_percents == (60, 90)
    warn.setText("early")
    warn.editingFinished.emit()
    assert screen.pane.conditions.warn_field.error
    assert screen.pane.policy.warn_percents == (60, 90)


@pytest.mark.parametrize(
    ("typed", "steps"), [("50，75、90 %", (50, 75, 90)), ("", ()), ("0", None), ("1001", None), ("5.5", None)]
)
def test_percentages_as_people_write_them(typed, steps):
    assert read_percents(typed) == steps


def test_the_trial_names_the_policy_and_why_those_before_it_do_not_fit(screen):
    trial = screen.pane.trial
    trial.kind.setCurrentIndex(trial.kind.findText("Inquiry"))
    assert trial.answer.text().startswith("Inquiries")
    assert trial.reasons.text().splitlines() == [
        "Faults: no, it is for Incident, Monitoring event",
        "Service requests: no, it is for Service request",
        "Inquiries: yes, everything fits",
        "Complaints: not asked any more",
    ]


def test_a_ticket_no_policy_covers_is_said(screen):
    screen.pane.tabs.setCurrentIndex(2)
    screen.pane.menu_actions["retire"].trigger()
    screen.pane.trial.kind.setCurrentIndex(screen.pane.trial.kind.findText("Inquiry"))
    assert screen.pane.trial.answer.text() == "No policy: nothing would be promised."


def test_the_calendar_of_the_row_opens_from_here(screen):
    go(screen, P3, At.RESPONSE)
    screen.pane.calendar.edit.click()
    assert shell_of(screen).opened == [("settings", {"page": "calendars", "calendar": "office"})]


def test_a_reader_cannot_edit_a_cell(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "sla")
    screen.pane.table.setFocus()
    go(screen, P3, At.RESOLUTION)
    press(screen, "6 h", KEY.Key_Return, KEY.Key_Delete)
    assert text(screen, P3, At.RESOLUTION) == "8 h"
    assert not screen.pane.add.isEnabled()
    assert not screen.pane.conditions.types.isEnabled()


def test_times_and_due_times_stand_in_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "sla", language="zh_CN")
        screen.pane.model.setData(screen.pane.model.index(P3, At.RESOLUTION), "1 天 2 小时")
        assert text(screen, P3, At.RESOLUTION) == "1 工作日 2 小时"
        assert screen.pane.changes[0].sentence == "故障 · P3 · 解决  8 小时 → 1 工作日 2 小时"
        assert text(screen, 0, At.DUE) == "今天 20:00"

"""Escalation: the steps edited by keyboard alone, what is refused, one ticket's way, quiet hours."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.escalation import EscalationRules, Recipient
from app.models.entities.settings import ConfigKind
from app.models.store import Operation
from app.services.settings.commands import save_config
from app.services.settings.queries import current_config
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.settings.checks_button import ChecksPopup
from app.views.settings.escalation_model import At
from app.views.settings.sla_model import CHANGED
from app.views.settings.versions_popup import VersionsPopup
from tests.support.describe import clipped_texts, nameless_inputs
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking

# A drop-down is a window of its own.
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support raise\(\)", "This plugin does not support grabbing", extend=True
)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation")
    screen.pane.table.setFocus()
    return screen


def steps(screen):
    return [step.code for step in screen.pane.editor.draft.steps]


def saved(ctx):
    return EscalationRules.from_dict(current_config(ctx, ConfigKind.ESCALATION, "site").body)


def told(screen):
    return [change.sentence for change in screen.pane.changes]


def text(screen, row, at):
    return screen.pane.model.index(row, at).data()


def go(screen, row, at):
    screen.pane.table.setCurrentIndex(screen.pane.model.index(row, at))


def ctrl(screen, key):
    QTest.keyClick(screen.focusWidget(), key, CTRL)
    QApplication.processEvents()


def in_list(qtbot, *keys):
    """Press keys in the drop-down that the cell's editor has just opened."""
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    for key in keys:
        QTest.keyClick(QApplication.focusWidget(), key)
    QApplication.processEvents()


def tick(screen, *rows):
    """Tick rows of the list that stands open, by the keyboard."""
    listed = next(each.list for each in screen.window().findChildren(ChecksPopup) if each.isVisible())
    listed.setFocus()
    press(listed, KEY.Key_Home)
    at = 0
    for row in rows:
        press(listed, *[KEY.Key_Down] * (row - at), KEY.Key_Space)
        at = row
    press(listed, KEY.Key_Escape)


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


# --- quiet hours and many at once ----------------------------------------------------------------------


def test_quiet_hours_are_typed_and_said(screen, ctx):
    quiet = screen.pane.quiet
    assert quiet.sentence.text() == (
        "From 22:00 until 07:00 the next morning notices about tickets milder than P2 wait until the end,"
        " except for whoever is on duty."
    )
    quiet.start.setFocus()
    quiet.start.selectAll()
    press(screen, "12.30", KEY.Key_Tab, "14", KEY.Key_Return)
    assert (quiet.start.text(), quiet.end.text()) == ("12:30", "14:00")
    assert told(screen) == ["Quiet hours  22:00–07:00 → 12:30–14:00"]
    screen.bar.apply.click()
    assert (saved(ctx).quiet_from, saved(ctx).quiet_until) == (750, 840)


def test_a_time_that_is_none_is_told_and_the_old_one_stays(screen):
    quiet = screen.pane.quiet
    quiet.start.setFocus()
    quiet.start.selectAll()
    press(screen, "late", KEY.Key_Return)
    assert quiet.start_field.error.startswith("“late” is not a time of day.")
    assert quiet.start_field.error.endswith("22:00 stays.")
    assert not screen.pane.changes


def test_equal_times_are_no_quiet_hours(screen):
    quiet = screen.pane.quiet
    quiet.end.setFocus()
    quiet.end.selectAll()
    press(screen, "22:00", KEY.Key_Return)
    assert quiet.end_field.error == "Both times are the same. Switch the quiet hours off instead."
    assert not screen.pane.changes


def test_quiet_hours_are_switched_off_and_on(screen):
    quiet = screen.pane.quiet
    quiet.on.click()
    assert told(screen) == ["Quiet hours  22:00–07:00 → none"]
    assert "There are no quiet hours" in quiet.sentence.text()
    quiet.on.click()
    assert not screen.pane.changes


def test_many_at_once_is_said_and_saved(screen, ctx):
    screen.pane.storm.count.setValue(5)
    screen.pane.storm.minutes.setValue(3)
    assert screen.pane.storm.sentence.text().startswith(
        "When 5 or more steps fall due for one person within 3"
    )
    assert told(screen) == ["Many at once  10 within 10 min → 5 within 3 min"]
    screen.bar.apply.click()
    assert (saved(ctx).storm_count, saved(ctx).storm_minutes) == (5, 3)


# --- versions, readers, other people -------------------------------------------------------------------


def test_versions_are_told_apart_and_restored(screen, ctx):
    go(screen, 3, At.PERCENT)
    press(screen, KEY.Key_Delete)
    screen.bar.apply.click()
    screen.pane.versions.click()
    popup = screen.window().findChild(VersionsPopup)
    popup.list.choose("1")
    popup._show("1")
    popup.restore.click()
    assert [step.percent for step in saved(ctx).steps] == [75, 90, 100, 150]
    assert len(steps(screen)) == 4


def test_what_somebody_saved_meanwhile_is_kept_beside_mine(screen, ctx):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    theirs = {**saved(ctx).to_dict(), "storm_count": 7}
    save_config(ctx, ConfigKind.ESCALATION, "site", theirs, expected_number=1)
    screen.pane.refresh()
    assert screen.pane.conflict.isVisible()
    screen.pane.conflict.theirs.click()
    assert screen.pane.storm.count.value() == 7
    assert steps(screen)[0] == "resolution:75"


def test_a_draft_comes_back_after_the_page_was_built_again(qtbot, screen, ctx, bus, tmp_path):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    state = screen.save_state()
    again = open_settings(qtbot, ctx, bus, tmp_path, "site")
    again.restore_state(state)
    assert [change.sentence for change in again.panes["escalation"].changes] == [
        "Resolution · step  75 % → 80 %"
    ]


def test_a_reader_cannot_change_anything(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "escalation")
    screen.pane.table.setFocus()
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return, KEY.Key_Delete, KEY.Key_Insert)
    go(screen, 0, At.SENDS_ON)
    press(screen, KEY.Key_Space)
    assert steps(screen) == ["resolution:75", "resolution:90", "resolution:100", "resolution:150"]
    assert text(screen, 0, At.SENDS_ON) == "–"
    assert not screen.pane.add.isEnabled()
    assert not screen.pane.quiet.on.isEnabled()
    assert not screen.pane.storm.count.isEnabled()


def test_a_site_without_the_document_begins_with_the_shipped_rules(qtbot, ctx, bus, tmp_path, drop_rules):
    screen = open_settings(qtbot, ctx, bus, tmp_path, "escalation")
    assert steps(screen) == ["resolution:75", "resolution:90", "resolution:100", "resolution:150"]
    assert not screen.pane.changes
    screen.pane.storm.count.setValue(5)
    screen.bar.apply.click()
    assert saved(ctx).storm_count == 5


@pytest.fixture
def drop_rules(ctx):
    desk(ctx)
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(
        operation, lambda tx: tx.execute("DELETE FROM config_version WHERE kind = ?", ("escalation",))
    )


# --- both languages, all looks -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_has_a_name_and_nothing_is_cut_off(qtbot, ctx, bus, tmp_path, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation", language=language)
        screen.resize(1208, 640)
        assert nameless_inputs(screen.pane) == []
        assert clipped_texts(screen.pane) == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("page", ["escalation", "sla", "site"])
def test_the_page_is_no_wider_than_the_smallest_window(qtbot, ctx, bus, tmp_path, page, language):
    with speaking(language):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, page, language=language)
        assert screen.pane.minimumSizeHint().width() <= 1280 - 72 - 208 - 2 * 24 - 10


def test_a_moved_step_is_marked_at_its_percentage_alone(screen):
    go(screen, 0, At.PERCENT)
    press(screen, "80", KEY.Key_Return)
    marked = [at for at in At if screen.pane.model.index(0, at).data(CHANGED)]
    assert marked == [At.PERCENT]


def test_the_page_speaks_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "escalation", language="zh_CN")
        screen.pane.table.setFocus()
        go(screen, 0, At.PERCENT)
        press(screen, "80", KEY.Key_Return)
        assert told(screen) == ["解决 · 步骤  75 % → 80 %"]
        assert text(screen, 0, At.RECIPIENTS) == "责任人、处理人"


@pytest.mark.parametrize("look", list(ThemeName))
def test_the_strip_is_drawn_in_every_look(qapp, screen, look):
    theme.apply(qapp, look, "en", shipped_font=True)
    try:
        drawn = screen.pane.ticket.strip.grab().toImage()
    finally:
        theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    over_the_bar, beside_it = (QPoint(drawn.width() // 3, height) for height in (42, 2))
    assert drawn.pixelColor(over_the_bar) != drawn.pixelColor(beside_it)

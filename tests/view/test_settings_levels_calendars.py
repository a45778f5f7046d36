"""The calendars: hours typed as text, wrong hours, never open, holidays of a year, several at once."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate

from app.models.entities.calendars import DayType
from app.models.entities.settings import ConfigKind
from app.services.settings.queries import current_config, current_configs
from app.views.settings.calendar_list import DaysPreview
from app.views.settings.calendar_new import NewCalendarPopup
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of, speaking

SATURDAY, SUNDAY = 5, 6


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    return open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars")


def type_hours(screen, weekday, typed):
    line = screen.pane.hours.days[weekday]
    line.setFocus()
    line.selectAll()
    press(line, typed, KEY.Key_Tab)


def saved(ctx, code="office"):
    return current_config(ctx, ConfigKind.CALENDAR, code).body


def test_hours_of_a_day_are_typed_as_text(screen, ctx):
    type_hours(screen, SATURDAY, "9-12, 13:30-17:00")
    assert screen.pane.hours.days[SATURDAY].text() == "09:00–12:00, 13:30–17:00"
    assert [change.sentence for change in screen.pane.changes] == [
        "Office hours · Saturday  closed → 09:00–12:00, 13:30–17:00"
    ]
    screen.bar.apply.click()
    assert saved(ctx)["hours"]["sat"] == [["09:00", "12:00"], ["13:30", "17:00"]]


def test_hours_run_over_midnight_and_until_midnight(screen):
    type_hours(screen, SATURDAY, "20:00-08:00")
    type_hours(screen, SUNDAY, "16:00-24:00")
    week = screen.pane.hours.week.accessibleDescription()
    assert "Sat 20:00–24:00" in week
    assert "Sun 00:00–08:00, 16:00–24:00" in week


def test_hours_that_two_weekdays_open_are_marked_and_told_before_they_are_applied(screen):
    type_hours(screen, SATURDAY, "20:00-08:00")
    type_hours(screen, SUNDAY, "06:00-14:00")
    assert screen.pane.hours.notes[SUNDAY].text() == (
        "Saturday's hours reach into this: 06:00–08:00 counts once."
    )
    assert [change.sentence for change in screen.pane.changes][-1] == (
        "Office hours · Open by two weekdays, counted once  – → Sun 06:00–08:00"
    )
    type_hours(screen, SUNDAY, "08:00-14:00")
    assert not screen.pane.hours.notes[SUNDAY].isVisible()
    assert len(screen.pane.changes) == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("9-12, 11-14", "09:00–12:00 and 11:00–14:00 overlap."),
        ("25:00-26:00", "“25:00” is not a time of day. Write it as 08:30."),
        ("all day", "“all day” is not a time of day. Write it as 08:30."),
    ],
)
def test_wrong_hours_are_said_in_place_and_keep_apply_waiting(screen, typed, said):
    type_hours(screen, SUNDAY, "10-11")
    type_hours(screen, SATURDAY, typed)
    assert screen.pane.hours.errors[SATURDAY].text() == said
    assert screen.pane.hours.days[SATURDAY].text() == typed
    assert screen.pane.blocked
    assert not screen.bar.apply.isEnabled()
    type_hours(screen, SATURDAY, "10-11")
    assert not screen.pane.hours.errors[SATURDAY].isVisible()
    assert screen.bar.apply.isEnabled()


def test_a_calendar_that_never_opens_keeps_apply_waiting(screen, ctx):
    for day in range(7):
        line = screen.pane.hours.days[day]
        line.setFocus()
        line.clear()
        line.editingFinished.emit()
    for day in [each.on for each in _days(screen) if each.windows]:
        screen.pane.days.list.removed.emit(day)
    screen.pane.days.year.setValue(2027)
    assert "stays closed" in screen.pane.blocked
    screen.action_set.run("settings.apply")
    assert current_config(ctx, ConfigKind.CALENDAR, "office").number == 1


def _days(screen):
    from app.services.calendars.edits import dated_days  # noqa: PLC0415 - one test only

    draft = screen.pane.editor.draft
    return [*dated_days(draft, 2026), *dated_days(draft, 2027)]


def test_one_click_opens_a_calendar_all_the_time(screen, ctx):
    screen.pane.hours.always.click()
    assert not screen.pane.hours.days[0].isEnabled()
    assert "do not stop" in screen.pane.days.notice.text.text()
    screen.bar.apply.click()
    assert saved(ctx)["always_open"] is True


def test_the_length_of_a_day_follows_the_hours_or_is_stated(screen):
    assert "9 h" in screen.pane.hours.length.placeholderText()
    length = screen.pane.hours.length
    length.setText("8 h")
    length.editingFinished.emit()
    assert [change.after for change in screen.pane.changes] == ["8 h"]
    length.setText("2 d")
    length.editingFinished.emit()
    assert screen.pane.hours.length_field.error


def test_a_time_zone_that_does_not_exist_is_said_in_place(screen):
    zone = screen.pane.hours.zone
    zone.setText("Asia/Nowhere")
    zone.editingFinished.emit()
    assert "no time zone" in screen.pane.hours.zone_field.error
    zone.setText("Europe/Berlin")
    zone.editingFinished.emit()
    assert not screen.pane.hours.zone_field.error
    assert screen.pane.editor.draft.timezone == "Europe/Berlin"


def test_the_days_of_a_year_are_listed_with_their_names(screen):
    days = screen.pane.days
    rows = days.list.model()
    found = [[rows.index(row, column).data() for column in range(5)] for row in range(rows.rowCount())]
    assert ["1 Jan 2026", "Thu", "Public holiday", "closed", "New Year's Day"] in found
    assert any(row[2] == "Make-up workday" and row[3] == "08:30–12:00, 13:00–18:30" for row in found)


def test_a_date_is_taken_out_by_delete_and_comes_back_by_filling_the_year_in(screen):
    days = screen.pane.days
    days.list.setCurrentIndex(days.list.model().index(0, 0))
    days.list.setFocus()
    press(days.list, KEY.Key_Delete)
    assert [change.sentence for change in screen.pane.changes] == [
        "Office hours · 1 Jan 2026  Public holiday → like its weekday"
    ]
    days.fill.click()
    screen.window().findChild(DaysPreview).take.click()
    assert not screen.pane.changes


def test_a_year_whose_moved_workdays_are_not_published_says_so(screen):
    screen.pane.days.year.setValue(2027)
    assert "2027 not yet published: China" in screen.pane.days.notice.text.text()


def test_a_special_day_is_added_with_hours_of_its_own(screen):
    days = screen.pane.days
    days.date.setDate(QDate(2026, 12, 24))
    days.kind.setCurrentIndex(days.kind.findData(DayType.WORKDAY))
    days.hours.setText("8-12")
    days.add.click()
    assert screen.pane.editor.draft.special_days[date(2026, 12, 24)][0].to_list() == ["08:00", "12:00"]
    days.hours.setText("noon")
    days.add.click()
    assert days.wrong


def test_a_holiday_has_no_hours_to_type(screen):
    days = screen.pane.days
    days.kind.setCurrentIndex(days.kind.findData(DayType.HOLIDAY))
    assert not days.hours_field.isVisible()
    days.date.setDate(QDate(2026, 12, 25))
    days.add.click()
    assert date(2026, 12, 25) in screen.pane.editor.draft.holidays


def test_a_new_calendar_begins_as_a_copy_and_is_saved_beside_the_others(screen, ctx):
    screen.pane.add.click()
    screen.window().findChild(NewCalendarPopup).create_button.click()
    screen.pane.hours.name.setText("Night")
    screen.pane.hours.name.textEdited.emit("Night")
    screen.bar.apply.click()
    codes = [version.code for version in current_configs(ctx, ConfigKind.CALENDAR)]
    assert codes == ["24x7", "calendar_1", "office"]
    assert saved(ctx, "calendar_1")["name"] == "Night"
    assert not screen.pane.changes


def test_a_calendar_has_a_chinese_name_beside_its_own(screen, ctx):
    screen.pane.hours.name_alt.setText("全天候")
    screen.pane.hours.name_alt.textEdited.emit("全天候")
    told = [(change.label, change.after) for change in screen.pane.changes]
    screen.bar.apply.click()
    assert [after for label, after in told if label.endswith("Name in Chinese")] == ["全天候"]
    assert saved(ctx, screen.pane.code)["name_alt"] == "全天候"


def test_a_new_calendar_can_be_discarded(screen):
    screen.pane.add.click()
    screen.window().findChild(NewCalendarPopup).create_button.click()
    screen.bar.discard.click()
    assert sorted(screen.pane.editors) == ["24x7", "office"]
    assert screen.pane.code in screen.pane.editors


def test_changes_of_two_calendars_are_applied_together(screen, ctx):
    type_hours(screen, SATURDAY, "9-12")
    screen.pane.show_calendar("24x7")
    screen.pane.hours.name.setText("Round the clock")
    screen.pane.hours.name.textEdited.emit("Round the clock")
    assert len(screen.pane.changes) == 2
    screen.bar.apply.click()
    assert saved(ctx)["hours"]["sat"]
    assert saved(ctx, "24x7")["name"] == "Round the clock"
    assert not screen.pane.changes


def test_another_calendar_is_not_shown_while_one_holds_wrong_hours(screen):
    type_hours(screen, SATURDAY, "all day")
    screen.pane.show_calendar("24x7")
    assert screen.pane.code == "office"
    assert shell_of(screen).said == ["Mend first what is marked red."]


def test_wrong_hours_come_back_with_the_page(screen, qtbot, ctx, bus, tmp_path):
    type_hours(screen, SUNDAY, "9-10")
    type_hours(screen, SATURDAY, "all day")
    state = screen.save_state()
    other = open_settings(qtbot, ctx, bus, tmp_path, "look")
    other.restore_state(state)
    assert other.pane.hours.days[SATURDAY].text() == "all day"
    assert other.pane.hours.days[SUNDAY].text() == "09:00–10:00"


def test_a_target_opens_the_calendar_that_is_meant(screen):
    screen.show_target({"page": "calendars", "calendar": "24x7"})
    assert screen.pane.code == "24x7"


def test_a_reader_changes_nothing(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "calendars")
    type_hours(screen, SATURDAY, "9-12")
    assert not screen.pane.changes
    assert not screen.pane.add.isEnabled()
    assert not screen.pane.days.fill.isEnabled()


def test_days_and_holidays_stand_in_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars", language="zh_CN")
        rows = screen.pane.days.list.model()
        assert [rows.index(0, column).data() for column in (1, 2, 4)] == ["周四", "法定节假日", "元旦"]
        screen.pane.list.choose("office")
        type_hours(screen, SATURDAY, "9:00-12:00")
        assert screen.pane.changes[0].sentence == "办公时间 · 星期六  不开放 → 09:00–12:00"

"""Days from elsewhere: a country's year and files are shown before they are taken; new calendars."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.settings import ConfigKind
from app.services.calendars.edits import dated_days
from app.services.settings.queries import current_config, current_configs
from app.views.settings.calendar_list import DaysPreview
from app.views.settings.calendar_new import NewCalendarPopup
from tests.view.settings_room import KEY, desk, open_settings, press, shell_of, speaking

CHRISTMAS = b"date,type,name,hours\n2026-12-25,holiday,Christmas,\n2026-12-24,workday,Christmas Eve,8:30-12\n"


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    return open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars")


def preview(screen):
    return screen.window().findChild(DaysPreview)


def rows(popup):
    model = popup.table.rows
    return [[model.item(row, at).text() for at in range(5)] for row in range(model.rowCount())]


def choose_file(screen, path, content):
    path.write_bytes(content)
    screen.env.dialogs.path = path
    screen.pane.days.load.click()


def draft(screen):
    return screen.pane.editor.draft


def notice(screen):
    return screen.pane.days.notice.text.text()


# -- a country's year ------------------------------------------------------------------------------


def test_a_countrys_year_is_shown_before_it_is_taken(screen):
    screen.pane.days.grid.go(date(2026, 10, 1))
    screen.pane.days.grid.setFocus()
    press(screen.pane.days.grid, KEY.Key_Delete)
    screen.pane.days.fill.click()
    popup = preview(screen)
    assert rows(popup) == [["1 Oct 2026", "Thu", "like its weekday", "Public holiday", "National Day"]]
    assert date(2026, 10, 1) not in draft(screen).holidays
    popup.take.click()
    assert not screen.pane.changes
    assert "1 date was taken" in notice(screen)


def test_what_is_not_ticked_stays_as_it_is(screen):
    screen.pane.days.year.setValue(2028)
    screen.pane.days.fill.click()
    popup = preview(screen)
    count = popup.table.rows.rowCount()
    popup.table.setFocus()
    press(popup.table, KEY.Key_Space)
    assert popup.take.text() == f"Take {count - 1} dates"
    popup.take.click()
    assert date(2028, 1, 1) not in draft(screen).holidays
    assert len(dated_days(draft(screen), 2028)) == count - 1


def test_a_preview_is_left_without_taking_anything(screen):
    screen.pane.days.year.setValue(2028)
    screen.pane.days.fill.click()
    press(preview(screen), KEY.Key_Escape)
    assert not screen.pane.changes


def test_nothing_ticked_is_nothing_to_take(screen):
    screen.pane.days.year.setValue(2028)
    screen.pane.days.fill.click()
    model = preview(screen).table.rows
    for row in range(model.rowCount()):
        model.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert not preview(screen).take.isEnabled()


def test_a_year_not_published_is_said_in_the_preview_and_after_it(screen):
    screen.pane.days.year.setValue(2028)
    assert "2027, 2028 not yet published: China" in notice(screen)
    screen.pane.days.fill.click()
    popup = preview(screen)
    assert "2028 not yet published" in popup.findChildren(type(screen.pane.days.notice))[0].text.text()
    assert {row[3] for row in rows(popup)} == {"Public holiday"}
    popup.take.click()
    assert "12 dates were taken; Apply saves them. 2028 not yet published" in notice(screen)


def test_a_year_that_is_whole_has_nothing_to_take(screen):
    screen.pane.days.fill.click()
    assert preview(screen) is None
    assert notice(screen) == "Nothing to take over: China 2026 is here already."


def test_another_countrys_days_are_missing(screen):
    country = screen.pane.days.country
    country.setCurrentIndex(country.findData("DE"))
    assert "of Germany for 2026 are missing here" in notice(screen)


# -- files -----------------------------------------------------------------------------------------


def test_a_file_is_shown_and_taken_into_the_draft(screen, ctx, tmp_path):
    choose_file(screen, tmp_path / "days.csv", CHRISTMAS)
    popup = preview(screen)
    assert rows(popup) == [
        ["24 Dec 2026", "Thu", "like its weekday", "Workday 08:30–12:00", "Christmas Eve"],
        ["25 Dec 2026", "Fri", "like its weekday", "Public holiday", "Christmas"],
    ]
    popup.take.click()
    screen.action_set.run("settings.apply")
    saved = current_config(ctx, ConfigKind.CALENDAR, "office").body
    assert saved["day_names"]["2026-12-25"] == ["Christmas", ""]


def test_a_damaged_file_is_refused_with_its_line_and_changes_nothing(screen, tmp_path):
    choose_file(screen, tmp_path / "days.csv", CHRISTMAS + b"26.12.2026,holiday,,\n")
    assert preview(screen) is None
    assert "Line 4: “26.12.2026” is not a date." in notice(screen)
    assert not screen.pane.changes


def test_what_is_no_calendar_at_all_is_told_in_words_and_changes_nothing(screen, tmp_path):
    choose_file(screen, tmp_path / "days.ics", b"<!DOCTYPE html><title>Sign in</title>")
    assert preview(screen) is None
    assert "The file is no calendar: it begins with “<!DOCTYPE html>" in notice(screen)
    assert not screen.pane.changes


def test_a_damaged_file_is_refused_in_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars", language="zh_CN")
        choose_file(screen, tmp_path / "days.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n")
        assert "文件不完整：从第 2 行开始" in notice(screen)


def test_events_that_were_passed_over_are_counted(screen, tmp_path):
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20261001T090000Z", "END:VEVENT")
    more = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261225", "SUMMARY:<b>Christmas</b>", "END:VEVENT")
    choose_file(screen, tmp_path / "days.ics", "\n".join((*lines, *more, "END:VCALENDAR")).encode())
    popup = preview(screen)
    assert rows(popup)[0][4] == "<b>Christmas</b>"
    assert "1 event at a time of day" in popup.findChildren(type(screen.pane.days.notice))[0].text.text()


@pytest.mark.parametrize("ending", ["ics", "csv"])
def test_what_was_exported_is_here_already(screen, tmp_path, ending):
    path = tmp_path / f"office.{ending}"
    screen.env.dialogs.path = path
    actions = {action.text()[-5:-1]: action for action in screen.pane.days.export.menu().actions()}
    actions[f".{ending}"].trigger()
    assert shell_of(screen).said[-1].endswith(f"dates were written to office.{ending}.")
    choose_file(screen, path, path.read_bytes())
    assert "is here already" in notice(screen)


def test_a_draft_that_is_not_saved_is_exported_as_shown(screen, tmp_path):
    screen.pane.days.grid.setFocus()
    screen.pane.days.grid.go(date(2026, 8, 3))
    press(screen.pane.days.grid, "h")
    screen.env.dialogs.path = tmp_path / "office.csv"
    screen.pane.days.export.menu().actions()[1].trigger()
    assert "2026-08-03,holiday" in (tmp_path / "office.csv").read_text("utf-8-sig")


# -- new calendars ---------------------------------------------------------------------------------


def new_calendar(screen):
    screen.pane.add.click()
    return screen.window().findChild(NewCalendarPopup)


def test_a_calendar_is_copied_under_a_new_code(screen, ctx):
    popup = new_calendar(screen)
    popup.code.setText("night")
    popup.name.setText("Night")
    popup.create_button.click()
    screen.action_set.run("settings.apply")
    office = BusinessCalendar.from_dict(current_config(ctx, ConfigKind.CALENDAR, "office").body)
    night = BusinessCalendar.from_dict(current_config(ctx, ConfigKind.CALENDAR, "night").body)
    assert (night.name, night.hours, night.holidays) == ("Night", office.hours, office.holidays)
    assert night.day_names == office.day_names


@pytest.mark.parametrize(
    ("code", "said"),
    [("office", "calendar with this code already"), ("My calendar", "small letters"), ("", "small")],
)
def test_a_code_that_cannot_be_is_said_in_place(screen, code, said):
    popup = new_calendar(screen)
    popup.code.setText(code)
    assert said in popup.code_field.error
    press(popup.code, KEY.Key_Return)
    assert sorted(screen.pane.editors) == ["24x7", "office"]


def test_a_calendar_without_hours_waits_with_apply(screen, ctx):
    popup = new_calendar(screen)
    popup.begin.setCurrentIndex(popup.begin.findText("No hours yet"))
    popup.create_button.click()
    screen.pane.hours.name.setText("Empty")
    screen.pane.hours.name.textEdited.emit("Empty")
    assert "stays closed" in screen.pane.blocked
    screen.action_set.run("settings.apply")
    assert [each.code for each in current_configs(ctx, ConfigKind.CALENDAR)] == ["24x7", "office"]


def test_a_calendar_begins_open_all_the_time(screen):
    popup = new_calendar(screen)
    popup.begin.setCurrentIndex(popup.begin.findText("Open all the time (24×7)"))
    popup.create_button.click()
    assert draft(screen).always_open
    assert DayType.HOLIDAY not in {day.day_type for day in dated_days(draft(screen))}

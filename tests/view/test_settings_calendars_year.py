"""The year view: by keyboard alone, by mouse, taken back, in words, in both languages and every theme."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.calendars import DayType
from app.models.entities.settings import ConfigKind
from app.services.calendars.rules import day_type
from app.services.settings.queries import current_config
from app.views.base.theme import theme
from app.views.base.tokens import ThemeName
from app.views.settings.calendar_year_layout import YearLayout
from tests.support.describe import clipped_texts, nameless_inputs
from tests.view.settings_room import KEY, desk, open_settings, press, reader, speaking

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, ctx, bus, tmp_path):
    return open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars")


@pytest.fixture
def grid(screen):
    grid = screen.pane.days.grid
    grid.setFocus()
    return grid


def draft(screen):
    return screen.pane.editor.draft


def keys(grid, key, modifiers=Qt.KeyboardModifier.NoModifier, times=1):
    for _time in range(times):
        QTest.keyClick(grid, key, modifiers)


def point(grid, on):
    return QPoint(*grid.cell_center(on))


def drag(grid, first, last):
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=point(grid, first))
    QTest.mouseMove(grid, point(grid, last))
    QApplication.processEvents()
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=point(grid, last))


def said(grid):
    return QAccessible.queryAccessibleInterface(grid).text(QAccessible.Text.Name)


def test_a_year_is_edited_with_the_keyboard_alone_and_applied(screen, grid, ctx):
    keys(grid, KEY.Key_Home, CONTROL)
    keys(grid, KEY.Key_PageDown, times=11)
    keys(grid, KEY.Key_Down, times=3)
    keys(grid, KEY.Key_Right, times=2)  # 24 December
    keys(grid, KEY.Key_Right, SHIFT)
    press(grid, "h")
    keys(grid, KEY.Key_Right)  # the 26th, a Saturday
    press(grid, "m")
    screen.action_set.run("settings.apply")
    saved = current_config(ctx, ConfigKind.CALENDAR, "office").body
    assert {"2026-12-24", "2026-12-25"} <= set(saved["holidays"])
    assert saved["special_days"]["2026-12-26"] == [["08:30", "12:00"], ["13:00", "18:30"]]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("e", DayType.WEEKEND),
        ("h", DayType.HOLIDAY),
        ("l", DayType.DAY_OFF_IN_LIEU),
        ("m", DayType.MAKE_UP_WORKDAY),
        ("w", DayType.WORKDAY),
        (KEY.Key_Delete, DayType.WORKDAY),
    ],
)
def test_a_key_gives_a_date_its_kind(screen, grid, typed, kind):
    grid.go(date(2026, 10, 1))
    press(grid, typed)
    assert day_type(draft(screen), date(2026, 10, 1)) is kind


def test_keys_move_by_days_weeks_months_and_to_the_ends(grid):
    grid.go(date(2026, 1, 31))
    moves = [
        (KEY.Key_PageDown, date(2026, 2, 28)),
        (KEY.Key_Right, date(2026, 3, 1)),
        (KEY.Key_Up, date(2026, 2, 22)),
        (KEY.Key_End, date(2026, 2, 28)),
        (KEY.Key_Home, date(2026, 2, 1)),
        (KEY.Key_PageUp, date(2026, 1, 1)),
        (KEY.Key_PageUp, date(2026, 1, 1)),
        (KEY.Key_Left, date(2026, 1, 1)),
    ]
    been = []
    for key, _where in moves:
        keys(grid, key)
        been.append(grid.cursor_date)
    assert been == [where for _key, where in moves]


def test_the_cursor_stays_in_sight(grid):
    keys(grid, KEY.Key_Home, CONTROL)
    january = not grid.visibleRegion().contains(point(grid, date(2026, 12, 31)))
    keys(grid, KEY.Key_End, CONTROL)
    assert january
    assert grid.visibleRegion().contains(point(grid, date(2026, 12, 31)))


def test_control_and_a_page_key_go_to_another_year(screen, grid):
    keys(grid, KEY.Key_PageDown, CONTROL)
    assert screen.pane.days.year.value() == 2027
    assert grid.cursor_date.year == 2027


def test_an_edit_is_taken_back_and_made_again_by_key(screen, grid):
    grid.go(date(2026, 12, 24))
    press(grid, "h")
    keys(grid, KEY.Key_Z, CONTROL)
    assert not screen.pane.changes
    keys(grid, KEY.Key_Y, CONTROL)
    assert [change.sentence for change in screen.pane.changes] == [
        "Office hours · 24 Dec 2026  like its weekday → Public holiday"
    ]
    screen.pane.undo.click()
    assert not screen.pane.changes


def test_a_drag_paints_what_is_in_hand_in_one_step(screen, grid):
    screen.pane.days.brushes.take((DayType.HOLIDAY,))
    drag(grid, date(2026, 8, 3), date(2026, 8, 5))
    drag(grid, date(2026, 8, 12), date(2026, 8, 10))  # backwards
    painted = {on.day for on in draft(screen).holidays if on.month == 8}
    assert painted == {3, 4, 5, 10, 11, 12}
    keys(grid, KEY.Key_Z, CONTROL)
    assert {on.day for on in draft(screen).holidays if on.month == 8} == {3, 4, 5}


def test_a_drag_without_a_brush_only_selects(screen, grid):
    drag(grid, date(2026, 8, 3), date(2026, 8, 5))
    assert [on.day for on in grid.selection] == [3, 4, 5]
    assert not screen.pane.changes
    assert screen.pane.days.chosen.text() == "3 Aug 2026 – 5 Aug 2026 (3 days)"


def test_escape_gives_a_drag_up(screen, grid):
    screen.pane.days.brushes.take((DayType.HOLIDAY,))
    QTest.mousePress(grid, Qt.MouseButton.LeftButton, pos=point(grid, date(2026, 8, 3)))
    keys(grid, KEY.Key_Escape)
    QTest.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=point(grid, date(2026, 8, 3)))
    assert not screen.pane.changes


def test_space_paints_what_is_in_hand(screen, grid):
    screen.pane.days.brushes.take((None,))
    grid.go(date(2026, 10, 1))
    keys(grid, KEY.Key_Space)
    assert date(2026, 10, 1) not in draft(screen).holidays


def test_chosen_days_get_hours_and_names_of_their_own(screen, grid):
    days = screen.pane.days
    drag(grid, date(2026, 12, 24), date(2026, 12, 25))
    days.kind.setCurrentIndex(days.kind.findData(DayType.WORKDAY))
    days.hours.setText("9-12")
    days.name.setText("Stocktaking")
    days.name_alt.setText("盘点")
    assert days.add.text() == "Set 2 days"
    days.add.click()
    held = draft(screen)
    assert [held.special_days[date(2026, 12, day)][0].to_list() for day in (24, 25)] == [
        ["09:00", "12:00"]
    ] * 2
    assert held.day_names[date(2026, 12, 25)] == ("Stocktaking", "盘点")


def test_a_date_that_is_only_called_otherwise_says_so(screen, grid):
    days = screen.pane.days
    grid.go(date(2026, 1, 1))
    days.name.setText("First day of the year")
    days.add.click()
    assert [change.sentence for change in screen.pane.changes] == [
        "Office hours · 1 Jan 2026  New Year's Day / 元旦 → First day of the year / 元旦"
    ]


def test_a_date_says_in_words_what_it_is_and_was(grid):
    grid.go(date(2026, 10, 10))
    assert said(grid) == (
        "Year 2026. Sat 10 Oct 2026: Make-up workday, National Day, 08:30–12:00, 13:00–18:30"
    )
    press(grid, "h")
    assert said(grid).endswith("closed, was: Make-up workday 08:30–12:00, 13:00–18:30")


def test_the_year_speaks_chinese(qtbot, ctx, bus, tmp_path):
    with speaking("zh_CN"):
        screen = open_settings(qtbot, desk(ctx), bus, tmp_path, "calendars", language="zh_CN")
        grid = screen.pane.days.grid
        grid.go(date(2026, 10, 1))
        assert said(grid) == "2026 年。周四 2026年10月1日：法定节假日、国庆节、不开放"
        assert "2027 年尚未公布" in screen.pane.days.notice.text.text()


def test_workdays_without_weekly_hours_to_take_are_refused_in_place(screen, grid):
    for weekday in range(7):
        line = screen.pane.hours.days[weekday]
        line.clear()
        line.editingFinished.emit()
    grid.go(date(2026, 8, 8))
    press(grid, "m")
    assert "no weekly hours" in screen.pane.days.notice.text.text()
    assert date(2026, 8, 8) not in draft(screen).special_days


def test_a_reader_moves_but_paints_nothing(qtbot, ctx, bus, tmp_path):
    screen = open_settings(qtbot, reader(desk(ctx)), bus, tmp_path, "calendars")
    grid = screen.pane.days.grid
    grid.setFocus()
    grid.go(date(2026, 8, 3))
    press(grid, "h", KEY.Key_Right)
    assert grid.cursor_date == date(2026, 8, 4)
    assert not screen.pane.changes


def test_a_calendar_open_all_the_time_is_painted_for_the_roster(screen, grid):
    screen.pane.hours.always.click()
    grid.go(date(2026, 8, 3))
    press(grid, "h")
    assert day_type(draft(screen), date(2026, 8, 3)) is DayType.HOLIDAY


@pytest.mark.parametrize("width", [420, 700, 1000])
@pytest.mark.parametrize("year", [2024, 2026, 2100])
def test_every_date_is_found_where_it_is_painted(width, year):
    layout = YearLayout(year, width)
    dates = [date.fromordinal(date(year, 1, 1).toordinal() + at) for at in range(366)]
    dates = [on for on in dates if on.year == year]
    assert [layout.date_at(layout.cell(on).center()) for on in dates] == dates
    assert all(layout.cell(on).bottom() < layout.height for on in dates)
    assert layout.date_at(QPoint(width + 5, 5)) is None


@pytest.mark.parametrize("name", ThemeName)
def test_kinds_of_day_differ_in_more_than_colour(screen, grid, name, request):
    application = QApplication.instance()
    request.addfinalizer(lambda: theme.apply(application, ThemeName.LIGHT, "en", shipped_font=True))
    theme.apply(application, name, "en", shipped_font=True)
    pictures = []
    for typed in ("h", "l", "m", "e", KEY.Key_Delete):
        grid.go(date(2026, 8, 3))
        press(grid, typed)
        grid.go(date(2026, 12, 31))
        place = YearLayout(2026, grid.width()).cell(date(2026, 8, 3))
        grey = grid.grab(place).toImage().convertToFormat(grid.grab().toImage().Format.Format_Grayscale8)
        pictures.append(bytes(grey.constBits()))
    assert len(set(pictures)) == 5


def test_nothing_on_the_page_is_cut_off_or_nameless(screen):
    assert clipped_texts(screen.pane) == []
    assert nameless_inputs(screen.pane) == []

"""The staffing of a day over the roster: what it says, its keys, and calls taken in from a file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.errors import BadInput
from app.models.entities.staffing import (
    ArrivalSource,
    CallHour,
    CallSheet,
    FieldWork,
    HandlingSource,
    Need,
    SheetOfCalls,
    SkillHint,
    StaffingAims,
    StaffingDay,
    StaffingHour,
    VisitSource,
)
from app.services.roster.staffing_commands import import_calls
from app.services.roster.staffing_queries import preview_calls, staffing_of_day
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.roster import staffing_words as words
from app.views.roster.staffing_facts_words import skill_lines
from app.views.roster.staffing_panel import StaffingPanel
from app.views.roster.staffing_presenter import StaffingPresenter
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.roster import page_opener, roster_desk

KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)
TEN = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai
WEEK = timedelta(days=7)
CALLS = "start,offered,answered\n2026-11-16 10:00,60,58\n"


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def desk(ctx, make):
    return roster_desk(ctx, make)


@pytest.fixture
def busy(ctx, make, desk):
    """Ten to eleven on Mondays sixty people call; Wang Fang alone is there."""
    hours = tuple(CallHour(TEN - weeks * WEEK, 60, 60) for weeks in (3, 2, 1))
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, 3, hours))
    make.assignment(desk.wang, MONDAY, desk.day)
    return ctx


@pytest.fixture
def open_panel(qtbot, env):
    def open_in_room(ctx, day: date = MONDAY) -> StaffingPanel:
        room = QWidget()
        qtbot.addWidget(room)
        room.resize(1280, 720)
        with qtbot.waitActive(room):
            room.show()
            room.activateWindow()
        panel = StaffingPanel(room, ctx, env, day)
        panel.show_panel()
        panel.room = room  # lives as long as the panel
        return panel

    return open_in_room


def hour_at(at: int, shortfall: int = 0, lost: float | None = None, calls: float = 10.0) -> StaffingHour:
    begin = datetime(2026, 11, 22, 16, tzinfo=UTC) + timedelta(hours=at)
    return StaffingHour(begin, begin + timedelta(hours=1), calls, 0, 20, 300, Need(shortfall, 0, 0), 0, lost)


def a_day(*hours: StaffingHour) -> StaffingDay:
    return StaffingDay(
        MONDAY, "workday", hours, ArrivalSource.CALLS, HandlingSource.CALLS, (), StaffingAims()
    )


def said(day: StaffingDay, fmt: Format) -> list[str]:
    return [words.stretch(each, fmt) for each in words.short_stretches(day)]


# --- the words ---------------------------------------------------------------------------------


def test_an_hour_short_of_one_says_how_many_will_hang_up(env):
    assert said(a_day(hour_at(9), hour_at(10, 1, 0.09)), env.format) == [
        "10–11 h: one short, 9% will hang up"
    ]


def test_hours_alike_are_told_together_with_what_all_of_them_lose(env):
    day = a_day(hour_at(22, 2, 0.1, calls=30), hour_at(23, 2, 0.3, calls=10))

    assert said(day, env.format) == ["22–24 h: 2 short, 15% will hang up"]


def test_an_hour_says_its_visits_and_that_it_is_out_of_service_hours(env):
    hour = replace(hour_at(9), visits=3.0, field_needed=6, field_rostered=4, is_open=False)

    said_ = words.hour_in_words(hour, env.format)

    assert "out of service hours · 3 visits: 6 needed in the field, 4 on duty" in said_
    assert "1 hour short in the field" in words.total(a_day(hour), 0, env.format)


def test_visits_and_users_say_where_they_come_from(env):
    work = FieldWork(0.15, VisitSource.SETTING, 20, 35)
    day = replace(
        a_day(hour_at(9)), field_work=work, arrivals=ArrivalSource.USERS, users=1890, calls_a_month=100
    )

    origin = words.origin(day, env.format)

    assert "Expected from 1,890 users with 100 calls a month for 100" in origin
    assert "Visits: 15% of the calls, as the settings say; 40 min there and back + 35 min on site" in origin


def test_languages_are_a_hint_against_the_list_of_skills(env):
    at = hour_at(10).starts_at
    hints = (
        SkillHint("English", 0.2, at, 5, 1),
        SkillHint("Japanese", None, at, 1, 1),
        SkillHint("<b>Klingon", None, at, 1, 0, is_known=False),
    )

    assert skill_lines(replace(a_day(hour_at(10)), skills=hints), env.format) == [
        ("English, 20% of the calls: 5 needed at 10 h, 1 on duty can", True),
        ("Japanese: one has to be there; at 10 h 1 on duty can", False),
        ("<b>Klingon: the list of skills has none of this name; nobody can be counted", True),
    ]


def test_the_origin_says_which_part_was_abandoned_and_of_what(env):
    day = replace(a_day(hour_at(9)), observed=0.0625)
    left_out = replace(day, aims=StaffingAims(keeps_hung_up=False))

    kept, other = words.origin(day, env.format), words.origin(left_out, env.format)

    assert "6.2% of the offered calls were abandoned" in kept
    assert "6.2% of the calls were abandoned, those hung up within 25 s left out" in other


def test_an_hour_without_calls_says_only_who_is_missing(env):
    assert said(a_day(hour_at(3, 2, None, calls=0)), env.format) == ["3–4 h: 2 short"]


def test_hours_apart_or_unlike_are_told_apart(env):
    day = a_day(hour_at(3, 1), hour_at(4, 2), hour_at(6, 2))

    assert len(said(day, env.format)) == 3


# --- the panel ---------------------------------------------------------------------------------


def test_the_panel_says_what_the_day_needs_and_who_is_missing(busy, open_panel):
    panel = open_panel(busy)

    assert panel.title.text() == "Monday, 23 November 2026"
    assert panel.total.text() == "60 calls expected · 48 callers will hang up · 1 hour short"
    assert panel.short.text() == "10–11 h: 11 short, 81% will hang up"
    assert panel.origin.text().startswith("Expected from the calls of 3 like days · 300 s each, as the")
    assert_readable(panel)


def test_the_first_hour_short_is_told_in_full_and_to_screen_readers(busy, open_panel):
    panel = open_panel(busy)

    told = "10–11 h · 60 calls expected (60–60) · 12 needed, for the service level · 1 on duty · 11 short"
    assert panel.hour.text().startswith(told)
    assert panel.chart.accessibleDescription() == panel.hour.text()


def test_users_of_the_desk_turn_calls_into_calls_for_a_hundred(busy, env):
    assert "12.0 for 100 users" in words.total(staffing_of_day(busy, MONDAY), 500, env.format)


def test_arrows_walk_the_hours_and_stop_at_the_ends(busy, open_panel, qtbot):
    panel = open_panel(busy)

    qtbot.keyClick(panel.chart, KEY.Key_End)
    qtbot.keyClick(panel.chart, KEY.Key_Right)
    qtbot.keyClick(panel.chart, KEY.Key_Left)

    assert panel.hour.text().startswith("22–23 h")


def test_a_click_chooses_an_hour(busy, open_panel, qtbot):
    panel = open_panel(busy)

    qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))

    assert panel.hour.text().startswith("0–1 h")


def test_page_keys_step_by_days_and_t_is_today(busy, open_panel, qtbot):
    panel = open_panel(busy)

    qtbot.keyClick(panel.chart, KEY.Key_PageDown)
    tomorrow = panel.presenter.day
    qtbot.keyClick(panel.chart, KEY.Key_T)
    today = panel.presenter.day
    qtbot.keyClick(panel.chart, KEY.Key_PageUp)

    assert (tomorrow, today, panel.presenter.day) == (
        MONDAY + timedelta(days=1),
        FRIDAY,
        FRIDAY - timedelta(days=1),
    )


def test_a_desk_without_records_says_so(ctx, desk, open_panel):
    panel = open_panel(ctx)

    assert "only coverage asks for people" in panel.origin.text()
    assert panel.short.text() == "8–20 h: one short"


@pytest.fixture
def chinese(qapp):
    current.use("zh_CN")
    yield
    current.use("en")


def test_in_chinese_the_same_is_said(busy, open_panel, chinese):
    panel = open_panel(busy)

    assert panel.short.text() == "10–11 时：缺 11 人，81% 的来电将放弃"
    assert_readable(panel)


def test_the_roster_page_opens_it_for_the_day_under_the_cursor(busy, qtbot, env):
    page = page_opener(qtbot, env)(busy)

    page.action_set.run("roster.staffing")

    panel = page.window().findChild(StaffingPanel)
    assert panel.presenter.day == FRIDAY


# --- calls from a file -------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "calls.csv"
    path.write_text(CALLS, encoding="utf-8")
    return path


def test_a_file_is_shown_before_it_is_taken_in(ctx, desk, open_panel, env, file, qtbot):
    panel = open_panel(ctx)
    env.dialogs.path = file

    qtbot.keyClick(panel.chart, KEY.Key_O, CONTROL)

    assert panel.importing.counts.text() == "60 calls in 1 row: 1 hour new"
    assert panel.importing.act.text() == "Import 1 hour"
    assert panel.presenter.staffing.arrivals is ArrivalSource.NOTHING
    assert_readable(panel.importing)


def test_confirmed_it_is_expected_at_once_and_can_be_taken_back(ctx, desk, open_panel, env, file, qtbot):
    panel = open_panel(ctx)
    panel.presenter.look_at(file)

    qtbot.keyClick(panel.importing, KEY.Key_Return, CONTROL)
    expected = panel.presenter.staffing.expected
    env.shell.outcomes[-1].undo.run()
    panel.presenter.refresh()

    assert (expected, panel.presenter.staffing.expected) == (60, 0)


def test_rows_that_cannot_be_taken_stop_the_import_and_say_why(ctx, desk, open_panel, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(f"{CALLS}soon,1,1\n", encoding="utf-8")
    panel = open_panel(ctx)

    panel.presenter.look_at(path)

    popup = panel.importing
    assert not popup.act.isEnabled()
    assert popup.model.index(0, 1).data() == "“soon” is no time of a day."
    assert "1 row cannot be taken" in popup.notice.text.text()


def test_whatever_one_should_know_about_a_file_is_said(ctx, desk, env):
    text = "start,offered,Queue\n2026-11-16 10:00,60,main\n2026-11-16 11:00,0,main\n"
    preview = preview_calls(ctx, text.encode())
    changed = replace(preview, sheet=replace(preview.sheet, ambiguous=2, skipped=1))

    notes = "\n".join(words.import_notes(changed, env.format))

    assert "one row an hour or less" in notes
    assert "2 rows name a time the clocks showed twice" in notes
    assert "1 empty row names a time the clocks left out" in notes
    assert "Not read: Queue." in notes


def test_a_file_that_is_gone_is_told(ctx, desk, env, tmp_path):
    presenter = StaffingPresenter(ctx, env.tasks, env.format, MONDAY)
    errors: list[Exception] = []
    presenter.failed.connect(errors.append)

    presenter.look_at(tmp_path / "gone.csv")

    assert isinstance(errors[0], BadInput)


def test_whoever_only_reads_the_roster_gets_no_import(ctx, desk, open_panel):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))

    assert open_panel(reader).take.isHidden()

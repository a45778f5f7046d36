"""Files of calls: headings and times of many telephone systems, changes of the clocks, and bad rows."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.models.entities.staffing import CallHour, SheetOfCalls
from app.services.base.workbook_writing import write_workbook
from app.services.roster.staffing_reading import read_calls

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2026, 11, 23, 2, tzinfo=UTC)  # 10:00 in Shanghai


def read(text: str, zone: ZoneInfo = SHANGHAI):
    return read_calls(text.encode(), zone, 25)


def reasons(text: str, zone: ZoneInfo = SHANGHAI) -> list[tuple[int, str]]:
    return [(each.line, each.reason.code) for each in read(text, zone).refused]


def test_hours_are_read_with_sums_of_seconds():
    text = (
        "start,offered,answered,abandoned,talk seconds,after-call work,ring seconds\n"
        "2026-11-23 10:00,30,28,2,5880,840,200\n"
    )

    sheet = read(text)

    assert sheet.kind is SheetOfCalls.HOURS
    assert sheet.hours == (CallHour(TEN, 30, 28, 2, 5880, 840, 200),)


def test_means_are_multiplied_by_the_calls_answered():
    text = "start;offered;answered;average talk time;avg acw;ASA\n2026-11-23 10:00;30;28;3:30;30;7.5\n"

    (hour,) = read(text).hours

    assert (hour.talk_seconds, hour.after_seconds, hour.ring_seconds) == (5880, 840, 210)


def test_a_chinese_file_in_gb18030_with_minutes_is_read():
    text = "日期\t时段\t来电量\t接听量\t平均通话时长(分钟)\n2026年11月23日\t10:00-11:00\t30\t28\t3.5\n"

    sheet = read_calls(text.encode("gb18030"), SHANGHAI, 25)

    assert sheet.hours == (CallHour(TEN, 30, 28, 2, 5880),)


def test_a_workbook_with_dates_as_numbers_is_read():
    body = write_workbook([["start", "offered"], ["46349.4166666667", "30"]], "calls")

    assert read_calls(body, SHANGHAI, 25).hours == (CallHour(TEN, 30, 30),)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-23 10:00:00",
        "2026-11-23T02:00Z",
        "2026-11-23T10:00+08:00",
        "2026-11-22T21:00:00-05:00",
        "2026/11/23 10:00",
        "23.11.2026 10:00",
        "23/11/2026 10:00",
        "11/23/2026 10:00 AM",
        "20261123 10",
        "2026年11月23日 10时",
        "2026年11月23日 上午10:00",
        "２０２６-11-23 10：00",
        "2026-11-23 10:00–11:00",
        "2026-11-23 10-11 h",
    ],
)
def test_a_time_may_be_written_in_many_ways(cell):
    assert read(f"start;offered\n{cell};7\n").hours == (CallHour(TEN, 7, 7),)


def test_rows_of_less_than_an_hour_are_added_up():
    assert read("start,calls\n2026-11-23 10:00,3\n2026-11-23 10:30,4\n").hours == (CallHour(TEN, 7, 7),)


def test_what_is_not_told_follows_from_what_is():
    assert read("start,answered,missed\n2026-11-23 10:00,5,2\n").hours == (CallHour(TEN, 7, 5, 2),)


def test_single_calls_are_added_up_by_the_hour():
    text = (
        "call time,result,ring,talk\n"
        "2026-11-23 10:05:10,answered,5,100\n"
        "2026-11-23 10:20:00,missed,40,\n"
        "2026-11-23 10:59:59,未接,10,\n"
        "2026-11-23 10:59:59,no,,\n"
    )

    sheet = read(text)

    assert sheet.kind is SheetOfCalls.CALLS
    assert sheet.hours == (CallHour(TEN, 4, 1, 2, 100, 0, 5),)  # ten seconds of ringing are no lost call


def test_columns_nobody_knows_are_told_and_passed_over():
    assert read("start,offered,Queue name\n2026-11-23 10:00,3,main\n").ignored == ("Queue name",)


def test_the_hint_of_a_spreadsheet_is_no_heading():
    assert read("sep=;\nstart;offered\n2026-11-23 10:00;3\n").hours == (CallHour(TEN, 3, 3),)


# --- changes of the clocks ---------------------------------------------------------------------------------


def test_of_an_hour_the_clocks_repeat_the_second_row_is_the_second_hour():
    sheet = read("start,offered\n2026-10-25 02:00,5\n2026-10-25 02:00,4\n", BERLIN)

    assert [(hour.starts_at.hour, hour.offered) for hour in sheet.hours] == [(0, 5), (1, 4)]
    assert sheet.ambiguous == 0


def test_a_repeated_hour_that_stands_once_counts_for_the_first_and_is_told():
    sheet = read("start,offered\n2026-10-25 02:00,5\n", BERLIN)

    assert [(hour.starts_at.hour, hour.offered) for hour in sheet.hours] == [(0, 5)]
    assert sheet.ambiguous == 1


def test_an_empty_row_of_an_hour_the_clocks_leave_out_is_passed_over():
    sheet = read("start,offered\n2026-03-29 01:00,5\n2026-03-29 02:00,0\n", BERLIN)

    assert (len(sheet.hours), sheet.skipped, sheet.refused) == (1, 1, ())


def test_calls_in_an_hour_the_clocks_leave_out_are_refused():
    assert reasons("start,offered\n2026-03-29 02:15,3\n", BERLIN) == [(2, "staffing.time_missing")]


# --- bad rows and files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("yesterday,3,3", "staffing.time_unread"),
        ("2026-02-30 10:00,3,3", "staffing.time_unread"),
        ("2026-11-23 25:00,3,3", "staffing.time_unread"),
        ("03/04/2026 10:00,3,3", "staffing.date_order"),
        ("9999-12-31 23:00,3,3", "staffing.time_unread"),
        ("0001-01-01 00:00,3,3", "staffing.time_unread"),
        ("2026-11-23T10:00+99:99,3,3", "staffing.time_unread"),
        ("2026-11-23 10:00,three,3", "staffing.number_unread"),
        (f"2026-11-23 10:00,{'9' * 5000},3", "staffing.number_unread"),
        ("2026-11-23 10:00,-3,3", "staffing.number_unread"),
        ("2026-11-23 10:00,99999999,3", "staffing.number_unread"),
        ("2026-11-23 10:00,3,4", "staffing.more_than_offered"),
    ],
)
def test_a_row_that_cannot_be_taken_is_told_with_its_line(row, code):
    assert reasons(f"start,offered,answered\n2026-11-22 10:00,1,1\n\n{row}\n") == [(4, code)]


def test_an_hour_that_stands_twice_is_told():
    assert reasons("start,offered\n2026-11-23 10:00,3\n2026-11-23 10:00,3\n") == [(3, "staffing.time_twice")]


def test_a_length_that_is_none_is_told():
    assert reasons("start,offered,talk\n2026-11-23 10:00,3,long\n") == [(2, "staffing.number_unread")]


def test_a_length_without_end_is_told():
    text = f"start,offered,answered,average talk time\n2026-11-23 10:00,3,0,{'9' * 400}\n"

    assert reasons(text) == [(2, "staffing.number_unread")]


LETTERS = "0123456789-/.:,;年月日时上午TZ+ apm\n\"'=秒"


@settings(deadline=None)
@given(
    st.text(LETTERS, max_size=60), st.sampled_from(["start,offered", "date,hour,calls", "时间,是否接听,通话"])
)
def test_whatever_a_file_says_it_is_read_or_refused(rows, heading):
    text = f"{heading}\n{rows}\n"

    with contextlib.suppress(BadInput):
        read(text, BERLIN)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_whatever_bytes_a_file_holds_they_are_read_or_refused(body):
    with contextlib.suppress(BadInput):
        read_calls(body, SHANGHAI, 25)


def test_a_call_of_which_nobody_knows_whether_it_was_answered_is_told():
    assert reasons("start,answered\n2026-11-23 10:00,perhaps\n") == [(2, "staffing.answer_unread")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "sheet.empty"),
        ("start,offered\n", "sheet.empty"),
        ("sep=,\n", "sheet.empty"),
        ("offered,answered\n3,3\n", "staffing.no_time"),
        ("start,talk\n2026-11-23 10:00,3\n", "staffing.no_calls"),
        ("start,calls,offered\n2026-11-23 10:00,3,3\n", "staffing.column_twice"),
    ],
)
def test_a_file_that_counts_no_calls_is_refused(text, code):
    with pytest.raises(BadInput) as refused:
        read(text)

    assert refused.value.code == code

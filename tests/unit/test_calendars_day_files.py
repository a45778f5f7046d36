"""Files of dated days: what is read, what is refused with the line, and that what is written comes back."""

from __future__ import annotations

import codecs
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.calendars import BusinessCalendar, DayType, Window
from app.models.entities.errors import BadInput
from app.services.base.texts import Texts
from app.services.calendars.csv_days import csv_text
from app.services.calendars.day_files import (
    MOST_BYTES,
    DayFormat,
    read_day_file,
    read_days,
    repeated_years,
    write_day_file,
)
from app.services.calendars.day_lists import day_name, days_for
from app.services.calendars.edits import DatedDay, dated_days, read_windows, set_days
from app.services.calendars.ics_days import ics_text
from app.services.calendars.painting import paint

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
YEARS = repeated_years(2026)
OFFICE = BusinessCalendar(
    "Europe/London", hours=(*((Window.between("08:30", "17:00"),),) * 5, (), ()), name="Office"
)
HOLIDAY, LIEU, MADE_UP = DayType.HOLIDAY, DayType.DAY_OFF_IN_LIEU, DayType.MAKE_UP_WORKDAY


def ics(*lines: str, end: str = "\r\n") -> bytes:
    return end.join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", "")).encode()


def event(*lines: str) -> bytes:
    return ics("BEGIN:VEVENT", *lines, "END:VEVENT")


def read(content: bytes):
    return [(day.on.isoformat(), day.day_type, day.name) for day in read_days(content, YEARS).days]


def refusal(content: bytes) -> tuple[str, object]:
    with pytest.raises(BadInput) as refused:
        read_days(content, YEARS)
    return refused.value.code, refused.value.params.get("line")


# -- iCalendar -------------------------------------------------------------------------------------


def test_an_event_of_whole_days_ends_before_its_end():
    content = event("DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20261004", "SUMMARY:National Day")
    assert read(content) == [(f"2026-10-0{day}", HOLIDAY, "National Day") for day in (1, 2, 3)]


def test_an_event_without_an_end_lasts_one_day_and_a_period_counts_days():
    assert len(read(event("DTSTART;VALUE=DATE:20261001"))) == 1
    assert len(read(event("DTSTART;VALUE=DATE:20261001", "DURATION:P1W"))) == 7


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_are_joined_and_escapes_are_read(end):
    lines = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261225", "SUMMARY:Christmas\\, or", "  Yule", "END:VEVENT")
    assert read(ics(*lines, end=end)) == [("2026-12-25", HOLIDAY, "Christmas, or Yule")]


def test_a_day_of_every_year_is_taken_for_the_years_around_this_one():
    found = read(event("DTSTART;VALUE=DATE:19700501", "RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"))
    assert [on for on, *_rest in found] == [f"{year}-05-01" for year in range(2025, 2032)]


def test_a_leap_day_comes_in_leap_years_only_and_counts_end():
    assert [on for on, *_rest in read(event("DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY"))] == [
        "2028-02-29"
    ]
    rule = "RRULE:FREQ=YEARLY;COUNT=2"
    assert len(read(event("DTSTART;VALUE=DATE:20260501", rule, "EXDATE;VALUE=DATE:20270501"))) == 1
    assert len(read(event("DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;UNTIL=20280501"))) == 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("SUMMARY:国庆节 补班", MADE_UP),
        ("SUMMARY:春节（班）", MADE_UP),
        ("SUMMARY:国庆节 调休", LIEU),
        ("SUMMARY:Day off (substituted from 01/04/2026)", LIEU),
        ("SUMMARY:National Day", HOLIDAY),
        ("X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY", MADE_UP),
        ("X-APPLE-SPECIAL-DAY:WORK-HOLIDAY", HOLIDAY),
        ("X-FIRSTLINE-DAY-TYPE:weekend", DayType.WEEKEND),
    ],
)
def test_the_kind_of_day_is_told_or_read_from_the_title(line, kind):
    assert [each[1] for each in read(event("DTSTART;VALUE=DATE:20261010", line))] == [kind]


def test_moments_and_cancelled_events_are_passed_over_and_counted():
    content = ics(
        "BEGIN:VEVENT", "DTSTART:20261001T090000Z", "END:VEVENT",
        "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261002", "STATUS:CANCELLED", "END:VEVENT",
        "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261003",
        "BEGIN:VALARM", "TRIGGER:-P1D", "END:VALARM", "END:VEVENT",
    )  # fmt: skip
    found = read_days(content, YEARS)
    assert [day.on for day in found.days] == [date(2026, 10, 3)]
    assert found.passed_over == 2


@pytest.mark.parametrize(
    ("lines", "code", "line"),
    [
        (("DTSTART;VALUE=DATE:20261301",), "calendar.ics_date", 4),
        (("DTSTART;VALUE=DATE:yesterday",), "calendar.ics_date", 4),
        (("SUMMARY:nothing",), "calendar.ics_start", 3),
        (("DTSTART;VALUE=DATE:20261002", "DTEND;VALUE=DATE:20261002"), "calendar.ics_end", 5),
        (("DTSTART;VALUE=DATE:20261002", "DURATION:PT1H"), "calendar.ics_end", 5),
        (("DTSTART;VALUE=DATE:20260101", "DTEND;VALUE=DATE:20270101"), "calendar.ics_long", 5),
        (("DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=WEEKLY"), "calendar.ics_repeat", 5),
        (("DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;BYDAY=4TH"), "calendar.ics_repeat", 5),
        (("DTSTART;VALUE=DATE:20261126", "RRULE:FREQ=YEARLY;INTERVAL=0"), "calendar.ics_repeat", 5),
        (("DTSTART;VALUE=DATE:20261126", "RDATE;VALUE=DATE:20271126"), "calendar.ics_repeat", 5),
        (("DTSTART;VALUE=DATE:20261002", "no property at all"), "calendar.ics_line", 5),
        (("DTSTART;VALUE=DATE:20261002", "END:VTODO"), "calendar.ics_part", 5),
        (("DTSTART;VALUE=DATE:19500101",), "calendar.year_range", 3),
        (("DTSTART;VALUE=DATE:20261002", "X-FIRSTLINE-DAY-TYPE:party"), "calendar.csv_kind", 5),
        (
            ("DTSTART;VALUE=DATE:20261002", "X-FIRSTLINE-DAY-TYPE:workday", "X-FIRSTLINE-HOURS:9-25"),
            "calendar.csv_hours",
            6,
        ),
    ],
)
def test_a_damaged_event_is_refused_with_its_line(lines, code, line):
    assert refusal(event(*lines)) == (code, line)


def test_a_file_cut_short_says_where_it_was_open():
    content = event("DTSTART;VALUE=DATE:20261002").split(b"END:VEVENT")[0]
    assert refusal(content) == ("calendar.ics_cut", 3)


def test_two_events_that_contradict_each_other_are_refused_and_two_that_agree_are_joined():
    first = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20201001", "SUMMARY:National Day", "END:VEVENT")
    second = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20201001", "SUMMARY:Mid-Autumn", "END:VEVENT")
    worked = ("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20201001", "SUMMARY:上班", "END:VEVENT")
    assert read(ics(*first, *second, *second)) == [("2020-10-01", HOLIDAY, "National Day / Mid-Autumn")]
    assert refusal(ics(*first, *worked)) == ("calendar.day_twice", 7)


def test_written_lines_are_short_and_cut_no_character():
    named = set_days(OFFICE, [DatedDay(date(2026, 10, 1), HOLIDAY, (), "x", "国" * 80)])
    lines = ics_text(named, "office", NOW, Texts("zh_CN")).encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert all(line.decode() is not None for line in lines)


# -- tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_columns(mark):
    rows = (("Date", "Type", "Name"), ("2026-10-01", "holiday", "National Day"), ("2026/10/10", "班", ""))
    content = "\n".join(mark.join(row) for row in rows).encode()
    assert read(content) == [("2026-10-01", HOLIDAY, "National Day"), ("2026-10-10", MADE_UP, "")]


def test_a_table_needs_no_heading_and_its_columns_any_order():
    assert read(b"2026-10-01,holiday,National Day") == [("2026-10-01", HOLIDAY, "National Day")]
    assert read("名称,日期\n国庆节,2026年10月1日".encode()) == [("2026-10-01", HOLIDAY, "国庆节")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_spreadsheets_are_read(encoding):
    content = "日期,类型,名称\r\n2026-10-01,法定节假日,国庆节\r\n".encode(encoding)
    assert read(content) == [("2026-10-01", HOLIDAY, "国庆节")]


def test_hours_of_a_row_are_its_own_or_the_usual_ones():
    content = b"date,type,hours\n2026-10-10,make-up workday,\n2026-12-24,,9-12\n2026-12-25,workday,closed\n"
    days = days_for(OFFICE, read_days(content, YEARS).days)
    assert [(day.day_type, day.windows) for day in days] == [
        (MADE_UP, OFFICE.hours[0]),
        (DayType.WORKDAY, read_windows("9-12")),
        (DayType.WORKDAY, ()),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("date,type\n\n2026-10-01,holiday\n01/04/2026,holiday", "calendar.csv_date", 4),
        ("date,type\n2026-02-30,holiday", "calendar.csv_date", 2),
        ("date,type\n2026-10-01,party", "calendar.csv_kind", 2),
        ("date,hours\n2026-10-01,9-25", "calendar.csv_hours", 2),
        ('date,hours\n2026-10-01,"9-12, 11-14"', "calendar.csv_hours", 2),
        ('date,name\n2026-10-01,"open', "calendar.csv_broken", 2),
        ("name,kind\nx,holiday", "calendar.csv_columns", 1),
        ("", "calendar.file_empty", None),
        ("date,type\n2026-10-01,holiday\n2026-10-01,workday", "calendar.day_twice", 3),
        ("date,type\n9999-01-01,holiday", "calendar.year_range", 2),
        ("date,type\n", "calendar.file_no_days", None),
    ],
)
def test_a_damaged_table_is_refused_with_its_line(text, code, line):
    assert refusal(text.encode()) == (code, line)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04\0\0\0\0", "calendar.file_no_text"),
        (b"date\n\xff\xff\xff", "calendar.file_encoding"),
        (b"x" * (MOST_BYTES + 1), "calendar.file_large"),
        (codecs.BOM_UTF16_LE + b"x", "calendar.file_encoding"),
    ],
)
def test_what_is_no_list_of_days_is_refused(content, code):
    assert refusal(content)[0] == code


def test_a_list_without_end_is_refused():
    rows = b"".join(
        b"%d-%02d-%02d,holiday\n" % (y, m, d)
        for y in range(1990, 2010)
        for m in range(1, 13)
        for d in range(1, 29)
    )
    assert refusal(b"date,type\n" + rows)[0] == "calendar.days_many"


def test_a_name_that_a_spreadsheet_would_work_out_is_shown_instead():
    named = set_days(OFFICE, [DatedDay(date(2026, 10, 1), HOLIDAY, (), '=HYPERLINK("x")')])
    assert "'=HYPERLINK" in csv_text(named)
    assert read(csv_text(named).encode())[0][2] == '=HYPERLINK("x")'


def test_names_are_one_line_without_marks_that_turn_the_text_around():
    assert day_name("a\u202e\nb\t c") == "a b c"
    assert len(day_name("国" * 500)) == 80


# -- both ------------------------------------------------------------------------------------------

windows = st.sampled_from(["", "9-12", "08:30-12:00, 13:00-18:30", "20:00-08:00", "00:00-24:00"]).map(
    read_windows
)
names = st.text(max_size=40).map(day_name) | st.sampled_from(["=1+1", "'x", "a;b,c\\d", '"q"', "中秋"])
days = st.builds(
    DatedDay,
    st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    st.sampled_from(DayType),
    windows,
    names,
    names,
)
calendars = st.lists(days, max_size=12).map(lambda held: set_days(OFFICE, held))


@pytest.mark.long
@pytest.mark.parametrize("kind", DayFormat)
@settings(max_examples=150, deadline=None)
@given(calendar=calendars)
def test_what_is_written_comes_back(kind, calendar):
    content = csv_text(calendar) if kind is DayFormat.CSV else ics_text(calendar, "office", NOW, Texts())
    if not dated_days(calendar):
        return
    found = read_days(content.encode(), YEARS)
    assert days_for(OFFICE, found.days) == dated_days(calendar)


@settings(max_examples=200, deadline=None)
@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: f"BEGIN:VCALENDAR\n{text}".encode())
)
def test_no_content_does_more_than_be_refused(content):
    with suppress(BadInput):
        assert read_days(content, YEARS).days


def test_a_file_is_written_and_read(tmp_path):
    path = tmp_path / "office.csv"
    held = paint(OFFICE, [date(2026, 12, 24)], HOLIDAY)
    assert write_day_file(path, DayFormat.CSV, held, "office", NOW, Texts()) == 1
    assert path.read_bytes().startswith(codecs.BOM_UTF8)
    assert [day.on for day in read_day_file(path, YEARS).days] == [date(2026, 12, 24)]


def test_a_file_that_is_not_there_and_one_that_cannot_be_written_say_so(tmp_path):
    with pytest.raises(BadInput, match="file_unreadable"):
        read_day_file(tmp_path / "none.ics", YEARS)
    with pytest.raises(BadInput, match="file_unwritable"):
        write_day_file(Path("/dev/null/x.ics"), DayFormat.ICS, OFFICE, "office", NOW, Texts())

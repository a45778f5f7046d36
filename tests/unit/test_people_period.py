"""The dates a counted report is about, and the people's figures as rows for a spreadsheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.errors import BadInput
from app.services.base.texts import Texts
from app.services.reports.people_period import is_month, month_of, period_file, period_of, period_title
from app.services.reports.people_sheet import people_rows
from tests.report.people_samples import people_report

BERLIN = ZoneInfo("Europe/Berlin")
LATER = datetime(2027, 6, 1, tzinfo=UTC)


def test_a_day_on_which_the_clocks_change_has_its_real_length():
    period = period_of(date(2026, 10, 25), date(2026, 10, 25), BERLIN, LATER)

    assert period.until - period.begin == timedelta(hours=25)
    assert period.counted == (date(2026, 10, 25),)


def test_a_running_period_ends_now_and_counts_the_present_day():
    period = period_of(*month_of(2026, 10), BERLIN, datetime(2026, 10, 10, 22, 30, tzinfo=UTC))

    assert period.until_day == date(2026, 10, 11)
    assert len(period.counted) == 11


def test_a_period_to_come_has_no_day():
    period = period_of(*month_of(2026, 10), BERLIN, datetime(2026, 9, 30, 21, tzinfo=UTC))

    assert period.counted == ()
    assert period.until == period.begin


def test_a_leap_year_is_the_longest_there_is():
    assert len(period_of(date(2024, 1, 1), date(2024, 12, 31), BERLIN, LATER).counted) == 366


def test_more_than_a_year_is_refused():
    with pytest.raises(BadInput):
        period_of(date(2024, 1, 1), date(2025, 1, 1), BERLIN, LATER)


@pytest.mark.parametrize(
    ("month", "days"), [((2024, 2), 29), ((2026, 2), 28), ((2026, 12), 31), ((2026, 4), 30)]
)
def test_a_month_has_its_days(month, days):
    first, last = month_of(*month)

    assert (last - first).days + 1 == days
    assert is_month(first, last)


@pytest.mark.parametrize(
    ("first", "last", "title", "file"),
    [
        (date(2026, 4, 1), date(2026, 4, 30), "April 2026", "people-2026-04.pdf"),
        (date(2026, 4, 3), date(2026, 4, 3), "3 April 2026", "people-2026-04-03-2026-04-03.pdf"),
        (
            date(2026, 4, 3),
            date(2026, 5, 2),
            "3 April 2026 – 2 May 2026",
            "people-2026-04-03-2026-05-02.pdf",
        ),
    ],
)
def test_title_and_file_name_the_dates(first, last, title, file):
    assert period_title(first, last, Texts("en")) == title
    assert period_file("people", first, last) == file


def test_the_sheet_has_a_row_for_each_person_below_its_heading():
    heading, *rows = people_rows(people_report(), Texts("en"))

    assert [row[:3] for row in rows] == [
        ["Li Na 李娜", "IT 信息部", "First line 一线"],
        ["Sun Lei 孙磊", "IT 信息部", "First line 一线"],
        ["Xu Bo 徐波", "IT 信息部", "Network"],
        ["Zhao Min 赵敏", "Operations", ""],
    ]
    assert {len(row) for row in rows} == {len(heading)}
    assert dict(zip(heading, rows[0], strict=True))["Working minutes to resolve, mean"] == "120"

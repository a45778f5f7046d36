"""The printed year of a calendar: every day on one page, each kind told apart without colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.models.entities.calendars import BusinessCalendar, DayType
from app.models.entities.settings_papers import CalendarPaper
from app.services.base.texts import Texts
from app.services.reports.calendar_page import render_calendar
from app.services.reports.pdf.year_grid import LOOKS
from tests.report.payloads import LONG_CHINESE, PAYLOADS
from tests.report.reading import all_text, foreign_content, page_texts, squeezed
from tests.report.settings_papers import calendar_paper


def test_the_year_has_hours_months_legend_and_named_days(english: Texts) -> None:
    text = all_text(render_calendar(calendar_paper(), english))

    for words in (
        "Office hours 2026",
        "Mon – Fri 08:30–12:00, 13:00–18:30 · Sat – Sun closed",
        "Time zone Asia/Shanghai",
        "Make-up workday",
        "1 Oct – 2 Oct: National Day",
        "10 Oct: Works for 5 Oct 08:30–12:00, 13:00–18:30",
    ):
        assert squeezed(words) in squeezed(text)
    assert text.count("31") == 7


def test_it_speaks_chinese(chinese: Texts) -> None:
    text = squeezed(all_text(render_calendar(calendar_paper(), chinese)))

    for words in ("办公时间2026", "12月", "周一", "调休上班", "国庆节", "第3版"):
        assert words in text


def test_a_calendar_that_never_closes_says_so(english: Texts) -> None:
    always = BusinessCalendar("Asia/Shanghai", always_open=True)

    text = all_text(render_calendar(replace(calendar_paper(), calendar=always), english))

    assert "Open around the clock, every day of the year." in text
    assert "office 2026" in text


@pytest.mark.parametrize("year", [2024, 2026, 2027, 2028])
def test_every_year_is_one_page(texts: Texts, year: int) -> None:
    assert len(page_texts(render_calendar(calendar_paper(year), texts))) == 1


def with_every_text(text: str) -> CalendarPaper:
    data = calendar_paper()
    days = {date(2026, 1, 1) + timedelta(days=place): (text + str(place), "") for place in range(365)}
    calendar = replace(data.calendar, name=text, name_alt=text, day_names=days)
    head = replace(data.head, site=text, desk=text, printed_by=text)
    return replace(data, head=head, calendar=calendar, code=text)


@pytest.mark.parametrize("payload", [*PAYLOADS[::6], LONG_CHINESE], ids=lambda text: ascii(text[:20]))
def test_no_text_breaks_it_or_makes_a_second_page(payload: str, english: Texts) -> None:
    pdf = render_calendar(with_every_text(payload), english)

    assert foreign_content(pdf) == []
    assert len(page_texts(pdf)) == 1


def test_every_kind_of_day_looks_different_without_its_colour() -> None:
    shapes = {kind: (bool(look.ground), bool(look.outline), look.font) for kind, look in LOOKS.items()}

    assert set(shapes) == set(DayType)
    assert len(set(shapes.values())) == len(DayType)


def test_the_same_year_gives_the_same_bytes(texts: Texts) -> None:
    assert render_calendar(calendar_paper(), texts) == render_calendar(calendar_paper(), texts)

"""The printed report on calls."""

from __future__ import annotations

from dataclasses import replace

from app.models.entities.calls_report import CallsReport, CallTally, ShiftCallLine
from app.services.base.texts import Texts
from app.services.reports.calls_page import MOST_DAYS, render_calls
from app.services.reports.calls_words import titles
from app.services.reports.catalog import CALLS
from app.services.reports.pdf.fonts import has_glyph
from tests.report.payloads import PAYLOADS
from tests.report.people_samples import calls_report, tally
from tests.report.reading import all_text, foreign_content, squeezed


def empty() -> CallsReport:
    """A period without a call."""
    return replace(calls_report(), total=CallTally(), by_shift=(), by_week=(), by_day=())


def test_every_part_has_its_heading(texts: Texts) -> None:
    text = squeezed(all_text(render_calls(calls_report(), texts)))

    for title in (
        "Calls by the hour of the day",
        "By shift",
        "Calls an hour by weekday",
        "By week, with the people needed",
        "By day, with the people needed",
        "What the figures mean",
    ):
        assert squeezed(texts.gettext(title)) in text


def test_the_tiles_say_how_many_and_how_well(english: Texts) -> None:
    text = all_text(render_calls(calls_report(), english))

    assert "Calls, April 2026" in text
    assert "60 of them abandoned" in text
    assert "6.7%" in text
    assert "at most 5% aimed at" in text
    assert "of this talk 4:00" in text


def test_a_shift_has_its_calls_and_hours_without_one_theirs(english: Texts) -> None:
    text = squeezed(all_text(render_calls(calls_report(), english)))

    assert squeezed("Day 白班 800 745 55 – 55 6.9% 0:09 4:00 5:00") in text
    assert squeezed("no shift 100 95 5") in text


def test_a_day_says_its_busiest_hour_and_the_people_it_needs(english: Texts) -> None:
    text = squeezed(all_text(render_calls(calls_report(), english)))

    assert squeezed("Fri 3 Apr 60 54 6 2 4 6.7% 0:09 4:00 5:00 10:00 · 60 12 3") in text
    assert squeezed("Thu 16 Apr – – – – – – – – – – – –") in text


def test_a_week_is_told_by_its_dates(english: Texts) -> None:
    text = squeezed(all_text(render_calls(calls_report(), english)))

    assert squeezed("6 Apr – 12 Apr 420 378 42 14 28 6.7%") in text


def test_no_heading_of_a_full_table_is_cut_off(texts: Texts) -> None:
    text = all_text(render_calls(calls_report(), texts))

    assert [title for title in titles(texts).values() if text.count(title) < 2] == []
    assert "…" not in text


def test_the_aims_of_the_site_stand_in_the_explanations(english: Texts) -> None:
    text = squeezed(all_text(render_calls(calls_report(), english)))

    assert squeezed("80% of its calls are answered within 25 seconds and at most 5% hang up") in text


def test_a_long_period_is_told_by_weeks_only(english: Texts) -> None:
    data = calls_report()
    long = replace(data, by_day=data.by_day[:1] * (MOST_DAYS + 1))

    text = all_text(render_calls(long, english))

    assert "By day, with the people needed" not in text
    assert "By week, with the people needed" in text


def test_a_period_without_a_call_says_so(english: Texts) -> None:
    text = all_text(render_calls(empty(), english))

    assert "No call was counted in this period." in text
    assert "Abandonment" not in text


def test_the_same_facts_give_the_same_bytes(texts: Texts) -> None:
    assert render_calls(calls_report(), texts) == render_calls(calls_report(), texts)


def test_hostile_names_stay_text(english: Texts) -> None:
    lines = tuple(ShiftCallLine(payload, tally(10)) for payload in PAYLOADS[:120])

    pdf = render_calls(replace(calls_report(), by_shift=lines), english)

    assert foreign_content(pdf) == []


def test_no_glyph_is_missing(texts: Texts) -> None:
    text = all_text(render_calls(calls_report(), texts))

    assert {character for character in text if not character.isspace() and not has_glyph(character)} == set()


def test_the_file_is_named_by_its_month() -> None:
    assert CALLS.file_name(calls_report()) == "calls-2026-04.pdf"


def test_the_paper_says_where_calls_hung_up_in_time_are_left_out(english: Texts) -> None:
    data = calls_report()
    kept = squeezed(all_text(render_calls(data, english)))
    left_out = replace(data, aims=replace(data.aims, keeps_hung_up=False))

    text = squeezed(all_text(render_calls(left_out, english)))

    assert squeezed("Abandoned among all offered calls.") in kept
    assert squeezed("Abandoned among the answered and abandoned calls") in text

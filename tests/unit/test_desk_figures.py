"""Today's figures and how they compare."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ticket_pages import Counters, DayFigures
from app.services.base.texts import Texts
from app.views.base.format import Format
from app.views.desk.figures import figures

ENGLISH = Format(Texts("en"), ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 20)


def week(**today):
    """Seven days of ten opened, eight of ten at first contact, nine of ten in time; then today."""
    days = [DayFigures(TODAY - timedelta(days=back), 10, 10, 8, 9, 10) for back in range(7, 0, -1)]
    return [*days, DayFigures(TODAY, **today)]


def by_key(days, **counters):
    return {figure.key: figure for figure in figures(days, Counters(**counters), ENGLISH)}


def test_what_was_opened_is_compared_with_the_same_day_a_week_ago():
    found = by_key(week(opened=12))["opened"]

    assert (found.value, found.note) == ("12", "a week ago: 10")
    assert len(found.values) == 8


def test_a_share_is_compared_in_points_with_the_week_before():
    found = by_key(week(resolved=10, first_contact=9, in_time=8, decided=10))

    assert (found["first_contact"].value, found["first_contact"].note) == ("90%", "▲ 10 points")
    assert (found["in_time"].note, found["in_time"].ink) == ("▼ 10 points", "warn")


def test_one_point_is_singular_and_none_is_said_in_words():
    days = [DayFigures(TODAY - timedelta(days=1), 0, 100, 50, 50, 100)]
    found = by_key([*days, DayFigures(TODAY, 0, 100, 51, 50, 100)])

    assert found["first_contact"].note == "▲ 1 point"
    assert found["in_time"].note == "as in the week before"


def test_a_day_without_anything_resolved_shows_no_share():
    found = by_key(week(opened=3))

    assert found["first_contact"].value == "–"
    assert found["first_contact"].note == "nothing resolved yet today"


def test_the_very_first_day_has_nothing_to_be_compared_with():
    found = by_key([DayFigures(TODAY, 4, 4, 1, 2, 4)])

    assert found["opened"].note == ""
    assert found["first_contact"].note == "1 of 4"


def test_every_figure_says_what_it_counts_and_where_its_tickets_are():
    for figure in by_key(week(opened=1), to_confirm=3).values():
        assert figure.meaning.endswith(".")
        assert figure.query

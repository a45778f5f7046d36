"""The printed ledger of fairness: whom it names for whom, which months, and on the command line."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.entities.errors import NotAllowed
from app.services.reports.fairness_building import fairness_month
from app.services.reports.fairness_queries import fairness_paper
from tests.report.reading import all_text
from tests.support.changing_places import FRIDAY, places
from tests.support.command_line import say
from tests.support.notices import acting


@pytest.fixture
def desk(ctx, make):
    """Wang and Li each worked a day this week."""
    desk = places(ctx, make)
    desk.paint(desk.wang, FRIDAY, desk.day)
    desk.paint(desk.li, date(2026, 11, 19), desk.day)
    return desk


def named(desk, ctx, month=11):
    return [line.name for line in fairness_paper(ctx, 2026, month, "en").ledger.lines]


def test_who_plans_prints_everybody(desk):
    assert named(desk, desk.as_(desk.chen)) == ["Li Na", "Wang Fang"]


def test_an_agent_prints_only_their_own_line(desk):
    assert named(desk, desk.as_(desk.wang)) == ["Wang Fang"]
    assert "Li Na" not in all_text(fairness_month(desk.as_(desk.wang), 2026, 11, "en").content)


def test_the_present_month_is_counted_up_to_today(desk):
    data = fairness_paper(desk.as_(desk.chen), 2026, 11, "en")

    assert (data.ledger.since, data.last) == (date(2025, 11, 21), FRIDAY)


def test_a_month_that_is_over_ends_with_its_last_day(desk):
    data = fairness_paper(desk.as_(desk.chen), 2026, 10, "en")

    assert (data.ledger.since, data.last) == (date(2025, 11, 1), date(2026, 10, 31))
    assert data.ledger.lines == ()


def test_the_paper_is_in_its_own_language_whatever_the_windows(desk):
    text = all_text(fairness_month(desk.as_(desk.chen), 2026, 11, "zh_CN").content)

    assert "夜班" in text


def test_who_may_not_see_the_roster_prints_nothing(desk):
    with pytest.raises(NotAllowed):
        fairness_month(acting(desk.ctx, desk.li, frozenset()), 2026, 11, "en")


def test_the_command_line_writes_it(desk, tmp_path):
    out = tmp_path / "fair.pdf"

    code, told, _complaint = say(desk.as_(desk.chen), "report", "fairness", "--out", str(out))

    assert code == 0
    assert "bytes" in told
    assert "Wang Fang" in all_text(out.read_bytes())

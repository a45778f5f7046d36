"""Fairness, reckoned by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.roster_plan import FairShare
from app.services.roster.fairness import by_measure, counted_swaps, months_before, score, shares_of
from app.services.roster.shift_times import ShiftTimes
from tests.support.roster_plans import LONDON, SHANGHAI, SHIFTS, line, person


def share(number, nights=0, weekends=0, holidays=0, hours=0, team=1, **more):
    return FairShare(number, team, nights, weekends, holidays, hours * 60, **more)


def test_two_people_are_compared_by_the_smaller_part_of_the_larger():
    shares = [share(1, 4, 2, 0, 100), share(2, 2, 2, 0, 80)]

    # Nights 2/4, weekends 2/2, holidays nobody, hours 80/100: (0.5 + 1 + 1 + 0.8) / 4 = 0.825.
    assert by_measure(shares) == {"nights": 50, "weekends": 100, "holidays": 100, "hours": 80}
    assert score(shares) == 83


def test_three_people_are_three_pairs():
    shares = [share(1, 4, hours=10), share(2, 2, hours=10), share(3, 1, hours=10)]

    # 2/4, 1/4, 1/2: their mean is 5/12.
    assert by_measure(shares)["nights"] == 42


def test_half_a_contract_owes_half():
    shares = [share(1, 8, 4, 2, 160), share(2, 4, 2, 1, 80, weight=0.5)]

    assert score(shares) == 100


def test_people_of_other_teams_are_not_compared():
    shares = [share(1, 8, hours=160), share(2, 8, hours=160), share(3, 0, hours=160, team=2)]

    assert score(shares) == 100


def test_who_did_nothing_takes_no_part():
    assert score([share(1, 8, hours=160), share(2)]) is None
    assert by_measure([share(1, 8, hours=160), share(2)]) == {}


def test_who_is_spared_nights_is_not_compared_in_them():
    shares = [
        share(1, 6, hours=100),
        share(2, 3, hours=100),
        share(3, 0, hours=100, spared=frozenset({"nights"})),
    ]

    assert by_measure(shares) == {"nights": 50, "weekends": 100, "holidays": 100, "hours": 100}


def test_nobody_has_no_score():
    assert score([]) is None


def test_shares_count_nights_rest_days_statutory_holidays_and_real_minutes():
    first = date(2026, 3, 27)  # a Friday; the clocks go forward in the night from Saturday to Sunday
    types = dict(
        zip(
            (first + timedelta(days=count) for count in range(6)),
            ("workday", "weekend", "make_up_workday", "holiday", "day_off_in_lieu", "workday"),
            strict=True,
        )
    )
    cells = line(1, first, "DNDDDS") | line(1, date(2026, 4, 2), "D") | line(9, first, "D")

    (found,) = shares_of([person(1)], cells, ShiftTimes(SHIFTS, LONDON), types, 2400)

    assert (found.nights, found.weekends, found.holidays) == (1, 2, 1)
    assert found.minutes == (4 * 12 + 11) * 60
    assert found.by_day_type == {
        "workday": 1, "weekend": 1, "make_up_workday": 1, "holiday": 1, "day_off_in_lieu": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("agreed", "weight"),
    [
        ({}, 1.0),
        ({"contract_minutes": 1200}, 0.5),
        ({"joined_on": date(2026, 4, 6)}, 0.5),
        ({"contract_minutes": 1200, "left_on": date(2026, 4, 5)}, 0.25),
        ({"left_on": date(2026, 3, 1)}, 0.0),
    ],
)
def test_the_weight_is_the_part_of_full_time_and_of_the_days_employed(agreed, weight):
    days = {date(2026, 4, 1) + timedelta(days=count): "workday" for count in range(10)}

    (found,) = shares_of([person(1, **agreed)], {}, ShiftTimes(SHIFTS, SHANGHAI), days, 2400)

    assert found.weight == weight


def test_what_is_not_planned_by_agreement_is_spared():
    days = {date(2026, 4, 1): "workday"}
    somebody = person(1, no_nights=True, no_holidays=True)

    (found,) = shares_of([somebody], {}, ShiftTimes(SHIFTS, SHANGHAI), days, 2400)

    assert found.spared == {"nights", "holidays"}


@pytest.mark.parametrize(
    ("until", "months", "since"),
    [
        (date(2026, 11, 20), 12, date(2025, 11, 20)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_months_before_a_date(until, months, since):
    assert months_before(until, months) == since


def test_swaps_are_counted_for_both():
    assert counted_swaps([(1, 2), (1, 3), (2, 1)]) == {1: (2, 1), 2: (1, 1), 3: (0, 1)}

"""Erlang B, C and A: known values, what must hold for every load, and a slow exact summation beside them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.services.roster.staffing import (
    agents_for_abandonment,
    agents_for_service_level,
    average_speed_of_answer,
    erlang_a,
    erlang_b,
    erlang_c,
    service_level,
    with_shrinkage,
    without_shrinkage,
)

# Calls, seconds of the interval, handling time, people for 80 % in 25 s, service level, waiting, abandonment.
GOLDEN = [
    (10, 3600, 300, 3, 0.9518, 0.0577, 0.0236),
    (20, 3600, 300, 4, 0.9156, 0.1025, 0.0345),
    (30, 3600, 360, 6, 0.9195, 0.0991, 0.0287),
    (60, 3600, 300, 8, 0.8697, 0.1673, 0.0370),
    (100, 1800, 180, 13, 0.8119, 0.2853, 0.0384),
]
LOADS = st.floats(0.01, 60)
PEOPLE = st.integers(1, 80)
TIMES = st.floats(1, 2000)
ENDLESS = [math.inf, -math.inf, math.nan, -1.0]


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row[0]} calls")
def test_people_for_a_service_level_are_those_of_the_tables(row):
    calls, seconds, aht, people, level, waiting, abandonment = row
    traffic = calls / seconds * aht

    found = agents_for_service_level(traffic, aht, 25, 0.8)

    assert found == people
    assert round(service_level(found, traffic, aht, 25), 4) == level
    assert round(erlang_c(found, traffic), 4) == waiting
    assert round(erlang_a(found, traffic, aht, 120).abandonment, 4) == abandonment


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row[0]} calls")
def test_the_same_people_keep_abandonment_below_five_percent(row):
    calls, seconds, aht, people, *_rest = row

    assert agents_for_abandonment(calls / seconds * aht, aht, 120, 0.05) <= people


def test_the_worked_example_of_a_hundred_calls_in_half_an_hour_is_met():
    assert service_level(14, 10, 180, 20) == pytest.approx(0.8883500, abs=5e-8)
    assert erlang_c(14, 10) == pytest.approx(0.1741319, abs=5e-8)


def test_the_worked_example_with_callers_who_give_up_is_met():
    queue = erlang_a(13, 10, 180, 300)

    assert round(queue.abandonment, 5) == 0.02496
    assert round(queue.occupancy, 4) == 0.7500
    assert round(queue.waiting, 4) == 0.2258


def test_shrinkage_is_no_reason_for_a_person_too_many():
    assert with_shrinkage(7, 0.3) == 10
    assert with_shrinkage(8, 0.3) == 12


@pytest.mark.long
def test_two_thousand_people_are_no_trouble():
    assert agents_for_service_level(1950, 300, 25, 0.8) == 1965
    assert erlang_b(2000, 1950) == pytest.approx(float(exact_b(2000, Fraction(1950))), rel=1e-11)
    assert erlang_a(2000, 1950, 300, 120).abandonment < 0.01


def test_two_hundred_people_for_one_call_an_hour_never_keep_anybody_waiting():
    queue = erlang_a(200, 0.1, 300, 120)

    assert (queue.waiting, queue.abandonment, queue.asa) == (0, 0, 0)
    assert erlang_c(200, 0.1) == 0


# --- the edges ---------------------------------------------------------------------------------------------


def test_no_calls_need_nobody():
    assert agents_for_service_level(0, 300, 25, 0.8) == 0
    assert agents_for_abandonment(0, 300, 120, 0.05) == 0
    assert erlang_a(3, 0, 300, 120) == (0, 0, 0, 0)
    assert service_level(1, 0, 300, 0) == 1


def test_with_nobody_there_the_first_caller_waits_and_gives_up():
    assert (erlang_b(0, 0), erlang_c(0, 2), service_level(0, 2, 300, 25)) == (1, 1, 0)
    assert erlang_a(0, 2, 300, 120) == (1, 1, 0, math.inf)


def test_no_more_people_than_erlangs_let_the_queue_grow_without_end():
    assert erlang_c(10, 10) == 1
    assert service_level(10, 10, 180, 3600) == 0
    assert average_speed_of_answer(9, 10, 180) == math.inf


def test_a_level_of_zero_still_keeps_the_queue_from_growing():
    assert agents_for_service_level(10, 180, 25, 0) == 11


def test_nobody_is_busier_than_allowed():
    assert agents_for_service_level(10, 180, 25, 0, max_occupancy=0.5) == 20


def test_whoever_may_lose_every_caller_needs_nobody():
    assert agents_for_abandonment(10, 180, 120, 1) == 0


@pytest.mark.parametrize("bad", ENDLESS)
def test_a_traffic_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="traffic must"):
        erlang_c(3, bad)


@pytest.mark.parametrize("bad", [*ENDLESS, 0.0])
def test_a_handling_time_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="aht must"):
        service_level(3, 1, bad, 25)


@pytest.mark.parametrize("bad", [*ENDLESS, 0.0, 1e9])
def test_a_patience_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="patience must"):
        erlang_a(3, 1, 300, bad)


@pytest.mark.parametrize("bad", [*ENDLESS, 1.0, 1.01])
def test_a_level_that_cannot_be_kept_is_refused(bad):
    with pytest.raises(ValueError, match="level must"):
        agents_for_service_level(1, 300, 25, bad)


@pytest.mark.parametrize("bad", [*ENDLESS, 0.0, 2.0])
def test_an_abandonment_that_cannot_be_kept_is_refused(bad):
    with pytest.raises(ValueError, match="most must"):
        agents_for_abandonment(1, 300, 120, bad)


@pytest.mark.parametrize("bad", [*ENDLESS, 1.0])
def test_a_shrinkage_that_leaves_nobody_is_refused(bad):
    with pytest.raises(ValueError, match="shrinkage must"):
        with_shrinkage(3, bad)


@pytest.mark.parametrize("bad", [0.0, 1.5, math.nan])
def test_an_occupancy_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="max_occupancy must"):
        agents_for_service_level(1, 300, 25, 0.8, bad)


@pytest.mark.parametrize("bad", [-1, 2.5, True, 10**9])
def test_people_are_counted_in_whole_ones(bad):
    with pytest.raises(ValueError, match="agents must"):
        erlang_b(bad, 1)


def test_more_traffic_than_anybody_plans_is_refused():
    with pytest.raises(ValueError, match="at most"):
        agents_for_service_level(1e9, 300, 25, 0.8)


# --- what holds for every load ----------------------------------------------------------------------------


@settings(deadline=None)
@given(PEOPLE, LOADS)
def test_one_more_person_never_makes_anybody_wait_more(people, traffic):
    assert erlang_b(people + 1, traffic) <= erlang_b(people, traffic)
    assert erlang_c(people + 1, traffic) <= erlang_c(people, traffic)


@settings(deadline=None)
@given(PEOPLE, LOADS, TIMES, TIMES)
def test_one_more_person_never_loses_more_callers(people, traffic, aht, patience):
    fewer, more = (erlang_a(count, traffic, aht, patience) for count in (people, people + 1))

    assert more.abandonment <= fewer.abandonment + 1e-12
    assert more.waiting <= fewer.waiting + 1e-12
    assert more.occupancy <= fewer.occupancy + 1e-12
    assert more.asa <= fewer.asa + 1e-6


@settings(deadline=None)
@given(LOADS, TIMES, st.floats(0, 600), st.floats(0.01, 0.99))
def test_the_people_found_are_enough_and_one_fewer_are_not(traffic, aht, within, level):
    people = agents_for_service_level(traffic, aht, within, level)

    assert service_level(people, traffic, aht, within) >= level
    assert people - 1 <= traffic or service_level(people - 1, traffic, aht, within) < level


@settings(deadline=None)
@given(LOADS, TIMES, TIMES, st.floats(0.01, 0.9))
def test_the_people_found_for_abandonment_are_enough_and_one_fewer_are_not(traffic, aht, patience, most):
    people = agents_for_abandonment(traffic, aht, patience, most)

    assert erlang_a(people, traffic, aht, patience).abandonment <= most
    assert erlang_a(people - 1, traffic, aht, patience).abandonment > most


@settings(deadline=None)
@given(PEOPLE, st.floats(0.01, 0.9), st.floats(10, 600))
def test_callers_who_never_give_up_wait_as_erlang_c_says(people, load, aht):
    traffic = people * load

    queue = erlang_a(people, traffic, aht, 1e7)

    assert queue.waiting == pytest.approx(erlang_c(people, traffic), rel=5e-3, abs=1e-6)
    assert queue.asa == pytest.approx(average_speed_of_answer(people, traffic, aht), rel=2e-2, abs=1e-6)
    assert queue.abandonment < 1e-2


@settings(deadline=None)
@given(st.integers(0, 500), st.floats(0, 0.95))
def test_shrinkage_taken_back_leaves_the_people_asked_for(raw, shrinkage):
    planned = with_shrinkage(raw, shrinkage)

    assert without_shrinkage(planned, shrinkage) >= raw
    assert planned == 0 or without_shrinkage(planned - 1, shrinkage) < raw


# --- a slow exact summation -------------------------------------------------------------------------------


def exact_b(servers: int, traffic: Fraction) -> Fraction:
    """The loss formula as a sum of fractions: A^n/n! over the sum of A^k/k!."""
    terms = [traffic**k / math.factorial(k) for k in range(servers + 1)]
    return terms[-1] / sum(terms)


def exact_a(people: int, traffic: Fraction, aht: Fraction, patience: Fraction) -> tuple[float, float, float]:
    """Waiting, abandonment and occupancy of the chain, its weights summed as fractions from state 0 on."""
    weight, weights = Fraction(1), [Fraction(1)]
    for k in range(1, people + 60):
        weight = weight * traffic / (min(k, people) + max(k - people, 0) * aht / patience)
        weights.append(weight)
    total = sum(weights)
    waiting = sum(weights[people:]) / total
    queue = sum((k - people) * weight for k, weight in enumerate(weights) if k > people) / total
    busy = sum(min(k, people) * weight for k, weight in enumerate(weights)) / total
    return float(waiting), float(queue * aht / patience / traffic), float(busy / people)


@settings(deadline=None)
@given(st.integers(0, 25), st.fractions(Fraction(1, 20), 20, max_denominator=20))
def test_erlang_b_is_the_exact_sum(servers, traffic):
    assert erlang_b(servers, float(traffic)) == pytest.approx(float(exact_b(servers, traffic)), rel=1e-11)


@settings(deadline=None)
@given(st.integers(1, 25), st.fractions(Fraction(1, 20), 20, max_denominator=20))
def test_erlang_c_is_the_exact_sum(people, traffic):
    assume(people > traffic)
    waiting = traffic**people / math.factorial(people) * people / (people - traffic)
    rest = sum(traffic**k / math.factorial(k) for k in range(people))

    assert erlang_c(people, float(traffic)) == pytest.approx(float(waiting / (rest + waiting)), rel=1e-10)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 12),
    st.fractions(Fraction(1, 10), 8, max_denominator=10),
    st.integers(60, 600).map(Fraction),
    st.integers(20, 200).map(Fraction),
)
def test_erlang_a_is_the_exact_sum_of_its_chain(people, traffic, aht, patience):
    queue = erlang_a(people, float(traffic), float(aht), float(patience))

    assert tuple(queue[:3]) == pytest.approx(exact_a(people, traffic, aht, patience), rel=1e-8, abs=1e-12)


@settings(deadline=None)
@given(PEOPLE, LOADS, TIMES, TIMES)
def test_whoever_comes_is_answered_or_gives_up(people, traffic, aht, patience):
    queue = erlang_a(people, traffic, aht, patience)

    assert traffic * (1 - queue.abandonment) == pytest.approx(people * queue.occupancy, rel=1e-9)

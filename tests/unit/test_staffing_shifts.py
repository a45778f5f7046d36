"""Which shift an hour's calls ask for people, and how many that leaves it to bring."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.services.roster.staffing_shifts import AnsweringPerson, CarryingShift, HourNeed, carried_needs

MONDAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
DAY, MID, NIGHT = 1, 2, 3
FIRST_LINE = 7


def at(hour: float) -> datetime:
    return MIDNIGHT + timedelta(hours=hour)


def need(hour: int, people: int) -> HourNeed:
    return HourNeed(at(hour), at(hour + 1), people)


def shift(template: int, begin: float, end: float, on: date = MONDAY) -> CarryingShift:
    return CarryingShift(template, FIRST_LINE, on, at(begin), at(end))


def on_shift(person: int, template: int, begin: float, end: float, on: date = MONDAY) -> AnsweringPerson:
    return AnsweringPerson(person, template, on, at(begin), at(end))


def test_a_shift_needs_as_many_as_its_hardest_hour():
    found = carried_needs([need(9, 2), need(10, 5), need(11, 3)], [shift(DAY, 8, 20)], [])

    assert found == {(DAY, FIRST_LINE, MONDAY): 5}


def test_of_shifts_at_once_the_longest_carries_and_who_works_beside_it_is_taken_off():
    shifts = [shift(MID, 10, 19), shift(DAY, 8, 20)]

    found = carried_needs([need(9, 3), need(10, 5)], shifts, [on_shift(4, MID, 10, 19)])

    assert found == {(DAY, FIRST_LINE, MONDAY): 4}


def test_who_works_on_the_carrying_shift_itself_changes_nothing():
    found = carried_needs([need(9, 3)], [shift(DAY, 8, 20)], [on_shift(4, DAY, 8, 20)])

    assert found == {(DAY, FIRST_LINE, MONDAY): 3}


def test_a_night_carries_the_hours_after_midnight_for_the_date_it_begins_on():
    found = carried_needs([need(26, 2)], [shift(NIGHT, 20, 32)], [])

    assert found == {(NIGHT, FIRST_LINE, MONDAY): 2}


def test_hours_nobody_carries_ask_nothing_of_anybody():
    assert carried_needs([need(3, 9)], [shift(DAY, 8, 20)], []) == {}


def test_a_shift_that_fills_less_than_half_of_an_hour_does_not_carry_it():
    assert carried_needs([need(8, 2)], [shift(DAY, 8.75, 20)], []) == {}


@given(st.lists(st.tuples(st.integers(8, 19), st.integers(0, 30)), max_size=12), st.integers(0, 5))
def test_the_people_asked_for_suffice_for_every_hour(hours, beside):
    people = [on_shift(person, MID, 8, 20) for person in range(beside)]

    found = carried_needs([need(*hour) for hour in hours], [shift(DAY, 8, 21)], people)

    asked = found.get((DAY, FIRST_LINE, MONDAY), 0)
    assert all(asked + beside >= count for _hour, count in hours)

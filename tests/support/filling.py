"""Small and usual problems for filling a roster: days and nights of twelve hours, people by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.models.entities.filling import (
    DEFAULT_RULES,
    FillCell,
    FillDay,
    FillNeed,
    FillPerson,
    FillProblem,
    FillRule,
    FillShift,
    FillWish,
    RuleSetting,
    Strength,
)
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.roster.rules import is_morning, is_night, is_overnight, shift_span

MONDAY = date(2026, 11, 30)
SHANGHAI = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")


def template(number: int, code: str, start: int, hours: int) -> ShiftTemplate:
    """A shift by its first hour and its hours."""
    return ShiftTemplate(number, code, code, "", ShiftKind.WORK, start * 60, hours * 60, "d", number, True, 1)


DAY, NIGHT, OFFICE = template(1, "D", 8, 12), template(2, "N", 20, 12), template(3, "G", 9, 8)
TEMPLATES = {each.id: each for each in (DAY, NIGHT, OFFICE)}


def day(count: int, first: date = MONDAY) -> date:
    """The date `count` days after the first."""
    return first + timedelta(days=count)


def shift_of(each: ShiftTemplate, *, is_led: bool = True) -> FillShift:
    """A template as the fill knows it."""
    return FillShift(
        each.id,
        each.duration_minute,
        is_work=each.kind is ShiftKind.WORK,
        is_night=is_night(each),
        is_overnight=is_overnight(each),
        starts_in_morning=is_morning(each),
        needs_supervisor=is_led,
    )


def spans(
    templates: Iterable[ShiftTemplate], first: date, last: date, zone: ZoneInfo
) -> Mapping[tuple[int, date], tuple[int, int]]:
    """Starts and ends of shifts in minutes, from a week before the first date to one after the last."""
    found = {}
    for each in templates:
        for count in range(-8, (last - first).days + 9):
            on = first + timedelta(days=count)
            begin, end = shift_span(each, on, zone)
            found[each.id, on] = (int(begin.timestamp()) // 60, int(end.timestamp()) // 60)
    return found


def needs(days: Iterable[date], minima: Mapping[int, int], people: Iterable[int]) -> tuple[FillNeed, ...]:
    """The same people needed on every date: shift to number."""
    everyone = frozenset(people)
    return tuple(FillNeed(on, shift, count, everyone) for on in days for shift, count in minima.items())


def people(count: int, *, leaders: int = 0, **columns: Any) -> tuple[FillPerson, ...]:
    """People 1 to `count`; the first `leaders` may lead."""
    return tuple(FillPerson(number, can_lead=number <= leaders, **columns) for number in range(1, count + 1))


def rules(**chosen: tuple[str, int] | str) -> dict[FillRule, RuleSetting]:
    """The usual rules with some of them otherwise: `rest=("soft", 600)`, `days_off="hard"`."""
    found = dict(DEFAULT_RULES)
    for name, value in chosen.items():
        rule = FillRule(name)
        strength, limit = (value, found[rule].limit) if isinstance(value, str) else value
        found[rule] = RuleSetting(Strength(strength), limit)
    return found


def problem(
    length: int,
    staff: tuple[FillPerson, ...],
    minima: Mapping[int, int],
    *,
    first: date = MONDAY,
    zone: ZoneInfo = SHANGHAI,
    templates: tuple[ShiftTemplate, ...] = (DAY, NIGHT),
    is_led: bool = False,
    **columns: Any,
) -> FillProblem:
    """A stretch of days with the same needs on each."""
    days = [day(count, first) for count in range(length)]
    return FillProblem(
        days=tuple(FillDay(on, is_weekend=on.weekday() >= 5) for on in days),
        people=staff,
        shifts=tuple(shift_of(each, is_led=is_led) for each in templates),
        spans=spans(templates, days[0], days[-1], zone),
        needs=needs(days, minima, [person.id for person in staff]),
        **columns,
    )


def month(*, mode: str = "anew", **columns: Any) -> FillProblem:
    """Four weeks of twelve people as the benchmark wants them: leaders, wishes, two of IT without nights."""
    from app.models.entities.filling import FillMode  # noqa: PLC0415

    first = date(2026, 9, 14)
    days = [day(count, first) for count in range(28)]
    holidays = {date(2026, 10, number) for number in range(1, 8)}
    barred = frozenset(
        [(on, NIGHT.id) for on in days] + [(on, shift) for on in days for shift in (1, 2) if on in holidays]
    )
    staff = tuple(
        replace(person, barred=barred if person.id > 10 else frozenset(), target_minutes=168 * 60 * 28 // 28)
        for person in people(12, leaders=5)
    )
    wishes = tuple(
        FillWish(1 + number % 12, day((number * 5) % 28, first), (None, 1, 2)[number % 3])
        for number in range(36)
    )
    found = problem(28, staff, {1: 3, 2: 2}, first=first, is_led=True, wishes=wishes, **columns)
    return replace(
        found,
        mode=FillMode(mode),
        days=tuple(replace(each, is_holiday=each.on in holidays) for each in found.days),
    )


def kept(*cells: tuple[int, date, int], leads: Iterable[tuple[int, date]] = ()) -> dict[Any, FillCell]:
    """Cells by person, date and shift."""
    marked = set(leads)
    return {(who, on): FillCell(shift, (who, on) in marked) for who, on, shift in cells}

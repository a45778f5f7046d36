"""Makes a problem of a roster's plan, and strokes of the brush of what came out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.models.entities.calendars import DayType
from app.models.entities.filled import FillChange
from app.models.entities.filling import (
    DEFAULT_RULES,
    CellKey,
    Debts,
    FillCell,
    FillDay,
    FillMode,
    FillNeed,
    FillPerson,
    FillProblem,
    FillRule,
    FillShift,
    Instance,
    RuleSetting,
    Strength,
)
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import Assignment, PaintedCell, RosterPerson, Severity, ShiftKind
from app.models.entities.roster_plan import FairShare, RosterPlan
from app.models.entities.roster_rules import RosterRules, RuleName
from app.models.entities.skills import SkillId, SkillLevel
from app.services.filling.hopes import wishes_of
from app.services.roster.fairness import HOLIDAYS, NIGHTS, REST_DAYS, WEEKENDS
from app.services.roster.rules import asked_for
from app.services.roster.shift_times import ShiftTimes

_STRENGTHS = {Severity.FORBID: Strength.HARD, Severity.WARN: Strength.SOFT, Severity.OFF: Strength.OFF}
_HOLIDAYS = frozenset({DayType.HOLIDAY.value, DayType.DAY_OFF_IN_LIEU.value})
_LEVELS = list(SkillLevel)
# What is repaid in one go: a year's debt is not worked off in one month.
_MOST_DEBT = Debts(nights=2, weekends=2, holidays=2, minutes=24 * 60)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class FillChoices:
    """What the person who fills may choose.

    `from_date`: earlier dates are never touched. `is_strict`: rules that only warn must hold as well.
    `is_to_contract`: people work the hours agreed, also where fewer are needed; else only what is needed is
    planned. `excepted`: rules that may be broken at one place.
    """

    from_date: date
    mode: FillMode = FillMode.ANEW
    is_strict: bool = False
    is_to_contract: bool = False
    excepted: frozenset[Instance] = frozenset()


def problem_of(plan: RosterPlan, shares: Iterable[FairShare], choices: FillChoices) -> FillProblem:
    """Return the problem of filling a plan's days from `choices.from_date` on.

    Fixed cells, absences, shifts nobody asks for and people who stand in for another team stay as they are.
    """
    days = tuple(on for on in plan.days if on >= choices.from_date)
    times = ShiftTimes(plan.templates, plan.zone)
    shifts = _shifts(plan, times)
    needs = tuple(_needs(plan, times, days))
    asked = {need.template_id for need in needs}
    holds = {template.id: template.holds_on for template in plan.templates}
    staff = {person.id for person in plan.people}
    kept: dict[CellKey, FillCell] = {}
    present: dict[CellKey, FillCell] = {}
    shown = set(days)
    for key, cell in plan.cells.items():
        if key[0] in staff:
            is_free = key[1] in shown and not cell.is_fixed and cell.team_id is None
            is_open = is_free and cell.template_id in asked and holds[cell.template_id](key[1])
            (present if is_open else kept)[key] = FillCell(cell.template_id, cell.is_supervisor)
    return FillProblem(
        days=tuple(_day(plan, on) for on in days),
        people=tuple(_people(plan, times, days, shares, is_to_contract=choices.is_to_contract)),
        shifts=shifts,
        spans={(each, on): times.span(each, on) for each in times.work for on in plan.day_types},
        needs=needs,
        rules=rules_of(plan.rules, is_strict=choices.is_strict),
        kept=kept,
        present=present,
        wishes=tuple(wishes_of(plan, days)),
        mode=choices.mode,
        excepted=choices.excepted,
    )


def rules_of(rules: RosterRules, *, is_strict: bool) -> Mapping[FillRule, RuleSetting]:
    """Return a site's rules as a fill knows them: what is forbidden is hard, what warns is soft."""

    def setting(name: RuleName, limit: int = 0, *, is_needed: bool = False) -> RuleSetting:
        strength = _STRENGTHS[rules.severity(name)]
        if strength is Strength.OFF and is_needed:
            strength = Strength.SOFT  # nobody warns of gaps, but filling them is what was asked for
        if strength is Strength.SOFT and is_strict:
            strength = Strength.HARD
        return RuleSetting(strength, limit)

    return {
        **DEFAULT_RULES,
        FillRule.COVERAGE: setting(RuleName.GAP, is_needed=True),
        FillRule.SUPERVISOR: setting(RuleName.SUPERVISOR, 1),
        FillRule.SKILL: setting(RuleName.SKILL_MIX),
        FillRule.REST: setting(RuleName.REST, rules.limit(RuleName.REST) * 60),
        FillRule.DAY_AFTER_NIGHT: setting(RuleName.DAY_AFTER_NIGHT),
        FillRule.NIGHTS_IN_A_ROW: setting(RuleName.NIGHTS_IN_A_ROW, rules.limit(RuleName.NIGHTS_IN_A_ROW)),
        FillRule.SHIFTS_IN_A_ROW: setting(RuleName.SHIFTS_IN_A_ROW, rules.limit(RuleName.SHIFTS_IN_A_ROW)),
        FillRule.WEEK_HOURS: setting(RuleName.HOURS_WEEK, rules.limit(RuleName.HOURS_WEEK) * 60),
        FillRule.MONTH_HOURS: setting(RuleName.HOURS_MONTH, rules.limit(RuleName.HOURS_MONTH) * 60),
        FillRule.MONTH_NIGHTS: setting(RuleName.ELIGIBILITY, 31),
        FillRule.ELIGIBILITY: setting(RuleName.ELIGIBILITY),
    }


def strokes(changes: Sequence[FillChange], cells: Mapping[CellKey, Assignment]) -> tuple[PaintedCell, ...]:
    """Return what to paint so that a plan's `cells` become what was filled."""
    painted = []
    for change in changes:
        stands = cells.get((change.person_id, change.on))
        painted.append(
            PaintedCell(
                change.person_id,
                change.on,
                None if change.after is None else change.after.template_id,
                None if stands is None else stands.template_id,
                is_supervisor=change.after is not None and change.after.is_lead,
            )
        )
    return tuple(painted)


def _shifts(plan: RosterPlan, times: ShiftTimes) -> tuple[FillShift, ...]:
    led = frozenset(plan.rules.led_shifts)
    return tuple(
        FillShift(
            template.id,
            template.duration_minute,
            is_work=template.kind is ShiftKind.WORK,
            is_night=template.id in times.nights,
            is_overnight=template.id in times.overnight,
            starts_in_morning=template.id in times.mornings,
            needs_supervisor=template.kind is ShiftKind.WORK and template.code in led,
        )
        for template in plan.templates
        if template.kind is not ShiftKind.ABSENCE
    )


def _day(plan: RosterPlan, on: date) -> FillDay:
    kind = plan.day_types[on]
    return FillDay(on, is_weekend=kind in REST_DAYS, is_holiday=kind == DayType.HOLIDAY.value)


def _needs(plan: RosterPlan, times: ShiftTimes, days: Sequence[date]) -> Iterator[FillNeed]:
    usable = {
        (key, on) for key in times.work | times.standby for on in days if times.templates[key].holds_on(on)
    }
    teams: dict[tuple[TemplateId, TeamId | None], dict[str, int]] = {}
    for rule in plan.coverage:
        teams.setdefault((rule.template_id, rule.team_id), {})[rule.day_type] = rule.minimum
    skills: dict[tuple[TemplateId, SkillId, SkillLevel], dict[str, int]] = {}
    for need in plan.skill_needs:
        skills.setdefault((need.template_id, need.skill_id, need.level), {})[need.day_type] = need.minimum
    for on in days:
        for (template_id, team_id), by_type in teams.items():
            minimum = asked_for(plan.day_types[on], by_type) or 0
            minimum = max(minimum, plan.load_needs.get((template_id, team_id, on), 0))
            if minimum and (template_id, on) in usable:
                people = frozenset(_of_team(plan, team_id, on))
                yield FillNeed(on, template_id, minimum, people, team_id)
        for (template_id, skill_id, level), by_type in skills.items():
            minimum = asked_for(plan.day_types[on], by_type) or by_type.get("", 0)
            if minimum and (template_id, on) in usable:
                able = frozenset(each.id for each in plan.people if _is_able(each, skill_id, level))
                yield FillNeed(on, template_id, minimum, able, None, skill_id)


def _of_team(plan: RosterPlan, team_id: TeamId | None, on: date) -> Iterator[PersonId]:
    for person in plan.people:
        cell = plan.cells.get((person.id, on))
        team = cell.team_id if cell is not None and cell.team_id is not None else person.team_id
        if team_id is None or team == team_id:
            yield person.id


def _is_able(person: RosterPerson, skill_id: SkillId, level: SkillLevel) -> bool:
    has = person.skills.get(skill_id, SkillLevel.UNSKILLED)
    return _LEVELS.index(has) >= _LEVELS.index(level)


def _people(
    plan: RosterPlan,
    times: ShiftTimes,
    days: Sequence[date],
    shares: Iterable[FairShare],
    *,
    is_to_contract: bool,
) -> Iterator[FillPerson]:
    debts = debts_of(shares)
    full = plan.rules.full_time_hours * 60
    for person in plan.people:
        away = frozenset(on for on in days if not person.is_employed(on) or _on_leave(plan, person.id, on))
        agreed = full if person.contract_minutes is None else person.contract_minutes
        target = agreed * (len(days) - len(away)) // _WEEK
        yield FillPerson(
            person.id,
            person.team_id,
            person.can_lead,
            away,
            frozenset(_barred(plan, times, person, days)),
            share=max(1, round(100 * agreed / full)),
            target_minutes=target if is_to_contract else None,
            nights_most=person.nights_most,
            debts=debts.get(person.id, Debts()),
        )


def _on_leave(plan: RosterPlan, person_id: PersonId, on: date) -> bool:
    return any(leave.person_id == person_id and leave.first <= on <= leave.last for leave in plan.leaves)


def _barred(
    plan: RosterPlan, times: ShiftTimes, person: RosterPerson, days: Sequence[date]
) -> Iterator[tuple[date, TemplateId]]:
    for on in days:
        kind = plan.day_types[on]
        for template_id in times.work:
            is_night = person.no_nights and template_id in times.nights
            is_weekend = person.no_weekends and kind in REST_DAYS
            is_holiday = person.no_holidays and kind in _HOLIDAYS
            if is_night or is_weekend or is_holiday:
                yield on, template_id


def debts_of(shares: Iterable[FairShare]) -> dict[PersonId, Debts]:
    """Return how far everybody is from their fair part of the ledger, no more than is repaid in one go.

    Compared are people of the same team, as the ledger does; in what somebody is spared they owe nothing.
    """
    ledger = list(shares)
    nights = _debts([(each, each.nights) for each in ledger if NIGHTS not in each.spared], _MOST_DEBT.nights)
    weekends = _debts(
        [(each, each.weekends) for each in ledger if WEEKENDS not in each.spared], _MOST_DEBT.weekends
    )
    holidays = _debts(
        [(each, each.holidays) for each in ledger if HOLIDAYS not in each.spared], _MOST_DEBT.holidays
    )
    minutes = _debts([(each, each.minutes) for each in ledger], _MOST_DEBT.minutes)
    return {
        each.person_id: Debts(
            nights.get(each.person_id, 0),
            weekends.get(each.person_id, 0),
            holidays.get(each.person_id, 0),
            minutes.get(each.person_id, 0),
        )
        for each in ledger
    }


def _debts(done: Sequence[tuple[FairShare, int]], most: int) -> dict[PersonId, int]:
    # Who did nothing at all was not on the roster; they owe nothing for a time before they came.
    there = [(share, count) for share, count in done if share.minutes > 0 and share.weight > 0]
    weights: dict[TeamId | None, float] = {}
    totals: dict[TeamId | None, int] = {}
    for share, count in there:
        weights[share.team_id] = weights.get(share.team_id, 0) + share.weight
        totals[share.team_id] = totals.get(share.team_id, 0) + count
    return {
        share.person_id: _within(count - totals[share.team_id] * share.weight / weights[share.team_id], most)
        for share, count in there
    }


def _within(debt: float, most: int) -> int:
    return max(-most, min(most, round(debt)))

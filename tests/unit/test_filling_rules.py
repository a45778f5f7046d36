"""Filled rosters against the roster's own rules, against trying everything, and at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.entities.filled import FillStatus
from app.models.entities.filling import (
    Debts,
    FillCell,
    FillMeasure,
    FillMode,
    FillNeed,
    FillRule,
    FillWish,
    Instance,
)
from app.models.entities.roster import Assignment, CoverageRule, RosterPerson
from app.services.filling.lines import Board
from app.services.filling.running import fill
from app.services.filling.scoring import all_lines, broken, score
from app.services.roster.rules import RosterLimits, coverage_counts, violations
from tests.support.filling import (
    DAY,
    LONDON,
    MONDAY,
    NIGHT,
    OFFICE,
    SHANGHAI,
    TEMPLATES,
    day,
    kept,
    month,
    people,
    problem,
    rules,
)

D, N, G = DAY.id, NIGHT.id, OFFICE.id


def filled(asked, seconds=10.0):
    found = fill(asked, limit_seconds=seconds)
    assert found.has_roster
    return found


def filled_somehow(asked):
    """The first roster that is found, however good it is: what any roster must be, it is."""
    heard = []
    found = fill(asked, heard.append, lambda: bool(heard and heard[-1].solutions), limit_seconds=60)
    assert found.has_roster
    return found


def line_of(found, person, asked):
    letters = {D: "D", N: "N", G: "G"}
    cells = (found.cells.get((person, each.on)) for each in asked.days)
    return "".join(letters[cell.template_id] if cell else "." for cell in cells)


def assignments(asked, cells):
    everything = {**asked.kept, **cells}
    return {
        key: Assignment(key[0], key[1], cell.template_id, cell.is_lead, 1) for key, cell in everything.items()
    }


def hard_cost(lines, cells):
    """The cost of cells, None where they break a hard rule: counted without the solver."""
    hard = [line for line in lines if line.is_hard]
    if broken(hard, cells):
        return None
    return sum(line.cost for line in score(lines, cells))


def cheapest_by_trying(asked):
    """The least cost over every way to fill the cells, leaders included."""
    board = Board(asked)
    choices = []
    for key, slots in board.slots.items():
        each = [None]
        for slot in slots:
            each.append((key, FillCell(slot.template_id)))
            if slot in board.leads:
                each.append((key, FillCell(slot.template_id, True)))
        choices.append(each)
    shown = set(board.days)
    stays = {key: cell for key, cell in board.kept.items() if key[1] in shown}
    lines = all_lines(board)
    costs = (
        hard_cost(lines, {**stays, **dict(cell for cell in chosen if cell)}) for chosen in product(*choices)
    )
    return min((cost for cost in costs if cost is not None), default=None)


def small_problem(size, wishes, debts, mode):
    """So small that everything can be tried: some with leaders, some with days off that stand together."""
    length, count, leaders = size
    staff = tuple(
        replace(person, debts=Debts(nights=debts[index], minutes=debts[index] * 300))
        for index, person in enumerate(people(count, leaders=leaders))
    )
    return problem(
        length,
        staff,
        {D: 1, N: 1},
        is_led=leaders > 0,
        rules=rules(nights_in_a_row=("hard", 1), days_off="soft"),
        wishes=tuple(FillWish(1 + who % count, day(when % length), what) for who, when, what in wishes),
        mode=mode,
        present=kept((1, day(0), D), (2, day(length - 1), N)),
    )


small = st.builds(
    small_problem,
    st.sampled_from([(2, 2, 2), (2, 3, 0), (3, 2, 0), (1, 4, 2)]),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from([None, D, N])), max_size=3),
    st.lists(st.integers(-2, 2), min_size=4, max_size=4),
    st.sampled_from(FillMode),
)


@pytest.mark.long
@settings(max_examples=12, deadline=None, derandomize=True)
@given(small)
def test_the_solver_finds_what_trying_everything_finds(asked):
    cheapest = cheapest_by_trying(asked)

    found = fill(asked, limit_seconds=10)

    assert (found.status is FillStatus.OPTIMAL, found.cost) == (cheapest is not None, cheapest)


@pytest.mark.long
@settings(max_examples=10, deadline=None, derandomize=True)
@given(st.integers(5, 9), st.integers(3, 8), st.integers(2, 4), st.integers(1, 2))
def test_whatever_is_filled_breaks_no_rule_of_the_roster(count, length, leaders, nights):
    asked = problem(
        length,
        people(count, leaders=leaders),
        {D: 1, N: 1},
        is_led=True,
        rules=rules(nights_in_a_row=("hard", nights)),
        kept=kept((1, day(-1), N), (2, day(-1), D)),
    )

    found = fill(asked, limit_seconds=3)
    cells = assignments(asked, found.cells) if found.has_roster else {}
    shown = [each.on for each in asked.days] if found.has_roster else []

    staff = [RosterPerson(person.id, "", None, "", 0) for person in asked.people]
    needs = [CoverageRule(shift, None, "workday", 1) for shift in (D, N)]
    counts = coverage_counts(needs, shown, dict.fromkeys(shown, "workday"), cells, staff, TEMPLATES.values())
    assert violations(cells, TEMPLATES, shown, SHANGHAI, RosterLimits(nights_in_a_row=nights)) == []
    assert [each for each in counts if each.is_gap] == []


def test_what_it_costs_is_what_counting_says():
    asked = month()

    found = filled_somehow(asked)

    assert hard_cost(all_lines(Board(asked)), found.cells) == found.cost
    assert found.cost >= found.bound


def test_four_weeks_of_twelve_people_are_filled_without_a_broken_rule_or_an_it_night():
    asked = month()

    found = filled_somehow(asked)

    shown = [each.on for each in asked.days]
    assert violations(assignments(asked, found.cells), TEMPLATES, shown, SHANGHAI, RosterLimits()) == []
    assert "N" not in line_of(found, 11, asked) + line_of(found, 12, asked)
    assert not [on for who, on in found.cells if who > 10 and date(2026, 10, 1) <= on <= date(2026, 10, 7)]


def test_one_worker_gives_the_same_roster_for_the_same_problem():
    asked = problem(4, people(6), {D: 1, N: 1})

    assert fill(asked, workers=1).cells == fill(asked, workers=1).cells


def test_wishes_are_met_where_nothing_stands_against_them():
    wishes = (FillWish(1, day(0), N), FillWish(2, day(1), None), FillWish(3, day(2), D))
    asked = problem(3, people(6), {D: 1, N: 1}, wishes=wishes)

    found = filled(asked)

    assert [line_of(found, 1, asked)[0], line_of(found, 3, asked)[2]] == ["N", "D"]
    assert (2, day(1)) not in found.cells


def test_a_debt_of_nights_is_repaid_by_those_who_owe_them():
    staff = tuple(replace(person, debts=Debts(nights=2 if person.id <= 2 else 0)) for person in people(4))
    asked = problem(4, staff, {N: 1}, templates=(NIGHT,))

    found = filled(asked)

    assert "N" not in line_of(found, 1, asked) + line_of(found, 2, asked)


def test_a_kept_cell_stays_and_counts():
    asked = problem(2, people(3), {D: 1}, templates=(DAY,), kept=kept((2, day(0), D)))

    found = filled(asked)

    assert found.cells[2, day(0)] == FillCell(D)
    assert not [change for change in found.changes if change.on == day(0)]


def test_a_kept_cell_that_breaks_a_rule_itself_does_not_stop_the_rest():
    asked = problem(2, people(3), {D: 1, N: 1}, kept=kept((1, day(-1), N), (1, day(0), D)))

    assert filled(asked).cells[1, day(0)] == FillCell(D)


def test_the_night_before_the_stretch_gives_its_rest():
    asked = problem(1, people(2), {D: 1}, templates=(DAY, NIGHT), kept=kept((1, day(-1), N)))

    assert list(filled(asked).cells) == [(2, day(0))]


def test_what_is_already_planned_after_the_stretch_is_respected():
    asked = problem(1, people(2), {N: 1}, templates=(DAY, NIGHT), kept=kept((1, day(1), D)))

    assert list(filled(asked).cells) == [(2, day(0))]


def test_somebody_who_falls_sick_is_replaced_with_as_few_changes_as_possible():
    asked = problem(10, people(7, leaders=4), {D: 2, N: 1}, is_led=True)
    whole = filled_somehow(asked)
    lost = {on for who, on in whole.cells if who == 6}
    staff = tuple(
        replace(person, away=frozenset(each.on for each in asked.days)) if person.id == 6 else person
        for person in asked.people
    )

    found = filled(replace(asked, people=staff, present=whole.cells, mode=FillMode.REPAIR), seconds=8.0)

    # One change for each shift lost, and at most one for whoever takes it.
    assert len(found.changes) <= 2 * len(lost)
    assert not [on for who, on in found.cells if who == 6]


def test_a_repair_of_a_whole_roster_changes_nothing():
    asked = problem(5, people(6, leaders=3), {D: 1, N: 1}, is_led=True)
    whole = filled(asked)

    found = filled(replace(asked, present=whole.cells, mode=FillMode.REPAIR))

    assert found.changes == ()


def test_only_holes_are_filled_where_that_is_asked():
    present = kept((1, day(0), D), (1, day(1), D))
    asked = problem(2, people(3), {D: 1, N: 1}, present=present, mode=FillMode.HOLES)

    found = filled(asked)

    assert {key: found.cells[key] for key in present} == present
    assert {change.before for change in found.changes} == {None}


def test_rest_is_counted_in_real_hours_when_the_clocks_change():
    """From 19:30 to 07:00 are eleven hours and a half, and an hour less in the night of the change."""
    late = replace(OFFICE, start_minute=18 * 60 + 30, duration_minute=60)
    early = replace(DAY, start_minute=7 * 60, duration_minute=60)
    spring = date(2026, 3, 28)
    chosen = {"zone": LONDON, "templates": (early, late), "rules": rules(rest=("hard", 11 * 60 + 15))}
    before, changed = kept((1, spring - timedelta(days=1), G)), kept((1, spring, G))

    usual = fill(problem(1, people(1), {D: 1}, first=spring, kept=before, **chosen))
    change = fill(problem(1, people(1), {D: 1}, first=spring + timedelta(days=1), kept=changed, **chosen))

    assert (usual.status, change.status) == (FillStatus.OPTIMAL, FillStatus.INFEASIBLE)


def test_a_month_with_a_change_of_the_clocks_keeps_every_rule():
    first = date(2026, 10, 12)
    asked = problem(21, people(8, leaders=4), {D: 2, N: 1}, first=first, zone=LONDON, is_led=True)

    found = filled_somehow(asked)

    shown = [each.on for each in asked.days]
    assert violations(assignments(asked, found.cells), TEMPLATES, shown, LONDON, RosterLimits()) == []


def test_limits_of_hours_hold():
    asked = problem(7, people(4), {D: 1, N: 1}, rules=rules(week_hours=("hard", 48 * 60)))

    found = filled(asked)

    assert max(len(line_of(found, who, asked).replace(".", "")) for who in range(1, 5)) <= 4


def test_days_off_stand_together_where_that_is_a_rule():
    asked = problem(10, people(5), {D: 1, N: 1}, rules=rules(days_off=("hard", 2)))

    found = filled(asked)

    lines = [line_of(found, who, asked).replace("N", "D") for who in range(1, 6)]
    assert not [line for line in lines if "D.D" in line]


def test_a_skill_is_there_on_every_shift_that_needs_it():
    skilled = tuple(FillNeed(day(count), D, 1, frozenset({3}), skill_id=9) for count in range(2))
    asked = problem(2, people(3), {D: 1}, templates=(DAY,))

    found = filled(replace(asked, needs=asked.needs + skilled))

    assert line_of(found, 3, asked) == "DD"


def test_a_soft_rule_is_broken_rather_than_giving_up_and_is_counted():
    asked = problem(1, people(1), {D: 2}, templates=(DAY,), rules=rules(coverage="soft"))

    found = filled(asked)

    rules_broken = {line.measure: line.amount for line in found.after}[FillMeasure.RULES]
    assert (list(found.cells), rules_broken) == ([(1, day(0))], 1)


def test_an_exception_lets_one_rule_give_way_at_one_place():
    asked = problem(1, people(1), {D: 1}, templates=(DAY, NIGHT), kept=kept((1, day(-1), N)))
    instance = Instance(FillRule.DAY_AFTER_NIGHT, day(0), 1, D)

    found = filled(replace(asked, excepted=frozenset({instance})))

    assert list(found.cells) == [(1, day(0))]


def test_an_exception_lets_somebody_work_against_what_was_agreed():
    staff = people(1, barred=frozenset({(day(0), N), (day(1), N)}))
    asked = problem(2, staff, {N: 1}, templates=(NIGHT,), rules=rules(coverage="soft"))
    instance = Instance(FillRule.ELIGIBILITY, day(1), 1, N)

    found = filled(replace(asked, excepted=frozenset({instance})))

    assert list(found.cells) == [(1, day(1))]


def test_agreements_that_only_warn_are_broken_where_nobody_else_is_there():
    staff = people(1, barred=frozenset({(day(0), N)}))

    found = filled(problem(1, staff, {N: 1}, templates=(NIGHT,), rules=rules(eligibility="soft")))

    assert list(found.cells) == [(1, day(0))]


@pytest.mark.parametrize("asked", [problem(1, (), {}), problem(1, people(2), {})])
def test_nothing_to_fill_is_filled_at_once(asked):
    found = fill(asked)

    assert (found.status, dict(found.cells)) == (FillStatus.OPTIMAL, {})


def test_dates_that_are_not_asked_for_are_never_among_the_changes():
    asked = problem(4, people(5), {D: 1, N: 1}, kept=kept((1, MONDAY - timedelta(days=1), D)))

    found = filled(asked)

    assert {change.on for change in found.changes} <= {each.on for each in asked.days}

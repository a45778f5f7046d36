"""A roster filled from the store: what is touched, what is taken over, and taken back as one stroke."""

from __future__ import annotations

import io
import json
import uuid
from datetime import date, timedelta

import pytest

from app.cli import filling as command_line
from app.cli.env import Env
from app.cli.parser import CommandParser
from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.filled import FillCode, FillStatus
from app.models.entities.filling import FillMode
from app.models.entities.roster import PaintedCell
from app.models.store import Operation
from app.services.base.context import Actor
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.filling.commands import apply_fill
from app.services.filling.problems import strokes
from app.services.filling.queries import fill_problem
from app.services.filling.running import fill
from app.services.roster.checks import RosterChecks
from app.services.roster.commands import paint_cells
from app.services.roster.plan_queries import plan
from tests.support.site import set_up_site

TODAY = date(2026, 11, 20)
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)


def insert(ctx, table, **columns):
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    return ctx.store.write(operation, lambda tx: tx.insert(table, columns))


@pytest.fixture
def desk(ctx, make):
    """Six people of one team, a day and a night shift, one of each needed every day."""
    set_up_site(ctx)
    team = make.team(name="First line")
    shifts = {
        "D": make.shift_template("D", name="Day", duration_minute=720),
        "N": make.shift_template("N", name="Night", start_minute=1200, duration_minute=720, tone="n"),
    }
    for shift in shifts.values():
        for kind in ("workday", "weekend"):
            insert(ctx, "coverage_rule", template_id=shift.id, team_id=team.id, day_type=kind, minimum=1)
    leads = make.role(code="duty_supervisor")
    people = [
        make.agent(name=f"Person {number}", teams=(team,), roles=(leads,) if number < 4 else ())
        for number in range(6)
    ]
    return shifts, people


def ask(ctx, **choices):
    return fill_problem(ctx, FIRST, LAST, **choices)


def gaps(ctx, first=FIRST, last=LAST):
    return [count for count in RosterChecks(plan(ctx, first, last)).counts if count.is_gap]


def take_over(ctx, asked):
    found = fill(asked.problem, limit_seconds=5)
    return found, apply_fill(ctx, strokes(found.changes, asked.cells))


def test_a_week_is_filled_and_nothing_is_missing(ctx, desk):
    found, _ = take_over(ctx, ask(ctx))

    assert found.has_roster
    assert gaps(ctx) == []


def test_it_is_taken_back_as_one_stroke(ctx, desk):
    _, outcome = take_over(ctx, ask(ctx))

    outcome.undo.run()

    assert {key: cell for key, cell in plan(ctx, FIRST, LAST).cells.items() if FIRST <= key[1] <= LAST} == {}


def test_nothing_before_today_is_part_of_it(ctx, desk):
    shifts, people = desk
    paint_cells(ctx, [PaintedCell(people[0].id, TODAY - timedelta(days=3), shifts["D"].id)])

    asked = fill_problem(ctx, TODAY - timedelta(days=5), LAST)

    assert asked.problem.days[0].on == TODAY
    assert (people[0].id, TODAY - timedelta(days=3)) in asked.problem.kept


def test_fixed_cells_and_absences_stay(ctx, desk, make):
    shifts, people = desk
    leave = make.shift_template("V", name="Leave", kind="absence", duration_minute=0)
    paint_cells(
        ctx,
        [
            PaintedCell(people[0].id, FIRST, shifts["N"].id, is_fixed=True),
            PaintedCell(people[1].id, FIRST, leave.id),
            PaintedCell(people[2].id, FIRST, shifts["D"].id),
        ],
    )

    problem = ask(ctx).problem

    assert {key[0] for key in problem.kept} == {people[0].id, people[1].id}
    assert {key[0] for key in problem.present} == {people[2].id}


def test_who_has_no_nights_by_agreement_gets_none(ctx, desk):
    shifts, people = desk
    insert(ctx, "work_terms", person_id=people[0].id, no_nights=True)

    found, _ = take_over(ctx, ask(ctx))

    nights = {who for (who, _on), cell in found.cells.items() if cell.template_id == shifts["N"].id}
    assert people[0].id not in nights


def test_somebody_away_is_repaired_with_few_changes(ctx, desk, make):
    take_over(ctx, ask(ctx))
    sick = make.shift_template("K", name="Sick", kind="absence", duration_minute=0)
    before = plan(ctx, FIRST, LAST).cells
    key = min((key for key in before if key[1] >= FIRST), key=lambda each: (each[1], each[0]))
    paint_cells(ctx, [PaintedCell(key[0], key[1], sick.id, before=before[key].template_id)])

    found, _ = take_over(ctx, ask(ctx, mode=FillMode.REPAIR))

    assert (gaps(ctx), len(found.changes) <= 3) == ([], True)


def test_a_cell_painted_meanwhile_refuses_the_whole_stroke(ctx, desk):
    shifts, _ = desk
    asked = ask(ctx)
    found = fill(asked.problem, limit_seconds=5)
    change = found.changes[0]
    paint_cells(ctx, [PaintedCell(change.person_id, change.on, shifts["D"].id)])

    with pytest.raises(StaleRecord):
        apply_fill(ctx, strokes(found.changes, asked.cells))

    assert len([key for key in plan(ctx, FIRST, LAST).cells if FIRST <= key[1] <= LAST]) == 1


def test_dates_that_are_over_are_refused(ctx, desk):
    with pytest.raises(RuleViolation, match=r"filling\.stretch_over"):
        fill_problem(ctx, TODAY - timedelta(days=9), TODAY - timedelta(days=2))


def test_more_than_two_months_are_refused(ctx, desk):
    with pytest.raises(RuleViolation, match=r"filling\.stretch_long"):
        fill_problem(ctx, FIRST, FIRST + timedelta(days=90))


def test_a_desk_without_people_is_told(ctx):
    set_up_site(ctx)

    with pytest.raises(RuleViolation, match=r"filling\.nobody"):
        ask(ctx)


def test_shifts_that_need_nobody_are_told(ctx, make):
    set_up_site(ctx)
    make.agent(name="Wang Fang", teams=(make.team(name="First line"),))

    with pytest.raises(RuleViolation, match=r"filling\.no_needs"):
        ask(ctx)


def test_rules_that_warn_must_hold_only_where_that_is_asked(ctx, desk):
    """Nobody is left to lead the night once all who may are away."""
    _, people = desk
    for person in people[:4]:
        insert(ctx, "work_terms", person_id=person.id, left_on=TODAY.isoformat())

    usual, strict = (fill(ask(ctx, is_strict=asked).problem, limit_seconds=5) for asked in (False, True))

    assert (usual.has_roster, strict.status) == (True, FillStatus.INFEASIBLE)
    assert FillCode.TOO_FEW_LEADERS in {reason.code for reason in strict.explanation.checks}


def test_the_command_line_fills_a_month_and_applies_it(ctx, desk):
    said = io.StringIO()
    parser = CommandParser()
    command_line.register(parser.add_subparsers())
    env = Env(
        url="",
        texts=Texts("en"),
        clock=ctx.clock,
        bus=EventBus(),
        open=lambda _url: ctx,
        explain=lambda error: error.code,
        show=lambda _pictures: 0,
        is_json=True,
        out=said,
    )

    code = command_line.run(parser.parse_args(["fill", "2026-12", "--seconds", "2", "--apply"]), env)

    answer = json.loads(said.getvalue())
    assert (code, answer["is_applied"]) == (0, True)
    assert gaps(ctx, date(2026, 12, 1), date(2026, 12, 31)) == []


def test_a_reader_of_the_roster_may_not_fill_it(ctx, desk):
    reader = ctx.acting_as(Actor(None, "reader", frozenset({"roster.read"}), "pc"))

    with pytest.raises(NotAllowed):
        ask(reader)

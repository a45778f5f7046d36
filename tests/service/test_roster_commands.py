"""Painting, leading, publishing, notes, and who is on duty, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.events import RosterChanged
from app.models.entities.roster import PaintedCell
from app.services.roster import commands, queries
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
AFTERNOON = datetime(2026, 11, 20, 6, tzinfo=UTC)  # 14:00 in Shanghai


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


@pytest.fixture
def wang(make):
    team = make.team(name="First line")
    return make.agent(name="Wang Fang", teams=(team,))


def shown(ctx):
    roster = queries.roster(ctx, FRIDAY, FRIDAY)
    return {(cell.person_id, cell.template_id) for cell in roster.cells.values()}


def test_a_stroke_paints_is_announced_and_can_be_taken_back(ctx, day, wang, announced):
    announced.clear()

    outcome = commands.paint_cells(ctx, [PaintedCell(wang.id, FRIDAY, day.id)])

    assert shown(ctx) == {(wang.id, day.id)}
    assert RosterChanged() in announced
    outcome.undo.run()
    assert shown(ctx) == set()


def test_a_cell_painted_by_somebody_else_meanwhile_refuses_the_whole_stroke(ctx, other_ctx, day, wang, make):
    other = make.agent(teams=(make.team(),))
    commands.paint_cells(other_ctx, [PaintedCell(wang.id, FRIDAY, day.id)])

    with pytest.raises(StaleRecord):
        commands.paint_cells(
            ctx, [PaintedCell(other.id, FRIDAY, day.id), PaintedCell(wang.id, FRIDAY, day.id)]
        )

    assert shown(ctx) == {(wang.id, day.id)}


def test_who_is_on_duty_at_an_instant_with_the_supervisor_first(ctx, day, wang, make):
    helper = make.agent(name="An Li", teams=(make.team(name="Field"),))
    for person in (wang, helper):
        commands.paint_cells(ctx, [PaintedCell(person.id, FRIDAY, day.id)])
    commands.name_supervisor(ctx, person_id=wang.id, on_date=FRIDAY, is_supervisor=True)

    found = queries.on_duty_at(ctx, AFTERNOON)

    assert [(one.person_name, one.is_supervisor) for one in found] == [("Wang Fang", True), ("An Li", False)]
    assert queries.on_duty_at(ctx, AFTERNOON.replace(hour=13)) == []


def test_there_is_one_duty_supervisor_a_shift(ctx, day, wang, make):
    other = make.agent(teams=(make.team(),))
    for person in (wang, other):
        commands.paint_cells(ctx, [PaintedCell(person.id, FRIDAY, day.id)])
        commands.name_supervisor(ctx, person_id=person.id, on_date=FRIDAY, is_supervisor=True)

    leading = [one.person_id for one in queries.on_duty_at(ctx, AFTERNOON) if one.is_supervisor]

    assert leading == [other.id]


def test_nobody_leads_without_a_shift(ctx, wang):
    with pytest.raises(RuleViolation):
        commands.name_supervisor(ctx, person_id=wang.id, on_date=FRIDAY, is_supervisor=True)


def test_a_month_is_published_and_taken_back(ctx):
    done = commands.publish_month(ctx, "2026-11", anyway=True)
    published = queries.roster(ctx, FRIDAY, FRIDAY).is_published

    done.undo.run()

    assert published
    assert not queries.roster(ctx, FRIDAY, FRIDAY).is_published


def test_a_note_waits_for_the_next_shift_until_it_is_done(ctx, day):
    ctx.clock.set(AFTERNOON)
    note = commands.leave_note(ctx, "Tape 4 is missing")
    (left,) = queries.shift_notes(ctx)

    commands.mark_note(ctx, note.id, is_done=True)

    assert (left.text, left.on_date, left.template_id) == ("Tape 4 is missing", FRIDAY, day.id)
    assert queries.shift_notes(ctx) == []

"""Shifts and their coverage are added, changed together, retired and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput, NotAllowed, NotFound, StaleRecord
from app.models.entities.events import Event, RosterChanged
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import ShiftKind
from app.services.base.context import Actor, Context
from app.services.roster.queries import shift_templates
from app.services.roster.template_commands import add_shift, edit_shift, set_shift_active
from app.services.roster.template_details import Need, ShiftDetails
from app.services.roster.template_queries import Shift, shifts
from tests.support.factories import Make
from tests.support.site import set_up_site

EARLY = ShiftDetails("E", "Early", "早班", start_minute=6 * 60, duration_minute=9 * 60)


@pytest.fixture(autouse=True)
def site(ctx: Context) -> None:
    set_up_site(ctx)


def stored(ctx: Context, shift_id: int | None) -> Shift:
    return next(shift for shift in shifts(ctx) if shift.id == shift_id)


def test_a_shift_is_added_with_the_people_it_needs(ctx: Context, make: Make, announced: list[Event]) -> None:
    team = TeamId(make.team().id)
    needs = (Need(team, DayType.WORKDAY, 2), Need(None, DayType.WEEKEND, 1))

    made = add_shift(ctx, replace(EARLY, needs=needs))

    shift = stored(ctx, made.id)
    assert (shift.template.name_alt, shift.template.start_minute) == ("早班", 360)
    assert {(rule.team_id, rule.day_type, rule.minimum) for rule in shift.coverage} == {
        (team, "workday", 2),
        (None, "weekend", 1),
    }
    assert RosterChanged() in announced


def test_a_changed_shift_and_its_coverage_are_taken_back_together(ctx: Context) -> None:
    made = add_shift(ctx, replace(EARLY, needs=(Need(None, DayType.WORKDAY, 2),)))

    changed = edit_shift(ctx, TemplateId(made.id or 0), replace(EARLY, name="Dawn", needs=()), version=1)
    assert stored(ctx, made.id).coverage == ()
    assert changed.undo is not None
    changed.undo.run()

    shift = stored(ctx, made.id)
    assert shift.template.name == "Early"
    assert [rule.minimum for rule in shift.coverage] == [2]


def test_a_need_that_stands_twice_counts_once_with_the_larger_number(ctx: Context) -> None:
    needs = (Need(None, DayType.WORKDAY, 2), Need(None, DayType.WORKDAY, 3))

    made = add_shift(ctx, replace(EARLY, needs=needs))

    assert [rule.minimum for rule in stored(ctx, made.id).coverage] == [3]


def test_an_absence_needs_nobody(ctx: Context) -> None:
    leave = ShiftDetails("V", "Leave", kind=ShiftKind.ABSENCE, duration_minute=0)

    made = add_shift(ctx, replace(leave, needs=(Need(None, DayType.WORKDAY, 1),)))

    assert stored(ctx, made.id).coverage == ()


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (replace(EARLY, code=" "), "settings.code_missing"),
        (replace(EARLY, code="EARLY"), "catalogue.text_too_long"),
        (replace(EARLY, name=""), "settings.name_missing"),
        (replace(EARLY, duration_minute=0), "calendar.window_impossible"),
        (replace(EARLY, start_minute=1440), "calendar.window_impossible"),
        (replace(EARLY, needs=(Need(None, DayType.WORKDAY, 0),)), "settings.out_of_range"),
    ],
)
def test_what_cannot_be_planned_with_is_refused(ctx: Context, details: ShiftDetails, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        add_shift(ctx, details)

    assert refused.value.code == code
    assert shifts(ctx) == []


def test_a_code_is_taken_once(ctx: Context) -> None:
    add_shift(ctx, EARLY)

    with pytest.raises(BadInput) as refused:
        add_shift(ctx, replace(EARLY, name="Another"))

    assert refused.value.code == "settings.code_taken"


def test_a_retired_shift_is_planned_with_no_longer(ctx: Context) -> None:
    made = add_shift(ctx, EARLY)  # it is evening: the shift of today is over, and nobody was planned

    retired = set_shift_active(ctx, TemplateId(made.id or 0), version=1, is_active=False)

    assert shift_templates(ctx) == []
    assert not stored(ctx, made.id).is_active
    assert retired.undo is not None
    retired.undo.run()
    assert len(shift_templates(ctx)) == 1


def test_a_late_change_is_refused(ctx: Context) -> None:
    made = TemplateId(add_shift(ctx, EARLY).id or 0)
    edit_shift(ctx, made, replace(EARLY, name="Dawn"), version=1)

    with pytest.raises(StaleRecord):
        edit_shift(ctx, made, replace(EARLY, name="Morning"), version=1)
    with pytest.raises(NotFound):
        edit_shift(ctx, TemplateId(999), EARLY, version=1)


def test_shifts_are_settings(ctx: Context) -> None:
    planner = ctx.acting_as(Actor(None, "planner", frozenset({"roster.read", "roster.edit"}), "pc"))

    with pytest.raises(NotAllowed):
        add_shift(planner, EARLY)

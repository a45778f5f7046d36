"""What the page of requests and its popups are handed at once: several queries, one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import LeaveDetails, LeaveEffect, LeaveRequest, ShiftSwap, Substitute
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.base.context import Context
from app.services.base.names import named
from app.services.leave.effect_queries import leave_effect, substitutes
from app.services.leave.queries import all_shifts, leave_requests
from app.services.leave.swap_queries import swaps
from app.services.people.queries import staff_directory
from app.services.roster.queries import roster
from app.services.roster.rules import shift_span
from app.services.settings import declared
from app.services.settings.queries import site_settings

_TAKEN_BACK, _TAKEN_AHEAD = timedelta(days=1), timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the lists show. `grace` is how long whoever took a shift may put it back."""

    leaves: Sequence[LeaveRequest]
    swaps: Sequence[ShiftSwap]
    shifts: Mapping[TemplateId, ShiftTemplate]
    names: Mapping[PersonId, str]
    grace: timedelta


@dataclass(frozen=True, slots=True)
class LeavePreview:
    """What an absence would do, and who could stand in."""

    effect: LeaveEffect
    substitutes: Sequence[Substitute]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a form of an absence lets one choose from: absences in use, and the people of the roster."""

    absences: Sequence[ShiftTemplate]
    people: Sequence[tuple[PersonId, str]]
    names: Mapping[PersonId, str]
    shifts: Mapping[TemplateId, ShiftTemplate]


@dataclass(frozen=True, slots=True)
class Takeable:
    """A colleague's shift that runs or begins soon."""

    person_id: PersonId
    name: str
    on_date: date
    template: ShiftTemplate


def read_desk(ctx: Context) -> Desk:
    """Return what the lists show; whoever may not see the staff gets no names besides those of requests."""
    staff = staff_directory(ctx) if ctx.actor.may("tickets.read") else {}
    return Desk(
        leave_requests(ctx),
        swaps(ctx),
        all_shifts(ctx),
        {key: named(entry, ctx.language) for key, entry in staff.items()},
        timedelta(hours=site_settings(ctx)[declared.TAKE_BACK_HOURS]),
    )


def read_leave_preview(ctx: Context, details: LeaveDetails) -> LeavePreview:
    """Return what an absence would do. Raises what `leave_effect` raises."""
    return LeavePreview(leave_effect(ctx, details), substitutes(ctx, details))


def read_choices(ctx: Context, today: date) -> Choices:
    """Return what there is to choose from."""
    found = roster(ctx, today, today)
    absences = [
        one for one in found.templates if one.kind is ShiftKind.ABSENCE and one.holds_within(today, date.max)
    ]
    people = sorted(((one.id, named(one, ctx.language)) for one in found.people), key=lambda one: one[1])
    shifts = {one.id: one for one in found.templates}
    return Choices(sorted(absences, key=lambda one: one.position), people, dict(people), shifts)


def read_takeable(ctx: Context, today: date, zone: ZoneInfo) -> list[Takeable]:
    """Return colleagues' shifts that run now or begin in the next days, by their start."""
    found = roster(ctx, today - _TAKEN_BACK, today + _TAKEN_AHEAD)
    shifts = {one.id: one for one in found.templates}
    names = {one.id: named(one, ctx.language) for one in found.people}
    now = ctx.clock.now()
    listed = [
        Takeable(person, names[person], on, shifts[cell.template_id])
        for (person, on), cell in found.cells.items()
        if person in names
        and person != ctx.actor.person_id
        and shifts[cell.template_id].kind is not ShiftKind.ABSENCE
        and shift_span(shifts[cell.template_id], on, zone)[1] > now
    ]
    return sorted(listed, key=lambda one: (one.on_date, one.template.start_minute, one.name))

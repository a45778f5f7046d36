"""Whose shifts begin soon, for the reminder before each (U62)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.queries import load_cells, load_templates, site_zone
from app.services.roster.rules import shift_span

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ComingShift:
    """A shift of somebody in use that is still to begin; standby is one too, an absence is none."""

    person_id: PersonId
    on_date: date
    template: ShiftTemplate
    starts_at: datetime
    is_supervisor: bool


@query(permission="roster.read")
def coming_shifts(ctx: Context, read: Reader, ahead: timedelta) -> list[ComingShift]:
    """Return whose shifts begin from now on until `ahead` later, by start and person."""
    return load_coming(read, ctx.clock.now(), ahead)


def load_coming(read: Reader, now: datetime, ahead: timedelta) -> list[ComingShift]:
    """As `coming_shifts`, inside a read or a transaction. What has begun is left out."""
    zone = site_zone(read)
    templates = {each.id: each for each in load_templates(read, include_retired=True)}
    people = {row[0] for row in read.rows("SELECT id FROM person WHERE is_staff = true AND is_active = true")}
    first, last = (instant.astimezone(zone).date() for instant in (now - _DAY, now + ahead))
    found = []
    for (person_id, on), cell in load_cells(read, first, last).items():
        template = templates[cell.template_id]
        starts_at = shift_span(template, on, zone)[0]
        is_duty = template.kind is not ShiftKind.ABSENCE and person_id in people
        if is_duty and now < starts_at <= now + ahead:
            found.append(ComingShift(person_id, on, template, starts_at, cell.is_supervisor))
    return sorted(found, key=lambda one: (one.starts_at, one.person_id))

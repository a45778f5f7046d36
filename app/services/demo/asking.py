"""What a picture of the page of requests needs to know of the demo site's roster."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.entities.roster import ShiftKind
from app.services.base.context import Context
from app.services.roster.queries import roster


def days_worked(ctx: Context, today: date) -> list[date]:
    """Return the dates of the next two weeks on which the reader works."""
    found = roster(ctx, today + timedelta(days=1), today + timedelta(days=14))
    work = {one.id for one in found.templates if one.kind is ShiftKind.WORK}
    mine = (key for key, cell in found.cells.items() if cell.template_id in work)
    return sorted(on for person, on in mine if person == ctx.actor.person_id)

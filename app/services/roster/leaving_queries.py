"""What lies ahead of somebody who leaves the desk."""

from __future__ import annotations

from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.queries import site_zone


@query(permission="people.read")
def shifts_ahead(ctx: Context, read: Reader, person_id: int) -> int:
    """Return on how many dates, today included, somebody is planned."""
    today = ctx.clock.now().astimezone(site_zone(read)).date().isoformat()
    text = "SELECT COUNT(*) FROM assignment WHERE person_id = ? AND on_date >= ?"
    return int(read.value(text, (person_id, today)))

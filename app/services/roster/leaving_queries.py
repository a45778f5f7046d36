"""What lies ahead of somebody who leaves the desk."""

from __future__ import annotations

from app.models.entities.ids import PersonId
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.queries import site_zone
from app.services.roster.strangers import is_last_team


@query(permission="people.read")
def shifts_ahead(ctx: Context, read: Reader, person_id: int) -> int:
    """Return on how many dates, today included, somebody is planned."""
    return _ahead(ctx, read, person_id)


@query(permission="people.read")
def shifts_lost_with_team(ctx: Context, read: Reader, person_id: int, team_id: int) -> int:
    """Return the same where a team is somebody's last one, without which nobody plans them; else 0."""
    if not is_last_team(read, PersonId(person_id), team_id):
        return 0
    return _ahead(ctx, read, person_id)


def _ahead(ctx: Context, read: Reader, person_id: int) -> int:
    today = ctx.clock.now().astimezone(site_zone(read)).date().isoformat()
    text = "SELECT COUNT(*) FROM assignment WHERE person_id = ? AND on_date >= ?"
    return int(read.value(text, (person_id, today)))

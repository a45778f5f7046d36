"""One person's shifts of a stretch of dates, with real hours, team and leader: what they live by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import Assignment, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import name_in, named
from app.services.roster.queries import load_cells, load_people, load_templates, site_zone
from app.services.roster.rules import shift_span


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One shift. `leaders` are the duty supervisors' names; `starts_at` and `ends_at` are real instants."""

    on_date: date
    template: ShiftTemplate
    starts_at: datetime
    ends_at: datetime
    team: str
    leaders: tuple[str, ...]
    is_supervisor: bool


@query(permission="roster.read")
def shifts_of(ctx: Context, read: Reader, person_id: PersonId, first: date, last: date) -> list[OwnShift]:
    """Return what somebody has planned from `first` to `last`, absences too, by date."""
    templates = {template.id: template for template in load_templates(read, include_retired=True)}
    zone = site_zone(read)
    people = {person.id: person for person in load_people(read)}
    teams = {row[0]: name_in(row[1], row[2], ctx.language) for row in read.rows(_TEAMS)}
    cells = load_cells(read, first, last)
    leading: dict[tuple[TemplateId, date], list[str]] = {}
    for (holder, on), cell in cells.items():
        if cell.is_supervisor and holder in people:
            leading.setdefault((cell.template_id, on), []).append(named(people[holder], ctx.language))
    mine = {on: cell for (holder, on), cell in cells.items() if holder == person_id}

    def shown(on: date, cell: Assignment) -> OwnShift:
        begins, ends = shift_span(templates[cell.template_id], on, zone)
        own = people[person_id].team_id if person_id in people else None
        team = teams.get(cell.team_id or own or 0, "")
        led_by = tuple(sorted(leading.get((cell.template_id, on), ())))
        return OwnShift(on, templates[cell.template_id], begins, ends, team, led_by, cell.is_supervisor)

    return [shown(on, mine[on]) for on in sorted(mine)]


_TEAMS = "SELECT id, name, name_alt FROM team"

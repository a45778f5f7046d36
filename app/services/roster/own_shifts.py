"""One person's shifts of a stretch of dates, with real hours, team and leader: what they live by."""

from __future__ import annotations

from collections.abc import Collection
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
from app.services.roster.strangers import load_teamless


@dataclass(frozen=True, slots=True)
class OwnShift:
    """One shift. `leaders` are the duty supervisors' names; `starts_at` and `ends_at` are real instants.

    A draft may still change: its month is not published.
    """

    on_date: date
    template: ShiftTemplate
    starts_at: datetime
    ends_at: datetime
    team: str
    leaders: tuple[str, ...]
    is_supervisor: bool
    is_draft: bool = False


@query(permission="roster.read")
def shifts_of(ctx: Context, read: Reader, person_id: PersonId, first: date, last: date) -> list[OwnShift]:
    """Return what somebody has planned from `first` to `last`, absences too, by date."""
    templates = {template.id: template for template in load_templates(read, include_retired=True)}
    zone = site_zone(read)
    people = {person.id: person for person in load_people(read)} | load_teamless(read, first, last)
    teams = {row[0]: name_in(row[1], row[2], ctx.language) for row in read.rows(_TEAMS)}
    cells = load_cells(read, first, last)
    leading: dict[tuple[TemplateId, date], list[str]] = {}
    for (holder, on), cell in cells.items():
        if cell.is_supervisor and holder in people:
            leading.setdefault((cell.template_id, on), []).append(named(people[holder], ctx.language))
    published = published_months(read)
    mine = {on: cell for (holder, on), cell in cells.items() if holder == person_id}

    def shown(on: date, cell: Assignment) -> OwnShift:
        begins, ends = shift_span(templates[cell.template_id], on, zone)
        own = people[person_id].team_id if person_id in people else None
        team = teams.get(cell.team_id or own or 0, "")
        led_by = tuple(sorted(leading.get((cell.template_id, on), ())))
        is_draft = f"{on:%Y-%m}" not in published
        template = templates[cell.template_id]
        return OwnShift(on, template, begins, ends, team, led_by, cell.is_supervisor, is_draft)

    return [shown(on, mine[on]) for on in sorted(mine)]


@query(permission="roster.read")
def drafts_among(_ctx: Context, read: Reader, months: Collection[str]) -> frozenset[str]:
    """Return which of some months ("2026-12") are not published."""
    return frozenset(months) - published_months(read)


def published_months(read: Reader) -> frozenset[str]:
    """Return the months that are published."""
    rows = read.rows("SELECT month FROM roster_month WHERE is_published = true")
    return frozenset(row[0] for row in rows)


_TEAMS = "SELECT id, name, name_alt FROM team"

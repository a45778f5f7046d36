"""Tickets and training by person, counted by the database; and who the people of a period are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.entities.people_report import PeopleFigures
from app.models.entities.skills import SkillLevel
from app.models.transactions import Reader
from app.services.base.names import name_in
from app.services.calendars.rules import working_time
from app.services.reports.compliance import HOLDER, resolution_by_holder
from app.services.reports.people_period import Period

# Whatever is no work of the desk's is in no figure of it.
_COUNTED = " AND status NOT IN ('cancelled', 'out_of_scope', 'duplicate')"
_WORKED_ON = (
    "SELECT actor_id, COUNT(DISTINCT ticket_id) FROM ticket_event"
    " WHERE at >= ? AND at < ? AND actor_id IS NOT NULL GROUP BY actor_id"
)
_RESOLVED = (
    f"SELECT {HOLDER}, COUNT(*),"
    " COUNT(CASE WHEN type IN ('incident', 'request', 'inquiry') THEN 1 END),"
    " COUNT(CASE WHEN type IN ('incident', 'request', 'inquiry') AND is_first_contact = true THEN 1 END)"
    f" FROM ticket WHERE resolved_at >= ? AND resolved_at < ?{_COUNTED} GROUP BY {HOLDER}"
)
_SOLVED = (
    f"SELECT {HOLDER}, received_at, resolved_at FROM ticket"
    f" WHERE resolved_at >= ? AND resolved_at < ? AND {HOLDER} IS NOT NULL{_COUNTED}"
)
# Whoever it was assigned to when it came back: what the next change of that says it was, else who has it.
_REOPENED = (
    "SELECT ticket.assignee_id, ticket.owner_id, moved.id, moved.old FROM ticket_event again"
    " JOIN ticket ON ticket.id = again.ticket_id"
    " LEFT JOIN ticket_event moved ON moved.id = (SELECT MIN(later.id) FROM ticket_event later"
    " WHERE later.ticket_id = again.ticket_id AND later.id > again.id"
    " AND later.kind = 'changed' AND later.field = 'assignee_id')"
    " WHERE again.at >= ? AND again.at < ? AND again.kind = 'status' AND again.field IN ('refuse', 'reopen')"
)
_OPEN = (
    f"SELECT {HOLDER}, COUNT(*) FROM ticket WHERE is_open = true AND {HOLDER} IS NOT NULL GROUP BY {HOLDER}"
)
_TRAINING = (
    "SELECT person_id, SUM(minutes) FROM training WHERE held_on >= ? AND held_on <= ? GROUP BY person_id"
)
_STAFF = (
    "SELECT person.id, person.name, person.name_alt, person.title, person.is_active, department.name,"
    " department.name_alt, team.name, team.name_alt, team.is_supplier FROM person"
    " LEFT JOIN department ON department.id = person.department_id"
    " LEFT JOIN team_member ON team_member.person_id = person.id"
    " LEFT JOIN team ON team.id = team_member.team_id"
    " WHERE person.is_staff = true"
    " ORDER BY CASE WHEN team.is_supplier = true THEN 1 ELSE 0 END, team.position, team.id, person.id"
)


@dataclass(frozen=True, slots=True)
class Engineer:
    """Somebody of the staff. `is_desk`: active and in a team of the desk, so listed whatever the figures."""

    person_id: PersonId
    name: str
    title: str
    department: str
    team: str
    is_desk: bool
    experts: int = 0
    skilled: int = 0
    joined_on: date | None = None
    left_on: date | None = None


def load_engineers(read: Reader, language: str) -> list[Engineer]:
    """Return the staff in the order of their teams, each in their first; suppliers' people come last."""
    levels: dict[PersonId, dict[str, int]] = {}
    for person_id, level, count in read.rows(
        "SELECT person_id, level, COUNT(*) FROM person_skill JOIN skill ON skill.id = person_skill.skill_id"
        " WHERE skill.is_active = true GROUP BY person_id, level"
    ):
        levels.setdefault(person_id, {})[level] = count
    terms = {
        row[0]: (_date(row[1]), _date(row[2]))
        for row in read.rows(
            "SELECT person_id, joined_on, left_on FROM work_terms WHERE person_id IS NOT NULL"
        )
    }
    found: dict[PersonId, Engineer] = {}
    for row in read.rows(_STAFF):
        if row[0] in found:
            continue
        joined_on, left_on = terms.get(row[0], (None, None))
        has = levels.get(row[0], {})
        found[row[0]] = Engineer(
            row[0],
            name_in(row[1], row[2] or "", language),
            row[3] or "",
            name_in(row[5] or "", row[6] or "", language),
            name_in(row[7] or "", row[8] or "", language),
            is_desk=bool(row[4]) and row[7] is not None and not row[9],
            experts=has.get(SkillLevel.EXPERT.value, 0),
            skilled=has.get(SkillLevel.SKILLED.value, 0),
            joined_on=joined_on,
            left_on=left_on,
        )
    return list(found.values())


def ticket_figures(
    read: Reader, period: Period, calendar: BusinessCalendar
) -> tuple[dict[PersonId, PeopleFigures], int]:
    """Return each person's figures of tickets, and how many were resolved that are nobody's.

    How long solving took is counted in the hours of `calendar`, waiting included.
    """
    span = (to_micros(period.begin), to_micros(period.until))
    found = _Sums()
    unassigned = 0
    for person_id, resolved, eligible, first_contact in read.rows(_RESOLVED, span):
        if person_id is None:
            unassigned = resolved
            continue
        found.add(person_id, PeopleFigures(resolved=resolved, eligible=eligible, first_contact=first_contact))
    for person_id, worked_on in read.rows(_WORKED_ON, span):
        found.add(person_id, PeopleFigures(worked_on=worked_on))
    for person_id, seconds in _solve_seconds(read, span, calendar).items():
        found.add(person_id, PeopleFigures(solve_seconds=seconds))
    for person, tally in resolution_by_holder(read, period.begin, period.until).items():
        if person is not None:
            found.add(person, PeopleFigures(met=tally.met, missed=tally.missed))
    for assignee_id, owner_id, moved, before in read.rows(_REOPENED, span):
        holder = (assignee_id if moved is None else before) or owner_id
        if holder is not None:
            found.add(PersonId(int(holder)), PeopleFigures(reopened=1))
    for person_id, open_now in read.rows(_OPEN):
        found.add(person_id, PeopleFigures(open_now=open_now))
    return found.by_person, unassigned


def training_figures(read: Reader, period: Period) -> dict[PersonId, PeopleFigures]:
    """Return the minutes of training held on the dates of a period, those to come included."""
    rows = read.rows(_TRAINING, (period.first.isoformat(), period.last.isoformat()))
    return {row[0]: PeopleFigures(training_minutes=int(row[1])) for row in rows}


class _Sums:
    def __init__(self) -> None:
        self.by_person: dict[PersonId, PeopleFigures] = {}

    def add(self, person_id: PersonId, figures: PeopleFigures) -> None:
        """Add figures to what is known of a person."""
        self.by_person[person_id] = self.by_person.get(person_id, PeopleFigures()) + figures


def _solve_seconds(read: Reader, span: tuple[int, int], calendar: BusinessCalendar) -> Mapping[PersonId, int]:
    found: dict[PersonId, int] = {}
    for person_id, received_at, resolved_at in read.rows(_SOLVED, span):
        took = working_time(calendar, from_micros(received_at), from_micros(resolved_at))
        found[person_id] = found.get(person_id, 0) + int(took.total_seconds())
    return found


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None

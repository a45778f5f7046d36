"""What was agreed, as its page lists it: departments, then the people who are planned."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ids import PersonId
from app.models.entities.roster import RosterPerson
from app.models.entities.roster_plan import Crew, HeldTerms
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.planned import load_planned_people, load_terms


@dataclass(frozen=True, slots=True)
class TermsDepartment:
    """A department somebody who is planned belongs to, or for which something was agreed."""

    id: int
    name: str
    company: str
    name_alt: str = ""
    company_alt: str = ""


@dataclass(frozen=True, slots=True)
class TermsStaff:
    """Somebody of the staff, planned or not: who can be a superior. A retired one is only still named."""

    id: PersonId
    name: str
    name_alt: str
    department_id: int | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class TermsSheet:
    """Everything the page of terms shows. `people` carry what holds for them, whosever it is."""

    departments: tuple[TermsDepartment, ...]
    people: tuple[RosterPerson, ...]
    held: tuple[HeldTerms, ...]
    crews: tuple[Crew, ...]
    staff: tuple[TermsStaff, ...] = ()


@query(permission="roster.read")
def terms_sheet(_ctx: Context, read: Reader) -> TermsSheet:
    """Return the sheet, departments by company and name, people by team."""
    people, held = load_planned_people(read), load_terms(read)
    wanted = {each.department_id for each in people} | {each.department_id for each in held}
    rows = read.rows(
        "SELECT department.id, department.name, COALESCE(company.name, ''),"
        " COALESCE(department.name_alt, ''),"
        " COALESCE(company.name_alt, '') FROM department"
        " LEFT JOIN company ON company.id = department.company_id ORDER BY company.name, department.name"
    )
    crews = read.rows(
        "SELECT id, code, name, name_alt, position, is_active, version FROM crew ORDER BY position, id"
    )
    staff = read.rows(
        "SELECT id, name, name_alt, department_id, is_active FROM person WHERE is_staff = true"
        " ORDER BY name, id"
    )
    return TermsSheet(
        departments=tuple(TermsDepartment(*row) for row in rows if row[0] in wanted),
        people=tuple(people),
        held=tuple(held),
        staff=tuple(TermsStaff(row[0], row[1], row[2] or "", row[3], bool(row[4])) for row in staff),
        crews=tuple(Crew(*[*row[:5], bool(row[5]), row[6]]) for row in crews),
    )

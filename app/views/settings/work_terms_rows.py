"""The rows of the page of terms: a department or a person, with what holds and whence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import partial
from typing import Any

from app.models.entities.ids import PersonId
from app.models.entities.roster_plan import HeldTerms, WorkTerms
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster.superiors import circle_of, superiors_of, terms_of
from app.services.roster.terms_commands import clear_terms, set_terms
from app.services.roster.terms_edits import read_date, read_hours, read_nights
from app.services.roster.terms_queries import TermsSheet
from app.services.search.tokens import matches_initials, norm
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _
from app.views.settings.choices import shown_name


class At(IntEnum):
    """The columns."""

    NAME = 0
    NIGHTS = 1
    WEEKENDS = 2
    HOLIDAYS = 3
    HOURS = 4
    NIGHTS_MOST = 5
    REACHABLE = 6
    CREW = 7
    SUBSTITUTE = 8
    SUPERIOR = 9
    JOINED = 10
    LEFT = 11


HEADS: Mapping[At, LazyText] = {
    At.NAME: N_("Department or person"),
    At.NIGHTS: N_("Nights"),
    At.WEEKENDS: N_("Weekends"),
    At.HOLIDAYS: N_("Holidays"),
    At.HOURS: N_("h a week"),
    At.NIGHTS_MOST: N_("Nights, most"),
    At.REACHABLE: N_("24 h"),
    At.CREW: N_("Crew"),
    At.SUBSTITUTE: N_("Substitute"),
    At.SUPERIOR: N_("Superior"),
    At.JOINED: N_("First day"),
    At.LEFT: N_("Last day"),
}
TIPS: Mapping[At, LazyText] = {
    At.NIGHTS: N_("Whether night shifts may be planned"),
    At.WEEKENDS: N_("Whether weekends may be planned"),
    At.HOLIDAYS: N_("Whether public holidays may be planned"),
    At.HOURS: N_("Agreed hours a week; empty: full time"),
    At.NIGHTS_MOST: N_("Night shifts in a calendar month, at most"),
    At.REACHABLE: N_("Reachable by telephone all day and night"),
    At.SUBSTITUTE: N_("Who stands in for the person"),
    At.SUPERIOR: N_("Direct superior: leave is asked from them first"),
}
FLAGS: Mapping[At, str] = {
    At.NIGHTS: "no_nights",
    At.WEEKENDS: "no_weekends",
    At.HOLIDAYS: "no_holidays",
    At.REACHABLE: "is_reachable",
}
TYPED: Mapping[At, tuple[str, Callable[[str], Any]]] = {
    At.HOURS: ("contract_minutes", read_hours),
    At.NIGHTS_MOST: ("nights_most", read_nights),
    At.JOINED: ("joined_on", read_date),
    At.LEFT: ("left_on", read_date),
}
CHOSEN: Mapping[At, str] = {
    At.CREW: "crew_id",
    At.SUBSTITUTE: "substitute_id",
    At.SUPERIOR: "superior_id",
}
_OF_PEOPLE = frozenset({At.SUBSTITUTE, At.JOINED, At.LEFT})


@dataclass(frozen=True, slots=True)
class TermsRow:
    """One line. `own` is what was agreed with just these, None where the department's, or nothing, holds."""

    name: str
    terms: WorkTerms
    own: HeldTerms | None
    source: str
    person_id: int | None = None
    department_id: int | None = None
    searched: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a person's line, not a department's."""
        return self.person_id is not None

    @property
    def key(self) -> tuple[int | None, int | None]:
        """What tells the line from the others."""
        return self.person_id, self.department_id

    def has(self, at: At) -> bool:
        """Tell whether a column means something here: departments have no first day."""
        return self.is_person or at not in _OF_PEOPLE

    def is_found(self, typed: str) -> bool:
        """Tell whether every typed word is in the names."""
        words = norm(typed).split()
        return all(word in norm(self.searched) or matches_initials(self.name, word) for word in words)


def rows_of(sheet: TermsSheet) -> tuple[TermsRow, ...]:
    """Return each department with its people below it, then people of none."""
    own = {each.person_id: each for each in sheet.held if each.person_id is not None}
    common = {each.department_id: each for each in sheet.held if each.department_id is not None}
    found: list[TermsRow] = []
    for department in sheet.departments:
        held = common.get(department.id)
        name = shown_name(department.name, department.name_alt)
        company = shown_name(department.company, department.company_alt)
        where = _("of {company}").format(company=company) if company else ""
        terms = held.terms if held is not None else WorkTerms()
        searched = f"{department.name} {department.name_alt} {department.company} {department.company_alt}"
        found.append(TermsRow(name, terms, held, where, None, department.id, searched))
        found += _people(sheet, department.id, own, held, name, searched)
    known = {department.id for department in sheet.departments}
    for number in dict.fromkeys(
        each.department_id for each in sheet.people if each.department_id not in known
    ):
        found += _people(sheet, number, own, None, "")
    return tuple(found)


def _people(
    sheet: TermsSheet,
    department_id: int | None,
    own: Mapping[PersonId, HeldTerms],
    common: HeldTerms | None,
    department: str,
    searched_too: str = "",
) -> Sequence[TermsRow]:
    rows: list[TermsRow] = []
    for each in sheet.people:
        if each.department_id != department_id:
            continue
        held = own.get(each.id)
        if held is not None:
            source = _("own terms")
        elif common is not None:
            source = _("from {department}").format(department=department)
        else:
            source = _("nothing agreed")
        terms = held.terms if held is not None else common.terms if common is not None else WorkTerms()
        name = shown_name(each.name, each.name_alt)
        searched = f"{each.name} {each.name_alt} {searched_too} {each.team_name} {each.team_name_alt}"
        rows.append(TermsRow(name, terms, held, source, int(each.id), None, searched))
    return rows


def text_of(row: TermsRow, at: At, sheet: TermsSheet, fmt: Format) -> str:
    """Return a cell as a person reads it; "" where a column means nothing."""
    if not row.has(at):
        return ""
    terms = row.terms
    if at in FLAGS:
        is_set = bool(getattr(terms, FLAGS[at]))
        if at is At.REACHABLE:
            return _("yes") if is_set else "–"
        return _("no") if is_set else _("yes")
    words: Mapping[At, Callable[[], str]] = {
        At.NAME: lambda: row.name,
        At.HOURS: lambda: _hours(terms.contract_minutes, fmt),
        At.NIGHTS_MOST: lambda: fmt.number(terms.nights_most) if terms.nights_most is not None else "–",
        At.CREW: lambda: dict(crew_choices(sheet, terms.crew_id)).get(terms.crew_id, "–"),
        At.SUBSTITUTE: lambda: dict(people_choices(sheet)).get(terms.substitute_id, "–"),
        At.SUPERIOR: lambda: dict(superior_choices(sheet, row)).get(terms.superior_id, "–"),
        At.JOINED: lambda: terms.joined_on.isoformat() if terms.joined_on is not None else "–",
        At.LEFT: lambda: terms.left_on.isoformat() if terms.left_on is not None else "–",
    }
    return words[at]()


def crew_choices(sheet: TermsSheet, held: int | None) -> list[tuple[int | None, str]]:
    """Return the crews by id; a retired one stays on offer where it is held."""
    crews = [each for each in sheet.crews if each.is_active or each.id == held]
    return [(None, "–"), *((each.id, shown_name(each.name, each.name_alt)) for each in crews)]


def people_choices(sheet: TermsSheet) -> list[tuple[int | None, str]]:
    """Return the people who can stand in for somebody, by id."""
    return [(None, "–"), *((int(each.id), shown_name(each.name, each.name_alt)) for each in sheet.people)]


def superior_choices(sheet: TermsSheet, row: TermsRow) -> list[tuple[int | None, str]]:
    """Return who can be a line's superior, by id: all staff in use but the person, and the one held."""
    able = [
        each
        for each in sheet.staff
        if int(each.id) != row.person_id and (each.is_active or each.id == row.terms.superior_id)
    ]
    return [(None, "–"), *((int(each.id), shown_name(each.name, each.name_alt)) for each in able)]


def circles_of(sheet: TermsSheet) -> list[str]:
    """Return the circles of superiors as names, each once: "Wang Fang → Li Na → Wang Fang"."""
    names = {each.id: shown_name(each.name, each.name_alt) for each in sheet.staff}
    over = superiors_of(terms_of([(each.id, each.department_id) for each in sheet.staff], sheet.held))
    found = {
        frozenset(circle): circle for person in reversed(list(names)) if (circle := circle_of(over, person))
    }
    return [" → ".join(names.get(one, "–") for one in (*circle, circle[0])) for circle in found.values()]


def _hours(minutes: int | None, fmt: Format) -> str:
    return "–" if minutes is None else fmt.number(minutes / 60, 0 if minutes % 60 == 0 else 1)


def changing(ctx: Context, row: TermsRow, terms: WorkTerms) -> Callable[[], Outcome]:
    """Return the job that agrees other terms with whom a line is about."""
    version = row.own.version if row.own is not None else 0
    return partial(
        set_terms, ctx, terms, person_id=row.person_id, department_id=row.department_id, version=version
    )


def clearing(ctx: Context, row: TermsRow) -> Callable[[], Outcome] | None:
    """Return the job that lets the department's terms hold again; None where nothing was agreed."""
    if row.own is None:
        return None
    return partial(clear_terms, ctx, row.own.id, version=row.own.version)


def with_value(row: TermsRow, at: At, value: Any) -> WorkTerms:
    """Return a line's terms with one cell changed. BadInput where a typed text cannot be read."""
    if at in TYPED:
        name, read = TYPED[at]
        return replace(row.terms, **{name: read(str(value))})
    return replace(row.terms, **{FLAGS.get(at) or CHOSEN[at]: value})

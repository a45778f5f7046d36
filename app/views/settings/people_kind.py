"""People as records of a list page: found, paged, read whole when chosen, written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.models.entities.ids import PersonId, RoleId
from app.models.entities.people import Company, NumberKind, Person, PersonDetails, PersonRow, Role, Team
from app.services.access.commands import set_roles_of, unlock
from app.services.access.one_time import give_one_time_password
from app.services.access.queries import has_password, locked_out
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people import rules
from app.services.people.commands import (
    add_person,
    edit_person,
    rename_company,
    rename_department,
    restore_person,
    retire_person,
    set_team_members,
)
from app.services.people.masking import fact_of, is_mask, mask_of
from app.services.people.queries import companies, find_callers, people_page, person, roles, teams
from app.services.roster.leaving_commands import edit_and_clear, leave_team_and_clear, retire_and_clear
from app.services.roster.leaving_queries import shifts_ahead, shifts_lost_with_team
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.records import NEW, RecordKind, Values

PAGE = 100
_MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as listed; `person` is everything about them, read for those whose form is shown."""

    row: PersonRow
    person: Person | None = None

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def version(self) -> int:
        return self.person.version if self.person is not None else self.row.version

    @property
    def is_active(self) -> bool:
        return self.person.is_active if self.person is not None else self.row.is_active


class PeopleKind(RecordKind[Listed]):
    """`sought`, `staff_only`, `with_retired`, `limit` say which page is read; `wanted` who is read whole.

    `unveil` returns a whole person with what was shown of their masked facts.
    """

    fields_of: Mapping[str, str] = {
        "people.name_missing": "name",
        "people.email_bad": "email",
        "people.login_bad": "login",
        "people.login_not_staff": "login",
        "people.login_taken": "login",
        "people.number_unreadable": "phones",
        "people.number_too_long": "phones",
        "people.mask_typed": "phones",
        "people.department_without_company": "company",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.sought = ""
        self.staff_only = True
        self.with_retired = False
        self.limit = PAGE
        self.wanted: tuple[int, ...] = ()
        self.listed_ids: tuple[int, ...] = ()
        self.companies: list[Company] = []
        self.teams: list[Team] = []
        self.roles: list[Role] = []
        self.locked: frozenset[PersonId] = frozenset()
        self.with_password: frozenset[PersonId] = frozenset()
        self.giving_up: set[int] = set()  # whose shifts to come go when they are saved as no staff
        self.unveil: Callable[[Person], Person] = lambda whole: whole

    @property
    def has_more(self) -> bool:
        """Whether there may be people after the last one listed."""
        return not self.sought and len(self.listed_ids) >= self.limit

    @property
    def may_manage(self) -> bool:
        """Whether roles and passwords are this person's to give."""
        return self._ctx.actor.may("access.manage")

    def reading(self) -> Callable[[], Any]:
        if self.sought:
            listed: Callable[[], Any] = partial(
                find_callers, self._ctx, self.sought, _MOST_FOUND, include_retired=self.with_retired
            )
        else:
            listed = partial(
                people_page,
                self._ctx,
                staff_only=self.staff_only,
                include_retired=self.with_retired,
                limit=self.limit,
            )
        everybody = frozenset[PersonId]
        return reading_together(
            listed,
            partial(companies, self._ctx),
            partial(teams, self._ctx),
            partial(roles, self._ctx),
            partial(locked_out, self._ctx) if self.may_manage else everybody,
            partial(has_password, self._ctx) if self.may_manage else everybody,
            reading_together(
                *(partial(person, self._ctx, PersonId(each)) for each in self.wanted if each != NEW)
            ),
        )

    def rows(self, answer: Any) -> Sequence[Listed]:
        rows, self.companies, self.teams, self.roles, self.locked, self.with_password, whole = answer
        whole = [self.unveil(each) for each in whole]
        people: dict[int, Person] = {each.id: each for each in whole}
        if self.sought and self.staff_only:
            rows = [row for row in rows if row.is_staff]
        self.listed_ids = tuple(row.id for row in rows)
        listed = [Listed(row, people.get(row.id)) for row in rows]
        beyond = [listed_of(each) for each in whole if each.id not in self.listed_ids]
        return [*listed, *beyond]

    def name(self, record: Listed) -> str:
        return shown_name(record.row.name, record.row.name_alt)

    def searched(self, record: Listed) -> Iterable[str]:
        row = record.row
        return (row.name, row.name_alt, row.login, row.email, row.phone)

    def values(self, record: Listed) -> Values:
        if record.person is None:
            return self.blank()
        details = record.person.details
        texts = {name: getattr(details, name) for name in _TEXTS}
        phones = [[kind.value, number] for kind, number in details.phones]
        return {**texts, "phones": phones, "is_vip": details.is_vip, "is_staff": details.is_staff}

    def shown_behind(self, record: Listed, typed: Values) -> Values:
        """Return what a form that was begun masked holds once facts are shown: only masks are replaced."""
        whole = self.values(record)
        changed = {name: whole[name] for name in _TEXTS if is_mask(typed[name]) and not is_mask(whole[name])}
        known = {
            (kind, mask_of(fact_of(NumberKind(kind)), number)): number for kind, number in whole["phones"]
        }
        phones = [[kind, known.get((kind, number), number)] for kind, number in typed["phones"]]
        return {**typed, **changed, "phones": phones}

    def blank(self) -> Values:
        texts = dict.fromkeys(_TEXTS, "")
        return {**texts, "phones": [], "is_vip": False, "is_staff": self.staff_only}

    def check(self, values: Values) -> None:
        details = _details(values, "")
        rules.check_details(details)
        rules.phone_numbers((kind, number) for kind, number in details.phones if not is_mask(number))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_person, self._ctx, _details(values, ""))

    def editing(self, record: Listed, values: Values) -> Callable[[], Outcome]:
        source = record.person.details.source_key if record.person is not None else ""
        details = _details(values, source)
        if record.id in self.giving_up:
            return partial(edit_and_clear, self._ctx, PersonId(record.id), details, version=record.version)
        return partial(edit_person, self._ctx, PersonId(record.id), details, version=record.version)

    def switching(self, record: Listed, *, is_active: bool) -> Callable[[], Outcome]:
        switch = restore_person if is_active else retire_person
        return partial(switch, self._ctx, PersonId(record.id), version=record.version)

    def counting_shifts(self, record: Listed) -> Callable[[], int]:
        """Return the job that counts on how many dates somebody is planned from today on."""
        return partial(shifts_ahead, self._ctx, record.id)

    def counting_with_team(self, whole: Person, team_id: int) -> Callable[[], int]:
        """Return the job that counts the same where a team is somebody's last; its answer is else 0."""
        return partial(shifts_lost_with_team, self._ctx, whole.id, team_id)

    def leaving_team(self, whole: Person, team_id: int) -> Callable[[], Outcome] | None:
        """Return the job that takes somebody out of a team and off their shifts; None for an unknown team."""
        team = next((each for each in self.teams if each.id == team_id), None)
        if team is None:
            return None
        return partial(leave_team_and_clear, self._ctx, whole.id, team.id, version=team.version)

    def leaving(self, record: Listed) -> Callable[[], Outcome]:
        """Return the job that retires somebody and takes them off their shifts to come."""
        return partial(retire_and_clear, self._ctx, PersonId(record.id), version=record.version)

    def reading_one(self, person_id: int) -> Callable[[], Person]:
        """Return the job that reads somebody whole."""
        return partial(person, self._ctx, PersonId(person_id))

    # -- what acts at once -------------------------------------------------------------------------------

    def giving_role(self, whole: Person, role_id: int, *, is_held: bool) -> Callable[[], Outcome]:
        """Return the job that gives somebody a role, or takes it."""
        held = {*whole.role_ids, RoleId(role_id)} if is_held else {*whole.role_ids} - {RoleId(role_id)}
        return partial(set_roles_of, self._ctx, whole.id, sorted(held), version=whole.version)

    def joining(self, whole: Person, team_id: int, *, is_member: bool) -> Callable[[], Outcome] | None:
        """Return the job that puts somebody into a team, or takes them out; None for an unknown team."""
        team = next((each for each in self.teams if each.id == team_id), None)
        if team is None:
            return None
        members = {*team.member_ids, whole.id} if is_member else {*team.member_ids} - {whole.id}
        return partial(set_team_members, self._ctx, team.id, sorted(members), version=team.version)

    def renaming(self, company: str, department: str, new_name: str) -> Callable[[], Outcome] | None:
        """Return the job that renames a company, or its department where one is named, for everybody in it.

        None for a company that is not known.
        """
        found = next((each for each in self.companies if each.name == company), None)
        if found is None:
            return None
        if department:
            return partial(rename_department, self._ctx, found.id, name=department, new_name=new_name)
        return partial(
            rename_company,
            self._ctx,
            found.id,
            version=found.version,
            name=new_name,
            name_alt=found.name_alt,
        )

    def resetting(self, whole: Person) -> Callable[[], str]:
        """Return the job that makes and sets a password for once; its answer is the password."""
        return partial(give_one_time_password, self._ctx, whole.id)

    def unlocking(self, whole: Person) -> Callable[[], Outcome]:
        """Return the job that ends a lock-out."""
        return partial(unlock, self._ctx, whole.id)


_TEXTS = (
    "name",
    "name_alt",
    "title",
    "company",
    "department",
    "location",
    "email",
    "language",
    "login",
)


def _details(values: Values, source_key: str) -> PersonDetails:
    texts = {name: values[name] for name in _TEXTS}
    phones = tuple((NumberKind(kind), number) for kind, number in values["phones"])
    return PersonDetails(
        **texts,
        is_vip=values["is_vip"],
        is_staff=values["is_staff"],
        phones=phones,
        source_key=source_key,
    )


def listed_of(whole: Person) -> Listed:
    """Return somebody who was read whole as they are listed."""
    details = whole.details
    row = PersonRow(
        id=whole.id,
        name=details.name,
        name_alt=details.name_alt,
        login=details.login,
        email=details.email,
        company=details.company,
        department=details.department,
        location=details.location,
        phone=details.phones[0][1] if details.phones else "",
        is_vip=details.is_vip,
        is_staff=details.is_staff,
        is_active=whole.is_active,
        version=whole.version,
    )
    return Listed(row, whole)

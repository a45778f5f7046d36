"""Who is told: the roster, the roles and the teams, read at the moment something falls due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from app.models.entities.escalation import Recipient
from app.models.entities.ids import PersonId, TeamId
from app.models.entities.roster import OnDuty
from app.models.transactions import Reader
from app.services.roster.absent import absent_at, substitutes_of
from app.services.roster.queries import people_on_duty, site_zone

# Whoever has a shift in so many days before or after lives by the roster, and may be off shift.
_ROSTERED = timedelta(days=31)
_OWN = frozenset({Recipient.OWNER, Recipient.ASSIGNEE})
_SUPERVISOR_ROLE = "duty_supervisor"
# Whoever is not on the roster holds the role of the same code.
_ROLES = {Recipient.PROCESS_MANAGER: "process_manager", Recipient.DESK_MANAGER: "desk_manager"}


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands a ticket is."""

    owner_id: PersonId | None = None
    assignee_id: PersonId | None = None
    team_id: TeamId | None = None


@dataclass
class Directory:
    """Looks people up once each and keeps the answers: make one per transaction or read, never keep it.

    `instant` decides who is on duty. Only active people are ever named.
    """

    read: Reader
    instant: datetime
    _roles: dict[str, frozenset[PersonId]] = field(default_factory=dict)
    _teams: dict[TeamId, frozenset[PersonId]] = field(default_factory=dict)
    _rostered: dict[PersonId, bool] = field(default_factory=dict)

    def of(
        self, recipients: Collection[Recipient], hands: Hands, *, is_urgent: bool = True
    ) -> frozenset[PersonId]:
        """Return the people behind `recipients` for a ticket in these hands.

        Where a step names somebody and nobody is there, the duty supervisor hears of it: what falls due
        is never told to no one, as long as the site has anybody who leads. For an owner or assignee who is
        on leave or sick today the substitute hears of it too, without one the duty supervisor; where they
        are only off shift, the duty supervisor, unless it is not urgent and can wait for them.
        """
        found: set[PersonId] = set()
        for recipient in recipients:
            found.update(self._of(recipient, hands))
        if held := _OWN & set(recipients):
            found |= self._beside(self._present(_held(held, hands)), is_urgent=is_urgent)
        return frozenset(found) if found or not recipients else self.supervisors

    def own(self, hands: Hands, *, is_urgent: bool = True) -> frozenset[PersonId]:
        """Return owner and assignee, and who stands beside them; the duty supervisor where nobody does."""
        return self.of(_OWN, hands, is_urgent=is_urgent)

    @property
    def supervisors(self) -> frozenset[PersonId]:
        """Who leads the shift now; where the roster names nobody, all who may lead one, else the managers."""
        for group in (
            self.leading,
            self.holders(_SUPERVISOR_ROLE),
            self.holders(_ROLES[Recipient.DESK_MANAGER]),
        ):
            if group:
                return group
        return frozenset()

    @cached_property
    def leading(self) -> frozenset[PersonId]:
        """The duty supervisors of this instant, by the roster."""
        return frozenset(one.person_id for one in self._on_duty if one.is_supervisor and not one.is_standby)

    @cached_property
    def working(self) -> frozenset[PersonId]:
        """Who is at work at this instant; standby is not: quiet hours are for them too."""
        return frozenset(one.person_id for one in self._on_duty if not one.is_standby)

    def holders(self, role: str) -> frozenset[PersonId]:
        """Return the active people who hold the role of this code."""
        if role not in self._roles:
            rows = self.read.rows(
                "SELECT person.id FROM person JOIN person_role ON person_role.person_id = person.id"
                " JOIN role ON role.id = person_role.role_id"
                " WHERE role.code = ? AND role.is_active = true AND person.is_active = true",
                (role,),
            )
            self._roles[role] = frozenset(PersonId(row[0]) for row in rows)
        return self._roles[role]

    def who_may(self, permission: str) -> frozenset[PersonId]:
        """Return the active people one of whose roles gives a right."""
        rows = self.read.rows(
            "SELECT person.id FROM person JOIN person_role ON person_role.person_id = person.id"
            " JOIN role ON role.id = person_role.role_id"
            " JOIN role_permission ON role_permission.role_id = role.id"
            " WHERE role_permission.permission = ? AND role.is_active = true AND person.is_active = true",
            (permission,),
        )
        return frozenset(PersonId(row[0]) for row in rows)

    def members(self, team_id: TeamId | None) -> frozenset[PersonId]:
        """Return the active members of a team; nobody for None."""
        if team_id is None:
            return frozenset()
        if team_id not in self._teams:
            rows = self.read.rows(
                "SELECT person.id FROM team_member JOIN person ON person.id = team_member.person_id"
                " WHERE team_member.team_id = ? AND person.is_active = true",
                (team_id,),
            )
            self._teams[team_id] = frozenset(PersonId(row[0]) for row in rows)
        return self._teams[team_id]

    @cached_property
    def _on_duty(self) -> list[OnDuty]:
        return people_on_duty(self.read, self.instant)

    @cached_property
    def _absent(self) -> frozenset[PersonId]:
        return absent_at(self.read, self.instant)

    def _beside(self, people: Collection[PersonId], *, is_urgent: bool) -> frozenset[PersonId]:
        """Return who hears besides these people because they are not there to hear it."""
        found: set[PersonId] = set()
        away = self._absent.intersection(people)
        substitutes = {
            one: other for one, other in substitutes_of(self.read, away).items() if other not in self._absent
        }
        found.update(substitutes.values())
        off_shift = self._off_shift(set(people) - away) if is_urgent else frozenset()
        if off_shift or away - substitutes.keys():
            found |= self.supervisors
        return frozenset(found)

    def _off_shift(self, people: Collection[PersonId]) -> frozenset[PersonId]:
        """Return who of these lives by the roster and is neither at work nor on standby now."""
        here = {one.person_id for one in self._on_duty}
        away = set(people) - here
        asked = sorted(away - self._rostered.keys())
        if asked:
            day = self.instant.astimezone(site_zone(self.read)).date()
            rows = self.read.rows(
                "SELECT DISTINCT person_id FROM assignment WHERE on_date >= ? AND on_date <= ?"
                f" AND person_id IN ({', '.join('?' * len(asked))})",
                ((day - _ROSTERED).isoformat(), (day + _ROSTERED).isoformat(), *asked),
            )
            planned = {row[0] for row in rows}
            self._rostered.update({one: one in planned for one in asked})
        return frozenset(one for one in away if self._rostered[one])

    @cached_property
    def _gone(self) -> frozenset[int]:
        return frozenset(row[0] for row in self.read.rows("SELECT id FROM person WHERE is_active = false"))

    def _present(self, people: Iterable[PersonId | None]) -> set[PersonId]:
        return {person for person in people if person is not None and person not in self._gone}

    def _of(self, recipient: Recipient, hands: Hands) -> Collection[PersonId]:
        if recipient is Recipient.OWNER:
            return self._present([hands.owner_id])
        if recipient is Recipient.ASSIGNEE:
            return self._present([hands.assignee_id])
        if recipient is Recipient.TEAM:
            return self.members(hands.team_id)
        if recipient is Recipient.DUTY_SUPERVISOR:
            return self.supervisors
        return self.holders(_ROLES[recipient])


def _held(recipients: Collection[Recipient], hands: Hands) -> list[PersonId | None]:
    holders = {Recipient.OWNER: hands.owner_id, Recipient.ASSIGNEE: hands.assignee_id}
    return [holders[one] for one in recipients]

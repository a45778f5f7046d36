"""What people are to the desk: callers and staff, their numbers, teams, roles and companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.models.entities.ids import PersonId, RoleId, TeamId
from app.models.entities.tickets import TicketType


class NumberKind(StrEnum):
    """What a telephone number is, in the order in which a caller's numbers are shown."""

    WORK = "work"
    MOBILE = "mobile"
    EXTENSION = "extension"
    HOME = "home"
    OTHER = "other"


class PersonFact(StrEnum):
    """What of a requester can be masked (S4-23). Mobile and home numbers are private ones."""

    PHONE = "phone"  # every number but those
    MOBILE = "mobile"
    EMAIL = "email"
    LOCATION = "location"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """One number as written, and `digits`, the canonical form in which numbers are compared."""

    kind: NumberKind
    number: str
    digits: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in a list or a caller look-up; `phone` is the number shown first, "" where none is known.

    `masked` tells which facts are shown in part only.
    """

    id: PersonId
    name: str
    name_alt: str
    login: str
    email: str
    company: str
    department: str
    location: str
    phone: str
    is_vip: bool
    is_staff: bool
    is_active: bool
    version: int
    masked: frozenset[PersonFact] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Everything about a person that somebody types. Companies and departments are made as they are named.

    `phones` are pairs of kind and number as written. A `login` is only for staff; "" means none.
    """

    name: str
    name_alt: str = ""
    login: str = ""
    email: str = ""
    company: str = ""
    department: str = ""
    location: str = ""
    title: str = ""
    language: str = ""
    is_vip: bool = False
    is_staff: bool = False
    phones: tuple[tuple[NumberKind, str], ...] = ()
    source_key: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A whole person, with numbers, teams and roles; `masked` tells which facts are shown in part only."""

    id: PersonId
    details: PersonDetails
    phones: tuple[PhoneNumber, ...]
    team_ids: tuple[TeamId, ...]
    role_ids: tuple[RoleId, ...]
    is_active: bool
    version: int
    masked: frozenset[PersonFact] = frozenset()


@dataclass(frozen=True, slots=True)
class CallerCard:
    """Who is calling, and what the desk has had with them lately.

    `recent` counts the tickets of the last 90 days by type, open ones included.
    """

    person: Person
    open_count: int
    recent: Mapping[TicketType, int] = field(default_factory=dict)
    last_received_at: datetime | None = None

    @property
    def recent_count(self) -> int:
        """All tickets of the last 90 days."""
        return sum(self.recent.values())


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """One line of the staff directory: enough to name somebody anywhere, former colleagues included."""

    id: PersonId
    name: str
    name_alt: str
    login: str
    team_ids: tuple[TeamId, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class TeamDetails:
    """Everything about a team that somebody types."""

    code: str
    name: str
    name_alt: str = ""
    line: int = 1
    specialty: str = ""
    is_field: bool = False
    is_supplier: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """A team with the people who belong to it."""

    id: TeamId
    details: TeamDetails
    member_ids: tuple[PersonId, ...]
    position: int
    is_active: bool
    version: int

    @property
    def name(self) -> str:
        """The main name."""
        return self.details.name


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions. Shipped ones can be copied; every one can be edited."""

    id: RoleId
    code: str
    name: str
    name_alt: str
    permissions: frozenset[str]
    holder_ids: tuple[PersonId, ...]
    is_shipped: bool
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class NewAdministrator:
    """Who is to administer a desk first, with a password of their own choice."""

    name: str
    login: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Company:
    """A company or subsidiary with its departments' names."""

    id: int
    name: str
    name_alt: str
    departments: tuple[str, ...]
    is_active: bool
    version: int

"""What presence on a shift, its checks and the duty board are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import OnDuty, ShiftAt


class CheckMoment(StrEnum):
    """When a point of the shift's list is looked at."""

    START = "start"
    END = "end"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class ShiftCheck:
    """One point to tick."""

    id: int
    code: str
    moment: CheckMoment
    name: str
    name_alt: str
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class CheckDetails:
    """Everything about a point to tick that somebody types."""

    code: str
    name: str
    name_alt: str = ""
    moment: CheckMoment = CheckMoment.START


@dataclass(frozen=True, slots=True)
class CheckTick:
    """What was found at a point during one shift, by whom and when."""

    is_good: bool
    note: str
    person_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One point of a shift's list with what was found; `tick` None: nobody looked yet."""

    check: ShiftCheck
    tick: CheckTick | None


class AwayPermission(StrEnum):
    """Whether the supervisor allowed a longer time away from the desk (S4-22)."""

    NONE = "none"  # short enough, or nobody is asked
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"  # please stay


@dataclass(frozen=True, slots=True)
class Attendance:
    """When somebody came to the shift that began on a date, and when they left it; None: still there.

    `is_corrected`: it was written afterwards, by `corrected_by` (None: the command line), as `note` says.
    """

    person_id: PersonId
    on_date: date
    template_id: TemplateId
    in_at: datetime
    out_at: datetime | None = None
    note: str = ""
    is_corrected: bool = False
    corrected_by: PersonId | None = None
    corrected_name: str = field(default="", compare=False)
    corrected_name_alt: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody on duty is away from the desk. `planned_until` None: nobody said how long.

    `decided_by` granted it or asked them to stay; the names are theirs.
    """

    id: int
    person_id: PersonId
    from_at: datetime
    planned_until: datetime | None
    reason: str
    back_at: datetime | None = None
    permission: AwayPermission = AwayPermission.NONE
    decided_by: PersonId | None = None
    decided_name: str = field(default="", compare=False)
    decided_name_alt: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Punctuality:
    """What a presence says against the shift's real span, in whole minutes; seconds are forgiven.

    `is_missing`: the shift has begun and nobody checked in. `overtime` is time after the shift's end.
    """

    late: int = 0
    early: int = 0
    overtime: int = 0
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """One person of one shift: planned span, what was recorded, how punctual, minutes away."""

    person_id: PersonId
    person_name: str
    on_date: date
    template_id: TemplateId
    template_code: str
    starts_at: datetime
    ends_at: datetime
    attendance: Attendance | None
    punctuality: Punctuality
    away_minutes: int = 0


@dataclass(frozen=True, slots=True)
class MonthOfPresence:
    """A month of one person: shifts that have begun, how many were attended, late, left early, missed.

    `corrected` of them were entered or changed afterwards.
    """

    person_id: PersonId
    person_name: str
    shifts: int
    attended: int
    missing: int
    late_times: int
    late_minutes: int
    early_times: int
    early_minutes: int
    away_times: int
    away_minutes: int
    corrected: int = 0


class DutyRole(StrEnum):
    """As what somebody is on duty, in the order of the board."""

    SUPERVISOR = "supervisor"
    HOTLINE = "hotline"
    FIELD = "field"
    SECOND_LINE = "second_line"
    STANDBY = "standby"


class DutyGap(StrEnum):
    """What is wrong with who is on duty; told loudly, for nobody is ever put in silently (U43)."""

    NOBODY = "nobody"
    NO_SUPERVISOR = "no_supervisor"
    NO_NUMBER = "no_number"  # the duty supervisor has no telephone number
    SUPERVISOR_AWAY = "supervisor_away"
    ALL_AWAY = "all_away"
    STANDBY_SHORT = "standby_short"  # fewer people are on standby than coverage asks for
    NEXT_NOBODY = "next_nobody"
    NEXT_NO_SUPERVISOR = "next_no_supervisor"


@dataclass(frozen=True, slots=True)
class DutyTeam:
    """What the board needs to know of a team."""

    id: TeamId
    name: str
    name_alt: str
    line: int
    is_field: bool


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """Somebody on duty now as the board shows them. `overdue` counts open tickets whose time is over."""

    duty: OnDuty
    role: DutyRole
    away: Away | None
    attendance: Attendance | None
    punctuality: Punctuality
    open_tickets: int = 0
    overdue: int = 0

    @property
    def number(self) -> str:
        """What to dial first: the mobile of who leads or stands by, else the desk telephone."""
        first, second = self.duty.mobile, self.duty.phone
        if self.role not in {DutyRole.SUPERVISOR, DutyRole.STANDBY}:
            first, second = second, first
        return first or second


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who keeps the mobile on at all hours (N8), with every number by its kind."""

    person_id: PersonId
    name: str
    team_name: str
    team_name_alt: str
    mobile: str
    phone: str


@dataclass(frozen=True, slots=True)
class ShiftCrew:
    """A shift and who leads and works it."""

    shift: ShiftAt
    leaders: tuple[OnDuty, ...]
    people: tuple[OnDuty, ...]


@dataclass(frozen=True, slots=True)
class DutyBoard:
    """Who is on duty at an instant and what comes next. `now` and `after` are None where no shift runs."""

    at: datetime
    desk_phone: str
    now: ShiftCrew | None
    after: ShiftCrew | None
    people: tuple[BoardPerson, ...]
    reachable: tuple[Reachable, ...]
    gaps: tuple[DutyGap, ...]
    away_minutes: int = 0  # being away for longer asks the supervisor; 0: never

    @property
    def changes_in(self) -> timedelta | None:
        """How long until the next handover; None where no shift runs."""
        return None if self.now is None else self.now.shift.ends_at - self.at

    def of_role(self, role: DutyRole) -> Sequence[BoardPerson]:
        """Return the people of one role, in their order."""
        return [one for one in self.people if one.role is role]


@dataclass(frozen=True, slots=True)
class UnledShift:
    """A shift the roster gives no duty supervisor; `is_empty`: nobody at all. `has_begun`: it runs now."""

    shift: ShiftAt
    is_empty: bool
    has_begun: bool


class ReminderLink(StrEnum):
    """What a reminder can lead to."""

    TICKET = "ticket"
    ARTICLE = "article"
    SLA = "sla"
    SERVICES = "services"


class Audience(StrEnum):
    """Whom a reminder is for."""

    ON_DUTY = "on_duty"
    TEAM = "team"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class NewReminder:
    """A word to colleagues. `team_id` or `person_id` says who, by `audience`; `linked` is a ticket's or an
    article's number, 0 where the link needs none."""

    text: str
    audience: Audience = Audience.ON_DUTY
    team_id: TeamId | None = None
    person_id: PersonId | None = None
    link: ReminderLink | None = None
    linked: int = 0

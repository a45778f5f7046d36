"""What printed reports say: the whole content of a shift report and of a roster month, before any layout.

Instants are aware UTC; `ReportHead.timezone` says in which zone they are printed. Names, notes and
subjects are texts as people typed them: a page must survive any of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.models.entities.calendars import DayType
from app.models.entities.sla import ClockKind
from app.models.entities.staffing import abandonment_of
from app.models.entities.tickets import TicketStatus, TicketType


class ReportId(StrEnum):
    """The reports that exist; also their names on the command line."""

    SHIFT = "shift"
    HANDOVER = "handover"
    ROSTER = "roster"
    FAIRNESS = "fairness"
    EMERGENCY = "emergency"
    PEOPLE = "people"
    CALLS = "calls"
    COMPLIANCE = "compliance"
    MATRIX = "matrix"
    SLA = "sla"
    CALENDAR = "calendar"


class ReportGroup(StrEnum):
    """Under which heading a report stands in the catalogue."""

    SHIFTS = "shifts"
    DESK = "desk"
    LEVELS = "levels"


class ReportParameter(StrEnum):
    """What a person chooses before a report can be built."""

    DATE = "date"
    SHIFT = "shift"
    MONTH = "month"
    DATES = "dates"  # from one date to another, instead of a month
    YEAR = "year"
    CALENDAR = "calendar"


class ClockState(StrEnum):
    """How an urgent clock stands at the end of the reported time."""

    BREACHED = "breached"
    AT_RISK = "at_risk"


class CallBackReason(StrEnum):
    """Why somebody must ring the caller back."""

    CONFIRMATION = "confirmation"  # resolved, the caller has not confirmed yet
    USER = "user"  # waiting for something only the user can give
    PROMISE = "promise"  # the desk promised to ring


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What stands on every page. `site` is the company, `desk` its service desk; `timezone` an IANA name."""

    site: str
    desk: str
    timezone: str
    printed_at: datetime
    printed_by: str


@dataclass(frozen=True, slots=True)
class SlaTally:
    """Counts of one clock. `missed` includes tickets overdue and still open; `open` are the undecided."""

    met: int = 0
    missed: int = 0
    open: int = 0

    @property
    def share(self) -> float | None:
        """Met among the decided ones, 0..1; None while nothing is decided."""
        decided = self.met + self.missed
        return self.met / decided if decided else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Ticket counts of one line: in, out, left over, and how the two promised times were kept."""

    received: int = 0
    resolved: int = 0
    carried_over: int = 0
    response: SlaTally = SlaTally()
    resolution: SlaTally = SlaTally()


@dataclass(frozen=True, slots=True)
class TypeFigures:
    """One line of the table by type."""

    type: TicketType
    figures: Figures


@dataclass(frozen=True, slots=True)
class PriorityFigures:
    """One line of the table by priority (1 is P1)."""

    priority: int
    figures: Figures


@dataclass(frozen=True, slots=True)
class HourFlow:
    """Tickets received and resolved in the hour that begins at `starts_at`."""

    starts_at: datetime
    received: int
    resolved: int


@dataclass(frozen=True, slots=True)
class ReportedShift:
    """The shift a report is about: half-open [starts_at, ends_at); `date` is the day on which it starts."""

    code: str
    name: str
    date: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class DutyPerson:
    """Somebody who was on duty; `phone` may be empty."""

    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DutyRole:
    """People on duty in one role; `role` is the role's name as set up at the site."""

    role: str
    people: tuple[DutyPerson, ...]


@dataclass(frozen=True, slots=True)
class ReportedTicket:
    """What every list of a report says about a ticket. `number` is as shown to people, prefix included."""

    number: str
    type: TicketType
    priority: int
    status: TicketStatus
    subject: str
    requester: str = ""
    holder: str = ""  # the person or team it lies with
    is_major: bool = False


@dataclass(frozen=True, slots=True)
class UrgentClock:
    """A promised time that was missed or may be. `left` is working time; negative when overdue."""

    ticket: ReportedTicket
    clock: ClockKind
    state: ClockState
    due_at: datetime | None  # None while the clock is paused without end
    left: timedelta


@dataclass(frozen=True, slots=True)
class TicketNote:
    """A line somebody wrote on a ticket."""

    text: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OpenMajor:
    """An open P1 or P2 with the last word on it; `last_note` is None where nobody wrote one."""

    ticket: ReportedTicket
    due_at: datetime | None
    last_note: TicketNote | None


@dataclass(frozen=True, slots=True)
class CallBack:
    """A caller who waits to be rung, or whom the desk waits for. `promised_at` where a time was promised."""

    ticket: ReportedTicket
    reason: CallBackReason
    phone: str
    since: datetime
    promised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShiftNote:
    """A word for the next shift; `ticket` is the shown number of the ticket it is about, or empty."""

    text: str
    by: str
    at: datetime
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class ShiftPerson:
    """Somebody rostered for the shift. `came` is None where nobody's presence was recorded; minutes."""

    name: str
    leads: bool = False
    came: bool | None = None
    late: int = 0
    early: int = 0


@dataclass(frozen=True, slots=True)
class ShiftCalls:
    """The telephone in the shift's hours, as it was counted. `people` are those rostered for the shift.

    `keeps_hung_up`: calls hung up before they count as missed stay in what abandonment is a part of.
    """

    offered: int
    answered: int
    missed: int
    people: int
    keeps_hung_up: bool = True

    @property
    def abandonment(self) -> float | None:
        """The part of calls that were missed, 0..1; None where none is counted."""
        return abandonment_of(self.offered, self.answered, self.missed, keeps_hung_up=self.keeps_hung_up)

    @property
    def per_person(self) -> float | None:
        """Calls answered for each person at work (S0-31); None where the roster names nobody."""
        return self.answered / self.people if self.people else None


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """A line of the shift's handover in words: what it is about, what was written to it, how it stands."""

    section: str
    title: str
    talk: str
    answer: str


@dataclass(frozen=True, slots=True)
class ShiftHandover:
    """The shift's handover. Signatures are (name, time as printed, reason); None: not signed."""

    state: str
    number: int | None
    lines: tuple[HandoverLine, ...]
    out: tuple[str, datetime, str] | None = None
    taken: tuple[str, datetime, str] | None = None


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """Everything the shift report prints, in the order in which it prints it.

    Lists come sorted as they shall be read. `hours` may be empty: then no chart is drawn. `calls` is None
    where nobody counts them, `handover` where its sheet was never opened.
    """

    head: ReportHead
    shift: ReportedShift
    supervisor: DutyPerson | None
    on_duty: tuple[DutyRole, ...]
    total: Figures
    hours: tuple[HourFlow, ...]
    by_type: tuple[TypeFigures, ...]
    by_priority: tuple[PriorityFigures, ...]
    urgent: tuple[UrgentClock, ...]
    majors: tuple[OpenMajor, ...]
    call_backs: tuple[CallBack, ...]
    notes: tuple[ShiftNote, ...]
    next_supervisor: str = ""
    people: tuple[ShiftPerson, ...] = ()
    calls: ShiftCalls | None = None
    handover: ShiftHandover | None = None
    opportunities: int = 0


@dataclass(frozen=True, slots=True)
class RosterDay:
    """A column of the roster, shaded by `day_type`; `name` is the holiday's, empty on other days."""

    date: date
    day_type: DayType
    name: str = ""


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """A row of the roster: one code per day ("" is off) and the hours of the month.

    `leads` are the places in `codes` at which the person is the shift's duty supervisor.
    """

    name: str
    codes: tuple[str, ...]
    hours: float
    is_supervisor: bool = False
    is_over_cap: bool = False
    leads: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RosterGroup:
    """The people of one team, in the order in which they are printed."""

    name: str
    people: tuple[RosterPerson, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """People planned and people needed on one day; nobody needed is `needed == 0`."""

    planned: int
    needed: int

    @property
    def is_short(self) -> bool:
        """Fewer are planned than needed."""
        return self.planned < self.needed


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """One line of the coverage strip, for a role or a role and shift: one entry per day."""

    name: str
    days: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a code means; `hours` is the written window ("08:00–20:00"), empty for absences.

    `tone` names the colours of the code's cells, as in `ShiftTemplate.tone`.
    """

    code: str
    name: str
    tone: str
    hours: str = ""


class PaperSize(StrEnum):
    """Sheets a roster is printed on."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class RosterMonth:
    """Everything the roster month prints. `published_at` is None for a draft that never was published.

    Every `codes` and every coverage line has one entry per day of `days`. `version` is the number of the
    newest published version, 0 without one. `draft` is the number the next one would have, with `changes`
    cells that are otherwise by now; 0 says that what is printed is what was published.
    """

    head: ReportHead
    days: tuple[RosterDay, ...]
    groups: tuple[RosterGroup, ...]
    coverage: tuple[CoverageLine, ...]
    legend: tuple[LegendEntry, ...]
    published_at: datetime | None = None
    draft: int = 0
    version: int = 0
    changes: int = 0
    paper: PaperSize = PaperSize.A4

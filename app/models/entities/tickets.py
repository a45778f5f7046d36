"""What a ticket is: its types, states, channels, events and the shapes screens read."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum

from app.models.entities.ids import (
    ArticleId,
    AttachmentId,
    CategoryId,
    EventId,
    PersonId,
    ReasonId,
    ServiceId,
    TeamId,
    TicketId,
)


class TicketType(StrEnum):
    """The four kinds people report, and what monitoring reports (N9)."""

    INCIDENT = "incident"
    REQUEST = "request"
    INQUIRY = "inquiry"
    COMPLAINT = "complaint"
    MONITORING = "monitoring"


class TicketStatus(StrEnum):
    """States of RULES 1. "Reopened" is a mark and a count, not a state."""

    NEW = "new"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"


OPEN_STATUSES = frozenset(
    {TicketStatus.NEW, TicketStatus.ASSIGNED, TicketStatus.IN_PROGRESS, TicketStatus.WAITING}
)
# What can be a major incident: something broke, or monitoring says so.
MAJOR_TYPES = frozenset({TicketType.INCIDENT, TicketType.MONITORING})
ENDED_WITHOUT_WORK = frozenset({TicketStatus.CANCELLED, TicketStatus.OUT_OF_SCOPE, TicketStatus.DUPLICATE})


class Move(StrEnum):
    """What a person does to a ticket's state."""

    ASSIGN = "assign"
    START = "start"
    WAIT = "wait"
    RESUME = "resume"
    RESOLVE = "resolve"
    CLOSE = "close"
    REFUSE = "refuse"  # the user says it is not solved
    REOPEN = "reopen"  # after closing, within the reopen window
    CANCEL = "cancel"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"


class Channel(StrEnum):
    """How the report reached the desk (S2-58, plus the NOC of S1-6)."""

    PHONE = "phone"
    WEB = "web"
    EMAIL = "email"
    VISIT = "visit"
    FAX = "fax"
    VOICEMAIL = "voicemail"
    VIDEO = "video"
    MONITORING = "monitoring"
    INTERNAL = "internal"


class WaitingKind(StrEnum):
    """For what a waiting ticket waits; a waiting reason belongs to one kind."""

    USER = "user"
    SUPPLIER = "supplier"
    VISIT = "visit"
    CHANGE = "change"


class Confirmation(StrEnum):
    """What the caller answered when asked whether it is solved."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"
    NO_REPLY = "no_reply"


class PrioritySource(StrEnum):
    """Where the priority comes from."""

    MATRIX = "matrix"
    OVERRIDE = "override"


class EventKind(StrEnum):
    """Kinds of lines in a ticket's append-only log."""

    CREATED = "created"
    CHANGED = "changed"  # one field: field, old, new
    STATUS = "status"  # field is the Move, old and new are states
    NOTE = "note"
    REPLY = "reply"
    CALL = "call"
    SOLUTION = "solution"
    CONFIRMATION = "confirmation"
    PROMISED = "promised"  # which SLA, matrix and calendar versions the ticket is promised under
    ATTACHED = "attached"
    LINKED = "linked"
    UNLINKED = "unlinked"
    ARTICLE = "article"
    ESCALATED = "escalated"  # field: "rise" (old, new: priorities), "line" (old, new: teams) or "people"
    IMPORTED = "imported"  # a move recorded as a fact by an import; gates were not asked


@dataclass(frozen=True, slots=True)
class TicketEvent:
    """One line of a ticket's log. Values are ids and codes as text, never labels.

    `field`, `old`, `new` depend on `kind`: for CHANGED the column and its values; for STATUS the move and
    the two states; for NOTE, REPLY, CALL and SOLUTION `new` is the text as typed. `batch` is the operation
    id: lines of one user action share it. `detail` holds further facts as a JSON object.
    """

    id: EventId
    ticket_id: TicketId
    at: datetime
    actor_id: PersonId | None
    kind: EventKind
    field: str | None = None
    old: str | None = None
    new: str | None = None
    client: str = ""
    batch: str = ""
    detail: dict[str, object] = dataclass_field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of a ticket list: only what lists show."""

    id: TicketId
    number: int
    type: TicketType
    status: TicketStatus
    priority: int
    subject: str
    requester_id: PersonId | None
    requester_name: str
    is_vip: bool
    team_id: TeamId | None
    assignee_id: PersonId | None
    assignee_name: str
    category_id: CategoryId | None
    channel: Channel
    received_at: datetime
    updated_at: datetime
    due_at: datetime | None
    clock_started_at: datetime | None
    is_paused: bool
    resolved_at: datetime | None
    reopened_count: int
    version: int
    effective_priority: int | None = None  # None: as `priority`
    is_major: bool = False
    first_line_due_at: datetime | None = None
    restored_at: datetime | None = None
    bearable_until: datetime | None = None
    promised_at: datetime | None = None
    estimate_minutes: int | None = None
    estimate_people: int | None = None
    estimate_cost: int | None = None

    @property
    def priority_now(self) -> int:
        """The priority as it counts now: risen while the time for the solution is used up (S3-22)."""
        return self.effective_priority or self.priority


@dataclass(frozen=True, slots=True)
class Ticket:
    """A whole ticket as its page shows it, without its timeline.

    `restored_at` is since when the service works again, where somebody said so; the cause may be found
    later (`resolved_at`). `bearable_until` is how long the user can do without, `promised_at` the time the
    desk told them. The estimates are whole minutes of work, people, and the site's currency.
    """

    id: TicketId
    number: int
    type: TicketType
    status: TicketStatus
    channel: Channel
    subject: str
    description: str
    requester_id: PersonId | None
    owner_id: PersonId | None
    team_id: TeamId | None
    assignee_id: PersonId | None
    category_id: CategoryId | None
    service_id: ServiceId | None
    location: str
    impact: int
    urgency: int
    priority: int
    priority_source: PrioritySource
    received_at: datetime
    created_at: datetime
    updated_at: datetime
    responded_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    response_due_at: datetime | None
    resolution_due_at: datetime | None
    first_line_due_at: datetime | None
    is_paused: bool
    waiting_reason_id: ReasonId | None
    solution: str
    cause_code: str
    resolution_code: str
    resolved_line: int | None
    article_id: ArticleId | None
    no_article_fits: bool
    confirmation: Confirmation | None
    is_first_contact: bool
    is_proactive: bool
    reopened_count: int
    duplicate_of: TicketId | None
    sla_version_id: int | None
    matrix_version_id: int | None
    version: int
    effective_priority: int | None = None  # None: as `priority`
    is_major: bool = False
    restored_at: datetime | None = None
    bearable_until: datetime | None = None
    promised_at: datetime | None = None
    estimate_minutes: int | None = None
    estimate_people: int | None = None
    estimate_cost: int | None = None

    @property
    def priority_now(self) -> int:
        """The priority as it counts now: risen while the time for the solution is used up (S3-22)."""
        return self.effective_priority or self.priority


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept in the database with a ticket; the bytes are read on demand."""

    id: AttachmentId
    ticket_id: TicketId
    name: str
    media_type: str
    size: int
    sha256: str
    added_by: PersonId | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What a new ticket's form holds. `received_at` is when the form was opened, not when it was saved.

    `priority_override` needs the right and `override_reason`. `call_seconds` is how long the caller talked.
    `is_refused`: it is registered only to be ended as out of scope, so the category demands nothing of it.
    """

    type: TicketType
    channel: Channel
    subject: str
    description: str = ""
    requester_id: PersonId | None = None
    category_id: CategoryId | None = None
    service_id: ServiceId | None = None
    location: str = ""
    impact: int = 0
    urgency: int = 0
    team_id: TeamId | None = None
    assignee_id: PersonId | None = None
    received_at: datetime | None = None
    priority_override: int | None = None
    override_reason: str = ""
    is_proactive: bool = False
    call_seconds: int | None = None
    is_refused: bool = False
    bearable_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a ticket was solved: what the resolve gate asks for (RULES 1)."""

    solution: str
    cause_code: str
    resolution_code: str = ""
    resolved_line: int | None = 1
    article_id: ArticleId | None = None
    no_article_fits: bool = False


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """The same field changed by two people at once: what it was, what they made it, what I made it."""

    field: str
    base: str | None
    theirs: str | None
    mine: str | None

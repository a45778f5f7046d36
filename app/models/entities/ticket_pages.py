"""What the ticket page, the desk page and search results are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.models.entities.catalogue import Gate
from app.models.entities.ids import TicketId
from app.models.entities.sla import ClockKind, ClockState
from app.models.entities.tickets import Attachment, Ticket, TicketEvent, TicketRow, TicketStatus


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """The other end of a link."""

    id: TicketId
    number: int
    subject: str
    status: TicketStatus
    priority: int
    kind: str


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """A whole ticket with its log, clocks, files and links. `names` holds the people it mentions, by id.

    `demands` are the fields each gate demands of its category's tickets.
    """

    ticket: Ticket
    events: tuple[TicketEvent, ...]
    clocks: Mapping[ClockKind, ClockState]
    attachments: tuple[Attachment, ...]
    links: tuple[LinkedTicket, ...]
    names: Mapping[int, str]
    read_at: datetime
    demands: Mapping[Gate, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketHit:
    """A search result: the row, how well it answers, and the text around the hits.

    `snippet` is (text, is_hit) pairs, joined they are a stretch of the ticket's text.
    """

    row: TicketRow
    score: float
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Counters:
    """The live counters of the status bar and the rail; all over open tickets."""

    open: int = 0
    breached: int = 0
    due_within_hour: int = 0
    unassigned: int = 0
    waiting: int = 0
    mine: int = 0
    to_confirm: int = 0


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One day of the desk, by the site's calendar days."""

    on_date: date
    opened: int = 0
    resolved: int = 0
    first_contact: int = 0
    in_time: int = 0
    decided: int = 0


@dataclass(frozen=True, slots=True)
class PromisePreview:
    """What a ticket would be promised: shown before it is saved. No policy means nothing is promised."""

    priority: int | None
    policy: str = ""
    calendar: str = ""
    due: Mapping[ClockKind, datetime] = field(default_factory=dict)
    allowed_seconds: Mapping[ClockKind, int] = field(default_factory=dict)

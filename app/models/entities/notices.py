"""What a notice is: something one person should know, shown at the bell until it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.models.entities.ids import PersonId, TicketId


class NoticeKind(StrEnum):
    """What a notice tells. In every body `by` is the id of the person who did it; none: the program."""

    ASSIGNED = "assigned"  # body: by
    MENTIONED = "mentioned"  # body: by, text
    WARNED = "warned"  # a share of a target is used; body: clock, percent
    BREACHED = "breached"  # body: clock, percent
    ESCALATED = "escalated"  # a step names this person; body: clock, percent, or reason and by
    MAJOR = "major"  # declared a major incident, or withdrawn; body: by, reason, is_withdrawn
    STORM = "storm"  # many at once, told as one; body: count
    FOLLOW_UP = "follow_up"  # ask the one the ticket waits for; body: count
    WAITED_TOO_LONG = "waited_too_long"  # the reason's longest wait is over: the clocks run again
    AUTO_RESOLVED = "auto_resolved"
    CONFIRM_REMINDER = "confirm_reminder"
    AUTO_CLOSED = "auto_closed"
    PROMISES_CHANGED = "promises_changed"  # service levels were applied to open tickets; body: count, note
    HOLIDAYS_MISSING = "holidays_missing"  # a calendar lacks next year's; body: calendar, year, is_published
    REMINDED = "reminded"  # a colleague's word; body: by, text, link, article
    BOOK_DIFFERS = "book_differs"  # a handover is not what was signed; body: count, numbers
    HANDOVER_READY = "handover_ready"  # the shift's sheet is written; body: day, shift, name, name_alt
    HANDOVER_SIGNED = "handover_signed"  # take over; body: by, day, shift, name, name_alt
    OPPORTUNITY = "opportunity"  # a need was passed on to this person; body: by, text
    SHIFT_UNLED = "shift_unled"  # body: shift, shift_alt, starts_at (ISO, UTC), is_empty, has_begun
    SHIFT_SOON = "shift_soon"  # one's own; body: shift, shift_alt, on_date, time, leads, is_standby
    TEAM_ABSENT = "team_absent"  # a ticket waits in a queue nobody on duty serves; body: by, team, team_alt
    ROSTER_GAPS = "roster_gaps"  # shifts ahead lack people or a leader; body: count, on_date, gaps
    ROSTER_PUBLISHED = "roster_published"  # body: by, month ("2026-04"), number
    ROSTER_CHANGED = "roster_changed"  # body: by, month, dates: [[ISO date, code before, code after], ...]
    CLOCKS_DIFFER = "clocks_differ"  # the verifier found tickets whose times were not what their log says
    LEAVE_ASKED = "leave_asked"  # somebody asks to be away; body: by, person, first, last
    LEAVE_DECIDED = "leave_decided"  # body: by, person, first, last, is_approved, note
    SWAP_ASKED = "swap_asked"  # a colleague offers a shift; body: by, date, shift, other_date
    SWAP_ANSWERED = "swap_answered"  # body: by, date, is_accepted
    SWAP_TO_DECIDE = "swap_to_decide"  # two agree, somebody has to approve; body: by, date
    SWAP_DECIDED = "swap_decided"  # body: by, date, state, note
    ANNOUNCED = "announced"  # one that must be read begins; body: announcement, title
    TRAINING_WANTED = "training_wanted"  # of this person; body: announcement, title, live_on, minutes
    TRAINING_LACKING = "training_lacking"  # of people; body: announcement, title, live_on, count
    AWAY_ASKED = "away_asked"  # for long; body: by, person, reason, until (ISO, UTC), away
    AWAY_ANSWERED = "away_answered"  # body: by, is_granted, reason, away
    AWAY_OVERDUE = "away_overdue"  # not back in time; body: by (who is away), person, until, reason, away
    SWAP_TAKEN = "swap_taken"  # somebody took over a shift at once; body: by, date, shift, is_taken_back


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be written. `key` makes it happen once: a second one of the same key is dropped.

    `show_at` is when the bell shows it, None for at once (quiet hours put it off).
    """

    person_id: PersonId
    kind: NoticeKind
    key: str
    ticket_id: TicketId | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    show_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as its reader sees it; `number` and `subject` are those of its ticket, if it has one.

    `at` is since when it is shown. `by` names who caused it, in the reader's language; "" for nobody.
    """

    id: int
    kind: NoticeKind
    at: datetime
    ticket_id: TicketId | None
    number: int | None
    subject: str
    body: Mapping[str, Any]
    is_read: bool
    by: str = ""

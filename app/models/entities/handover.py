"""What a handover between two shifts is: its sections, lines, states and the record both sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.models.entities.ids import PersonId
from app.models.entities.roster import ShiftAt


class HandoverState(StrEnum):
    """How far a handover is. Only a closed one is frozen."""

    DRAFT = "draft"
    SIGNED_OUT = "signed_out"
    CLOSED = "closed"


class LineState(StrEnum):
    """What the incoming leader says of a line."""

    OPEN = "open"
    TICKED = "ticked"
    ASKED = "asked"
    ANSWERED = "answered"


class Section(StrEnum):
    """What a line is about, in the order of the sheet. A ticket stands under the first that fits."""

    MAJOR = "major"
    GRAVE = "grave"  # open P1 and P2
    BREACHED = "breached"
    PROMISED = "promised"  # a time was named to the caller
    DUE = "due"  # until the end of the next shift
    CALL_BACK = "call_back"  # waits for the user
    UNACCEPTED = "unaccepted"  # handed on, nobody has begun
    COMPLAINT = "complaint"
    NOTE = "note"
    CALLS = "calls"
    PEOPLE = "people"
    CHECK = "check"


class Side(StrEnum):
    """Which of the two leaders signs."""

    OUT = "out"
    IN = "in"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to hand over, as the database says it now. `body` holds plain JSON values.

    `reference` names the thing in all sections: "t17" a ticket, "n4" a note, "c2" a check.
    """

    section: Section
    reference: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet. `body` is the fact as it was when the line was last untouched.

    In `body`, "also" lists further sections the ticket belongs to and "settled_at" (microseconds) says since
    when the line is no longer true.
    """

    id: int
    section: Section
    reference: str
    position: int
    body: Mapping[str, Any]
    note: str
    state: LineState
    question: str
    answer: str
    ticked_by: str
    ticked_at: datetime | None
    version: int

    @property
    def is_settled(self) -> bool:
        """Whether what the line says is over meanwhile."""
        return bool(self.body.get("settled_at"))

    @property
    def is_done(self) -> bool:
        """Whether nothing stands in the way of the incoming leader's signature."""
        if self.state is LineState.OPEN:
            return self.is_settled
        return self.state is not LineState.ASKED

    @property
    def ticket_id(self) -> int | None:
        """The ticket the line is about, if it is about one."""
        return int(self.reference[1:]) if self.reference[:1] == "t" else None

    @property
    def announcement_id(self) -> int | None:
        """The announcement the line is about, if it is about one."""
        return int(self.reference[1:]) if self.reference[:1] == "a" else None


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed when; `reason` says why it was not the rostered supervisor, "" where it was."""

    person_id: PersonId
    name: str
    name_alt: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Leader:
    """A duty supervisor by the roster, with the name in both languages."""

    person_id: PersonId
    name: str
    name_alt: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """A handover as its page shows it. `leaders` and `next_leaders` come from the roster of both shifts."""

    id: int
    shift: ShiftAt
    next_shift: ShiftAt | None
    state: HandoverState
    opened_at: datetime
    remarks: str
    out: Signature | None
    taken: Signature | None
    number: int | None
    sha256: str
    previous_sha256: str
    paper_sha256: str
    version: int
    lines: tuple[Line, ...] = ()
    leaders: tuple[Leader, ...] = ()
    next_leaders: tuple[Leader, ...] = ()

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The lines that keep the incoming leader from signing."""
        return tuple(line for line in self.lines if not line.is_done)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the desk's handovers stand at an instant.

    `unsigned` is the shift that ended without both signatures, since its end; `unsigned_state` None: nobody
    has opened its sheet. `is_unled`: nobody leads the shift that runs now.
    """

    at: datetime
    running: ShiftAt | None
    is_unled: bool
    unsigned: ShiftAt | None = None
    unsigned_state: HandoverState | None = None
    draft_due: bool = False  # the running shift ends so soon that its sheet is written; not both have signed

    @property
    def since(self) -> datetime | None:
        """Since when the shift before is not handed over."""
        return None if self.unsigned is None else self.unsigned.ends_at


@dataclass(frozen=True, slots=True)
class BookEntry:
    """One handover in the book."""

    id: int
    number: int | None
    on_date: date
    shift_code: str
    shift_name: str
    shift_name_alt: str
    state: HandoverState
    out_by: str
    in_by: str
    closed_at: datetime | None
    lines: int


@dataclass(frozen=True, slots=True)
class BookPage:
    """Some entries, the newest first; `after` reads on, None where the book ends."""

    entries: tuple[BookEntry, ...]
    after: int | None


class Fault(StrEnum):
    """What is wrong with a closed handover."""

    RECORD = "record"  # the text is not the one that was signed
    PAPER = "paper"  # the paper is missing or not the one that was made
    SIGNATURE = "signature"  # who and when in the table is not what the record says
    LINES = "lines"  # a line in the table is not what the record says
    CHAIN = "chain"  # it does not continue the one before
    MISSING = "missing"  # a number of the book is not there


@dataclass(frozen=True, slots=True)
class BookFault:
    """One difference, by the book's number; `handover_id` None where the record is gone."""

    number: int
    handover_id: int | None
    fault: Fault


@dataclass(frozen=True, slots=True)
class BookVerified:
    """What recomputing the book gave: how many records, and every difference (there should be none)."""

    checked: int
    faults: tuple[BookFault, ...] = ()


class OpportunityState(StrEnum):
    """How far a need that somebody heard of has come."""

    NOTED = "noted"
    FORWARDED = "forwarded"
    WON = "won"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A need or an opening somebody at the desk heard of, and what became of it."""

    id: int
    text: str
    state: OpportunityState
    requester: str
    ticket_id: int | None
    ticket_number: int | None
    noted_by: str
    noted_at: datetime
    forwarded_to: str
    forwarded_at: datetime | None
    outcome: str
    version: int


@dataclass(frozen=True, slots=True)
class MustRead:
    """An article everybody on the roster must have read in its present revision."""

    article_id: int
    number: int
    title: str
    revision: int
    acknowledged: int
    missing: tuple[str, ...]
    is_mine_read: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What a look at the facts does to a sheet: new facts, lines to write anew, lines to mark as settled.

    An update carries the section the line now stands under; `settled` are line ids.
    """

    added: tuple[Fact, ...] = ()
    updated: tuple[tuple[Line, Fact], ...] = ()
    settled: tuple[Line, ...] = field(default_factory=tuple)

"""What is kept of reading and taking out: who saw or exported what, when, from which PC (S4-23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.models.entities.ids import PersonId


class AccessKind(StrEnum):
    """What somebody did with what is not theirs to spread."""

    OPENED = "opened"
    REVEALED = "revealed"
    EXPORTED = "exported"
    PRINTED = "printed"


class AccessSubject(StrEnum):
    """What it was done with; `AccessRecord.reference` says which one."""

    TICKET = "ticket"
    TICKETS = "tickets"
    PERSON = "person"
    ATTACHMENT = "attachment"
    REPORT = "report"
    ROSTER = "roster"
    SETTINGS = "settings"
    HANDOVER = "handover"
    AUDIT = "audit"
    BACKUP = "backup"


class ReadsRecorded(StrEnum):
    """Which tickets it is recorded of that somebody opened them; the choices of a setting."""

    NOTHING = "nothing"
    SENSITIVE = "sensitive"  # complaints and major incidents
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Access:
    """What somebody is about to do. `reference` says with which thing of its kind, "" where there is one.

    `about` holds plain values, such as `file` (its name), `fact`, `ticket`; `row_count` is None where rows
    mean nothing.
    """

    kind: AccessKind
    subject: AccessSubject
    reference: str = ""
    about: Mapping[str, object] = field(default_factory=dict)
    row_count: int | None = None


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One line of the record. `person` is "" for the program itself; `named` is what `reference` is called,
    "" where nothing better is known."""

    id: int
    at: datetime
    person: str
    pc: str
    kind: AccessKind
    subject: AccessSubject
    reference: str
    named: str
    about: Mapping[str, object]
    row_count: int | None


@dataclass(frozen=True, slots=True)
class AccessFilter:
    """Which lines are wanted; all that is given must fit. `until` is the first instant left out.

    `words` are looked for in names, PC, reference and `about`, each as a part of a word.
    """

    person_id: PersonId | None = None
    kind: AccessKind | None = None
    subject: AccessSubject | None = None
    since: datetime | None = None
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class AccessKey:
    """Where a page of the record ended: go on after it."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Some lines, the newest first. `after` is where the next page begins, None behind the last line."""

    entries: tuple[AccessEntry, ...]
    after: AccessKey | None = None

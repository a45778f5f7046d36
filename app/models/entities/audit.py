"""What is kept of reading and taking out: who saw or exported what, when, from which PC (S4-23)."""

from __future__ import annotations

from enum import StrEnum


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

"""What the printed emergency card says: whom to ring in the shifts to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.models.entities.reports import ReportHead


@dataclass(frozen=True, slots=True)
class CardPerson:
    """Somebody to ring. `role` is a team or what they are reachable for; `number` "" where none is known."""

    name: str
    role: str
    number: str


@dataclass(frozen=True, slots=True)
class CardShift:
    """One shift and who leads it; an empty `leaders` is printed as such, never filled in."""

    code: str
    name: str
    on_date: date
    starts_at: datetime
    ends_at: datetime
    leaders: tuple[CardPerson, ...]


@dataclass(frozen=True, slots=True)
class EmergencyCard:
    """The whole card: the running shift and those that follow, who stands by, who is always reachable.

    `at_work` are on the hotline or in the field now: printed as far as the sheet has room.
    """

    head: ReportHead
    shifts: tuple[CardShift, ...]
    standby: tuple[CardPerson, ...]
    reachable: tuple[CardPerson, ...]
    at_work: tuple[CardPerson, ...] = ()

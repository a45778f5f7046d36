"""What the desk announces: a new system, a change, a fault, maintenance, or plain news (S2-61, S4-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.models.entities.ids import AnnouncementId, ArticleId, CategoryId, PersonId, ServiceId, TicketId
from app.models.entities.skills import SkillId


class AnnouncementKind(StrEnum):
    """What is announced; a new system has a day on which it goes live."""

    NEW_SYSTEM = "new_system"
    CHANGE = "change"
    FAULT = "fault"
    MAINTENANCE = "maintenance"
    NEWS = "news"


class AnnouncementChannel(StrEnum):
    """By which way users are told, ticked by whoever announces."""

    BOARD = "board"
    EMAIL = "email"
    PHONE = "phone"
    INTRANET = "intranet"
    SITE_VISIT = "site_visit"


class AnnouncementState(StrEnum):
    """Where an announcement stands at an instant; derived, never stored."""

    PLANNED = "planned"
    SHOWN = "shown"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Link(StrEnum):
    """What an announcement leads to by a number that people know."""

    ARTICLE = "article"
    TICKET = "ticket"


@dataclass(frozen=True, slots=True)
class AnnouncementDetails:
    """Everything about an announcement that somebody types.

    `shown_from` None: from now on; `shown_until` None: without end. `live_on` and `training_minutes` are of a
    new system: the day it goes live, and how long everybody at the desk should have been trained by then.
    `channels` are the ways by which users were told already.
    """

    kind: AnnouncementKind
    title: str
    text: str = ""
    service_id: ServiceId | None = None
    article_id: ArticleId | None = None
    ticket_id: TicketId | None = None
    live_on: date | None = None
    training_minutes: int | None = None
    must_read: bool = False
    channels: tuple[AnnouncementChannel, ...] = ()
    shown_from: datetime | None = None
    shown_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkedArticle:
    """The article an announcement leads to."""

    id: ArticleId
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class LinkedTicket:
    """The ticket an announcement is about."""

    id: TicketId
    number: int
    subject: str
    category_id: CategoryId | None


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement as its reader sees it; people are named in the reader's language.

    `article` and `ticket` are None where nothing is linked, or what was linked is gone. `read_at` is when the
    reader said to have read it, `read_count` how many people did.
    """

    id: AnnouncementId
    details: AnnouncementDetails
    shown_from: datetime
    state: AnnouncementState
    service_name: str
    service_name_alt: str
    article: LinkedArticle | None
    ticket: LinkedTicket | None
    written_by: str
    written_at: datetime
    withdrawn_by: str
    withdrawn_at: datetime | None
    read_at: datetime | None
    read_count: int
    version: int

    @property
    def shown_until(self) -> datetime | None:
        """When it ends; None: nobody has said so."""
        return self.details.shown_until

    @property
    def is_unread(self) -> bool:
        """Whether its reader has still to read it."""
        return self.details.must_read and self.read_at is None


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether somebody of the desk has read an announcement; `at` None: not yet."""

    person_id: PersonId
    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far somebody of the desk is trained for a new system: minutes held, the last day, enough or not."""

    person_id: PersonId
    name: str
    minutes: int
    last_on: date | None
    is_trained: bool


@dataclass(frozen=True, slots=True)
class HeldTraining:
    """A training people had together for a new system; `skill_id` None: about no skill of the list."""

    person_ids: tuple[PersonId, ...]
    held_on: date
    minutes: int
    skill_id: SkillId | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """Whom to call when it cannot wait (S1-49): the duty supervisor of this moment, else the desk.

    `name` is "" where it is the desk's own number; `until` is when the shift changes, and the number with it.
    """

    number: str
    name: str = ""
    until: datetime | None = None

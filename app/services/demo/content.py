"""What the demo site's files hold: people, ticket templates, articles, the roster's rhythms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models.entities.knowledge import ArticleState
from app.models.entities.tickets import TicketType

LANGUAGES = ("en", "zh_CN")
# The Chinese twin of English article 231 is 1231: numbers are unique in the database.
CHINESE_ARTICLES_FROM = 1000


@dataclass(frozen=True, slots=True)
class Company:
    """The company or one of its subsidiaries."""

    code: str
    name: str
    name_alt: str


@dataclass(frozen=True, slots=True)
class Department:
    """A department and where it sits."""

    code: str
    company: str
    name: str
    name_alt: str
    location: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody of the desk or of IT. `crew` names a rhythm of `roster.json`; "" has no shifts."""

    login: str
    name: str
    name_alt: str
    teams: tuple[str, ...]
    roles: tuple[str, ...]
    department: str
    title: str
    title_alt: str
    extension: str
    mobile: str
    email: str
    language: str
    crew: str = ""


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody who calls the desk. `key` is the name part of the mail address."""

    key: str
    name: str
    name_alt: str
    department: str
    title: str
    title_alt: str
    location: str
    extension: str
    mobile: str
    email: str
    language: str
    vip: bool = False


@dataclass(frozen=True, slots=True)
class TicketTexts:
    """What people wrote on a ticket, in one language; {placeholders} are filled from `fill`."""

    subject: str
    description: str
    solution: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class TicketTemplate:
    """One kind of report the desk knows. `team` is who solves it; `article` is the English number."""

    key: str
    type: TicketType
    category: str
    service: str
    impact: int
    urgency: int
    team: str
    cause: str
    resolution: str
    texts: Mapping[str, TicketTexts]
    first_contact: bool = False
    out_of_scope: bool = False
    article: int | None = None

    def article_in(self, language: str) -> int | None:
        """Return the number of the article that solves it, in the given language."""
        if self.article is None or language == LANGUAGES[0]:
            return self.article
        return self.article + CHINESE_ARTICLES_FROM


@dataclass(frozen=True, slots=True)
class ArticleText:
    """A knowledge article as it stands; `body` is Markdown without the title line."""

    number: int
    language: str
    category: str
    state: ArticleState
    keywords: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that must be open at the end. `remaining` is in minutes of its resolution time.

    State "waiting" has `reason` and the number of `days` it is old instead of `remaining`. `facts` are fields
    of the ticket, times in minutes from the demo's last moment; "at" is when they were recorded.
    """

    template: str
    state: str
    lang: str
    remaining: int = 0
    requester: str = ""
    assignee: str = ""
    team: str = ""
    reason: str = ""
    days: int = 0
    impact: int = 0
    urgency: int = 0
    channel: str = "phone"
    fill: Mapping[str, int] = field(default_factory=dict)
    steps: tuple[Mapping[str, Any], ...] = ()
    duplicates: tuple[str, ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RosterRules:
    """Rhythms by crew, exceptions by person and date, and which dates are no ordinary days."""

    crews: Mapping[str, Mapping[str, Any]]
    exceptions: tuple[tuple[str, str, date, date], ...]
    holidays: frozenset[date]
    make_up_workdays: frozenset[date]


@dataclass(frozen=True, slots=True)
class ShiftNoteText:
    """A note for the next shift, `days_ago` before the demo's last day."""

    days_ago: int
    shift: str
    author: str
    texts: Mapping[str, str]
    done: bool


@dataclass(frozen=True, slots=True)
class DemoContent:
    """Everything in `resources/demo`, and the parts of the sample set-up that the plan needs."""

    companies: tuple[Company, ...]
    departments: tuple[Department, ...]
    staff: tuple[StaffMember, ...]
    requesters: tuple[Requester, ...]
    templates: Mapping[str, TicketTemplate]
    fill: Mapping[str, Mapping[str, tuple[str, ...]]]
    callers: Mapping[str, tuple[str, ...]]
    articles: tuple[ArticleText, ...]
    open_tickets: tuple[OpenTicket, ...]
    roster: RosterRules
    notes: tuple[ShiftNoteText, ...]
    defaults: Mapping[str, Any]

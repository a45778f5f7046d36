"""What happens at the demo site, as plain facts in time order; whoever loads them asks the commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.models.entities.tickets import Channel, Confirmation, TicketType
from app.services.demo.content import ArticleText, Company, Department, Requester, StaffMember


class StepAction(StrEnum):
    """What somebody does to a ticket after it is registered; one command each."""

    ASSIGN = "assign"
    START = "start"
    NOTE = "note"
    REPLY = "reply"
    CALL = "call"
    WAIT = "wait"
    RESUME = "resume"
    RESOLVE = "resolve"
    SOLVE_NOW = "solve_now"
    CONFIRM = "confirm"
    CLOSE = "close"
    REFUSE = "refuse"
    CANCEL = "cancel"
    OUT_OF_SCOPE = "out_of_scope"
    DUPLICATE = "duplicate"
    FACTS = "facts"


@dataclass(frozen=True, slots=True)
class Step:
    """One action on a ticket. Only the fields of its kind are filled.

    `actor` None is the program itself (closing after the waiting period). RESOLVE and SOLVE_NOW carry the
    solution in `text`, with `cause`, `resolution`, `line` and `article` (None: no article fits).
    FACTS sets the ticket's fields in `facts`.
    """

    at: datetime
    actor: str | None
    action: StepAction
    text: str = ""
    team: str = ""
    assignee: str = ""
    reason: str = ""
    cause: str = ""
    resolution: str = ""
    line: int = 0
    article: int | None = None
    confirmation: Confirmation | None = None
    duplicate_of: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TicketFact:
    """One ticket from its registration on. Codes and logins are names in the plan, not ids."""

    number: int
    template: str
    language: str
    type: TicketType
    channel: Channel
    subject: str
    description: str
    requester: str | None
    owner: str
    category: str
    service: str
    location: str
    impact: int
    urgency: int
    received_at: datetime
    created_at: datetime
    is_proactive: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class AssignmentFact:
    """Who works what on a date; days off are absent."""

    person: str
    on_date: date
    code: str
    is_supervisor: bool


@dataclass(frozen=True, slots=True)
class NoteFact:
    """A note for the next shift."""

    on_date: date
    shift: str
    author: str
    text: str
    at: datetime
    is_done: bool


@dataclass(frozen=True, slots=True)
class ArticleFact:
    """An article with its history and the answers to "helped?"."""

    article: ArticleText
    author: str
    reviewer: str
    created_at: datetime
    updated_at: datetime
    helped: int
    not_helped: int


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """The whole demo: tickets by number, everything else in the order of the files."""

    until: datetime
    companies: tuple[Company, ...]
    departments: tuple[Department, ...]
    staff: tuple[StaffMember, ...]
    requesters: tuple[Requester, ...]
    articles: tuple[ArticleFact, ...]
    tickets: tuple[TicketFact, ...]
    assignments: tuple[AssignmentFact, ...]
    notes: tuple[NoteFact, ...]

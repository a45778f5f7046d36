"""Valid records with the least said: a test names only what it is about.

Records are written straight into the tables, not through commands, so that a test of one command does
not depend on all others. Any column may be given by its name; enums, instants and what `make` returned
before are understood.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from types import SimpleNamespace
from typing import Any

from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros
from app.models.entities.knowledge import ArticleState
from app.models.entities.roster import ShiftKind
from app.models.entities.tickets import (
    OPEN_STATUSES,
    Channel,
    EventKind,
    PrioritySource,
    TicketStatus,
    TicketType,
    WaitingKind,
)
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Context

NORMAL_LEVEL = 3
FIRST_NUMBER = 10_001


class Made(SimpleNamespace):
    """A row as it was written: `id` and every column by name, as stored (instants in microseconds)."""

    id: int
    version: int


class Make:
    """Writes records into the database of `ctx`, at the instant its clock shows."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._numbers = itertools.count(1)
        self._ticket_numbers = itertools.count(FIRST_NUMBER)

    # --- people ----------------------------------------------------------------------------------

    def company(self, **columns: Any) -> Made:
        """A company, active."""
        return self._row("company", {"name": self._named("Company")}, columns)

    def department(self, company: Made | None = None, **columns: Any) -> Made:
        """A department of `company`, or of a new one."""
        of = company or self.company()
        return self._row("department", {"name": self._named("Department"), "company_id": of}, columns)

    def person(self, *, teams: tuple[Made, ...] = (), roles: tuple[Made, ...] = (), **columns: Any) -> Made:
        """Somebody who calls the desk: no login, no staff. `phone` adds a number."""
        phone = columns.pop("phone", "")
        person = self._row("person", {"name": self._named("Person")}, columns)
        for team in teams:
            self._link("team_member", {"team_id": team, "person_id": person})
        for role in roles:
            self._link("person_role", {"role_id": role, "person_id": person})
        if phone:
            digits = "".join(character for character in phone if character.isdigit())
            self._link(
                "phone_number", {"person_id": person, "kind": "work", "number": phone, "digits": digits}
            )
        return person

    def agent(self, *, teams: tuple[Made, ...] = (), roles: tuple[Made, ...] = (), **columns: Any) -> Made:
        """Somebody who works at the desk and can sign in once a password is set."""
        staff = {"login": f"agent{next(self._numbers)}", "is_staff": True}
        return self.person(teams=teams, roles=roles, **{**staff, **columns})

    def team(self, **columns: Any) -> Made:
        """A first-line team."""
        return self._row("team", {"code": self._code("team"), "name": self._named("Team")}, columns)

    def role(self, *permissions: str, **columns: Any) -> Made:
        """A role that holds `permissions`."""
        role = self._row("role", {"code": self._code("role"), "name": self._named("Role")}, columns)
        for permission in permissions:
            self._link("role_permission", {"role_id": role, "permission": permission})
        return role

    # --- what tickets are about ------------------------------------------------------------------

    def category(self, parent: Made | None = None, **columns: Any) -> Made:
        """A category, under `parent` or at the top."""
        start = {"code": self._code("cat"), "name": self._named("Category"), "parent_id": parent}
        return self._row("category", start, columns)

    def service(self, **columns: Any) -> Made:
        """A service in scope."""
        return self._row("service", {"code": self._code("svc"), "name": self._named("Service")}, columns)

    def waiting_reason(self, kind: WaitingKind = WaitingKind.USER, **columns: Any) -> Made:
        """A reason to wait that pauses the resolution clock only."""
        start = {"kind": kind, "code": self._code("wait"), "name": self._named("Waiting")}
        return self._row("waiting_reason", start, columns)

    def code_item(self, kind: str, **columns: Any) -> Made:
        """An entry of a code list, such as kind "cause" or "resolution"."""
        start = {"kind": kind, "code": self._code("code"), "name": self._named("Code")}
        return self._row("code_item", start, columns)

    def article(self, **columns: Any) -> Made:
        """A published article in English. It is not in the search index: commands put it there."""
        number = next(self._numbers)
        start = {
            "number": number,
            "title": f"Article {number}",
            "body": "Turn it off and on again.",
            "language": "en",
            "state": ArticleState.PUBLISHED,
            "created_at": self._now,
            "updated_at": self._now,
        }
        return self._row("article", start, columns)

    # --- tickets ---------------------------------------------------------------------------------

    def ticket(self, *, due_in: timedelta | None = None, **columns: Any) -> Made:
        """A new incident received now by telephone, without a promise.

        `due_in` promises a solution that long from now. What follows from the status (open or not, sort
        order) is filled in; the log gets its first line.
        """
        number = next(self._ticket_numbers)
        status = columns.get("status", TicketStatus.NEW)
        due_at = columns.get("resolution_due_at", None if due_in is None else self._now + due_in)
        start = {
            "number": number,
            "type": TicketType.INCIDENT,
            "status": status,
            "channel": Channel.PHONE,
            "subject": f"Ticket {number}",
            "impact": NORMAL_LEVEL,
            "urgency": NORMAL_LEVEL,
            "priority": NORMAL_LEVEL,
            "priority_source": PrioritySource.MATRIX,
            "received_at": self._now,
            "created_at": self._now,
            "updated_at": self._now,
            "resolution_due_at": due_at,
            "due_sort": FAR_FUTURE_MICROS if due_at is None else due_at,
            "clock_started_at": None if due_at is None else columns.get("received_at", self._now),
            "is_open": status in OPEN_STATUSES,
            "is_paused": status is TicketStatus.WAITING,
        }
        ticket = self._row("ticket", start, columns)
        self.event(ticket, EventKind.CREATED)
        return ticket

    def event(self, ticket: Made, kind: EventKind, **columns: Any) -> Made:
        """A line of the ticket's log, now."""
        start = {"ticket_id": ticket, "at": self._now, "kind": kind, "client": "tests"}
        return self._row("ticket_event", start, columns, has_version=False)

    # --- the roster ------------------------------------------------------------------------------

    def shift_template(self, code: str = "D", **columns: Any) -> Made:
        """A day shift from 08:00, eight hours long."""
        start = {
            "code": code,
            "name": f"Shift {code}",
            "kind": ShiftKind.WORK,
            "start_minute": 8 * 60,
            "duration_minute": 8 * 60,
            "tone": "day",
        }
        return self._row("shift_template", start, columns)

    def assignment(self, person: Made, on_date: date, template: Made, **columns: Any) -> Made:
        """`person` works `template` on `on_date`."""
        start = {"person_id": person, "on_date": on_date, "template_id": template}
        return self._row("assignment", start, columns)

    # --- writing ---------------------------------------------------------------------------------

    @property
    def _now(self) -> datetime:
        return self._ctx.clock.now()

    def _named(self, kind: str) -> str:
        return f"{kind} {next(self._numbers)}"

    def _code(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    def _row(
        self, table: str, start: Mapping[str, Any], columns: Mapping[str, Any], *, has_version: bool = True
    ) -> Made:
        values = {name: _stored(value) for name, value in {**start, **columns}.items()}
        if has_version:
            values.setdefault("version", 1)
        number = self._write(lambda tx: tx.insert(table, values))
        return Made(id=number, **values)

    def _link(self, table: str, columns: Mapping[str, Any]) -> None:
        """For rows that join two others and that no test asks for by name."""
        self._write(lambda tx: tx.insert(table, {name: _stored(value) for name, value in columns.items()}))

    def _write(self, body: Callable[[Transaction], int]) -> int:
        operation = Operation(op_id=uuid.uuid4().hex, now=self._now, actor_id=None, client="tests")
        number = self._ctx.store.write(operation, body)
        assert number is not None
        return number


def _stored(value: Any) -> Any:
    """A value as its column keeps it."""
    if isinstance(value, Made):
        return value.id
    if isinstance(value, datetime):
        return to_micros(value)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value

"""A desk whose day shift hands over to the night: two leaders who can sign, and their sheet."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from app.models.entities.handover import Handover, Line, LineState
from app.models.entities.ids import PersonId
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.access import accounts
from app.services.base.context import Actor, Context
from app.services.handover import commands, queries, signing
from app.services.handover.rules import canonical
from tests.support.factories import Made, Make
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
BEFORE_CHANGE = datetime(2026, 11, 20, 11, 50, tzinfo=UTC)
"""19:50 at the desk: ten minutes before the day shift ends."""
PASSWORD = "maple tree 47 rivers"
RIGHTS = ("roster.read", "handover.write", "tickets.read", "opportunities.write", "knowledge.read")
PAPER = b"%PDF-paper of a test"


@dataclass(frozen=True)
class HandoverDesk:
    """Who hands over to whom, each with a context of their own."""

    ctx: Context
    make: Make
    day: Made
    night: Made
    wang: Made
    li: Made
    zhao: Made
    role: Made

    def as_(self, person: Made, *rights: str) -> Context:
        """Return the program with `person` at it."""
        actor = Actor(
            PersonId(person.id), person.name, frozenset(rights or RIGHTS), "pc", person.name_alt or ""
        )
        return self.ctx.acting_as(actor)

    @property
    def outgoing(self) -> Context:
        return self.as_(self.wang)

    @property
    def incoming(self) -> Context:
        return self.as_(self.li)

    def opened(self) -> Handover:
        """Open the sheet of the running shift and return it."""
        outcome = commands.open_handover(self.outgoing)
        return queries.handover(self.ctx, outcome.id or 0)

    def sheet(self, handover_id: int) -> Handover:
        """Return a handover as it is stored now."""
        return queries.handover(self.ctx, handover_id)

    def tick_all(self, handover_id: int) -> None:
        """Tick every line nobody has ticked yet, as the incoming leader."""
        lines = [
            (line.id, line.version)
            for line in self.sheet(handover_id).lines
            if line.state is not LineState.TICKED
        ]
        commands.tick_lines(self.incoming, lines, is_ticked=True)

    def sign_out(self, handover_id: int, **more: Any) -> None:
        version = self.sheet(handover_id).version
        signing.sign_out(
            self.outgoing, handover_id, PersonId(self.wang.id), PASSWORD, version=version, **more
        )

    def sign_in(
        self, handover_id: int, draw: Callable[[Mapping[str, Any]], bytes] = lambda _record: PAPER
    ) -> Handover:
        version = self.sheet(handover_id).version
        signing.sign_in(
            self.incoming, handover_id, PersonId(self.li.id), PASSWORD, version=version, draw=draw
        )
        return self.sheet(handover_id)

    def closed(
        self, draw: Callable[[Mapping[str, Any]], bytes] = lambda record: canonical(record).encode()
    ) -> Handover:
        """Open, tick and sign the sheet of the running shift."""
        handover = self.opened()
        self.tick_all(handover.id)
        self.sign_out(handover.id)
        return self.sign_in(handover.id, draw)

    def told(self, person: Made) -> list[tuple[str, Any]]:
        """Kind and facts of every notice for a person, oldest first."""
        with self.ctx.store.read() as read:
            rows = read.rows("SELECT kind, body FROM notice WHERE person_id = ? ORDER BY id", (person.id,))
        return [(row[0], json.loads(row[1])) for row in rows]

    def write(self, body: Callable[[Transaction], int | None]) -> None:
        """Write behind the program's back."""
        operation = Operation(uuid.uuid4().hex, self.ctx.clock.now(), None, "tests")
        self.ctx.store.write(operation, body)


def handover_desk(ctx: Context, make: Make) -> HandoverDesk:
    """Write the desk: Wang Fang leads Friday's day, Li Na the night; Zhao Lei may write handovers too."""
    set_up_site(ctx)
    team = make.team(name="First line", name_alt="一线")
    role = make.role(*RIGHTS)
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, tone="d")
    night = make.shift_template(
        "N", name="Night", name_alt="夜班", start_minute=1200, duration_minute=720, tone="n"
    )
    people = [
        make.agent(name=name, name_alt=alt, login=login, teams=(team,), roles=(role,))
        for name, alt, login in (
            ("Wang Fang", "王芳", "wangfang"),
            ("Li Na", "李娜", "lina"),
            ("Zhao Lei", "赵磊", "zhaolei"),
        )
    ]
    for person in people:
        accounts.set_password(ctx, PersonId(person.id), PASSWORD, must_change=False)
    make.assignment(people[0], FRIDAY, day, is_supervisor=True)
    make.assignment(people[1], FRIDAY, night, is_supervisor=True)
    return HandoverDesk(ctx, make, day, night, *people, role)


def line_of(handover: Handover, reference: str) -> Line:
    """Return the line about a thing."""
    return next(line for line in handover.lines if line.reference == reference)

"""A site whose promises are watched: who leads, who manages, and time that passes round by round."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app.models.entities.background import LONGEST_JUMP, TickReport
from app.models.entities.escalation import EscalationRules
from app.models.entities.ids import TicketId
from app.models.entities.instants import to_micros
from app.models.entities.tickets import Channel, NewTicket, Ticket, TicketType
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.background.high_water import accept_clock
from app.services.background.runner import BackgroundWork
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.tickets import commands, queries
from tests.support.factories import Made, Make
from tests.support.site import set_up_site

CALL = NewTicket(TicketType.INCIDENT, Channel.PHONE, "VPN drops every 5 minutes", impact=2, urgency=2)
"""A P2 of the sample matrix, answered while it is registered, promised in 4 hours around the clock."""
TARGETS = [
    {"priority": 1, "calendar": "24x7", "response": "10 min", "resolution": "2 h"},
    {"priority": 2, "calendar": "24x7", "response": "15 min", "resolution": "4 h"},
    {"priority": 3, "calendar": "office", "response": "30 min", "resolution": "8 h"},
    {"priority": 4, "calendar": "office", "response": "60 min", "resolution": "3 d"},
]
"""As RULES 3, without the first line's box: a test is about one clock."""


@dataclass
class Desk:
    """A desk with people; `at` the clock and the rounds of its background work."""

    ctx: Context
    make: Make
    owner: Made
    supervisor: Made
    process_manager: Made
    desk_manager: Made
    work: BackgroundWork

    @property
    def agent(self) -> Context:
        """The owner's own program: tickets registered through it are theirs."""
        actor = Actor(self.owner.id, self.owner.name, ALL_PERMISSIONS, "PC-03")  # type: ignore[arg-type]
        return self.ctx.acting_as(actor)

    def opened(self, **fields: Any) -> Ticket:
        """Register a call, owned by the agent."""
        outcome = commands.create_ticket(self.agent, replace(CALL, **fields))
        assert outcome.id is not None
        return self.read(outcome.id)

    def read(self, ticket_id: int) -> Ticket:
        return queries.ticket_detail(self.ctx, TicketId(ticket_id)).ticket

    def events(self, ticket_id: int) -> list[Any]:
        return list(queries.ticket_detail(self.ctx, TicketId(ticket_id)).events)

    def later(self, **span: float) -> TickReport:
        """Let time pass, then do rounds until nothing is left; return the first report that did something.

        After more than a day with everything off, somebody says that the clock is right.
        """
        self.ctx.clock.advance(timedelta(**span))  # type: ignore[attr-defined]
        if timedelta(**span) > LONGEST_JUMP:
            accept_clock(self.ctx, now=self.ctx.clock.now())
        return self.rounds()

    def each(self, *, times: int, **span: float) -> None:
        """Let time pass in steps, with rounds after each."""
        for _ in range(times):
            self.later(**span)

    def rounds(self) -> TickReport:
        first = self.work.tick()
        self.work.tick()  # what a deed made due again is looked at
        return first

    def rows(self, text: str, *parameters: object) -> list[Any]:
        with self.ctx.store.read() as read:
            return read.rows(text, parameters)

    def column(self, ticket_id: int, name: str) -> Any:
        return self.rows(f"SELECT {name} FROM ticket WHERE id = ?", ticket_id)[0][0]

    def told(self, person: Made | None = None) -> list[tuple[str, dict[str, Any]]]:
        """Kind and facts of every notice, oldest first; of one person, or of all."""
        found = self.rows("SELECT person_id, kind, body FROM notice ORDER BY id")
        return [(row[1], json.loads(row[2])) for row in found if person is None or row[0] == person.id]

    def kinds(self, person: Made) -> list[str]:
        return [kind for kind, _ in self.told(person)]

    def shown(self) -> list[int]:
        return [row[0] for row in self.rows("SELECT show_at FROM notice ORDER BY id")]

    def write(self, body: Callable[[Transaction], object]) -> None:
        self.ctx.store.write(Operation(uuid.uuid4().hex, self.ctx.clock.now(), None, "tests"), body)

    def configure(self, kind: str, content: dict[str, Any], code: str = "site") -> None:
        """Put a new version of a document in force."""

        def body(tx: Transaction) -> None:
            last = tx.value(
                "SELECT MAX(number) FROM config_version WHERE kind = ? AND code = ?", (kind, code)
            )
            values = {
                "kind": kind,
                "code": code,
                "number": (last or 0) + 1,
                "at": to_micros(tx.now),
                "body": json.dumps(content),
            }
            tx.insert("config_version", values)

        self.write(body)

    def escalation(self, *steps: dict[str, Any], **others: int) -> None:
        """Put escalation rules in force; without quiet hours unless they are given."""
        rules = EscalationRules.from_dict({"steps": list(steps), "quiet_from": 0, "quiet_until": 0, **others})
        self.configure("escalation", rules.to_dict())

    def on_shift(self, person: Made, on: date, *, hour: int = 8, hours: int = 8, leads: bool = True) -> None:
        template = self.make.shift_template(f"S{hour}", start_minute=hour * 60, duration_minute=hours * 60)
        self.make.assignment(person, on, template, is_supervisor=leads)


DEFAULT_STEPS = (
    {"percent": 75, "recipients": ["owner", "assignee"]},
    {"percent": 90, "recipients": ["duty_supervisor"]},
    {"percent": 100, "recipients": ["duty_supervisor", "process_manager"]},
    {"percent": 150, "recipients": ["desk_manager"]},
)


def desk_with_people(ctx: Context, make: Make) -> Desk:
    """Set a site up with RULES 3 steps, no quiet hours, no storms, and one person of each kind."""
    set_up_site(ctx)
    team = make.team(line=1)
    desk = Desk(
        ctx,
        make,
        make.agent(teams=(team,)),
        make.agent(teams=(team,), roles=(make.role(code="duty_supervisor"),)),
        make.agent(roles=(make.role(code="process_manager"),)),
        make.agent(roles=(make.role(code="desk_manager"),)),
        BackgroundWork(ctx, holder="PC-01#test"),
    )
    desk.configure("sla", {"policies": [{"code": "incidents", "targets": TARGETS}]})
    desk.escalation(*DEFAULT_STEPS, storm_count=0)
    return desk

"""A desk on a Friday at 18:00 in Shanghai: day and night shift, who leads, who stands by, and the checks."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.entities.duty import CheckMoment
from app.models.entities.roster import ShiftKind
from app.models.store import Operation
from app.services.base.context import Context
from tests.support.factories import Made, Make
from tests.support.notices import acting
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
SATURDAY = FRIDAY + timedelta(days=1)
AGENT_RIGHTS = frozenset(
    {"tickets.read", "tickets.assign", "tickets.escalate", "roster.read", "roster.ask", "handover.write"}
)


@dataclass(frozen=True)
class DutyDesk:
    """Wang leads the day, Li works it, Zhou stands by for the network; Sun leads the night."""

    ctx: Context
    make: Make
    first: Made
    network: Made
    day: Made
    night: Made
    wang: Made
    li: Made
    zhou: Made
    sun: Made
    doors: Made
    phones: Made

    def as_wang(self) -> Context:
        """The program as the duty supervisor, who plans."""
        return acting(self.ctx, self.wang)

    def as_li(self) -> Context:
        """The program as an agent, who does not plan."""
        return acting(self.ctx, self.li, AGENT_RIGHTS)


def duty_desk(ctx: Context, make: Make) -> DutyDesk:
    """Write the desk."""
    set_up_site(ctx)
    first = make.team(code="first", name="First line", name_alt="一线", position=1)
    network = make.team(code="net", name="Network", name_alt="网络", line=2, position=2)
    day = make.shift_template("D", name="Day", name_alt="白班", duration_minute=720, tone="d")
    night = make.shift_template(
        "N", name="Night", name_alt="夜班", start_minute=1200, duration_minute=720, tone="n"
    )
    standby = make.shift_template(
        "S", name="Standby", kind=ShiftKind.STANDBY, start_minute=0, duration_minute=1440, tone="s"
    )
    planner = make.role("roster.edit", "roster.read", "roster.ask", code="duty_supervisor")
    wang = make.agent(name="Wang Fang", name_alt="王芳", login="wang.fang", teams=(first,), roles=(planner,))
    li = make.agent(name="Li Na", name_alt="李娜", login="li.na", teams=(first,), phone="6102")
    zhou = make.agent(name="Zhou Jie", name_alt="周杰", login="zhou.jie", teams=(network,))
    sun = make.agent(name="Sun Lei", name_alt="孙磊", login="sun.lei", teams=(first,))
    add_number(ctx, wang, "138 0013 8000")
    add_number(ctx, zhou, "139 0013 9000")
    add_number(ctx, sun, "137 0013 7000")
    make.assignment(wang, FRIDAY, day, is_supervisor=True)
    make.assignment(li, FRIDAY, day)
    make.assignment(zhou, FRIDAY, standby)
    make.assignment(sun, FRIDAY, night, is_supervisor=True)
    return DutyDesk(
        ctx, make, first, network, day, night, wang, li, zhou, sun,
        doors=add_check(make, "DOORS", CheckMoment.END, name="Doors locked", name_alt="门已锁好"),
        phones=add_check(make, "PHONES", CheckMoment.EQUIPMENT, name="Telephones ring", position=2),
    )  # fmt: skip


def add_check(make: Make, code: str, moment: CheckMoment, **columns: object) -> Made:
    """Write a point to tick."""
    return make._row("shift_check", {"code": code, "name": code, "moment": moment, "position": 1}, columns)


def add_number(ctx: Context, person: Made, number: str, kind: str = "mobile") -> None:
    """Write a telephone number."""
    digits = "".join(letter for letter in number if letter.isdigit())
    put(ctx, "phone_number", person_id=person.id, kind=kind, number=number, digits=digits)


def put(ctx: Context, table: str, **values: object) -> None:
    """Write a row for which there is no factory."""
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    ctx.store.write(operation, lambda tx: tx.insert(table, values))

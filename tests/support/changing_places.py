"""A desk where people ask for leave and change places: two agents, a supervisor who decides, four shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import LeaveDetails, SwapDetails
from app.models.entities.roster import PaintedCell, ShiftKind
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.notices import queries as notices
from app.services.roster import commands, queries
from tests.support.factories import Made, Make
from tests.support.site import set_up_site

FRIDAY = date(2026, 11, 20)
"""The day the tests' clock shows."""
MONDAY = FRIDAY + timedelta(days=3)
_ASKS = frozenset({"tickets.read", "roster.read", "roster.ask"})


@dataclass(frozen=True)
class Places:
    """Wang and Li may ask, Chen decides. Wang works by day from Monday to Wednesday, Li on Thursday."""

    ctx: Context
    wang: Made
    li: Made
    chen: Made
    day: Made
    night: Made
    leave: Made

    def as_(self, person: Made) -> Context:
        """Return the program as that person uses it."""
        rights = ALL_PERMISSIONS if person is self.chen else _ASKS
        return self.ctx.acting_as(Actor(PersonId(person.id), person.name, rights, "pc"))

    def cells(self) -> dict[tuple[str, str], str]:
        """Return what stands in the week, by name and date, as codes; fixed ones with a star."""
        roster = queries.roster(self.ctx, MONDAY, MONDAY + timedelta(days=6))
        codes = {template.id: template.code for template in roster.templates}
        names = {person.id: person.name for person in roster.people}
        return {
            (names[person], f"{on:%a}"): codes[cell.template_id]
            for (person, on), cell in roster.cells.items()
        }

    def told(self, person: Made) -> list[str]:
        """Return the kinds of what a person was told, the oldest first."""
        found = notices.my_notices(self.as_(person), limit=50)
        return [notice.kind.value for notice in reversed(found)]

    def paint(self, person: Made, on: date, shift: Made | None, before: Made | None = None) -> None:
        """Paint a cell as a planner would."""
        new, old = (None if one is None else TemplateId(one.id) for one in (shift, before))
        commands.paint_cells(self.as_(self.chen), [PaintedCell(PersonId(person.id), on, new, old)])

    def leave_of(self, person: Made, first: date, last: date, **other: object) -> LeaveDetails:
        """Return a request for leave."""
        make = partial(LeaveDetails, reason="Family visit")
        return make(
            person_id=PersonId(person.id),
            template_id=TemplateId(self.leave.id),
            first=first,
            last=last,
            **other,
        )

    def swap(self, on: date, other: Made | None, back: date | None = None, reason: str = "") -> SwapDetails:
        """Return an offer of Wang's."""
        taker = None if other is None else PersonId(other.id)
        return SwapDetails(PersonId(self.wang.id), on, taker, back, reason)


def places(ctx: Context, make: Make) -> Places:
    """Write the desk."""
    set_up_site(ctx)
    team = make.team(name="First line")
    decides = make.role("roster.approve", "roster.read", "roster.ask")
    asks = make.role("roster.read", "roster.ask")
    desk = Places(
        ctx,
        wang=make.agent(name="Wang Fang", teams=(team,), roles=(asks,)),
        li=make.agent(name="Li Na", teams=(team,), roles=(asks,)),
        chen=make.agent(name="Chen Jie", teams=(team,), roles=(decides,)),
        day=make.shift_template("D", name="Day", duration_minute=720),
        night=make.shift_template("N", name="Night", start_minute=1200, duration_minute=720),
        leave=make.shift_template("V", name="Leave", kind=ShiftKind.ABSENCE, duration_minute=0),
    )
    for days in range(3):
        desk.paint(desk.wang, MONDAY + timedelta(days=days), desk.day)
    desk.paint(desk.li, MONDAY + timedelta(days=3), desk.day)
    return desk

"""A desk that announces: Chen leads and writes, Wang and Li read; the clock shows Friday noon."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.models.entities.announcements import (
    Announcement,
    AnnouncementDetails,
    AnnouncementKind,
    AnnouncementState,
)
from app.models.entities.ids import AnnouncementId, PersonId
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.announcements import commands, queries
from app.services.base.context import Actor, Context
from app.services.base.permissions import ALL_PERMISSIONS
from tests.support.factories import Made, Make
from tests.support.site import set_up_site

READS = frozenset({"tickets.read", "roster.read"})


@dataclass(frozen=True)
class AnnouncingDesk:
    """Who is at the desk, and what is asked of it most."""

    ctx: Context
    make: Make
    chen: Made
    wang: Made
    li: Made

    def as_(self, person: Made) -> Context:
        """Return the program as that person uses it."""
        rights = ALL_PERMISSIONS if person is self.chen else READS
        return self.ctx.acting_as(Actor(PersonId(person.id), person.name, rights, "pc"))

    @property
    def writer(self) -> Context:
        return self.as_(self.chen)

    @property
    def reader(self) -> Context:
        return self.as_(self.wang)

    def details(self, title: str = "Mail is down", **more: Any) -> AnnouncementDetails:
        """Return what somebody types: a fault, unless said otherwise."""
        return AnnouncementDetails(more.pop("kind", AnnouncementKind.FAULT), title, **more)

    def write(self, title: str = "Mail is down", **more: Any) -> AnnouncementId:
        """Announce something as Chen."""
        outcome = commands.write_announcement(self.writer, self.details(title, **more))
        return AnnouncementId(outcome.id or 0)

    def new_system(
        self, title: str = "New travel portal", *, in_days: int = 2, **more: Any
    ) -> AnnouncementId:
        """Announce a system that goes live in some days and wants an hour of training."""
        live = (self.ctx.clock.now() + timedelta(days=in_days)).date()
        given = {"kind": AnnouncementKind.NEW_SYSTEM, "live_on": live, "training_minutes": 60, **more}
        return self.write(title, **given)

    def one(self, announcement_id: AnnouncementId, person: Made | None = None) -> Announcement:
        """Return an announcement as somebody sees it."""
        return queries.announcement(self.as_(person or self.wang), announcement_id)

    def state(self, announcement_id: AnnouncementId) -> AnnouncementState:
        return self.one(announcement_id).state

    def in_force(self, person: Made | None = None) -> list[str]:
        """Return the titles of what holds, as somebody reads them."""
        found = queries.announcements_in_force(self.as_(person or self.wang))
        return [one.details.title for one in found]

    def told(self, person: Made) -> list[tuple[str, Any]]:
        """Kind and facts of every notice for a person, oldest first."""
        with self.ctx.store.read() as read:
            rows = read.rows("SELECT kind, body FROM notice WHERE person_id = ? ORDER BY id", (person.id,))
        return [(row[0], json.loads(row[1])) for row in rows]

    def number(self, person: Made, mobile: str) -> None:
        """Give somebody a mobile number."""

        def body(tx: Transaction) -> int:
            values = {"person_id": person.id, "kind": "mobile", "number": mobile, "digits": mobile}
            return tx.insert("phone_number", values)

        self._write(body)

    def forget(self, table: str, record_id: int) -> None:
        """Take a record away behind the program's back."""

        def body(tx: Transaction) -> int:
            return tx.execute(f'DELETE FROM "{table}" WHERE id = ?', (record_id,))

        self._write(body)

    def _write(self, body: Callable[[Transaction], int]) -> None:
        self.ctx.store.write(Operation(uuid.uuid4().hex, self.ctx.clock.now(), None, "tests"), body)

    def kinds_told(self, person: Made) -> list[str]:
        return [kind for kind, _body in self.told(person)]


def announcing_desk(ctx: Context, make: Make) -> AnnouncingDesk:
    """Write the desk; Chen holds the role of duty supervisors."""
    set_up_site(ctx)
    team = make.team(name="First line")
    leads = make.role("roster.read", code="duty_supervisor")
    return AnnouncingDesk(
        ctx,
        make,
        chen=make.agent(name="Chen Jie", teams=(team,), roles=(leads,)),
        wang=make.agent(name="Wang Fang", teams=(team,)),
        li=make.agent(name="Li Na", teams=(team,)),
    )

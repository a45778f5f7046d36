"""What the popups that ask for something read, and how they ask. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.leave import (
    Colleague,
    LeaveDetails,
    SwapDetails,
    SwapEffect,
)
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.leave import commands, effect_queries, queries, swap_commands, swap_queries, taking_commands
from app.services.leave.reading import (
    Choices,
    LeavePreview,
    Takeable,
    read_choices,
    read_leave_preview,
    read_takeable,
)
from app.services.roster.own_shifts import OwnShift, shifts_of
from app.views.base.pages import PageEnv

T = TypeVar("T")
Refused = Callable[[Exception], None]
OFFERED = timedelta(weeks=8)
"""How far ahead shifts are offered."""


class AskPresenter(QObject):
    """Reads and commands of the popups; their answers go to whoever asked."""

    did = Signal(object)  # Outcome
    absent = Signal(object, object, object)  # PersonId, their substitute or None, the first date

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env

    @property
    def me(self) -> PersonId | None:
        """Who is signed in."""
        return self._ctx.actor.person_id

    @property
    def today(self) -> date:
        """The day at the site."""
        return self._env.format.local(self._ctx.clock.now()).date()

    # -- reading -------------------------------------------------------------------------------------

    def choices(self, done: Callable[[Choices], None]) -> None:
        """Read absences and people."""
        self._read(partial(read_choices, self._ctx, self.today), done, self._env.shell.failed)

    def leave_preview(
        self,
        details: LeaveDetails,
        done: Callable[[LeavePreview], None],
        refused: Refused,
    ) -> None:
        """Read what an absence would do, and who could stand in."""
        self._read(partial(read_leave_preview, self._ctx, details), done, refused)

    def shifts(self, person_id: PersonId, done: Callable[[list[OwnShift]], None]) -> None:
        """Read the shifts somebody could give: to work or stand by on, those that lie ahead."""
        job = partial(shifts_of, self._ctx, person_id, self.today, self.today + OFFERED)

        def keep(found: list[OwnShift]) -> None:
            now = self._ctx.clock.now()
            done([one for one in found if one.template.kind is not ShiftKind.ABSENCE and one.starts_at > now])

        self._read(job, keep, self._env.shell.failed)

    def colleagues(
        self, person_id: PersonId, on: date, done: Callable[[list[Colleague]], None], refused: Refused
    ) -> None:
        """Read whom a shift could be offered to."""
        self._read(partial(effect_queries.colleagues, self._ctx, person_id, on), done, refused)

    def all_shifts(self, done: Callable[[dict[TemplateId, ShiftTemplate]], None]) -> None:
        """Read every shift by id."""
        self._read(partial(queries.all_shifts, self._ctx), done, self._env.shell.failed)

    def swap_effect(self, details: SwapDetails, done: Callable[[SwapEffect], None], refused: Refused) -> None:
        """Read what a swap would do."""
        self._read(partial(swap_queries.swap_effect, self._ctx, details), done, refused)

    def takeable(self, done: Callable[[list[Takeable]], None]) -> None:
        """Read colleagues' shifts that run now or begin in the next days."""
        job = partial(read_takeable, self._ctx, self.today, self._env.format.zone)
        self._read(job, done, self._env.shell.failed)

    # -- doing ---------------------------------------------------------------------------------------

    def ask_leave(self, details: LeaveDetails, done: Callable[[], None], refused: Refused) -> None:
        """Ask to be away."""
        self._do(partial(commands.ask_leave, self._ctx, details), done, refused)

    def record(self, details: LeaveDetails, done: Callable[[], None], refused: Refused) -> None:
        """Enter an absence that holds at once."""

        def recorded() -> None:
            done()
            self.absent.emit(details.person_id, details.substitute_id, details.first)

        self._do(partial(commands.record_absence, self._ctx, details), recorded, refused)

    def offer(self, details: SwapDetails, done: Callable[[], None], refused: Refused) -> None:
        """Offer a shift."""
        self._do(partial(swap_commands.ask_swap, self._ctx, details), done, refused)

    def take(self, details: SwapDetails, done: Callable[[], None], refused: Refused) -> None:
        """Take a shift over at once."""
        self._do(partial(taking_commands.take_shift, self._ctx, details), done, refused)

    # -- inside --------------------------------------------------------------------------------------

    def _read(self, job: Callable[[], T], done: Callable[[T], None], refused: Refused) -> None:
        self._env.tasks.run(job, done, refused, owner=self)

    def _do(self, job: Callable[[], Outcome], done: Callable[[], None], refused: Refused) -> None:
        def finish(outcome: Outcome) -> None:
            done()
            self.did.emit(outcome)

        self._env.tasks.run(job, finish, refused, owner=self)

"""What the duty board knows, and what can be done there. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.duty import BoardPerson, CheckLine, DutyBoard, NewReminder
from app.models.entities.ids import PersonId
from app.models.entities.roster import ShiftAt
from app.models.entities.settings import ConfigKind
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.catalogue.queries import services
from app.services.duty import (
    check_commands,
    commands,
    correcting_commands,
    permission_commands,
    queries,
    reminders,
)
from app.services.people.queries import staff_directory, teams
from app.services.settings.queries import current_configs
from app.views.base.pages import PageEnv
from app.views.duty.correct_popup import ShiftOf

T = TypeVar("T")
PLANS = "roster.edit"
CHECKS_IN = "roster.ask"
TICKS = "handover.write"


class DutyPresenter(QObject):
    """State and actions of the board."""

    board_read = Signal(object)  # DutyBoard
    checks_read = Signal(object, object)  # ShiftAt | None, list[CheckLine]
    people_read = Signal(object, object)  # teams, staff: whom a reminder can be for
    month_read = Signal(
        str, object, object
    )  # "2026-11", list[MonthOfPresence], list[Presence] not as planned
    levels_read = Signal(object, object, object)  # SLA tables, services, calendars

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.board: DutyBoard | None = None

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the board and the checks."""
        self._run(partial(queries.duty_board, self._ctx), self._keep)
        self._run(partial(queries.checks_now, self._ctx), self._keep_checks)

    def read_people(self) -> None:
        """Read whom a reminder can be for."""

        def with_staff(found: object) -> None:
            self._run(partial(staff_directory, self._ctx), lambda staff: self.people_read.emit(found, staff))

        self._run(partial(teams, self._ctx), with_staff)

    def read_levels(self) -> None:
        """Read the SLA table in force with the calendars it counts in, and the service catalogue."""

        def with_services(found: object, calendars: object) -> None:
            job = partial(services, self._ctx)
            self._run(job, lambda listed: self.levels_read.emit(found, listed, calendars))

        def with_calendars(found: object) -> None:
            job = partial(current_configs, self._ctx, ConfigKind.CALENDAR)
            self._run(job, partial(with_services, found))

        self._run(partial(current_configs, self._ctx, ConfigKind.SLA), with_calendars)

    def read_month(self, month: str) -> None:
        """Read the presence of a month, and the days on which it was not as planned."""

        def with_days(people: object) -> None:
            job = partial(queries.unpunctual_days, self._ctx, month)
            self._run(job, lambda days: self.month_read.emit(month, people, days))

        self._run(partial(queries.presence_of_month, self._ctx, month), with_days)

    @property
    def mine(self) -> BoardPerson | None:
        """The line of whoever is signed in, where they are on duty."""
        me = self._ctx.actor.person_id
        found = self.board.people if self.board is not None else ()
        return next((one for one in found if one.duty.person_id == me and me is not None), None)

    @property
    def may_plan(self) -> bool:
        """Whether this person may speak for others, and remind them."""
        return self._ctx.actor.may(PLANS)

    def may_speak_for(self, person_id: PersonId) -> bool:
        """Whether this person may say where somebody is."""
        is_me = person_id == self._ctx.actor.person_id
        return self._ctx.actor.may(CHECKS_IN) and (is_me or self.may_plan)

    # -- doing ---------------------------------------------------------------------------------------

    def check_in(self, person_id: PersonId | None = None) -> None:
        """Say that somebody has come."""
        self._do(partial(commands.check_in, self._ctx, person_id=person_id))

    def check_out(self, person_id: PersonId | None = None) -> None:
        """Say that somebody has left."""
        self._do(partial(commands.check_out, self._ctx, person_id=person_id))

    def come_back(self, person_id: PersonId | None = None) -> None:
        """Say that somebody is at the desk again."""
        self._do(partial(commands.come_back, self._ctx, person_id=person_id))

    def go_away(self, person_id: PersonId | None, reason: str, until: datetime | None) -> None:
        """Say that somebody leaves the desk for a while."""
        self._do(
            partial(commands.go_away, self._ctx, reason=reason, planned_until=until, person_id=person_id)
        )

    def answer_away(self, away_id: int, is_granted: bool) -> None:
        """Grant a longer time away, or ask the person to stay."""
        self._do(partial(permission_commands.answer_away, self._ctx, away_id, is_granted=is_granted))

    def correct(
        self,
        shift: ShiftOf,
        came: datetime | None,
        left: datetime | None,
        reason: str,
        done: Callable[[], None],
        refused: Callable[[Exception], None],
    ) -> None:
        """Write when somebody came to a shift and left it."""
        job = partial(
            correcting_commands.correct_presence,
            self._ctx,
            person_id=shift.person_id,
            on_date=shift.on_date,
            in_at=came,
            out_at=left,
            note=reason,
        )

        def written(outcome: Outcome) -> None:
            done()
            self._env.shell.did(outcome)
            self.refresh()

        self._env.tasks.run(job, written, refused, owner=self)

    def tick(self, check_id: int, *, is_good: bool | None, note: str = "") -> None:
        """Say what was found at a check."""
        self._do(partial(check_commands.tick_check, self._ctx, check_id, is_good=is_good, note=note))

    def remind(self, reminder: NewReminder, done: Callable[[Outcome], None]) -> None:
        """Tell colleagues something."""
        job = partial(reminders.remind, self._ctx, reminder)
        self._env.tasks.run(job, done, self._fail, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _keep(self, board: DutyBoard) -> None:
        self.board = board
        self.board_read.emit(board)

    def _keep_checks(self, found: tuple[ShiftAt | None, list[CheckLine]]) -> None:
        self.checks_read.emit(*found)

    def _do(self, job: Callable[[], Outcome]) -> None:
        def succeeded(outcome: Outcome) -> None:
            self._env.shell.did(outcome)
            self.refresh()

        self._env.tasks.run(job, succeeded, self._fail, owner=self)

    def _fail(self, error: Exception) -> None:
        self._env.shell.failed(error)
        self.refresh()

    def _run(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self._env.tasks.run(job, done, self._env.shell.failed, owner=self)

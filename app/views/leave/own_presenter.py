"""What is one's own: the fairness ledger, the next weeks and their calendar file, and the wishes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessSubject
from app.models.entities.wishes import WishDesk, Wished
from app.services.audit.handing_out import exported, hand_out_file
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.leave.ledger_queries import fairness_ledger
from app.services.roster.calendar_file import calendar_file
from app.services.roster.own_shifts import OwnShift, shifts_of
from app.services.roster.plan_queries import wish_desk
from app.services.roster.wish_commands import put_wishes
from app.views.base.i18n import current
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane

WEEKS = 4
_WISHED = timedelta(days=185)


class OwnPresenter(QObject):
    """Reads the ledger, the reader's shifts and wishes, and notes wishes."""

    ledger_read = Signal(object)  # Ledger
    shifts_read = Signal(object)  # list[OwnShift]
    wishes_read = Signal(object)  # WishDesk
    did = Signal(object)  # Outcome
    failed = Signal(object)

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.shifts: list[OwnShift] = []

    @property
    def today(self) -> date:
        """The day at the site."""
        return self._env.format.local(self._ctx.clock.now()).date()

    def read_ledger(self) -> None:
        """Read the ledger of the last twelve months, today included."""
        job = partial(fairness_ledger, self._ctx, self.today + timedelta(days=1))
        self._env.tasks.run(job, self.ledger_read.emit, self.failed.emit, owner=self)

    def read_shifts(self) -> None:
        """Read the reader's shifts of the next four weeks; whoever is nobody in the database has none."""
        me = self._ctx.actor.person_id
        if me is None:
            self._keep([])
            return
        last = self.today + timedelta(weeks=WEEKS) - timedelta(days=1)
        job = partial(shifts_of, self._ctx, me, self.today, last)
        self._env.tasks.run(job, self._keep, self.failed.emit, owner=self)

    def read_wishes(self, then: Callable[[], None] = lambda: None) -> None:
        """Read the reader's wishes of the next half year; whoever is nobody in the database has none."""
        me = self._ctx.actor.person_id
        if me is None:
            return

        def keep(desk: WishDesk) -> None:
            self.wishes_read.emit(desk)
            then()

        job = partial(wish_desk, self._ctx, me, self.today, self.today + _WISHED)
        self._env.tasks.run(job, keep, self.failed.emit, owner=self)

    def wish(
        self,
        days: Sequence[date],
        wished: Wished | None,
        done: Callable[[], None] = lambda: None,
        refused: Callable[[Exception], None] | None = None,
    ) -> None:
        """Note what the reader wishes for these days; None takes it back."""
        me = self._ctx.actor.person_id
        if me is None:
            return

        def finish(outcome: Outcome) -> None:
            done()
            if outcome.undo is not None:
                self.did.emit(outcome)

        job = partial(put_wishes, self._ctx, {(me, on): wished for on in days})
        self._env.tasks.run(job, finish, refused or self.failed.emit, owner=self)

    def save(self, path: Path, saved: Callable[[], None]) -> None:
        """Write the shifts shown as a calendar file."""
        content = calendar_file(
            self.shifts,
            person_key=str(self._ctx.actor.person_id),
            site_key=self._env.epoch or "firstline",
            texts=current.texts,
            stamp=self._ctx.clock.now(),
        )
        access = exported(AccessSubject.ROSTER, "own_shifts", path, rows=len(self.shifts))
        job = partial(hand_out_file, self._ctx, access, path, content)
        self._env.tasks.run(job, lambda _done: saved(), self.failed.emit, lane=Lane.FILES, owner=self)

    def _keep(self, shifts: list[OwnShift]) -> None:
        self.shifts = shifts
        self.shifts_read.emit(shifts)

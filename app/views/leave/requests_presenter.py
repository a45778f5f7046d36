"""What the page of requests knows and does. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.leave import (
    LeaveDetails,
    LeaveEffect,
    LeaveRequest,
    ShiftSwap,
    Substitute,
    SwapEffect,
)
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.leave import commands, swap_commands, swap_queries, taking_commands
from app.services.leave.reading import Desk, LeavePreview, read_desk, read_leave_preview
from app.views.base.dialogs import Question
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.leave.request_rows import (
    Deed,
    Item,
    Part,
    Reader,
    deeds_of,
    details_for,
    is_live,
    key_of,
    parts_of,
)

DECIDES = "roster.approve"
ASKS = "roster.ask"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a request would do; `refused` is the error where it cannot be done as it stands."""

    leave: LeaveEffect | None = None
    substitutes: Sequence[Substitute] = ()
    swap: SwapEffect | None = None
    refused: Exception | None = None


class RequestsPresenter(QObject):
    """State and actions of the lists."""

    desk_read = Signal()
    preview_read = Signal(int, object)  # the line's key, Preview
    did = Signal(object)  # Outcome
    absent = Signal(object, object, object)  # PersonId, their substitute or None, the first date
    failed = Signal(object)

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.desk: Desk | None = None

    # -- reading -------------------------------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        """Who looks."""
        actor = self._ctx.actor
        grace = self.desk.grace if self.desk is not None else timedelta()
        return Reader(actor.person_id, actor.may(DECIDES), actor.may(ASKS), self._ctx.clock.now(), grace)

    @property
    def today(self) -> date:
        """The day at the site."""
        return self._env.format.local(self._ctx.clock.now()).date()

    def refresh(self) -> None:
        """Read everything again."""
        self._env.tasks.run(partial(read_desk, self._ctx), self._keep, self.failed.emit, owner=self)

    def items(self, part: Part) -> list[Item]:
        """Return the requests of a list: what is live first, then the newest."""
        if self.desk is None:
            return []
        reader = self.reader
        found: list[Item] = [*self.desk.leaves, *self.desk.swaps]
        shown = [item for item in found if part in parts_of(item, reader)]
        return sorted(shown, key=lambda item: (not is_live(item, reader), -item.asked_at.timestamp()))

    def item(self, key: int) -> Item | None:
        """Return the request of a line."""
        found: list[Item] = []
        if self.desk is not None:
            found += [*self.desk.leaves, *self.desk.swaps]
        return next((item for item in found if key_of(item) == key), None)

    def deeds(self, key: int) -> tuple[Deed, ...]:
        """Return what may be done with a line."""
        item = self.item(key)
        return deeds_of(item, self.reader) if item is not None else ()

    def part_of(self, key: int) -> Part | None:
        """Return the list in which a line is looked for first."""
        item = self.item(key)
        parts = parts_of(item, self.reader) if item is not None else frozenset()
        return next((part for part in Part if part in parts), None)

    def preview(self, key: int, substitute: PersonId | None) -> None:
        """Read what a request that still waits would do; with another substitute, where one was chosen."""
        item = self.item(key)
        if item is None or not is_live(item, self.reader):
            return
        if isinstance(item, LeaveRequest):
            sees = item.may_decide or self.reader.may_decide or item.person_id == self.reader.person_id
            details = LeaveDetails(
                item.person_id, item.template_id, item.first, item.last, item.reason, substitute
            )
            job: Callable[[], Any] = partial(read_leave_preview, self._ctx, details)
        else:
            wanted = details_for(item, self.reader)
            sees = wanted is not None
            job = partial(swap_queries.swap_effect, self._ctx, wanted or item.details)
        if sees:
            self._env.tasks.run(
                job,
                lambda found: self.preview_read.emit(key, _preview(found)),
                lambda error: self.preview_read.emit(key, Preview(refused=error)),
                owner=self,
            )

    # -- doing ---------------------------------------------------------------------------------------

    def do(
        self,
        key: int,
        deed: Deed,
        *,
        note: str = "",
        substitute: PersonId | None = None,
        despite: bool = False,
    ) -> None:
        """Do something with a request; `despite`: against a rule that forbids, with the note as reason."""
        item = self.item(key)
        if item is None:
            return
        if isinstance(item, LeaveRequest):
            self._do_leave(item, deed, note, substitute)
        else:
            self._do_swap(item, deed, note, despite=despite)

    def _do_leave(self, item: LeaveRequest, deed: Deed, note: str, substitute: PersonId | None) -> None:
        decide = partial(commands.decide_leave, self._ctx, item.id, version=item.version)
        if deed is Deed.APPROVE:
            approve = partial(decide, is_approved=True, note=note, substitute=substitute)
            self.run(approve, partial(self.absent.emit, item.person_id, substitute, item.first))
        elif deed is Deed.REFUSE:
            self.run(partial(decide, is_approved=False, note=note))
        elif deed is Deed.WITHDRAW:
            self.run(partial(commands.withdraw_leave, self._ctx, item.id, version=item.version))

    def _do_swap(self, item: ShiftSwap, deed: Deed, note: str, *, despite: bool) -> None:
        decide = partial(swap_commands.decide_swap, self._ctx, item.id, version=item.version)
        answer = partial(swap_commands.answer_swap, self._ctx, item.id, version=item.version)
        jobs: Mapping[Deed, Callable[[], Outcome]] = {
            Deed.APPROVE: partial(decide, is_approved=True, note=note, despite_rules=despite),
            Deed.REFUSE: partial(decide, is_approved=False, note=note),
            Deed.ACCEPT: partial(answer, is_accepted=True),
            Deed.DECLINE: partial(answer, is_accepted=False),
            Deed.WITHDRAW: partial(swap_commands.withdraw_swap, self._ctx, item.id, version=item.version),
            Deed.TAKE_BACK: partial(taking_commands.take_back_swap, self._ctx, item.id, version=item.version),
        }
        anyway = partial(decide, is_approved=True, note=note, despite_rules=despite, is_unled=True)
        self.run(jobs[deed], unled=anyway if deed is Deed.APPROVE else None)

    def run(
        self,
        job: Callable[[], Outcome],
        done: Callable[[], None] | None = None,
        unled: Callable[[], Outcome] | None = None,
    ) -> None:
        """Run a command; what it did is told, and the lists are read again.

        `unled` does it also where nobody leads a shift afterwards, once the person has said so.
        """

        def finish(outcome: Outcome) -> None:
            if done is not None:
                done()
            self.did.emit(outcome)
            self.refresh()

        self._env.tasks.run(job, finish, partial(self._unless_unled, unled), owner=self)

    def _unless_unled(self, anyway: Callable[[], Outcome] | None, error: Exception) -> None:
        if not isinstance(error, RuleViolation) or error.code != "swap.leaves_unled" or anyway is None:
            self._refused(error)
            return
        told = explain(error, self._env.format)
        asked = Question(
            _("Approve a swap after which nobody leads?"),
            f"{told.happened} {told.advice}".strip(),
            _("Approve it anyway"),
            is_destructive=False,
        )
        if self._env.dialogs.confirm(asked):
            self.run(anyway)

    def _refused(self, error: Exception) -> None:
        self.failed.emit(error)
        self.refresh()

    def _keep(self, desk: Desk) -> None:
        self.desk = desk
        self.desk_read.emit()


def _preview(found: LeavePreview | SwapEffect) -> Preview:
    if isinstance(found, SwapEffect):
        return Preview(swap=found)
    return Preview(leave=found.effect, substitutes=found.substitutes)

"""State and actions of publishing a month and of its versions. Owns no widgets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import Assignment
from app.models.entities.roster_lacks import NOTHING_LACKS, Lacks
from app.models.entities.roster_plan import (
    CellChange,
    PublishCheck,
    RosterPlan,
    RosterVersion,
    Seen,
    SeenVersion,
    VersionCompared,
)
from app.models.entities.skills import Skill
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import commands, month_commands, month_queries, plan_queries, skill_queries
from app.views.base.tasks import Tasks
from app.views.roster.board import Board
from app.views.roster.board_parts import Told
from app.views.roster.stretch import Stretch

CARD_DAYS = 3
"""As many days, today included, as the emergency card's shifts reach."""


@dataclass(frozen=True)
class MonthToPublish:
    """What is known before a month is published, and its board, from which things get their names."""

    check: PublishCheck
    board: Board


class PublishPresenter(QObject):
    """One month on its way out: what keeps it, what to know, publishing it."""

    changed = Signal()
    done = Signal(object)  # Outcome
    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, month: Stretch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.month = month
        self.told: MonthToPublish | None = None
        self._is_publishing = False

    @property
    def may_publish(self) -> bool:
        """Whether the month was read, differs from what is published, and is not on its way already."""
        return self.told is not None and not self.is_unchanged and not self._is_publishing

    @property
    def is_unchanged(self) -> bool:
        """Whether the month is published as it stands."""
        state = self.told.check.state if self.told is not None else None
        return bool(state and state.is_published and state.version is not None and not state.changes)

    @property
    def lacks(self) -> Lacks:
        """What has to be said "all the same" to before the month goes out."""
        return self.told.check.lacks if self.told is not None else NOTHING_LACKS

    def outdates_card(self, today: date) -> bool:
        """Tell whether other people lead the shifts that the emergency card names than were published."""
        if self.told is None:
            return False
        state, days = self.told.check.state, {today + timedelta(days=count) for count in range(CARD_DAYS)}
        if state.version is None:
            return any(
                cell.is_supervisor and on in days for (_who, on), cell in self.told.board.cells.items()
            )
        return any(one.on_date in days and _leads(one.before) != _leads(one.after) for one in state.changes)

    def refresh(self) -> None:
        """Look again at what there is to know."""
        job = partial(
            _read_month,
            partial(plan_queries.plan, self._ctx, self.month.first, self.month.last),
            partial(month_queries.publish_check, self._ctx, self.month.month_code),
            partial(skill_queries.skills, self._ctx, include_retired=True),
        )
        self._tasks.run(job, self._show, self.failed.emit, owner=self)

    def publish(self, note: str, *, anyway: bool = False) -> None:
        """Publish the month as it stands, with a word about it; `anyway`: whatever it lacks."""
        if self.may_publish:
            self._is_publishing = True
            month = self.month.month_code
            job = partial(commands.publish_month, self._ctx, month, note=note.strip(), anyway=anyway)
            self._tasks.run(job, self.done.emit, self._not_published, owner=self)

    def _show(self, told: MonthToPublish) -> None:
        self.told = told
        self.changed.emit()

    def _not_published(self, error: Exception) -> None:
        self._is_publishing = False
        self.failed.emit(error)
        self.refresh()


@dataclass(frozen=True)
class MonthHistory:
    """The versions of a month, the newest first, with who has seen each; the board gives things names."""

    versions: tuple[SeenVersion, ...]
    board: Board


class VersionsPresenter(QObject):
    """The versions of one month: looking at one, comparing two, restoring."""

    changed = Signal()
    compared = Signal()
    done = Signal(object)  # Outcome
    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, month: Stretch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.month = month
        self.may_restore = ctx.actor.may("roster.edit")
        self.history: MonthHistory | None = None
        self.chosen: int | None = None  # id of a version
        self.other: int | None = None  # id of the version it is compared with; None: now
        self.changes: tuple[CellChange, ...] = ()
        self.people: frozenset[PersonId] = frozenset()
        self._asked = 0

    @property
    def version(self) -> RosterVersion | None:
        """The version chosen."""
        found = self._of(self.chosen)
        return found.version if found is not None else None

    @property
    def seen(self) -> tuple[Seen, ...]:
        """Who has seen the version chosen, the first first."""
        found = self._of(self.chosen)
        return found.seen if found is not None else ()

    @property
    def unseen(self) -> list[PersonId]:
        """Who has a shift in the version chosen and has not seen it."""
        return sorted(self.people - {one.person_id for one in self.seen})

    def refresh(self) -> None:
        """Read the versions again."""
        month = self.month
        job = partial(
            _read_history,
            partial(month_queries.history, self._ctx, month.month_code),
            partial(plan_queries.plan, self._ctx, month.first, month.last),
        )
        self._tasks.run(job, self._show, self.failed.emit, owner=self)

    def choose(self, version_id: int) -> None:
        """Look at a version."""
        if version_id != self.chosen:
            self.chosen = version_id
            if self.other == version_id:
                self.other = None
            self._compare()

    def compare_with(self, version_id: int | None) -> None:
        """Compare the version chosen with another one, or (None) with what stands there now."""
        self.other = version_id
        self._compare()

    def restore(self) -> None:
        """Let the month be again what the version chosen says, as one step that can be taken back."""
        if self.chosen is not None and self.may_restore:
            job = partial(month_commands.restore_version, self._ctx, self.chosen)
            self._tasks.run(job, self._restored, self.failed.emit, owner=self)

    # -- inside --------------------------------------------------------------------------------------

    def _of(self, version_id: int | None) -> SeenVersion | None:
        versions = self.history.versions if self.history is not None else ()
        return next((one for one in versions if one.version.id == version_id), None)

    def _show(self, history: MonthHistory) -> None:
        self.history = history
        ids = [one.version.id for one in history.versions]
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else None
        if self.other not in ids:
            self.other = None
        self.changed.emit()
        self._compare()

    def _compare(self) -> None:
        self._asked += 1
        if self.chosen is None:
            self.changes = ()
            self.compared.emit()
            return
        job = partial(month_queries.compare_versions, self._ctx, self.chosen, self.other)
        self._tasks.run(job, partial(self._compared, self._asked), self.failed.emit, owner=self)

    def _compared(self, asked: int, found: VersionCompared) -> None:
        if asked == self._asked:
            self.changes, self.people = found.changes, found.people
            self.compared.emit()

    def _restored(self, outcome: Outcome) -> None:
        self.done.emit(outcome)
        self.refresh()


def _leads(cell: Assignment | None) -> TemplateId | None:
    return cell.template_id if cell is not None and cell.is_supervisor else None


def _read_month(
    plan: Callable[[], RosterPlan], check: Callable[[], PublishCheck], skills: Callable[[], list[Skill]]
) -> MonthToPublish:
    found = check()
    return MonthToPublish(found, Board(Told(plan(), None, found.state, (), tuple(skills()))))


def _read_history(history: Callable[[], list[SeenVersion]], plan: Callable[[], RosterPlan]) -> MonthHistory:
    return MonthHistory(tuple(history()), Board(Told(plan())))

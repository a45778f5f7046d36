"""State and actions of Auto-fill: what is asked, how far it is, what is proposed. Owns no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import StaleRecord
from app.models.entities.filled import FillProgress, FillResult
from app.models.entities.filling import FillMode, Instance
from app.models.entities.roster import PaintedCell
from app.services.base.context import Context
from app.services.base.progress import Cancelled
from app.services.base.undo import Outcome
from app.services.filling.commands import apply_fill
from app.services.filling.jobs import FillJob
from app.services.filling.problems import strokes
from app.services.filling.queries import ToFill, fill_problem
from app.services.filling.review_queries import FillReview, fill_review
from app.services.filling.running import LIMIT_SECONDS
from app.views.base.lanes import Running
from app.views.base.tasks import Lane, Tasks
from app.views.roster.stretch import Stretch


class FillStage(StrEnum):
    """How far a fill is."""

    CHOOSING = "choosing"
    RUNNING = "running"
    PROPOSED = "proposed"
    NOTHING = "nothing"  # no roster: why, and what could give way


@dataclass(frozen=True, slots=True)
class FillOptions:
    """What a person chooses before filling."""

    mode: FillMode = FillMode.ANEW
    is_strict: bool = False
    is_to_contract: bool = False
    seconds: int = round(LIMIT_SECONDS)


class FillingPresenter(QObject):
    """One fill of the days shown: asked for, watched, looked at, and taken over or not."""

    changed = Signal()
    progressed = Signal()
    proposed = Signal(object)  # the PaintedCells to sketch; empty: none any more
    accepted = Signal(object)  # Outcome
    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, stretch: Stretch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.stretch = stretch
        self.options = FillOptions()
        self.stage = FillStage.CHOOSING
        self.asked: ToFill | None = None
        self.job: FillJob | None = None
        self.result: FillResult | None = None
        self.review: FillReview | None = None
        self.strokes: tuple[PaintedCell, ...] = ()
        self.excepted: frozenset[Instance] = frozenset()
        self.is_edited = False  # somebody changed the roster since it was read
        self.is_refused = False  # taking over was refused for that
        self.is_stopping = False
        self._running: Running | None = None
        self._run = 0
        self._is_taking_over = False

    @property
    def progress(self) -> FillProgress:
        """How far the fill is."""
        return self.job.progress if self.job is not None else FillProgress(0.0)

    @property
    def can_accept(self) -> bool:
        """Whether taking over can succeed as far as is known."""
        has_clash = self.review is not None and bool(self.review.clashes)
        return bool(self.strokes) and not has_clash and not self.is_refused and not self._is_taking_over

    # -- filling -------------------------------------------------------------------------------------

    def start(self, options: FillOptions) -> None:
        """Read the days and fill them; what gave way in a run before need not hold any more."""
        self.options = options
        self.excepted = frozenset()
        self._begin()

    def again(self) -> None:
        """Fill once more with the same options and exceptions, from what stands there now."""
        self._begin()

    def start_with_exceptions(self) -> None:
        """Fill again; the rules named as what could give way need not hold where they were named."""
        explanation = self.result.explanation if self.result is not None else None
        if explanation is not None:
            found = (one.instance for one in explanation.relax)
            self.excepted |= frozenset(instance for instance in found if instance is not None)
            self._begin()

    def stop(self) -> None:
        """End the search; the best roster so far is proposed."""
        if self.job is not None:
            self.is_stopping = True
            self.job.stop()
            self.changed.emit()

    def cancel(self) -> None:
        """End the search, or put a proposal aside, and keep nothing of it."""
        self._run += 1
        if self._running is not None:
            self._running.cancel()
        self._running = self.job = None
        self._forget()
        self._go(FillStage.CHOOSING)

    # -- the proposal --------------------------------------------------------------------------------

    def accept(self) -> None:
        """Paint the proposal as one step that can be taken back."""
        if self.stage is FillStage.PROPOSED and self.can_accept:
            self._is_taking_over = True
            job = partial(apply_fill, self._ctx, self.strokes)
            self._tasks.run(job, self._was_accepted, self._not_accepted, owner=self)

    def roster_changed(self) -> None:
        """Hear that somebody changed the roster: a proposal is compared with what stands there now."""
        if self._is_taking_over:
            return
        if self.stage is FillStage.RUNNING:
            self.is_edited = True
            self.changed.emit()
        elif self.stage is FillStage.PROPOSED:
            self._look(self._run)

    # -- inside --------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._run += 1
        self._forget()
        self._go(FillStage.RUNNING)
        options = self.options
        job = partial(
            fill_problem,
            self._ctx,
            self.stretch.first,
            self.stretch.last,
            mode=options.mode,
            is_strict=options.is_strict,
            is_to_contract=options.is_to_contract,
            excepted=self.excepted,
        )
        run = self._run
        self._tasks.run(job, partial(self._solve, run), partial(self._not_filled, run), owner=self)

    def _solve(self, run: int, asked: ToFill) -> None:
        if run != self._run:
            return
        self.asked = asked
        self.job = FillJob(asked.problem, limit_seconds=self.options.seconds)
        self._running = self._tasks.watch(
            self.job,
            partial(self._filled, run),
            partial(self._not_filled, run),
            shown=lambda _done, _total: self.progressed.emit(),
            lane=Lane.LONG,
            owner=self,
        )

    def _filled(self, run: int, result: FillResult) -> None:
        if run != self._run or self.asked is None:
            return
        self._running = self.job = None
        self.result = result
        if not result.has_roster:
            self._go(FillStage.NOTHING)
            return
        self.strokes = strokes(result.changes, self.asked.cells)
        self._look(run)

    def _look(self, run: int) -> None:
        """Judge the proposal against what stands there now."""
        job = partial(fill_review, self._ctx, self.stretch.first, self.stretch.last, self.strokes)
        self._tasks.run(job, partial(self._reviewed, run), partial(self._not_filled, run), owner=self)

    def _reviewed(self, run: int, review: FillReview) -> None:
        if run != self._run:
            return
        self.review = review
        self.is_edited = self.is_refused or self._is_other(review)
        is_new = self.stage is not FillStage.PROPOSED
        self._go(FillStage.PROPOSED)
        if is_new:
            self.proposed.emit(self.strokes)

    def _not_filled(self, run: int, error: Exception) -> None:
        if run != self._run or isinstance(error, Cancelled):
            return
        self._running = self.job = None
        self._forget()
        self._go(FillStage.CHOOSING)
        self.failed.emit(error)

    def _was_accepted(self, outcome: Outcome) -> None:
        self._is_taking_over = False
        self._forget()
        self.accepted.emit(outcome)

    def _not_accepted(self, error: Exception) -> None:
        self._is_taking_over = False
        if isinstance(error, StaleRecord):
            self.is_refused = True
            self._look(self._run)
        else:
            self.changed.emit()
            self.failed.emit(error)

    def _is_other(self, review: FillReview) -> bool:
        """Whether the cells of the days are not those the proposal was made from."""
        if self.asked is None:
            return False
        first, last = self.stretch.first, self.stretch.last
        read, there = (
            {key: cell.template_id for key, cell in cells.items() if first <= key[1] <= last}
            for cells in (self.asked.cells, review.plan.cells)
        )
        return read != there

    def _forget(self) -> None:
        had = bool(self.strokes)
        self.asked = self.result = self.review = None
        self.strokes = ()
        self.is_edited = self.is_refused = self.is_stopping = False
        if had:
            self.proposed.emit(())

    def _go(self, stage: FillStage) -> None:
        self.stage = stage
        self.changed.emit()

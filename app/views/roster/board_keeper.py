"""The board of the roster page and the strokes on their way to the database. Owns no widgets.

A stroke is shown before it is saved: the board is what the service last told, with the strokes that were
saved since, or still are on their way, painted over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import StaleRecord
from app.models.entities.ids import TemplateId
from app.models.entities.roster import Violation
from app.models.entities.roster_plan import Crew, MonthState, Remedy, RosterPlan
from app.models.entities.skills import Skill
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import commands, crew_queries, month_queries, plan_queries, skill_queries
from app.services.roster.checks import RosterChecks
from app.services.roster.remedies import remedies
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext
from app.views.base.tasks import Tasks
from app.views.roster.board import Board, Key, Stroke
from app.views.roster.board_parts import Grouping, Told
from app.views.roster.roster_words import RosterWords
from app.views.roster.stretch import RosterView, Stretch


class BoardKeeper(QObject):
    """Reads the days shown, paints them at once, and saves every stroke as one step that can be undone."""

    board_changed = Signal()
    done = Signal(object, str)  # the Outcome of a command, and a sentence or ""
    painted = Signal(object)  # the Outcome of a stroke: the grid shows already what it did
    told = Signal(str, str)  # a sentence and its tone
    failed = Signal(object)

    def __init__(self, ctx: Context, tasks: Tasks, fmt: Format, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self.words = RosterWords(fmt)
        self.stretch = Stretch(RosterView.MONTH, self.today)
        self.grouping = Grouping.TEAM
        self.may_edit = ctx.actor.may("roster.edit")
        self.board: Board | None = None
        self._told: Told | None = None  # as the service last told it
        self._saved: list[Stroke] = []  # since it told
        self._strokes: list[Stroke] = []
        self._asked = 0

    @property
    def today(self) -> date:
        """Today, by the site's clocks."""
        return self.words.fmt.local(self._ctx.clock.now()).date()

    @property
    def crews(self) -> tuple[Crew, ...]:
        """The crews of the site."""
        return self._told.crews if self._told is not None else ()

    def read_board(self) -> None:
        """Read the days shown."""
        self._asked += 1
        self._tasks.run(self._job(), partial(self._show, self._asked), self.failed.emit, owner=self)

    def refresh(self) -> None:
        """Read everything shown again."""
        self.read_board()

    def group_by(self, grouping: Grouping) -> None:
        """Let people stand below their teams, or below their crews."""
        if grouping is not self.grouping:
            self.grouping = grouping
            self._compose()

    # -- painting ------------------------------------------------------------------------------------

    def paint(self, keys: Iterable[Key], template_id: TemplateId | None) -> None:
        """Paint cells with a shift, or clear them (None), as one step that can be taken back."""
        if self.board is not None:
            self.board.drop_sketch()
            self.paint_stroke(self.board.stroke(keys, template_id))

    def paint_stroke(self, stroke: Stroke) -> None:
        """Paint a stroke as one step that can be undone; an empty one, or without the right, is nothing."""
        if self.board is None or not self.may_edit or not stroke:
            return
        self._strokes.append(stroke)
        self.board.paint(stroke)
        self.board_changed.emit()
        job = partial(commands.paint_cells, self._ctx, stroke)
        self._tasks.run(job, partial(self._painted, stroke), partial(self._not_painted, stroke), owner=self)

    def lead(self, key: Key) -> None:
        """Make the person of a cell the duty supervisor of its shift; again, and nobody is."""
        cell = self.board.cell(key) if self.board is not None else None
        if not self.may_edit:
            return
        if cell is None:
            self.told.emit(
                _("Only somebody with a shift can be its duty supervisor: paint one first."), "info"
            )
            return
        job = partial(
            commands.name_supervisor,
            self._ctx,
            person_id=key[0],
            on_date=key[1],
            is_supervisor=not cell.is_supervisor,
        )
        self._tasks.run(job, self._led, self.failed.emit, owner=self)

    def remedies(self, violation: Violation) -> tuple[Remedy, ...]:
        """Return ways to mend what is wrong, the best first; none for who may not paint."""
        if self.board is None or not self.may_edit:
            return ()
        self.board.drop_sketch()
        return remedies(self.board.checks, violation)

    # -- inside --------------------------------------------------------------------------------------

    def _job(self) -> Callable[[], Told]:
        ctx, first, last = self._ctx, self.stretch.first, self.stretch.last
        return partial(
            _read,
            partial(plan_queries.plan, ctx, first, last),
            partial(month_queries.month_state, ctx, self.stretch.month_code),
            partial(crew_queries.crews, ctx),
            partial(skill_queries.skills, ctx, include_retired=True),
        )

    def _show(self, asked: int, told: Told) -> None:
        if asked == self._asked:
            self._told = told
            self._saved.clear()
            self._compose(told)

    def _compose(self, fresh: Told | None = None) -> None:
        """Make the board anew; the checks that came with the plan are used up by the board made first."""
        if self._told is None:
            return
        told = fresh or Told(self._told.plan, None, self._told.state, self._told.crews, self._told.skills)
        board = Board(told, self.grouping)
        for stroke in (*self._saved, *self._strokes):
            board.paint(stroke)
        self.board = board
        self.board_changed.emit()

    def _painted(self, stroke: Stroke, outcome: Outcome) -> None:
        self._strokes.remove(stroke)
        # An answer asked before the stroke was saved may come later still: it must not take it away.
        self._saved.append(stroke)
        self.painted.emit(outcome)

    def _not_painted(self, stroke: Stroke, error: Exception) -> None:
        self._strokes.remove(stroke)
        self._compose()
        first, last = self.stretch.first, self.stretch.last
        is_shown = all(first <= cell.on_date <= last for cell in stroke)
        if not isinstance(error, StaleRecord) or not is_shown:  # other days by now: say it in general
            self.failed.emit(error)
            return
        self._asked += 1
        self._tasks.run(
            self._job(), partial(self._show_theirs, self._asked, stroke), self.failed.emit, owner=self
        )

    def _show_theirs(self, asked: int, stroke: Stroke, told: Told) -> None:
        theirs = told.plan
        self._show(asked, told)
        templates = {template.id: template for template in theirs.templates}
        people = {person.id: person for person in theirs.people}
        for cell in stroke:
            found = theirs.cells.get((cell.person_id, cell.on_date))
            is_as_seen = (found.template_id if found else None) == cell.before
            if is_as_seen or cell.person_id not in people:
                continue
            shift = self.words.shift(templates[found.template_id]) if found else pgettext("roster", "off")
            sentence = _(
                "{who}, {day}: somebody else made it “{shift}” meanwhile. Your stroke was not painted."
            )
            who = self.words.person(people[cell.person_id])
            self.told.emit(sentence.format(who=who, day=self.words.day(cell.on_date), shift=shift), "warn")
            return

    def _led(self, outcome: Outcome) -> None:
        self.done.emit(outcome, "")
        self.refresh()


def _read(
    plan: Callable[[], RosterPlan],
    state: Callable[[], MonthState],
    crews: Callable[[], list[Crew]],
    skills: Callable[[], list[Skill]],
) -> Told:
    """Read and check off the window's thread: checking a month takes longer than a picture."""
    read = plan()
    return Told(read, RosterChecks(read), state(), tuple(crews()), tuple(skills()))

"""State and actions of the roster page. Owns no widgets.

A stroke is shown before it is saved: `board` is what the service last told, with the strokes still on their
way painted over it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import StaleRecord
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import OnDuty, PaintedCell, Roster
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import commands, queries
from app.views.base.dialogs import Dialogs, Question
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext, pgettext
from app.views.base.tasks import Tasks
from app.views.roster.board import Board, Key
from app.views.roster.roster_words import FixItem, RosterWords
from app.views.roster.stretch import RosterView, Stretch

_MOST_LISTED = 8
Stroke = tuple[PaintedCell, ...]


class RosterPresenter(QObject):
    """What the roster page shows, and what a person may do with it."""

    board_changed = Signal()
    stretch_changed = Signal()
    duty_changed = Signal()
    done = Signal(object, str)  # the Outcome of a command, and a sentence or ""
    painted = Signal(object)  # the Outcome of a stroke: the grid shows already what it did
    told = Signal(str, str)  # a sentence and its tone
    failed = Signal(object)

    def __init__(
        self, ctx: Context, tasks: Tasks, dialogs: Dialogs, fmt: Format, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._tasks = tasks
        self._dialogs = dialogs
        self.words = RosterWords(fmt)
        self.stretch = Stretch(RosterView.MONTH, self.today)
        self.may_edit = ctx.actor.may("roster.edit")
        self.may_publish = ctx.actor.may("roster.publish")
        self.planners: tuple[str, ...] = ()
        self.on_duty: tuple[OnDuty, ...] = ()
        self.board: Board | None = None
        self._told: Board | None = None  # as the service last told it
        self._strokes: list[Stroke] = []
        self._asked = 0

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._ctx.clock.now()

    @property
    def today(self) -> date:
        """Today, by the site's clocks."""
        return self.words.fmt.local(self.now).date()

    @property
    def to_fix(self) -> list[FixItem]:
        """What to mend on the days shown: broken rules first, and what is still to come before the past."""
        found = self.words.to_fix(self.board) if self.board is not None else []
        today = self.today
        return sorted(found, key=lambda item: (item.is_gap, item.on < today))

    @property
    def leading_now(self) -> PersonId | None:
        """Who is the duty supervisor now, or None."""
        return next((one.person_id for one in self.on_duty if one.is_supervisor), None)

    @property
    def title(self) -> str:
        """The days shown: "April 2026", or "13 Apr – 19 Apr 2026"."""
        texts, stretch = self.words.fmt.texts, self.stretch
        if stretch.view is RosterView.MONTH:
            return self.month_name()
        # The year stands once: in front where the language begins dates with it, else behind.
        first, last = ("yMMMd", "MMMd") if self.words.language.startswith("zh") else ("MMMd", "yMMMd")
        return _("{first} – {last}").format(
            first=texts.date_pattern(stretch.first, first), last=texts.date_pattern(stretch.last, last)
        )

    @property
    def standing(self) -> tuple[bool, str]:
        """Whether the month is published, and a sentence that says so; "" while nothing is known."""
        if self.board is None:
            return False, ""
        roster = self.board.roster
        if not roster.is_published or roster.published_at is None:
            return False, _("Draft, not published")
        day = self.words.fmt.texts.date_pattern(self.words.fmt.local(roster.published_at).date(), "MMMd")
        if not roster.published_by:
            return True, _("Published {day}").format(day=day)
        return True, _("Published {day} by {who}").format(day=day, who=roster.published_by)

    @property
    def why_read_only(self) -> str:
        """Who may paint, for somebody who may not; "" for those who may."""
        if self.may_edit:
            return ""
        roles = pgettext("between things", ", ").join(self.planners)
        return _("Read-only. Planned by: {roles}").format(roles=roles)

    # -- which days ----------------------------------------------------------------------------------

    def show_stretch(self, stretch: Stretch) -> None:
        """Show other days. Strokes on their way are saved, but no longer shown."""
        if stretch == self.stretch:
            return
        self.stretch = stretch
        self.stretch_changed.emit()
        self.refresh()

    def move(self, steps: int) -> None:
        """Show later days, or earlier ones."""
        self.show_stretch(self.stretch.moved(steps))

    def show_today(self) -> None:
        """Show the month or week that holds today."""
        self.show_stretch(self.stretch.holding(self.today))

    def show_view(self, view: RosterView) -> None:
        """Show a week, or a month, of the time shown now."""
        self.show_stretch(self.stretch.shown_as(view, self.today))

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the days shown, who is on duty, and whom to ask where one may not paint."""
        self._asked += 1
        stretch = self.stretch
        job = partial(queries.roster, self._ctx, stretch.first, stretch.last)
        self._tasks.run(job, partial(self._show, self._asked), self.failed.emit, owner=self)
        self.refresh_duty()
        if not self.may_edit and not self.planners:
            roles = partial(queries.roles_that_plan, self._ctx)
            self._tasks.run(roles, self._show_planners, self.failed.emit, owner=self)

    def refresh_duty(self) -> None:
        """Ask again who is on duty."""
        job = partial(queries.on_duty_at, self._ctx, self.now)
        self._tasks.run(job, self._show_duty, self.failed.emit, owner=self)

    # -- painting ------------------------------------------------------------------------------------

    def paint(self, keys: Iterable[Key], template_id: TemplateId | None) -> None:
        """Paint cells with a shift, or clear them (None), as one step that can be taken back."""
        if self.board is None or not self.may_edit:
            return
        stroke = self.board.stroke(keys, template_id)
        if not stroke:
            return
        self._strokes.append(stroke)
        self._compose()
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

    # -- publishing ----------------------------------------------------------------------------------

    def publish(self) -> None:
        """Publish the month, after its broken rules and gaps were shown; without any, at once."""
        month = self.stretch.month
        job = partial(queries.roster, self._ctx, month.first, month.last)
        self._tasks.run(job, self._ask_and_publish, self.failed.emit, owner=self)

    def withdraw(self) -> None:
        """Make the published month a draft again."""
        self._publish(is_published=False)

    def month_name(self) -> str:
        """Return the month that is published from here, "April 2026"."""
        return self.words.fmt.texts.date_pattern(self.stretch.month.first, "yMMMM")

    # -- inside --------------------------------------------------------------------------------------

    def _show(self, asked: int, roster: Roster) -> None:
        if asked == self._asked:
            self._told = Board(roster, self.words.fmt.zone)
            self._compose()

    def _compose(self) -> None:
        board = self._told
        for stroke in self._strokes:
            board = board.painted(self._shown(stroke)) if board is not None else None
        self.board = board
        self.board_changed.emit()

    def _shown(self, stroke: Stroke) -> Stroke:
        first, last = self.stretch.first, self.stretch.last
        return tuple(cell for cell in stroke if first <= cell.on_date <= last)

    def _painted(self, stroke: Stroke, outcome: Outcome) -> None:
        self._strokes.remove(stroke)
        # An answer asked before the stroke was saved may come later still: it must not take it away.
        if self._told is not None:
            self._told = self._told.painted(self._shown(stroke))
        self.painted.emit(outcome)

    def _not_painted(self, stroke: Stroke, error: Exception) -> None:
        self._strokes.remove(stroke)
        if not isinstance(error, StaleRecord):
            self._compose()
            self.failed.emit(error)
            return
        if self._shown(stroke) != stroke:  # other days are shown by now: say it in general
            self._compose()
            self.failed.emit(error)
            return
        self._asked += 1
        job = partial(queries.roster, self._ctx, self.stretch.first, self.stretch.last)
        self._tasks.run(job, partial(self._show_theirs, self._asked, stroke), self.failed.emit, owner=self)

    def _show_theirs(self, asked: int, stroke: Stroke, roster: Roster) -> None:
        self._show(asked, roster)
        board = Board(roster, self.words.fmt.zone)
        for cell in stroke:
            key = (cell.person_id, cell.on_date)
            found = board.cell(key)
            if (found.template_id if found else None) == cell.before or board.place_of(key) is None:
                continue
            shift = (
                self.words.shift(board.templates[found.template_id]) if found else pgettext("roster", "off")
            )
            sentence = _(
                "{who}, {day}: somebody else made it “{shift}” meanwhile. Your stroke was not painted."
            )
            who = self.words.person(board.person(cell.person_id))
            self.told.emit(sentence.format(who=who, day=self.words.day(cell.on_date), shift=shift), "warn")
            return

    def _led(self, outcome: Outcome) -> None:
        self.done.emit(outcome, "")
        self.refresh()

    def _ask_and_publish(self, roster: Roster) -> None:
        found = self.words.to_fix(Board(roster, self.words.fmt.zone))
        if not found or self._dialogs.confirm(self._question(found)):
            self._publish(is_published=True)

    def _question(self, found: list[FixItem]) -> Question:
        lines = [f"• {each.title}: {each.sentence}" for each in found[:_MOST_LISTED]]
        if len(found) > _MOST_LISTED:
            lines.append(_("and {n} more").format(n=len(found) - _MOST_LISTED))
        action = ngettext("Publish with {n} open point", "Publish with {n} open points", len(found))
        return Question(
            _("Publish {month} as it is?").format(month=self.month_name()),
            "\n".join(lines),
            action.format(n=len(found)),
            is_destructive=False,
        )

    def _publish(self, *, is_published: bool) -> None:
        sentence = _("Published {month}") if is_published else _("{month} is a draft again")
        told = sentence.format(month=self.month_name())
        job = partial(commands.publish_month, self._ctx, self.stretch.month_code, is_published=is_published)
        self._tasks.run(job, partial(self._was_published, told), self.failed.emit, owner=self)

    def _was_published(self, told: str, outcome: Outcome) -> None:
        self.done.emit(outcome, told)
        self.refresh()

    def _show_duty(self, on_duty: list[OnDuty]) -> None:
        self.on_duty = tuple(on_duty)
        self.duty_changed.emit()

    def _show_planners(self, roles: list[tuple[str, str]]) -> None:
        is_alt = self.words.language.startswith("zh")
        self.planners = tuple(alt if is_alt and alt else name for name, alt in roles)
        self.board_changed.emit()

"""State and actions of the roster page. Owns no widgets."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.entities.ids import PersonId
from app.models.entities.roster import BrokenRule, OnDuty, Violation
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.roster import commands, queries
from app.views.base.dialogs import Dialogs
from app.views.base.format import Format
from app.views.base.i18n import _, pgettext
from app.views.base.tasks import Tasks
from app.views.roster.board_keeper import BoardKeeper
from app.views.roster.board_parts import WEIGHT
from app.views.roster.month_says import MonthSays
from app.views.roster.roster_words import FixItem
from app.views.roster.stretch import RosterView, Stretch

_MOST_LISTED = 8
_ROWS = frozenset({BrokenRule.NIGHTS_IN_A_ROW, BrokenRule.SHIFTS_IN_A_ROW, BrokenRule.STANDBY_IN_A_ROW})


class RosterPresenter(BoardKeeper):
    """What the roster page shows, and what a person may do with it."""

    stretch_changed = Signal()
    duty_changed = Signal()

    def __init__(
        self, ctx: Context, tasks: Tasks, dialogs: Dialogs, fmt: Format, parent: QObject | None = None
    ) -> None:
        super().__init__(ctx, tasks, fmt, parent)
        self._dialogs = dialogs
        self.may_publish = ctx.actor.may("roster.publish")
        self.planners: tuple[str, ...] = ()
        self.on_duty: tuple[OnDuty, ...] = ()

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self._ctx.clock.now()

    @property
    def problems(self) -> list[Violation]:
        """What is wrong on the days shown: what is to come before the past, what forbids first, gaps last.

        A row of shifts that is too long is one problem, however long: its last day stands for all.
        """
        today = self.today
        longest = {_row_of(one): one for one in (self.board.violations if self.board is not None else ())}
        found = longest.values()
        return sorted(
            found, key=lambda one: (one.on_date < today, one.rule is BrokenRule.GAP, -WEIGHT[one.severity])
        )

    @property
    def to_fix(self) -> list[FixItem]:
        """`problems` in words."""
        board = self.board
        return [self.words.fix_item(board, one) for one in self.problems] if board is not None else []

    @property
    def leading_now(self) -> PersonId | None:
        """Who is the duty supervisor now, or None."""
        return next((one.person_id for one in self.on_duty if one.is_supervisor), None)

    @property
    def title(self) -> str:
        """The days shown: "April 2026", "13 Apr – 19 Apr 2026" or "Thu 16 Apr 2026"."""
        texts, stretch = self.words.fmt.texts, self.stretch
        if stretch.view is RosterView.MONTH:
            return self.month_name()
        if stretch.view is RosterView.DAY:
            return texts.date_pattern(stretch.first, "yMMMEd")
        # The year stands once: in front where the language begins dates with it, else behind.
        first, last = ("yMMMd", "MMMd") if self.words.language.startswith("zh") else ("MMMd", "yMMMd")
        return _("{first} – {last}").format(
            first=texts.date_pattern(stretch.first, first), last=texts.date_pattern(stretch.last, last)
        )

    @property
    def is_published(self) -> bool:
        """Whether the month of the first day shown is published."""
        return self.board is not None and self.board.state is not None and self.board.state.is_published

    @property
    def standing(self) -> tuple[str, str, str]:
        """How far the month is, what that means, and the tone of it; empty while nothing is known."""
        state = self.board.state if self.board is not None else None
        return ("", "", "") if state is None else MonthSays(self.words).standing(state)

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
        """Show the month, week or day that holds today."""
        self.show_stretch(self.stretch.holding(self.today))

    def show_view(self, view: RosterView) -> None:
        """Show a day, a week, or a month, of the time shown now."""
        self.show_stretch(self.stretch.shown_as(view, self.today))

    # -- reading -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the days shown, who is on duty, and whom to ask where one may not paint."""
        self.read_board()
        self.refresh_duty()
        if not self.may_edit and not self.planners:
            roles = partial(queries.roles_that_plan, self._ctx)
            self._tasks.run(roles, self._show_planners, self.failed.emit, owner=self)

    def refresh_duty(self) -> None:
        """Ask again who is on duty."""
        job = partial(queries.on_duty_at, self._ctx, self.now)
        self._tasks.run(job, self._show_duty, self.failed.emit, owner=self)

    # -- publishing ----------------------------------------------------------------------------------

    def withdraw(self) -> None:
        """Make the published month a draft again."""
        told = _("{month} is a draft again").format(month=self.month_name())
        job = partial(commands.publish_month, self._ctx, self.stretch.month_code, is_published=False)
        self._tasks.run(job, partial(self._was_withdrawn, told), self.failed.emit, owner=self)

    def month_name(self) -> str:
        """Return the month that is published from here, "April 2026"."""
        return self.words.fmt.texts.date_pattern(self.stretch.month.first, "yMMMM")

    # -- inside --------------------------------------------------------------------------------------

    def _was_withdrawn(self, told: str, outcome: Outcome) -> None:
        self.done.emit(outcome, told)
        self.refresh()

    def _show_duty(self, on_duty: list[OnDuty]) -> None:
        self.on_duty = tuple(on_duty)
        self.duty_changed.emit()

    def _show_planners(self, roles: list[tuple[str, str]]) -> None:
        is_alt = self.words.language.startswith("zh")
        self.planners = tuple(alt if is_alt and alt else name for name, alt in roles)
        self.board_changed.emit()


def _row_of(violation: Violation) -> tuple[object, ...]:
    """Return what violations of one row have in common; any other has it with none."""
    is_row = violation.rule in _ROWS
    return (
        violation.rule,
        violation.person_id,
        violation.since if is_row else violation.on_date,
        violation.template_id if not is_row else None,
        violation.team_id,
        violation.skill_id,
    )

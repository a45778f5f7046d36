"""The roster page: header, paint legend, grid, and what is to mend. Wiring only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.models.entities.audit import AccessSubject
from app.models.entities.events import PeopleChanged, RosterChanged, SettingsChanged
from app.models.entities.roster import Violation
from app.services.audit.handing_out import printed
from app.services.base.context import Context
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space
from app.views.roster.cell_deeds import CellDeeds
from app.views.roster.duty_popup import DutyPopup
from app.views.roster.fix_card import FixCard, FixList
from app.views.roster.grid import Brush, RosterGrid
from app.views.roster.grid_look import GridLook
from app.views.roster.grid_stack import GridStack
from app.views.roster.header import RosterHeader
from app.views.roster.instead import not_read, nothing_to_plan
from app.views.roster.month_desk import MonthDesk
from app.views.roster.page_actions import cell_actions, cell_menu, page_actions
from app.views.roster.paper import RosterPaper
from app.views.roster.request_links import RequestLinks
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.roster_words import FixItem
from app.views.roster.staffing_panel import StaffingPanel
from app.views.roster.stretch import RosterView, Stretch
from app.views.roster.tools_bar import ToolsBar
from app.views.roster.why import Why
from app.views.roster.wish_deeds import WishDeeds

_LOW = 640  # pixels of page height below which the foot folds


class RosterPage(Page):
    """Who works when. Understands the target {"day": ISO date}, and {"view": "week" or "month"} with it."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.setObjectName("roster")
        self.presenter = RosterPresenter(ctx, env.tasks, env.dialogs, env.format, self)
        self.paper = RosterPaper(ctx, env.tasks, self)
        self.month_desk = MonthDesk(ctx, env, self)
        self.grid = RosterGrid(self.presenter.words)
        self.requests = RequestLinks(ctx, env, self.grid, self)
        of_all = (*page_actions(self), *self.month_desk.actions, *self.requests.actions)
        of_page = ActionSet(self, of_all, ctx.actor.may)
        self.action_set = of_page
        self.header = RosterHeader(self.presenter, of_page)
        self.requests.connect_to(self.header)
        self.tools = ToolsBar(self.presenter.words, of_page, editable=self.presenter.may_edit)
        self.legend, self.hint, self.crown = self.tools.legend, self.tools.hint, self.tools.crown
        self.cells = CellDeeds(ctx, env.tasks, self.grid, self.presenter, self)
        self.look = GridLook(ctx, env.tasks, self.grid, self.presenter, self.tools)
        self.wishes = WishDeeds(ctx, env.tasks, self.grid, self.presenter, self)
        of_cells = (*cell_actions(self), *self.requests.cell_actions, *self.wishes.actions)
        self.of_cells = ActionSet(self.grid, of_cells, ctx.actor.may)
        self.fix = FixCard()
        self.stack = GridStack(self.grid)
        self._mended: Violation | None = None  # what F8 showed last
        self._build()
        self.why = Why(self.grid, self.presenter, self)
        self._connect()
        self.setFocusProxy(self.grid)

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.presenter.board is None:
            self.stack.wait()
        self.presenter.refresh()

    def show_target(self, target: Target) -> None:
        view = target.get("view", self.presenter.stretch.view)
        try:
            day = date.fromisoformat(str(target.get("day", self.presenter.stretch.anchor)))
            self.presenter.show_stretch(Stretch(RosterView(view), day))
        except ValueError:  # a target made by another version of the program
            return

    def save_state(self) -> dict[str, Any]:
        stretch = self.presenter.stretch
        return {
            "view": stretch.view.value,
            "day": stretch.anchor.isoformat(),
            "saved": self.presenter.today.isoformat(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        # The month looked at yesterday is no longer what one wants to see first.
        is_of_today = state.get("saved") == self.presenter.today.isoformat()
        self.show_target(state if is_of_today else {"view": state.get("view", "")})

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        return (*self.of_cells.actions, *super().actions_shown)

    def cycle_panes(self) -> None:
        self.grid.setFocus()

    def leave(self) -> None:
        self.why.hide()
        self.month_desk.close_panels()

    def hideEvent(self, event: QHideEvent) -> None:
        self.why.hide()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fix.set_compact(self.height() < _LOW)
        self._show_parts()

    # -- building ------------------------------------------------------------------------------------

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self.header)
        column.addWidget(self.tools)
        column.addWidget(self.stack, 1)
        column.addWidget(self.fix)
        self.grid.set_editable(self.presenter.may_edit)
        self._show_parts()

    def _connect(self) -> None:
        presenter, shell = self.presenter, self.env.shell
        presenter.board_changed.connect(self._show_board)
        presenter.duty_changed.connect(self._show_now)
        presenter.done.connect(shell.did)
        presenter.painted.connect(lambda outcome: shell.did(outcome, quiet=True))
        presenter.told.connect(lambda text, tone: shell.say(text, tone=tone))
        presenter.failed.connect(self._failed)
        self.paper.failed.connect(shell.failed)
        self.grid.painted.connect(presenter.paint)
        self.grid.stroke_asked.connect(presenter.paint_stroke)
        self.grid.day_asked.connect(presenter.move)
        self.grid.lead_asked.connect(presenter.lead)
        self.grid.menu_asked.connect(self._open_menu)
        self.grid.brush_dropped.connect(lambda: self._take_brush(None))
        self.legend.brush_taken.connect(self._take_brush)
        self.crown.clicked.connect(self.lead_selected)
        self.fix.asked.connect(self._go_to)
        self.fix.all_asked.connect(self._show_all_to_fix)
        self.env.ticker.minute.connect(self._tick)
        self.refresh_on(RosterChanged)
        self.refresh_on(PeopleChanged)
        self.refresh_on(SettingsChanged)

    # -- for actions ---------------------------------------------------------------------------------

    def lead_selected(self) -> None:
        """Name the person of the cell under the cursor the duty supervisor of its shift."""
        if self.grid.current_key is not None:
            self.presenter.lead(self.grid.current_key)

    def clear_selected(self) -> None:
        """Make the selected cells off."""
        self.grid.clear_selected()

    def explain_current(self) -> None:
        """Say why the cell under the cursor is marked."""
        self.why.show_current()

    def show_next_to_fix(self) -> None:
        """Go to the next thing to mend, after the last one to the first, and say why it is one."""
        problems = self.presenter.problems
        if not problems:
            self.env.shell.say(_("Nothing to fix on the days shown."), tone="ok")
            return
        after = problems.index(self._mended) + 1 if self._mended in problems else 0
        self._mended = problems[after % len(problems)]
        self._go_to(self._fix_item(self._mended))

    def show_duty(self) -> None:
        """Open the list of who is on duty now."""
        popup = DutyPopup(self.window(), self.presenter.on_duty, self.presenter.now, self.env.format)
        below = self.header.duty.mapTo(self.window(), self.header.duty.rect().bottomLeft())
        popup.open_at(below.x(), below.y() + Space.XS)

    def toggle_fairness(self) -> None:
        """Show nights, weekends and holidays of everybody beside the hours, or leave them out."""
        self.look.toggle_fairness()

    def toggle_crews(self) -> None:
        """Let people stand below their crews, or below their teams again."""
        self.look.toggle_crews()

    def show_staffing(self) -> None:
        """Open the staffing of the day under the cursor: who is needed by the hour, and who is there."""
        key = self.grid.current_key
        day = key[1] if key is not None else self.presenter.today
        StaffingPanel(self.window(), self.ctx, self.env, day).show_panel()

    def print_month(self) -> None:
        """Print the month shown."""
        self.paper.make(self.presenter.stretch.month.first, self.print_paper, by_crew=self.month_desk.by_crew)

    def save_month(self) -> None:
        """Save the month shown as a PDF."""
        self.paper.make(self.presenter.stretch.month.first, self.save_paper, by_crew=self.month_desk.by_crew)

    def print_paper(self, content: bytes, name: str) -> None:
        """Ask for a printer and print a paper."""
        from app.views.base.printing import PrintJob, ask_and_print  # noqa: PLC0415 - printers load slowly

        said = partial(self.env.shell.say, _("Sent to the printer: {name}").format(name=name))
        job = PrintJob(content, name, printed(AccessSubject.ROSTER, "roster", name))
        ask_and_print(self.ctx, self.env, job, self.window(), said)

    def save_paper(self, content: bytes, name: str) -> None:
        """Ask for a file and save a paper."""
        kinds = (FileKind(_("PDF document"), "*.pdf"),)
        path = self.env.dialogs.save_file(_("Save the roster"), name, kinds)
        if path is not None:
            said = _("Saved {name}").format(name=path.name)
            self.paper.save(content, path, name, lambda: self.env.shell.say(said))

    # -- inside --------------------------------------------------------------------------------------

    def _show_board(self) -> None:
        board = self.presenter.board
        if board is None:
            return
        self._show_parts()
        if not board.people or not board.brushes:
            self._show_empty()
            return
        self.legend.show_brushes(board.brushes)
        is_first = self.grid.board is None
        is_other = self.grid.board is not board
        self.grid.show_board(board)
        if is_first:
            self.grid.go_to((board.people[0].id, self.presenter.today))
        self.fix.show_problems(self.presenter.problems, self._fix_item, published=self.presenter.is_published)
        if is_other:
            self._show_now()
        self.stack.show_grid()

    def _show_parts(self) -> None:
        """Show only what there is something to say with; tell readers who may paint."""
        board = self.presenter.board
        has_rows = board is not None and bool(board.people) and bool(board.brushes)
        self.tools.setVisible(has_rows)
        self.fix.setVisible(has_rows)
        self.look.show_hint()

    def _fix_item(self, violation: Violation) -> FixItem:
        board = self.presenter.board
        assert board is not None, "problems are those of a board"
        return self.presenter.words.fix_item(board, violation)

    def _show_empty(self) -> None:
        board = self.presenter.board
        may_go = self.ctx.actor.may("settings.read")
        has_people = board is not None and bool(board.people)
        go = (lambda: self.env.shell.open("settings", {})) if may_go else None
        self.stack.show_instead(nothing_to_plan(has_people=has_people, open_settings=go))

    def _show_now(self) -> None:
        self.grid.show_now(self.presenter.now, self.presenter.leading_now)

    def _tick(self) -> None:
        if self.isVisible():
            self.presenter.refresh_duty()

    def _failed(self, error: Exception) -> None:
        self.env.shell.failed(error)
        if self.presenter.board is None:
            self.stack.show_instead(not_read(self.refresh))

    def _take_brush(self, brush: Brush | None) -> None:
        self.legend.choose(brush)
        self.grid.set_brush(brush)
        self.grid.setFocus()

    def _open_menu(self, at: QPoint) -> None:
        cell_menu(self.grid, self.presenter, self.of_cells, self.cells).popup(at)

    def _show_all_to_fix(self) -> None:
        found = FixList(self.window(), self.presenter.to_fix, self.fix.heading.text())
        found.asked.connect(self._go_to)
        found.open_centred()

    def _go_to(self, item: FixItem) -> None:
        self.grid.setFocus()
        self.why.show_item(item)

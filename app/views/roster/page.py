"""The roster page: header, paint legend, grid, and what is to mend. Wiring only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from app.models.entities.events import PeopleChanged, RosterChanged, SettingsChanged
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.views.base.actions import Action, ActionSet
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.base.tokens import Space, Type
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import ElidedLabel
from app.views.base.widgets.paint import width_of
from app.views.base.widgets.states import EmptyState, Skeleton
from app.views.roster.duty_popup import DutyPopup
from app.views.roster.fix_card import FixCard, FixList
from app.views.roster.grid import Brush, RosterGrid
from app.views.roster.header import RosterHeader
from app.views.roster.legend import BrushBar
from app.views.roster.page_actions import cell_actions, cell_menu, page_actions
from app.views.roster.paper import RosterPaper
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.roster_words import FixItem
from app.views.roster.stretch import RosterView, Stretch
from app.views.roster.why import Why

_SKELETON_AFTER = 300  # milliseconds
_WIDEST_HINT = 520
_WIDE = 1300  # pixels of page width from which the hint has room
_LOW = 640  # pixels of page height below which the foot folds


class RosterPage(Page):
    """Who works when. Understands the target {"day": ISO date}, and {"view": "week" or "month"} with it."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.setObjectName("roster")
        self.presenter = RosterPresenter(ctx, env.tasks, env.dialogs, env.format, self)
        self.paper = RosterPaper(ctx, env.tasks, self)
        of_page = ActionSet(self, page_actions(self), ctx.actor.may)
        self.action_set = of_page
        self.header = RosterHeader(self.presenter, of_page)
        self.legend = BrushBar(self.presenter.words, editable=self.presenter.may_edit)
        self.hint = ElidedLabel("", "small")
        self.crown = Button(_("Duty supervisor"), icon="crown", key="L", small=True)
        self.grid = RosterGrid(self.presenter.words)
        self.of_cells = ActionSet(self.grid, cell_actions(self), ctx.actor.may)
        self.fix = FixCard()
        self.stack = QStackedWidget()
        self._instead: QWidget | None = None  # the empty state, or the error, shown instead of the grid
        self._mended: FixItem | None = None  # what F8 showed last
        self._build()
        self.why = Why(self.grid, self.presenter, self)
        self._connect()
        self.setFocusProxy(self.grid)

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.presenter.board is None:
            self._skeleton_timer.start()
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
        if state.get("saved") == self.presenter.today.isoformat():
            self.show_target(state)
        else:
            self.show_target({"view": state.get("view", "")})

    @property
    def actions_shown(self) -> tuple[Action, ...]:
        return (*self.of_cells.actions, *super().actions_shown)

    def cycle_panes(self) -> None:
        self.grid.setFocus()

    def leave(self) -> None:
        self.why.hide()

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
        self.tools = QWidget()
        tools = row_of(self.legend, self.hint, self.crown)
        tools.setStretch(1, 1)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.tools.setLayout(tools)
        self.crown.setVisible(self.presenter.may_edit)
        column.addWidget(self.tools)
        card = QFrame()
        card.setProperty("surface", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 6)
        inside.addWidget(self.grid)
        self.grid_card = card
        self.skeleton = Skeleton(12, said=_("The roster is being read"))
        self.stack.addWidget(QWidget())  # nothing, until reading takes so long that one would wonder
        self.stack.addWidget(self.skeleton)
        self.stack.addWidget(card)
        column.addWidget(self.stack, 1)
        column.addWidget(self.fix)
        self.grid.set_editable(self.presenter.may_edit)
        self._skeleton_timer = QTimer(self)
        self._skeleton_timer.setSingleShot(True)
        self._skeleton_timer.setInterval(_SKELETON_AFTER)
        self._skeleton_timer.timeout.connect(self._show_skeleton)
        self._show_parts()

    def _connect(self) -> None:
        presenter, shell = self.presenter, self.env.shell
        presenter.board_changed.connect(self._show_board)
        presenter.duty_changed.connect(self._show_now)
        presenter.done.connect(self._did)
        presenter.painted.connect(lambda outcome: shell.did(outcome, quiet=True))
        presenter.told.connect(lambda text, tone: shell.say(text, tone=tone))
        presenter.failed.connect(self._failed)
        self.paper.failed.connect(shell.failed)
        self.grid.painted.connect(presenter.paint)
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
        items = self.presenter.to_fix
        if not items:
            self.env.shell.say(_("Nothing to fix on the days shown."), tone="ok")
            return
        after = items.index(self._mended) + 1 if self._mended in items else 0
        self._mended = items[after % len(items)]
        self._go_to(self._mended)

    def show_duty(self) -> None:
        """Open the list of who is on duty now."""
        popup = DutyPopup(self.window(), self.presenter.on_duty, self.presenter.now, self.env.format)
        below = self.header.duty.mapTo(self.window(), self.header.duty.rect().bottomLeft())
        popup.open_at(below.x(), below.y() + Space.XS)

    def print_month(self) -> None:
        """Print the month shown."""
        self.paper.make(self.presenter.stretch.month.first, self._print)

    def save_month(self) -> None:
        """Save the month shown as a PDF."""
        self.paper.make(self.presenter.stretch.month.first, self._save)

    # -- inside --------------------------------------------------------------------------------------

    def _print(self, content: bytes, name: str) -> None:
        from app.views.base.printing import ask_and_print  # noqa: PLC0415 - printers load slowly

        if ask_and_print(content, name, self.window()):
            self.env.shell.say(_("Sent to the printer: {name}").format(name=name))

    def _save(self, content: bytes, name: str) -> None:
        kinds = (FileKind(_("PDF document"), "*.pdf"),)
        path = self.env.dialogs.save_file(_("Save the roster"), name, kinds)
        if path is not None:
            said = _("Saved {name}").format(name=path.name)
            self.paper.save(content, path, lambda: self.env.shell.say(said))

    def _show_skeleton(self) -> None:
        if self.presenter.board is None:
            self.stack.setCurrentWidget(self.skeleton)

    def _show_board(self) -> None:
        board = self.presenter.board
        if board is None:
            return
        self._skeleton_timer.stop()
        self._show_parts()
        if not board.people or not board.brushes:
            self._show_empty()
            return
        self.legend.show_brushes(board.brushes)
        is_first = self.grid.board is None
        self.grid.show_board(board)
        if is_first:
            self.grid.go_to((board.people[0].id, self.presenter.today))
        self.fix.show_items(self.presenter.to_fix, published=board.roster.is_published)
        self._show_now()
        self.stack.setCurrentWidget(self.grid_card)

    def _show_parts(self) -> None:
        """Show only what there is something to say with; tell readers who may paint."""
        board = self.presenter.board
        has_rows = board is not None and bool(board.people) and bool(board.brushes)
        self.tools.setVisible(has_rows)
        self.fix.setVisible(has_rows)
        hint = _("Drag to paint · Del clears · underlined: supervisor") if self.width() >= _WIDE else ""
        self.hint.setText(hint if self.presenter.may_edit else self.presenter.why_read_only)
        if not self.presenter.may_edit:
            # Who may plan is more important here than the hours in the legend.
            self.hint.setMinimumWidth(min(_WIDEST_HINT, width_of(self.hint.text(), Type.SMALL) + 4))

    def _show_empty(self) -> None:
        board = self.presenter.board
        go = Button(_("Open settings"), icon="settings")
        go.setObjectName("open_settings")
        go.clicked.connect(lambda: self.env.shell.open("settings", {}))
        actions = (go,) if self.ctx.actor.may("settings.read") else ()
        if board is not None and not board.people:
            state = EmptyState(
                "users",
                _("Nobody to plan yet"),
                _("The roster shows the people of the desk's teams: put people into teams first."),
                *actions,
                tone="accent",
            )
        else:
            state = EmptyState(
                "calendar-plus",
                _("No shifts yet"),
                _("The roster is painted with shifts such as day and night. Set them up first."),
                *actions,
                tone="accent",
            )
        self._show_instead(state)

    def _show_instead(self, state: QWidget) -> None:
        if self._instead is not None:
            self.stack.removeWidget(self._instead)
            self._instead.deleteLater()
        self._instead = state
        self.stack.addWidget(state)
        self.stack.setCurrentWidget(state)

    def _show_now(self) -> None:
        self.grid.show_now(self.presenter.now, self.presenter.leading_now)

    def _tick(self) -> None:
        if self.isVisible():
            self.presenter.refresh_duty()

    def _failed(self, error: Exception) -> None:
        self.env.shell.failed(error)
        if self.presenter.board is None:
            self._skeleton_timer.stop()
            again = Button(_("Try again"), icon="refresh-cw")
            again.clicked.connect(self.refresh)
            self._show_instead(
                EmptyState(
                    "triangle-alert",
                    _("The roster could not be read"),
                    _("Nothing was changed."),
                    again,
                    tone="bad",
                )
            )

    def _did(self, outcome: Outcome, text: str) -> None:
        self.env.shell.did(outcome, text)

    def _take_brush(self, brush: Brush | None) -> None:
        self.legend.choose(brush)
        self.grid.set_brush(brush)
        self.grid.setFocus()

    def _open_menu(self, at: QPoint) -> None:
        cell_menu(self.grid, self.presenter, self.of_cells).popup(at)

    def _show_all_to_fix(self) -> None:
        found = FixList(self.window(), self.presenter.to_fix, self.fix.heading.text())
        found.asked.connect(self._go_to)
        found.open_centred()

    def _go_to(self, item: FixItem) -> None:
        self.grid.setFocus()
        self.why.show_item(item)

"""The page of all tickets: views, list and reading pane side by side, with one set of keys.

Targets: `{"query": "status:open team:field"}` shows what a query finds (the saved view of that query if
there is one), `{"view": 3}` a saved view, `{"id": 17}` makes that ticket current where it is listed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QSplitter, QWidget

from app.models.entities.events import TicketsChanged, ViewsChanged
from app.models.entities.tickets import Channel, Move
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.search.rules import to_text
from app.services.tickets.listing import TicketOrder
from app.views.base.actions import ActionSet
from app.views.base.i18n import _
from app.views.base.pages import Page, PageEnv, Target
from app.views.tickets.action_popups.actions import TicketActions
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.list_columns import ticket_columns
from app.views.tickets.list_deeds import VIEW_ACTIONS, ListDeeds, PageDeeds
from app.views.tickets.list_facts import ListFacts
from app.views.tickets.list_presenter import ListPresenter
from app.views.tickets.list_view import TicketListView
from app.views.tickets.reading_drafts import Unsent, Writing
from app.views.tickets.reading_pane import ReadingPane
from app.views.tickets.reading_presenter import ReadingPresenter
from app.views.tickets.rows import TicketCells
from app.views.tickets.view_list import ViewPanel

# Narrower than this, the views fold into the title's drop-down; narrower still, the pane gives way.
_VIEWS_FROM = 1230
_PANE_FROM = 940
_PANE_WIDTH = 348


class TicketsPage(Page):
    """Puts the three panes together and passes what is asked in one to the other."""

    def __init__(self, ctx: Context, env: PageEnv, parent: QWidget | None = None) -> None:
        super().__init__(ctx, env, parent)
        self.names = DeskNames(ctx, env, self)
        self.presenter = ListPresenter(ctx, env, self)
        self.reading = ReadingPresenter(ctx, env, self)
        self.actions_on = TicketActions(ctx, env, self.names, self)
        cells = TicketCells(env.format, ctx.clock.now)
        self.views = ViewPanel(self.presenter)
        self.list = TicketListView(self.presenter, ticket_columns(cells, self.names), self.names, env.format)
        self.pane = ReadingPane(self.reading, env.format)
        self._wanted_id: int | None = None
        self._pane_is_wanted = True
        self._layout_of = ""
        self._is_postponed = False
        self._build()
        self.facts = ListFacts(ctx, env, self, lambda: self.deeds.meant)
        self.deeds = ListDeeds(env, self.presenter, self.list, self.actions_on, self._for_deeds(), self.facts)
        self.action_set = ActionSet(self, self.deeds.actions(), ctx.actor.may)
        self.setFocusProxy(self.list.table)
        self._connect()

    # -- what the window asks ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read views, counts, the visible rows and the current ticket again."""
        self.presenter.refresh()
        self.reading.refresh()

    def show_target(self, target: Target) -> None:
        """See the module."""
        if isinstance(query := target.get("query"), str):
            self.presenter.show_query(query)
        elif isinstance(view := target.get("view"), int):
            self.presenter.choose_view(view)
        if isinstance(ticket_id := target.get("id"), int):
            self._wanted_id = ticket_id
            self._go_to_wanted()

    def save_state(self) -> dict[str, Any]:
        """Return view, filters, order, current ticket, splitter and what was typed."""
        presenter = self.presenter
        order = presenter.order
        return {
            "view": None if presenter.view is None else int(presenter.view.id),
            "query": to_text(presenter.base),
            "typed": presenter.typed,
            "order": None if order is None else [order[0].value, order[1]],
            "current": self.list.table.current_id,
            "panes": self._splitter.sizes(),
            "pane": self._pane_is_wanted,
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Come back as it was left."""
        view, order = state.get("view"), state.get("order")
        is_order = isinstance(order, list) and len(order) == 2 and order[0] in set(TicketOrder)
        self.presenter.restore(
            view if isinstance(view, int) else None,
            str(state.get("query") or ""),
            str(state.get("typed") or ""),
            (TicketOrder(order[0]), bool(order[1])) if is_order and isinstance(order, list) else None,
        )
        self._wanted_id = state["current"] if isinstance(state.get("current"), int) else None
        self._pane_is_wanted = state.get("pane") is not False
        sizes = state.get("panes")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) for size in sizes):
            self._splitter.setSizes(sizes)

    def focus_search(self) -> None:
        """Put the cursor into the filter field."""
        self.list.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.field.selectAll()

    def cycle_panes(self) -> None:
        """Views, list, pane, and round again."""
        stops = [
            (self.views, self.views.list),
            (self.list, self.list.table),
            (self.pane, self.pane.assign),
        ]
        shown = [(pane, first) for pane, first in stops if pane.isVisible()]
        here = next((at for at, (pane, _first) in enumerate(shown) if pane.isAncestorOf(_focus(self))), -1)
        if shown:
            shown[(here + 1) % len(shown)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Keep how the table is laid out, and what is typed."""
        self._keep_layout()
        self.reading.keep_drafts()

    # -- putting together ----------------------------------------------------------------------------

    def _build(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.setStretchFactor(1, 0)
        self._splitter.setSizes([4 * _PANE_WIDTH, _PANE_WIDTH])
        self.list.setMinimumWidth(460)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.views)
        row.addWidget(self._splitter, 1)
        self.list.table.set_compact(is_compact=self.env.prefs.values.is_compact)

    def _connect(self) -> None:
        listed, pane, actions = self.list, self.pane, self.actions_on
        self.views.chosen.connect(self.presenter.choose_view)
        self.views.save_asked.connect(self.deeds.save_view)
        listed.filters.save_asked.connect(self.deeds.save_view)
        listed.views_asked.connect(lambda at: _pop(self.views.menu(self), at))
        listed.menu_asked.connect(lambda at: self._pop_actions(VIEW_ACTIONS, at))
        listed.table.menu_asked.connect(lambda at: self._pop_actions(self.deeds.row_actions, at))
        listed.table.opened.connect(self.deeds.open)
        listed.table.current_changed.connect(self._on_current)
        listed.selection_changed.connect(self._on_selection)
        listed.rows_read.connect(self._go_to_wanted)
        listed.layout_changed.connect(self._keep_layout)
        listed.bulk.assign_asked.connect(lambda: actions.assign(self.list.meant))
        listed.bulk.next_line_asked.connect(lambda: actions.send_on(self.list.meant))
        listed.bulk.wait_asked.connect(lambda: actions.wait(self.list.meant))
        listed.bulk.levels_asked.connect(lambda: actions.set_levels(self.list.meant))
        listed.bulk.clear_asked.connect(listed.clear_marks)
        pane.open_asked.connect(self.deeds.open_current)
        pane.assign_asked.connect(lambda: actions.assign(self._shown))
        pane.status_asked.connect(lambda at: _pop(actions.status_menu(self._shown, self), at))
        pane.more_asked.connect(lambda at: self._pop_actions(self.deeds.row_actions, at))
        pane.reply_asked.connect(lambda: pane.composer.write(Writing.REPLY))
        pane.composer.send_asked.connect(self._send)
        pane.caller.copied.connect(
            lambda text: self.env.shell.say(_("Copied {text}").format(text=text), tone="info")
        )
        pane.lines.article_asked.connect(self._open_article)
        actions.done.connect(self._on_done)
        actions.refused.connect(lambda _error: self.refresh())
        self.presenter.views_changed.connect(self._on_view)
        self.presenter.source_ready.connect(self._restore_layout)
        self.presenter.source_ready.connect(self._take_focus)
        self.names.changed.connect(self.list.show_filters)
        self.env.ticker.minute.connect(self.reading.tick)
        self.env.ticker.minute.connect(self._on_minute)
        self.reading.shown.connect(lambda _reading: self._offer_buttons())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
        self.refresh_on(TicketsChanged)
        self.refresh_on(ViewsChanged)

    def _for_deeds(self) -> PageDeeds:
        return PageDeeds(
            self._write, self._pop_status, self._toggle_pane, lambda: self._pane_is_wanted, self.refresh
        )

    @property
    def _shown(self) -> tuple[Meant, ...]:
        """The ticket in the pane, in the version shown there."""
        reading = self.reading.reading
        return () if reading is None else (reading.detail.ticket,)

    def _open_article(self, article_id: int) -> None:
        """Read an article; *Insert into ticket* there comes back to the ticket in the pane."""
        target = {"id": article_id}
        if self._shown:
            target["ticket"] = int(self._shown[0].id)
        self.env.shell.open("knowledge", target)

    # -- passing on ----------------------------------------------------------------------------------

    def _pop_actions(self, ids: tuple[str, ...], at: QPoint) -> None:
        if self.action_set is not None:
            self.action_set.menu(ids, self).popup(at)

    def _pop_status(self) -> None:
        table = self.list.table
        place = table.visualRect(table.currentIndex()).bottomLeft()
        _pop(self.actions_on.status_menu(self.list.meant, self), table.viewport().mapToGlobal(place))

    def _write(self, writing: Writing) -> None:
        if not self.pane.isVisible():
            self.deeds.open_current()
        else:
            self.pane.composer.write(writing)

    def _send(self, unsent: Unsent, channel: Channel) -> None:
        if unsent.writing is Writing.SOLUTION:
            for ticket in self._shown:
                self.actions_on.resolve(ticket, unsent.text)
        else:
            self.reading.send(unsent, channel)

    def _on_current(self, ticket_id: int | None) -> None:
        """Follow the list; but a text being written stays with its ticket when rows come and go."""
        self._is_postponed = self.pane.composer.is_typing
        if not self._is_postponed:
            self.reading.show(ticket_id)

    def _on_focus(self, _before: QWidget | None, _now: QWidget | None) -> None:
        if self._is_postponed and not self.pane.composer.is_typing:
            self._on_current(self.list.table.current_id)

    def _on_selection(self) -> None:
        if self.action_set is not None:
            self.action_set.refresh()

        self._offer_bulk()

    def _on_minute(self) -> None:
        """Tickets become due without anybody doing anything: count them again while somebody looks."""
        if self.isVisible():
            self.presenter.refresh_counts()

    def _offer_bulk(self) -> None:
        """Say on each button of the bar why it cannot be used now."""
        on, bulk, marked = self.actions_on, self.list.bulk, self.list.meant
        if self.list.marked_count:
            bulk.assign.wait_for(on.blocked(Move.ASSIGN, marked))
            bulk.next_line.wait_for(on.blocked_sending_on(marked))
            bulk.wait.wait_for(on.blocked(Move.WAIT, marked))
            bulk.levels.wait_for(on.blocked_edit(marked))

    def _offer_buttons(self) -> None:
        """Say on each button of the pane why it cannot be used now."""
        on, pane, shown = self.actions_on, self.pane, self._shown
        pane.assign.wait_for(on.blocked(Move.ASSIGN, shown))
        may_write = self.ctx.actor.may("tickets.note")
        pane.reply.wait_for("" if may_write else _("You lack the right to do this."))
        pane.composer.setEnabled(may_write)

    def _on_done(self, outcome: Outcome) -> None:
        """What was left alone of many stays marked; a solution that was typed here is saved now."""
        if self.list.marked_count:
            self.list.clear_marks(frozenset(outcome.skipped))
        if outcome.undo is not None and outcome.undo.code in {"tickets.undo.resolved", "tickets.undo.solved"}:
            shown = self.reading.ticket_id
            if shown is not None and outcome.id == shown:
                self.reading.forget_draft(shown)

    def _go_to_wanted(self) -> None:
        """Make the ticket current that was asked for; where the list does not hold it, forget it."""
        model = self.list.model
        if self._wanted_id is not None and model is not None and not model.is_loading:
            wanted, self._wanted_id = self._wanted_id, None
            self.list.table.go_to_id(wanted)

    # -- how it is laid out --------------------------------------------------------------------------

    def _on_view(self) -> None:
        if self._layout_of != self.presenter.layout_name:
            self._restore_layout()
        if self.action_set is not None:
            self.action_set.refresh()

    def _restore_layout(self) -> None:
        """Lay the table out as this person left it for this view, else as the view was saved."""
        if self.list.model is None:
            return
        self._layout_of = self.presenter.layout_name
        view = self.presenter.view
        saved = view.layout if view is not None else {}
        header = self.list.table.columns_header
        header.set_columns(self.list.model.columns)
        header.restore_layout(self.env.prefs.values.tables.get(self._layout_of) or saved)
        self._go_to_wanted()

    def _keep_layout(self) -> None:
        if self.list.model is not None and self._layout_of:
            self.env.prefs.keep_table(self._layout_of, self.deeds.layout())

    def _toggle_pane(self) -> None:
        self._pane_is_wanted = not self._pane_is_wanted
        self._fold()

    def _fold(self) -> None:
        shows_views = self.width() >= _VIEWS_FROM
        self.views.setVisible(shows_views)
        self.list.views_button.setVisible(not shows_views)
        self.pane.setVisible(self._pane_is_wanted and self.width() >= _PANE_FROM)

    def showEvent(self, event: QShowEvent) -> None:
        """Let J and K work at once, unless somebody is typing here already."""
        super().showEvent(event)
        self._take_focus()

    def _take_focus(self) -> None:
        if self.list.model is not None and not self.isAncestorOf(_focus(self)):
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()


def _focus(page: QWidget) -> QWidget:
    return page.window().focusWidget() or page


def _pop(menu: QMenu, at: QPoint) -> None:
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)

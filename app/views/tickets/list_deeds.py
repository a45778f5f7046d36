"""What a person can do on the page of all tickets, as data, and the small deeds behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from app.models.entities.tickets import Move
from app.views.base.actions import SEPARATOR, Action
from app.views.base.i18n import N_, _
from app.views.base.major_words import MAJOR_ICON
from app.views.base.pages import PageEnv
from app.views.tickets.action_popups.actions import ESCALATE_KEY, TicketActions
from app.views.tickets.action_popups.major_asker import MAJOR_KEY, MAJOR_RIGHT
from app.views.tickets.action_popups.meant import Meant
from app.views.tickets.fact_asker import NEXT_LINE_KEY
from app.views.tickets.list_facts import ListFacts
from app.views.tickets.list_presenter import ListPresenter
from app.views.tickets.list_view import TicketListView
from app.views.tickets.reading_drafts import Writing

_DECLARE, _WITHDRAW = "tickets.declare_major", "tickets.withdraw_major"
ROW_ACTIONS = (
    "tickets.open",
    SEPARATOR,
    "tickets.assign",
    "tickets.next_line",
    "tickets.status",
    "tickets.priority",
    "tickets.wait",
    "tickets.resolve",
    "tickets.escalate",
    "tickets.tell",
    "tickets.restore",
    "tickets.early",
    _DECLARE,
    _WITHDRAW,
    SEPARATOR,
    "tickets.note",
    "tickets.reply",
)
"""The menu of a row and of the reading pane."""

VIEW_ACTIONS = (
    "views.save_changes",
    "views.save",
    "views.rename",
    "views.share",
    "views.retire",
    SEPARATOR,
    "list.compact",
    "list.pane",
    "list.refresh",
)
"""The menu of the list itself."""


@dataclass(frozen=True, slots=True)
class PageDeeds:
    """What only the page itself can do, because it spans its panes."""

    write: Callable[[Writing], None]
    pop_status: Callable[[], None]
    toggle_pane: Callable[[], None]
    pane_is_wanted: Callable[[], bool]
    refresh: Callable[[], None]


class ListDeeds(QObject):
    """Knows list, views and popups."""

    def __init__(
        self,
        env: PageEnv,
        presenter: ListPresenter,
        listed: TicketListView,
        on: TicketActions,
        page: PageDeeds,
        facts: ListFacts,
    ) -> None:
        super().__init__(listed)
        self._facts = facts
        self._env = env
        self._presenter = presenter
        self._list = listed
        self._on = on
        self._page = page

    @property
    def meant(self) -> tuple[Meant, ...]:
        """What an action is for: everything marked, else the current row."""
        return self._list.meant

    @property
    def row_actions(self) -> tuple[str, ...]:
        """ROW_ACTIONS with either declaring or withdrawing a major incident, as the tickets meant are."""
        left_out = _DECLARE if any(ticket.is_major for ticket in self.meant) else _WITHDRAW
        return tuple(each for each in ROW_ACTIONS if each != left_out)

    def actions(self) -> tuple[Action, ...]:
        """Return the actions of the page, in the order of menus and palette."""
        return (*self._on_tickets(), *self._facts.actions(), *self._on_views(), *self._on_list())

    def layout(self) -> dict[str, Any]:
        """Return how the table is laid out now."""
        return self._list.table.columns_header.save_layout()

    def open(self, ticket_id: object) -> None:
        """Show a ticket on its own page."""
        if isinstance(ticket_id, int):
            self._env.shell.open("ticket", {"id": ticket_id})

    def open_current(self) -> None:
        """Show the current ticket on its own page."""
        self.open(self._list.table.current_id)

    def save_view(self) -> None:
        """Ask for a name and save what is shown under it."""
        name = self._env.dialogs.ask_text(_("Save as view"), _("Name of the view"), action=_("Save"))
        if name:
            self._presenter.save_view(name, self.layout())

    def rename_view(self) -> None:
        """Ask for another name of the chosen view."""
        if self._presenter.view is None:
            return
        name = self._env.dialogs.ask_text(
            _("Rename view"), _("Name of the view"), text=self._presenter.title, action=_("Rename")
        )
        if name:
            self._presenter.rename_view(name)

    def toggle_compact(self) -> None:
        """Choose rows of the other height, here and in lists opened later."""
        is_compact = not self._env.prefs.values.is_compact
        self._env.prefs.change(is_compact=is_compact)
        self._list.table.set_compact(is_compact=is_compact)

    def no_ticket(self) -> str:
        """Return why nothing can be done to a ticket now, or ""."""
        return "" if self.meant else _("Choose a ticket first.")

    def not_mine(self) -> str:
        """Return why the chosen view cannot be changed, or ""."""
        view = self._presenter.view
        if view is None:
            return _("Save it as a view first.")
        return (
            "" if self._presenter.may_change(view) else _("Only those who share views may change this one.")
        )

    def _on_tickets(self) -> tuple[Action, ...]:
        on = self._on
        return (
            Action("tickets.open", N_("Open"), self.open_current, "maximize-2", blocked=self.no_ticket),
            Action(
                "tickets.assign",
                N_("Assign"),
                lambda: on.assign(self.meant),
                "user-plus",
                "A",
                "tickets.assign",
                lambda: on.blocked(Move.ASSIGN, self.meant),
            ),
            Action(
                "tickets.next_line",
                N_("To the next line"),
                lambda: on.send_on(self.meant),
                "arrow-right",
                NEXT_LINE_KEY,
                "tickets.assign",
                lambda: on.blocked_sending_on(self.meant),
            ),
            Action(
                "tickets.status",
                N_("Status"),
                self._page.pop_status,
                "circle-dot",
                "S",
                "",
                self.no_ticket,
            ),
            Action(
                "tickets.priority",
                N_("Priority"),
                lambda: on.set_levels(self.meant),
                "flag",
                "P",
                "tickets.edit",
                lambda: on.blocked_edit(self.meant),
            ),
            Action(
                "tickets.wait",
                N_("Set waiting"),
                lambda: on.wait(self.meant),
                "circle-pause",
                "W",
                "tickets.wait",
                lambda: on.blocked(Move.WAIT, self.meant),
            ),
            Action(
                "tickets.resolve",
                N_("Resolve"),
                lambda: on.move(Move.RESOLVE, self.meant[:1]),
                "circle-check",
                "",
                "tickets.resolve",
                lambda: on.blocked(Move.RESOLVE, self.meant[:1]),
            ),
            Action(
                "tickets.escalate",
                N_("Escalate to the supervisor"),
                lambda: on.escalate(self.meant),
                "chevrons-up",
                ESCALATE_KEY,
                "tickets.escalate",
                lambda: on.blocked_escalation(self.meant),
            ),
            Action(
                _DECLARE,
                N_("Declare a major incident…"),
                lambda: on.majors.declare(self.meant),
                MAJOR_ICON,
                MAJOR_KEY,
                MAJOR_RIGHT,
                lambda: on.majors.blocked_declaring(self.meant),
            ),
            Action(
                _WITHDRAW,
                N_("Withdraw the major incident…"),
                lambda: on.majors.withdraw(self.meant),
                MAJOR_ICON,
                "",
                MAJOR_RIGHT,
                lambda: on.majors.blocked_withdrawing(self.meant),
            ),
            Action(
                "tickets.note",
                N_("Write a note"),
                lambda: self._page.write(Writing.NOTE),
                "lock",
                "N",
                "tickets.note",
                self.no_ticket,
            ),
            Action(
                "tickets.reply",
                N_("Record a reply"),
                lambda: self._page.write(Writing.REPLY),
                "reply",
                "R",
                "tickets.note",
                self.no_ticket,
            ),
        )

    def _on_views(self) -> tuple[Action, ...]:
        presenter = self._presenter
        return (
            Action("views.save", N_("Save as view…"), self.save_view, "bookmark"),
            Action(
                "views.save_changes",
                N_("Save the changes to this view"),
                lambda: presenter.save_changes(self.layout()),
                "save",
                blocked=lambda: "" if presenter.is_changed else _("Nothing was changed."),
            ),
            Action("views.rename", N_("Rename view…"), self.rename_view, "pencil", blocked=self.not_mine),
            Action(
                "views.share",
                N_("Share with everybody"),
                presenter.share_view,
                "users",
                "",
                "views.share",
                self.not_mine,
                lambda: presenter.view is not None and presenter.view.is_shared,
            ),
            Action(
                "views.retire", N_("Remove view"), presenter.retire_view, "trash-2", blocked=self.not_mine
            ),
        )

    def _on_list(self) -> tuple[Action, ...]:
        return (
            Action(
                "list.compact",
                N_("Compact rows"),
                self.toggle_compact,
                is_checked=lambda: self._env.prefs.values.is_compact,
            ),
            Action(
                "list.pane",
                N_("Reading pane"),
                self._page.toggle_pane,
                is_checked=self._page.pane_is_wanted,
            ),
            Action("list.refresh", N_("Refresh"), self._page.refresh, "refresh-cw", "F5"),
        )

"""What can be done on the roster page, as data, and the menu of a cell made from it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.models.entities.ids import TemplateId
from app.views.base.actions import Action, ActionSet
from app.views.base.i18n import N_, _
from app.views.base.widgets.labels import no_key
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.stretch import RosterView


class Deeds(Protocol):
    """What the page itself does for an action; the rest is the presenter's."""

    presenter: RosterPresenter

    def lead_selected(self) -> None: ...
    def clear_selected(self) -> None: ...
    def explain_current(self) -> None: ...
    def show_next_to_fix(self) -> None: ...
    def show_duty(self) -> None: ...
    def print_month(self) -> None: ...
    def save_month(self) -> None: ...


def cell_actions(page: Deeds) -> tuple[Action, ...]:
    """Return what is done to the selected cells; its keys belong to the grid, not to the whole page."""
    return (
        Action(
            "roster.supervisor", N_("Name the duty supervisor"), page.lead_selected, "crown", "L",
            permission="roster.edit",
        ),
        Action(
            "roster.clear", N_("Clear the selected cells"), page.clear_selected, "x", "Del",
            permission="roster.edit",
        ),
        Action("roster.why", N_("Say why a cell is marked"), page.explain_current, "info", "F2"),
    )  # fmt: skip


def page_actions(page: Deeds) -> tuple[Action, ...]:
    """Return the actions of the page, in the order of the list of shortcuts."""
    presenter = page.presenter
    return (
        Action("roster.previous", N_("Earlier"), partial(presenter.move, -1), "chevron-left", "Ctrl+PgUp"),
        Action("roster.next", N_("Later"), partial(presenter.move, 1), "chevron-right", "Ctrl+PgDown"),
        Action("roster.today", N_("Today"), presenter.show_today, "calendar", "Alt+Home"),
        Action(
            "roster.week", N_("Show a week"), partial(presenter.show_view, RosterView.WEEK),
            "calendar-days", "Ctrl+Shift+W",
        ),
        Action(
            "roster.month", N_("Show a month"), partial(presenter.show_view, RosterView.MONTH),
            "calendar-days", "Ctrl+Shift+M",
        ),
        Action("roster.next_fix", N_("Next thing to fix"), page.show_next_to_fix, "triangle-alert", "F8"),
        Action("roster.duty", N_("Who is on duty now"), page.show_duty, "users", "Ctrl+Shift+D"),
        Action("roster.print", N_("Print the month…"), page.print_month, "printer", "Ctrl+P"),
        Action("roster.save_pdf", N_("Save the month as PDF…"), page.save_month, "download", "Ctrl+S"),
        Action(
            "roster.publish", N_("Publish the month"), presenter.publish, "send", "Ctrl+Shift+P",
            permission="roster.publish",
        ),
        Action(
            "roster.withdraw", N_("Make the month a draft again"), presenter.withdraw, "pencil",
            permission="roster.publish",
        ),
    )  # fmt: skip


def cell_menu(grid: RosterGrid, presenter: RosterPresenter, actions: ActionSet) -> QMenu:
    """Return the menu of the selected cells: every shift, off, and what else can be done with them."""
    menu = QMenu(grid)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    board = presenter.board
    if board is not None and presenter.may_edit:
        for template in board.brushes:
            name = presenter.words.shift_with_times(template)
            words = _("{code}  {name}").format(code=template.code, name=name)
            painted = menu.addAction(no_key(words))
            painted.triggered.connect(partial(_paint, grid, presenter, template.id))
        menu.addSeparator()
    for action_id in ("roster.clear", "roster.supervisor", "roster.why"):
        made = actions.qt_action(action_id)
        if made is not None:
            menu.addAction(made)
    return menu


def _paint(
    grid: RosterGrid, presenter: RosterPresenter, template_id: TemplateId, _checked: bool = False
) -> None:
    presenter.paint(grid.selected_keys, template_id)

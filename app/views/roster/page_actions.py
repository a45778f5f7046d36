"""What can be done on the roster page, as data, and the menu of a cell made from it."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.models.entities.ids import TeamId, TemplateId
from app.views.base.actions import SEPARATOR, Action, ActionSet
from app.views.base.i18n import N_, _
from app.views.base.widgets.labels import no_key
from app.views.roster.cell_deeds import CellDeeds
from app.views.roster.grid import RosterGrid
from app.views.roster.roster_presenter import RosterPresenter
from app.views.roster.stretch import RosterView

_MENU = (
    "roster.clear", "roster.supervisor", "roster.fix", SEPARATOR,
    "roster.copy", "roster.paste", "roster.fill_down", "roster.fill_right", SEPARATOR,
    "roster.swap", "roster.last_week", "roster.lay", SEPARATOR, "roster.why", SEPARATOR,
    "roster.offer", "roster.take", "roster.absence", SEPARATOR, "roster.wish", "roster.unwish", SEPARATOR,
    "roster.handover", "roster.save_ics",
)  # fmt: skip


class Deeds(Protocol):
    """What the page itself does for an action; the rest is the presenter's."""

    presenter: RosterPresenter
    cells: CellDeeds

    def lead_selected(self) -> None: ...
    def clear_selected(self) -> None: ...
    def explain_current(self) -> None: ...
    def show_next_to_fix(self) -> None: ...
    def show_duty(self) -> None: ...
    def show_staffing(self) -> None: ...
    def toggle_fairness(self) -> None: ...
    def toggle_crews(self) -> None: ...
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
        Action("roster.copy", N_("Copy the selected cells"), page.cells.copy, "copy", "Ctrl+C"),
        Action(
            "roster.paste", N_("Paste the copied cells"), page.cells.paste, "clipboard-check", "Ctrl+V",
            permission="roster.edit",
        ),
        Action(
            "roster.fill_down", N_("Fill down"), page.cells.fill_down, "arrow-down", "Ctrl+D",
            permission="roster.edit",
        ),
        Action(
            "roster.fill_right", N_("Fill right"), page.cells.fill_right, "arrow-right", "Ctrl+R",
            permission="roster.edit",
        ),
        Action(
            "roster.swap", N_("Swap with…"), page.cells.pick_up, "arrow-left-right", "Ctrl+X",
            permission="roster.edit",
        ),
        Action(
            "roster.fix", N_("Fix the shifts, or free them"), page.cells.fix, "map-pin", "F",
            permission="roster.edit",
        ),
        Action(
            "roster.last_week", N_("Copy last week"), page.cells.copy_last_week, "history", "Ctrl+L",
            permission="roster.edit",
        ),
        Action(
            "roster.lay", N_("Lay a pattern…"), page.cells.lay_pattern, "repeat", "Ctrl+T",
            permission="roster.edit",
        ),
    )  # fmt: skip


def page_actions(page: Deeds) -> tuple[Action, ...]:
    """Return the actions of the page, in the order of the list of shortcuts."""
    presenter = page.presenter
    return (
        Action("roster.previous", N_("Earlier"), partial(presenter.move, -1), "chevron-left", "Ctrl+PgUp"),
        Action("roster.next", N_("Later"), partial(presenter.move, 1), "chevron-right", "Ctrl+PgDown"),
        Action("roster.today", N_("Today"), presenter.show_today, "calendar", "Alt+Home"),
        Action(
            "roster.day", N_("Show a day"), partial(presenter.show_view, RosterView.DAY),
            "calendar", "Ctrl+Shift+Y",
        ),
        Action(
            "roster.week", N_("Show a week"), partial(presenter.show_view, RosterView.WEEK),
            "calendar-days", "Ctrl+Shift+W",
        ),
        Action(
            "roster.month", N_("Show a month"), partial(presenter.show_view, RosterView.MONTH),
            "calendar-days", "Ctrl+Shift+M",
        ),
        Action("roster.next_fix", N_("Next thing to fix"), page.show_next_to_fix, "triangle-alert", "F8"),
        Action(
            "roster.fairness", N_("Nights, weekends and holidays of everybody"), page.toggle_fairness,
            "gauge", "Ctrl+Shift+F",
        ),
        Action("roster.crews", N_("Group by crew or by team"), page.toggle_crews, "layers", "Ctrl+Shift+G"),
        Action("roster.duty", N_("Who is on duty now"), page.show_duty, "users", "Ctrl+Shift+D"),
        Action(
            "roster.staffing", N_("Staffing by the hour"), page.show_staffing, "chart-column", "Ctrl+Shift+H"
        ),
        Action("roster.print", N_("Print the month…"), page.print_month, "printer", "Ctrl+P"),
        Action("roster.save_pdf", N_("Save the month as PDF…"), page.save_month, "download", "Ctrl+S"),
        Action(
            "roster.withdraw", N_("Make the month a draft again"), presenter.withdraw, "pencil",
            permission="roster.publish",
        ),
    )  # fmt: skip


def cell_menu(
    grid: RosterGrid, presenter: RosterPresenter, actions: ActionSet, cells: CellDeeds | None = None
) -> QMenu:
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
    for action_id in _MENU:
        made = actions.qt_action(action_id)
        if action_id == SEPARATOR:
            menu.addSeparator()
        elif made is not None:
            menu.addAction(made)
    if cells is not None and presenter.may_edit and board is not None and len(board.teams) > 1:
        lent = menu.addMenu(no_key(_("Works for")))
        for team_id in board.teams:
            team = lent.addAction(no_key(presenter.words.team(board, team_id)))
            team.triggered.connect(partial(_lend, cells, team_id))
    return menu


def _lend(cells: CellDeeds, team_id: TeamId, _checked: bool = False) -> None:
    cells.lend(team_id)


def _paint(
    grid: RosterGrid, presenter: RosterPresenter, template_id: TemplateId, _checked: bool = False
) -> None:
    presenter.paint(grid.selected_keys, template_id)

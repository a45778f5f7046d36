"""The call that the walk takes and the pictures show: the form of a new ticket filled in key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt

from app.views.base.widgets.matrix import Cell, MatrixGrid
from app.views.shell.keys import press, type_into
from app.views.shell.stage import Stage
from app.views.tickets.new_page import NewTicketPage

_LOOKED_UP_AFTER = 900  # the helpers find articles and similar tickets, and the draft is kept


@dataclass(frozen=True, slots=True)
class Call:
    """What a caller tells. Of caller and category only the first letters are typed."""

    caller: str
    subject: str
    category: str
    cell: Cell


CALLS: Mapping[str, Call] = {
    "en": Call("zhao", "VPN connects, but no drive opens from home", "vpn", (3, 2)),
    "zh_CN": Call("zhao", "在家连上 VPN，但打不开共享盘", "vpn", (3, 2)),
}


def take_call(stage: Stage, page: NewTicketPage, call: Call) -> None:
    """Fill in the shown form as the caller talks; the first offer is taken without looking.

    Raises:
        TimeoutError: the form did not do what was waited for; the message says what.
    """
    view = page.view
    stage.wait_until(lambda: page.presenter.choices is not None, "the form is ready")
    type_into(view.caller.search, call.caller)
    press(view.caller.search, Qt.Key.Key_Return)
    stage.wait_until(lambda: page.presenter.caller is not None, "the caller is found")
    type_into(view.fields.subject, call.subject)
    type_into(view.fields.category, call.category)
    press(view.fields.category, Qt.Key.Key_Return)
    stage.wait_until(lambda: bool(page.call.values.category), "the category is chosen")
    choose_cell(view.fields.promise.grid, call.cell)
    stage.wait_until(lambda: view.fields.promise.panel.preview is not None, "the times are promised")
    stage.settle(_LOOKED_UP_AFTER)


def choose_cell(grid: MatrixGrid, cell: Cell) -> None:
    """Go to a cell with the arrows and choose it.

    Raises:
        TimeoutError: the arrows do not lead there.
    """
    grid.setFocus(Qt.FocusReason.OtherFocusReason)
    impact, urgency = grid.cursor_cell or cell
    for steps, back, on in (
        (cell[0] - impact, Qt.Key.Key_Up, Qt.Key.Key_Down),
        (cell[1] - urgency, Qt.Key.Key_Left, Qt.Key.Key_Right),
    ):
        for _step in range(abs(steps)):
            press(grid, on if steps > 0 else back)
    if grid.cursor_cell != cell:
        raise TimeoutError(f"the arrows are at {grid.cursor_cell}, not at {cell}")
    press(grid, Qt.Key.Key_Return)

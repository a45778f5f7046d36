"""F1: every key of the window and of the page shown, from the same lists that the menus are made of."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from app.views.base.actions import Action
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.chips import KeyCap
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup
from app.views.shell.workspace import Workspace

_WIDTH, _HEIGHT = 560, 560
_ARROWS = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}


class ShortcutsPopup(Popup):
    """Lists what has a key: the shown page first, then the window."""

    def __init__(self, work: Workspace) -> None:
        super().__init__(work, scrim=True)
        self.setObjectName("shortcuts")
        self.setAccessibleName(_("Keys and shortcuts"))
        self.setFixedSize(
            min(_WIDTH, work.width() - 2 * Space.XL), min(_HEIGHT, work.height() - 2 * Space.XL)
        )
        close = IconButton("x", _("Close"), key="Esc")
        close.clicked.connect(self.close_now)
        self.closed.connect(self.deleteLater)
        work.stack.shown.connect(self._leave)
        self.body.addLayout(row_of(PlainLabel(_("Keys and shortcuts"), "record"), None, close))
        rows = QWidget()
        rows.setProperty("scrolled", True)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, Space.M, 0)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(0, 1)
        page = work.stack.page
        mine = page.actions_shown if page is not None else ()
        if mine:
            title = next(str(screen.title) for screen in work.screens if screen.name == work.stack.name)
            _add(grid, title, mine)
        if work.action_set is not None:
            taken = {action.shortcut for action in mine}
            rest = [action for action in work.action_set.actions if action.shortcut not in taken]
            _add(grid, _("Everywhere"), rest)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(rows)
        area.setAccessibleName(_("Keys and shortcuts"))
        self.body.addWidget(area, 1)
        self.setFocusProxy(area)  # arrows and PgDn move through the list at once

    def _leave(self, _page: str) -> None:
        """Go away, for another page is shown."""
        self.close_now()


def _add(grid: QGridLayout, title: str, actions: Iterable[Action]) -> None:
    keyed = [action for action in actions if action.shortcut]
    if not keyed:
        return
    grid.addWidget(PlainLabel(title.upper(), "caps"), grid.rowCount(), 0)
    for action in keyed:
        row = grid.rowCount()
        grid.addWidget(PlainLabel(str(action.text)), row, 0)
        grid.addWidget(KeyCap(_drawn(action.shortcut)), row, 1, Qt.AlignmentFlag.AlignRight)


def _drawn(shortcut: str) -> str:
    """Return a shortcut as the caps of keys show it: arrows as arrows, whatever the language."""
    return "+".join(_ARROWS.get(key, key) for key in shortcut.split("+"))

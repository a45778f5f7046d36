"""The bar that appears while tickets are marked: how many, and what can be done to all of them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import cast_shadow

_FOOT = 52


class BulkBar(QFrame):
    """Floats over the foot of the list. Its buttons act on everything marked, loaded or not."""

    assign_asked = Signal()
    next_line_asked = Signal()
    wait_asked = Signal()
    levels_asked = Signal()
    clear_asked = Signal()

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("bulk")
        self.setProperty("surface", "popup")
        self._host = host
        self.count = PlainLabel("", "strong")
        self.assign = Button(_("Assign"), ButtonKind.GHOST, icon="user-plus")
        self.next_line = Button(_("To the next line"), ButtonKind.GHOST, icon="arrow-right")
        self.wait = Button(_("Set waiting"), ButtonKind.GHOST, icon="circle-pause")
        self.levels = Button(_("Priority"), ButtonKind.GHOST, icon="flag")
        self.clear = IconButton("x", _("Unmark all"), key="Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.S, Space.S)
        row.setSpacing(Space.S)
        for part in (self.count, self.assign, self.next_line, self.wait, self.levels, self.clear):
            row.addWidget(part)
        self.assign.clicked.connect(self.assign_asked)
        self.next_line.clicked.connect(self.next_line_asked)
        self.wait.clicked.connect(self.wait_asked)
        self.levels.clicked.connect(self.levels_asked)
        self.clear.clicked.connect(self.clear_asked)
        self.hide()
        cast_shadow(self)

    def show_count(self, count: int) -> None:
        """Show how many are marked; with none the bar goes away."""
        self.count.setText(ngettext("{count} selected", "{count} selected", count).format(count=count))
        self.setVisible(count > 0)
        self.place()

    def place(self) -> None:
        """Stand at the middle of the list's foot."""
        self.adjustSize()
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - _FOOT)
        self.raise_()

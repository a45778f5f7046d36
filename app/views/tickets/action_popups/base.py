"""What every action's popup has: a title, a body, one button that does it, and the keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class ActionPopup(Popup):
    """Over a dimmed page: Esc goes back, Ctrl+Enter does it, Tab stays inside.

    It is made once per page and filled again each time. Whoever opens it hides it when it was confirmed.
    """

    confirmed = Signal()

    def __init__(self, window: QWidget, action: str, *, width: int = 480) -> None:
        super().__init__(window, scrim=True)
        self.setFixedWidth(width)
        self.title = PlainLabel("", "section", wrap=True)
        self.note = PlainLabel("", "muted", wrap=True)
        self.note.hide()
        cross = IconButton("x", _("Close"), small=True, key="Esc")
        cross.clicked.connect(self.close_now)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self.content = QVBoxLayout()
        self.content.setSpacing(Space.M)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.S)
        self.cancel = Button(_("Cancel"))
        self.act = Button(action, ButtonKind.PRIMARY, key="Ctrl+Enter")
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.act)
        self.body.addLayout(head)
        self.body.addWidget(self.note)
        self.body.addLayout(self.content, 1)
        self.body.addLayout(self.buttons)
        self.cancel.clicked.connect(self.close_now)
        self.act.clicked.connect(self.confirmed)

    def say(self, title: str, note: str = "") -> None:
        """Show what this is about; `note` is a sentence under the title."""
        self.title.setText(title)
        self.setAccessibleName(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def open_on(self, first: QWidget) -> None:
        """Show the popup in the middle, with the cursor in `first`."""
        self.open_centred()
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def fit(self) -> None:
        """Take the height the contents want now: something came or went while the popup was open."""
        for layout in self.findChildren(QLayout):
            layout.invalidate()
        self.body.activate()
        self.adjustSize()

    def sizeHint(self) -> QSize:
        """Return the height that the contents want at the width of the popup, which is fixed."""
        layout, hint = self.layout(), super().sizeHint()
        if layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(self.width(), layout.totalHeightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER and self.act.isEnabled():
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside: what lies behind is dimmed."""
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]
        if not stops:
            return False
        here = self._window.focusWidget()
        at = stops.index(here) if here in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

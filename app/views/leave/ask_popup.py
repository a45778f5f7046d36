"""What the popups share: a title, fields, why it was refused, and one button, which is also Ctrl+Enter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.models.entities.errors import FirstlineError
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.popups import Popup

_WIDTH = 520
_TEXT_HEIGHT = 72
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class AskPopup(Popup):
    """A form of one action. It stays open, with everything typed, until the action was done."""

    def __init__(self, window: QWidget, title: str, action: str, fmt: Format) -> None:
        super().__init__(window, scrim=True)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(title)
        self._format = fmt
        close = IconButton("x", _("Close"), key="Esc", small=True)
        close.clicked.connect(self.close_now)
        head = row_of(PlainLabel(title, "section", wrap=True), close)
        head.setStretch(0, 1)
        self.body.addLayout(head)
        self.refusal = PlainLabel("", ink="bad", wrap=True)
        self.refusal.hide()
        self.act = Button(action, ButtonKind.PRIMARY, key="Ctrl+Enter")
        self.act.clicked.connect(self.confirm)
        self.closed.connect(self.deleteLater)

    def close_row(self) -> None:
        """Put the button at the foot; called once the fields are there."""
        self.body.addWidget(self.refusal)
        self.body.addLayout(row_of(None, self.act))

    def confirm(self) -> None:
        """Do what the popup is for; derived popups say what."""

    def refuse(self, error: Exception) -> None:
        """Say here why it was refused; nothing that was typed is lost."""
        if isinstance(error, FirstlineError):
            told = explain(error, self._format)
            self.refusal.setText(f"{told.happened} {told.advice}".strip())
            self.refusal.show()
            self.fit()

    def fit(self) -> None:
        """Be as tall as what is shown now, and stay on the window."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()
        lowest = max(Space.S, self._window.height() - self.height() - Space.S)
        self.move(self.x(), min(self.y(), lowest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_control and event.key() in _ENTER and self.act.isEnabled():
            self.confirm()
        else:
            super().keyPressEvent(event)


def reason_box() -> QPlainTextEdit:
    """Return an input for a reason of some lines; Tab leaves it."""
    box = QPlainTextEdit()
    box.setTabChangesFocus(True)
    box.setFixedHeight(_TEXT_HEIGHT)
    return box

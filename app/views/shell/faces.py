"""What the window shows before anybody is signed in: a sheet with a card in its middle."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.models.entities.errors import FirstlineError
from app.views.base.errors import explain
from app.views.base.format import Format
from app.views.base.i18n import _, current
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.cards import Card, row_of
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.states import EmptyState
from app.views.shell.rail import Logo

_CARD_WIDTH = 460


def sentences(error: FirstlineError) -> str:
    """Return what happened and what to do, before a site's zone is known."""
    told = explain(error, Format(current.texts, ZoneInfo("UTC")))
    return f"{told.happened} {told.advice}".strip()


class Face(QScrollArea):
    """A card in the middle of the window, under the program's sign. Fill it through `body`."""

    def __init__(self, title: str, sentence: str = "", *, width: int = _CARD_WIDTH) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setProperty("surface", "page")
        sheet = QFrame()
        sheet.setProperty("surface", "page")
        self._first: QWidget | None = None
        self._main: QPushButton | None = None
        self.card = Card()
        self.card.setFixedWidth(width)
        self.body: QVBoxLayout = self.card.body
        self.body.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        self.body.setSpacing(Space.M)
        self.title = PlainLabel(title, "page")
        self.body.addWidget(row_of_widget(Logo(), self.title, None))
        if sentence:
            self.body.addWidget(PlainLabel(sentence, "muted", wrap=True))
        column = QVBoxLayout(sheet)
        column.setContentsMargins(Space.XL, Space.XL, Space.XL, Space.XL)
        column.addStretch(2)
        # Not by alignment: an aligned item gets its hint, and wrapped words need more height than that.
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        self.setWidget(sheet)

    def set_main(self, button: QPushButton) -> None:
        """Let Enter press this button wherever the cursor is on a choice; on a button, Enter presses that."""
        self._main = button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not isinstance(focus, QAbstractButton):
            super().keyPressEvent(event)
            return
        pressed = focus if isinstance(focus, QPushButton) else self._main
        if pressed is not None and pressed.isEnabled():
            pressed.click()

    def begin_at(self, widget: QWidget) -> None:
        """Put the cursor here, now or as soon as the face is shown: before, the window would forget it."""
        self._first = widget
        if self.isVisible():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)


def row_of_widget(*parts: QWidget | None, spacing: int = Space.M) -> QWidget:
    """Return a widget that holds a row of others; None is a stretch."""
    holder = QWidget()
    row: QHBoxLayout = row_of(*parts, spacing=spacing)
    holder.setLayout(row)
    row.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        if isinstance(part, Field):  # an error under one of them must not push the others down
            row.setAlignment(part, Qt.AlignmentFlag.AlignTop)
    return holder


class BusyFace(Face):
    """Something takes its time, usually less than a person notices."""

    def __init__(self, what: str) -> None:
        super().__init__(_("Firstline"), what)


class TroubleFace(QFrame):
    """The database cannot be used now: why, and what can be done."""

    def __init__(
        self, error: FirstlineError, *, again: Callable[[], None], choose: Callable[[], None]
    ) -> None:
        super().__init__()
        self.setProperty("surface", "page")
        told = explain(error, Format(current.texts, ZoneInfo("UTC")))
        retry = Button(_("Try again"), ButtonKind.PRIMARY, icon="refresh-cw")
        other = Button(_("Choose another database"), icon="database")
        retry.clicked.connect(again)
        other.clicked.connect(choose)
        column = QVBoxLayout(self)
        column.addWidget(EmptyState("database", told.happened, told.advice, retry, other, tone="bad"))

"""Why a cell or a count is marked: the rule, its figures, and what can be done at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.base.i18n import pgettext
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.popups import cast_shadow

_WIDTH = 340
Reason = tuple[str, str]
"""Title and sentence."""


class WhyPopup(QFrame):
    """A popup beside a cell that leaves the focus where it is, so that one can go on painting."""

    cleared = Signal()
    left = Signal()  # the mouse went away from it
    entered = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("why")
        self.setProperty("surface", "popup")
        self.setFixedWidth(_WIDTH)
        self._window = window
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        self._column.setSpacing(Space.XS)
        self.reasons: tuple[Reason, ...] = ()
        self.clear: Button | None = None
        self.hide()
        cast_shadow(self)

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join(f"{title}\n{sentence}" if title else sentence for title, sentence in self.reasons)

    def explain(self, reasons: Sequence[Reason], beside: QRect, *, tone: str, can_clear: bool) -> None:
        """Show reasons beside a rectangle of the window, without covering it."""
        self.reasons = tuple(reasons)
        self._empty()
        for title, sentence in reasons:
            if title:
                icon = IconSpot("triangle-alert" if tone != "info" else "info", tone)
                self._column.addLayout(row_of(icon, PlainLabel(title, "strong"), None))
            self._column.addWidget(PlainLabel(sentence, "muted" if title else "", wrap=True))
        self.clear = None
        if can_clear:
            self.clear = Button(pgettext("roster", "Clear"), key="Del", small=True)
            self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.clear.clicked.connect(self.cleared)
            self._column.addLayout(row_of(self.clear, None))
        self.setAccessibleName(self.text)
        self._place(beside)

    def _place(self, beside: QRect) -> None:
        self._column.activate()
        self.setFixedHeight(self._column.totalHeightForWidth(_WIDTH))
        right = self._window.width() - self.width() - Space.S
        top = beside.bottom() + Space.S
        if top + self.height() > self._window.height() - Space.S:
            top = beside.top() - self.height() - Space.S
        self.move(max(Space.S, min(beside.left() - Space.S, right)), max(Space.S, top))
        self.show()
        self.raise_()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()
        super().leaveEvent(event)

    def _empty(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            inner = item.layout()
            while inner is not None and (part := inner.takeAt(0)) is not None:
                _drop(part.widget())
            _drop(item.widget())


def _drop(widget: QWidget | None) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()

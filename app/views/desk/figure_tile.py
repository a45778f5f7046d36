"""One figure of today: title, value, comparison and its run; a click lists the tickets behind it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.views.base.theme import tok
from app.views.base.tokens import Radius, Space, Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_ring, paint_text, width_of
from app.views.base.widgets.sparkline import Sparkline
from app.views.desk.figures import Figure

_HEIGHT = 88
_TITLE, _VALUE, _NOTE = QRect(0, 10, 0, 18), QRect(0, 29, 0, 30), QRect(0, 60, 0, 18)


class FigureTile(QAbstractButton):
    """Painted whole, so that it looks like a card and behaves like a button; Space and Enter press it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: Figure | None = None
        self.line = Sparkline()
        self.line.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.setMaximumHeight(44)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Space.L, Space.XL, Space.M, Space.L)
        self._row.addStretch(1)
        self._row.addWidget(self.line, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_figure(self, figure: Figure) -> None:
        """Show another value."""
        self.figure = figure
        said = f"{figure.title}: {figure.value}. {figure.note}"
        self.setAccessibleName(said)
        self.setAccessibleDescription(figure.meaning)
        set_tip(self, figure.meaning)
        self.line.set_values(figure.values, figure.ink, figure.title)
        self.line.setVisible(any(figure.values))  # a week of nothing needs no line
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.setPen(tok("line"))
        painter.setBrush(tok("hover" if self.underMouse() else "card"))
        painter.drawRoundedRect(box, Radius.CARD, Radius.CARD)
        if self.figure is not None:
            self._paint_words(painter, self.figure)
        if self.hasFocus():
            paint_ring(painter, self.rect(), Radius.CARD)

    def _paint_words(self, painter: QPainter, figure: Figure) -> None:
        room = self.width() - 2 * Space.L
        for place, text, ink, pixels, is_strong in (
            (_TITLE, figure.title, "muted", Type.BASE, False),
            (_VALUE, figure.value, "text", Type.FIGURE, True),
            (_NOTE, figure.note, _note_ink(figure), Type.SMALL, _note_ink(figure) != "muted"),
        ):
            width = room if place is _TITLE else min(room, width_of(text, pixels, strong=is_strong) + 2)
            rect = QRect(Space.L, place.y(), width, place.height())
            paint_text(painter, rect, text, ink, pixels=pixels, strong=is_strong)


def _note_ink(figure: Figure) -> str:
    return figure.ink if figure.ink in {"ok", "warn"} else "muted"

"""Choosing between few things: the segment control and the toggle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from app.views.base.theme import theme, tok
from app.views.base.tokens import Radius, Space
from app.views.base.widgets.paint import paint_ring, paint_text, width_of

_TRACK = QSize(36, 20)
_SEGMENT_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class Choice:
    """One segment: its key, its text, and perhaps how many things it holds."""

    key: str
    text: str
    count: int | None = None

    @property
    def shown(self) -> str:
        """Text and count as painted."""
        return self.text if self.count is None else f"{self.text} {self.count}"


class Segment(QFrame):
    """Two to five choices side by side, one of them chosen. Arrow keys move; one Tab stop."""

    chosen = Signal(str)  # the key, only when a person chose

    def __init__(
        self, choices: Sequence[Choice], chosen: str = "", *, said: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "well")
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        # Qt makes one Tab stop of a group only once it had the focus, and goes to the first button till then.
        self._group.buttonToggled.connect(self._stop_if_chosen)
        self._buttons: dict[str, _SegmentButton] = {}
        for choice in choices:
            button = _SegmentButton(choice)
            self._buttons[choice.key] = button
            self._group.addButton(button)
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, key=choice.key: self.chosen.emit(key))
        self.choose(chosen or choices[0].key)

    @property
    def key(self) -> str:
        """The key of the chosen segment."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling anybody.

        Raises:
            KeyError: there is no such choice.
        """
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int | None) -> None:
        """Show how many things a choice holds."""
        self._buttons[key].set_count(count)

    def _stop_if_chosen(self, button: QAbstractButton, is_chosen: bool) -> None:
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus)
        if is_chosen:
            self.setFocusProxy(button)


class _SegmentButton(QPushButton):
    """One choice. Painted whole, so the well shows through."""

    def __init__(self, choice: Choice) -> None:
        super().__init__(choice.text)
        self._choice = choice
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # until it is the chosen one
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(choice.shown)

    def set_count(self, count: int | None) -> None:
        self._choice = Choice(self._choice.key, self._choice.text, count)
        self.setAccessibleName(self._choice.shown)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width_of(self._choice.shown, strong=True) + 2 * Space.M + 2, _SEGMENT_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.isChecked():
            painter.setPen(QPen(tok("accent" if theme.outlined else "line"), 2 if theme.outlined else 1))
            painter.setBrush(tok("card"))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        elif self.underMouse() and self.isEnabled():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok("press"))
            painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        ink = "text" if self.isChecked() else "muted"
        paint_text(
            painter,
            self.rect(),
            self._choice.shown,
            ink if self.isEnabled() else "ghost",
            strong=self.isChecked(),
            align=Qt.AlignmentFlag.AlignHCenter,
        )
        if self.hasFocus():
            paint_ring(painter, self.rect())


class Toggle(QCheckBox):
    """An on/off switch that acts at once; Space turns it. Its words stand beside it or are its name."""

    def __init__(
        self, said: str, *, on: bool = False, shown: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(said if shown else "", parent)
        self.setAccessibleName(said)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = width_of(self.text()) + Space.S + 2 if self.text() else 0
        return QSize(_TRACK.width() + 4 + words, _TRACK.height() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, (self.height() - _TRACK.height()) / 2, _TRACK.width(), _TRACK.height())
        on = self.isChecked()
        knob_left = track.right() - 17 if on else track.left() + 3
        knob = QRectF(knob_left, track.top() + 3, 14, 14)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok("accent" if self.isEnabled() else "ghost"))
            painter.drawRoundedRect(track, 10, 10)
        else:
            painter.setPen(QPen(tok("edge" if self.isEnabled() else "ghost"), 1))
            painter.setBrush(tok("card"))
            painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("on_accent" if on else "edge"))
        painter.drawEllipse(knob)
        if self.text():
            words = QRect(round(track.right()) + Space.S, 0, self.width(), self.height())
            paint_text(painter, words, self.text(), "text" if self.isEnabled() else "ghost")
        if self.hasFocus():
            paint_ring(painter, track.adjusted(-2, -2, 2, 2), 11)

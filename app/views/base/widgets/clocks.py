"""Promised times: the bar with the time left, and the card of one SLA clock."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.labels import ElidedLabel, PlainLabel, set_tip
from app.views.base.widgets.paint import CLOCK_LOOK, ClockTone, paint_bar, paint_time_left, width_of
from app.views.base.widgets.painted import IconSpot, Painted

_ICON_WHEN_RUNNING = "timer"
_ICON_WHEN_MET = "circle-check"


class TimeLeft(Painted):
    """Groove, icon and text of one clock. `share` is the part of the time still left, 0..1."""

    def __init__(
        self, share: float, tone: ClockTone, text: str, *, groove: int = 36, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._share = share
        self._tone = tone
        self._text = text
        self._groove = groove

    def show_time(self, share: float, tone: ClockTone, text: str) -> None:
        """Show the time of now."""
        self._share = share
        self._tone = tone
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = width_of(self._text, Type.NUMBER, strong=True) + 4
        return QSize(self._groove + Space.S + Size.ICON_SMALL + Space.XS + words, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_time_left(QPainter(self), self.rect(), self._share, self._tone, self._text, groove=self._groove)


class ClockBar(Painted):
    """A clock's bar alone, as wide as its place."""

    def __init__(self, share: float, tone: ClockTone, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._share = share
        self._tone = tone
        self.setMinimumWidth(72)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        self.setSizePolicy(policy)

    def show_share(self, share: float, tone: ClockTone) -> None:
        """Show another share of the time left."""
        self._share = share
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 6)

    def minimumSizeHint(self) -> QSize:
        return QSize(72, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        full = self._tone in {ClockTone.BREACHED, ClockTone.MET}
        share = 1.0 if full else self._share
        paint_bar(QPainter(self), QRectF(self.rect()), share, CLOCK_LOOK[self._tone][0])


class ClockCard(QFrame):
    """One SLA clock: which promise, the time left in large, a bar, and why it is so.

    `compact` is the narrow form of the reading pane (a well, stacked); the wide form is a card with the
    bar at the right. `why` explains the time on hover and to screen readers: rule 3, "say why".
    """

    def __init__(self, name: str, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "well" if compact else "card")
        self._icon = IconSpot(_ICON_WHEN_RUNNING, size=Size.ICON if compact else Size.ICON_LARGE)
        self._name = PlainLabel(name, "muted")
        self._left = PlainLabel("", "record")
        self._bar = ClockBar(1.0, ClockTone.NORMAL)
        self._detail = ElidedLabel("", "small")
        (self._build_narrow if compact else self._build_wide)()

    def show_clock(self, share: float, tone: ClockTone, left: str, detail: str, why: str = "") -> None:
        """Show the clock as it stands: `left` is "18 min over", `detail` is "due 13:44 · target 4 h"."""
        ink = CLOCK_LOOK[tone][1]
        icon = {ClockTone.NORMAL: _ICON_WHEN_RUNNING, ClockTone.MET: _ICON_WHEN_MET}.get(
            tone, CLOCK_LOOK[tone][2]
        )
        self._icon.show_icon(icon, "muted" if ink == "text" else ink)
        self._left.setText(left)
        self._left.set_ink("" if ink in {"text", "muted"} else ink)
        self._bar.show_share(share, tone)
        self._detail.setText(detail)
        self.setAccessibleName(f"{self._name.text()}: {left}")
        self.setAccessibleDescription(why or detail)
        set_tip(self, why)

    def _build_wide(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._icon)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._left)
        row.addLayout(words, 2)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addStretch(1)
        side.addWidget(self._bar)
        side.addWidget(self._detail)
        side.addStretch(1)
        row.addLayout(side, 3)

    def _build_narrow(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(self._name, 1)
        column.addLayout(head)
        column.addWidget(self._left)
        column.addWidget(self._bar)
        column.addWidget(self._detail)

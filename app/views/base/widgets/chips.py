"""Small signs: pill, priority chip, status, key caps, and the chip of a filter in force."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from app.models.entities.tickets import TicketStatus
from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import (
    key_cap_width,
    key_names,
    paint_ground,
    paint_key_cap,
    paint_priority,
    paint_ring,
    paint_status,
    paint_text,
    width_of,
)
from app.views.base.widgets.painted import Painted, disc_colours

_PILL_SIDE = 8
_PILL_HEIGHT = 22
_FILTER_HEIGHT = 28
_CROSS = 26


class Pill(Painted):
    """A short state on a tint, for headers only. `tone`: "ok", "warn", "bad", "info", "accent" or ""."""

    def __init__(self, text: str, tone: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text
        self._tone = tone
        self._icon = icon

    def say(self, text: str, tone: str = "", icon: str | None = None) -> None:
        """Show another state."""
        self._text = text
        self._tone = tone
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        icon = Size.ICON_SMALL + Space.XS if self._icon else 0
        words = width_of(self._text, Type.NUMBER, strong=True) + 2
        return QSize(2 * _PILL_SIDE + icon + words, _PILL_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint, ink = disc_colours(self._tone)
        paint_ground(painter, self.rect(), tint, ink)
        left = _PILL_SIDE
        if self._icon:
            spot = QRect(left, (self.height() - Size.ICON_SMALL) // 2, Size.ICON_SMALL, Size.ICON_SMALL)
            paint_icon(painter, spot, self._icon, ink)
            left += Size.ICON_SMALL + Space.XS
        words = self.rect().adjusted(left, 0, -_PILL_SIDE + 2, 0)
        paint_text(painter, words, self._text, ink, pixels=Type.NUMBER, strong=True)


class PriorityChip(Painted):
    """A priority: dot and "P1".."P5". `said` is what readers and the tooltip say, "P1 Critical".

    A raised one has a triangle that points up in place of the dot; `said` then says from what and why.
    """

    def __init__(self, level: int, said: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(said or f"P{level}", parent)
        self._level = level
        self._is_raised = False
        set_tip(self, said)

    @property
    def level(self) -> int:
        """The priority shown, 1..5."""
        return self._level

    @property
    def is_raised(self) -> bool:
        """Whether it is shown as raised above what was agreed."""
        return self._is_raised

    def show_level(self, level: int, said: str = "", *, is_raised: bool = False) -> None:
        """Show another priority."""
        self._level = level
        self._is_raised = is_raised
        self.setAccessibleName(said or f"P{level}")
        set_tip(self, said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.CHIP_WIDTH, Size.CHIP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_priority(QPainter(self), self.rect(), self._level, is_raised=self._is_raised)


class StatusLabel(Painted):
    """A ticket's status as icon and text; the caller says the text in the reader's language."""

    def __init__(self, status: TicketStatus, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._status = status
        self._text = text

    def show_status(self, status: TicketStatus, text: str) -> None:
        """Show another status."""
        self._status = status
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.ICON_SMALL + 6 + width_of(self._text) + 2, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_status(QPainter(self), self.rect(), self._status, self._text)


class KeyCap(Painted):
    """A shortcut drawn as keys: "Ctrl+Shift+F" is three caps."""

    def __init__(self, keys: str, *, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self._keys = key_names(keys)

    def sizeHint(self) -> QSize:
        caps = sum(map(key_cap_width, self._keys))
        return QSize(caps + Space.XS * (len(self._keys) - 1), 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0
        for key in self._keys:
            width = key_cap_width(key)
            paint_key_cap(painter, QRect(left, 0, width, 20), key)
            left += width + Space.XS


class FilterChip(QPushButton):
    """One filter in force: "Status not closed x". Click or Enter edits; the cross or Delete removes."""

    edit_asked = Signal()
    remove_asked = Signal()

    def __init__(self, field: str, value: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._value = value
        self._over_cross = False
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{field} {value}")
        self.setAccessibleDescription(_("Enter changes the filter, Delete removes it"))
        set_tip(self, _("Change the filter"))
        self.clicked.connect(self._ask)

    def sizeHint(self) -> QSize:
        words = width_of(self._field) + 6 + width_of(self._value, strong=True)
        return QSize(Space.M + words + _CROSS + Space.XS, _FILTER_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.remove_asked.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = event.position().x() >= self.width() - _CROSS
        if over != self._over_cross:
            self._over_cross = over
            set_tip(self, _("Remove the filter") if over else _("Change the filter"))
            self.update()
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._over_cross = event.position().x() >= self.width() - _CROSS
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        round_ends = self.height() / 2
        paint_ground(painter, self.rect(), "sel_hover" if self.underMouse() else "sel", "accent", round_ends)
        left = Space.M
        field = QRect(left, 0, width_of(self._field) + 2, self.height())
        paint_text(painter, field, self._field, "muted")
        left += field.width() + 4
        value = QRect(left, 0, width_of(self._value, strong=True) + 2, self.height())
        paint_text(painter, value, self._value, strong=True)
        spot = QRect(self.width() - _CROSS + 3, (self.height() - 14) // 2, 14, 14)
        if self._over_cross and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tok("press"))
            painter.drawEllipse(spot.adjusted(-3, -3, 3, 3))
        paint_icon(painter, spot, "x", "muted")
        if self.hasFocus():
            paint_ring(painter, self.rect(), round_ends)

    def _ask(self) -> None:
        if self._over_cross and self.underMouse():
            self.remove_asked.emit()
        else:
            self.edit_asked.emit()

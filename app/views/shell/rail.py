"""The rail at the left: one button per screen, the chosen one marked, a badge where something waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout, QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space, Type
from app.views.base.widgets.buttons import IconButton
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of
from app.views.base.widgets.painted import Painted
from app.views.shell.registry import Screen

RAIL_WIDTH = 72
FOLDED_WIDTH = 52
_PILL = QSize(60, 52)
_FOLDED_PILL = QSize(40, 38)
_LOGO = 28
FOLD_KEY = "Alt+0"


class Rail(QFrame):
    """The rail. `asked` carries the name of the screen somebody chose. Folded it shows icons alone."""

    asked = Signal(str)
    fold_asked = Signal()

    def __init__(self, screens: Sequence[Screen], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "chrome")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName(_("Pages"))
        self._buttons: dict[str, RailButton] = {}
        self.is_folded = False
        self.fold = IconButton("chevrons-left", _("Fold or unfold the rail"), key=FOLD_KEY, small=True)
        self.fold.setObjectName("rail.fold")
        self.fold.clicked.connect(self.fold_asked)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, Space.S)
        column.setSpacing(Space.XS)
        column.addWidget(Logo(), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(10)
        for number, screen in enumerate(screens, start=1):
            if screen.at_foot:
                column.addStretch(1)
            column.addWidget(self._button(screen, number), 0, Qt.AlignmentFlag.AlignHCenter)
        if not any(screen.at_foot for screen in screens):
            column.addStretch(1)
        column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_folded(self, *, is_folded: bool) -> None:
        """Show icons alone, or icons with their words."""
        self.is_folded = is_folded
        self.setFixedWidth(FOLDED_WIDTH if is_folded else RAIL_WIDTH)
        self.fold.say("", "chevrons-right" if is_folded else "chevrons-left")
        self.fold.setAccessibleName(_("Fold or unfold the rail"))
        for button in self._buttons.values():
            button.set_folded(is_folded=is_folded)

    def choose(self, name: str) -> None:
        """Mark a screen as the one shown; one that is not on the rail leaves none marked."""
        self._group.setExclusive(False)
        for other, button in self._buttons.items():
            button.setChecked(other == name)
        self._group.setExclusive(True)

    def set_badge(self, name: str, count: int) -> None:
        """Say how much waits for me on a screen; 0 takes the badge away."""
        if name in self._buttons:
            self._buttons[name].set_badge(count)

    def _button(self, screen: Screen, number: int) -> RailButton:
        button = RailButton(str(screen.title), screen.icon, f"Alt+{number}")
        button.setObjectName(f"rail.{screen.name}")
        button.clicked.connect(lambda: self.asked.emit(screen.name))
        self._group.addButton(button)
        self._buttons[screen.name] = button
        return button


class RailButton(QAbstractButton):
    """A pill with an icon over a word; a bar at its left where it is chosen, a badge for what waits."""

    def __init__(self, text: str, icon: str, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._badge = 0
        self._is_folded = False
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        set_tip(self, text, key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, count: int) -> None:
        """Show how much waits; 0 shows nothing."""
        if count != self._badge:
            self._badge = count
            waiting = ngettext("{count} waits for you", "{count} wait for you", count).format(count=count)
            self.setAccessibleDescription(waiting if count else "")
            self.update()

    def set_folded(self, *, is_folded: bool) -> None:
        """Leave the word out; the tooltip says it."""
        self._is_folded = is_folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._is_folded:
            return QSize(FOLDED_WIDTH, _FOLDED_PILL.height())
        return QSize(RAIL_WIDTH, _PILL.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        wide = (_FOLDED_PILL if self._is_folded else _PILL).width()
        pill = QRect((self.width() - wide) // 2, 0, wide, self.height())
        if self.isChecked():
            paint_ground(painter, pill, "sel", "accent", Radius.CARD)
            bar = QRectF(0, self.height() / 2 - 8, 3, 16)
            paint_ground(painter, bar, "accent", "accent", 1.5)
        elif self.underMouse():
            paint_ground(painter, pill, "press", "press", Radius.CARD)
        ink = "accent" if self.isChecked() else "muted"
        top = (self.height() - Size.ICON_LARGE) // 2 if self._is_folded else 7
        spot = QRect(0, top, Size.ICON_LARGE, Size.ICON_LARGE)
        spot.moveLeft((self.width() - spot.width()) // 2)
        paint_icon(painter, spot, self._icon, ink)
        if not self._is_folded:
            self._paint_word(painter, ink)
        if self._badge:
            self._paint_badge(painter, spot)
        if self.hasFocus():
            paint_ring(painter, pill, Radius.CARD)

    def _paint_word(self, painter: QPainter, ink: str) -> None:
        paint_text(
            painter,
            QRect(2, 30, self.width() - 4, 16),
            self.text(),
            ink,
            pixels=Type.SMALL,
            strong=self.isChecked(),
            align=Qt.AlignmentFlag.AlignHCenter,
        )

    def _paint_badge(self, painter: QPainter, spot: QRect) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        width = max(16, width_of(text, 10, strong=True) + 8)
        place = QRectF(spot.right() - 4, spot.top() - 5, width, 16)
        paint_ground(painter, place, "p1", "p1", 8)
        paint_text(painter, place, text, "on_p1", pixels=10, strong=True, align=Qt.AlignmentFlag.AlignHCenter)


class Logo(Painted):
    """The program's sign: an F and a point on the accent."""

    def __init__(self, size: int = _LOGO, parent: QWidget | None = None) -> None:
        super().__init__(_("Firstline"), parent)
        self._size = size

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_ground(painter, self.rect(), "accent", "accent", Radius.CARD)
        scale = self._size / _LOGO
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tok("on_accent"))
        for left, top, width, height in ((8, 7, 3, 14), (8, 7, 10, 3), (8, 13, 8, 3)):
            painter.drawRect(QRectF(left * scale, top * scale, width * scale, height * scale))
        painter.drawEllipse(QRectF(17 * scale, 18 * scale, 3.4 * scale, 3.4 * scale))

"""The bell of the top bar: an icon, and how many notices I have not read."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.base.i18n import _, ngettext
from app.views.base.icons import paint_icon
from app.views.base.tokens import Radius, Size
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_ground, paint_ring, paint_text, width_of

BELL_KEY = "Alt+B"
_MOST_SHOWN = 99
_ICON = 18
_BADGE, _BADGE_TEXT = 16, 10


class BellButton(QAbstractButton):
    """A click opens the notices."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bell")
        self._unread = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()

    @property
    def badge(self) -> str:
        """What the badge shows: "" for nothing unread, "99+" for many."""
        if not self._unread:
            return ""
        return str(self._unread) if self._unread <= _MOST_SHOWN else f"{_MOST_SHOWN}+"

    def show_unread(self, count: int) -> None:
        """Show how many notices are unread."""
        if count != self._unread:
            self._unread = count
            self._say()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.CONTROL, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            paint_ground(painter, self.rect(), "press", "press", Radius.CONTROL)
        spot = QRect(0, 0, _ICON, _ICON)
        spot.moveCenter(self.rect().center())
        paint_icon(painter, spot, "bell", "text" if self._unread else "muted")
        if self._unread:
            width = min(max(_BADGE, width_of(self.badge, _BADGE_TEXT, strong=True) + 8), self.width())
            place = QRectF(min(spot.center().x() + 1, self.width() - width), 1, width, _BADGE)
            paint_ground(painter, place, "p1", "p1", _BADGE / 2)
            align = Qt.AlignmentFlag.AlignHCenter
            paint_text(painter, place, self.badge, "on_p1", pixels=_BADGE_TEXT, strong=True, align=align)
        if self.hasFocus():
            paint_ring(painter, self.rect())

    def _say(self) -> None:
        count = self._unread
        unread = ngettext("{count} unread notice", "{count} unread notices", count)
        said = unread.format(count=self.badge) if count else _("Notices")
        self.setAccessibleName(said)
        set_tip(self, said, BELL_KEY)

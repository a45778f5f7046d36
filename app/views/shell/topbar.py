"""The top bar: one field for search and commands, who is on duty, the new-ticket button, and who I am."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QMenu, QSizePolicy, QWidget

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Radius, Size, Space
from app.views.base.widgets.buttons import Button, ButtonKind, IconButton
from app.views.base.widgets.cards import row_of
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import (
    key_cap_width,
    key_names,
    paint_avatar,
    paint_ground,
    paint_key_cap,
    paint_ring,
    paint_text,
    width_of,
)
from app.views.shell.bell import BellButton

TOP_HEIGHT = 52
PALETTE_KEY = "Ctrl+K"
_FIELD_WIDTH = 440
_LEAST_FIELD = 240


class TopBar(QFrame):
    """Holds its parts; the workspace connects them."""

    def __init__(self, person: str, *, may_create: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "chrome")
        self.setFixedHeight(TOP_HEIGHT)
        self.search = SearchButton(self)
        self.handover = HandoverMark(self)
        self.duty = DutyChip(self)
        self.bell = BellButton(self)
        self.new = Button(_("New ticket"), ButtonKind.PRIMARY, icon="plus", key="Ctrl+N")
        self.new.setObjectName("new")
        self.more = IconButton("chevron-down", _("Drafts"), ButtonKind.PRIMARY)
        self.more.setObjectName("more")
        self.person = PersonButton(person)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.XL, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.search, 10)
        row.addStretch(1)
        row.addWidget(self.handover)
        row.addWidget(self.duty)
        row.addWidget(self.bell)
        if may_create:
            row.addLayout(row_of(self.new, self.more, spacing=1))
        row.addWidget(self.person)


def drop(menu: QMenu, button: QWidget) -> None:
    """Open a menu under a button, its right end at the button's."""
    corner = button.mapToGlobal(button.rect().bottomRight())
    menu.popup(corner - QPoint(menu.sizeHint().width(), -Space.XS))


class SearchButton(QAbstractButton):
    """Looks like the field it opens: the palette's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setText(_("Search or run a command"))
        self.setAccessibleName(self.text())
        set_tip(self, self.text(), PALETTE_KEY)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(_LEAST_FIELD)
        self.setMaximumWidth(_FIELD_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_FIELD_WIDTH, Size.CONTROL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok("field"), 1))
        painter.setBrush(tok("card"))
        box = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(box, Radius.CONTROL, Radius.CONTROL)
        paint_icon(painter, QRect(10, (self.height() - 16) // 2, 16, 16), "search", "muted")
        right = self.width() - Space.S
        for key in reversed(key_names(PALETTE_KEY)):
            width = key_cap_width(key)
            right -= width
            paint_key_cap(painter, QRect(right, (self.height() - 20) // 2, width, 20), key)
            right -= Space.XS
        words = QRect(34, 0, right - 34 - Space.S, self.height())
        paint_text(painter, words, self.text(), "hint")
        if self.hasFocus():
            paint_ring(painter, self.rect())


class DutyChip(QAbstractButton):
    """Who is on duty now and the number to ring; hidden while nothing is known. A click opens the board.

    Where nobody leads, now or next, the dot is red and the words say so.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("duty")
        self._shift, self._person, self._phone = "", "", ""
        self._is_gap = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_duty(
        self, shift: str, person: str, phone: str, *, about: str = "", is_gap: bool = False
    ) -> None:
        """Show the shift, its duty supervisor ("" where nobody is) and the desk's number.

        `about` is what the tool tip says besides, such as the next change.
        """
        self._shift, self._person, self._phone = shift, person, phone
        self._is_gap = is_gap
        said = " · ".join(part for part in (shift, person, phone) if part)
        self.setAccessibleName(_("On duty: {who}").format(who=said))
        self.setAccessibleDescription(about)
        set_tip(self, f"{self.accessibleName()}\n{about}".strip())
        self.setVisible(bool(shift))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._paint(None) + Space.M, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tok("line"), 1))
        painter.setBrush(tok("hover" if self.underMouse() else "card"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), Radius.CONTROL, Radius.CONTROL)
        self._paint(painter)
        if self.hasFocus():
            paint_ring(painter, self.rect())

    def _paint(self, painter: QPainter | None) -> int:
        """Paint the parts from the left, or only measure them; return where the last one ends."""
        left, middle = Space.M, Size.CONTROL // 2
        if painter is not None:
            dot = "bad" if self._is_gap else "ok"
            paint_ground(painter, QRect(left, middle - 3, 7, 7), dot, dot, 3.5)
        left += 7 + Space.S
        left = self._word(painter, left, self._shift, strong=True)
        if self._person:
            left = self._word(painter, left - Space.XS, "·", ink="faint") - Space.XS
            left = self._word(painter, left, self._person, ink="bad" if self._is_gap else "text")
        if self._phone:
            left = self._word(painter, left - Space.XS, "·", ink="faint") - Space.XS
            if painter is not None:
                paint_icon(painter, QRect(left, middle - 7, 14, 14), "phone", "muted")
            left = self._word(painter, left + Size.ICON_SMALL + 6, self._phone)
        return left - Space.S

    @staticmethod
    def _word(
        painter: QPainter | None, left: int, text: str, *, strong: bool = False, ink: str = "text"
    ) -> int:
        width = width_of(text, strong=strong) + 2
        if painter is not None:
            paint_text(painter, QRect(left, 0, width, Size.CONTROL), text, ink, strong=strong)
        return left + width + Space.S


class HandoverMark(Button):
    """Says that a change of shift is not signed by both leaders; else hidden. A click opens the sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Handover open"), ButtonKind.GHOST, icon="clipboard-check", small=True, parent=parent
        )
        self.setObjectName("handover_mark")
        self.hide()

    def show_state(self, about: str) -> None:
        """Show what is missing, in the tool tip; "" hides the mark."""
        self.setAccessibleDescription(about)
        set_tip(self, about)
        self.setVisible(bool(about))


class PersonButton(QAbstractButton):
    """My initials; a click asks for the menu."""

    menu_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person")
        self._name = name
        self.setAccessibleName(_("Your menu: {name}").format(name=name))
        set_tip(self, name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.menu_asked)

    def sizeHint(self) -> QSize:
        return QSize(Size.CONTROL, Size.CONTROL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_avatar(painter, self.rect(), self._name)
        if self.hasFocus():
            paint_ring(painter, self.rect(), Size.CONTROL / 2)

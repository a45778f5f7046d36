"""Buttons: one class for every kind, with icon and shortcut; one with a menu; one of an icon alone."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from app.views.base.icons import paint_icon
from app.views.base.theme import tok
from app.views.base.tokens import Size, Space, Type
from app.views.base.widgets.labels import set_tip
from app.views.base.widgets.paint import paint_text, width_of

_KEY_OPACITY = 0.85


class ButtonKind(StrEnum):
    """What a button is for. One PRIMARY per page; DESTROY only inside the question it answers."""

    PRIMARY = "primary"
    DEFAULT = "default"
    GHOST = "ghost"
    LINK = "link"
    DANGER = "danger"
    DESTROY = "destroy"


_INK = {
    ButtonKind.PRIMARY: "on_accent",
    ButtonKind.DEFAULT: "text",
    ButtonKind.GHOST: "text",
    ButtonKind.LINK: "accent",
    ButtonKind.DANGER: "bad",
    ButtonKind.DESTROY: "on_p1",
}


class Button(QPushButton):
    """A button that paints its icon, its words and its shortcut; the style sheet paints the ground.

    Enter presses it as Space does, wherever it stands: Qt lets Enter do so in dialogs alone.
    `key` is shown, not installed: shortcuts belong to actions. An "&" is a letter like any other: words
    may be somebody's name, and must not take a key from the page.
    """

    chevron = False

    def __init__(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.DEFAULT,
        *,
        icon: str = "",
        key: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._kind = kind
        self._icon = icon
        self._key = key
        self._small = small
        self.setProperty("kind", str(kind))
        self.setProperty("small", small)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if kind is ButtonKind.LINK else Qt.CursorShape.ArrowCursor
        )

    def wait_for(self, reason: str) -> None:
        """Disable the button and say in its tooltip what it waits for; "" enables it again."""
        self.setEnabled(not reason)
        set_tip(self, reason)
        self.setAccessibleDescription(reason)

    def say(self, text: str, icon: str | None = None) -> None:
        """Change the words, and the icon if one is given."""
        self.setText(text)
        self.setAccessibleName(text)
        if icon is not None:
            self._icon = icon
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setShortcut(QKeySequence())  # which Qt has just made of the letter after an "&"

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # the weight of the words comes from the style sheet
        height = Size.CONTROL_SMALL if self._small else Size.CONTROL
        side = self._side()
        return QSize(self._content_width() + 2 * side, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        option.icon = QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        if self.hasFocus() and self._kind in {ButtonKind.PRIMARY, ButtonKind.DESTROY}:
            # The ground has the ring's own colour here: a second line inside makes it visible.
            painter.setPen(tok(_INK[self._kind]))
            painter.drawRect(self.rect().adjusted(3, 3, -4, -4))
        self._paint_content(painter)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "faint" if self._kind in {ButtonKind.PRIMARY, ButtonKind.DESTROY} else "ghost"
        return _INK[self._kind]

    def _side(self) -> int:
        return Space.S if self._small or self._kind is ButtonKind.LINK else Space.M

    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(self.text()) + 2

    def _content_width(self) -> int:
        width = self._text_width()
        if self._icon:
            width += Size.ICON + (6 if self.text() else 0)
        if self._key:
            width += Space.M + width_of(self._key, Type.SMALL)
        if self.chevron:
            width += Space.S + Size.ICON_SMALL
        return width

    def _paint_content(self, painter: QPainter) -> None:
        ink = self._ink()
        left = (self.width() - self._content_width()) // 2
        if self._icon:
            paint_icon(painter, QRect(left, (self.height() - 16) // 2, 16, 16), self._icon, ink)
            left += Size.ICON + 6
        painter.setFont(self.font())
        painter.setPen(tok(ink))
        words = QRect(left, 0, self._text_width(), self.height())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, int(flags), self.text())
        left += words.width()
        if self._key:
            left += Space.M
            painter.setOpacity(_KEY_OPACITY)
            place = QRect(left, 0, width_of(self._key, Type.SMALL) + 2, self.height())
            paint_text(painter, place, self._key, ink, pixels=Type.SMALL)
            painter.setOpacity(1)
        if self.chevron:
            spot = QRect(self.width() - self._side() - 14, (self.height() - 14) // 2, 14, 14)
            paint_icon(painter, spot, "chevron-down", ink)


class MenuButton(Button):
    """A button that opens a menu and shows so with a chevron."""

    chevron = True

    def __init__(
        self,
        text: str,
        menu: QMenu,
        kind: ButtonKind = ButtonKind.DEFAULT,
        *,
        icon: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, kind, icon=icon, small=small, parent=parent)
        menu.setParent(self, menu.windowFlags())
        self.setMenu(menu)


class IconButton(Button):
    """A square button with an icon alone; its name is its tooltip (with the shortcut) and is read out."""

    def __init__(
        self,
        icon: str,
        name: str,
        kind: ButtonKind = ButtonKind.GHOST,
        *,
        key: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", kind, icon=icon, small=small, parent=parent)
        self._name = name
        self._keys = key
        self.setAccessibleName(name)
        set_tip(self, name, key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def wait_for(self, reason: str) -> None:
        super().wait_for(reason)
        if not reason:
            set_tip(self, self._name, self._keys)

    def sizeHint(self) -> QSize:
        edge = Size.CONTROL_SMALL if self._small else Size.CONTROL
        return QSize(edge, edge)

    def _text_width(self) -> int:
        return 0

    def _content_width(self) -> int:
        return Size.ICON

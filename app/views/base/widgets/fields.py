"""Form fields: label over input, hint or error under it; and the search field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from app.views.base.i18n import _
from app.views.base.icons import paint_icon
from app.views.base.theme import restyle
from app.views.base.tokens import Size, Space
from app.views.base.widgets.labels import PlainLabel
from app.views.base.widgets.painted import IconSpot
from app.views.base.widgets.rows import TallRows

_SEARCH_ICON_SPACE = 26


class Field(QWidget):
    """An input with its label over it. The label is the input's buddy and its accessible name.

    `hint` stands at the label's right end (a format, or a shortcut); an error stands under the input,
    with the input outlined, and is read out with it. `required` adds a mark, said as a word to readers.
    """

    def __init__(
        self,
        label: str,
        widget: QWidget,
        *,
        hint: str = "",
        error: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.widget = widget
        self._said = label.replace("&", "")
        self.label = PlainLabel(label, "muted")
        self.label.setBuddy(widget)
        widget.setAccessibleName(self._said)
        self.hint = PlainLabel(hint, "small")
        self._error_icon = IconSpot("circle-alert", "bad", Size.ICON_SMALL)
        self._error = PlainLabel("", ink="bad", wrap=True)
        self._required = required

        head = QHBoxLayout()
        head.setSpacing(Space.XS)
        head.addWidget(self.label)
        if required:
            head.addWidget(PlainLabel("*", ink="bad"))
        head.addStretch(1)
        head.addWidget(self.hint)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(6)
        foot.addWidget(self._error_icon, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self._error, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addLayout(head)
        column.addWidget(widget)
        column.addWidget(self._foot)
        self.set_error(error)

    @property
    def error(self) -> str:
        """The error shown now, or ""."""
        return self._error.text()

    def set_error(self, text: str) -> None:
        """Show what is wrong with the input and what would be right; "" takes it away."""
        self._error.setText(text)
        self._foot.setVisible(bool(text))
        restyle(self.widget, invalid=bool(text))
        said = [_("required")] if self._required else []
        said += [part for part in (text, self.hint.text()) if part]
        self.widget.setAccessibleDescription(", ".join(said))

    def set_hint(self, text: str) -> None:
        """Show another hint at the label's right end."""
        self.hint.setText(text)
        self.set_error(self.error)


class SearchField(QLineEdit):
    """A line to type a search into, with a magnifying glass. Esc empties it before it closes anything."""

    step = Signal(int)  # Down is +1, Up is -1: whoever shows results moves through them

    def __init__(self, placeholder: str, *, icon: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(_SEARCH_ICON_SPACE, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.step.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        spot = QRect(10, (self.height() - Size.ICON) // 2, Size.ICON, Size.ICON)
        paint_icon(QPainter(self), spot, self._icon, "muted")


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Choose(QComboBox):
    """A drop-down whose rows are as tall as everywhere, and that a wheel over a form cannot change.

    While it has the focus, letters look for an entry: they belong to it and not to the page's own keys.
    The blank between two words typed goes on with it; a blank typed first opens the list.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(TallRows(parent=self))
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(QApplication.keyboardInputInterval())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().isalnum()
            and not event.modifiers() & _COMMANDS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self._typing.isActive() and not event.modifiers():
            self._typing.start()
            self._go_on_typing()
            return
        if event.text().isalnum() and not event.modifiers() & _COMMANDS:
            self._typing.start()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _go_on_typing(self) -> None:
        """Let the list's own search, which has heard the letters before, hear a blank."""
        view = self.view()
        view.setCurrentIndex(self.model().index(self.currentIndex(), self.modelColumn()))
        view.keyboardSearch(" ")
        found = view.currentIndex()
        if found.isValid() and found.row() != self.currentIndex():
            self.setCurrentIndex(found.row())
            self.activated.emit(found.row())


class NumberField(QSpinBox):
    """A whole number with arrows, that a wheel over a form cannot change."""

    def __init__(self, lowest: int, highest: int, *, suffix: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(lowest, highest)
        self.setSuffix(suffix)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Style sheets do not reach the line inside a spin box.
        self.lineEdit().setTextMargins(Space.S, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

"""Keys as a person presses them, for the commands that show the window."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


def type_into(widget: QWidget, text: str) -> None:
    """Type a text as a keyboard does, letter by letter."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    for letter in text:
        _send(widget, QKeyCombination(Qt.Key.Key_unknown), letter)


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press one key."""
    _send(widget, QKeyCombination(key), "")


def press_in(window: QWidget, key: str) -> None:
    """Press one key, as menus write it, where the window's cursor is; one letter is typed there."""
    sequence: Any = QKeySequence(key)  # can be indexed, which its stubs do not know
    pressed = QKeyCombination(Qt.Key.Key_Space) if key == " " else sequence[0]
    target = window.focusWidget()
    if target is not None:
        _send(target, pressed, key if len(key) == 1 else "")


def _send(widget: QWidget, pressed: QKeyCombination, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(widget, QKeyEvent(kind, pressed.key(), pressed.keyboardModifiers(), text))

"""A drop-down on a page whose own keys are letters: a letter typed on it looks for an entry."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from app.views.base.widgets.fields import Choose

_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class LetterChoice(Choose):
    """While it has the focus, letters belong to it and not to the page, as in a line one types in."""

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

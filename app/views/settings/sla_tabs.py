"""The policies of an SLA table as tabs in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTabBar

_ALT, _CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


class PolicyTabs(QTabBar):
    """Arrows choose, Alt+arrow moves, Insert adds, Ctrl+D copies, Delete retires, F2 goes to the name."""

    move_asked = Signal(int)  # -1 towards the first, 1 towards the last
    add_asked = Signal()
    copy_asked = Signal()
    retire_asked = Signal()
    rename_asked = Signal()

    def __init__(self, said: str) -> None:
        super().__init__()
        self.setAccessibleName(said)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideRight)

    def event(self, event: QEvent) -> bool:
        # Alt+Left is "back" in the window: over the tabs it moves a policy instead.
        is_asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_asked and self._asked(event) is not None:  # type: ignore[arg-type]
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        asked = self._asked(event)
        if asked is None:
            super().keyPressEvent(event)
        else:
            asked()

    def _asked(self, event: QKeyEvent) -> Callable[[], None] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys: dict[tuple[Qt.KeyboardModifier, int], Callable[[], None]] = {
            (_ALT, Qt.Key.Key_Left): lambda: self.move_asked.emit(-1),
            (_ALT, Qt.Key.Key_Up): lambda: self.move_asked.emit(-1),
            (_ALT, Qt.Key.Key_Right): lambda: self.move_asked.emit(1),
            (_ALT, Qt.Key.Key_Down): lambda: self.move_asked.emit(1),
            (_NONE, Qt.Key.Key_Insert): self.add_asked.emit,
            (_CTRL, Qt.Key.Key_D): self.copy_asked.emit,
            (_NONE, Qt.Key.Key_Delete): self.retire_asked.emit,
            (_NONE, Qt.Key.Key_F2): self.rename_asked.emit,
        }
        return keys.get((modifiers, event.key()))

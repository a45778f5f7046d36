"""Undo and redo: a stack of what takes each action back, run like any other command."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.services.base.undo import Outcome, Undo
from app.views.base.tasks import Tasks

_DEEPEST = 50


class UndoStack(QObject):
    """Remembers the last fifty actions of this window that can be taken back.

    A new action forgets what could have been done again. If taking back is refused (somebody changed the
    record since), that one step is forgotten and `failed` tells why; the others stay.
    """

    changed = Signal()  # what `undo_step` and `redo_step` say is different now
    done = Signal(object, bool)  # the Undo that was run; True if it was an undo, False for a redo
    failed = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._undos: list[Undo] = []
        self._redos: list[Undo] = []
        self._is_busy = False

    @property
    def undo_step(self) -> Undo | None:
        """What Ctrl+Z would take back."""
        return self._undos[-1] if self._undos else None

    @property
    def redo_step(self) -> Undo | None:
        """What Ctrl+Y would do again."""
        return self._redos[-1] if self._redos else None

    def push(self, outcome: Outcome) -> None:
        """Remember how to take back what was just done; an outcome that cannot be undone changes nothing."""
        if outcome.undo is not None:
            self._undos = [*self._undos, outcome.undo][-_DEEPEST:]
            self._redos.clear()
            self.changed.emit()

    def clear(self) -> None:
        """Forget everything, for example when another person signs in."""
        self._undos.clear()
        self._redos.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take the last action back, unless one is on its way."""
        self._step(self._undos, self._redos, is_undo=True)

    def redo(self) -> None:
        """Do the last undone action again, unless one is on its way."""
        self._step(self._redos, self._undos, is_undo=False)

    def _step(self, source: list[Undo], target: list[Undo], *, is_undo: bool) -> None:
        if self._is_busy or not source:
            return
        self._is_busy = True
        step = source[-1]

        def finish(then: Callable[[], None]) -> None:
            self._is_busy = False
            if step in source:
                source.remove(step)
            then()
            self.changed.emit()

        def succeeded(outcome: Outcome) -> None:
            finish(lambda: target.append(outcome.undo) if outcome.undo is not None else None)
            self.done.emit(step, is_undo)

        def refused(error: Exception) -> None:
            finish(lambda: None)
            self.failed.emit(error)

        self._tasks.run(step.run, succeeded, refused, owner=self)

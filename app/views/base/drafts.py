"""Keeps what is typed into a form as a draft, so that nothing typed is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.services.base.clock import Clock
from app.services.base.drafts import Draft, DraftFiles, DraftKey
from app.views.base.forms import Form
from app.views.base.tasks import Lane, Tasks

# From the first unsaved key to the write; the write itself takes some milliseconds more.
_SAVE_AFTER = 800


class DraftKeeper(QObject):
    """Saves a form's values some 0.8 s after the first unsaved key and when the focus leaves the form.

    Typing on does not put the save off. A form that says again what was loaded has no draft. Call
    `forget` once the text is saved for good, `restore` with a draft the person wants back.
    """

    saved = Signal(object)  # Draft: "kept 14:02"
    failed = Signal(object)  # StoreUnavailable, once until a save succeeds again

    def __init__(
        self,
        screen: QWidget,
        form: Form,
        *,
        files: DraftFiles,
        tasks: Tasks,
        clock: Clock,
        key: DraftKey,
        base_version: int = 0,
        title: Callable[[], str] = str,
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._form = form
        self._files = files
        self._tasks = tasks
        self._clock = clock
        self._key = key
        self._base_version = base_version
        self._title = title
        self._id = uuid4().hex
        self._is_kept = False
        self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SAVE_AFTER)
        self._timer.timeout.connect(self.save_now)
        form.changed.connect(self._save_soon)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def save_now(self) -> None:
        """Write the draft if the form differs from what was loaded; delete it if it does not any more."""
        self._timer.stop()
        if self._form.is_dirty:
            draft = Draft(
                self._id,
                self._key,
                self._base_version,
                self._clock.now(),
                self._title(),
                self._form.changed_values,
            )
            self._is_kept = True
            job = partial(self._files.save, draft)
            self._tasks.run(
                job, lambda _: self._on_saved(draft), self._on_failed, lane=Lane.FILES, owner=self
            )
        elif self._is_kept:
            self.forget()

    def restore(self, draft: Draft) -> None:
        """Put a draft's values into the form and go on keeping them under the same id."""
        self._id = draft.id
        self._base_version = draft.base_version
        self._is_kept = True
        self._form.fill(draft.values)

    def forget(self) -> None:
        """Delete the draft: its text is saved for good, or discarded."""
        self._timer.stop()
        if self._is_kept:
            self._is_kept = False
            self._tasks.run(partial(self._files.delete, self._id), lane=Lane.FILES)

    def _save_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._screen):
            return  # thrown away with the focus in it: theme or language was changed
        left = before is not None and self._screen.isAncestorOf(before)
        stays = now is not None and self._screen.isAncestorOf(now)
        if left and not stays and self._timer.isActive():
            self.save_now()

    def _on_saved(self, draft: Draft) -> None:
        self._has_failed = False
        self.saved.emit(draft)

    def _on_failed(self, error: Exception) -> None:
        if not self._has_failed:
            self._has_failed = True
            self.failed.emit(error)

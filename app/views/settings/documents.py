"""Editing one versioned document: what was read and changed, saving, and what others saved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from app.models.entities.errors import FirstlineError, StaleRecord
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.commands import restore_config, save_config
from app.services.settings.level_queries import SavedVersion, ServiceLevels, saved_versions, service_levels
from app.views.base.errors import explain
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.widgets.applybar import Change

D = TypeVar("D")

_DEEPEST = 200  # edits of one draft that can be taken back


@dataclass(frozen=True, slots=True)
class DocumentForm(Generic[D]):
    """How one kind of document is read, written, judged and compared.

    `check` raises a FirstlineError where the draft must not be saved. `changes` tells a draft from what is
    saved, in the reader's words; a draft that is written the same has none. `called` names the document.
    """

    kind: ConfigKind
    newest: Callable[[ServiceLevels], ConfigVersion]
    read: Callable[[Mapping[str, Any]], D]
    write: Callable[[D], dict[str, Any]]
    check: Callable[[D], None]
    changes: Callable[[D, D], Sequence[Change]]
    called: Callable[[D], str]


class DocumentEditor(QObject, Generic[D]):
    """Holds the draft of one document. Knows no widgets; everything that takes time goes through tasks.

    Whoever edits starts from `saved`. If somebody saves meanwhile, the draft stays as it is and `newer` holds
    their version until `take_theirs` or `keep_mine` decides; Apply waits for that.
    """

    changed = Signal()  # anything below says something else now
    settled = Signal(object)  # a save came to its end: its Outcome, None where it was refused

    def __init__(
        self, ctx: Context, env: PageEnv, form: DocumentForm[D], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.form = form
        self.levels: ServiceLevels | None = None
        self.saved: ConfigVersion | None = None
        self.newer: ConfigVersion | None = None
        self._draft: D | None = None
        self._kept: Mapping[str, Any] | None = None
        self._past: list[D] = []
        self._future: list[D] = []

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def is_ready(self) -> bool:
        """Whether something was read yet."""
        return self.saved is not None

    @property
    def draft(self) -> D:
        """The document as it would be saved now. Only once `is_ready`."""
        return self._draft if self._draft is not None else self.base

    @property
    def base(self) -> D:
        """The document the draft started from. Only once `is_ready`."""
        if self.saved is None:
            raise RuntimeError("nothing was read yet")
        return self.form.read(self.saved.body)

    @property
    def is_changed(self) -> bool:
        """Whether the draft differs from what is saved."""
        return self._draft is not None and self.form.write(self._draft) != self.form.write(self.base)

    @property
    def changes(self) -> Sequence[Change]:
        """What Apply would change."""
        return self.form.changes(self.base, self.draft) if self.is_changed else ()

    @property
    def wrong(self) -> FirstlineError | None:
        """Why the draft must not be saved, or None."""
        try:
            self.form.check(self.draft)
        except FirstlineError as error:
            return error
        return None

    @property
    def blocked(self) -> str:
        """The first sentence of what is wrong, or ""."""
        error = self.wrong if self.is_changed else None
        return explain(error, self._env.format).happened if error is not None else ""

    def who_saved(self, version: ConfigVersion) -> str:
        """Return who saved a version, or "" where no person did."""
        names = self.levels.names if self.levels is not None else {}
        return names.get(version.actor_id, "") if version.actor_id is not None else ""

    # -- what a person does --------------------------------------------------------------------------

    def edit(self, draft: D) -> None:
        """Replace the draft; `undo` goes back to what it was."""
        if draft != self.draft:
            self._past = [*self._past, self.draft][-_DEEPEST:]
            self._future.clear()
        self._draft = draft
        self.changed.emit()

    @property
    def can_undo(self) -> bool:
        """Whether an edit since the last save can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether an edit that was taken back can be made again."""
        return bool(self._future)

    def undo(self) -> None:
        """Take the last edit of the draft back; nothing where there is none."""
        self._step(self._past, self._future)

    def redo(self) -> None:
        """Make the edit again that was taken back last; nothing where there is none."""
        self._step(self._future, self._past)

    def _step(self, source: list[D], other: list[D]) -> None:
        if source:
            other.append(self.draft)
            self._draft = source.pop()
            self.changed.emit()

    def _forget_steps(self) -> None:
        """Edits belong to what they were made on: they go with it."""
        self._past.clear()
        self._future.clear()

    def discard(self) -> None:
        """Go back to what is saved, theirs if somebody saved meanwhile."""
        self.saved, self.newer, self._draft = self.newer or self.saved, None, None
        self._forget_steps()
        self.changed.emit()

    def take_theirs(self) -> None:
        """Give the draft up for what somebody saved meanwhile."""
        self.discard()

    def keep_mine(self) -> None:
        """Go on with the draft against what somebody saved: Apply now replaces theirs, and shows so."""
        if self.newer is not None:
            self._draft = self.draft
            self.saved, self.newer = self.newer, None
            self.changed.emit()

    def apply(self, note: str = "") -> None:
        """Save the draft as the next version."""
        if self.saved is None or not self.is_changed or self.newer is not None or self.wrong is not None:
            return
        draft, body = self.draft, self.form.write(self.draft)
        job = partial(
            save_config,
            self._ctx,
            self.form.kind,
            self.saved.code,
            body,
            expected_number=self.saved.number,
            note=note,
        )
        self._env.tasks.run(job, partial(self._on_saved, draft), self._on_refused, owner=self)

    def refresh(self) -> None:
        """Read the documents again; a draft stays."""
        self._env.tasks.run(
            partial(service_levels, self._ctx), self.show_levels, self._env.shell.failed, owner=self
        )

    # -- versions ------------------------------------------------------------------------------------

    def read_versions(self, show: Callable[[list[SavedVersion]], None]) -> None:
        """Read every version, the newest first, and hand them to `show`."""
        if self.saved is not None:
            job = partial(saved_versions, self._ctx, self.form.kind, self.saved.code)
            self._env.tasks.run(job, show, self._env.shell.failed, owner=self)

    def restore(self, number: int) -> None:
        """Make an earlier version the newest; an unsaved draft is given up."""
        if self.saved is not None:
            newest = self.newer or self.saved
            job = partial(
                restore_config,
                self._ctx,
                self.form.kind,
                newest.code,
                number,
                expected_number=newest.number,
            )
            self._env.tasks.run(job, self._on_restored, self._on_refused, owner=self)

    def changes_to(self, version: ConfigVersion) -> Sequence[Change]:
        """Return what would change if this version were restored."""
        return self.form.changes(self.base, self.form.read(version.body))

    # -- what comes back after the page was built again ----------------------------------------------

    def save_state(self) -> dict[str, Any]:
        """Return the draft and the version it started from; empty where nothing is unsaved."""
        if self.saved is None or not self.is_changed:
            return {}
        return {"draft": self.form.write(self.draft), "number": self.saved.number}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Take a draft back; it is shown once the documents are read."""
        if isinstance(state.get("draft"), dict):
            self._kept = state

    # -- answers -------------------------------------------------------------------------------------

    def show_levels(self, levels: ServiceLevels) -> None:
        """Take what was read: an unchanged document follows, a changed one hears of somebody's version."""
        self.levels = levels
        newest = self.form.newest(levels)
        if self.saved is None or not self.is_changed or self.saved.code != newest.code:
            if self.saved is None or newest.number != self.saved.number or self.saved.code != newest.code:
                self._forget_steps()
            self.saved, self.newer, self._draft = newest, None, None
            self._take_back(newest)
        elif newest.number != self.saved.number:
            self.newer = newest
        self.changed.emit()

    def _take_back(self, newest: ConfigVersion) -> None:
        kept, self._kept = self._kept, None
        if kept is None:
            return
        try:
            self._draft = self.form.read(kept["draft"])
        except FirstlineError:
            return  # of another program version: what is saved holds
        if kept.get("number") != newest.number:
            # The base it started from is gone from memory: it is compared with what is saved now.
            self.newer = newest

    def _on_saved(self, draft: D, outcome: Outcome) -> None:
        if self.saved is not None and outcome.version is not None:
            self.saved = replace(self.saved, number=outcome.version, body=self.form.write(draft))
        if self._draft is draft:
            self._draft = None
            self._forget_steps()  # from here on the window's own undo takes the saved version back
        said = _("{document}: saved as version {number}")
        self._env.shell.did(outcome, said.format(document=self.form.called(draft), number=outcome.version))
        self.settled.emit(outcome)
        self.refresh()

    def _on_restored(self, outcome: Outcome) -> None:
        self._draft = None
        self.newer = None
        self._forget_steps()
        self._env.shell.did(outcome)
        self.refresh()

    def _on_refused(self, error: Exception) -> None:
        self.settled.emit(None)
        # A lost race is told on the page itself, with both ways out, once their version was read.
        if isinstance(error, StaleRecord):
            self.refresh()
        else:
            self._env.shell.failed(error)

"""What the page of the settings file decides: writing a file, reading one, choosing what of it is taken."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.models.entities.audit import AccessSubject
from app.models.entities.errors import RuleViolation
from app.models.entities.settings_file import EntryState, Section, SettingsPlan, SettingsPreview
from app.services.audit.handing_out import exported, hand_out
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings_file.commands import import_settings
from app.services.settings_file.files import read_file, write_file
from app.services.settings_file.queries import export_settings, plan_settings, preview_settings
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane


class SettingsFilePresenter(QObject):
    """Holds the file that was chosen and what of it shall be taken; owns no widgets.

    `preview` is the whole file as it was read; `plan` is what taking the chosen sections would do.
    """

    changed = Signal()

    def __init__(self, ctx: Context, env: PageEnv, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._env = env
        self.path: Path | None = None
        self.preview: SettingsPreview | None = None
        self.plan: SettingsPlan | None = None
        self.chosen: frozenset[Section] = frozenset()
        self.is_busy = False
        self._wanted: frozenset[Section] | None = None
        self._turn = 0

    # -- what is shown -------------------------------------------------------------------------------

    @property
    def file_name(self) -> str:
        """What the exported file is called unless somebody calls it otherwise."""
        today = self._env.format.local(self._ctx.clock.now()).date()
        return f"settings-{today.isoformat()}.json"

    @property
    def count(self) -> int:
        """How many entries an import would write."""
        states = (EntryState.ADDED, EntryState.CHANGED, EntryState.RETIRED)
        return sum(self.plan.count(state) for state in states) if self.plan is not None else 0

    @property
    def blocked(self) -> str:
        """Why nothing can be imported now, as a sentence, or ""."""
        if self.is_busy or self.plan is None:
            return _("The file is being read …")
        if not self.chosen:
            return _("Tick at least one section.")
        if self.plan.refused:
            return _("Some entries cannot be taken.")
        return "" if not self.plan.is_empty else _("Everything is as it is here already.")

    # -- what a person does --------------------------------------------------------------------------

    def export_to(self, path: Path) -> None:
        """Write all settings to a file."""
        job = partial(export_settings, self._ctx)
        self._run(job, partial(self._write, path), Lane.LONG)

    def open(self, path: Path, chosen: frozenset[Section] | None = None) -> None:
        """Read a file and show what importing it would do; `chosen` is None for all that may be taken."""
        self._wanted = chosen
        self._run(partial(read_file, path), partial(self._look, path), Lane.FILES)

    def choose(self, section: Section, is_wanted: bool) -> None:
        """Take a section of the file, or leave it out."""
        self.chosen = self.chosen | {section} if is_wanted else self.chosen - {section}
        self.look_again()

    def look_again(self) -> None:
        """Ask again what importing the chosen sections would do, for the site may have changed."""
        if self.preview is None:
            return
        self._turn += 1
        self.is_busy = True
        job = partial(plan_settings, self._ctx, self.preview.document, self.chosen)
        self._run(job, partial(self._on_planned, self._turn))
        self.changed.emit()

    def take(self) -> None:
        """Import the chosen sections, provided the site still is as it was shown."""
        if self.preview is None or self.blocked:
            return
        self.is_busy = True
        job = partial(import_settings, self._ctx, self.preview.document, sections=self.chosen, seen=self.plan)
        self._env.tasks.run(job, self._on_taken, self._on_refused, owner=self)
        self.changed.emit()

    def close(self) -> None:
        """Put the file away without importing anything."""
        self.path, self.preview, self.plan = None, None, None
        self.chosen = frozenset()
        self._turn += 1
        self.changed.emit()

    # -- answers -------------------------------------------------------------------------------------

    def _run(self, job: Callable[[], object], done: Callable[..., None], lane: Lane = Lane.SCREEN) -> None:
        self._env.tasks.run(job, done, self._on_failed, lane=lane, owner=self)

    def _write(self, path: Path, body: bytes) -> None:
        say = partial(self._env.shell.say, _("Saved “{name}”").format(name=path.name))
        access = exported(AccessSubject.SETTINGS, "settings", path)
        write = partial(hand_out, self._ctx, access, partial(write_file, path, body))
        self._run(write, lambda _none: say(), Lane.FILES)

    def _look(self, path: Path, body: bytes) -> None:
        self._run(partial(preview_settings, self._ctx, body), partial(self._on_read, path), Lane.LONG)

    def _on_read(self, path: Path, preview: SettingsPreview) -> None:
        self.path, self.preview = path, preview
        offered = frozenset(preview.document.sections) - frozenset(preview.locked)
        self.chosen = offered if self._wanted is None else offered & self._wanted
        self.look_again()

    def _on_planned(self, turn: int, plan: SettingsPlan) -> None:
        if turn == self._turn and self.preview is not None:
            self.is_busy = False
            self.plan = plan
            self.changed.emit()

    def _on_taken(self, outcome: Outcome) -> None:
        self.is_busy = False
        self.close()
        self._env.shell.did(outcome)

    def _on_refused(self, error: Exception) -> None:
        self._on_failed(error)
        if isinstance(error, RuleViolation):
            self.look_again()

    def _on_failed(self, error: Exception) -> None:
        self.is_busy = False
        self._env.shell.failed(error)
        self.changed.emit()

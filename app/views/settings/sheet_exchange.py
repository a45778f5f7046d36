"""Categories and services out to a file and in from one: buttons, dialogs, and the preview between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.audit import AccessSubject
from app.models.entities.catalogue_sheets import SheetForm, SheetKind
from app.models.entities.errors import BadInput, StoreUnavailable
from app.services.audit.handing_out import exported, hand_out
from app.services.base.context import Context
from app.services.base.files import write_whole
from app.services.base.undo import Outcome
from app.services.base.workbooks import MOST_BYTES
from app.services.catalogue.sheet_commands import Preview, export_sheet, import_sheet, preview_import
from app.views.base.dialogs import FileKind
from app.views.base.i18n import N_, _
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.base.widgets.buttons import Button
from app.views.settings.sheet_popup import SheetPopup

_NAMES = {SheetKind.CATEGORIES: N_("categories"), SheetKind.SERVICES: N_("services")}


class SheetExchange(QObject):
    """Exports at once; an import is shown first, and happens only as it was shown."""

    def __init__(
        self,
        ctx: Context,
        env: PageEnv,
        page: QWidget,
        kind: SheetKind,
        run: Callable[[Callable[[], Outcome]], None],
    ) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page
        self._kind = kind
        self._run = run
        self._preview: Preview | None = None
        self.popup: SheetPopup | None = None
        self.export_button = Button(_("Export"), icon="download")
        self.import_button = Button(_("Import"), icon="upload")
        self.export_button.clicked.connect(self.ask_where)
        self.import_button.clicked.connect(self.ask_which)

    def buttons(self, *, may_edit: bool) -> Sequence[QWidget]:
        """Return what stands at the right of the page's title."""
        return (self.export_button, self.import_button) if may_edit else (self.export_button,)

    def ask_where(self) -> None:
        """Ask where to write, then write; the ending says whether as XLSX or as CSV."""
        kinds = (FileKind(_("Excel workbook"), "*.xlsx"), FileKind(_("Table (.csv)"), "*.csv"))
        name = f"{_NAMES[self._kind]}.xlsx"
        path = self._env.dialogs.save_file(_("Export to a file"), name, kinds)
        if path is None:
            return
        form = SheetForm.CSV if path.suffix.lower() == ".csv" else SheetForm.XLSX
        job = partial(export_sheet, self._ctx, self._kind, form)
        self._env.tasks.run(job, partial(self._write, path), self._env.shell.failed, owner=self)

    def ask_which(self) -> None:
        """Ask which file to read, then show what importing it would do."""
        kinds = (FileKind(_("Excel workbooks and tables"), "*.xlsx *.csv *.txt"),)
        path = self._env.dialogs.open_file(_("Import from a file"), kinds)
        if path is not None:
            self.show_file(path)

    def show_file(self, path: Path) -> None:
        """Show what importing this file would do."""
        self._env.tasks.run(
            partial(_read, path),
            partial(self._look, path.name),
            self._env.shell.failed,
            lane=Lane.FILES,
            owner=self,
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _write(self, path: Path, body: bytes) -> None:
        access = exported(AccessSubject.SETTINGS, self._kind.value, path)
        self._env.tasks.run(
            partial(hand_out, self._ctx, access, partial(_write, path, body)),
            lambda _none: self._env.shell.say(_("Saved “{name}”").format(name=path.name)),
            self._env.shell.failed,
            lane=Lane.FILES,
            owner=self,
        )

    def _look(self, name: str, body: bytes) -> None:
        job = partial(preview_import, self._ctx, self._kind, body)
        self._env.tasks.run(
            job, partial(self._show, name), self._env.shell.failed, lane=Lane.LONG, owner=self
        )

    def _show(self, name: str, preview: Preview) -> None:
        if self.popup is None:
            self.popup = SheetPopup(self._page.window(), self._env.format)
            self.popup.confirmed.connect(self._import)
        self._preview = preview
        self.popup.show_plan(name, preview.plan)

    def _import(self) -> None:
        if self.popup is None or self._preview is None:
            return
        self.popup.close_now()
        preview = self._preview
        self._run(partial(import_sheet, self._ctx, self._kind, preview.rows, seen=preview.plan))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput("sheet.too_large", most=MOST_BYTES // 1_000_000)
        return path.read_bytes()
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("catalogue.file_unreadable", name=path.name, reason=reason) from trouble


def _write(path: Path, body: bytes) -> None:
    try:
        write_whole(path, body)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise StoreUnavailable("catalogue.file_unwritable", name=path.name, reason=reason) from trouble

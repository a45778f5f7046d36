"""The emergency card as a PDF: made off the window thread, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.models.entities.audit import AccessSubject
from app.models.entities.reports import ReportId
from app.services.audit.handing_out import exported, hand_out_file, printed
from app.services.base.context import Context
from app.services.reports.building import BuiltReport, emergency_paper
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _, current
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane


class CardPaper(QObject):
    """Makes the card of this moment, in the window's language."""

    def __init__(self, ctx: Context, env: PageEnv, page: QWidget) -> None:
        super().__init__(page)
        self._ctx = ctx
        self._env = env
        self._page = page

    def print(self) -> None:
        """Print the card on a printer that is asked for."""
        self._make(self._send)

    def save(self) -> None:
        """Save the card as a PDF."""
        self._make(self._ask_where)

    def _make(self, made: Callable[[BuiltReport], None]) -> None:
        job = partial(emergency_paper, self._ctx, current.code)
        self._env.tasks.run(job, made, self._env.shell.failed, lane=Lane.LONG, owner=self)

    def _send(self, card: BuiltReport) -> None:
        from app.views.base.printing import PrintJob, ask_and_print  # noqa: PLC0415 - printers load slowly

        said = _("Sent to the printer: {name}").format(name=card.file_name)
        access = printed(AccessSubject.REPORT, ReportId.EMERGENCY.value, card.file_name)
        job = PrintJob(card.content, card.file_name, access)
        ask_and_print(self._ctx, self._env, job, self._page.window(), partial(self._env.shell.say, said))

    def _ask_where(self, card: BuiltReport) -> None:
        kinds = (FileKind(_("PDF document"), "*.pdf"),)
        path = self._env.dialogs.save_file(_("Save the emergency card"), card.file_name, kinds)
        if path is not None:
            said = _("Saved {name}").format(name=path.name)
            access = exported(AccessSubject.REPORT, ReportId.EMERGENCY.value, path)
            job = partial(hand_out_file, self._ctx, access, path, card.content)
            self._env.tasks.run(
                job,
                lambda _done: self._env.shell.say(said),
                self._env.shell.failed,
                lane=Lane.FILES,
                owner=self,
            )

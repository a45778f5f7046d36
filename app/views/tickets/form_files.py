"""How files come to a new ticket: picked, dropped, pasted; each is kept on this computer at once."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.services.base.kept_files import KeptFiles
from app.views.base.dialogs import FileKind
from app.views.base.i18n import _
from app.views.base.pages import PageEnv
from app.views.base.tasks import Lane
from app.views.tickets.form_attachments import keep_bytes, keep_file, png_of
from app.views.tickets.form_call import FormCall
from app.views.tickets.form_presenter import FormPresenter

_USUAL_LIMIT = 25  # megabytes, until the site's own limit has been read


class FilePicking(QObject):
    """Keeps what is picked and adds it to the call; what cannot be kept is told."""

    def __init__(self, env: PageEnv, kept: KeptFiles, call: FormCall, presenter: FormPresenter) -> None:
        super().__init__(call)
        self._env = env
        self._kept = kept
        self._call = call
        self._presenter = presenter

    def pick(self) -> None:
        """Ask for a file."""
        path = self._env.dialogs.open_file(_("Attach file"), [FileKind(_("All files"), "*")])
        if path is not None:
            self.add_files([path])

    def paste_picture(self) -> None:
        """Attach the picture of the clipboard."""
        picture = QGuiApplication.clipboard().image()
        if picture.isNull():
            said = _("There is no picture in the clipboard. Copy a screenshot first.")
            self._env.shell.say(said, tone="info")
            return
        self.add_picture(picture)

    def add_files(self, paths: list[Path]) -> None:
        """Attach files of this computer."""
        choices = self._presenter.choices
        limit = choices.attachment_limit if choices is not None else _USUAL_LIMIT
        for path in paths:
            self._keep(partial(keep_file, self._kept, path, limit))

    def add_picture(self, picture: QImage) -> None:
        """Attach a picture that has no file."""
        count = len(self._call.files.value) + 1
        name = _("Screenshot {number}").format(number=count) + ".png"
        self._keep(partial(keep_bytes, self._kept, name, "image/png", png_of(picture)))

    def _keep(self, job: partial[Any]) -> None:
        tasks = self._env.tasks
        tasks.run(job, self._call.add_file, self._env.shell.failed, lane=Lane.FILES, owner=self)

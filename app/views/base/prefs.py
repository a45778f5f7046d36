"""The local settings as the window uses them: read once, changed here, written off the window thread."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.services.settings.local import LocalSettings, read_local, write_local
from app.views.base.tasks import Lane, Tasks

_log = logging.getLogger("firstline.settings")


class Preferences(QObject):
    """Holds the local settings of this program."""

    changed = Signal(object)  # LocalSettings

    def __init__(self, path: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._tasks = tasks
        self._values = read_local(path)

    @property
    def values(self) -> LocalSettings:
        """The settings as they stand."""
        return self._values

    def change(self, **values: Any) -> None:
        """Change some of the settings; the file follows. A file that cannot be written is logged, no more.

        Raises:
            TypeError: there is no such setting.
        """
        changed = replace(self._values, **values)
        if changed != self._values:
            self._values = changed
            self._tasks.run(partial(self._write, changed), lane=Lane.FILES)
            self.changed.emit(changed)

    def keep_table(self, name: str, layout: dict[str, Any]) -> None:
        """Remember the column layout of the list called `name`."""
        self.change(tables={**self._values.tables, name: layout})

    def _write(self, values: LocalSettings) -> None:
        try:
            write_local(self._path, values)
        except OSError as trouble:
            _log.info("preferences were not written: %s", trouble)

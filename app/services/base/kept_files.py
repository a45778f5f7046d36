"""Files picked for a record that is not saved yet: kept on this computer, by content, beside the drafts."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import platformdirs

from app.models.entities.errors import NotFound, StoreUnavailable
from app.services.base.files import write_whole


def kept_files_folder() -> Path:
    """Return where they lie for the person who runs the program."""
    return Path(platformdirs.user_data_dir("Firstline", appauthor=False)) / "kept"


class KeptFiles:
    """The files of one folder, each named by the hash of its bytes. Call it in the files lane."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, body: bytes) -> str:
        """Keep these bytes and return their name; they are on the disk when this returns.

        Raises:
            StoreUnavailable: `draft.not_saved`; the disk is full, read-only or gone.
        """
        name = hashlib.sha256(body).hexdigest()
        try:
            if not (self._folder / name).exists():
                write_whole(self._folder / name, body)
        except OSError as trouble:
            raise StoreUnavailable(
                "draft.not_saved", folder=str(self._folder), reason=str(trouble)
            ) from trouble
        return name

    def read(self, name: str) -> bytes:
        """Return the bytes kept under a name.

        Raises:
            NotFound: `tickets.file_not_found`; they are gone, or the name is none of ours.
        """
        if len(name) != 64 or not name.isalnum():  # names come back out of drafts: never a path
            raise NotFound("tickets.file_not_found", id=name[:64])
        try:
            return (self._folder / name).read_bytes()
        except OSError as trouble:
            raise NotFound("tickets.file_not_found", id=name) from trouble

    def drop_older_than(self, moment: datetime) -> None:
        """Delete what was kept before `moment`: it has long been saved, or nobody came back for it."""
        for path in self._folder.glob("[0-9a-f]*"):
            with suppress(OSError):
                if path.stat().st_mtime < moment.timestamp():
                    path.unlink(missing_ok=True)

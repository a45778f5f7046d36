"""The file on the disk: read with a limit, written whole or not at all. Call it in the files lane."""

from __future__ import annotations

from pathlib import Path

from app.models.entities.errors import BadInput, StoreUnavailable
from app.services.base.files import write_whole
from app.services.settings_file.text import MOST_BYTES


def read_file(path: Path) -> bytes:
    """Return the bytes of a file.

    Raises:
        BadInput: `settings_file.too_large`, `settings_file.unreadable`.
    """
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise BadInput("settings_file.unreadable", name=path.name, reason=reason) from trouble
    except ValueError as trouble:  # a NUL in the name
        raise BadInput("settings_file.unreadable", name=path.name, reason=str(trouble)) from trouble
    if len(body) > MOST_BYTES:
        raise BadInput("settings_file.too_large", most=MOST_BYTES // 1_000_000)
    return body


def write_file(path: Path, body: bytes) -> None:
    """Replace the file at `path` by `body`; after a crash the old content is there, or the new.

    Raises:
        StoreUnavailable: `settings_file.unwritable`.
    """
    try:
        write_whole(path, body)
    except OSError as trouble:
        reason = trouble.strerror or str(trouble)
        raise StoreUnavailable("settings_file.unwritable", name=path.name, reason=reason) from trouble

"""Writing small local files so that a crash leaves the old content or the new, never half of either."""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from pathlib import Path

# Virus scanners hold a file for some tenths of a second after it was written.
_TRIES = 5
_BETWEEN_TRIES = 0.1


def write_whole(path: Path, content: bytes) -> None:
    """Replace the file at `path` by `content`, which is on the disk when this returns.

    Folders are made as needed, readable by this user only.

    Raises:
        OSError: the disk is full, read-only or gone, or another program holds the file for too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        replace_patiently(temporary, path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def replace_patiently(source: Path, target: Path) -> None:
    """Rename `source` to `target`, which may exist, trying again while another program holds either.

    Raises:
        OSError: as `os.replace`, after half a second of trying.
    """
    for left in reversed(range(_TRIES)):
        try:
            source.replace(target)
        except PermissionError:
            if not left:
                raise
            time.sleep(_BETWEEN_TRIES)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Let the renaming itself survive a power cut, where the system can do that (Windows cannot)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

"""Files of this computer on their way into a ticket and out of it; all of it runs off the window thread."""

from __future__ import annotations

import mimetypes
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage

from app.models.entities.errors import BadInput
from app.services.base.files import write_whole

# Shown by a viewer that runs nothing. Everything else is only ever saved where the person says.
VIEWED = frozenset({".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".pdf", ".txt", ".log", ".csv", ".md"})
# What a double click would run: saved only after a warning.
EXECUTABLE = frozenset(
    {
        ".exe", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".lnk", ".scr",
        ".msi", ".msp", ".reg", ".jar", ".py", ".sh", ".cpl", ".pif", ".dll", ".url", ".chm", ".iso", ".docm",
        ".xlsm", ".pptm", ".html", ".htm", ".svg",
    }
)  # fmt: skip
_UNKNOWN = "application/octet-stream"
_MARK = "[ZoneTransfer]\r\nZoneId=3\r\n"


@dataclass(frozen=True, slots=True)
class PickedFile:
    """A file's name for display, its kind and its bytes."""

    name: str
    media_type: str
    body: bytes


def read_file(path: Path, limit: int) -> PickedFile:
    """Read a file the person chose; `limit` is in megabytes.

    Raises:
        BadInput: it is empty, too large, a folder, or cannot be read.
    """
    try:
        size = path.stat().st_size
        if size > limit * 1_000_000:
            megabytes = size // 1_000_000
            raise BadInput("tickets.file_too_large", name=path.name[:60], limit=limit, size=megabytes)
        body = path.read_bytes()
    except OSError as trouble:
        why = str(trouble.strerror or "")
        raise BadInput("transfer.file_unreadable", file=path.name[:60], why=why) from trouble
    if not body:
        raise BadInput("tickets.file_empty", name=path.name[:60])
    return PickedFile(path.name, mimetypes.guess_type(path.name)[0] or _UNKNOWN, body)


def picture_file(picture: QImage, name: str) -> PickedFile:
    """Turn a picture from the clipboard into a PNG file.

    Raises:
        BadInput: the picture is empty.
    """
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt a str
    buffer.close()
    if not data.size():
        raise BadInput("tickets.file_empty", name=name)
    return PickedFile(name, "image/png", bytes(data.data()))


def save_file(path: Path, body: bytes) -> str:
    """Write a ticket's file where the person said, marked as coming from elsewhere.

    Returns why it could not be written, in the system's words, or "" when it is on the disk.
    """
    try:
        write_whole(path, body)
    except OSError as trouble:
        return str(trouble.strerror or trouble)
    if sys.platform == "win32":
        with suppress(OSError):  # a disk without such marks
            Path(f"{path}:Zone.Identifier").write_text(_MARK, "ascii")
    return ""


def lay_out_for_viewing(name: str, body: bytes) -> Path | None:
    """Write a file into a fresh folder; None where its kind is none of `VIEWED` or it cannot be written."""
    ending = ending_of(name)
    if ending not in VIEWED:
        return None
    # A name of our own: whoever sent the file does not choose what stands on this disk.
    path = Path(tempfile.mkdtemp(prefix="firstline-")) / f"attachment{ending}"
    return None if save_file(path, body) else path


def ending_of(name: str) -> str:
    """Return a file name's ending in small letters, ".png", without what hides it (trailing dots, blanks)."""
    return Path(name.rstrip(" .")).suffix.lower()

"""The one way by which data leaves the program: recorded first, in its own transaction, then handed out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.models.entities.audit import Access, AccessKind, AccessSubject
from app.models.entities.errors import BadInput
from app.services.audit.commands import record_access
from app.services.base.context import Context
from app.services.base.files import write_whole

R = TypeVar("R")


def hand_out(ctx: Context, access: Access, give: Callable[[], R]) -> R:
    """Record `access`, then return what `give` does; it is not called where nothing could be recorded.

    Raises:
        StoreUnavailable, StoreRefused: the record could not be written.
        Exception: whatever `give` raises. The line stays then: it tells of what was about to leave.
    """
    record_access(ctx, access)
    return give()


def hand_out_file(ctx: Context, access: Access, path: Path, content: bytes) -> Path:
    """Record `access`, then write a file whole or not at all; an existing one is replaced.

    Raises:
        StoreUnavailable, StoreRefused: the record could not be written, nor was the file.
        BadInput: `files.cannot_write`.
    """
    return hand_out(ctx, access, lambda: _written(path, content))


def exported(
    subject: AccessSubject, reference: str, path: Path, *, rows: int | None = None, **about: object
) -> Access:
    """Return the line of a file that is about to be written; of its place only the name is kept."""
    return Access(AccessKind.EXPORTED, subject, reference, {"file": path.name, **about}, rows)


def printed(subject: AccessSubject, reference: str, file_name: str) -> Access:
    """Return the line of a paper that is about to be sent to a printer."""
    return Access(AccessKind.PRINTED, subject, reference, {"file": file_name})


def _written(path: Path, content: bytes) -> Path:
    try:
        write_whole(path, content)
    except OSError as error:
        raise BadInput("files.cannot_write", path=str(path), reason=error.strerror or "") from error
    return path

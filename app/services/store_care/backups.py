"""Making a backup now, as one action."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from app.models.backup import back_up
from app.models.entities.audit import Access, AccessKind, AccessSubject
from app.models.schema import SchemaState
from app.services.audit.handing_out import hand_out
from app.services.base.command import require
from app.services.base.context import Context


def make_backup(ctx: Context, folder: Path | None = None) -> Path | None:
    """Write a backup, prove it and return its file; see `models.backup.back_up`.

    It stands beside the database where no folder is named. It is recorded first, for it holds everything,
    except where the database is of another version: that one may have no record, and needs its backup most.
    None where the database is on a server and this PC has no tool for its backups.

    Raises:
        NotAllowed: the actor lacks `settings.edit`.
        StoreRefused: `store.backup_failed`; the database was not touched.
        StoreUnavailable: the database cannot be read.
    """
    require(ctx, "settings.edit")
    write = partial(back_up, ctx.store, ctx.clock.now(), folder)
    if ctx.store.state() is not SchemaState.CURRENT:
        return write()
    return hand_out(ctx, Access(AccessKind.EXPORTED, AccessSubject.BACKUP), write)

"""Making a backup now, as one action."""

from __future__ import annotations

from pathlib import Path

from app.models.backup import back_up
from app.services.base.command import require
from app.services.base.context import Context


def make_backup(ctx: Context) -> Path | None:
    """Write a backup beside the database, prove it and return its file; see `models.backup.back_up`.

    None where the database is on a server and this PC has no tool for its backups.

    Raises:
        NotAllowed: the actor lacks `settings.edit`.
        StoreRefused: `store.backup_failed`; the database was not touched.
        StoreUnavailable: the database cannot be read.
    """
    require(ctx, "settings.edit")
    return back_up(ctx.store, ctx.clock.now())

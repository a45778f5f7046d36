"""What the first window asks: whether this database is a site already."""

from __future__ import annotations

from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY


@query(permission=ANYBODY)
def is_set_up(_ctx: Context, read: Reader) -> bool:
    """Tell whether the sample set-up (or an administrator's own) was written."""
    return site_exists(read)


def site_exists(read: Reader) -> bool:
    """Tell it inside a transaction or a read."""
    return read.value("SELECT 1 FROM role LIMIT 1") is not None

"""Going back and forth between schemas, as the migrations do it."""

from __future__ import annotations

import peewee as pw
from playhouse.migrations import Runner

from app.models import schema
from app.models.store import Store


def runner(store: Store) -> Runner:
    """Return what runs the migrations of an open store one by one."""
    name = "firstline" if isinstance(store.database, pw.PostgresqlDatabase) else None
    return Runner(store.database, str(schema.migrations_folder()), schema=name)

"""What a ticket still lacked: when the service worked again, how long the user can wait, what was told them.

Frozen copy of the tables: never import app code here.
"""

import peewee as pw

# No value means nobody said so; an older program goes on inserting rows without them.
NEW_COLUMNS = (
    ("restored_at", "BIGINT"),
    ("bearable_until", "BIGINT"),
    ("promised_at", "BIGINT"),
    ("estimate_minutes", "INTEGER"),
    ("estimate_people", "INTEGER"),
    ("estimate_cost", "INTEGER"),
)


def up(migrator, db):
    """Add what is new; no ticket of before says any of it."""
    for column, kind in NEW_COLUMNS:
        db.execute_sql(f'ALTER TABLE "ticket" ADD COLUMN {column} {_kind(db, kind)}')


def down(migrator, db):
    """Take it back; the log of each ticket still has what was said."""
    for column, _kind_of in reversed(NEW_COLUMNS):
        db.execute_sql(f'ALTER TABLE "ticket" DROP COLUMN {column}')


def _kind(db, kind):
    return kind if isinstance(db, pw.PostgresqlDatabase) else kind.replace("BIGINT", "INTEGER")

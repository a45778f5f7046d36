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

# Open tickets sorted by the priority as it counts now are read straight off this, in list order.
PRIORITY_NOW = (
    "CREATE INDEX ticket_open_priority_now ON ticket"
    " (COALESCE(effective_priority, priority), is_paused, due_sort, id) WHERE is_open = true"
)

# The shared list that new sites begin with. It is added where a site has views and none that asks this,
# retired ones included; it stands right behind the one of broken promises, of which it is the graver part.
MAJOR_VIEW = (
    "INSERT INTO saved_view (name, name_alt, query, columns, position, is_active, version)"
    " SELECT 'Major incidents', '重大故障', 'status:open is:major', '[]',"
    " COALESCE((SELECT MIN(position) FROM saved_view WHERE owner_id IS NULL"
    " AND query = 'status:open breached:yes'), MAX(position) + 1), true, 1"
    " FROM saved_view HAVING COUNT(*) > 0"
    " AND NOT EXISTS (SELECT 1 FROM saved_view WHERE owner_id IS NULL AND query = 'status:open is:major')"
)


def up(migrator, db):
    """Add what is new; no ticket of before says any of it."""
    for column, kind in NEW_COLUMNS:
        db.execute_sql(f'ALTER TABLE "ticket" ADD COLUMN {column} {_kind(db, kind)}')
    db.execute_sql(PRIORITY_NOW)
    db.execute_sql(MAJOR_VIEW)


def down(migrator, db):
    """Take it back; the log of each ticket still has what was said, and a list is people's by now."""
    db.execute_sql("DROP INDEX ticket_open_priority_now")
    for column, _kind_of in reversed(NEW_COLUMNS):
        db.execute_sql(f'ALTER TABLE "ticket" DROP COLUMN {column}')


def _kind(db, kind):
    return kind if isinstance(db, pw.PostgresqlDatabase) else kind.replace("BIGINT", "INTEGER")

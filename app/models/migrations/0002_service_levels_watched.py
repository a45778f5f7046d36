"""Promises are watched: leases, steps that fell due, notices; and what categories and services still lacked.

Frozen copy of the tables: never import app code here.
"""

import peewee as pw

# Every new column has a default in the database: an older program goes on inserting rows without it.
NEW_COLUMNS = (
    ("ticket", "effective_priority", "INTEGER"),
    ("ticket", "is_major", "BOOLEAN NOT NULL DEFAULT false"),
    # When the background work next looks at a ticket; 0: as soon as it can. Nothing is due: no value.
    ("ticket", "wake_at", "BIGINT DEFAULT 0"),
    ("waiting_reason", "auto_resolve_after", "INTEGER NOT NULL DEFAULT 0"),
    ("category", "form_fields", "TEXT NOT NULL DEFAULT '{}'"),
    ("category", "handling_minutes", "INTEGER"),
    ("category", "is_external", "BOOLEAN NOT NULL DEFAULT false"),
    ("category", "is_in_scope", "BOOLEAN NOT NULL DEFAULT true"),
    ("service", "default_impact", "INTEGER"),
    ("service", "default_urgency", "INTEGER"),
    ("service", "handling_minutes", "INTEGER"),
)
# Rights that are new, and the shipped roles that get them; a role of the site's own gets none by itself.
NEW_RIGHTS = {
    "tickets.escalate": (
        "hotline_engineer",
        "field_engineer",
        "second_line",
        "third_line",
        "duty_supervisor",
        "desk_manager",
        "process_manager",
        "administrator",
    ),
    "priority.major": ("duty_supervisor", "desk_manager", "process_manager", "administrator"),
    "transfer.export": ("desk_manager", "administrator"),
}
OVER = "status IN ('closed', 'cancelled', 'out_of_scope', 'duplicate')"


def up(migrator, db):
    """Add what is new; tickets that are over are never looked at again, all others at once."""
    is_sqlite = not isinstance(db, pw.PostgresqlDatabase)
    for table, column, declared in NEW_COLUMNS:
        kind = declared.replace("BOOLEAN", "INTEGER").replace("BIGINT", "INTEGER") if is_sqlite else declared
        db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column} {kind}')
    db.execute_sql(f"UPDATE ticket SET wake_at = NULL WHERE {OVER}")
    db.execute_sql("CREATE INDEX ticket_wake ON ticket (wake_at) WHERE wake_at IS NOT NULL")
    db.create_tables(_models(db))
    for permission, roles in NEW_RIGHTS.items():
        codes = ", ".join(f"'{code}'" for code in roles)
        db.execute_sql(
            f"INSERT INTO role_permission (role_id, permission) SELECT id, '{permission}' FROM role"
            f" WHERE is_shipped = true AND code IN ({codes})"
        )


def down(migrator, db):
    """Take it back; which steps had fallen due and what was told is lost."""
    db.drop_tables(_models(db))
    for permission in NEW_RIGHTS:
        db.execute_sql(f"DELETE FROM role_permission WHERE permission = '{permission}'")
    db.execute_sql("DROP INDEX ticket_wake")
    for table, column, _kind in reversed(NEW_COLUMNS):
        db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN {column}')


def _models(db):
    class Person(pw.Model):
        class Meta:
            database = db
            table_name = "person"

    class Team(pw.Model):
        class Meta:
            database = db
            table_name = "team"

    class Ticket(pw.Model):
        class Meta:
            database = db
            table_name = "ticket"

    class Category(pw.Model):
        class Meta:
            database = db
            table_name = "category"

    class Article(pw.Model):
        class Meta:
            database = db
            table_name = "article"

    class CategoryTeam(pw.Model):
        category = pw.ForeignKeyField(Category, on_delete="CASCADE", index=False)
        line = pw.IntegerField()
        team = pw.ForeignKeyField(Team, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "category_team"
            indexes = ((("category", "line"), True),)

    class CategoryArticle(pw.Model):
        category = pw.ForeignKeyField(Category, on_delete="CASCADE", index=False)
        article = pw.ForeignKeyField(Article, on_delete="RESTRICT", index=False)
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])

        class Meta:
            database = db
            table_name = "category_article"
            indexes = ((("category", "article"), True),)

    class Lease(pw.Model):
        name = pw.CharField(primary_key=True, max_length=32)
        holder = pw.CharField(max_length=64)
        token = pw.IntegerField()
        renewed_at = pw.BigIntegerField()
        until = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "lease"

    class Escalation(pw.Model):
        ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT", index=False)
        step = pw.CharField(max_length=40)
        cycle = pw.IntegerField()
        due_at = pw.BigIntegerField()
        at = pw.BigIntegerField(index=True)
        state = pw.CharField(max_length=16)
        token = pw.IntegerField()

        class Meta:
            database = db
            table_name = "escalation"
            indexes = ((("ticket", "step", "cycle"), True),)

    class Notice(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        kind = pw.CharField(max_length=24)
        key = pw.CharField(unique=True, max_length=120)
        ticket = pw.ForeignKeyField(Ticket, null=True, on_delete="RESTRICT", index=False)
        body = pw.TextField(default="{}", constraints=[pw.SQL("DEFAULT '{}'")])
        at = pw.BigIntegerField()
        show_at = pw.BigIntegerField()
        read_at = pw.BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "notice"
            indexes = ((("person", "read_at", "show_at"), False),)

    return [CategoryTeam, CategoryArticle, Lease, Escalation, Notice]

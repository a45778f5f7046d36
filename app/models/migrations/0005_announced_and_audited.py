"""Announcements, the record of who read and took out what, whose leave goes to whom first, dates of shifts.

Frozen copy of the tables: never import app code here.
"""

import peewee as pw

# Rights that are new, and the shipped roles that get them; a role of the site's own gets none by itself.
EVERYBODY_WHO_CALLS_BACK = (
    "hotline_engineer",
    "field_engineer",
    "second_line",
    "third_line",
    "desk_customer_service",
    "duty_supervisor",
    "desk_manager",
    "administrator",
)
NEW_RIGHTS = {
    "announcements.write": ("duty_supervisor", "desk_manager", "administrator"),
    "people.reveal": EVERYBODY_WHO_CALLS_BACK,
    "audit.read": ("desk_manager", "administrator"),
}

# The lists of one's own work that new sites begin with. Each is added where a site has views and none that
# asks this, retired ones included; they stand right behind the one of all that is assigned to me.
OWN_VIEWS = (
    ("To do", "待处理", "assignee:me status:new,assigned,in_progress"),
    ("Waiting", "挂起", "assignee:me status:waiting"),
    ("Done today", "今日已完成", "assignee:me resolved:today"),
)
OWN_VIEW = (
    "INSERT INTO saved_view (name, name_alt, query, columns, position, is_active, version)"
    " SELECT '{name}', '{name_alt}', '{query}', '[]',"
    " COALESCE((SELECT MIN(position) FROM saved_view WHERE owner_id IS NULL"
    " AND query = 'assignee:me status:open'), MAX(position) + 1), true, 1"
    " FROM saved_view HAVING COUNT(*) > 0"
    " AND NOT EXISTS (SELECT 1 FROM saved_view WHERE owner_id IS NULL AND query = '{query}')"
)


def up(migrator, db):
    """Add what is new; nobody has a superior, no training an announcement, no shift a bound in time."""
    db.create_tables(_models(db))
    db.execute_sql(
        'ALTER TABLE "work_terms" ADD COLUMN superior_id INTEGER'
        ' REFERENCES "person" ("id") ON DELETE RESTRICT'
    )
    db.execute_sql(
        'ALTER TABLE "training" ADD COLUMN announcement_id INTEGER'
        ' REFERENCES "announcement" ("id") ON DELETE RESTRICT'
    )
    for column in ("first_date", "last_date"):
        db.execute_sql(f"ALTER TABLE \"shift_template\" ADD COLUMN {column} VARCHAR(10) NOT NULL DEFAULT ''")
    db.execute_sql(
        'ALTER TABLE "shift_template" ADD COLUMN previous_id INTEGER'
        ' REFERENCES "shift_template" ("id") ON DELETE RESTRICT'
    )
    for table, column in (("attendance", "corrected_by_id"), ("away_time", "decided_by_id")):
        db.execute_sql(
            f'ALTER TABLE "{table}" ADD COLUMN {column} INTEGER REFERENCES "person" ("id") ON DELETE RESTRICT'
        )
    flag = "BOOLEAN" if isinstance(db, pw.PostgresqlDatabase) else "INTEGER"
    db.execute_sql(f'ALTER TABLE "attendance" ADD COLUMN is_corrected {flag} NOT NULL DEFAULT false')
    db.execute_sql("ALTER TABLE \"away_time\" ADD COLUMN permission VARCHAR(16) NOT NULL DEFAULT 'none'")
    for permission, roles in NEW_RIGHTS.items():
        codes = ", ".join(f"'{code}'" for code in roles)
        db.execute_sql(
            f"INSERT INTO role_permission (role_id, permission) SELECT id, '{permission}' FROM role"
            f" WHERE is_shipped = true AND code IN ({codes})"
        )
    for name, name_alt, query in OWN_VIEWS:
        db.execute_sql(OWN_VIEW.format(name=name, name_alt=name_alt, query=query))


def down(migrator, db):
    """Take it back; announcements and the record of reads are lost; trainings, terms, shifts, views stay."""
    columns = (
        ("away_time", "permission"),
        ("away_time", "decided_by_id"),
        ("attendance", "is_corrected"),
        ("attendance", "corrected_by_id"),
        ("training", "announcement_id"),
        ("work_terms", "superior_id"),
        ("shift_template", "previous_id"),
        ("shift_template", "last_date"),
        ("shift_template", "first_date"),
    )
    for table, column in columns:
        db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN {column}')
    db.drop_tables(_models(db))
    for permission in NEW_RIGHTS:
        db.execute_sql(f"DELETE FROM role_permission WHERE permission = '{permission}'")


def _models(db):
    class Person(pw.Model):
        class Meta:
            database = db
            table_name = "person"

    class Service(pw.Model):
        class Meta:
            database = db
            table_name = "service"

    class Announcement(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        kind = pw.CharField(max_length=16)
        title = pw.CharField(max_length=200)
        text = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        service = pw.ForeignKeyField(Service, null=True, on_delete="RESTRICT", index=False)
        article_id = pw.IntegerField(null=True)
        ticket_id = pw.IntegerField(null=True)
        live_on = pw.CharField(max_length=10, default="", constraints=[pw.SQL("DEFAULT ''")])
        training_minutes = pw.IntegerField(null=True)
        must_read = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        channels = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])
        shown_from = pw.BigIntegerField()
        shown_until = pw.BigIntegerField(null=True, index=True)
        written_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        written_at = pw.BigIntegerField()
        withdrawn_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        withdrawn_at = pw.BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "announcement"

    class AnnouncementSeen(pw.Model):
        announcement = pw.ForeignKeyField(Announcement, on_delete="RESTRICT", index=False)
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "announcement_seen"
            indexes = ((("announcement", "person"), True),)

    class AccessRecord(pw.Model):
        at = pw.BigIntegerField(index=True)
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        pc = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        kind = pw.CharField(max_length=16)
        subject = pw.CharField(max_length=32)
        reference = pw.CharField(max_length=64, default="", constraints=[pw.SQL("DEFAULT ''")])
        about = pw.TextField(default="{}", constraints=[pw.SQL("DEFAULT '{}'")])
        row_count = pw.IntegerField(null=True)

        class Meta:
            database = db
            table_name = "access_record"
            indexes = ((("person", "at"), False), (("subject", "reference"), False))

    return [Announcement, AnnouncementSeen, AccessRecord]

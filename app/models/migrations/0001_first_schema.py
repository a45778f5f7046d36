"""The first schema: every table of the first release, its list indexes and both full-text indexes.

Frozen copy of the tables: never import app code here.
"""

import peewee as pw

# Lists of open tickets are read straight off these, in list order.
OPEN_INDEXES = (
    ("ticket_open_status", "ticket", "status, is_paused, due_sort, id"),
    ("ticket_open_team", "ticket", "team_id, is_paused, due_sort, id"),
    ("ticket_open_assignee", "ticket", "assignee_id, is_paused, due_sort, id"),
    ("ticket_open_owner", "ticket", "owner_id, is_paused, due_sort, id"),
    ("ticket_open_priority", "ticket", "priority, is_paused, due_sort, id"),
    ("ticket_open_category", "ticket", "category_id, is_paused, due_sort, id"),
    ("ticket_open_type", "ticket", "type, is_paused, due_sort, id"),
    ("ticket_open_service", "ticket", "service_id, is_paused, due_sort, id"),
    ("ticket_open_order", "ticket", "is_paused, due_sort, id"),
    ("ticket_open_received", "ticket", "received_at, type, priority, resolution_due_at"),
)
HISTORY_INDEXES = (
    ("ticket_all_received", "ticket", "received_at, id, type, priority, response_met, response_due_at"),
    (
        "ticket_all_category_status_assignee_received",
        "ticket",
        "category_id, status, assignee_id, received_at, id",
    ),
    ("ticket_all_status_received", "ticket", "status, received_at, id"),
    ("ticket_all_category_received", "ticket", "category_id, received_at, id"),
    ("ticket_all_assignee_received", "ticket", "assignee_id, received_at, id"),
    ("ticket_all_team_received", "ticket", "team_id, received_at, id"),
    ("ticket_all_requester_received", "ticket", "requester_id, received_at, id"),
    ("ticket_resolved", "ticket", "resolved_at, id, type, priority, resolution_met, is_first_contact"),
    ("ticket_closed", "ticket", "closed_at, id"),
    ("ticket_event_at", "ticket_event", "at, kind"),
)
SEARCHED = ("ticket_search", "article_search", "person_search")


def up(migrator, db):
    """Create everything."""
    if isinstance(db, pw.PostgresqlDatabase):
        db.execute_sql("CREATE SCHEMA IF NOT EXISTS firstline")
    tables = _models(db)
    db.create_tables(tables)
    for name, table, columns in OPEN_INDEXES:
        db.execute_sql(f'CREATE INDEX {name} ON "{table}" ({columns}) WHERE is_open = true')
    for name, table, columns in HISTORY_INDEXES:
        db.execute_sql(f'CREATE INDEX {name} ON "{table}" ({columns})')
    for name in SEARCHED:
        if isinstance(db, pw.PostgresqlDatabase):
            db.execute_sql(f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, tokens TSVECTOR NOT NULL)")
            db.execute_sql(f"CREATE INDEX {name}_tokens ON {name} USING gin (tokens) WITH (fastupdate = off)")
        else:
            # Tokens are made by us; unicode61 only splits them at spaces. prefix=1 serves single hanzi.
            db.execute_sql(
                f"CREATE VIRTUAL TABLE {name} USING fts5"
                "(tokens, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3')"
            )


def down(migrator, db):
    """Drop everything."""
    for name in SEARCHED:
        db.execute_sql(f"DROP TABLE {name}")
    db.drop_tables(_models(db))


def _models(db):
    class DatabaseFact(pw.Model):
        key = pw.CharField(primary_key=True, max_length=32)
        value = pw.TextField()

        class Meta:
            database = db
            table_name = "meta"

    class Change(pw.Model):
        seq = pw.BigAutoField()
        entity = pw.CharField(max_length=24)
        entity_id = pw.IntegerField()
        op_id = pw.CharField(max_length=32)
        at = pw.BigIntegerField(index=True)

        class Meta:
            database = db
            table_name = "change"

    class OpLog(pw.Model):
        op_id = pw.CharField(primary_key=True, max_length=32)
        at = pw.BigIntegerField(index=True)
        result = pw.TextField()

        class Meta:
            database = db
            table_name = "op_log"

    class Counter(pw.Model):
        name = pw.CharField(primary_key=True, max_length=32)
        value = pw.IntegerField()

        class Meta:
            database = db
            table_name = "counter"

    class Company(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        name = pw.CharField(unique=True, max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "company"

    class Department(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        company = pw.ForeignKeyField(Company, on_delete="RESTRICT")
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "department"
            indexes = ((("company", "name"), True),)

    class Person(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        login = pw.CharField(unique=True, null=True, max_length=64)
        email = pw.CharField(max_length=200, default="", constraints=[pw.SQL("DEFAULT ''")])
        company = pw.ForeignKeyField(Company, null=True, on_delete="RESTRICT")
        department = pw.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
        location = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        title = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        language = pw.CharField(max_length=16, default="", constraints=[pw.SQL("DEFAULT ''")])
        is_vip = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        is_staff = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])
        source_key = pw.CharField(unique=True, null=True, max_length=80)

        class Meta:
            database = db
            table_name = "person"

    class PhoneNumber(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="CASCADE")
        kind = pw.CharField(max_length=16)
        number = pw.CharField(max_length=40)
        digits = pw.CharField(index=True, max_length=24)

        class Meta:
            database = db
            table_name = "phone_number"

    class Credential(pw.Model):
        person = pw.ForeignKeyField(Person, primary_key=True, on_delete="RESTRICT")
        password_hash = pw.TextField()
        failed_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        locked_until = pw.BigIntegerField(null=True)
        must_change = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        changed_at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "credential"

    class Team(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(unique=True, max_length=32)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        line = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        specialty = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        is_field = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        is_supplier = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "team"

    class TeamMember(pw.Model):
        team = pw.ForeignKeyField(Team, on_delete="CASCADE")
        person = pw.ForeignKeyField(Person, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "team_member"
            indexes = ((("team", "person"), True),)

    class Role(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(unique=True, max_length=32)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        is_shipped = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "role"

    class RolePermission(pw.Model):
        role = pw.ForeignKeyField(Role, on_delete="CASCADE")
        permission = pw.CharField(max_length=48)

        class Meta:
            database = db
            table_name = "role_permission"
            indexes = ((("role", "permission"), True),)

    class PersonRole(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="CASCADE")
        role = pw.ForeignKeyField(Role, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "person_role"
            indexes = ((("person", "role"), True),)

    class Setting(pw.Model):
        key = pw.CharField(primary_key=True, max_length=64)
        value = pw.TextField()
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])

        class Meta:
            database = db
            table_name = "setting"

    class ConfigVersion(pw.Model):
        kind = pw.CharField(max_length=16)
        code = pw.CharField(max_length=32)
        number = pw.IntegerField()
        body = pw.TextField()
        at = pw.BigIntegerField()
        actor_id = pw.IntegerField(null=True)
        note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "config_version"
            indexes = ((("kind", "code", "number"), True),)

    class CodeItem(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        kind = pw.CharField(max_length=16)
        code = pw.CharField(max_length=32)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "code_item"
            indexes = ((("kind", "code"), True),)

    class WaitingReason(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        kind = pw.CharField(max_length=16)
        code = pw.CharField(unique=True, max_length=32)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        pauses_response = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        pauses_resolution = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])
        longest = pw.CharField(max_length=32, default="", constraints=[pw.SQL("DEFAULT ''")])
        follow_up_every = pw.CharField(max_length=32, default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "waiting_reason"

    class Script(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(unique=True, max_length=32)
        situation = pw.CharField(max_length=24)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        body = pw.TextField()
        body_alt = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "script"

    class SavedView(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        owner = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
        name = pw.CharField(max_length=80)
        name_alt = pw.CharField(max_length=80, default="", constraints=[pw.SQL("DEFAULT ''")])
        query = pw.TextField()
        columns = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "saved_view"

    class Category(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        code = pw.CharField(unique=True, max_length=48)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        default_team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT")
        is_desk_solvable = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        default_impact = pw.IntegerField(null=True)
        default_urgency = pw.IntegerField(null=True)
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "category"

    class Service(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        parent = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT")
        code = pw.CharField(unique=True, max_length=48)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        owner_team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT")
        is_in_scope = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])
        refusal_text = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        refusal_text_alt = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "service"

    class Article(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        number = pw.IntegerField(unique=True)
        title = pw.CharField(max_length=200)
        body = pw.TextField()
        keywords = pw.CharField(max_length=250, default="", constraints=[pw.SQL("DEFAULT ''")])
        language = pw.CharField(max_length=16)
        category = pw.ForeignKeyField(Category, null=True, on_delete="RESTRICT")
        state = pw.CharField(max_length=16)
        author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        reviewer = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        created_at = pw.BigIntegerField()
        updated_at = pw.BigIntegerField()
        review_due_at = pw.BigIntegerField(null=True)
        revision = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        used_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        helped_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        not_helped_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])

        class Meta:
            database = db
            table_name = "article"

    class ArticleRevision(pw.Model):
        article = pw.ForeignKeyField(Article, on_delete="RESTRICT")
        revision = pw.IntegerField()
        title = pw.CharField(max_length=200)
        body = pw.TextField()
        change_text = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        reviewer = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "article_revision"
            indexes = ((("article", "revision"), True),)

    class ArticleFeedback(pw.Model):
        article = pw.ForeignKeyField(Article, on_delete="RESTRICT")
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        ticket_id = pw.IntegerField(null=True)
        has_helped = pw.BooleanField()
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "article_feedback"

    class Ticket(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        number = pw.IntegerField(unique=True)
        type = pw.CharField(max_length=16)
        status = pw.CharField(max_length=16)
        channel = pw.CharField(max_length=16)
        subject = pw.CharField(max_length=250)
        description = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        requester = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        owner = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT", index=False)
        assignee = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        category = pw.ForeignKeyField(Category, null=True, on_delete="RESTRICT", index=False)
        service = pw.ForeignKeyField(Service, null=True, on_delete="RESTRICT", index=False)
        location = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        impact = pw.IntegerField()
        urgency = pw.IntegerField()
        priority = pw.IntegerField()
        priority_source = pw.CharField(
            max_length=16, default="matrix", constraints=[pw.SQL("DEFAULT 'matrix'")]
        )
        received_at = pw.BigIntegerField()
        created_at = pw.BigIntegerField()
        updated_at = pw.BigIntegerField()
        responded_at = pw.BigIntegerField(null=True)
        resolved_at = pw.BigIntegerField(null=True)
        closed_at = pw.BigIntegerField(null=True)
        response_due_at = pw.BigIntegerField(null=True)
        resolution_due_at = pw.BigIntegerField(null=True)
        first_line_due_at = pw.BigIntegerField(null=True)
        response_met = pw.BooleanField(null=True)
        resolution_met = pw.BooleanField(null=True)
        is_open = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])
        is_paused = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        due_sort = pw.BigIntegerField(
            default=9000000000000000, constraints=[pw.SQL("DEFAULT 9000000000000000")]
        )
        clock_started_at = pw.BigIntegerField(null=True)
        waiting_reason = pw.ForeignKeyField(WaitingReason, null=True, on_delete="RESTRICT", index=False)
        solution = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        cause_code = pw.CharField(max_length=32, default="", constraints=[pw.SQL("DEFAULT ''")])
        resolution_code = pw.CharField(max_length=32, default="", constraints=[pw.SQL("DEFAULT ''")])
        resolved_line = pw.IntegerField(null=True)
        article = pw.ForeignKeyField(Article, null=True, on_delete="RESTRICT", index=False)
        no_article_fits = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        confirmation = pw.CharField(null=True, max_length=16)
        is_first_contact = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        is_proactive = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        reopened_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        duplicate_of = pw.ForeignKeyField("self", null=True, on_delete="RESTRICT", index=False)
        sla_version = pw.ForeignKeyField(ConfigVersion, null=True, on_delete="RESTRICT", index=False)
        matrix_version = pw.ForeignKeyField(ConfigVersion, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "ticket"

    class TicketEvent(pw.Model):
        ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()
        actor = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        kind = pw.CharField(max_length=16)
        field = pw.CharField(null=True, max_length=32)
        old = pw.TextField(null=True)
        new = pw.TextField(null=True)
        client = pw.CharField(max_length=64, default="", constraints=[pw.SQL("DEFAULT ''")])
        batch = pw.CharField(max_length=32, default="", constraints=[pw.SQL("DEFAULT ''")])
        detail = pw.TextField(null=True)

        class Meta:
            database = db
            table_name = "ticket_event"
            indexes = ((("ticket", "id"), False),)

    class AttachmentBody(pw.Model):
        sha256 = pw.CharField(primary_key=True, max_length=64)
        body = pw.BlobField()

        class Meta:
            database = db
            table_name = "attachment_body"

    class Attachment(pw.Model):
        ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
        name = pw.CharField(max_length=200)
        media_type = pw.CharField(max_length=100, default="", constraints=[pw.SQL("DEFAULT ''")])
        size = pw.IntegerField()
        content = pw.ForeignKeyField(AttachmentBody, column_name="sha256", on_delete="RESTRICT", index=False)
        added_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        added_at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "attachment"

    class TicketLink(pw.Model):
        ticket = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
        other = pw.ForeignKeyField(Ticket, on_delete="RESTRICT")
        kind = pw.CharField(max_length=16)

        class Meta:
            database = db
            table_name = "ticket_link"
            indexes = ((("ticket", "other", "kind"), True),)

    class ShiftTemplate(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(unique=True, max_length=4)
        name = pw.CharField(max_length=60)
        name_alt = pw.CharField(max_length=60, default="", constraints=[pw.SQL("DEFAULT ''")])
        kind = pw.CharField(max_length=16)
        start_minute = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        duration_minute = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        tone = pw.CharField(max_length=16)
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "shift_template"

    class Assignment(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        is_supervisor = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])

        class Meta:
            database = db
            table_name = "assignment"
            indexes = ((("on_date", "person"), True), (("person", "on_date"), False))

    class CoverageRule(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        team = pw.ForeignKeyField(Team, null=True, on_delete="RESTRICT", index=False)
        day_type = pw.CharField(max_length=24)
        minimum = pw.IntegerField()

        class Meta:
            database = db
            table_name = "coverage_rule"
            indexes = ((("template", "team", "day_type"), True),)

    class RosterMonth(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        month = pw.CharField(unique=True, max_length=7)
        is_published = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        published_at = pw.BigIntegerField(null=True)
        published_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "roster_month"

    class ShiftNote(pw.Model):
        on_date = pw.CharField(index=True, max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        text = pw.TextField()
        author = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()
        done_at = pw.BigIntegerField(null=True)
        done_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)

        class Meta:
            database = db
            table_name = "shift_note"

    class ImportSource(pw.Model):
        name = pw.CharField(unique=True, max_length=200)
        mapping = pw.CharField(max_length=80)
        started_at = pw.BigIntegerField()
        finished_at = pw.BigIntegerField(null=True)
        rows_done = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])

        class Meta:
            database = db
            table_name = "import_source"

    class ImportRow(pw.Model):
        source = pw.ForeignKeyField(ImportSource, on_delete="CASCADE", index=False)
        line = pw.IntegerField()
        hash = pw.CharField(max_length=64)
        ticket_id = pw.IntegerField(null=True)

        class Meta:
            database = db
            table_name = "import_row"
            primary_key = pw.CompositeKey("source", "line", "hash")

    return [
        DatabaseFact,
        Change,
        OpLog,
        Counter,
        Company,
        Department,
        Person,
        PhoneNumber,
        Credential,
        Team,
        TeamMember,
        Role,
        RolePermission,
        PersonRole,
        Setting,
        ConfigVersion,
        CodeItem,
        WaitingReason,
        Script,
        SavedView,
        Category,
        Service,
        Article,
        ArticleRevision,
        ArticleFeedback,
        Ticket,
        TicketEvent,
        AttachmentBody,
        Attachment,
        TicketLink,
        ShiftTemplate,
        Assignment,
        CoverageRule,
        RosterMonth,
        ShiftNote,
        ImportSource,
        ImportRow,
    ]

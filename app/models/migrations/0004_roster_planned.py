"""The roster is planned, published, handed over: versions, terms, skills, leave, swaps, presence, handovers.

Frozen copy of the tables: never import app code here.
"""

import peewee as pw

# Rights that are new, and the shipped roles that get them; a role of the site's own gets none by itself.
EVERYBODY_ON_THE_ROSTER = (
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
    "roster.ask": EVERYBODY_ON_THE_ROSTER,
    "roster.approve": ("duty_supervisor", "desk_manager", "administrator"),
    "opportunities.write": EVERYBODY_ON_THE_ROSTER,
}


def up(migrator, db):
    """Add what is new; every cell painted so far is one that an auto-fill may change."""
    is_sqlite = not isinstance(db, pw.PostgresqlDatabase)
    flag = "INTEGER" if is_sqlite else "BOOLEAN"
    db.execute_sql(
        'ALTER TABLE "assignment" ADD COLUMN team_id INTEGER REFERENCES "team" ("id") ON DELETE RESTRICT'
    )
    db.execute_sql(f'ALTER TABLE "assignment" ADD COLUMN is_fixed {flag} NOT NULL DEFAULT false')
    db.create_tables(_models(db))
    for permission, roles in NEW_RIGHTS.items():
        codes = ", ".join(f"'{code}'" for code in roles)
        db.execute_sql(
            f"INSERT INTO role_permission (role_id, permission) SELECT id, '{permission}' FROM role"
            f" WHERE is_shipped = true AND code IN ({codes})"
        )


def down(migrator, db):
    """Take it back; versions, requests, swaps and handovers are lost, the roster itself stays."""
    db.drop_tables(_models(db))
    for permission in NEW_RIGHTS:
        db.execute_sql(f"DELETE FROM role_permission WHERE permission = '{permission}'")
    for column in ("is_fixed", "team_id"):
        db.execute_sql(f'ALTER TABLE "assignment" DROP COLUMN {column}')


def _models(db):
    class Person(pw.Model):
        class Meta:
            database = db
            table_name = "person"

    class Department(pw.Model):
        class Meta:
            database = db
            table_name = "department"

    class ShiftTemplate(pw.Model):
        class Meta:
            database = db
            table_name = "shift_template"

    class AttachmentBody(pw.Model):
        sha256 = pw.CharField(max_length=64, primary_key=True)

        class Meta:
            database = db
            table_name = "attachment_body"

    class RosterVersion(pw.Model):
        month = pw.CharField(max_length=7)
        number = pw.IntegerField()
        at = pw.BigIntegerField()
        actor = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        body = pw.TextField()

        class Meta:
            database = db
            table_name = "roster_version"
            indexes = ((("month", "number"), True),)

    class RosterSeen(pw.Model):
        roster_version = pw.ForeignKeyField(RosterVersion, on_delete="RESTRICT", index=False)
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "roster_seen"
            indexes = ((("roster_version", "person"), True),)

    class Crew(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(max_length=16, unique=True)
        name = pw.CharField(max_length=60)
        name_alt = pw.CharField(max_length=60, default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "crew"

    class ShiftPattern(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(max_length=16, unique=True)
        name = pw.CharField(max_length=60)
        name_alt = pw.CharField(max_length=60, default="", constraints=[pw.SQL("DEFAULT ''")])
        cells = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "shift_pattern"

    class WorkTerms(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        person = pw.ForeignKeyField(Person, null=True, unique=True, on_delete="RESTRICT")
        department = pw.ForeignKeyField(Department, null=True, unique=True, on_delete="RESTRICT")
        no_nights = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        no_weekends = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        no_holidays = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        contract_minutes = pw.IntegerField(null=True)
        nights_most = pw.IntegerField(null=True)
        is_reachable = pw.BooleanField(default=False, constraints=[pw.SQL("DEFAULT false")])
        crew = pw.ForeignKeyField(Crew, null=True, on_delete="RESTRICT", index=False)
        substitute = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        joined_on = pw.CharField(max_length=10, default="", constraints=[pw.SQL("DEFAULT ''")])
        left_on = pw.CharField(max_length=10, default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "work_terms"

    class Skill(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(max_length=32, unique=True)
        name = pw.CharField(max_length=120)
        name_alt = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "skill"

    class PersonSkill(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="CASCADE", index=False)
        skill = pw.ForeignKeyField(Skill, on_delete="RESTRICT", index=False)
        level = pw.CharField(max_length=16)

        class Meta:
            database = db
            table_name = "person_skill"
            indexes = ((("person", "skill"), True),)

    class Training(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT")
        skill = pw.ForeignKeyField(Skill, null=True, on_delete="RESTRICT", index=False)
        held_on = pw.CharField(max_length=10, index=True)
        title = pw.CharField(max_length=200)
        minutes = pw.IntegerField()
        note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "training"

    class SkillNeed(pw.Model):
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="CASCADE", index=False)
        skill = pw.ForeignKeyField(Skill, on_delete="RESTRICT", index=False)
        level = pw.CharField(max_length=16)
        day_type = pw.CharField(max_length=24, default="", constraints=[pw.SQL("DEFAULT ''")])
        minimum = pw.IntegerField()

        class Meta:
            database = db
            table_name = "skill_need"
            indexes = ((("template", "skill", "day_type"), True),)

    class LeaveRequest(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT")
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        first_date = pw.CharField(max_length=10)
        last_date = pw.CharField(max_length=10)
        reason = pw.TextField()
        state = pw.CharField(max_length=16)
        substitute = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        asked_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        asked_at = pw.BigIntegerField()
        decided_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        decided_at = pw.BigIntegerField(null=True)
        decision_note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        replaced = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])

        class Meta:
            database = db
            table_name = "leave_request"
            indexes = ((("state", "first_date"), False),)

    class ShiftSwap(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        asker = pw.ForeignKeyField(Person, on_delete="RESTRICT")
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        other = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT")
        other_date = pw.CharField(max_length=10, default="", constraints=[pw.SQL("DEFAULT ''")])
        other_template = pw.ForeignKeyField(ShiftTemplate, null=True, on_delete="RESTRICT", index=False)
        reason = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        state = pw.CharField(max_length=16)
        asked_at = pw.BigIntegerField()
        expires_at = pw.BigIntegerField()
        answered_at = pw.BigIntegerField(null=True)
        decided_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        decided_at = pw.BigIntegerField(null=True)
        decision_note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        replaced = pw.TextField(default="[]", constraints=[pw.SQL("DEFAULT '[]'")])

        class Meta:
            database = db
            table_name = "shift_swap"
            indexes = ((("state", "on_date"), False),)

    class ShiftWish(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, null=True, on_delete="RESTRICT", index=False)
        text = pw.CharField(max_length=200, default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "shift_wish"
            indexes = ((("on_date", "person"), True),)

    class Attendance(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        in_at = pw.BigIntegerField()
        out_at = pw.BigIntegerField(null=True)
        note = pw.CharField(max_length=200, default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "attendance"
            indexes = ((("on_date", "person"), True),)

    class AwayTime(pw.Model):
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        from_at = pw.BigIntegerField()
        planned_until = pw.BigIntegerField(null=True)
        back_at = pw.BigIntegerField(null=True)
        reason = pw.CharField(max_length=200)

        class Meta:
            database = db
            table_name = "away_time"
            indexes = ((("person", "from_at"), False),)

    class ShiftCheck(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        code = pw.CharField(max_length=32, unique=True)
        moment = pw.CharField(max_length=16)
        name = pw.CharField(max_length=200)
        name_alt = pw.CharField(max_length=200, default="", constraints=[pw.SQL("DEFAULT ''")])
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        is_active = pw.BooleanField(default=True, constraints=[pw.SQL("DEFAULT true")])

        class Meta:
            database = db
            table_name = "shift_check"

    class ShiftCheckTick(pw.Model):
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        shift_check = pw.ForeignKeyField(ShiftCheck, on_delete="RESTRICT", index=False)
        is_good = pw.BooleanField()
        note = pw.CharField(max_length=200, default="", constraints=[pw.SQL("DEFAULT ''")])
        person = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "shift_check_tick"
            indexes = ((("on_date", "template", "shift_check"), True),)

    class CallHour(pw.Model):
        starts_at = pw.BigIntegerField(unique=True)
        offered = pw.IntegerField()
        answered = pw.IntegerField()
        abandoned = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        talk_seconds = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        after_seconds = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        ring_seconds = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        source = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "call_hour"

    class Handover(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        on_date = pw.CharField(max_length=10)
        template = pw.ForeignKeyField(ShiftTemplate, on_delete="RESTRICT", index=False)
        state = pw.CharField(max_length=16)
        opened_at = pw.BigIntegerField()
        opened_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        remarks = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        out_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        out_at = pw.BigIntegerField(null=True)
        in_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        in_at = pw.BigIntegerField(null=True)
        out_reason = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        in_reason = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        number = pw.IntegerField(null=True, unique=True)
        record = pw.TextField(null=True)
        sha256 = pw.CharField(max_length=64, default="", constraints=[pw.SQL("DEFAULT ''")])
        previous_sha256 = pw.CharField(max_length=64, default="", constraints=[pw.SQL("DEFAULT ''")])
        paper = pw.ForeignKeyField(
            AttachmentBody, column_name="paper_sha256", null=True, on_delete="RESTRICT", index=False
        )

        class Meta:
            database = db
            table_name = "handover"
            indexes = ((("on_date", "template"), True),)

    class HandoverLine(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        handover = pw.ForeignKeyField(Handover, on_delete="CASCADE", index=False)
        section = pw.CharField(max_length=24)
        reference = pw.CharField(max_length=40)
        position = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        body = pw.TextField(default="{}", constraints=[pw.SQL("DEFAULT '{}'")])
        note = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        state = pw.CharField(max_length=16, default="open", constraints=[pw.SQL("DEFAULT 'open'")])
        question = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        answer = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])
        ticked_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        ticked_at = pw.BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "handover_line"
            indexes = ((("handover", "section", "reference"), True),)

    class SigningPin(pw.Model):
        person = pw.ForeignKeyField(Person, primary_key=True, on_delete="RESTRICT")
        pin_hash = pw.TextField()
        failed_count = pw.IntegerField(default=0, constraints=[pw.SQL("DEFAULT 0")])
        locked_until = pw.BigIntegerField(null=True)
        changed_at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "signing_pin"

    class Opportunity(pw.Model):
        version = pw.IntegerField(default=1, constraints=[pw.SQL("DEFAULT 1")])
        text = pw.TextField()
        requester = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        ticket_id = pw.IntegerField(null=True)
        state = pw.CharField(max_length=16)
        noted_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        noted_at = pw.BigIntegerField(index=True)
        forwarded_to = pw.CharField(max_length=120, default="", constraints=[pw.SQL("DEFAULT ''")])
        forwarded_by = pw.ForeignKeyField(Person, null=True, on_delete="RESTRICT", index=False)
        forwarded_at = pw.BigIntegerField(null=True)
        outcome = pw.TextField(default="", constraints=[pw.SQL("DEFAULT ''")])

        class Meta:
            database = db
            table_name = "opportunity"

    class Acknowledgement(pw.Model):
        article_id = pw.IntegerField()
        revision = pw.IntegerField()
        person = pw.ForeignKeyField(Person, on_delete="RESTRICT", index=False)
        at = pw.BigIntegerField()

        class Meta:
            database = db
            table_name = "acknowledgement"
            indexes = ((("article_id", "revision", "person"), True),)

    return [
        RosterVersion,
        RosterSeen,
        Crew,
        ShiftPattern,
        WorkTerms,
        Skill,
        PersonSkill,
        Training,
        SkillNeed,
        LeaveRequest,
        ShiftSwap,
        ShiftWish,
        Attendance,
        AwayTime,
        ShiftCheck,
        ShiftCheckTick,
        CallHour,
        Handover,
        HandoverLine,
        SigningPin,
        Opportunity,
        Acknowledgement,
    ]

"""How people are stored: requesters and staff, their numbers, teams, roles and credentials."""

from __future__ import annotations

import peewee as pw

from app.models.tables.base import BaseTable, UtcField, VersionedTable


class Company(VersionedTable):
    """The company or a subsidiary of the group a requester works for (S1-8)."""

    name = pw.CharField(max_length=120, unique=True)
    name_alt = pw.CharField(max_length=120, default="")
    is_active = pw.BooleanField(default=True)


class Department(VersionedTable):
    """A department of one company."""

    company = pw.ForeignKeyField(Company, on_delete="RESTRICT")
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    is_active = pw.BooleanField(default=True)

    class Meta:
        indexes = ((("company", "name"), True),)


class Person(VersionedTable):
    """Anybody the desk knows: callers and staff alike. Only staff can sign in."""

    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    login = pw.CharField(max_length=64, null=True, unique=True)
    email = pw.CharField(max_length=200, default="")
    company = pw.ForeignKeyField(Company, null=True, on_delete="RESTRICT")
    department = pw.ForeignKeyField(Department, null=True, on_delete="RESTRICT")
    location = pw.CharField(max_length=120, default="")
    title = pw.CharField(max_length=120, default="")
    language = pw.CharField(max_length=16, default="")
    is_vip = pw.BooleanField(default=False)
    is_staff = pw.BooleanField(default=False)
    is_active = pw.BooleanField(default=True)
    source_key = pw.CharField(max_length=80, null=True, unique=True)


class PhoneNumber(BaseTable):
    """One number of a person; `digits` is its canonical form, what a caller look-up compares."""

    person = pw.ForeignKeyField(Person, on_delete="CASCADE")
    kind = pw.CharField(max_length=16)
    number = pw.CharField(max_length=40)
    digits = pw.CharField(max_length=24, index=True)


class Credential(pw.Model):
    """How a member of staff proves to be themselves; failed tries are counted here, in one UPDATE."""

    person = pw.ForeignKeyField(Person, primary_key=True, on_delete="RESTRICT")
    password_hash = pw.TextField()
    failed_count = pw.IntegerField(default=0)
    locked_until = UtcField(null=True)
    must_change = pw.BooleanField(default=False)
    changed_at = UtcField()

    class Meta:
        legacy_table_names = False


class Team(VersionedTable):
    """A team of the desk or a supplier; `line` 1 to 3 is its support line, `is_field` the desk's hand."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    line = pw.IntegerField(default=1)
    specialty = pw.CharField(max_length=120, default="")
    is_field = pw.BooleanField(default=False)
    is_supplier = pw.BooleanField(default=False)
    position = pw.IntegerField(default=0)
    is_active = pw.BooleanField(default=True)


class TeamMember(BaseTable):
    """Who belongs to which team."""

    team = pw.ForeignKeyField(Team, on_delete="CASCADE")
    person = pw.ForeignKeyField(Person, on_delete="CASCADE")

    class Meta:
        indexes = ((("team", "person"), True),)


class Role(VersionedTable):
    """A named set of permissions; shipped roles can be copied, own ones edited."""

    code = pw.CharField(max_length=32, unique=True)
    name = pw.CharField(max_length=120)
    name_alt = pw.CharField(max_length=120, default="")
    is_shipped = pw.BooleanField(default=False)
    is_active = pw.BooleanField(default=True)


class RolePermission(BaseTable):
    """The one table role x permission."""

    role = pw.ForeignKeyField(Role, on_delete="CASCADE")
    permission = pw.CharField(max_length=48)

    class Meta:
        indexes = ((("role", "permission"), True),)


class PersonRole(BaseTable):
    """Which roles a person holds; several at once are possible."""

    person = pw.ForeignKeyField(Person, on_delete="CASCADE")
    role = pw.ForeignKeyField(Role, on_delete="CASCADE")

    class Meta:
        indexes = ((("person", "role"), True),)

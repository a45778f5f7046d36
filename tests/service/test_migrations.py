"""Migrations end in exactly the declared tables, go back, and leave alone what is not theirs."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import peewee as pw
import pytest

from app.models import schema
from app.models.entities.errors import StoreRefused
from app.models.store import Store
from app.models.tables.registry import ALL_TABLES
from tests.support.databases import Databases
from tests.support.migrating import runner

FIRST = "0001_first_schema"
SECOND = "0002_service_levels_watched"
THIRD = "0003_ticket_facts"
FOURTH = "0004_roster_planned"
FIFTH = "0005_announced_and_audited"
TABLES = [table._meta.table_name for table in ALL_TABLES]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    yield store
    store.release()


@pytest.fixture
def empty_store(empty_database_url: str) -> Iterator[Store]:
    store = Store(empty_database_url)
    yield store
    store.release()


@pytest.fixture
def declared(empty_store: Store) -> Store:
    """A database made from the declared tables instead of by migrations."""
    database = empty_store.database
    empty_store.dialect.connect(database)
    if isinstance(database, pw.PostgresqlDatabase):
        database.execute_sql("CREATE SCHEMA firstline")
    with database.bind_ctx(ALL_TABLES):
        database.create_tables(ALL_TABLES)
    return empty_store


def columns(database: pw.Database, table: str) -> set[tuple[str, str, bool, bool]]:
    return {
        (column.name, column.data_type.upper(), column.null, column.primary_key)
        for column in database.get_columns(table)
    }


def references(database: pw.Database, table: str) -> set[tuple[str, str, str]]:
    return {(key.column, key.dest_table, key.dest_column) for key in database.get_foreign_keys(table)}


def test_migrations_end_in_the_declared_columns(store: Store, declared: Store) -> None:
    store.dialect.connect(store.database)

    assert {name: columns(store.database, name) for name in TABLES} == {
        name: columns(declared.database, name) for name in TABLES
    }


def test_migrations_end_in_the_declared_references(store: Store, declared: Store) -> None:
    store.dialect.connect(store.database)

    assert {name: references(store.database, name) for name in TABLES} == {
        name: references(declared.database, name) for name in TABLES
    }


def test_a_migrated_database_is_current(store: Store) -> None:
    assert store.state() is schema.SchemaState.CURRENT


def test_migrating_again_changes_nothing(store: Store) -> None:
    assert store.migrate() == []


def test_0001_first_schema_goes_back_to_nothing_and_forth_again(store: Store) -> None:
    runner(store).down(FIRST)
    left = set(store.database.get_tables()) - {"schema_migration"}
    again = runner(store).up(FIRST)

    assert left == set()
    assert again == [FIRST]


def test_two_programs_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    def start(_: int) -> list[str]:
        store = Store(empty_database_url)
        try:
            return store.migrate()
        finally:
            store.release()

    with ThreadPoolExecutor(2) as programs:
        done = sorted(programs.map(start, range(2)), key=len)

    assert done[0] == []
    assert FIRST in done[1]


def test_a_database_of_a_newer_program_is_refused_and_left_alone(store: Store) -> None:
    newer = str(schema.head() + 1)
    mark = store.dialect.sql("UPDATE meta SET value = ? WHERE key = 'schema_version'")
    store.dialect.connect(store.database)
    store.database.execute_sql(mark, (newer,))

    with pytest.raises(StoreRefused, match=r"store\.newer"):
        store.migrate()

    assert schema.read_meta(store.database)["schema_version"] == newer


def test_somebody_elses_database_is_refused(empty_store: Store) -> None:
    empty_store.dialect.connect(empty_store.database)
    if isinstance(empty_store.database, pw.PostgresqlDatabase):
        empty_store.database.execute_sql("CREATE SCHEMA firstline")
    empty_store.database.execute_sql("CREATE TABLE invoices (id INTEGER)")

    with pytest.raises(StoreRefused, match=r"store\.foreign"):
        empty_store.migrate()

    assert empty_store.database.get_tables() == ["invoices"]


def test_a_database_without_tables_is_empty(databases: Databases, empty_store: Store) -> None:
    assert empty_store.state() is schema.SchemaState.EMPTY


def test_0002_service_levels_watched_looks_at_every_ticket_that_is_not_over(
    empty_database_url: str,
) -> None:
    old = Store(empty_database_url)
    old.migrate(target=FIRST)
    old.dialect.connect(old.database)
    for number, status in enumerate(("assigned", "resolved", "closed", "cancelled"), start=1):
        old.database.execute_sql(
            old.dialect.sql(
                "INSERT INTO ticket (number, type, status, channel, subject, impact, urgency, priority,"
                " received_at, created_at, updated_at) VALUES (?, 'incident', ?, 'phone', 'x', 1, 1, 1,"
                " 0, 0, 0)"
            ),
            (number, status),
        )
    role = "INSERT INTO role (code, name, is_shipped, version) VALUES (?, ?, ?, 1)"
    for code, is_shipped in (("duty_supervisor", True), ("process_manager", False)):
        old.database.execute_sql(old.dialect.sql(role), (code, code, is_shipped))
    old.migrate(target=SECOND)

    with old.read() as read:
        woken = [tuple(row) for row in read.rows("SELECT status, wake_at FROM ticket ORDER BY number")]
        rights = [
            tuple(row)
            for row in read.rows(
                "SELECT role.code, permission FROM role_permission JOIN role ON role.id = role_id"
                " ORDER BY permission"
            )
        ]
    again = runner(old)
    again.down(SECOND)
    left = {name for name in ("lease", "escalation", "notice") if name in old.database.get_tables()}
    old.release()

    assert woken == [("assigned", 0), ("resolved", 0), ("closed", None), ("cancelled", None)]
    assert rights == [("duty_supervisor", "priority.major"), ("duty_supervisor", "tickets.escalate")]
    assert left == set()


def test_0003_ticket_facts_says_nothing_about_a_ticket_of_before(empty_database_url: str) -> None:
    old = Store(empty_database_url)
    old.migrate(target=SECOND)
    old.dialect.connect(old.database)
    old.database.execute_sql(
        "INSERT INTO ticket (number, type, status, channel, subject, impact, urgency, priority,"
        " received_at, created_at, updated_at) VALUES (7, 'incident', 'new', 'phone', 'x', 1, 1, 1, 0, 0, 0)"
    )
    old.migrate()
    facts = "restored_at, bearable_until, promised_at, estimate_minutes, estimate_people, estimate_cost"
    with old.read() as read:
        said = [tuple(row) for row in read.rows(f"SELECT {facts} FROM ticket")]
    runner(old).down(THIRD)
    left = {column.name for column in old.database.get_columns("ticket")}
    old.release()

    assert said == [(None,) * 6]
    assert "restored_at" not in left
    assert "sla_version_id" in left


def test_0004_roster_planned_keeps_what_was_painted(empty_database_url: str) -> None:
    old = Store(empty_database_url)
    old.migrate(target=THIRD)
    old.dialect.connect(old.database)
    person = "INSERT INTO person (name, version) VALUES ('Zhang', 1)"
    shift = (
        "INSERT INTO shift_template (code, name, kind, start_minute, duration_minute, tone, version)"
        " VALUES ('D', 'Day', 'work', 480, 720, 'd', 1)"
    )
    cell = (
        "INSERT INTO assignment (person_id, on_date, template_id, is_supervisor, version)"
        " VALUES (1, '2026-11-22', 1, true, 1)"
    )
    for statement in (person, shift, cell):
        old.database.execute_sql(statement)
    role = "INSERT INTO role (code, name, is_shipped, version) VALUES (?, ?, ?, 1)"
    for code, is_shipped in (("duty_supervisor", True), ("hotline_engineer", False)):
        old.database.execute_sql(old.dialect.sql(role), (code, code, is_shipped))
    old.migrate(target=FOURTH)

    with old.read() as read:
        painted = [
            tuple(row)
            for row in read.rows("SELECT on_date, is_supervisor, team_id, is_fixed FROM assignment")
        ]
        rights = [row[0] for row in read.rows("SELECT permission FROM role_permission ORDER BY permission")]
    runner(old).down(FOURTH)
    kept = old.database.execute_sql("SELECT COUNT(*) FROM assignment").fetchone()[0]
    left = {"roster_version", "handover", "leave_request"} & set(old.database.get_tables())
    old.release()

    assert painted == [("2026-11-22", True, None, False)]
    assert rights == ["opportunities.write", "roster.approve", "roster.ask"]
    assert (kept, left) == (1, set())


def test_0005_announced_and_audited_keeps_trainings_and_terms(empty_database_url: str) -> None:
    old = Store(empty_database_url)
    old.migrate(target=FOURTH)
    old.dialect.connect(old.database)
    for statement in (
        "INSERT INTO person (name, version) VALUES ('Zhang', 1)",
        "INSERT INTO work_terms (person_id, no_nights) VALUES (1, true)",
        "INSERT INTO training (person_id, held_on, title, minutes) VALUES (1, '2026-11-22', 'ERP', 90)",
        "INSERT INTO shift_template (code, name, kind, start_minute, duration_minute, tone, version)"
        " VALUES ('D', 'Day', 'work', 480, 720, 'd', 1)",
        "INSERT INTO attendance (person_id, on_date, template_id, in_at) VALUES (1, '2026-11-20', 1, 7)",
        "INSERT INTO away_time (person_id, from_at, reason) VALUES (1, 7, 'errand')",
    ):
        old.database.execute_sql(statement)
    role = "INSERT INTO role (code, name, is_shipped, version) VALUES (?, ?, ?, 1)"
    for code, is_shipped in (("desk_manager", True), ("hotline_engineer", False)):
        old.database.execute_sql(old.dialect.sql(role), (code, code, is_shipped))
    old.migrate()

    with old.read() as read:
        terms = [tuple(row) for row in read.rows("SELECT no_nights, superior_id FROM work_terms")]
        trained = [tuple(row) for row in read.rows("SELECT title, announcement_id FROM training")]
        bounds = "SELECT first_date, last_date, previous_id FROM shift_template"
        dated = [tuple(row) for row in read.rows(bounds)]
        rights = [row[0] for row in read.rows("SELECT permission FROM role_permission ORDER BY permission")]
        corrected = "SELECT in_at, is_corrected, corrected_by_id FROM attendance"
        there = [tuple(row) for row in read.rows(corrected)]
        gone = [tuple(row) for row in read.rows("SELECT reason, permission, decided_by_id FROM away_time")]
    runner(old).down(FIFTH)
    kept = old.database.execute_sql("SELECT title FROM training").fetchone()[0]
    shifts = {column.name for column in old.database.get_columns("shift_template")}
    left = {"announcement", "announcement_seen", "access_record"} & set(old.database.get_tables())
    old.release()

    assert (terms, trained) == ([(True, None)], [("ERP", None)])
    assert dated == [("", "", None)]
    assert (there, gone) == ([(7, False, None)], [("errand", "none", None)])
    assert "is_active" in shifts
    assert not shifts & {"first_date", "last_date", "previous_id"}
    assert rights == ["announcements.write", "audit.read", "people.reveal"]
    assert (kept, left) == ("ERP", set())

"""Looking after the database: what it is told to be, its backups, and a check that finds damage."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.models.dialects import SqliteDialect
from app.models.entities.errors import BadInput, NotAllowed, StoreRefused
from app.models.schema import head
from app.services.base.context import Actor, Context
from app.services.base.progress import Cancelled, NoProgress
from app.services.store_care import addresses
from app.services.store_care.backups import make_backup
from app.services.store_care.queries import Sharing, check_store, store_facts
from tests.support.factories import Make


class Steps:
    """Remembers what was reported; gives up after `most` steps."""

    def __init__(self, most: int = 1_000) -> None:
        self.reported: list[tuple[int, int]] = []
        self._most = most

    def report(self, done: int, total: int) -> None:
        self.reported.append((done, total))
        if len(self.reported) > self._most:
            raise Cancelled


def is_file(ctx: Context) -> bool:
    return isinstance(ctx.store.dialect, SqliteDialect)


def test_the_facts_name_the_system_the_schema_and_who_can_read(ctx: Context) -> None:
    facts = store_facts(ctx)

    assert facts.system == ("SQLite" if is_file(ctx) else "PostgreSQL")
    assert facts.schema == facts.program_schema == head()
    assert facts.size > 0
    assert facts.sharing is (Sharing.ONE_PC if is_file(ctx) else Sharing.SHARED_LOGIN)
    assert bool(facts.login) is not is_file(ctx)


def test_a_sound_database_has_no_findings(ctx: Context, make: Make) -> None:
    make.ticket()
    steps = Steps()

    found = check_store(ctx, steps)

    assert found.findings == ()
    assert found.rows > 0
    assert steps.reported[-1] == (found.tables, found.tables)


def test_a_check_can_be_stopped(ctx: Context) -> None:
    with pytest.raises(Cancelled):
        check_store(ctx, Steps(most=2))


def test_a_broken_reference_is_found(ctx: Context, make: Make) -> None:
    if not is_file(ctx):
        return  # a server never lets one come about
    ticket = make.ticket()
    ctx.store.release()
    with closing(sqlite3.connect(ctx.store.dialect.path)) as past_the_program:  # type: ignore[attr-defined]
        past_the_program.execute(
            "UPDATE ticket_event SET ticket_id = 999999 WHERE ticket_id = ?", (ticket.id,)
        )
        past_the_program.commit()

    found = check_store(ctx, NoProgress())

    assert any("broken reference to ticket" in text for text in found.findings)


def test_a_backup_is_listed_afterwards(ctx: Context) -> None:
    if not is_file(ctx):
        return  # whether there is a tool for it depends on the PC

    written = make_backup(ctx)

    assert written is not None
    assert [backup.path for backup in store_facts(ctx).backups] == [written.absolute()]


def test_a_backup_needs_the_right_to_change_settings(ctx: Context) -> None:
    viewer = ctx.acting_as(Actor(None, "viewer", frozenset({"settings.read"}), "pc"))

    with pytest.raises(NotAllowed):
        make_backup(viewer)


def test_an_address_is_shown_without_its_password() -> None:
    assert addresses.shown_address("postgresql://desk:secret@db/desk") == "postgresql://desk@db/desk"
    assert addresses.shown_address("sqlite:///D:/desk/desk.db") == "D:/desk/desk.db"


def test_a_typed_password_is_left_out_of_a_usable_address() -> None:
    assert addresses.usable_address(" postgresql://desk:secret@db/desk ") == "postgresql://desk@db/desk"


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(BadInput):
        addresses.usable_address("mysql://db/desk")


def test_a_file_in_a_synchronised_folder_is_refused() -> None:
    with pytest.raises(StoreRefused):
        addresses.usable_address(addresses.file_address(Path("OneDrive") / "desk.db"))

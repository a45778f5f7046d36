"""What is asked about the database itself: where it is, how large, who can read it, whether it is sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from app.models import backup
from app.models.dialects import SqliteDialect
from app.models.places import Place, place_of
from app.models.schema import head
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.progress import Progress
from app.services.store_care.addresses import shown_address

_MOST_FINDINGS = 20


class Sharing(StrEnum):
    """Who can read and change the data past this program."""

    ONE_PC = "one_pc"  # every account of this PC that can open the folder
    SHARE = "share"  # everybody who may write to the share
    SHARED_LOGIN = "shared_login"  # everybody who knows the one login of the server


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was proved when it was written."""

    path: Path
    size: int
    at: datetime


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What the database is. `size` is in bytes; `server` is the version of SQLite or PostgreSQL.

    `folder` is where a SQLite file lies and `backups` those found beside it, the newest first; a server has
    neither. `program_schema` is the schema this program was made for.
    """

    address: str
    system: str
    server: str
    login: str
    sharing: Sharing
    size: int
    schema: int
    program_schema: int
    folder: Path | None = None
    backups: tuple[Backup, ...] = ()


@dataclass(frozen=True, slots=True)
class Soundness:
    """What a check found; no findings means the database is sound. `rows` were read, of `tables` tables."""

    tables: int
    rows: int
    findings: tuple[str, ...] = ()


@query(permission="settings.read")
def store_facts(ctx: Context, read: Reader) -> StoreFacts:
    """Return what the database is and who can reach it."""
    schema = int(read.value("SELECT value FROM meta WHERE key = ?", ("schema_version",)))
    dialect = ctx.store.dialect
    if isinstance(dialect, SqliteDialect):
        is_shared = place_of(dialect.path) is not Place.LOCAL
        return StoreFacts(
            address=shown_address(ctx.store.url),
            system="SQLite",
            server=str(read.value("SELECT sqlite_version()")),
            login="",
            sharing=Sharing.SHARE if is_shared else Sharing.ONE_PC,
            size=dialect.path.stat().st_size,
            schema=schema,
            program_schema=head(),
            folder=dialect.path.absolute().parent,
            backups=tuple(_backups(dialect.path)),
        )
    return StoreFacts(
        address=shown_address(ctx.store.url),
        system="PostgreSQL",
        server=str(read.value("SHOW server_version")),
        login=str(read.value("SELECT current_user")),
        sharing=Sharing.SHARED_LOGIN,
        size=int(read.value("SELECT pg_database_size(current_database())")),
        schema=schema,
        program_schema=head(),
    )


@query(permission="settings.read")
def check_store(ctx: Context, read: Reader, progress: Progress) -> Soundness:
    """Read every table and say what is damaged: tables one after another, then the references between them.

    A SQLite file is checked page by page and index by index. A server looks after its own pages; there each
    row is read once, which fails where one cannot be read.

    Raises:
        Cancelled: the person stopped it.
        StoreUnavailable: the database cannot be read on; `store.damaged` where it says so itself.
    """
    is_file = isinstance(ctx.store.dialect, SqliteDialect)
    names = _tables(read, is_file=is_file)
    findings: list[str] = []
    rows = 0
    for done, name in enumerate(names):
        progress.report(done, len(names))
        if is_file:
            found = [row[0] for row in read.rows(f"PRAGMA integrity_check('{name}')")]
            findings += [f"{name}: {text}" for text in found if text != "ok"]
            rows += int(read.value(f'SELECT COUNT(*) FROM "{name}"'))
        else:
            counted = read.one(f'SELECT COUNT(*), SUM(LENGTH(each::text)) FROM "{name}" each')
            rows += int(counted[0]) if counted is not None else 0
    if is_file:
        findings += [
            f"{row[0]} {row[1]}: broken reference to {row[2]}"
            for row in read.rows("PRAGMA foreign_key_check")
        ]
    progress.report(len(names), len(names))
    return Soundness(len(names), rows, tuple(findings[:_MOST_FINDINGS]))


def _tables(read: Reader, *, is_file: bool) -> Sequence[str]:
    """Return the names of our tables; a search index of SQLite's is not one of them."""
    if is_file:
        found = read.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
    else:
        found = read.rows(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
        )
    return [row[0] for row in found]


def _backups(path: Path) -> list[Backup]:
    folder = path.absolute().parent / backup.FOLDER
    if not folder.is_dir():
        return []
    found = [(file, file.stat()) for file in folder.glob(f"{path.stem}-*.db")]
    listed = [Backup(file, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)) for file, stat in found]
    return sorted(listed, key=lambda each: each.at, reverse=True)

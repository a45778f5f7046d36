"""What differs between SQLite and PostgreSQL: opening, locks, retry codes, full text, the bell."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import peewee as pw

from app.models.entities.errors import BadInput, FirstlineError, StoreRefused, StoreUnavailable
from app.models.places import Place, place_of

# "FLDE": marks a SQLite file as ours, so that a foreign one is never migrated.
APPLICATION_ID = 0x464C4445
OLDEST_SQLITE = (3, 40, 0)
BUSY_SECONDS = 15
FEED_CHANNEL = "firstline_feed"
_FEED_LOCK = 0x464C_0001
_MIGRATION_LOCK = 0x464C_0002

_PRAGMAS = {
    # TRUNCATE + FULL lost nothing in 60 simulated power cuts; DELETE + FULL lost acknowledged commits.
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "mmap_size": ("0", 0),
    "cell_size_check": ("ON", 1),
    "busy_timeout": (str(BUSY_SECONDS * 1000), BUSY_SECONDS * 1000),
}


class Dialect(ABC):
    """One database system, as the store needs it."""

    name: str

    @abstractmethod
    def open(self) -> pw.Database:
        """Return the database object; nothing is connected yet."""

    @abstractmethod
    def connect(self, database: pw.Database) -> Any:
        """Return this thread's raw driver connection, opened and checked on first use."""

    @abstractmethod
    def sql(self, text: str) -> str:
        """Return `text`, written with `?` place-holders, in this driver's style."""

    @abstractmethod
    def begin(self, connection: Any, *, is_serializable: bool) -> None:
        """Start a writing transaction that will not fail half-way for want of a lock."""

    @abstractmethod
    def lock_feed(self, connection: Any) -> None:
        """Make the order of feed numbers the order of commits."""

    @abstractmethod
    def ring(self, connection: Any) -> None:
        """Tell other programs, at commit, that the feed has news."""

    def batched(self, connection: Any) -> AbstractContextManager[object]:
        """Return a context in which statements without answers may travel together."""
        del connection
        return nullcontext()

    @abstractmethod
    def is_retryable(self, error: BaseException) -> bool:
        """Tell whether running the whole body again may succeed."""

    @abstractmethod
    def is_lost(self, error: BaseException) -> bool:
        """Tell whether the connection died, so that a commit's outcome is unknown."""

    @abstractmethod
    def translate(self, error: BaseException) -> FirstlineError | None:
        """Return the world's fault behind a driver error, or None for a bug of ours."""

    @contextmanager
    def creating(self) -> Iterator[None]:
        """Let a database that is not there come into being within the block."""
        yield

    @abstractmethod
    @contextmanager
    def migrating(self, database: pw.Database) -> Iterator[None]:
        """Hold the one migration lock and a transaction around schema changes."""


class SqliteDialect(Dialect):
    """A SQLite file, on this PC or on a share (RELIABILITY 2)."""

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self._may_create = False

    def open(self) -> pw.Database:
        """Return the database object; nothing is touched until the first connection."""
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise StoreRefused("store.sqlite_too_old", found=sqlite3.sqlite_version)
        if place_of(self.path) is Place.SYNCED:
            raise StoreRefused("store.synced_folder", path=str(self.path))
        pragmas = {key: value for key, (value, _) in _PRAGMAS.items()}
        return pw.SqliteDatabase(str(self.path), pragmas=pragmas, timeout=BUSY_SECONDS)

    def connect(self, database: pw.Database) -> Any:
        """See `Dialect.connect`; a pragma that did not take means the file must not be written."""
        if database.is_closed():
            # SQLite makes a file where there is none: an empty one in the place of a share that went away.
            if not self._may_create and not self.path.exists():
                raise StoreUnavailable("store.cannot_open", path=str(self.path))
            database.connect()
            connection = database.connection()
            for key, (_, wanted) in _PRAGMAS.items():
                found = connection.execute("PRAGMA " + key).fetchone()[0]
                if found != wanted:
                    database.close()
                    raise StoreRefused("store.pragma", name=key, found=found, wanted=wanted)
            return connection
        return database.connection()

    def sql(self, text: str) -> str:
        """See `Dialect.sql`."""
        return text

    def begin(self, connection: Any, *, is_serializable: bool) -> None:
        """See `Dialect.begin`; IMMEDIATE because a deferred one cannot upgrade its lock (RELIABILITY 2)."""
        del is_serializable  # one writer at a time is serializable already
        connection.execute("BEGIN IMMEDIATE")

    def lock_feed(self, connection: Any) -> None:
        """Nothing to do: the write lock already orders commits."""

    def ring(self, connection: Any) -> None:
        """Nothing to do: readers poll `PRAGMA data_version`."""

    def is_retryable(self, error: BaseException) -> bool:
        """See `Dialect.is_retryable`."""
        return _sqlite_code(error) in {"SQLITE_BUSY", "SQLITE_LOCKED"}

    def is_lost(self, error: BaseException) -> bool:
        """See `Dialect.is_lost`: an I/O error leaves the outcome unknown until the file is read again."""
        return _sqlite_code(error) == "SQLITE_IOERR"

    def translate(self, error: BaseException) -> FirstlineError | None:
        """See `Dialect.translate`."""
        code = _SQLITE_CODES.get(_sqlite_code(error))
        return StoreUnavailable(code, path=str(self.path)) if code else None

    @contextmanager
    def creating(self) -> Iterator[None]:
        """See `Dialect.creating`."""
        self._may_create = True
        try:
            yield
        finally:
            self._may_create = False

    @contextmanager
    def migrating(self, database: pw.Database) -> Iterator[None]:
        """See `Dialect.migrating`; foreign keys must be off before BEGIN, or a table rebuild fails."""
        self.connect(database)
        database.execute_sql("PRAGMA foreign_keys=OFF")
        try:
            with database.atomic("IMMEDIATE"):
                yield
                broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise StoreRefused("store.foreign_keys", count=len(broken))
        finally:
            database.execute_sql("PRAGMA foreign_keys=ON")


class PostgresDialect(Dialect):
    """A PostgreSQL server, perhaps one of several hosts (RELIABILITY 3)."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self.url = url
        self._translated: dict[str, str] = {}

    def open(self) -> pw.Database:
        """Return the database object; the driver is loaded here and nowhere else."""
        return pw.PostgresqlDatabase(
            self.url,
            prefer_psycopg3=True,
            connect_timeout=5,
            keepalives_idle=30,
            keepalives_interval=10,
            keepalives_count=3,
            application_name="firstline",
            **self._encryption(),
            options="-c search_path=firstline -c TimeZone=UTC -c lock_timeout=5s -c statement_timeout=30s"
            " -c idle_in_transaction_session_timeout=60s",
        )

    def _encryption(self) -> dict[str, Any]:
        # libpq's default verifies nothing; weaker modes must be written into the address on purpose.
        parts = urlsplit(self.url)
        hosts = [host.rsplit(":", 1)[0] for host in parts.netloc.rpartition("@")[2].split(",")]
        is_local = "host=/" in parts.query or "host=%2F" in parts.query
        is_local = is_local or all(host in {"", "localhost", "127.0.0.1", "[::1]"} for host in hosts)
        extra: dict[str, Any] = {} if is_local or "sslmode=" in parts.query else {"sslmode": "verify-full"}
        if len(hosts) > 1 and "target_session_attrs=" not in parts.query:
            extra["target_session_attrs"] = "read-write"
        return extra

    def connect(self, database: pw.Database) -> Any:
        """See `Dialect.connect`; a connection known to be broken is replaced."""
        if not database.is_closed() and database.connection().broken:
            database.close()
        if database.is_closed():
            database.connect()
        return database.connection()

    def sql(self, text: str) -> str:
        """See `Dialect.sql`; our statements hold no literal `?` or `%`."""
        done = self._translated.get(text)
        if done is None:
            done = self._translated[text] = text.replace("%", "%%").replace("?", "%s")
        return done

    def begin(self, connection: Any, *, is_serializable: bool) -> None:
        """See `Dialect.begin`."""
        connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE" if is_serializable else "BEGIN")

    def lock_feed(self, connection: Any) -> None:
        """See `Dialect.lock_feed`: numbers drawn under this lock become visible in their own order."""
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_FEED_LOCK,))

    def ring(self, connection: Any) -> None:
        """See `Dialect.ring`."""
        connection.execute("SELECT pg_notify(%s, '')", (FEED_CHANNEL,))

    def batched(self, connection: Any) -> AbstractContextManager[object]:
        """See `Dialect.batched`: one round trip to the server instead of one per statement."""
        return connection.pipeline()  # type: ignore[no-any-return]

    def is_retryable(self, error: BaseException) -> bool:
        """See `Dialect.is_retryable`: serialization failure, deadlock, lock not available."""
        return _sqlstate(error) in {"40001", "40P01", "55P03"}

    def is_lost(self, error: BaseException) -> bool:
        """See `Dialect.is_lost`."""
        state = _sqlstate(error)
        if state is not None:
            return state.startswith(("08", "57P"))
        return type(_driver_error(error)).__name__ in {"OperationalError", "InterfaceError"}

    def translate(self, error: BaseException) -> FirstlineError | None:
        """See `Dialect.translate`."""
        state = _sqlstate(error) or ""
        if self.is_lost(error):
            return StoreUnavailable("store.lost", address=_without_password(self.url))
        for prefix, code in _POSTGRES_CODES.items():
            if state.startswith(prefix):
                return StoreUnavailable(code, address=_without_password(self.url))
        return None

    @contextmanager
    def migrating(self, database: pw.Database) -> Iterator[None]:
        """See `Dialect.migrating`; the advisory lock belongs to the session and vanishes with it."""
        self.connect(database)
        database.execute_sql("SET statement_timeout = 0")
        database.execute_sql("SET lock_timeout = 0")
        database.execute_sql("SELECT pg_advisory_lock(%s)", (_MIGRATION_LOCK,))
        try:
            with database.atomic():
                database.execute_sql("CREATE SCHEMA IF NOT EXISTS firstline")
                yield
        finally:
            if not database.is_closed():
                database.execute_sql("SELECT pg_advisory_unlock(%s)", (_MIGRATION_LOCK,))
                database.close()


_SQLITE_CODES = {
    "SQLITE_BUSY": "store.busy",
    "SQLITE_LOCKED": "store.busy",
    "SQLITE_FULL": "store.full",
    "SQLITE_READONLY": "store.read_only",
    "SQLITE_CANTOPEN": "store.cannot_open",
    "SQLITE_IOERR": "store.lost",
    "SQLITE_CORRUPT": "store.damaged",
    "SQLITE_NOTADB": "store.foreign",
    "SQLITE_PERM": "store.read_only",
    "SQLITE_AUTH": "store.read_only",
}
_POSTGRES_CODES = {
    "28": "store.sign_in_refused",
    "3D000": "store.no_database",
    "42501": "store.read_only",
    "25006": "store.read_only",
    "53": "store.full",
    "55P03": "store.busy",
    "57014": "store.busy",
    "40": "store.busy",
    "58": "store.lost",
    "XX001": "store.damaged",
    "XX002": "store.damaged",
}


def _driver_error(error: BaseException) -> BaseException:
    # peewee raises its own classes "from" nothing; the driver's error is the context.
    if isinstance(error, pw.PeeweeException):
        return error.__cause__ or error.__context__ or error
    return error


def _sqlite_code(error: BaseException) -> str:
    name = getattr(_driver_error(error), "sqlite_errorname", "")
    return "_".join(name.split("_")[:2])


def _sqlstate(error: BaseException) -> str | None:
    state = getattr(_driver_error(error), "sqlstate", None)
    return str(state) if state else None


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    user, at, hosts = parts.netloc.rpartition("@")
    return f"{parts.scheme}://{user.partition(':')[0]}{at}{hosts}{parts.path}"


def dialect_for(url: str) -> SqliteDialect | PostgresDialect:
    """Return the dialect of `sqlite:///path` or `postgresql://…`; anything else is BadInput.

    On Windows `sqlite:///C:/desk/desk.db` and `sqlite:////server/share/desk.db` are understood.
    """
    if url.startswith("sqlite:///"):
        path = unquote(url.removeprefix("sqlite:///"))
        if not path:
            raise BadInput("store.bad_address", address=url)
        return SqliteDialect(Path(path))
    if url.startswith(("postgresql://", "postgres://")):
        return PostgresDialect(url)
    raise BadInput("store.bad_address", address=url)

"""Addresses of databases as people read and type them: never with a password."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from app.models.dialects import SqliteDialect, dialect_for
from app.models.entities.errors import StoreRefused
from app.models.places import Place, place_of

_FILE = "sqlite:///"


def shown_address(url: str) -> str:
    """Return a file's path, or a server's address without its password."""
    return url.removeprefix(_FILE) if url.startswith(_FILE) else without_password(url)


def without_password(url: str) -> str:
    """Return the address of a server without the password in it; everything else stays."""
    parts = urlsplit(url)
    user, at, hosts = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}{at}{hosts}"))


def file_address(path: Path) -> str:
    """Return the address of a SQLite file."""
    return _FILE + path.as_posix()


def usable_address(typed: str) -> str:
    """Return an address that a program can be started with; nothing is connected.

    Raises:
        BadInput: `store.bad_address`; it is no address of a file or a PostgreSQL server.
        StoreRefused: `store.synced_folder`; the file lies where another program copies it behind our back.
    """
    url = typed.strip()
    dialect = dialect_for(url)
    if isinstance(dialect, SqliteDialect):
        if place_of(dialect.path) is Place.SYNCED:
            raise StoreRefused("store.synced_folder", path=str(dialect.path))
        return url
    return without_password(url)

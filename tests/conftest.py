"""Fixtures for every test: a still clock, a fresh database, a context, a factory, and a quiet log.

Most tests need `ctx` (a real store on a copy of the migrated template, a real event bus, an administrator
at the console) and `make` (valid records with the least said). Tests under `service/` get both databases.
"""

from __future__ import annotations

from tests.support.sandbox import set_up_sandbox, tear_down_sandbox

SANDBOX = set_up_sandbox()  # before any library reads the environment

import logging
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from app.models.entities.events import Event
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.base.events import EventBus
from tests.support.databases import Databases, PostgresDatabases, SqliteDatabases
from tests.support.factories import Make
from tests.support.logs import UnexpectedLog
from tests.support.servers import PgServer, running_server

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

FRIDAY_MORNING = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        tear_down_sandbox(SANDBOX)


# --- the log -------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def log_guard() -> Iterator[UnexpectedLog]:
    """Fails a test that logs a warning or worse without `expect_log`."""
    guard = UnexpectedLog()
    root = logging.getLogger()
    root.addHandler(guard)
    yield guard
    root.removeHandler(guard)
    complaints = guard.complaints()
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


@pytest.fixture
def expect_log(log_guard: UnexpectedLog) -> Callable[[str], None]:
    """Call with a regular expression: such a record is allowed in this test, and required."""
    return log_guard.expect


# --- the window ----------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application in its light theme and the shipped font, so that widths are the same everywhere."""
    from app.views.base.theme import theme  # noqa: PLC0415 - pure tests need no Qt
    from app.views.base.tokens import ThemeName  # noqa: PLC0415

    theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)
    return qapp


@pytest.fixture(autouse=True)
def no_widgets_left() -> Iterator[None]:
    """Really deletes what `deleteLater` was called on: outside an event loop Qt would keep it for good.

    Left alone, thousands of dead widgets are styled again with every change of theme, and each test is
    slower than the one before.
    """
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets is not None else None
    if application is not None:
        from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - loaded by then

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


# --- databases -----------------------------------------------------------------------------------


def prepare(url: str) -> None:
    """Give the empty database at `url` the schema that all tests start from."""
    store = Store(url)
    store.migrate()
    store.release()


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Names this process within a parallel run."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def pg_server() -> Iterator[PgServer]:
    """A PostgreSQL server of this process. Fails where none can be had; never skips."""
    with running_server(SANDBOX) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """SQLite files, copied from a template that is migrated once."""
    return SqliteDatabases(tmp_path_factory.mktemp("sqlite"), prepare)


@pytest.fixture(scope="session")
def postgresql_databases(pg_server: PgServer, worker_name: str) -> Iterator[PostgresDatabases]:
    """PostgreSQL databases, copied from a template that is migrated once."""
    databases = PostgresDatabases(pg_server, f"firstline_{os.getpid()}_{worker_name}", prepare)
    yield databases
    databases.close()


@pytest.fixture
def databases(sqlite_databases: SqliteDatabases) -> Databases:
    """Where this test's databases come from: SQLite here, both systems under `service/`."""
    return sqlite_databases


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of a fresh, migrated database."""
    url = databases.copy()
    yield url
    databases.drop(url)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """The address of a database without any table, for tests of migrations and of first starts."""
    url = databases.empty()
    yield url
    databases.drop(url)


# --- the desk ------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> FixedClock:
    """Stands at Friday 2026-11-20, 10:00 UTC, until a test moves it."""
    return FixedClock(FRIDAY_MORNING)


@pytest.fixture
def bus() -> EventBus:
    """The real event bus of this test's program."""
    return EventBus()


@pytest.fixture
def announced(bus: EventBus) -> list[Event]:
    """Every event announced since the test began, in order."""
    heard: list[Event] = []
    bus.subscribe(Event, heard.append)
    return heard


@pytest.fixture
def ctx(database_url: str, clock: FixedClock, bus: EventBus) -> Iterator[Context]:
    """A real store on a fresh database, the still clock, and the console's administrator."""
    store = Store(database_url, bus.publish)
    yield Context(store, clock, console_actor())
    store.release()


@pytest.fixture
def other_ctx(database_url: str, clock: FixedClock) -> Iterator[Context]:
    """A second program on the same database, whose bus hears nothing of the first's."""
    store = Store(database_url, EventBus().publish)
    yield Context(store, clock, console_actor())
    store.release()


@pytest.fixture
def make(ctx: Context) -> Make:
    """Writes valid records: `make.ticket(subject="...")`."""
    return Make(ctx)

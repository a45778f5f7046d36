"""The one clock all programs of a desk share: the database server's, or the file server's for a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Protocol

from app.models.dialects import SqliteDialect
from app.models.entities.errors import StoreUnavailable
from app.models.entities.instants import from_micros
from app.models.transactions import Reader
from app.services.background.holders import holder_of_this_process
from app.services.base.clock import Clock, FixedClock
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY

Counter = Callable[[], float]
_AGREEING = timedelta(seconds=2)


class ServerTime(Protocol):
    """Anything that tells the shared time."""

    def now(self, ctx: Context) -> datetime:
        """Return the shared instant.

        Raises:
            StoreUnavailable: it cannot be asked; nobody may then begin background work.
        """


class DatabaseTime:
    """A PostgreSQL server's own clock."""

    def now(self, ctx: Context) -> datetime:
        """See `ServerTime.now`."""
        return _database_now(ctx)


class FileTime:
    """The time a file server stamps on a new file: SQLite has no server whose clock could be asked.

    The file lies beside the database for a moment. It is made new each time, because only then is its time
    the server's: setting the time of a file that is there sends this PC's.
    """

    def __init__(self, database: Path, name: str) -> None:
        self._file = database.with_name(f".{database.name}.{name}.time")

    def now(self, ctx: Context) -> datetime:
        """See `ServerTime.now`."""
        del ctx
        try:
            self._file.unlink(missing_ok=True)
            with self._file.open("xb") as file:
                file.write(b"firstline")
                file.flush()
                os.fsync(file.fileno())
            stamped = self._file.stat().st_mtime_ns
            self._file.unlink(missing_ok=True)
        except OSError as error:
            raise StoreUnavailable("store.read_only", path=str(self._file.parent)) from error
        return from_micros(stamped // 1000)


class OwnTime:
    """The context's own clock, where there is no other: a clock that stands still agrees with no server."""

    def now(self, ctx: Context) -> datetime:
        """See `ServerTime.now`."""
        return ctx.clock.now()


class RememberedTime:
    """A shared clock that is asked every some seconds only, and counted on in between.

    For whoever shows the time and decides nothing by it: asking a file server makes and removes a file. The
    steps of the PC's clock and of its counter must agree; else one was set, or the PC slept, and it is asked.
    """

    def __init__(
        self, time: ServerTime, kept: timedelta = timedelta(seconds=60), counter: Counter = monotonic
    ) -> None:
        self._time = time
        self._kept = kept
        self._counter = counter
        self._told: tuple[float, datetime, datetime] | None = None  # counter, own clock, shared clock

    def now(self, ctx: Context) -> datetime:
        """See `ServerTime.now`. A failure is remembered by nobody."""
        counted, own = self._counter(), ctx.clock.now()
        if self._told is not None:
            before, own_then, shared = self._told
            passed = timedelta(seconds=counted - before)
            if passed < self._kept and abs((own - own_then) - passed) < _AGREEING:
                return shared + passed
        self._told = None
        shared = self._time.now(ctx)
        self._told = (counted, own, shared)
        return shared


class CorrectedClock:
    """A clock put right by `ahead`, how far it is before the shared time."""

    def __init__(self, clock: Clock, ahead: timedelta) -> None:
        self._clock = clock
        self._ahead = ahead

    def now(self) -> datetime:
        """See `Clock.now`."""
        return self._clock.now() - self._ahead


def server_time_of(ctx: Context, name: str) -> ServerTime:
    """Return the shared clock of a context's database; `name` keeps programs on one file apart."""
    if isinstance(ctx.clock, FixedClock):
        return OwnTime()
    dialect = ctx.store.dialect
    return FileTime(dialect.path, name) if isinstance(dialect, SqliteDialect) else DatabaseTime()


def state_time(ctx: Context) -> ServerTime:
    """Return the shared clock for whoever shows the state all day long: it is asked once a minute."""
    return RememberedTime(server_time_of(ctx, f"{holder_of_this_process().rpartition('#')[2]}-state"))


@query(permission=ANYBODY)
def _database_now(_ctx: Context, read: Reader) -> datetime:
    return from_micros(int(read.value("SELECT (EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::bigint")))

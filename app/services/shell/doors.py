"""The way to a database, for whoever shows a window: reach it, make a site of it, update it, follow it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from app.models.backup import back_up
from app.models.dialects import SqliteDialect
from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.models.places import Place, place_of
from app.models.schema import SchemaState
from app.services.access import accounts
from app.services.access.queries import has_administrator
from app.services.access.rules import check_strength
from app.services.base.context import Actor, Context, pc_name
from app.services.base.events import EventBus
from app.services.base.feed import FeedReader
from app.services.base.progress import Progress
from app.services.setup import first_start
from app.services.setup.queries import is_set_up
from app.services.store_care.trying import reaching

FILE_NAME = "firstline.db"


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that answered. `ctx` acts as nobody, who may do nothing but sign in.

    `name` is what people call the database. `has_administrator` tells whether anybody can sign in and
    administer; never true of a database that is empty, too new, or not ours.
    """

    ctx: Context
    url: str
    name: str
    state: SchemaState
    has_administrator: bool
    place: Place


class Doors:
    """Every method but `follower` takes its time: run it in a lane. `open_context` acts as the console."""

    def __init__(self, open_context: Callable[[str], Context], bus: EventBus) -> None:
        self._open_context = open_context
        self._bus = bus
        self._contexts: list[Context] = []

    def open(self, url: str) -> Opened:
        """Reach a database without changing it; a SQLite file that does not exist counts as empty.

        Raises:
            BadInput: the address cannot be read.
            StoreUnavailable, StoreRefused: it cannot be reached or must not be used.
        """
        ctx = self._context(url)
        with reaching(url):
            state = ctx.store.state()
        knows_people = state in {SchemaState.CURRENT, SchemaState.OLDER}
        dialect = ctx.store.dialect
        nobody = Actor(None, "", frozenset(), pc_name()[:64])
        return Opened(
            ctx=ctx.acting_as(nobody),
            url=url,
            name=name_of(url),
            state=state,
            has_administrator=knows_people and has_administrator(ctx),
            place=place_of(dialect.path) if isinstance(dialect, SqliteDialect) else Place.LOCAL,
        )

    def set_up(self, url: str, choices: SiteChoices, administrator: NewAdministrator) -> Opened:
        """Make the schema, the sample set-up and the first administrator, whatever of it is missing.

        Raises:
            RuleViolation, BadInput: the name, a choice or the password will not do; nothing was made.
        """
        check_strength(administrator.password, (administrator.login, administrator.name))
        ctx = self._context(url)
        if isinstance(ctx.store.dialect, SqliteDialect):
            ctx.store.dialect.path.parent.mkdir(parents=True, exist_ok=True)
        if ctx.store.state() is SchemaState.EMPTY:
            ctx.store.migrate()
        if is_set_up(ctx):
            accounts.add_admin(
                ctx, name=administrator.name, login=administrator.login, password=administrator.password
            )
        else:
            first_start.set_up(ctx, choices, administrator)
        return self.open(url)

    def update(self, url: str, progress: Progress) -> Path | None:
        """Make a verified backup, then bring the schema to this program's; return the backup's file.

        None for a server without a tool for backups here: its own backups are the safety net.

        Raises:
            StoreRefused: `store.backup_failed`, or the database is newer; nothing was changed.
        """
        ctx = self._context(url)
        progress.report(0, 3)
        backup = back_up(ctx.store, ctx.clock.now())
        progress.report(2, 3)
        ctx.store.migrate()
        progress.report(3, 3)
        return backup

    def follower(self, ctx: Context, reachable: Callable[[bool], None]) -> FeedReader:
        """Return what hears of other programs' changes; run its `follow` in a lane of its own.

        `reachable` is called in that lane whenever the database is lost or back.
        """

        def hear(is_reachable: bool) -> None:
            reachable(is_reachable)

        return FeedReader(ctx.store, self._bus, hear)

    def release(self) -> None:
        """Close this thread's connections."""
        for ctx in self._contexts:
            ctx.store.release()

    def _context(self, url: str) -> Context:
        ctx = self._open_context(url)
        self._contexts.append(ctx)
        return ctx


def name_of(url: str) -> str:
    """Return what people call a database: the file's name, or "name@server"."""
    parts = urlsplit(url)
    last = parts.path.rpartition("/")[2]
    if not parts.hostname:
        return last
    return f"{last}@{parts.hostname}" if last else str(parts.hostname)


def default_file() -> Path:
    """Return where a database for this PC alone would lie."""
    return Path(platformdirs.user_data_dir("Firstline", appauthor=False)) / FILE_NAME

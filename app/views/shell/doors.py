"""What the window asks of the program around it: opening, making and updating databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.models.entities.people import NewAdministrator
from app.models.entities.settings import SiteChoices
from app.models.places import Place
from app.models.schema import SchemaState
from app.services.base.context import Context
from app.services.base.progress import Progress


@dataclass(frozen=True, slots=True)
class Opened:
    """A database that answered. `ctx` acts as nobody: signing in makes another of it.

    `has_administrator` tells whether anybody can sign in and administer; False while the schema is not this
    program's. `name` is how the status bar and the sign-in call the database.
    """

    ctx: Context
    url: str
    name: str
    state: SchemaState
    has_administrator: bool
    place: Place


class Doors(Protocol):
    """Every function but `follow` takes its time: run it in a lane."""

    def open(self, url: str) -> Opened:
        """Reach a database without changing it; a SQLite file that does not exist counts as empty.

        Raises:
            BadInput: the address cannot be read.
            StoreUnavailable, StoreRefused: it cannot be reached or must not be used.
        """
        ...

    def set_up(self, url: str, choices: SiteChoices, administrator: NewAdministrator) -> Opened:
        """Make the schema, the sample set-up and the first administrator, whatever of it is missing.

        Raises:
            RuleViolation, BadInput: the name or the password is not good enough; nothing was made.
        """
        ...

    def update(self, url: str, progress: Progress) -> Path | None:
        """Make a verified backup, then bring the schema to this program's; return the backup's file.

        None on a server whose backups are not ours to make.

        Raises:
            StoreRefused: the backup failed its verification; nothing was changed.
        """
        ...

    def follow(self, ctx: Context, reachable: Callable[[bool], None]) -> Callable[[], None]:
        """Hear of other programs' changes until the returned function is called.

        `reachable` is called on another thread whenever the database is lost or back.
        """
        ...

    def default_file(self) -> Path:
        """Return where a database for this PC alone would lie."""
        ...

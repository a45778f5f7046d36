"""What every service function is handed first: the store, the clock and who acts."""

from __future__ import annotations

import getpass
import platform
from dataclasses import dataclass, replace

from app.models.entities.ids import PersonId
from app.models.store import Store
from app.services.base.clock import Clock
from app.services.base.permissions import ALL_PERMISSIONS


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, with the permissions held at sign-in; `client` is the PC, for the log.

    `name_alt` is the name in the second language, "" where there is none.
    """

    person_id: PersonId | None
    name: str
    permissions: frozenset[str]
    client: str
    name_alt: str = ""

    @property
    def key(self) -> str:
        """Whose a file on this PC is: the person's id, or the name where the database knows no person."""
        return str(self.person_id or self.name)

    def may(self, permission: str) -> bool:
        """Tell whether the actor holds `permission`."""
        return permission in self.permissions


@dataclass(frozen=True, slots=True)
class Context:
    """Store, clock and actor of one running program. Frozen: signing in makes a new one.

    `language` is the reader's: names of people come in it where they have one (F-1).
    """

    store: Store
    clock: Clock
    actor: Actor
    language: str = "en"

    def acting_as(self, actor: Actor) -> Context:
        """Return the same program with another actor."""
        return replace(self, actor=actor)

    def reading(self, language: str) -> Context:
        """Return the same program for a reader of another language."""
        return replace(self, language=language)


def pc_name() -> str:
    """Return this computer's name, as the log shows it."""
    return platform.node() or "unknown-pc"


def console_actor() -> Actor:
    """Return the actor of the command line: all rights, named by operating-system user and PC.

    Who can open the database that way can do all anyway; the log says who it was.
    """
    return Actor(None, "console", ALL_PERMISSIONS, f"console {getpass.getuser()}@{pc_name()}"[:64])


def system_actor() -> Actor:
    """Return the actor of the program itself: set-up, demo and background work."""
    return Actor(None, "system", ALL_PERMISSIONS, pc_name()[:64])

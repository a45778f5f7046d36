"""What one running program has, and what it knows while somebody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.services.base.context import Context
from app.services.base.drafts import DraftFiles
from app.services.settings.site import SiteFacts
from app.views.base.bridge import Bridge
from app.views.base.dialogs import Dialogs, QtDialogs
from app.views.base.pages import Ticker
from app.views.base.prefs import Preferences
from app.views.base.tasks import Tasks
from app.views.shell.tray import MakeTray, NoTray


class Background(Protocol):
    """Work that goes on beside the window, in a thread of its own."""

    def start(self) -> None:
        """Begin; returns at once."""
        ...

    def stop(self) -> None:
        """End; may take some seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Workplace:
    """What one running program has, whoever is signed in. `version` is the program's own.

    `dialogs` asks over a window; `follows` hears of other programs' changes; `shipped_font` makes pictures
    alike on every machine; `may_move` allows animations; `tray` makes the icon in the system's tray.
    `background` makes the timers' work on a database; without it this program leaves it to others.
    """

    tasks: Tasks
    bridge: Bridge
    prefs: Preferences
    drafts: DraftFiles
    ticker: Ticker
    version: str
    dialogs: Callable[[QWidget], Dialogs] = QtDialogs
    follows: bool = True
    shipped_font: bool = False
    may_move: bool = False
    tray: MakeTray = NoTray
    background: Callable[[Context], Background] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in on a database; `database` is its name as the status bar shows it."""

    ctx: Context
    site: SiteFacts
    database: str

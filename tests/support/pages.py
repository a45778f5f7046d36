"""Surroundings for a page under test: a shell that remembers, immediate tasks, dialogs that answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from app.services.base.drafts import DraftFiles
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.base.undo import Outcome
from app.views.base.bridge import Bridge
from app.views.base.format import Format
from app.views.base.pages import PageEnv, Target, Ticker
from app.views.base.prefs import Preferences
from app.views.base.tasks import ImmediateTasks
from tests.support.dialogs import FakeDialogs


class FakeShell:
    """Remembers what pages asked of the window."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, Target | None]] = []
        self.said: list[str] = []
        self.offers: dict[str, Callable[[], None]] = {}
        self.outcomes: list[Outcome] = []
        self.errors: list[Exception] = []
        self.went_back = 0

    def open(self, page: str, target: Target | None = None) -> None:
        self.opened.append((page, target))

    def back(self) -> None:
        self.went_back += 1

    def say(
        self, text: str, *, tone: str = "ok", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        self.said.append(text)
        if run is not None:
            self.offers[action] = run

    def did(self, outcome: Outcome, text: str = "", *, quiet: bool = False) -> None:
        self.outcomes.append(outcome)
        if not quiet:
            self.said.append(text)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)


def page_env(bus: EventBus, folder: Path, *, language: str = "en", zone: str = "Asia/Shanghai") -> PageEnv:
    """Return an environment whose shell is a `FakeShell`, dialogs `FakeDialogs`, and tasks immediate."""
    tasks = ImmediateTasks()
    return PageEnv(
        shell=FakeShell(),
        tasks=tasks,
        bridge=Bridge(bus),
        prefs=Preferences(folder / "local.json", tasks),
        dialogs=FakeDialogs(),
        drafts=DraftFiles(folder / "drafts"),
        ticker=Ticker(),
        format=Format(Texts(language), ZoneInfo(zone)),
        epoch="test",
    )

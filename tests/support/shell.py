"""A window on a site, for tests of the shell: real parts, one thread, small pages of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.models.entities.settings import SiteChoices
from app.services.access.keyrings import KeyringBackend
from app.services.base.context import Context
from app.services.base.drafts import DraftFiles
from app.services.base.events import EventBus
from app.services.settings.site import site_facts
from app.services.setup.first_start import set_up
from app.views.base.bridge import Bridge
from app.views.base.i18n import N_
from app.views.base.pages import Page, PageEnv, Target, Ticker
from app.views.base.prefs import Preferences
from app.views.base.tasks import ImmediateTasks
from app.views.shell.registry import Screen
from app.views.shell.session import Session, Workplace

HERE = "tests.support.shell"


class NotePage(Page):
    """Remembers what the window asked of it."""

    def __init__(self, ctx: Context, env: PageEnv) -> None:
        super().__init__(ctx, env)
        self.asked: list[str] = []
        self.target: Target = {}
        self.kept: dict[str, Any] = {}

    def refresh(self) -> None:
        self.asked.append("refresh")

    def show_target(self, target: Target) -> None:
        self.asked.append("show_target")
        self.target = target
        self.kept = dict(target)

    def save_state(self) -> dict[str, Any]:
        return self.kept

    def restore_state(self, state: Mapping[str, Any]) -> None:
        self.asked.append("restore_state")
        self.kept = dict(state)

    def leave(self) -> None:
        self.asked.append("leave")


PAGES = (
    Screen("first", N_("Desk"), "inbox", f"{HERE}:NotePage", "tickets.read", rail=1, counter="unassigned"),
    Screen("tickets", N_("Tickets"), "inbox", f"{HERE}:NotePage", "tickets.read", rail=2),
    Screen("new_ticket", N_("New ticket"), "plus", f"{HERE}:NotePage", "tickets.create", shortcut="Ctrl+N"),
    Screen("ticket", N_("Ticket"), "inbox", f"{HERE}:NotePage", "tickets.read"),
    Screen("foot", N_("Settings"), "settings", f"{HERE}:NotePage", "settings.read", rail=8, at_foot=True),
)


class FakeKeyring(KeyringBackend):
    """Remembers secrets as long as the test runs."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}

    def read(self, account: str) -> str | None:
        return self.secrets.get(account)

    def write(self, account: str, secret: str) -> bool:
        self.secrets[account] = secret
        return True

    def erase(self, account: str) -> None:
        self.secrets.pop(account, None)


def site_of(ctx: Context) -> None:
    """Make the database a site with the sample set-up."""
    set_up(ctx, SiteChoices("Test desk"))


def workplace(folder: Path, bus: EventBus) -> Workplace:
    """Return what a program has, with everything it writes in `folder`."""
    tasks = ImmediateTasks()
    return Workplace(
        tasks=tasks,
        bridge=Bridge(bus),
        prefs=Preferences(folder / "settings.json", tasks),
        drafts=DraftFiles(folder / "drafts"),
        ticker=Ticker(),
        version="test",
        follows=False,
        shipped_font=True,
    )


def session_of(ctx: Context) -> Session:
    """Return a session of the actor of `ctx` on a site."""
    return Session(ctx, site_facts(ctx), "test.db")

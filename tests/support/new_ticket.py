"""A page of a new ticket on a configured site, as an agent meets it; what it asks of the window is kept."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Actor, Context
from app.services.base.drafts import DraftFiles
from app.services.base.events import EventBus
from app.services.base.journal import Journal
from app.services.base.kept_files import KeptFiles
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.base.undo import Outcome
from app.services.settings.site import site_facts
from app.views.base.bridge import Bridge
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.base.pages import PageEnv, Ticker
from app.views.base.prefs import Preferences
from app.views.base.tasks import ImmediateTasks, Tasks
from app.views.tickets.new_page import NewTicketPage
from tests.support.dialogs import FakeDialogs
from tests.support.factories import Make


@dataclass
class FakeShell:
    """Remembers what a page asked of the window."""

    opened: list[tuple[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    done: list[Outcome] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)
    backs: int = 0
    run_last: Callable[[], None] | None = None

    def open(self, page: str, target: Any = None) -> None:
        self.opened.append((page, target))

    def back(self) -> None:
        self.backs += 1

    def say(
        self, text: str, *, tone: str = "ok", action: str = "", run: Callable[[], None] | None = None
    ) -> None:
        self.said.append(text)
        self.run_last = run

    def did(self, outcome: Outcome, text: str = "", *, quiet: bool = False) -> None:
        self.done.append(outcome)
        if not quiet:
            self.said.append(text)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)


class LostTasks(ImmediateTasks):
    """Jobs at once; while `lost` names an error, everything sent to the database ends in it."""

    lost: Exception | None = None

    def run(self, job: Any, done: Any = None, failed: Any = None, **more: Any) -> Any:
        name = getattr(getattr(job, "func", None), "__name__", "")
        if self.lost is not None and name == "submit":
            return super().run(self._fail, done, failed, **more)
        return super().run(job, done, failed, **more)

    def _fail(self) -> None:
        if self.lost is not None:
            raise self.lost


class Desk:
    """An agent's site: people to call, categories with a team, services, scripts, codes."""

    def __init__(self, ctx: Context, make: Make, folder: Path) -> None:
        self.make = make
        self.folder = folder
        self.shell = FakeShell()
        self.tasks: Tasks = LostTasks()
        self.dialogs = FakeDialogs()
        self.pages: list[NewTicketPage] = []
        self.team = make.team(code="first", name="First line", name_alt="一线")
        self.second = make.team(code="apps", name="Applications", name_alt="应用", line=2)
        self.agent = make.agent(name="Li Na", name_alt="李娜", teams=(self.team,))
        self.category = make.category(
            name="Printing", name_alt="打印", code="PRN", default_team_id=self.second,
            default_impact=2, default_urgency=2,
        )  # fmt: skip
        self.service = make.service(name="ERP Finance", name_alt="ERP 财务", code="erp")
        make.code_item("cause", code="config", name="Wrong configuration", name_alt="配置错误")
        _write(ctx, _add_script)
        actor = Actor(self.agent.id, "Li Na", ALL_PERMISSIONS, "tests")
        self.ctx = ctx.acting_as(actor)

    @property
    def journal(self) -> Journal:
        """The operation journal of this PC."""
        return Journal(self.folder / "journal")

    def page(self, tasks: Tasks | None = None, **permissions: Any) -> NewTicketPage:
        """Open the page as the window does, and let it read what it offers."""
        epoch = site_facts(self.ctx).epoch
        env = PageEnv(
            shell=self.shell,
            tasks=tasks or self.tasks,
            bridge=Bridge(EventBus()),
            prefs=Preferences(self.folder / "prefs.json", ImmediateTasks()),
            dialogs=self.dialogs,
            drafts=DraftFiles(self.folder / "drafts"),
            ticker=Ticker(),
            format=Format(current.texts, site_facts(self.ctx).zone),
            epoch=epoch,
        )
        page = NewTicketPage(
            self.ctx, env, journal=self.journal, kept=KeptFiles(self.folder / "kept"), **permissions
        )
        page.refresh()
        self.pages.append(page)
        return page

    def close(self) -> None:
        """Leave every page, as the window does before it closes, and let none go on by itself.

        What is queued is sent again some seconds later: by then the database of this test is gone, and
        another test would fail of it.
        """
        for page in self.pages:
            page.leave()
            for timer in page.findChildren(QTimer):
                timer.stop()


def _add_script(tx: Transaction) -> None:
    tx.insert(
        "script",
        {
            "code": "greeting", "situation": "greeting", "name": "Answer", "name_alt": "接听",
            "body": "Service desk, {{ agent }} speaking.", "body_alt": "服务台 {{ agent }}。",
            "position": 1, "is_active": True, "version": 1,
        },
    )  # fmt: skip


def _write(ctx: Context, body: Callable[[Transaction], Any]) -> None:
    ctx.store.write(Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"), body)


def type_into(widget: QWidget, text: str) -> None:
    """Type letters one by one, as a keyboard sends them."""
    for letter in text:
        QTest.keyClick(widget, letter)


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press one key."""
    QTest.keyClick(widget, key, modifiers)


def drafts_on_disk(folder: Path) -> list[dict[str, Any]]:
    """What is kept of unsaved texts, as it stands in the files."""
    return [json.loads(path.read_text("utf-8")) for path in sorted((folder / "drafts").glob("[!.]*.json"))]

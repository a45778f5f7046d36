"""A set-up site and a settings page in it, for the tests of the settings screens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.models.entities.settings import SiteChoices
from app.services.base.context import Actor, Context
from app.services.base.events import EventBus
from app.services.setup.first_start import set_up
from app.views.base.i18n import current
from app.views.settings.page import SettingsPage
from tests.support.pages import FakeShell, page_env

KEY = Qt.Key


def open_settings(
    qtbot, ctx: Context, bus: EventBus, folder: Path, page: str, *, language: str = "en"
) -> SettingsPage:
    """Return the settings screen, shown and active, with one page open."""
    env = page_env(bus, folder, language=language)
    screen = SettingsPage(ctx, env)
    qtbot.addWidget(screen)
    screen.resize(1160, 800)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.show_target({"page": page})
    return screen


def desk(ctx: Context) -> Context:
    """Return the context with the sample set-up written."""
    set_up(ctx, SiteChoices("Service desk", "服务台"))
    return ctx


def reader(ctx: Context) -> Context:
    """Return the context of somebody who may look at settings only."""
    seen = frozenset({"settings.read", "tickets.read", "people.read"})
    return ctx.acting_as(Actor(None, "reader", seen, "pc"))


def shell_of(screen: SettingsPage) -> FakeShell:
    """Return what the screen asked of its window."""
    assert isinstance(screen.env.shell, FakeShell)
    return screen.env.shell


def press(widget: QWidget, *keys: Qt.Key | str) -> None:
    """Press keys one after another on whatever has the focus inside `widget`'s window; texts are typed."""
    for key in keys:
        for each in key if isinstance(key, str) else [key]:
            target = widget.window().focusWidget() or widget
            QTest.keyClick(target, each)
            QApplication.processEvents()  # Enter commits a cell at the end of its own turn


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let the windows speak another language for a while."""
    before = current.code
    current.use(language)
    try:
        yield
    finally:
        current.use(before)

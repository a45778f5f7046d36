"""What tests of pages share: both languages, surroundings, and a page shown as in the smallest window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.base.events import EventBus
from app.views.base.i18n import current
from app.views.base.pages import Page, PageEnv
from tests.support.pages import page_env

AnyPage = TypeVar("AnyPage", bound=Page)
ROOM = (1280 - 72, 720 - 52 - 32)
"""What the rail, the top bar and the status bar leave of the smallest window."""


@pytest.fixture(params=["en", "zh_CN"])
def either_language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The test runs once in each language."""
    before = current.code
    current.use(request.param)
    yield request.param
    current.use(before)


@pytest.fixture
def env(bus: EventBus, tmp_path: Path, qapp: QApplication) -> PageEnv:
    """A page's surroundings; tests that need others have their own."""
    return page_env(bus, tmp_path)


@pytest.fixture
def show_page(qtbot: QtBot) -> Callable[[AnyPage], AnyPage]:
    """Show a page, read and active, in the room the smallest window has for it."""

    def show(page: AnyPage) -> AnyPage:
        qtbot.addWidget(page)
        page.resize(*ROOM)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        return page

    return show


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """A window large enough for popups, with the keyboard's attention."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window

"""Opening a page shows no part of it as a window of its own: that would flash, and take the focus away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.base.context import Context
from app.services.base.events import EventBus
from app.views.base.widgets.cards import Card, Notice, PageHeader
from app.views.settings.pages import PANES
from app.views.shell.registry import SCREENS
from app.views.shell.workspace import Workspace
from tests.support.shell import session_of, site_of, workplace

NOT_YET: frozenset[str] = frozenset()
"""Screens that still show a part before it has a parent."""


class WindowWatch(QObject):
    """Hears which widgets are shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            name = watched.accessibleName() or watched.objectName()
            self.shown.append(f"{type(watched).__name__} {name}".strip())
        return False


@pytest.fixture
def watch(qapp: QApplication) -> Iterator[WindowWatch]:
    made = WindowWatch()
    qapp.installEventFilter(made)
    yield made
    qapp.removeEventFilter(made)


@pytest.mark.parametrize("name", [screen.name for screen in SCREENS if screen.name not in NOT_YET])
def test_no_page_flashes_up_in_parts(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path, watch: WindowWatch, name: str
) -> None:
    site_of(ctx)
    work = Workspace(session_of(ctx), workplace(tmp_path, bus))
    qtbot.addWidget(work)
    work.show()

    work.start({"page": name})
    for pane in PANES if name == "settings" else ():
        work.open(name, {"page": pane.key})

    assert watch.shown == ["Workspace"]
    work.leave()


def test_headings_flash_up_neither_when_made_nor_when_told(qtbot: QtBot, watch: WindowWatch) -> None:
    card, header, notice = (
        Card("Queue", note="12"),
        PageHeader("Desk", sentence="Today"),
        Notice("Late", title="P1"),
    )
    for made in (card, header, notice, bare := Card(note="12")):
        qtbot.addWidget(made)
    bare.set_note("13")
    card.set_note("13")
    header.say("Desk", "Tomorrow")
    notice.say("Late", title="P2")

    assert watch.shown == []

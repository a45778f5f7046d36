"""Texts that broke, opened or ran something elsewhere, in every screen (R20): shown as they are, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Assembly, Kind
from app.services.base.clock import FixedClock
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.tickets import queries
from app.views.base.dialogs import ConfirmDialog, MergeDialog, MergeField, Question, ReportDialog, TextDialog
from app.views.base.widgets.browser import SafeBrowser
from app.views.shell.shots import pictures_of
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors
from app.views.shell.workspace import Workspace
from tests.support.hostile import Traps, faults, fill, is_rich, tips, traps, words


@pytest.fixture(scope="module")
def patches() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patches:
        yield patches


@pytest.fixture(scope="module")
def set_traps(tmp_path_factory: pytest.TempPathFactory, patches: pytest.MonkeyPatch) -> Iterator[Traps]:
    with traps(tmp_path_factory.mktemp("canary"), patches) as found:
        yield found


@pytest.fixture(scope="module")
def stage(
    qapp: QApplication, tmp_path_factory: pytest.TempPathFactory, set_traps: Traps
) -> Iterator[Stage]:
    """The real window on a site in which every text is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    kind = Kind(is_offscreen=True, is_immediate=True, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), folder / "settings.json", folder / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{(folder / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=300)
        fill(stage.ctx, set_traps.payloads)
        stage.enter()
        yield stage


@pytest.fixture
def work(stage: Stage) -> Workspace:
    assert stage.program.workspace is not None
    return stage.program.workspace


@pytest.fixture(autouse=True)
def nothing_is_touched(set_traps: Traps, stage: Stage) -> Iterator[None]:
    """Whatever a test shows, it fetches nothing, and nobody hears of an error."""
    with collected_errors() as errors:
        yield
        stage.settle()
    assert set_traps.touched() == []
    assert errors == []


def test_every_page_shows_hostile_texts_as_text(stage: Stage, work: Workspace) -> None:
    found = []
    for screen in work.screens:
        for picture in pictures_of(screen):
            work.open(picture.screen, picture.target or {})
            stage.settle()
            stage.program.window.grab()
            found += [f"{picture.name}: {fault}" for fault in faults(stage.program.window)]
            found += [f"{picture.name}: {fault}" for fault in tips(work.stack.page)]

    assert not found, '\n'.join(sorted(set(found)))

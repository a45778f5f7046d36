"""The window's own thread never asks the database, never reads a file, and is never held for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import Assembly, Kind
from app.services.base.clock import FixedClock
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.views.shell.registry import SCREENS
from app.views.shell.shots_pictures import pictures_of
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace
from tests.support.deeds import DEEDS
from tests.support.watchdog import watched

LONGEST_HOLD = 0.25


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The real program with its real threads on a demo site, signed in."""
    folder = tmp_path_factory.mktemp("watched")
    kind = Kind(is_offscreen=True, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), folder / "settings.json", folder / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{Path(folder / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=200)
        yield stage


@pytest.fixture
def work(qapp: QWidget, stage: Stage) -> Workspace:
    return stage.program.workspace or stage.enter()


def show(stage: Stage, work: Workspace, name: str) -> None:
    """Open a page as the pictures do, and wait until it has stood still for a moment."""
    picture = next(each for screen in SCREENS if screen.name == name for each in pictures_of(screen))
    work.open(name, picture.target or {})
    stage.settle(250)


@pytest.mark.parametrize("name", [screen.name for screen in SCREENS])
def test_a_page_shown_first_asks_the_database_only_in_a_lane(
    stage: Stage, work: Workspace, name: str
) -> None:
    with watched(work.session.ctx.store.dialect) as seen:
        show(stage, work, name)

    assert seen.queries == []


@pytest.mark.parametrize("name", [screen.name for screen in SCREENS])
def test_a_page_shown_again_asks_nothing_reads_no_file_and_never_holds_the_window(
    stage: Stage, work: Workspace, name: str
) -> None:
    show(stage, work, name)
    with watched(work.session.ctx.store.dialect) as seen:
        show(stage, work, name)

    assert seen.queries == []
    assert seen.files == []
    assert seen.holds_over(LONGEST_HOLD) == []


@pytest.mark.parametrize("name", DEEDS)
def test_daily_work_asks_the_database_only_in_a_lane_and_never_holds_the_window(
    stage: Stage, work: Workspace, name: str
) -> None:
    DEEDS[name](stage, work)  # what is made when it is first needed, is made
    with watched(work.session.ctx.store.dialect) as seen:
        DEEDS[name](stage, work)

    assert seen.queries == []
    assert seen.files == []
    assert seen.holds_over(LONGEST_HOLD) == []


def test_searching_never_holds_the_window(qtbot: QtBot, stage: Stage, work: Workspace) -> None:
    palette = stage.program.palette
    assert palette is not None
    with watched(work.session.ctx.store.dialect) as seen:
        palette.search("vpn")
        stage.settle(400)
    palette.close_now()

    assert seen.queries == []
    assert seen.files == []
    assert seen.holds_over(LONGEST_HOLD) == []


def test_the_watchdog_notices_a_query_a_file_and_a_hold(
    stage: Stage, work: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "note.txt"
    file.write_text("kept")
    with watched(work.session.ctx.store.dialect) as seen:
        work.session.ctx.store.feed_position()
        file.read_text()
        begun = time.monotonic()
        while time.monotonic() - begun < LONGEST_HOLD + 0.1:
            pass

    assert len(seen.queries) == 1
    assert len(seen.files) == 1
    assert len(seen.holds_over(LONGEST_HOLD)) == 1


@pytest.mark.parametrize("name", [screen.name for screen in SCREENS])
def test_the_window_leaves_its_keys_to_the_page_that_has_them(
    stage: Stage, work: Workspace, name: str
) -> None:
    """Two actions on one key cancel each other: neither does anything."""
    show(stage, work, name)
    page = work.stack.page
    assert page is not None
    assert work.action_set is not None
    mine = {made.shortcut().toString() for made in work.actions() if not made.shortcut().isEmpty()}
    pages = {action.shortcut for action in page.actions_shown if action.shortcut}

    assert mine & pages == set()
    assert "Ctrl+K" in mine

"""Pictures of the pages: every page, both languages, three themes, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.services.base.clock import FixedClock
from app.services.base.texts import LANGUAGES
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.views.base.i18n import current
from app.views.base.pages import Page
from app.views.settings.page import SettingsPage
from app.views.shell import selftest, shots
from app.views.shell.call import CALLS
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors
from app.views.tickets.form_values import Ending
from app.views.tickets.new_page import NewTicketPage

P = TypeVar("P", bound=Page)


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    kind = Kind(is_offscreen=True, is_immediate=True, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), tmp_path / "settings.json", tmp_path / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{(tmp_path / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=120)
        yield stage
    current.use("en")


def test_a_page_is_drawn_in_every_language_theme_and_size(stage: Stage, tmp_path: Path) -> None:
    assert shots.run(stage, tmp_path / "out", "tickets") == 0

    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        "tickets-en-contrast.png",
        "tickets-en-dark.png",
        "tickets-en-light-1280x720.png",
        "tickets-en-light.png",
        "tickets-zh-contrast.png",
        "tickets-zh-dark.png",
        "tickets-zh-light-1280x720.png",
        "tickets-zh-light.png",
    ]


def test_the_same_page_is_drawn_the_same_twice(stage: Stage, tmp_path: Path) -> None:
    shots.run(stage, tmp_path / "once", "palette")
    shots.run(stage, tmp_path / "twice", "palette")

    name = "palette-zh-dark.png"
    assert QImage(str(tmp_path / "once" / name)) == QImage(str(tmp_path / "twice" / name))


def test_the_picture_of_a_call_shows_who_calls_what_fails_and_what_is_promised(stage: Stage) -> None:
    stage.enter()

    named_scene(stage, "new_ticket-typed").show()

    page = shown(stage, NewTicketPage)
    promise = page.view.fields.promise
    assert page.call.missing(Ending.CREATE) == ()
    assert page.view.caller.known.isVisible()
    assert promise.grid.cell == CALLS["en"].cell
    assert promise.panel.due_text


def test_the_call_is_told_in_every_language() -> None:
    assert set(CALLS) == set(LANGUAGES)


def test_a_call_typed_for_one_picture_is_not_seen_in_the_next(stage: Stage) -> None:
    stage.enter()
    typed = named_scene(stage, "new_ticket-typed")
    typed.show()

    typed.clear()
    named_scene(stage, "new_ticket").show()

    page = shown(stage, NewTicketPage)
    assert not page.call.form.is_dirty
    assert page.shelf.drafts == []


def test_settings_changed_for_one_picture_are_not_counted_in_the_next(stage: Stage) -> None:
    stage.enter()
    edited = named_scene(stage, "settings-sla-edited")
    edited.show()

    edited.clear()
    named_scene(stage, "settings-matrix-edited").show()

    panes = shown(stage, SettingsPage).panes
    assert {key: len(pane.changes) for key, pane in panes.items() if pane.changes} == {"matrix": 2}


def test_the_wall_on_a_whole_monitor_has_a_picture_as_large_as_one(stage: Stage, tmp_path: Path) -> None:
    stage.enter()
    room = named_scene(stage, "wall-room")

    room.show()
    stage.picture(tmp_path / "room.png", room.window)

    picture = QImage(str(tmp_path / "room.png"))
    assert (picture.width(), picture.height()) == (1920, 1080)


def named_scene(stage: Stage, name: str) -> shots.Scene:
    """What shows the picture of that name and takes it back."""
    return next(scene for scene in shots.scenes(stage) if scene.name == name)


def shown(stage: Stage, kind: type[P]) -> P:
    """The page the window shows."""
    page = stage.program.workspace.stack.page if stage.program.workspace is not None else None
    assert isinstance(page, kind)
    return page


def test_a_name_that_no_page_has_draws_nothing_and_fails(stage: Stage, tmp_path: Path) -> None:
    assert shots.run(stage, tmp_path / "out", "no-such-page") == 1


def test_the_selftest_opens_every_page_and_says_so(stage: Stage, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"

    with collected_errors() as errors:
        code = selftest.run(stage, report)

    assert (code, errors) == (0, [])
    assert report.read_text("utf-8").endswith("everything works\n")

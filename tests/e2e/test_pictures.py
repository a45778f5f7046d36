"""Pictures of the pages: every page, both languages, three themes, and the same each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.services.base.clock import FixedClock
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.views.base.i18n import current
from app.views.shell import selftest, shots
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors


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


def test_a_name_that_no_page_has_draws_nothing_and_fails(stage: Stage, tmp_path: Path) -> None:
    assert shots.run(stage, tmp_path / "out", "no-such-page") == 1


def test_the_selftest_opens_every_page_and_says_so(stage: Stage, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"

    with collected_errors() as errors:
        code = selftest.run(stage, report)

    assert (code, errors) == (0, [])
    assert report.read_text("utf-8").endswith("everything works\n")

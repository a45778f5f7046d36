"""The main job, key by key, in the real window with real threads: sign in, take a call, solve, report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.bootstrap import Assembly, Kind
from app.models.entities.tickets import TicketRow, TicketStatus
from app.services.base.clock import FixedClock
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.tickets import queries
from app.views.shell import walk
from app.views.shell.stage import Stage
from app.views.shell.unattended import collected_errors


@pytest.fixture
def stage(qapp: QApplication, tmp_path: Path) -> Iterator[Stage]:
    kind = Kind(is_offscreen=True, shipped_font=True)
    with Assembly(FixedClock(DEFAULT_UNTIL), tmp_path / "settings.json", tmp_path / "drafts", kind) as made:
        stage = made.stage(f"sqlite:///{(tmp_path / 'demo.db').as_posix()}")
        create_demo(stage.ctx, tickets=150)
        yield stage


def newest(stage: Stage) -> TicketRow:
    asked = queries.ticket_query(stage.ctx, "resolved:today")
    found: list[TicketRow] = queries.ticket_page(stage.ctx, asked, count=500)
    return max(found, key=lambda row: row.number)


@pytest.mark.smoke
def test_a_call_is_taken_solved_and_in_the_report(stage: Stage, tmp_path: Path) -> None:
    out = tmp_path / "out"

    with collected_errors() as errors:
        code = walk.run(stage, out)

    solved = newest(stage)
    report = "".join(page.extract_text() for page in PdfReader(out / walk.REPORT).pages)
    pictures = [QImage(str(file)) for file in sorted(out.glob("*.png"))]
    assert (code, errors) == (0, [])
    assert (solved.subject, solved.status) == (walk.SUBJECT, TicketStatus.CLOSED)
    assert "Shift report" in report
    assert len(pictures) >= 8
    assert all(picture.width() >= 1440 and picture.height() >= 900 for picture in pictures)

"""One program started off-screen: when the first list was painted, what it holds, how fast it is."""

from __future__ import annotations

import time

BEGUN = time.perf_counter()  # before anything else is imported

import json
import statistics
import sys
import tempfile
from pathlib import Path

from app.bootstrap import Assembly, Kind, spare_drivers

# What the interpreter needs before the first line of ours runs.
INTERPRETER_MS = 15.0
_TURNS = 15


def main() -> int:
    """Start, wait for the first list, measure, print one line of JSON."""
    url = sys.argv[1]
    spare_drivers(url)
    from PySide6.QtCore import Qt  # noqa: PLC0415 - loading Qt is part of what is measured
    from PySide6.QtTest import QTest  # noqa: PLC0415

    from app.services.base.clock import SystemClock  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as name:
        folder = Path(name)
        kind = Kind(is_offscreen=True, shipped_font=True)
        with Assembly(SystemClock(), folder / "settings.json", folder / "drafts", kind) as assembly:
            stage = assembly.stage(url)
            program = stage.program
            program.window.resize(1440, 900)
            program.window.show()
            program.enter(stage.doors.open(url), stage.ctx.actor)
            stage.wait_until(lambda: program.workspace is not None, "the workspace is shown")
            program.workspace.open("tickets")
            page = program.workspace.stack.page
            stage.wait_until(lambda: _has_rows(page), "the list has rows")
            page.list.table.viewport().repaint()
            found = {"first_list_ms": (time.perf_counter() - BEGUN) * 1000 + INTERPRETER_MS}
            stage.settle(500)
            found["rss_mb"] = _resident_mb()
            table = page.list.table
            found["repaint_ms"] = _median_ms(table.viewport().repaint)

            def page_down() -> None:
                QTest.keyClick(table, Qt.Key.Key_PageDown)
                table.viewport().repaint()

            found["page_ms"] = _median_ms(page_down)
    print(json.dumps(found))
    return 0


def _has_rows(page: object) -> bool:
    model = page.list.model
    return model is not None and model.rowCount() > 0 and model.row_at(0) is not None


def _median_ms(run: object) -> float:
    run()
    taken = []
    for _ in range(_TURNS):
        begin = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken) * 1000


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main())

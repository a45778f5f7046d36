"""The real log in the real window: `python -m tests.bench.real_log_window [FILE]`.

Edits the matrix and an SLA table by keys, as an administrator does, and compares what the card "What if?"
says with a full recompute of every ticket of its period under the drafts that stand in the window. 0 when all
is equal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.bootstrap import Assembly, Kind
from app.models.entities.instants import to_micros
from app.models.entities.whatif import Proposal, WhatIf
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.transfer.importing import import_event_log
from app.views.settings.matrix_page import MatrixPane
from app.views.settings.page import SettingsPage
from app.views.settings.sla_page import SlaPane
from app.views.shell.keys import press_in
from app.views.shell.stage import Stage
from tests.bench.real_log import LOG, MAPPING, desk
from tests.support.whatif_site import recounted

# Some weeks after the log's busiest time: no event lies ahead, and its last 365 days hold nearly all of it.
NOW = datetime(2017, 3, 1, 9, 0, tzinfo=UTC)
_MATRIX_KEYS = ("Down", "4", "Right", "Down", "2")
_SLA_KEYS = (
    "Tab",
    "Home",
    "Down",
    "Down",
    "Right",
    "Right",
    "Right",
    "F2",
    "Ctrl+A",
    "6",
    " ",
    "h",
    "Return",
)


def main(words: list[str]) -> int:
    """Import, open the window, edit, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=LOG)
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{(folder / 'desk.db').as_posix()}"
        made = desk(url)
        import_event_log(Context(made.store, FixedClock(NOW), made.actor), args.file, mapping=MAPPING)
        made.store.release()
        kind = Kind(is_offscreen=True, shipped_font=True)
        with Assembly(FixedClock(NOW), folder / "settings.json", folder / "drafts", kind) as assembly:
            return _walk(assembly.stage(url))


def _walk(stage: Stage) -> int:
    program = stage.program
    program.window.resize(1440, 900)
    program.window.show()
    program.enter(stage.doors.open(stage.url), stage.ctx.actor)
    stage.wait_until(lambda: program.workspace is not None, "the workspace is shown")
    is_equal = True
    for key, keys in (("matrix", _MATRIX_KEYS), ("sla", _SLA_KEYS)):
        program.workspace.open("settings", {"page": key})
        page = program.workspace.stack.page
        assert isinstance(page, SettingsPage)
        pane = page.pane
        assert isinstance(pane, MatrixPane | SlaPane)
        stage.wait_until(lambda pane=pane: pane.editor.is_ready, "the page is ready")
        stage.settle(300)
        if isinstance(pane, MatrixPane):
            pane.grid.setFocus()
        else:
            pane.tabs.setFocus()
        pane.what_if.presenter.choose_days(365)
        for pressed in keys:
            press_in(program.window, pressed)
        stage.wait_until(lambda pane=pane: pane.what_if.presenter.result is not None, "the card counted")
        stage.settle(1500)
        is_equal = _compare(stage, key, pane) and is_equal
        pane.discard()
        stage.settle(300)
    return 0 if is_equal else 1


def _compare(stage: Stage, key: str, pane: MatrixPane | SlaPane) -> bool:
    found = pane.what_if.presenter.result
    assert found is not None
    draft = pane.editor.draft
    proposal = Proposal(matrix=draft) if isinstance(pane, MatrixPane) else Proposal(sla=draft)
    with stage.ctx.store.read() as read:
        slow = recounted(read, proposal, NOW, to_micros(NOW - timedelta(days=found.days)))
    names = ("up", "down", "newly_missed", "newly_met")
    is_equal = _figures(found) == (tuple(slow.changes[name] for name in names), slow.effects)
    print(
        f"{key}: {found.tickets:,} tickets of {found.days} days, {found.up:,} up, {found.down:,} down,",
        end=" ",
    )
    print(f"{found.newly_missed:,} newly missed, {found.newly_met:,} newly in time:", end=" ")
    print("equal" if is_equal else "DIFFERENT")
    return is_equal


def _figures(found: WhatIf) -> object:
    changes = (found.up, found.down, found.newly_missed, found.newly_met)
    return changes, {each.priority: (each.before, each.after) for each in found.effects}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

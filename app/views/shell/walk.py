"""`demo --offscreen`: the main job in the real window, with pictures and the shift report."""

from __future__ import annotations

from pathlib import Path

from app.views.shell.stage import Stage


def run(stage: Stage, out: Path) -> int:
    """Walk through the job and leave its pictures in `out`; return the exit code."""
    work = stage.enter()
    for screen in work.screens:
        work.open(screen.name)
        stage.settle(400)
        stage.picture(out / f"{screen.name}.png")
    return 0

"""Where the window stands still: the main job and a day's work, real threads, each hold with its stack."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measuring import Line

REPORTED = 0.05
"""Seconds: shorter holds nobody feels."""
LONGEST = 250.0
TICKETS = 1_000


def hold_lines() -> Iterator[Line]:
    """Walk through the program in a process of its own; print each hold over 50 ms, yield the longest ones.

    The main job shows every page for the first time, which may take longer; the day's work comes after it.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.holds"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, list[list[object]]] = json.loads(done.stdout.strip().splitlines()[-1])
    for name, holds in found.items():
        for length, stack in holds:
            print(f"held {length} ms in: {name}\n{stack}")
        longest = max((float(str(length)) for length, _stack in holds), default=0.0)
        goal = None if name == MAIN_JOB else LONGEST
        yield Line(f"longest hold: {name}", TICKETS, longest, None, goal_ms=goal)


MAIN_JOB = "main job, pages shown first"


def main() -> None:
    """Do everything once under the watchdog; print what held the window as one line of JSON."""
    from app.bootstrap import Assembly, Kind  # noqa: PLC0415 - only in the process of its own
    from app.services.base.clock import FixedClock  # noqa: PLC0415
    from app.services.demo.creating import create_demo  # noqa: PLC0415
    from app.services.demo.planning import DEFAULT_UNTIL  # noqa: PLC0415
    from app.views.shell import walk  # noqa: PLC0415
    from tests.support.deeds import DEEDS  # noqa: PLC0415
    from tests.support.watchdog import watched  # noqa: PLC0415

    found: dict[str, list[tuple[int, str]]] = {}
    with tempfile.TemporaryDirectory(prefix="firstline-bench-") as name:
        folder = Path(name)
        kind = Kind(is_offscreen=True, shipped_font=True)
        with Assembly(
            FixedClock(DEFAULT_UNTIL), folder / "settings.json", folder / "drafts", kind
        ) as assembly:
            stage = assembly.stage(f"sqlite:///{(folder / 'demo.db').as_posix()}")
            create_demo(stage.ctx, tickets=TICKETS)
            with watched(stage.ctx.store.dialect) as seen:
                walk.run(stage, folder / "out")
            found[MAIN_JOB] = _long_ones(seen.holds)
            work = stage.program.workspace
            assert work is not None
            for deed, do in DEEDS.items():
                do(stage, work)
                with watched(work.session.ctx.store.dialect) as seen:
                    do(stage, work)
                found[deed] = _long_ones(seen.holds)
    print(json.dumps(found))


def _long_ones(holds: list[tuple[float, str]]) -> list[tuple[int, str]]:
    return [
        (round(length * 1000), stack) for length, stack in sorted(holds, reverse=True) if length > REPORTED
    ]


if __name__ == "__main__":
    main()

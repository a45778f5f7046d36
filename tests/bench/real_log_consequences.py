"""The whole real log under edited levels: `python -m tests.bench.real_log_consequences [FILE]`.

Counts what an edit of matrix and SLA table would do with the program's own what-if, then once more the slow
way: every log rewritten under both sets of documents and folded. Prints both; 0 when every number is equal.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from app.models.entities.whatif import Proposal, WhatIf
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.transfer.importing import import_event_log
from app.services.whatif.queries import MOST_DAYS, what_if
from tests.bench.real_log import LOG, MAPPING, desk
from tests.support.whatif_site import Recount, matrix_with, recounted, stricter, table_with

# Just after the log's end: what it leaves open is open.
NOW = datetime(2017, 3, 1, 9, 0, tzinfo=UTC)


def main(words: list[str]) -> int:
    """Import, count both ways, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=LOG)
    args = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        made = desk(f"sqlite:///{(Path(folder) / 'desk.db').as_posix()}")
        ctx = Context(made.store, FixedClock(NOW), made.actor)
        print(f"imported      {import_event_log(ctx, args.file, mapping=MAPPING).tickets:,} tickets")
        edited = Proposal(matrix=matrix_with(ctx, (2, 2, 1), (3, 3, 4)), sla=table_with(stricter))
        agrees = True
        for name, proposal in (("nothing edited", Proposal()), ("matrix and SLA edited", edited)):
            begin = time.perf_counter()
            found = what_if(ctx, proposal, days=MOST_DAYS)
            fast = time.perf_counter() - begin
            with ctx.store.read() as read:
                slow = recounted(read, proposal, NOW)
            took = time.perf_counter() - begin - fast
            is_equal = _figures(found) == _recounted(slow)
            agrees = agrees and is_equal
            print(f"{name}: {fast:.1f} s; the slow way {took:.1f} s; {'equal' if is_equal else 'DIFFERENT'}")
            print(f"  up {found.up:,}, down {found.down:,}, newly missed {found.newly_missed:,},", end=" ")
            print(f"newly in time {found.newly_met:,}; {found.share_before:.3%} -> {found.share_after:.3%}")
        ctx.store.release()
    return 0 if agrees else 1


def _figures(found: WhatIf) -> object:
    changes = (found.up, found.down, found.newly_missed, found.newly_met)
    return changes, {each.priority: (each.before, each.after) for each in found.effects}


def _recounted(slow: Recount) -> object:
    names = ("up", "down", "newly_missed", "newly_met")
    return tuple(slow.changes[name] for name in names), slow.effects


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

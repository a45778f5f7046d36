"""What-if and applying, on tickets with whole histories: the first answer, the next one, the writing."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from copy import deepcopy

from app.models.entities.settings import ConfigKind
from app.models.entities.sla import SlaTable
from app.models.entities.whatif import Proposal
from app.services.settings.commands import save_config
from app.services.settings.queries import current_config
from app.services.whatif.commands import apply_to_open
from app.services.whatif.queries import documents_now, what_if
from tests.bench.measuring import Line, median_ms
from tests.bench.operations import Bench
from tests.support.site import SLA

# The bench's tickets are spread over a year: this many days replay all of them.
DAYS = 366
NEXT_EDITS = 5
_CHUNK = 20_000
_EVENT = (
    "INSERT INTO ticket_event (ticket_id, at, kind, field, old, new, detail) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def consequences(bench: Bench) -> Iterator[Line]:
    """Give every ticket a history, then measure; the last of the operations, as it fills the log."""
    _tell_stories(bench)
    ctx, edited = bench.ctx, Proposal(sla=SlaTable.from_dict(_stricter()))
    # The goal is for 100,000 tickets; what is kept answers the next edit without reading.
    goals = (10_000.0, 4_000.0) if bench.size <= 100_000 else (None, None)
    first = _once_ms(lambda: what_if(ctx, edited, days=DAYS))
    yield Line("what-if over all tickets, the first edit", bench.size, first, None, goal_ms=goals[0])
    following = median_ms(lambda: what_if(ctx, edited, days=DAYS), NEXT_EDITS)
    yield Line("what-if over all tickets, the next edit", bench.size, following, None, goal_ms=goals[1])
    number = current_config(ctx, ConfigKind.SLA, "site").number
    save_config(ctx, ConfigKind.SLA, "site", _stricter(), expected_number=number)
    seen = documents_now(ctx)
    took = _once_ms(lambda: apply_to_open(ctx, seen))
    yield Line("apply service levels to all open tickets", bench.size, took, None)


def _stricter() -> dict[str, object]:
    body = deepcopy(SLA)
    for target in body["policies"][0]["targets"]:  # type: ignore[index]
        target["resolution"] = "1 h"
    return body


def _once_ms(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return (time.perf_counter() - begin) * 1000


def _tell_stories(bench: Bench) -> None:
    """Promise every ticket, let it be assigned, begun, answered and solved; a third of them waits between."""
    seeded = random.Random(bench.size)
    tickets = bench.rows("SELECT id, received_at, resolved_at, priority FROM ticket ORDER BY id")
    sla = documents_now(bench.ctx).sla
    for first in range(0, len(tickets), _CHUNK):
        rows = [row for ticket in tickets[first : first + _CHUNK] for row in _story(ticket, sla, seeded)]
        bench.raw.execute("BEGIN")
        cursor = bench.raw.cursor()
        cursor.executemany(bench.sql(_EVENT), rows)
        bench.raw.execute("COMMIT")
    bench.raw.execute("ANALYZE" if bench.ctx.store.dialect.name == "sqlite" else "VACUUM ANALYZE")


def _story(
    ticket: tuple[int, int, int | None, int], sla: int, seeded: random.Random
) -> Iterator[tuple[object, ...]]:
    ticket_id, received, resolved, priority = ticket
    length = (resolved or received + 10**11) - received

    def line(part: float, kind: str, *facts: object, **detail: object) -> tuple[object, ...]:
        field, old, new = (*facts, None, None, None)[:3]
        at = received + int(length * part)
        return ticket_id, at, kind, field, old, new, json.dumps(detail) if detail else None

    promise = {
        "policy": "incidents",
        "priority": priority,
        "calendar": "24x7" if priority <= 2 else "office",
        "allowed": {"response": 900, "resolution": 7200 * priority},
        "warn_percents": [50, 75, 90],
        "sla_version": sla,
    }
    yield line(0, "promised", **promise)
    yield line(0.05, "changed", "team_id", None, "3")
    yield line(0.06, "status", "assign", "new", "assigned")
    yield line(0.1, "status", "start", "assigned", "in_progress")
    yield line(0.2, "note", None, None, "Called back; sends a picture of the error. " * 4, public=True)
    if seeded.random() < 1 / 3:
        yield line(0.4, "status", "wait", "in_progress", "waiting", waiting_reason_id=1)
        yield line(0.6, "status", "resume", "waiting", "in_progress")
    if resolved is not None:
        yield line(1, "status", "resolve", "in_progress", "resolved")
        yield line(1.1, "status", "close", "resolved", "closed")

"""A site of any size for the bench, written set-based: believable spread, no more columns than lists read."""

from __future__ import annotations

import json
import random
import uuid
from datetime import timedelta

from app.models.entities.instants import FAR_FUTURE_MICROS, to_micros
from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Context
from app.services.search.index import SearchTable, put_many
from tests.support.site import set_up_site

CHUNK = 20_000
OPEN_SHARE = 0.05
PEOPLE, TEAMS, CATEGORIES = 500, 10, 50
SUBJECTS = (
    "打印机卡纸无法打印",
    "VPN 连接失败，每五分钟断开",
    "ERP login page returns 503 for all of Finance",
    "Outlook search returns nothing since Tuesday",
    "会议室投影仪没有信号",
    "Label printer prints blank pages",
    "密码过期，账号被锁定",
    "Scanner sends to folder but files never arrive",
    "Wi-Fi very slow in Building 3",
)
_TICKETS = (
    "INSERT INTO ticket (number, type, status, channel, subject, description, requester_id, team_id,"
    " assignee_id, category_id, impact, urgency, priority, received_at, created_at, updated_at, resolved_at,"
    " is_open, is_paused, due_sort, resolution_due_at, resolution_met)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_EVENTS = "INSERT INTO ticket_event (ticket_id, at, kind, new, detail) VALUES (?, ?, ?, ?, ?)"


def fill(ctx: Context, size: int) -> None:
    """Migrate an empty database and write `size` tickets with one event each, `OPEN_SHARE` of them open."""
    ctx.store.migrate()
    set_up_site(ctx)
    _write(ctx, _people)
    seeded = random.Random(size)
    for first in range(1, size + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, size + 1))
        _write(ctx, lambda tx, numbers=numbers: _chunk(tx, numbers, seeded))
    _write(ctx, lambda tx: tx.execute("INSERT INTO counter (name, value) VALUES ('ticket', ?)", (size,)))
    if ctx.store.dialect.name == "postgresql":
        ctx.store.database.execute_sql("VACUUM ANALYZE")


def _write(ctx: Context, body: object) -> None:
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "bench")
    ctx.store.write(operation, body)  # type: ignore[arg-type]


def _people(tx: Transaction) -> None:
    for number in range(1, TEAMS + 1):
        tx.insert("team", {"code": f"team{number}", "name": f"Team {number}", "line": 1 + number % 2})
    tx.execute_many("INSERT INTO person (name) VALUES (?)", [(f"Person {n}",) for n in range(1, PEOPLE + 1)])
    for number in range(1, CATEGORIES + 1):
        tx.insert("category", {"code": f"cat{number}", "name": f"Category {number}", "default_team_id": 1})
    tx.insert("saved_view", {"name": "All open", "query": "status:open"})
    tx.insert("waiting_reason", {"kind": "user", "code": "user", "name": "Waiting for user"})


def _chunk(tx: Transaction, numbers: range, seeded: random.Random) -> None:
    now = to_micros(tx.now)
    year = int(timedelta(days=365) / timedelta(microseconds=1))
    rows, events, texts = [], [], []
    for number in numbers:
        is_open = seeded.random() < OPEN_SHARE
        subject = f"{seeded.choice(SUBJECTS)} {number}"
        received = now - seeded.randrange(year)
        due = received + seeded.randrange(10**10, 10**12)
        resolved = None if is_open else received + seeded.randrange(10**9, 10**11)
        rows.append(
            (
                number, "incident", "in_progress" if is_open else "closed", "phone", subject,
                "Since this morning, restarted twice.", 1 + number % PEOPLE, 1 + number % TEAMS,
                1 + seeded.randrange(60), 1 + seeded.randrange(CATEGORIES), 3, 3,
                seeded.choice((1, 2, 3, 3, 3, 4)), received, received, received, resolved, is_open, False,
                due if is_open else FAR_FUTURE_MICROS, due, None if is_open else resolved <= due,
            )
        )  # fmt: skip
        events.append((number, received, "created", "new", json.dumps({"channel": "phone"})))
        texts.append((number, f"{subject}\nSince this morning, restarted twice."))
    tx.execute_many(_TICKETS, rows)
    tx.execute_many(_EVENTS, events)
    put_many(tx, SearchTable.TICKETS, texts)

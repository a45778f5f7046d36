"""What is measured: the goal table of the issue, each operation beside the raw database on the same file."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.models.entities.instants import to_micros
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.context import Context
from app.services.reports.shift_figures import figures_of
from app.services.search.tokens import index_tokens
from app.services.tickets import commands, desk_queries, edit_commands, queries
from tests.bench.measuring import Line, median_ms, side_by_side

CALL = NewTicket(
    TicketType.INCIDENT, Channel.PHONE, "VPN 连接失败 every 5 minutes", impact=2, urgency=2, category_id=3
)
ORDER = " ORDER BY is_paused, due_sort, id LIMIT 50"
LISTED = (
    "SELECT id, number, type, status, priority, subject, requester_id, team_id, assignee_id, received_at"
    " FROM ticket WHERE is_open = true"
)
VIEWS = (
    "status:open", "status:in_progress", "status:open team:team3", "status:open assignee:none",
    "status:open priority:p1", "status:open category:cat4", "status:open type:incident",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """One filled database, its size, and a raw connection to it."""

    ctx: Context
    size: int
    raw: Any

    def sql(self, text: str) -> str:
        """Return a statement in the raw driver's style."""
        return self.ctx.store.dialect.sql(text)

    def rows(self, text: str, *parameters: object) -> list[Any]:
        """Ask the raw database."""
        return self.raw.execute(self.sql(text), parameters).fetchall()  # type: ignore[no-any-return]

    def commit(self, *statements: tuple[str, tuple[object, ...]]) -> None:
        """Write statements raw, in one commit as durable as ours."""
        self.raw.execute("BEGIN IMMEDIATE" if self.ctx.store.dialect.name == "sqlite" else "BEGIN")
        for text, parameters in statements:
            self.raw.execute(self.sql(text), parameters)
        self.raw.execute("COMMIT")

    def line(
        self, name: str, ours: Callable[[], object], raw: Callable[[], object] | None, **goals: Any
    ) -> Line:
        """Measure one operation."""
        if raw is None:
            return Line(name, self.size, median_ms(ours), None, **goals)
        taken = side_by_side(ours, raw)
        return Line(name, self.size, *taken, **goals)


def reads(bench: Bench) -> Iterator[Line]:
    """Lists, filters, counters, search, one ticket."""
    ctx = bench.ctx
    first = LISTED + ORDER
    open_tickets = queries.ticket_query(ctx, "status:open")
    middle = queries.ticket_anchors(ctx, open_tickets, None, max(bench.size // 40, 1), 1)
    anchor = tuple(middle[0]) if middle else None
    beyond = LISTED + " AND (is_paused, due_sort, id) > (?, ?, ?)" + ORDER
    yield bench.line(
        "first page of 50 open",
        lambda: queries.ticket_page(ctx, open_tickets, None, 50),
        lambda: bench.rows(first),
        goal_ms=1.0,
    )
    if anchor is not None:
        yield bench.line(
            "a page far down the open list",
            lambda: queries.ticket_page(ctx, open_tickets, anchor, 50),
            lambda: bench.rows(beyond, *anchor),
            goal_ms=1.0,
        )
    for text in VIEWS[1:]:
        asked = queries.ticket_query(ctx, text)
        yield bench.line(
            f"view {text}", lambda asked=asked: queries.ticket_page(ctx, asked, None, 50), None, goal_ms=1.0
        )
    several = queries.ticket_query(ctx, 'category:cat4 status:closed assignee:"Person 7"')
    yield bench.line(
        "filter category + status + assignee",
        lambda: queries.ticket_page(ctx, several, None, 50),
        lambda: bench.rows(
            "SELECT id, number, subject FROM ticket WHERE category_id = 4 AND status = 'closed'"
            " AND assignee_id = 7 ORDER BY received_at DESC LIMIT 50"
        ),
        goal_ms=1.2,
    )
    ids = itertools.cycle(range(1, bench.size, max(bench.size // 97, 1)))
    yield bench.line(
        "open a ticket with its timeline",
        lambda: queries.ticket_detail(ctx, next(ids)),
        lambda: bench.rows("SELECT * FROM ticket_event WHERE ticket_id = ?", next(ids)),
        goal_ms=1.5,
    )
    yield bench.line(
        "all counters", lambda: desk_queries.counters(ctx), None, goal_ms=_counter_goal(bench.size)
    )
    yield from _searches(bench)
    month = ctx.clock.now() - timedelta(days=30)
    yield bench.line(
        "one month's report figures",
        lambda: figures_of_month(ctx, month),
        None,
        goal_ms=4 if bench.size <= 10_000 else 10 if bench.size <= 100_000 else 60,
    )


def figures_of_month(ctx: Context, since: Any) -> object:
    """Ask the report's figures of the last thirty days."""
    with ctx.store.read() as read:
        return figures_of(read, since, ctx.clock.now())


def _searches(bench: Bench) -> Iterator[Line]:
    ctx = bench.ctx
    for word in ("打印", "卡纸", "scanner", "vpn"):
        asked = queries.ticket_query(ctx, word)
        yield bench.line(
            f"search, newest 50 with rows: {word}",
            lambda asked=asked: queries.ticket_page(ctx, asked, None, 50),
            None,
            goal_ms=3.0,
        )
    for word in ("打印", "scanner"):
        yield bench.line(
            f"search, ranked with snippets: {word}",
            lambda word=word: desk_queries.search_tickets(ctx, word),
            None,
            goal_ms=15.0,
        )


def _counter_goal(size: int) -> float:
    return 4.0 if size <= 10_000 else 6.0 if size <= 100_000 else 15.0


def writes(bench: Bench) -> Iterator[Line]:
    """Create, change, bulk: one commit each, as durable as the raw one."""
    ctx = bench.ctx
    now = to_micros(ctx.clock.now())
    numbers = itertools.count(50_000_000)
    text = "VPN 连接失败 every 5 minutes"
    tokens = " ".join(index_tokens(text))
    put = (
        "INSERT INTO ticket_search (rowid, tokens) VALUES ((SELECT MAX(id) FROM ticket), ?)"
        if ctx.store.dialect.name == "sqlite"
        else "INSERT INTO ticket_search (id, tokens)"
        " VALUES ((SELECT MAX(id) FROM ticket), to_tsvector('simple', ?))"
    )
    event = "INSERT INTO ticket_event (ticket_id, at, kind, new, detail) VALUES (?, ?, 'created', 'new', ?)"

    def raw_create() -> None:
        bench.commit(
            (
                "INSERT INTO ticket (number, type, status, channel, subject, impact, urgency, priority,"
                " received_at, created_at, updated_at)"
                " VALUES (?, 'incident', 'new', 'phone', ?, 2, 2, 2, ?, ?, ?)",
                (next(numbers), text, now, now, now),
            ),
            (event, (1, now, json.dumps({"channel": "phone"}))),
            (put, (tokens,)),
        )

    yield bench.line("create a ticket", lambda: commands.create_ticket(ctx, CALL), raw_create, goal_ratio=3.0)
    yield _change_line(bench, now)
    yield _bulk_line(bench, now)


def _change_line(bench: Bench, now: int) -> Line:
    ctx = bench.ctx
    fresh = iter([commands.create_ticket(ctx, CALL) for _ in range(25)])
    ids = itertools.cycle(range(1, 500))

    def raw_change() -> None:
        number = next(ids)
        bench.commit(
            ("UPDATE ticket SET status = 'in_progress', updated_at = ? WHERE id = ?", (now, number)),
            (
                "INSERT INTO ticket_event (ticket_id, at, kind, new) VALUES (?, ?, 'status', 'x')",
                (number, now),
            ),
        )

    def change() -> None:
        made = next(fresh)
        commands.start_work(ctx, made.id, version=made.version)

    # PostgreSQL may take three times its own raw figures, SQLite two.
    goal = 3.0 if ctx.store.dialect.name == "postgresql" else 2.0
    return bench.line("change a status", change, raw_change, goal_ratio=goal)


def _bulk_line(bench: Bench, now: int) -> Line:
    ctx = bench.ctx
    batches = iter(
        [
            tuple((made.id, made.version) for made in (commands.create_ticket(ctx, CALL) for _ in range(100)))
            for _ in range(21)
        ]
    )

    def raw_bulk() -> None:
        bench.raw.execute("BEGIN IMMEDIATE" if ctx.store.dialect.name == "sqlite" else "BEGIN")
        cursor = bench.raw.cursor()
        cursor.executemany(
            bench.sql("UPDATE ticket SET team_id = ?, updated_at = ? WHERE id = ?"),
            [(1, now, number) for number in range(1, 101)],
        )
        cursor.executemany(
            bench.sql("INSERT INTO ticket_event (ticket_id, at, kind, new) VALUES (?, ?, 'changed', 'x')"),
            [(number, now) for number in range(1, 101)],
        )
        bench.raw.execute("COMMIT")

    return bench.line(
        "bulk change of 100 with events and clocks",
        lambda: edit_commands.assign_many(ctx, next(batches), team_id=2),
        raw_bulk,
        goal_ms=12.0,
        goal_ratio=6.7,
    )

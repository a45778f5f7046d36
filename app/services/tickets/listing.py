"""Pages of tickets: a query made ready once, then read by keyset, never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from app.models.entities.instants import FAR_FUTURE_MICROS, from_micros, from_micros_or_none, to_micros
from app.models.entities.tickets import Channel, TicketRow, TicketStatus, TicketType
from app.models.transactions import Reader, Row
from app.services.base.names import person_column
from app.services.search.matching import Match, match_for, to_pg_tsquery, to_sqlite_match, to_sqlite_none
from app.services.search.rules import Query
from app.services.tickets.filters import Condition, Resolving, TimeCondition, condition_for

MOST_COUNTED = 10_000


class TicketOrder(StrEnum):
    """By what a list of tickets can be sorted."""

    TIME_LEFT = "time_left"
    RECEIVED = "received"
    UPDATED = "updated"
    NUMBER = "number"
    PRIORITY = "priority"
    STATUS = "status"
    SUBJECT = "subject"
    RESOLVED = "resolved"
    NEWEST = "newest"


# As it counts now; a row an older program wrote says only what it is.
_PRIORITY_NOW = "COALESCE(ticket.effective_priority, ticket.priority)"

# The key of each order; the id makes it unique. Paused tickets come last: nothing runs for them.
_KEYS: dict[TicketOrder, tuple[str, ...]] = {
    TicketOrder.TIME_LEFT: ("ticket.is_paused", "ticket.due_sort"),
    TicketOrder.RECEIVED: ("ticket.received_at",),
    TicketOrder.UPDATED: ("ticket.updated_at",),
    TicketOrder.NUMBER: ("ticket.number",),
    TicketOrder.PRIORITY: (_PRIORITY_NOW, "ticket.is_paused", "ticket.due_sort"),
    TicketOrder.STATUS: ("ticket.status", "ticket.is_paused", "ticket.due_sort"),
    TicketOrder.SUBJECT: ("ticket.subject",),
    TicketOrder.RESOLVED: ("COALESCE(ticket.resolved_at, 0)",),
    TicketOrder.NEWEST: (),  # by id alone: read straight off the full-text index
}


def _listed(language: str) -> str:
    """Return what a page selects. Names are looked up per row shown, never joined.

    PostgreSQL cannot estimate a keyset condition; with joins it would read all rows and sort them.
    """
    name = person_column("person", language)
    return (
        "ticket.id, ticket.number, ticket.type, ticket.status, ticket.priority, ticket.subject,"
        f" ticket.requester_id, (SELECT {name} FROM person WHERE person.id = ticket.requester_id),"
        " (SELECT person.is_vip FROM person WHERE person.id = ticket.requester_id), ticket.team_id,"
        f" ticket.assignee_id, (SELECT {name} FROM person WHERE person.id = ticket.assignee_id),"
        " ticket.category_id, ticket.channel, ticket.received_at, ticket.updated_at, ticket.due_sort,"
        " ticket.clock_started_at, ticket.is_paused, ticket.resolved_at, ticket.reopened_count,"
        " ticket.version, ticket.effective_priority, ticket.is_major, ticket.first_line_due_at,"
        " ticket.restored_at, ticket.bearable_until, ticket.promised_at, ticket.estimate_minutes,"
        " ticket.estimate_people, ticket.estimate_cost"
    )


_COLUMNS = {language: _listed(language) for language in ("en", "zh")}


@dataclass(frozen=True, slots=True)
class TicketQuery:
    """A list of tickets, ready to be read page by page: conditions, words and order.

    Names were looked up when it was made; moments ("due < 1h") are read anew with every page.
    """

    conditions: tuple[Condition | TimeCondition, ...] = ()
    match: Match | None = None
    order: TicketOrder = TicketOrder.TIME_LEFT
    is_descending: bool = False
    timezone: str = "UTC"
    language: str = "en"  # the reader's, for the names of people

    def sorted_by(self, order: TicketOrder, *, is_descending: bool) -> TicketQuery:
        """Return the same list in another order."""
        return replace(self, order=order, is_descending=is_descending)


def make_ready(
    read: Reader, query: Query, *, me: int | None, timezone: str, language: str = "en"
) -> TicketQuery:
    """Look up the names in `query` and choose its natural order.

    Open tickets come by time left; with words, or over ended tickets, the newest come first.

    Raises:
        BadInput: a name matches no record.
    """
    resolving = Resolving(read, me)
    conditions = tuple(condition_for(resolving, term) for term in query.filters)
    match = match_for(query) if query.words else None
    is_open = any(isinstance(c, Condition) and "ticket.is_open = true" in c.text for c in conditions)
    if is_open and match is None:
        return TicketQuery(conditions, None, TicketOrder.TIME_LEFT, False, timezone, language)
    order = TicketOrder.NEWEST if match is not None else TicketOrder.RECEIVED
    return TicketQuery(conditions, match, order, True, timezone, language)


def read_page(
    read: Reader, query: TicketQuery, now: datetime, anchor: tuple[object, ...] | None, count: int
) -> list[TicketRow]:
    """Return up to `count` rows after `anchor` (the key of a row), from the top for None."""
    return [_row(row) for row in read.rows(*page_statement(read, query, now, anchor, count))]


def page_statement(
    read: Reader, query: TicketQuery, now: datetime, anchor: tuple[object, ...] | None, count: int
) -> tuple[str, list[object]]:
    """Return the statement of a page and its parameters, for reading it and for asking how it is read."""
    source, conditions, parameters = _after(read, query, now, anchor)
    columns, order = _columns(query.language), _order(read, query)
    # The number stands in the text: with a parameter there, PostgreSQL plans for a tenth of all rows.
    text = f"SELECT {columns} FROM {source}{_where(conditions)} ORDER BY {order} LIMIT {count:d}"
    return text, parameters


def read_rows(read: Reader, ticket_ids: Sequence[int], language: str = "en") -> list[TicketRow]:
    """Return the rows of these tickets, in the order asked for; missing ones are left out."""
    if not ticket_ids:
        return []
    marks = ", ".join("?" * len(ticket_ids))
    text = f"SELECT {_columns(language)} FROM ticket WHERE ticket.id IN ({marks})"
    found = {row[0]: _row(row) for row in read.rows(text, ticket_ids)}
    return [found[ticket_id] for ticket_id in ticket_ids if ticket_id in found]


def read_anchors(
    read: Reader, query: TicketQuery, now: datetime, anchor: tuple[object, ...] | None, every: int, limit: int
) -> list[tuple[object, ...]]:
    """Return the keys of every `every`-th row after `anchor`, at most `limit`, straight off the index."""
    source, conditions, parameters = _after(read, query, now, anchor)
    keys = ", ".join(_keys(read, query))
    text = (
        f"SELECT {keys} FROM {source}{_where(conditions)}"
        f" ORDER BY {_order(read, query)} LIMIT {every * limit:d}"
    )
    return [tuple(row) for row in read.rows(text, parameters)[every - 1 :: every]]


def anchor_of(query: TicketQuery, row: TicketRow) -> tuple[object, ...]:
    """Return the key of a row in the query's order."""
    due = FAR_FUTURE_MICROS if row.due_at is None else to_micros(row.due_at)
    values: dict[str, object] = {
        "ticket.is_paused": row.is_paused,
        "ticket.due_sort": due,
        "ticket.received_at": to_micros(row.received_at),
        "ticket.updated_at": to_micros(row.updated_at),
        "ticket.number": row.number,
        _PRIORITY_NOW: row.priority_now,
        "ticket.status": row.status.value,
        "ticket.subject": row.subject,
        "COALESCE(ticket.resolved_at, 0)": 0 if row.resolved_at is None else to_micros(row.resolved_at),
    }
    return (*(values[key] for key in _KEYS[query.order]), row.id)


def count_rows(read: Reader, query: TicketQuery, now: datetime, most: int = MOST_COUNTED) -> tuple[int, bool]:
    """Return how many rows there are and whether that is exact; counting stops above `most`."""
    source, conditions, parameters = _from_where(read, query, now)
    text = f"SELECT COUNT(*) FROM (SELECT 1 FROM {source}{_where(conditions)} LIMIT {most + 1:d}) counted"
    found = int(read.value(text, parameters))
    return min(found, most), found <= most


def _after(
    read: Reader, query: TicketQuery, now: datetime, anchor: tuple[object, ...] | None
) -> tuple[str, list[str], list[object]]:
    """Return FROM, conditions and parameters of what comes after a row's key."""
    source, conditions, parameters = _from_where(read, query, now)
    if anchor is None:
        return source, conditions, parameters
    keys = _keys(read, query)
    sign = "<" if query.is_descending else ">"
    marks = ", ".join("?" * len(keys))
    return source, [*conditions, f"({', '.join(keys)}) {sign} ({marks})"], [*parameters, *anchor]


def _from_where(read: Reader, query: TicketQuery, now: datetime) -> tuple[str, list[str], list[object]]:
    zone = ZoneInfo(query.timezone)
    texts: list[str] = []
    parameters: list[object] = []
    source = "ticket"
    if query.match is not None:
        source = "ticket_search JOIN ticket ON ticket.id = ticket_search." + (
            "rowid" if read.dialect.name == "sqlite" else "id"
        )
        for text, parameter in _match_conditions(read, query.match):
            texts.append(text)
            parameters.append(parameter)
    for condition in query.conditions:
        ready = condition.at(now, zone) if isinstance(condition, TimeCondition) else condition
        texts.append(ready.text)
        parameters.extend(ready.parameters)
    return source, texts, parameters


def _match_conditions(read: Reader, match: Match) -> list[tuple[str, str]]:
    if read.dialect.name != "sqlite":
        wanted = to_pg_tsquery(match)
        return [("ticket_search.tokens @@ CAST(? AS tsquery)", wanted)] if wanted else []
    found = []
    if wanted := to_sqlite_match(match):
        found.append(("ticket_search MATCH ?", wanted))
    if refused := to_sqlite_none(match):
        found.append(
            ("ticket.id NOT IN (SELECT rowid FROM ticket_search WHERE ticket_search MATCH ?)", refused)
        )
    return found


def _keys(read: Reader, query: TicketQuery) -> tuple[str, ...]:
    # The index's own id column, or the planner would sort all hits before it takes fifty.
    searched = "ticket_search.rowid" if read.dialect.name == "sqlite" else "ticket_search.id"
    is_by_hits = query.match is not None and query.order is TicketOrder.NEWEST
    return (*_KEYS[query.order], searched if is_by_hits else "ticket.id")


def _order(read: Reader, query: TicketQuery) -> str:
    direction = " DESC" if query.is_descending else ""
    return ", ".join(key + direction for key in _keys(read, query))


def _columns(language: str) -> str:
    return _COLUMNS["zh" if language.startswith("zh") else "en"]


def _where(conditions: Sequence[str]) -> str:
    return " WHERE " + " AND ".join(conditions) if conditions else ""


def _row(row: Row) -> TicketRow:
    return TicketRow(
        row[0],
        row[1],
        _TYPES[row[2]],
        _STATUSES[row[3]],
        row[4],
        row[5],
        row[6],
        row[7] or "",
        bool(row[8]),
        row[9],
        row[10],
        row[11] or "",
        row[12],
        _CHANNELS[row[13]],
        from_micros(row[14]),
        from_micros(row[15]),
        None if row[16] == FAR_FUTURE_MICROS else from_micros(row[16]),
        from_micros_or_none(row[17]),
        bool(row[18]),
        from_micros_or_none(row[19]),
        row[20],
        row[21],
        row[22],
        bool(row[23]),
        from_micros_or_none(row[24]),
        from_micros_or_none(row[25]),
        from_micros_or_none(row[26]),
        from_micros_or_none(row[27]),
        *row[28:31],
    )


# A dictionary look-up is a tenth of calling the enum.
_TYPES = {kind.value: kind for kind in TicketType}
_STATUSES = {status.value: status for status in TicketStatus}
_CHANNELS = {channel.value: channel for channel in Channel}

"""Keeping and asking the full-text tables: stored tokens in FTS5, a tsvector of the same on PostgreSQL.

Any feature with text to be found uses this, inside the transaction that writes the text; it knows no feature.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.models.dialects import SqliteDialect
from app.models.transactions import Reader, Transaction
from app.services.search.matching import (
    Match,
    Synonyms,
    match_for,
    no_synonyms,
    to_fts5_text,
    to_pg_tsquery,
    to_sqlite_match,
    to_sqlite_none,
    to_tsvector_literal,
)
from app.services.search.rules import Query
from app.services.search.tokens import index_tokens

# A tie is broken by age, so no more than this many of the newest hits are ever scored.
MOST_HITS = 2_000


class SearchTable(StrEnum):
    """The full-text tables there are, by name."""

    TICKETS = "ticket_search"
    ARTICLES = "article_search"
    PEOPLE = "person_search"


@dataclass(frozen=True, slots=True)
class _Statements:
    """The static statements of one table on one database."""

    put: str
    remove: str
    some: str
    everything: str
    all_but: str = ""  # a tsquery says "none of these" by itself


def _sqlite_statements(table: SearchTable) -> _Statements:
    return _Statements(
        put=f"REPLACE INTO {table} (rowid, tokens) VALUES (?, ?)",
        remove=f"DELETE FROM {table} WHERE rowid = ?",
        some=f"SELECT rowid FROM {table} WHERE {table} MATCH ?",
        all_but=f"SELECT rowid FROM {table} WHERE rowid NOT IN"
        f" (SELECT rowid FROM {table} WHERE {table} MATCH ?)",
        everything=f"SELECT rowid FROM {table}",
    )


def _postgres_statements(table: SearchTable) -> _Statements:
    return _Statements(
        put=f"INSERT INTO {table} (id, tokens) VALUES (?, CAST(? AS tsvector))"
        " ON CONFLICT (id) DO UPDATE SET tokens = excluded.tokens",
        remove=f"DELETE FROM {table} WHERE id = ?",
        some=f"SELECT id FROM {table} WHERE tokens @@ CAST(? AS tsquery)",
        everything=f"SELECT id FROM {table}",
    )


_SQLITE = {table: _sqlite_statements(table) for table in SearchTable}
_POSTGRES = {table: _postgres_statements(table) for table in SearchTable}


def put(tx: Transaction, table: SearchTable, record_id: int, text: str) -> None:
    """Make a record findable by the words of `text`, in place of what it was findable by before."""
    put_many(tx, table, [(record_id, text)])


def put_many(tx: Transaction, table: SearchTable, texts: Iterable[tuple[int, str]]) -> None:
    """As `put`, for many records (id, text) with one statement."""
    write = to_fts5_text if _is_sqlite(tx) else to_tsvector_literal
    rows = [(record_id, write(index_tokens(text))) for record_id, text in texts]
    tx.execute_many(_statements(tx, table).put, rows)


def remove(tx: Transaction, table: SearchTable, record_id: int) -> None:
    """Make a record unfindable; one that is not there is no error."""
    tx.execute(_statements(tx, table).remove, (record_id,))


def matching_ids(
    read: Reader,
    table: SearchTable,
    query: Query,
    limit: int = MOST_HITS,
    synonyms: Synonyms = no_synonyms,
) -> list[int]:
    """Return the ids of at most `limit` records that hold the query's words, the highest id first.

    Filters of the query are not looked at. A query without words matches every record of the table.
    """
    text, parameters = matching(read, table, match_for(query, synonyms))
    key = "rowid" if _is_sqlite(read) else "id"
    rows = read.rows(f"{text} ORDER BY {key} DESC LIMIT ?", (*parameters, limit))
    return [row[0] for row in rows]


def matching(read: Reader, table: SearchTable, match: Match) -> tuple[str, list[object]]:
    """Return a SELECT of the matching ids and its parameters, to stand in `id IN (...)` of a larger query."""
    statements = _statements(read, table)
    if not _is_sqlite(read):
        asked = to_pg_tsquery(match)
        return (statements.some, [asked]) if asked else (statements.everything, [])
    wanted, refused = to_sqlite_match(match), to_sqlite_none(match)
    if wanted:
        return statements.some, [f"({wanted}) NOT ({refused})" if refused else wanted]
    return (statements.all_but, [refused]) if refused else (statements.everything, [])


def _is_sqlite(read: Reader) -> bool:
    return isinstance(read.dialect, SqliteDialect)


def _statements(read: Reader, table: SearchTable) -> _Statements:
    return (_SQLITE if _is_sqlite(read) else _POSTGRES)[table]

"""The full-text tables answer alike on both databases: words, phrases, absences, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from app.models.store import Operation
from app.models.transactions import Transaction
from app.services.base.context import Context
from app.services.search import index
from app.services.search.index import SearchTable
from app.services.search.rules import Query, parse

TEXTS = {
    1: "Printer jam on floor 2",
    2: "打印机卡纸，无法打印",
    3: "VPN connection failed after update",
    4: "Printer offline, VPN connected",
    5: "O'Neil's \\ back-slash: *stars* and \"quotes\" 100% ?",
}


@pytest.fixture
def indexed(ctx: Context) -> Context:
    """A desk whose ticket index holds TEXTS."""
    write(ctx, lambda tx: index.put_many(tx, SearchTable.TICKETS, TEXTS.items()))
    return ctx


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("printer", [4, 1]),
        ("print", [4, 1]),
        ("printer vpn", [4]),
        ("打印", [2]),
        ("打印机", [2]),
        ("纸", [2]),
        ("机", [2]),
        ('"printer jam"', [1]),
        ('"jam printer"', []),
        ("printer -vpn", [1]),
        ("-printer", [5, 3, 2]),
        ("-printer -vpn", [5, 2]),
        ("o'neil", [5]),
        ("*stars*", [5]),
        ("telephone", []),
        ("status:open", [5, 4, 3, 2, 1]),
        ("", [5, 4, 3, 2, 1]),
    ],
)
def test_what_is_typed_finds_the_newest_first(indexed: Context, typed: str, found: list[int]) -> None:
    assert matching(indexed, parse(typed)) == found


def test_no_more_than_asked_are_returned_and_they_are_the_newest(indexed: Context) -> None:
    with indexed.store.read() as read:
        assert index.matching_ids(read, SearchTable.TICKETS, Query(), 2) == [5, 4]


def test_a_synonym_finds_what_is_called_otherwise(indexed: Context) -> None:
    with indexed.store.read() as read:
        found = index.matching_ids(
            read,
            SearchTable.TICKETS,
            parse("tunnel"),
            synonyms=lambda word: ["vpn"] if word == "tunnel" else [],
        )

    assert found == [4, 3]


def test_a_new_text_replaces_the_old_one(indexed: Context) -> None:
    write(indexed, lambda tx: index.put(tx, SearchTable.TICKETS, 1, "Scanner"))

    assert matching(indexed, parse("printer")) == [4]
    assert matching(indexed, parse("scanner")) == [1]


def test_what_was_removed_is_not_found_and_may_be_removed_again(indexed: Context) -> None:
    write(indexed, lambda tx: index.remove(tx, SearchTable.TICKETS, 4))
    write(indexed, lambda tx: index.remove(tx, SearchTable.TICKETS, 4))

    assert matching(indexed, parse("printer")) == [1]


def test_the_tables_know_nothing_of_each_other(indexed: Context) -> None:
    with indexed.store.read() as read:
        assert index.matching_ids(read, SearchTable.ARTICLES, parse("printer")) == []


def test_a_text_without_words_is_kept_and_found_by_nothing(ctx: Context) -> None:
    write(ctx, lambda tx: index.put(tx, SearchTable.TICKETS, 9, "…"))

    assert matching(ctx, parse("a")) == []
    assert matching(ctx, Query()) == [9]


def test_a_refused_transaction_leaves_no_words_behind(ctx: Context) -> None:
    def body(tx: Transaction) -> None:
        index.put(tx, SearchTable.TICKETS, 1, "printer")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(ctx, body)

    assert matching(ctx, parse("printer")) == []


def matching(ctx: Context, query: Query) -> list[int]:
    with ctx.store.read() as read:
        return index.matching_ids(read, SearchTable.TICKETS, query)


def write(ctx: Context, body: Callable[[Transaction], None]) -> None:
    ctx.store.write(Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests"), body)

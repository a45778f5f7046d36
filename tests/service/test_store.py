"""The store: one transaction per operation, retries, lost replies, stale rows, old programs."""

from __future__ import annotations

import sqlite3
import threading
import uuid
from datetime import timedelta

import pytest

from app.models.entities.errors import StaleRecord, StoreRefused, StoreUnavailable
from app.models.entities.events import PeopleChanged, TicketsChanged
from app.models.store import Operation, Store


def operation(ctx, **more):
    return Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests", **more)


def companies(ctx):
    with ctx.store.read() as read:
        return [row[0] for row in read.rows("SELECT name FROM company ORDER BY id")]


def add_company(name):
    return lambda tx: tx.insert("company", {"name": name})


def test_a_body_that_fails_leaves_nothing_and_announces_nothing(ctx, announced):
    def body(tx):
        tx.insert("company", {"name": "Half"})
        tx.announce(PeopleChanged())
        raise ValueError("half-way")

    with pytest.raises(ValueError, match="half-way"):
        ctx.store.write(operation(ctx), body)

    assert companies(ctx) == []
    assert announced == []


def test_an_operation_given_twice_happens_once(ctx):
    once = operation(ctx, may_be_repeated=True)

    ctx.store.write(once, add_company("Huaxin"))
    again = ctx.store.write(once, add_company("Huaxin"))

    assert again is None
    assert companies(ctx) == ["Huaxin"]


def test_the_second_writer_of_a_version_is_refused(ctx, make):
    company = make.company()
    ctx.store.write(operation(ctx), lambda tx: tx.update_versioned("company", company.id, 1, {"name": "A"}))

    with pytest.raises(StaleRecord):
        ctx.store.write(
            operation(ctx), lambda tx: tx.update_versioned("company", company.id, 1, {"name": "B"})
        )

    assert companies(ctx) == ["A"]


def test_a_hundred_interleaved_increments_of_two_programs_all_count(ctx, other_ctx):
    def run(context):
        for _ in range(50):
            context.store.write(operation(context), lambda tx: tx.next_number("test"))
        context.store.release()

    threads = [threading.Thread(target=run, args=(context,)) for context in (ctx, other_ctx)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with ctx.store.read() as read:
        assert read.value("SELECT value FROM counter WHERE name = ?", ("test",)) == 100


def test_a_retried_body_runs_from_its_start_and_counts_once(ctx, monkeypatch):
    tries = []
    is_retryable = ctx.store.dialect.is_retryable
    monkeypatch.setattr(
        ctx.store.dialect, "is_retryable", lambda error: "busy" in str(error) or is_retryable(error)
    )

    def body(tx):
        tries.append(1)
        tx.insert("company", {"name": "Huaxin"})
        if len(tries) < 3:
            raise sqlite3.OperationalError("busy")

    ctx.store.write(operation(ctx), body)

    assert len(tries) == 3
    assert companies(ctx) == ["Huaxin"]


def test_a_commit_whose_reply_was_lost_is_looked_up_not_repeated(ctx, monkeypatch):
    monkeypatch.setattr(ctx.store.dialect, "is_lost", lambda error: "reply" in str(error))
    attempt = ctx.store._attempt
    calls = []

    def cut_after_commit(operation, body):
        calls.append(1)
        attempt(operation, body)
        raise sqlite3.OperationalError("no reply")

    monkeypatch.setattr(ctx.store, "_attempt", cut_after_commit)

    assert ctx.store.write(operation(ctx), add_company("Huaxin")) is None

    assert (len(calls), companies(ctx)) == (1, ["Huaxin"])


def test_another_program_hears_of_a_commit_and_the_writer_does_not_hear_itself(ctx, other_ctx, make):
    position = other_ctx.store.feed_position()
    ctx.store.write(operation(ctx), lambda tx: tx.announce(TicketsChanged(frozenset({7, 8}))))

    _, theirs = other_ctx.store.feed_after(position)
    _, own = ctx.store.feed_after(position)

    assert theirs == [TicketsChanged(frozenset({7, 8}))]
    assert own == []


def test_a_reader_behind_the_kept_feed_is_told_to_read_everything(ctx, other_ctx):
    for number in range(3):
        event = TicketsChanged(frozenset({number}))
        ctx.store.write(operation(ctx), lambda tx, event=event: tx.announce(event))
    ctx.clock.advance(timedelta(days=8))
    ctx.store.trim_feed(operation(ctx), before=ctx.clock.now())

    _, events = other_ctx.store.feed_after(0)

    assert TicketsChanged() in events


def test_events_reach_listeners_only_after_the_commit(ctx, bus):
    seen = []
    bus.subscribe(PeopleChanged, lambda event: seen.append(companies(ctx)))

    def body(tx):
        tx.insert("company", {"name": "Huaxin"})
        tx.announce(PeopleChanged())
        assert seen == []

    ctx.store.write(operation(ctx), body)

    assert seen == [["Huaxin"]]


def test_a_failing_listener_is_logged_and_undoes_nothing(ctx, bus, expect_log):
    expect_log("a listener failed")

    def fail(event):
        raise RuntimeError("screen is gone")

    bus.subscribe(PeopleChanged, fail)

    ctx.store.write(operation(ctx), lambda tx: tx.announce(PeopleChanged()))


def test_a_program_that_is_too_old_for_the_schema_writes_nothing(ctx):
    ctx.store.write(
        operation(ctx), lambda tx: tx.execute("UPDATE meta SET value = '99' WHERE key = 'min_client'")
    )

    with pytest.raises(StoreRefused) as refused:
        ctx.store.write(operation(ctx), add_company("Late"))

    assert refused.value.code == "store.newer"
    assert companies(ctx) == []


def test_a_database_that_is_not_there_is_told_with_its_address(databases):
    url = databases.empty()
    databases.drop(url)
    if url.startswith("sqlite"):
        url += "/no/such/folder.db"

    with pytest.raises(StoreUnavailable) as told:
        Store(url).epoch()

    assert told.value.code in {"store.cannot_open", "store.no_database", "store.lost"}

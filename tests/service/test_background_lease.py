"""Who does the background work: one at a time, the next one soon after, never with a wrong clock."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import StoreUnavailable
from app.models.store import Operation
from app.services.background import queries, runner
from app.services.background.lease_commands import give_back_lease, holds_token, take_lease
from app.services.background.runner import BackgroundThread, BackgroundWork
from app.services.background.server_time import (
    CorrectedClock,
    DatabaseTime,
    FileTime,
    OwnTime,
    server_time_of,
)
from app.services.base.clock import FixedClock, SystemClock
from app.services.base.context import Context
from tests.support.site import set_up_site

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NONE = timedelta()


class WrongBy:
    """A server whose clock is behind the PC's by `ahead`."""

    def __init__(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def now(self, ctx: Context) -> datetime:
        return ctx.clock.now() - self.ahead


class Unreachable:
    def now(self, ctx: Context) -> datetime:
        raise StoreUnavailable("store.lost", address="")


@pytest.fixture
def site(ctx):
    set_up_site(ctx)


def work(ctx, name="PC-01#a", **options) -> BackgroundWork:
    return BackgroundWork(ctx, holder=name, **options)


# -- on the database -------------------------------------------------------------------------------


def test_the_first_program_takes_the_lease_and_the_second_leaves_it(ctx, other_ctx, site):
    first, second = work(ctx), work(other_ctx, "PC-02#b")

    assert first.tick().holds_lease
    report = second.tick()

    assert not report.holds_lease
    assert 12.0 <= report.next_look <= 15.0


def test_a_renewed_lease_keeps_its_token(ctx, clock, site):
    one = work(ctx)
    one.tick()
    clock.advance(timedelta(seconds=20))
    one.tick()

    held = queries.lease_now(ctx)
    assert (held.token, held.until) == (1, clock.now() + timedelta(seconds=60))


def test_an_expired_lease_goes_to_the_next_with_a_higher_token(ctx, other_ctx, clock, site):
    work(ctx).tick()
    clock.advance(timedelta(seconds=60))

    assert work(other_ctx, "PC-02#b").tick().holds_lease
    held = queries.lease_now(ctx)
    assert (held.holder, held.token) == ("PC-02#b", 2)


def test_two_that_saw_the_same_expired_lease_do_not_both_get_it(ctx, other_ctx, clock, site):
    work(ctx).tick()
    clock.advance(timedelta(seconds=61))
    seen = queries.lease_now(ctx)

    first = take_lease(ctx, holder="PC-02#b", seen=seen, now=clock.now())
    second = take_lease(other_ctx, holder="PC-03#c", seen=seen, now=clock.now())

    assert (first.id, second.id) == (2, None)


def test_two_that_saw_no_lease_do_not_both_get_it(ctx, other_ctx, clock):
    first = take_lease(ctx, holder="PC-02#b", seen=None, now=clock.now())
    second = take_lease(other_ctx, holder="PC-03#c", seen=None, now=clock.now())

    assert (first.id, second.id) == (1, None)


def test_a_lease_renewed_since_it_was_seen_is_left_alone(ctx, other_ctx, clock, site):
    holder = work(ctx)
    holder.tick()
    clock.advance(timedelta(seconds=61))
    seen = queries.lease_now(ctx)
    holder.tick()

    assert take_lease(other_ctx, holder="PC-02#b", seen=seen, now=clock.now()).id is None


def test_a_lease_that_went_through_other_hands_since_is_left_alone(ctx, other_ctx, clock, site):
    work(ctx).tick()
    clock.advance(timedelta(seconds=61))
    seen = queries.lease_now(ctx)
    between = work(other_ctx, "PC-02#b")
    between.tick()
    between.close()

    assert take_lease(ctx, holder="PC-03#c", seen=seen, now=clock.now()).id is None


def test_a_lease_taken_at_a_time_that_is_not_yet_keeps_nobody_waiting(
    ctx, other_ctx, clock, site, expect_log
):
    expect_log("nothing is done at")
    clock.advance(timedelta(hours=1))
    work(ctx).tick()
    clock.advance(timedelta(hours=-1))  # the shared clock was an hour fast, and is put right

    other = work(other_ctx, "PC-02#b")
    other.tick()

    assert queries.lease_now(ctx).holder == "PC-02#b"


def test_a_token_that_was_overtaken_is_found_out(ctx, other_ctx, clock, site):
    work(ctx).tick()
    clock.advance(timedelta(seconds=61))
    work(other_ctx, "PC-02#b").tick()

    with_old, with_new = checked(ctx, 1), checked(ctx, 2)

    assert (with_old, with_new) == (False, True)


def checked(ctx, token) -> bool:
    operation = Operation(uuid.uuid4().hex, ctx.clock.now(), None, "tests")
    return ctx.store.write(operation, lambda tx: holds_token(tx, token))


def test_a_program_that_ends_gives_the_lease_to_the_next_at_once(ctx, other_ctx, site):
    first = work(ctx)
    first.tick()
    first.close()

    assert work(other_ctx, "PC-02#b").tick().holds_lease


def test_what_was_overtaken_is_not_given_back(ctx, other_ctx, clock, site):
    work(ctx).tick()
    clock.advance(timedelta(seconds=61))
    work(other_ctx, "PC-02#b").tick()

    give_back_lease(ctx, token=1, now=clock.now())

    assert queries.lease_now(ctx).until > clock.now()


def test_a_clock_off_by_more_than_five_minutes_may_not_hold_the_lease(ctx, site):
    late = work(ctx, server_time=WrongBy(timedelta(seconds=301)))

    report = late.tick()

    assert (report.holds_lease, report.clock_offset_seconds) == (False, 301)


def test_a_clock_that_goes_wrong_gives_the_lease_back(ctx, clock, site, expect_log):
    expect_log("clock is off")
    server = WrongBy(NONE)
    one = work(ctx, server_time=server)
    one.tick()
    server.ahead = timedelta(hours=1)
    clock.advance(timedelta(hours=1))
    one.tick()

    assert queries.lease_now(ctx).until <= clock.now() - timedelta(hours=1) + timedelta(seconds=1)


def test_a_clock_that_is_a_little_off_works_with_the_servers_time(ctx, clock, site):
    one = work(ctx, server_time=WrongBy(timedelta(seconds=100)))
    one.tick()

    assert queries.lease_now(ctx).renewed_at == clock.now() - timedelta(seconds=100)
    assert one.ctx.clock.now() == clock.now() - timedelta(seconds=100)


def test_without_the_shared_clock_nobody_begins(ctx, site):
    with pytest.raises(StoreUnavailable):
        work(ctx, server_time=Unreachable()).tick()

    assert queries.lease_now(ctx) is None


# -- what is told ----------------------------------------------------------------------------------


def test_the_state_names_the_pc_and_how_long_ago(ctx, other_ctx, clock, site):
    work(ctx, "PC-03#12.ab").tick()
    clock.advance(timedelta(seconds=12))

    state = queries.background_state(other_ctx)

    assert (state.holder, state.seconds_ago, state.is_mine, state.is_running) == ("PC-03", 12, False, True)


def test_the_state_knows_its_own_program(ctx, site):
    BackgroundWork(ctx).tick()

    assert queries.background_state(ctx).is_mine


def test_the_state_tells_a_wrong_clock(ctx, site):
    work(ctx).tick()

    assert not queries.background_state(ctx, time=WrongBy(timedelta(seconds=60))).is_clock_off
    assert queries.background_state(ctx, time=WrongBy(timedelta(seconds=-61))).is_clock_off


def test_the_state_is_told_without_the_shared_clock_too(ctx, site):
    work(ctx).tick()

    assert queries.background_state(ctx, time=Unreachable()).clock_offset_seconds is None


def test_nobody_ever_worked_here(ctx, site):
    assert queries.background_state(ctx) is None


# -- clocks ----------------------------------------------------------------------------------------


def test_the_shared_clock_is_the_servers_or_the_files(ctx):
    real = Context(ctx.store, SystemClock(), ctx.actor)
    shared = server_time_of(real, "test")

    kind = FileTime if ctx.store.dialect.name == "sqlite" else DatabaseTime
    assert isinstance(shared, kind)
    assert abs(shared.now(real) - real.clock.now()) < timedelta(seconds=60)


def test_a_clock_that_stands_still_agrees_with_no_server(ctx, clock):
    shared = server_time_of(ctx, "test")

    assert isinstance(shared, OwnTime)
    assert shared.now(ctx) == clock.now()


def test_asking_the_file_server_leaves_nothing_behind(ctx, tmp_path):
    FileTime(tmp_path / "desk.db", "x").now(ctx)

    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_file_is_told(ctx, tmp_path):
    with pytest.raises(StoreUnavailable):
        FileTime(tmp_path / "gone" / "desk.db", "x").now(ctx)


def test_a_corrected_clock_shows_the_servers_time():
    assert CorrectedClock(FixedClock(NOW), timedelta(seconds=90)).now() == NOW - timedelta(seconds=90)


# -- in a thread -----------------------------------------------------------------------------------


def test_a_thread_works_until_it_is_stopped_and_gives_the_lease_back(ctx, clock, site):
    did = threading.Event()
    thread = BackgroundThread(ctx, lambda _report: did.set())

    thread.start()
    thread.start()
    assert did.wait(30)
    thread.stop()
    thread.stop()

    assert queries.lease_now(ctx).until == clock.now()


def test_a_failure_is_logged_and_tried_again(ctx, site, expect_log, monkeypatch):
    expect_log("background work failed")
    monkeypatch.setattr(runner, "_AFTER_FAILURE", 0.0)
    tick, failed, did = BackgroundWork.tick, [], threading.Event()

    def fails_once(self):
        if not failed:
            failed.append(1)
            raise ZeroDivisionError
        return tick(self)

    monkeypatch.setattr(BackgroundWork, "tick", fails_once)
    thread = BackgroundThread(ctx, lambda _report: did.set())
    thread.start()

    assert did.wait(30)
    thread.stop()


def test_a_site_that_is_not_set_up_yet_is_waited_for(ctx, monkeypatch):
    monkeypatch.setattr(runner, "next_try", lambda: 0.01)
    did = threading.Event()
    thread = BackgroundThread(ctx, lambda _report: did.set())
    thread.start()
    set_up_site(ctx)

    assert did.wait(30)
    thread.stop()

"""The high-water mark (RELIABILITY 6.5): no time is acted on twice, none far ahead without a second look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.background import LONGEST_JUMP, ClockDoubt
from app.services.background import batches, queries, runner
from app.services.background.doing_commands import do_due
from app.services.background.high_water import accept_clock
from app.services.background.runner import BackgroundWork
from tests.support.watched_site import Desk, desk_with_people

SECOND = timedelta(seconds=1)


class WrongBy:
    """A shared clock this PC's is `ahead` of."""

    def __init__(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def now(self, ctx) -> datetime:
        return ctx.clock.now() - self.ahead


@pytest.fixture
def desk(ctx, make) -> Desk:
    desk = desk_with_people(ctx, make)
    desk.opened()
    desk.work.tick()
    return desk


@pytest.fixture
def other(other_ctx) -> BackgroundWork:
    return BackgroundWork(other_ctx, holder="PC-02#b")


@pytest.fixture
def warned(expect_log):
    expect_log("nothing is done at")


def fired(desk: Desk) -> int:
    return int(desk.rows("SELECT COUNT(*) FROM escalation WHERE state = 'fired'")[0][0])


# -- far ahead -------------------------------------------------------------------------------------


def test_a_month_in_which_the_desk_was_closed_is_acted_on(desk):
    desk.ctx.clock.advance(LONGEST_JUMP)

    report = desk.work.tick()

    assert (report.doubt, report.fired > 0) == (None, True)


def test_a_second_more_is_not(desk, warned):
    desk.ctx.clock.advance(LONGEST_JUMP + SECOND)

    report = desk.work.tick()

    assert (report.doubt, report.holds_lease, report.looked_at) == (ClockDoubt.AHEAD, True, 0)
    assert (fired(desk), desk.told()) == (0, [])


def test_a_wrong_year_breaks_no_promise_and_leaves_no_mark(desk, warned):
    desk.ctx.clock.set(datetime(2099, 1, 1, tzinfo=UTC))
    desk.work.tick()
    desk.ctx.clock.set(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))

    report = desk.work.tick()

    assert (report.doubt, desk.kinds(desk.owner)) == (None, ["warned"])


def test_the_same_program_does_not_confirm_itself(desk, warned):
    desk.ctx.clock.advance(2 * LONGEST_JUMP)

    doubts = [desk.work.tick().doubt for _ in range(3)]

    assert doubts == [ClockDoubt.AHEAD] * 3


def test_another_program_of_the_same_pc_is_no_second_look(desk, other_ctx, warned):
    desk.ctx.clock.advance(2 * LONGEST_JUMP)
    desk.work.tick()

    assert BackgroundWork(other_ctx, holder="PC-01#other").tick().doubt is ClockDoubt.AHEAD
    assert desk.work.tick().doubt is ClockDoubt.AHEAD


def test_a_program_on_another_pc_that_stands_by_gives_the_second_look(desk, other, warned):
    desk.ctx.clock.advance(2 * LONGEST_JUMP)
    desk.work.tick()

    second = other.tick()
    after = desk.work.tick()

    assert (second.holds_lease, second.doubt) == (False, None)
    assert (after.doubt, after.fired > 0) == (None, True)


def test_a_second_look_at_another_time_is_none(desk, other, warned):
    desk.ctx.clock.set(datetime(2099, 1, 1, tzinfo=UTC))
    desk.work.tick()
    desk.ctx.clock.set(datetime(2027, 2, 1, 10, 0, tzinfo=UTC))

    assert other.tick().doubt is ClockDoubt.AHEAD


def test_a_pc_whose_own_clock_disagrees_gives_no_second_look(desk, other_ctx, warned):
    desk.ctx.clock.advance(2 * LONGEST_JUMP)
    desk.work.tick()
    wrong = BackgroundWork(other_ctx, holder="PC-02#b", server_time=WrongBy(timedelta(seconds=301)))
    wrong.tick()

    assert desk.work.tick().doubt is ClockDoubt.AHEAD


def test_a_person_says_that_the_clock_is_right(desk, warned):
    desk.ctx.clock.advance(2 * LONGEST_JUMP)
    desk.work.tick()

    accept_clock(desk.ctx, now=desk.ctx.clock.now())

    assert desk.work.tick().fired > 0


# -- back ------------------------------------------------------------------------------------------


def test_nothing_is_done_before_the_last_time_something_was(desk):
    desk.ctx.clock.advance(timedelta(hours=1))
    desk.work.tick()
    desk.opened()
    desk.ctx.clock.advance(timedelta(seconds=-10))

    early = desk.work.tick()
    desk.ctx.clock.advance(timedelta(seconds=10))
    late = desk.work.tick()

    assert (early.doubt, early.looked_at, early.next_look) == (ClockDoubt.BEHIND, 0, 10.0)
    assert (late.doubt, late.looked_at) == (None, 1)


def test_a_clock_that_went_back_far_is_told_and_a_person_may_accept_it(desk, warned):
    desk.ctx.clock.advance(timedelta(hours=5))
    desk.work.tick()
    before = desk.told()
    desk.ctx.clock.advance(timedelta(hours=-5))
    waits = desk.work.tick()

    accept_clock(desk.ctx, now=desk.ctx.clock.now())
    desk.ctx.clock.advance(timedelta(hours=5))
    again = desk.work.tick()

    assert (waits.doubt, waits.holds_lease) == (ClockDoubt.BEHIND, True)
    assert (again.doubt, desk.told()) == (None, before)  # what was told is not told again


def test_a_clock_set_between_planning_and_writing_is_found_in_the_transaction(desk, warned, monkeypatch):
    desk.ctx.clock.advance(timedelta(hours=2))

    def set_then_written(ctx, plans, *, token):
        desk.ctx.clock.advance(2 * LONGEST_JUMP)
        return do_due(ctx, plans, token=token)

    monkeypatch.setattr(batches, "do_due", set_then_written)

    report = desk.work.tick()
    after = desk.work.tick()

    assert (report.fired, after.doubt, fired(desk)) == (0, ClockDoubt.AHEAD, 0)


def test_a_clock_set_in_the_middle_of_a_round_is_measured_again_first(desk, monkeypatch):
    desk.opened()
    monkeypatch.setattr(runner, "BATCH", 1)
    desk.ctx.clock.advance(timedelta(hours=2))
    write = batches.do_due

    def written_then_set(ctx, plans, *, token):
        written = write(ctx, plans, token=token)
        desk.ctx.clock.advance(timedelta(hours=1))
        return written

    monkeypatch.setattr(batches, "do_due", written_then_set)

    report = desk.work.tick()

    assert (report.looked_at, report.is_more) == (1, True)


# -- what is told ----------------------------------------------------------------------------------


def test_the_state_says_why_nothing_is_done(desk, warned):
    acted_at = desk.ctx.clock.now()
    quiet = queries.background_state(desk.ctx)
    desk.ctx.clock.advance(2 * LONGEST_JUMP)
    desk.work.tick()
    ahead = queries.background_state(desk.ctx)
    desk.ctx.clock.advance(-2 * LONGEST_JUMP - timedelta(seconds=61))
    behind = queries.background_state(desk.ctx)

    assert [(one.doubt, one.acted_at) for one in (quiet, ahead, behind)] == [
        (None, acted_at),
        (ClockDoubt.AHEAD, acted_at),
        (ClockDoubt.BEHIND, acted_at),
    ]


def test_two_clocks_that_differ_by_seconds_are_no_doubt(desk):
    desk.ctx.clock.advance(timedelta(seconds=-60))

    assert queries.background_state(desk.ctx).doubt is None


def test_a_damaged_mark_is_no_mark(desk):
    desk.write(lambda tx: tx.execute("UPDATE meta SET value = 'x' WHERE key = 'background.acted_at'"))
    desk.ctx.clock.advance(2 * LONGEST_JUMP)

    assert desk.work.tick().doubt is None

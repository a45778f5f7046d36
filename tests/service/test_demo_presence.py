"""The demo's duty board shows something of everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.creating import create_demo
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.duty.queries import checks_now, duty_board, presence_of_month


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=120, handovers=0)
    yield ctx
    ctx.store.release()


def test_the_demos_board_has_presence_somebody_away_checks_and_reachable_people(demo: Context) -> None:
    board = duty_board(demo)
    _shift, lines = checks_now(demo)
    month = presence_of_month(demo, f"{DEFAULT_UNTIL:%Y-%m}")

    assert all(one.attendance is not None for one in board.people if not one.duty.is_standby)
    assert sum(one.away is not None for one in board.people) == 1
    assert board.gaps == ()
    assert {line.tick.is_good for line in lines if line.tick} == {True, False}
    assert board.reachable
    assert any(one.late_times for one in month)

"""The shared clock as it is shown all day long: asked now and then, counted on in between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.models.entities.errors import StoreUnavailable
from app.services.background.server_time import RememberedTime
from app.services.base.context import Context


class Unreachable:
    """A server that cannot be asked."""

    def now(self, ctx: Context) -> datetime:
        raise StoreUnavailable("store.lost", address="")


class Asked:
    """A server that counts how often it is asked; its clock goes with the PC's."""

    def __init__(self) -> None:
        self.times = 0

    def now(self, ctx: Context) -> datetime:
        self.times += 1
        return ctx.clock.now()


def test_the_shared_clock_is_asked_once_and_counted_on_for_a_while(ctx, clock):
    server, counter = Asked(), [0.0]
    remembered = RememberedTime(server, timedelta(seconds=60), counter=lambda: counter[0])
    remembered.now(ctx)
    counter[0] = 59.0
    clock.advance(timedelta(seconds=59))
    told = remembered.now(ctx)
    asked_before = server.times
    counter[0] = 60.0
    clock.advance(timedelta(seconds=1))

    assert told == remembered.now(ctx) - timedelta(seconds=1)
    assert (asked_before, server.times) == (1, 2)


def test_the_shared_clock_is_asked_again_once_the_own_one_was_set(ctx, clock):
    server = Asked()
    remembered = RememberedTime(server, timedelta(seconds=60), counter=lambda: 1.0)
    remembered.now(ctx)
    clock.advance(timedelta(hours=1))

    assert remembered.now(ctx) == ctx.clock.now()
    assert server.times == 2


def test_a_failure_of_the_shared_clock_is_not_kept(ctx):
    remembered = RememberedTime(Unreachable())

    with pytest.raises(StoreUnavailable):
        remembered.now(ctx)

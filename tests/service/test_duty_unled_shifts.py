"""A shift without a duty supervisor is told to those who plan: ahead once, and once when it runs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.background.runner import BackgroundWork
from app.services.notices.queries import my_notices
from app.services.roster import commands
from tests.support.duty import FRIDAY, duty_desk
from tests.support.notices import acting


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def work(ctx):
    return BackgroundWork(ctx, holder="PC-01#1")


def told(desk, person):
    notices = my_notices(acting(desk.ctx, person))
    return [(one.body["shift"], one.body["is_empty"], one.body["has_begun"]) for one in notices]


def unled_night(desk):
    commands.name_supervisor(desk.ctx, person_id=desk.sun.id, on_date=FRIDAY, is_supervisor=False)


def test_who_plans_hears_once_of_the_next_shift_without_a_supervisor(desk, work):
    unled_night(desk)

    work.tick()
    work.tick()

    assert told(desk, desk.wang) == [("Night", False, False)]
    assert told(desk, desk.li) == []


def test_it_is_told_again_when_the_shift_runs(desk, work):
    unled_night(desk)
    work.tick()

    desk.ctx.clock.advance(timedelta(hours=2, minutes=5))
    work.tick()

    assert ("Night", False, True) in told(desk, desk.wang)


def test_an_empty_shift_is_called_empty(desk, work):
    desk.ctx.clock.advance(timedelta(hours=3))

    work.tick()

    assert told(desk, desk.wang) == [("Day", True, False)]


def test_a_led_desk_tells_nothing(desk, work):
    work.tick()

    assert told(desk, desk.wang) == []

"""Who is told of announcements by the bell: at once, in the background, and once each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.announcements import HeldTraining
from app.services.announcements import commands
from app.services.announcements.training_commands import record_training
from app.services.background.announcement_watch import AnnouncementWatch
from app.services.background.lease_commands import LeaseLost, take_lease
from app.services.base.context import system_actor
from app.services.roster.queries import site_zone
from tests.support.announcing import AnnouncingDesk, announcing_desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


@pytest.fixture
def watch(ctx):
    """A look of the background work, as a fresh program would take it."""
    program = ctx.acting_as(system_actor())
    token = take_lease(program, holder="test", seen=None, now=ctx.clock.now()).id
    return lambda: AnnouncementWatch().look(program, token)


def test_what_must_be_read_is_told_at_once_to_all_but_its_writer(desk):
    made = desk.write(must_read=True)

    facts = {"announcement": made, "title": "Mail is down", "what": "fault"}
    assert (desk.told(desk.wang), desk.told(desk.li)) == ([("announced", facts)], [("announced", facts)])
    assert desk.told(desk.chen) == []


def test_what_nobody_has_to_read_rings_no_bell(desk, watch):
    desk.write()

    assert (watch(), desk.told(desk.wang)) == ([], [])


def test_one_planned_is_told_when_it_begins_and_once(desk, watch, clock):
    desk.write(must_read=True, shown_from=clock.now() + HOUR)
    before = (watch(), desk.told(desk.wang))
    clock.advance(HOUR)

    rounds = [watch(), watch()]

    assert (before, rounds) == (([], []), [["announcements"], []])
    assert desk.kinds_told(desk.wang) == ["announced"]


def test_the_look_comes_with_the_beginning_itself(desk, ctx, clock):
    program = ctx.acting_as(system_actor())
    token = take_lease(program, holder="test", seen=None, now=ctx.clock.now()).id
    desk.write(must_read=True, shown_from=clock.now() + timedelta(minutes=2))
    kept = AnnouncementWatch()
    first = kept.look(program, token)
    clock.advance(timedelta(minutes=2))

    second = kept.look(program, token)

    assert (first, second) == ([], ["announcements"])


def test_whoever_has_read_it_before_it_was_told_is_not_told(desk, watch, clock):
    made = desk.write(must_read=True, shown_from=clock.now() + HOUR)
    commands.mark_announcement_read(desk.reader, made)
    clock.advance(HOUR)

    watch()

    assert (desk.told(desk.wang), desk.kinds_told(desk.li)) == ([], ["announced"])


def test_one_withdrawn_before_its_time_is_told_nobody(desk, watch, clock):
    made = desk.write(must_read=True, shown_from=clock.now() + HOUR)
    commands.withdraw_announcement(desk.writer, made, version=1)
    clock.advance(HOUR)

    assert (watch(), desk.told(desk.wang)) == ([], [])


def test_one_that_must_be_read_only_after_a_change_is_told_then(desk):
    made = desk.write()

    commands.edit_announcement(desk.writer, made, desk.details(must_read=True), version=1)

    assert desk.kinds_told(desk.wang) == ["announced"]


def test_days_before_a_new_system_those_without_training_are_told_and_who_leads(desk, watch):
    made = desk.new_system(in_days=3)
    today = desk.ctx.clock.now().date()
    record_training(desk.writer, made, HeldTraining((desk.wang.id,), today, 60))

    rounds = [watch(), watch()]

    assert rounds == [["announcements"], []]
    assert desk.told(desk.wang) == []
    about = {"announcement": made, "title": "New travel portal", "live_on": "2026-11-23"}
    assert desk.told(desk.li) == [("training_wanted", {**about, "minutes": 60})]
    assert desk.told(desk.chen) == [
        ("training_lacking", {**about, "count": 2}),
        ("training_wanted", {**about, "minutes": 60}),
    ]


def test_a_new_system_far_ahead_reminds_nobody_yet(desk, watch, clock):
    desk.new_system(in_days=5)
    early = watch()
    clock.advance(2 * DAY)

    assert (early, watch()) == ([], ["announcements"])


def test_a_day_that_is_moved_is_told_of_anew(desk, watch):
    made = desk.new_system(in_days=2)
    watch()
    found = desk.one(made).details
    later = desk.details(found.title, kind=found.kind, live_on=date(2026, 11, 23), training_minutes=60)
    commands.edit_announcement(desk.writer, made, later, version=1)

    watch()

    assert desk.kinds_told(desk.li) == ["training_wanted", "training_wanted"]


def test_where_all_are_trained_nobody_is_told(desk, watch):
    made = desk.new_system()
    everybody = (desk.chen.id, desk.wang.id, desk.li.id)
    with desk.ctx.store.read() as read:
        today = desk.ctx.clock.now().astimezone(site_zone(read)).date()
    record_training(desk.writer, made, HeldTraining(everybody, today, 60))

    assert (watch(), desk.told(desk.li)) == ([], [])


def test_a_program_that_lost_its_lease_tells_nothing(desk, ctx, clock):
    program = ctx.acting_as(system_actor())
    desk.write(must_read=True, shown_from=clock.now() + HOUR)
    clock.advance(HOUR)

    with pytest.raises(LeaseLost):
        AnnouncementWatch().look(program, 4711)

    assert desk.told(desk.wang) == []

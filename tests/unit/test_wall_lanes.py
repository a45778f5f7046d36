"""Where cards stand on the wall: share of the target in working time, lanes, marks passed, packing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.views.wall.lanes import (
    LaneKind,
    WallFilter,
    is_at_risk,
    lanes_of,
    marks_passed,
    team_for,
    used_share,
)
from app.views.wall.layout import Measures, WallLayout
from tests.support.wall import FIELD, FIRST, NOON, OFFICE_HOURS, at_work, card, clock, wall_of

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai, when the office opens


def lanes(wall, wanted=None):
    shares = {one.id: used_share(one.clock, NOON) for one in wall.tickets}
    return {
        lane.key: [one.id for one in lane.tickets] for lane in lanes_of(wall, shares, wanted or WallFilter())
    }


# -- how much is used ---------------------------------------------------------------------------------


def test_a_running_clock_goes_on_without_a_read():
    assert used_share(clock(0.5), NOON + timedelta(hours=1)) == pytest.approx(0.75)


def test_a_paused_clock_stands():
    assert used_share(clock(0.5, paused=True), NOON + timedelta(hours=9)) == pytest.approx(0.5)


def test_over_the_weekend_an_office_clock_stands():
    friday_evening = NOON + timedelta(hours=7)
    promise = clock(0.0, calendar=OFFICE_HOURS, hours=11)

    assert used_share(promise, friday_evening) == used_share(promise, MONDAY) == pytest.approx(0.5)


def test_without_a_promise_there_is_no_share():
    assert used_share(None, NOON) is None


@pytest.mark.parametrize(("used", "passed"), [(0.49, 0), (0.5, 1), (0.75, 2), (0.9, 3), (1.0, 4)], ids=str)
def test_marks_are_passed_at_their_very_share(used, passed):
    assert marks_passed(clock(used), used) == passed


@pytest.mark.parametrize(
    ("promise", "share", "risky"),
    [
        (clock(0.6), 0.6, False),
        (clock(0.75), 0.75, True),
        (clock(0.9, paused=True), 0.9, False),
        (None, None, False),
    ],
    ids=["half used", "three quarters", "paused", "no promise"],
)
def test_at_risk_is_what_runs_and_is_past_three_quarters(promise, share, risky):
    assert is_at_risk(card(1, promise), share) is risky


# -- lanes --------------------------------------------------------------------------------------------


def test_nobodys_cards_come_first_then_people_queues_and_who_is_not_there():
    wall = wall_of(
        card(1, person=1, team=1), card(2), card(3, team=2), card(4, person=8, team=1),
        people=(at_work(1, leads=True), at_work(2)),
    )  # fmt: skip

    assert lanes(wall) == {"nobody": [2], "person-1": [1], "person-2": [], "team-2": [3], "off_duty": [4]}


def test_who_stands_by_has_a_lane_only_with_cards():
    wall = wall_of(card(1, person=2), people=(at_work(1, standby=True), at_work(2, standby=True)))

    assert set(lanes(wall)) == {"nobody", "person-2"}


def test_of_one_team_its_members_and_its_queue_are_shown():
    wall = wall_of(card(1, person=1, team=1), card(2, team=2), people=(at_work(1), at_work(3, team=2)))

    assert lanes(wall, WallFilter(FIELD.id)) == {"person-3": [], "team-2": [2]}


def test_at_risk_only_leaves_the_others_out():
    wall = wall_of(card(1, clock(0.2)), card(2, clock(0.8)))

    assert lanes(wall, WallFilter(at_risk=True)) == {"nobody": [2]}


def test_a_card_goes_with_its_own_team_where_the_person_belongs_to_it():
    own, other = card(1, team=1), card(2, team=2)

    assert team_for(own, at_work(2, team=9), (FIRST, FIELD)) == FIRST.id
    assert team_for(other, at_work(2, team=1), (FIRST, FIELD)) == FIRST.id


# -- places -------------------------------------------------------------------------------------------


def places(*tickets, width=1400):
    wall = wall_of(*tickets)
    shares = {one.id: used_share(one.clock, NOON) for one in wall.tickets}
    return WallLayout(lanes_of(wall, shares, WallFilter()), shares, Measures.of(1.0, len(tickets)), width)


def test_the_right_edge_of_a_card_stands_at_its_share():
    layout = places(card(1, clock(0.9)))

    assert layout.cards[1].right() + 1 == layout.x_of(0.9)


def test_what_used_more_than_one_and_a_half_stands_at_the_end():
    layout = places(card(1, clock(1.5)), card(2, clock(9.0)))

    assert layout.cards[1].right() == layout.cards[2].right()
    assert layout.cards[2].right() < layout.width


def test_no_card_lies_on_another():
    layout = places(*(card(number, clock(number / 100)) for number in range(1, 61)))

    rects = list(layout.cards.values())
    assert not [(a, b) for at, a in enumerate(rects) for b in rects[at + 1 :] if a.intersects(b)]


def test_arrows_go_by_place_within_a_lane_and_to_the_next_row():
    layout = places(card(1, clock(0.2)), card(2, clock(0.9)), card(3, clock(0.21)))

    assert layout.step(1, 1, 0) == 3
    assert layout.step(3, 1, 0) == 2
    assert layout.step(2, 1, 0) is None
    assert layout.step(3, 0, 1) == 1


def test_a_lane_of_queues_and_people_takes_cards_and_the_others_do_not():
    wall = wall_of(card(1), card(2, team=1), card(3, person=8), people=(at_work(1),))
    found = lanes_of(wall, {}, WallFilter())

    assert [lane.kind for lane in found if lane.takes_cards] == [LaneKind.PERSON, LaneKind.TEAM]

"""Swaps: asked, answered, approved, taken at once, taken back, lapsed (U61), on both databases."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.errors import NotAllowed, RuleViolation, StaleRecord
from app.models.entities.leave import SwapState
from app.models.store import Operation
from app.services.leave import swap_commands, swap_queries, taking_commands
from app.services.settings import commands as settings
from app.services.settings import declared
from tests.support.changing_places import MONDAY, places

TUESDAY, WEDNESDAY, THURSDAY, SUNDAY = (MONDAY + timedelta(days=count) for count in (1, 2, 3, 6))


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def asked(desk):
    """Wang gives Monday to Li for Li's Thursday."""
    return swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li, THURSDAY))


@pytest.fixture
def accepted(desk, asked):
    return swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)


def state(desk, swap_id):
    (found,) = [one for one in swap_queries.swaps(desk.as_(desk.chen)) if one.id == swap_id]
    return found.state


def without_approval(desk):
    chen = desk.as_(desk.chen)
    settings.change_settings(chen, {declared.SWAP_APPROVAL.name: False}, versions={})


def test_a_swap_asked_accepted_and_approved_changes_both_places(desk, accepted):
    swap_commands.decide_swap(desk.as_(desk.chen), accepted.id, version=accepted.version, is_approved=True)

    cells = desk.cells()
    assert (cells["Li Na", "Mon"], cells["Wang Fang", "Thu"]) == ("D", "D")
    assert ("Wang Fang", "Mon") not in cells
    assert ("Li Na", "Thu") not in cells


def test_each_step_tells_whom_it_concerns(desk, accepted):
    swap_commands.decide_swap(desk.as_(desk.chen), accepted.id, version=accepted.version, is_approved=True)

    assert "swap_asked" in desk.told(desk.li)
    assert [kind for kind in desk.told(desk.wang) if kind.startswith("swap")] == [
        "swap_answered",
        "swap_decided",
    ]
    assert "swap_to_decide" in desk.told(desk.chen)


def test_where_no_approval_is_wanted_accepting_makes_it(desk, asked):
    without_approval(desk)

    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)

    assert desk.cells()["Li Na", "Mon"] == "D"
    assert state(desk, asked.id) is SwapState.APPROVED


def test_declining_changes_nothing(desk, asked):
    before = desk.cells()

    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=False)

    assert desk.cells() == before
    assert state(desk, asked.id) is SwapState.DECLINED


def test_a_shift_offered_to_anybody_goes_to_who_accepts(desk):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))
    accepted = swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)

    swap_commands.decide_swap(desk.as_(desk.chen), asked.id, version=accepted.version, is_approved=True)

    assert desk.cells()["Li Na", "Mon"] == "D"


def test_a_shift_taken_at_once_is_told_and_taken_back_within_the_time(desk):
    before = desk.cells()
    taken = taking_commands.take_shift(desk.as_(desk.li), desk.swap(MONDAY, desk.li, reason="Wang is ill"))
    during = desk.cells()

    taking_commands.take_back_swap(desk.as_(desk.li), taken.id, version=1)

    assert during["Li Na", "Mon"] == "D"
    assert desk.cells() == before
    assert desk.told(desk.chen).count("swap_taken") == 2


def test_after_the_time_only_deciders_take_back(desk, clock):
    taken = taking_commands.take_shift(desk.as_(desk.li), desk.swap(WEDNESDAY, desk.li, reason="Wang is ill"))
    clock.advance(timedelta(hours=25))

    with pytest.raises(NotAllowed):
        taking_commands.take_back_swap(desk.as_(desk.li), taken.id, version=1)
    taking_commands.take_back_swap(desk.as_(desk.chen), taken.id, version=1)

    assert desk.cells()["Wang Fang", "Wed"] == "D"


def test_a_manager_swaps_for_others_and_takes_it_back(desk):
    before = desk.cells()
    asked = swap_commands.ask_swap(desk.as_(desk.chen), desk.swap(MONDAY, desk.li, THURSDAY))
    made = swap_commands.decide_swap(desk.as_(desk.chen), asked.id, version=1, is_approved=True)
    during = desk.cells()

    made.undo.run()

    assert during["Li Na", "Mon"] == "D"
    assert desk.cells() == before


def test_a_swap_nobody_agreed_to_lapses_when_its_shift_begins(desk, asked, clock):
    clock.advance(timedelta(days=2, hours=20))
    operation = Operation(uuid.uuid4().hex, desk.ctx.clock.now(), None, "tests")

    lapsed = desk.ctx.store.write(operation, taking_commands.expire_swaps)

    assert lapsed == [asked.id]
    assert state(desk, asked.id) is SwapState.EXPIRED
    assert "swap_decided" in desk.told(desk.wang)


def test_a_lapsed_swap_cannot_be_accepted(desk, asked, clock):
    clock.advance(timedelta(days=4))

    with pytest.raises(RuleViolation, match=r"swap\.expired"):
        swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)


def test_a_swap_that_breaks_a_rule_that_forbids_is_refused_unless_explained(desk):
    desk.paint(desk.li, TUESDAY, desk.night)
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))
    decider = desk.as_(desk.chen)

    with pytest.raises(RuleViolation, match=r"swap\.breaks_rules"):
        swap_commands.decide_swap(decider, asked.id, version=1, is_approved=True)
    swap_commands.decide_swap(
        decider, asked.id, version=1, is_approved=True, note="Nobody else can", despite_rules=True
    )

    assert desk.cells()["Li Na", "Wed"] == "D"


def test_what_a_swap_does_is_known_before_anybody_agrees(desk):
    desk.paint(desk.li, TUESDAY, desk.night)

    effect = swap_queries.swap_effect(desk.as_(desk.wang), desk.swap(WEDNESDAY, desk.li))

    wang, li = effect.people
    assert (wang.minutes_before - wang.minutes_after, li.minutes_after - li.minutes_before) == (720, 720)
    assert li.rest == 0
    assert "day_after_night" in {one.rule.value for one in effect.forbidden}
    assert 0 <= effect.fairness_after <= 100
    assert desk.cells()["Wang Fang", "Wed"] == "D"


def test_a_cell_painted_meanwhile_refuses_the_swap(desk, accepted):
    desk.paint(desk.wang, MONDAY, None, desk.day)

    with pytest.raises((RuleViolation, StaleRecord)):
        swap_commands.decide_swap(
            desk.as_(desk.chen), accepted.id, version=accepted.version, is_approved=True
        )

    assert state(desk, accepted.id) is SwapState.ACCEPTED


def test_a_shift_is_offered_once_at_a_time(desk, asked):
    with pytest.raises(RuleViolation, match=r"swap\.asked_already"):
        swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))


def test_an_answer_can_be_taken_back(desk, accepted):
    accepted.undo.run()

    assert state(desk, accepted.id) is SwapState.ASKED


def test_a_third_person_can_neither_answer_nor_see_it(desk, asked, make):
    third = make.agent(name="Zhao", teams=(make.team(),))

    with pytest.raises(RuleViolation, match=r"swap\.not_asked_you"):
        swap_commands.answer_swap(desk.as_(third), asked.id, version=1, is_accepted=True)

    assert swap_queries.swaps(desk.as_(third)) == []


def test_those_who_swap_do_not_approve_it(desk):
    desk.paint(desk.chen, SUNDAY, desk.day)
    own = type(desk.swap(MONDAY, None))(desk.chen.id, SUNDAY, desk.li.id)
    asked = swap_commands.ask_swap(desk.as_(desk.chen), own)

    with pytest.raises(RuleViolation, match=r"swap\.own_swap"):
        swap_commands.decide_swap(desk.as_(desk.chen), asked.id, version=1, is_approved=True)


@pytest.mark.parametrize(
    ("on", "other", "back", "code"),
    [
        (SUNDAY, "li", None, "swap.nothing_to_give"),
        (MONDAY, "li", TUESDAY, "swap.nothing_in_return"),
        (MONDAY, "wang", None, "swap.with_oneself"),
        (MONDAY, None, THURSDAY, "swap.return_from_anybody"),
    ],
)
def test_what_cannot_be_swapped_is_told_at_once(desk, on, other, back, code):
    taker = None if other is None else getattr(desk, other)

    with pytest.raises(RuleViolation, match=code):
        swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(on, taker, back))


def test_a_shift_that_began_is_no_longer_offered_but_can_be_taken(desk, clock):
    clock.set(datetime(2026, 11, 23, 2, tzinfo=UTC))  # Monday, 10:00

    with pytest.raises(RuleViolation, match=r"swap\.too_late"):
        swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li))
    taking_commands.take_shift(desk.as_(desk.li), desk.swap(MONDAY, desk.li, reason="Wang went home ill"))

    assert desk.cells()["Li Na", "Mon"] == "D"


def test_taking_a_shift_needs_a_reason(desk):
    with pytest.raises(RuleViolation, match=r"swap\.reason_missing"):
        taking_commands.take_shift(desk.as_(desk.li), desk.swap(MONDAY, desk.li))

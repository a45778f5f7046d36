"""What an absence would do, who could stand in, whom a shift could be offered to, and who may know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, RuleViolation
from app.services.leave import commands, effect_queries, ledger_queries, queries, swap_commands, swap_queries
from app.services.roster.own_shifts import shifts_of
from tests.support.changing_places import MONDAY, places

TUESDAY, WEDNESDAY, THURSDAY = (MONDAY + timedelta(days=count) for count in (1, 2, 3))


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


def test_an_absence_names_the_shifts_that_fall_away(desk):
    effect = effect_queries.leave_effect(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, THURSDAY))

    assert [one.on_date for one in effect.shifts] == [MONDAY, TUESDAY, WEDNESDAY]
    assert {one.taker_id for one in effect.shifts} == {None}


def test_a_substitute_takes_over_what_no_rule_forbids(desk):
    desk.paint(desk.li, TUESDAY, desk.night)
    details = desk.leave_of(desk.wang, MONDAY, WEDNESDAY, substitute_id=desk.li.id)

    effect = effect_queries.leave_effect(desk.as_(desk.chen), details)

    takers = [one.taker_id for one in effect.shifts]
    assert takers == [desk.li.id, None, None]  # Tuesday has a night of hers, Wednesday follows it
    assert "day_after_night" in {one.rule.value for one in effect.shifts[2].broken}


def test_approval_does_what_the_preview_said(desk):
    desk.paint(desk.li, TUESDAY, desk.night)
    details = desk.leave_of(desk.wang, MONDAY, WEDNESDAY, substitute_id=desk.li.id)
    asked = commands.ask_leave(desk.as_(desk.wang), details)

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    assert [desk.cells().get(("Li Na", day)) for day in ("Mon", "Tue", "Wed")] == ["D", "N", None]


def test_whoever_decides_may_name_another_substitute(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))

    commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True, substitute=desk.li.id)

    (request,) = queries.leave_requests(desk.as_(desk.wang))
    assert request.substitute_name == "Li Na"
    assert desk.cells()["Li Na", "Mon"] == "D"


def test_nobody_records_their_own_absence(desk):
    with pytest.raises(RuleViolation, match=r"leave\.own_request"):
        commands.record_absence(desk.as_(desk.chen), desk.leave_of(desk.chen, MONDAY, MONDAY))


def test_withdrawing_an_approved_absence_is_told(desk):
    asked = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))
    approved = commands.decide_leave(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    commands.withdraw_leave(desk.as_(desk.chen), asked.id, version=approved.version)

    assert desk.told(desk.wang).count("leave_decided") == 2


def test_substitutes_are_those_who_can_take_most(desk):
    desk.paint(desk.li, TUESDAY, desk.night)

    found = effect_queries.substitutes(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, WEDNESDAY))

    assert [(one.name, one.takes, one.of) for one in found] == [("Chen Jie", 3, 3), ("Li Na", 1, 3)]


def test_where_no_shift_falls_away_nobody_has_to_stand_in(desk):
    assert effect_queries.substitutes(desk.as_(desk.li), desk.leave_of(desk.li, MONDAY, TUESDAY)) == []


def test_the_effect_of_a_colleagues_absence_is_not_shown_to_everybody(desk):
    with pytest.raises(NotAllowed):
        effect_queries.leave_effect(desk.as_(desk.li), desk.leave_of(desk.wang, MONDAY, MONDAY))


def test_reversed_dates_are_refused_in_the_preview_too(desk):
    with pytest.raises(BadInput, match=r"leave\.dates_reversed"):
        effect_queries.leave_effect(desk.as_(desk.wang), desk.leave_of(desk.wang, TUESDAY, MONDAY))


def test_colleagues_come_with_what_rules_say(desk):
    desk.paint(desk.li, TUESDAY, desk.night)

    chen, li = effect_queries.colleagues(desk.as_(desk.wang), desk.wang.id, WEDNESDAY)

    assert (chen.name, chen.holds, chen.is_forbidden) == ("Chen Jie", None, False)
    assert (li.name, li.rest, li.is_forbidden) == ("Li Na", 0, True)


def test_without_a_shift_there_is_nobody_to_offer_it_to(desk):
    with pytest.raises(RuleViolation, match=r"swap\.nothing_to_give"):
        effect_queries.colleagues(desk.as_(desk.wang), desk.wang.id, THURSDAY)


def test_a_third_person_does_not_learn_what_a_swap_does(desk, make):
    third = make.agent(name="Zhao", teams=(make.team(),))

    with pytest.raises(NotAllowed):
        swap_queries.swap_effect(desk.as_(third), desk.swap(MONDAY, desk.li))


def test_a_shift_keeps_its_team_when_somebody_of_another_takes_it(desk, make):
    guest = make.agent(name="Zhao Min", teams=(make.team(name="Second line"),))
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, guest))

    swap_commands.decide_swap(desk.as_(desk.chen), asked.id, version=1, is_approved=True)

    (shift,) = shifts_of(desk.as_(desk.chen), guest.id, MONDAY, MONDAY)
    assert shift.team == "First line"


def test_nobody_declines_for_all(desk):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))

    with pytest.raises(RuleViolation, match=r"swap\.open_to_anybody"):
        swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=False)


def test_taking_an_answer_back_opens_the_offer_to_anybody_again(desk):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, None))
    accepted = swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)

    accepted.undo.run()

    (swap,) = swap_queries.swaps(desk.as_(desk.chen))
    assert (swap.state.value, swap.other_id) == ("asked", None)


def test_whoever_was_asked_does_not_withdraw_the_offer(desk):
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li))

    with pytest.raises(NotAllowed):
        swap_commands.withdraw_swap(desk.as_(desk.li), asked.id, version=1)


def test_an_offer_whose_time_is_over_does_not_block_a_new_one(desk, clock):
    details = desk.swap(MONDAY + timedelta(days=2), desk.li)
    swap_commands.ask_swap(desk.as_(desk.wang), details)
    clock.advance(timedelta(hours=73))

    again = swap_commands.ask_swap(desk.as_(desk.wang), replace(details, reason="Please"))

    assert again.version == 1


def test_the_count_is_of_what_waits_for_the_reader(desk):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, TUESDAY, TUESDAY))
    swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY, desk.li))

    counts = [queries.waiting_for_me(desk.as_(one)) for one in (desk.wang, desk.li, desk.chen)]

    assert counts == [0, 1, 1]


def test_colleagues_see_neither_open_requests_nor_reasons(desk):
    first = commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, MONDAY, MONDAY))
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, TUESDAY, TUESDAY))
    commands.decide_leave(desk.as_(desk.chen), first.id, version=1, is_approved=True)

    (seen,) = queries.leave_requests(desk.as_(desk.li))

    assert (seen.first, seen.reason) == (MONDAY, "")


def test_the_ledger_shows_an_agent_their_own_line_only(desk):
    own = ledger_queries.fairness_ledger(desk.as_(desk.li), THURSDAY + timedelta(days=1))
    whole = ledger_queries.fairness_ledger(desk.as_(desk.chen), THURSDAY + timedelta(days=1))

    assert [line.name for line in own.lines] == ["Li Na"]
    assert [(line.name, line.minutes) for line in whole.lines] == [("Li Na", 720), ("Wang Fang", 2160)]
    assert own.mean_of(own.lines[0]).minutes == 1440


def test_own_shifts_name_hours_team_and_leader(desk):
    first, *_others = shifts_of(desk.as_(desk.wang), desk.wang.id, MONDAY, THURSDAY)

    assert (first.on_date, first.team, first.leaders) == (MONDAY, "First line", ())
    assert first.ends_at - first.starts_at == timedelta(hours=12)

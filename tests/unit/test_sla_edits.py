"""Changing an SLA table: rows come and go with their promises, policies keep their order."""

from __future__ import annotations

import pytest

from app.models.entities.sla import ClockKind, SlaPolicy, SlaTable, Target
from app.models.entities.time import Allowance
from app.services.sla.edits import (
    add_policy,
    change_policy,
    free_code,
    move_policy,
    policy_of,
    retire_policy,
    set_allowance,
    set_calendar,
    target_of,
)

HOUR = Allowance(3600)


def policy(code: str, *priorities: int) -> SlaPolicy:
    targets = tuple(Target(number, "office", {ClockKind.RESOLUTION: HOUR}) for number in priorities)
    return SlaPolicy(code, targets, code)


TABLE = SlaTable((policy("a", 1, 2), policy("b", 1), policy("c")))


def codes(table: SlaTable) -> str:
    return "".join(one.code for one in table.policies)


def test_a_promise_for_a_new_priority_makes_a_row_in_its_place():
    changed = set_allowance(policy("a", 1, 3), 2, ClockKind.RESPONSE, HOUR, calendar="24x7")
    assert [target.priority for target in changed.targets] == [1, 2, 3]
    assert changed.targets[1].calendar == "24x7"


def test_a_row_keeps_its_calendar_when_its_time_changes():
    changed = set_allowance(policy("a", 1), 1, ClockKind.RESPONSE, HOUR, calendar="24x7")
    assert changed.targets[0].calendar == "office"


def test_a_row_without_any_promise_goes_away():
    changed = set_allowance(policy("a", 1, 2), 1, ClockKind.RESOLUTION, None, calendar="office")
    assert [target.priority for target in changed.targets] == [2]


def test_a_calendar_is_set_only_where_there_is_a_row():
    changed = set_calendar(policy("a", 1), 1, "24x7")
    assert target_of(changed, 1).calendar == "24x7"
    assert set_calendar(changed, 5, "24x7") == changed


def test_a_policy_is_added_before_another_or_at_the_end():
    assert codes(add_policy(TABLE, policy("x"), before="b")) == "axbc"
    assert codes(add_policy(TABLE, policy("x"))) == "abcx"


@pytest.mark.parametrize(("place", "order"), [(0, "bac"), (1, "abc"), (9, "acb"), (-3, "bac")])
def test_a_policy_is_moved_to_a_place(place, order):
    assert codes(move_policy(TABLE, "b", place)) == order


def test_a_retired_policy_is_out_and_the_others_stay():
    assert codes(retire_policy(TABLE, "b")) == "ac"


def test_one_policy_changes_alone():
    changed = change_policy(TABLE, "b", lambda held: policy(held.code, 5))
    assert policy_of(changed, "b").targets[0].priority == 5
    assert policy_of(changed, "a") == policy_of(TABLE, "a")


def test_a_taken_code_gets_a_number():
    assert free_code(TABLE, "new") == "new"
    assert free_code(add_policy(TABLE, policy("a_2")), "a") == "a_3"

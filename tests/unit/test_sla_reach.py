"""Policies that can never hold, and rises of priority that cannot be."""

from __future__ import annotations

import pytest

from app.models.entities.errors import BadInput
from app.models.entities.sla import ClockKind, SlaPolicy, SlaTable, Target
from app.models.entities.tickets import TicketType
from app.models.entities.time import Allowance
from app.services.sla.reach import Shadow, shadows
from app.services.sla.rises import check_rises, in_order, next_rise

INCIDENT = frozenset({TicketType.INCIDENT})
REQUEST = frozenset({TicketType.REQUEST})


def policy(code, priorities=(1, 2, 3), **conditions):
    targets = tuple(Target(one, "office", {ClockKind.RESOLUTION: Allowance(3600)}) for one in priorities)
    return SlaPolicy(code, targets, **{name: frozenset(held) for name, held in conditions.items()})


def vip(held, is_vip):
    return SlaPolicy(held.code, held.targets, types=held.types, vip=is_vip)


def found(*policies, above=None):
    return shadows(SlaTable(policies), above)


def test_behind_a_policy_for_everything_none_can_hold():
    assert found(policy("all"), policy("late", types=INCIDENT)) == {"late": Shadow(("all",), (1, 2, 3), True)}


def test_the_first_policy_is_never_hidden():
    assert found(policy("late", types=INCIDENT), policy("all")) == {}


def test_only_rows_that_the_earlier_one_has_too_are_hidden():
    assert found(policy("all", (1, 2)), policy("late")) == {"late": Shadow(("all",), (1, 2), False)}


def test_several_types_together_hide_a_policy_for_both():
    hidden = found(
        policy("a", types=INCIDENT), policy("b", types=REQUEST), policy("both", types=INCIDENT | REQUEST)
    )
    assert hidden == {"both": Shadow(("a", "b"), (1, 2, 3), True)}


def test_one_type_alone_does_not_hide_a_policy_for_two():
    assert found(policy("a", types=INCIDENT), policy("both", types=INCIDENT | REQUEST)) == {}


def test_vip_and_not_vip_together_hide_a_policy_for_anybody():
    first, second = vip(policy("a"), True), vip(policy("b"), False)
    assert found(first, second, policy("c"))["c"].by == ("a", "b")
    assert found(first, policy("c")) == {}


@pytest.mark.parametrize("condition", ["service_ids", "category_ids"])
def test_a_policy_for_more_is_not_hidden_by_one_for_less(condition):
    narrow, wide = policy("narrow", **{condition: {1}}), policy("wide", **{condition: {1, 2}})
    assert found(narrow, wide) == {}
    assert list(found(wide, narrow)) == ["narrow"]
    assert found(narrow, policy("all")) == {}


def test_a_company_is_hidden_by_a_list_that_holds_it():
    assert list(found(policy("a", companies={"Huaxin", "Kaida"}), policy("b", companies={"Kaida"}))) == ["b"]


def test_a_category_is_hidden_by_one_above_it():
    upper, lower = policy("a", category_ids={1}), policy("b", category_ids={5})
    assert list(found(upper, lower, above={5: (3, 1)})) == ["b"]
    assert found(upper, lower) == {}


@pytest.mark.parametrize(
    ("rises", "code"),
    [
        (((0, 1),), "sla.rise_range"),
        (((1001, 1),), "sla.rise_range"),
        (((75, 0),), "sla.rise_range"),
        (((75, 5),), "sla.rise_range"),
        (((75, 1), (75, 2)), "sla.rise_twice"),
        (((90, 1), (75, 1)), "sla.rise_idle"),
        (((75, 2), (90, 1)), "sla.rise_idle"),
    ],
)
def test_rises_that_cannot_be_or_do_nothing_are_refused(rises, code):
    with pytest.raises(BadInput) as refused:
        check_rises(rises)
    assert refused.value.code == code


@pytest.mark.parametrize("rises", [(), ((75, 1),), ((90, 2), (75, 1)), ((1, 1), (1000, 4))])
def test_rises_that_climb_are_taken(rises):
    check_rises(rises)


def test_rises_stand_by_percent():
    assert in_order([(90, 2), (75, 1)]) == ((75, 1), (90, 2))


@pytest.mark.parametrize(
    ("rises", "further"),
    [((), (75, 1)), (((75, 1),), (90, 2)), (((75, 1), (90, 2)), (115, 3)), (((1000, 4),), (1000, 4))],
)
def test_a_further_rise_comes_later_and_goes_higher(rises, further):
    assert next_rise(rises) == further

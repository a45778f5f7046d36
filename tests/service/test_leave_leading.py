"""A swap after which nobody leads the shift: told before, decided knowingly, refused where forbidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.errors import RuleViolation
from app.models.entities.leave import SwapState
from app.models.entities.roster import Severity
from app.models.entities.roster_rules import RuleName, RuleSetting
from app.models.entities.settings import ConfigKind
from app.services.leave import swap_commands, swap_queries
from app.services.roster import plan_queries
from app.services.roster.commands import name_supervisor
from app.services.settings import commands as settings
from app.services.settings import declared
from tests.support.changing_places import MONDAY, places
from tests.support.command_line import say

THURSDAY = MONDAY + timedelta(days=3)


def weigh(desk, severity):
    held = plan_queries.rules_in_force(desk.ctx)
    kept = {**held.rules.settings, RuleName.SUPERVISOR: RuleSetting(severity)}
    body = replace(held.rules, settings=kept).to_dict()
    settings.save_config(desk.ctx, ConfigKind.ROSTER, "site", body, expected_number=held.number)


@pytest.fixture
def desk(ctx, make):
    """Chen leads on Monday night and gives the shift to Li, who may not lead."""
    desk = places(ctx, make)
    desk.paint(desk.chen, MONDAY, desk.night)
    name_supervisor(desk.as_(desk.chen), person_id=desk.chen.id, on_date=MONDAY, is_supervisor=True)
    weigh(desk, Severity.WARN)
    return desk


@pytest.fixture
def boss(desk, make):
    """Another who decides: nobody decides on a swap of their own."""
    return desk.ctx.acting_as(replace(desk.as_(desk.chen).actor, person_id=make.agent(name="Zhao Lei").id))


@pytest.fixture
def offer(desk):
    return replace(desk.swap(MONDAY, desk.li), asker_id=desk.chen.id)


@pytest.fixture
def accepted(desk, offer):
    asked = swap_commands.ask_swap(desk.as_(desk.chen), offer)
    return swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)


def state(desk):
    (found,) = swap_queries.swaps(desk.as_(desk.chen))
    return found.state


def test_the_effect_says_that_nobody_will_lead(desk, offer):
    effect = swap_queries.swap_effect(desk.as_(desk.chen), offer)

    assert [(one.on_date, one.template_id) for one in effect.unled] == [(MONDAY, desk.night.id)]


def test_approving_it_needs_somebody_who_knows(desk, accepted, boss):
    with pytest.raises(RuleViolation, match=r"swap\.leaves_unled") as refused:
        swap_commands.decide_swap(boss, accepted.id, version=accepted.version, is_approved=True)
    before = state(desk)
    swap_commands.decide_swap(boss, accepted.id, version=accepted.version, is_approved=True, is_unled=True)

    assert refused.value.params == {"date": MONDAY, "shift": "N"}
    assert (before, state(desk)) == (SwapState.ACCEPTED, SwapState.APPROVED)
    assert desk.cells()["Li Na", "Mon"] == "N"


def test_where_the_rule_forbids_it_knowing_is_not_enough(desk, accepted, boss):
    weigh(desk, Severity.FORBID)

    with pytest.raises(RuleViolation, match=r"swap\.breaks_rules"):
        swap_commands.decide_swap(
            boss, accepted.id, version=accepted.version, is_approved=True, is_unled=True
        )

    assert state(desk) is SwapState.ACCEPTED


def test_where_nobody_minds_it_is_approved_at_once(desk, accepted, boss):
    weigh(desk, Severity.OFF)

    swap_commands.decide_swap(boss, accepted.id, version=accepted.version, is_approved=True)

    assert state(desk) is SwapState.APPROVED


def test_without_approval_such_a_swap_still_waits_for_a_decider(desk, offer):
    settings.change_settings(desk.as_(desk.chen), {declared.SWAP_APPROVAL.name: False}, versions={})
    asked = swap_commands.ask_swap(desk.as_(desk.chen), offer)

    swap_commands.answer_swap(desk.as_(desk.li), asked.id, version=1, is_accepted=True)

    assert state(desk) is SwapState.ACCEPTED
    assert ("Li Na", "Mon") not in desk.cells()


def test_somebody_who_may_lead_takes_it_over_without_a_question(desk, boss):
    desk.paint(desk.li, MONDAY, desk.night)
    asked = swap_commands.ask_swap(desk.as_(desk.wang), desk.swap(MONDAY + timedelta(days=2), desk.chen))

    swap_commands.decide_swap(boss, asked.id, version=1, is_approved=True)

    assert desk.cells()["Chen Jie", "Wed"] == "D"


# -- the command line ---------------------------------------------------------------------------------------


def test_the_command_line_names_shift_and_day_and_approves_anyway(desk, accepted):
    effect = say(desk.ctx, "swap", "effect", "Chen Jie", "23", "--to", "Li Na")
    refused = say(desk.ctx, "swap", "approve", str(accepted.id))
    approved = say(desk.ctx, "swap", "approve", str(accepted.id), "--anyway")

    assert "Nobody will lead Night on 2026-11-23." in effect[1]
    assert "2026-11-23  Night  No duty supervisor" in effect[1]
    assert (refused[0], refused[2].strip(), approved[0]) == (1, "swap.leaves_unled", 0)


@pytest.mark.parametrize(("word", "after"), [("accept", SwapState.ACCEPTED), ("decline", SwapState.DECLINED)])
def test_an_offer_is_answered_on_the_command_line(desk, offer, word, after):
    asked = swap_commands.ask_swap(desk.as_(desk.chen), offer)

    code, _out, _err = say(desk.ctx, "swap", word, str(asked.id))

    assert (code, state(desk)) == (0, after)


def test_an_offer_that_does_not_exist_is_not_accepted(desk):
    assert say(desk.ctx, "swap", "accept", "4711")[::2] == (1, "swap.not_found\n")

"""Who hears of a ticket whose owner or assignee is absent: the substitute, or the duty supervisor (U42)."""

from __future__ import annotations

import pytest

from app.models.entities.escalation import Recipient
from app.models.entities.roster import ShiftKind
from app.models.entities.roster_plan import WorkTerms
from app.services.escalation.recipients import Directory, Hands
from app.services.roster import terms_commands
from tests.support.duty import FRIDAY, SATURDAY, duty_desk


@pytest.fixture
def desk(ctx, make):
    """Friday 18:00: Wang leads the day, Li works it, Sun's night begins later, Zhou is on standby."""
    return duty_desk(ctx, make)


@pytest.fixture
def ill(desk, make):
    """Ma, who is ill today."""
    sick = make.shift_template("K", name="Sick", kind=ShiftKind.ABSENCE, duration_minute=0)
    ma = make.agent(name="Ma Li", teams=(desk.first,))
    make.assignment(ma, FRIDAY, sick)
    return ma


def stands_in(desk, substitute, person):
    terms_commands.set_terms(desk.ctx, WorkTerms(substitute_id=substitute.id), person_id=person.id)


def told(desk, person, *, is_urgent=True):
    with desk.ctx.store.read() as read:
        directory = Directory(read, desk.ctx.clock.now())
        return directory.own(Hands(assignee_id=person.id), is_urgent=is_urgent)


def test_for_somebody_ill_the_substitute_hears_of_it_too(desk, ill):
    stands_in(desk, desk.li, ill)

    assert told(desk, ill) == {ill.id, desk.li.id}


def test_without_a_substitute_the_duty_supervisor_does(desk, ill):
    assert told(desk, ill) == {ill.id, desk.wang.id}


def test_a_substitute_who_is_absent_too_does_not_stand_in(desk, ill, make):
    other = make.agent(name="Hu Bo", teams=(desk.first,))
    make.assignment(other, FRIDAY, make.shift_template("V", kind=ShiftKind.ABSENCE, duration_minute=0))
    stands_in(desk, other, ill)

    assert told(desk, ill) == {ill.id, desk.wang.id}


def test_a_substitute_who_left_the_company_does_not_stand_in(desk, ill, make):
    stands_in(desk, make.agent(name="Gone", is_active=False), ill)

    assert told(desk, ill) == {ill.id, desk.wang.id}


def test_whoever_is_only_off_shift_keeps_it_and_the_supervisor_hears_too(desk, make):
    off = make.agent(name="Hu Bo", teams=(desk.first,))
    make.assignment(off, SATURDAY, desk.day)

    assert told(desk, off) == {off.id, desk.wang.id}


def test_what_can_wait_for_the_next_shift_waits_for_it(desk, make):
    off = make.agent(name="Hu Bo", teams=(desk.first,))
    make.assignment(off, SATURDAY, desk.day)

    assert told(desk, off, is_urgent=False) == {off.id}


@pytest.mark.parametrize("name", ["li", "zhou"])
def test_whoever_works_or_stands_by_hears_alone(desk, name):
    person = getattr(desk, name)

    assert told(desk, person) == {person.id}


def test_whoever_is_never_on_the_roster_hears_alone(desk, make):
    person = make.agent(name="Hu Bo", teams=(desk.network,))

    assert told(desk, person) == {person.id}


def test_a_step_that_names_a_team_stays_with_the_team(desk, ill):
    with desk.ctx.store.read() as read:
        found = Directory(read, desk.ctx.clock.now()).of(
            {Recipient.TEAM}, Hands(ill.id, ill.id, desk.network.id)
        )

    assert found == {desk.zhou.id}

"""Wishes: how many a month, until when, of several days at once, who reads what was written beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.entities.errors import BadInput, NotAllowed, RuleViolation
from app.models.entities.roster_plan import Wish
from app.models.entities.wishes import Wished
from app.services.filling.hopes import wishes_of
from app.services.filling.review_queries import fill_review
from app.services.leave import commands as leave_commands
from app.services.roster import plan_queries
from app.services.roster.commands import publish_month
from app.services.roster.wish_commands import clear_wish, put_wishes, set_wish
from app.services.settings.commands import change_settings
from tests.support.changing_places import MONDAY, places
from tests.support.command_line import say

DAYS = [MONDAY + timedelta(days=count) for count in range(7)]
OFF = Wished(None)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


def allow(desk, most):
    change_settings(desk.ctx, {"roster.wishes_a_month": most}, versions={})


def wished(desk, reader=None):
    reading = desk.as_(reader or desk.chen)
    return {
        (one.person_id, one.on_date): (one.template_id, one.text)
        for one in plan_queries.wishes(reading, DAYS[0], DAYS[-1])
    }


def test_days_are_wished_for_together_and_taken_back_as_one(desk):
    mine = desk.as_(desk.wang)

    done = put_wishes(mine, {(desk.wang.id, on): Wished(desk.night.id, " Exam ") for on in DAYS[:3]})
    noted = wished(desk)
    done.undo.run()

    assert noted == {(desk.wang.id, on): (desk.night.id, "Exam") for on in DAYS[:3]}
    assert (done.undo.code, done.undo.params) == ("roster.undo.wishes", {"count": 3})
    assert wished(desk) == {}


def test_nobody_wishes_more_often_in_a_month_than_the_site_allows(desk):
    allow(desk, 2)
    mine = desk.as_(desk.wang)
    put_wishes(mine, {(desk.wang.id, on): OFF for on in DAYS[:2]})

    with pytest.raises(RuleViolation, match=r"roster\.wishes_most") as refused:
        set_wish(mine, desk.wang.id, DAYS[2], None)

    assert refused.value.params == {"month": "2026-11", "most": 2}
    assert len(wished(desk)) == 2


def test_a_wish_is_changed_and_one_of_another_month_noted_while_this_month_is_full(desk):
    allow(desk, 1)
    mine = desk.as_(desk.wang)
    set_wish(mine, desk.wang.id, DAYS[0], None)

    set_wish(mine, desk.wang.id, DAYS[0], desk.day.id)
    put_wishes(mine, {(desk.wang.id, DAYS[0]): None, (desk.wang.id, DAYS[1]): OFF})
    set_wish(mine, desk.wang.id, date(2026, 12, 1), None)

    assert wished(desk) == {(desk.wang.id, DAYS[1]): (None, "")}


def test_without_a_limit_every_day_may_be_wished_for(desk):
    allow(desk, 0)

    put_wishes(desk.as_(desk.wang), {(desk.wang.id, on): OFF for on in DAYS})

    assert len(wished(desk)) == 7


def test_a_published_month_is_closed_for_wishes_and_for_taking_them_back(desk):
    mine = desk.as_(desk.wang)
    set_wish(mine, desk.wang.id, DAYS[0], None)
    publish_month(desk.as_(desk.chen), "2026-11", anyway=True)

    with pytest.raises(RuleViolation, match=r"roster\.wishes_closed"):
        set_wish(mine, desk.wang.id, DAYS[1], None)
    with pytest.raises(RuleViolation, match=r"roster\.wishes_closed"):
        clear_wish(desk.as_(desk.chen), desk.wang.id, DAYS[0])


def test_nothing_is_no_wish(desk):
    with pytest.raises(BadInput, match=r"roster\.wish_empty"):
        put_wishes(desk.as_(desk.wang), {})


def test_a_colleagues_wish_among_ones_own_refuses_all_of_them(desk):
    with pytest.raises(NotAllowed):
        put_wishes(desk.as_(desk.wang), {(desk.wang.id, DAYS[0]): OFF, (desk.li.id, DAYS[0]): OFF})

    assert wished(desk) == {}


def test_what_stands_beside_a_wish_only_its_person_and_planners_read(desk):
    set_wish(desk.as_(desk.wang), desk.wang.id, DAYS[0], None, "Clinic")

    texts = [wished(desk, reader)[desk.wang.id, DAYS[0]][1] for reader in (desk.wang, desk.chen, desk.li)]
    shown = plan_queries.plan(desk.as_(desk.li), DAYS[0], DAYS[-1])

    assert texts == ["Clinic", "Clinic", ""]
    assert [wish.text for wish in shown.wishes] == [""]


def test_somebody_sees_their_wishes_and_how_the_months_stand(desk):
    allow(desk, 3)
    set_wish(desk.as_(desk.wang), desk.wang.id, DAYS[0], None)
    set_wish(desk.as_(desk.li), desk.li.id, DAYS[0], None)
    desk.paint(desk.li, date(2026, 12, 1), desk.day)
    publish_month(desk.as_(desk.chen), "2026-12", anyway=True)

    found = plan_queries.wish_desk(desk.as_(desk.wang), desk.wang.id, DAYS[0], date(2026, 12, 31))

    assert found.wishes == (Wish(desk.wang.id, DAYS[0], None, "", 1),)
    assert [(one.month, one.is_closed, one.left) for one in found.months] == [
        ("2026-11", False, 2),
        ("2026-12", True, 3),
    ]
    assert {one.code for one in found.shifts} == {"D", "N"}


def test_only_planners_see_the_desk_of_somebody_else(desk):
    with pytest.raises(NotAllowed):
        plan_queries.wish_desk(desk.as_(desk.wang), desk.li.id, DAYS[0], DAYS[-1])


def test_a_review_says_of_everybody_how_many_wishes_are_fulfilled(desk):
    mine = desk.as_(desk.wang)
    put_wishes(mine, {(desk.wang.id, DAYS[0]): Wished(desk.day.id), (desk.wang.id, DAYS[1]): OFF})
    set_wish(desk.as_(desk.li), desk.li.id, DAYS[0], None)

    found = fill_review(desk.as_(desk.chen), DAYS[0], DAYS[-1], ())

    assert {one.person_id: (one.met, one.made) for one in found.wishes_after} == {
        desk.wang.id: (1, 2),
        desk.li.id: (1, 1),
    }


def test_leave_that_is_asked_for_is_a_wish_to_be_off_that_weighs_twice(desk):
    set_wish(desk.as_(desk.wang), desk.wang.id, DAYS[0], desk.day.id)
    leave_commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, DAYS[0], DAYS[1]))

    found = wishes_of(plan_queries.plan(desk.as_(desk.chen), DAYS[0], DAYS[-1]), DAYS)

    assert [(one.person_id, one.on, one.template_id, one.weight) for one in found] == [
        (desk.wang.id, DAYS[0], None, 2),
        (desk.wang.id, DAYS[1], None, 2),
    ]


# -- the command line ------------------------------------------------------------------------------------


def test_wishes_are_set_listed_and_cleared_on_the_command_line(desk):
    noted = say(desk.ctx, "roster", "wish", "set", "Wang Fang", "23", "N", "--last", "+1", "--text", "Exam")
    say(desk.ctx, "roster", "wish", "set", "Li Na", "2026-11-24", "off")
    listed = say(desk.ctx, "roster", "wish", "list", "2026-11")
    cleared = say(desk.ctx, "roster", "wish", "clear", "Wang Fang", "23")

    assert (noted[0], noted[1].strip()) == (0, "2 wishes noted or taken back")
    assert [" ".join(line.split()) for line in listed[1].splitlines()] == [
        "2026-11-23 Wang Fang N Exam",
        "2026-11-24 Wang Fang N Exam",
        "2026-11-24 Li Na off",
    ]
    assert cleared[0] == 0
    assert set(wished(desk)) == {(desk.wang.id, DAYS[1]), (desk.li.id, DAYS[1])}


@pytest.mark.parametrize(
    "words",
    [
        ("set", "Nobody Here", "23", "off"),
        ("set", "Wang Fang", "23", "NOPE"),
        ("set", "Wang Fang", "the 23rd", "off"),
        ("set", "Wang Fang", "23", "off", "--last", "-3"),
        ("set", "Wang Fang", "2026-11-01", "off"),
        ("list", "November"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_on_the_command_line(desk, words):
    code, _out, err = say(desk.ctx, "roster", "wish", *words)

    assert (code, bool(err.strip()), wished(desk)) == (1, True, {})

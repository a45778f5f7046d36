"""What is looked at before a month goes out or is filled, and what its versions say afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.models.entities.errors import NotAllowed, NotFound
from app.models.entities.ids import PersonId
from app.models.entities.roster import PaintedCell
from app.services.filling.review_queries import fill_review
from app.services.roster import commands, month_commands, month_queries
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

MONTH = "2026-12"
FIRST, SECOND, LAST = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 31)


@pytest.fixture
def desk(ctx, make):
    """Wang Fang and Li Na; on workdays one day shift is needed."""
    set_up_site(ctx)
    team = make.team(name="First line")
    day = make.shift_template("D", duration_minute=720)
    night = make.shift_template("N", start_minute=1200, duration_minute=720)
    put_row(
        ctx, "coverage_rule", template_id=day.id, team_id=team.id, day_type="workday", minimum=1, version=1
    )
    return make.agent(name="Wang Fang", teams=(team,)), make.agent(name="Li Na", teams=(team,)), day, night


def paint(ctx, person, on, shift, before=None):
    after = shift.id if shift is not None else None
    commands.paint_cells(ctx, [PaintedCell(person.id, on, after, before.id if before else None)])


# --- publishing --------------------------------------------------------------------------------


def test_first_everybody_with_a_shift_is_told_later_those_whose_shifts_differ(ctx, desk):
    wang, li, day, night = desk
    paint(ctx, wang, FIRST, day)
    paint(ctx, li, SECOND, day)
    first = month_queries.publish_check(ctx, MONTH).told
    commands.publish_month(ctx, MONTH, anyway=True)
    unchanged = month_queries.publish_check(ctx, MONTH).told
    paint(ctx, li, SECOND, night, before=day)

    later = month_queries.publish_check(ctx, MONTH).told

    assert (first, unchanged, later) == ((wang.id, li.id), (), (li.id,))


def test_whoever_publishes_is_not_told(ctx, desk):
    wang, li, day, _night = desk
    paint(ctx, wang, FIRST, day)
    paint(ctx, li, SECOND, day)
    as_wang = ctx.acting_as(replace(ctx.actor, person_id=PersonId(wang.id)))

    assert month_queries.publish_check(as_wang, MONTH).told == (li.id,)


def test_as_many_are_told_as_the_check_said(ctx, desk):
    wang, li, day, _night = desk
    paint(ctx, wang, FIRST, day)
    paint(ctx, li, SECOND, day)
    told = month_queries.publish_check(ctx, MONTH).told

    commands.publish_month(ctx, MONTH, anyway=True)

    with ctx.store.read() as read:
        noticed = read.rows("SELECT person_id FROM notice WHERE kind = 'roster_published' ORDER BY person_id")
    assert [row[0] for row in noticed] == list(told)


# --- versions ----------------------------------------------------------------------------------


def test_a_version_is_compared_with_now_and_with_another(ctx, desk):
    wang, li, day, night = desk
    paint(ctx, wang, FIRST, day)
    first = commands.publish_month(ctx, MONTH, anyway=True).id
    paint(ctx, wang, FIRST, night, before=day)
    second = commands.publish_month(ctx, MONTH, anyway=True).id
    paint(ctx, li, SECOND, day)

    between = month_queries.compare_versions(ctx, first, second)
    since = month_queries.compare_versions(ctx, first)

    assert [(one.person_id, one.on_date) for one in between.changes] == [(wang.id, FIRST)]
    assert [(one.person_id, one.on_date) for one in since.changes] == [(wang.id, FIRST), (li.id, SECOND)]
    assert between.people == {wang.id}


def test_the_history_says_who_has_seen_which_version(ctx, desk):
    wang, _li, day, night = desk
    paint(ctx, wang, FIRST, day)
    first = commands.publish_month(ctx, MONTH, anyway=True).id
    month_commands.mark_seen(ctx.acting_as(replace(ctx.actor, person_id=PersonId(wang.id))), first)
    paint(ctx, wang, FIRST, night, before=day)
    commands.publish_month(ctx, MONTH, anyway=True)

    history = month_queries.history(ctx, MONTH)

    assert [(one.version.number, [seen.name for seen in one.seen]) for one in history] == [
        (2, []),
        (1, ["Wang Fang"]),
    ]


def test_a_version_that_is_gone_is_said_so(ctx, desk):
    with pytest.raises(NotFound) as missing:
        month_queries.compare_versions(ctx, 999)

    assert missing.value.code == "roster.version_missing"


# --- a proposal --------------------------------------------------------------------------------


def test_a_proposal_is_judged_by_the_rosters_own_rules_and_nothing_is_painted(ctx, desk):
    wang, _li, day, night = desk
    strokes = (PaintedCell(wang.id, FIRST, night.id), PaintedCell(wang.id, SECOND, day.id))

    review = fill_review(ctx, FIRST, LAST, strokes)

    added = {one.rule.value for one in review.broken_after} - {one.rule.value for one in review.broken_before}
    assert "day_after_night" in added
    assert review.clashes == ()
    assert month_queries.month_state(ctx, MONTH).changes == ()


def test_a_proposal_names_the_cells_in_which_another_shift_stands_by_now(ctx, desk):
    wang, li, day, night = desk
    paint(ctx, li, FIRST, night)
    strokes = (PaintedCell(wang.id, FIRST, day.id), PaintedCell(li.id, FIRST, day.id))

    review = fill_review(ctx, FIRST, LAST, strokes)

    assert [cell.person_id for cell in review.clashes] == [li.id]


def test_sharing_evenly_is_fairer_than_before(ctx, desk):
    wang, li, day, _night = desk
    paint(ctx, wang, FIRST, day)
    paint(ctx, li, date(2026, 12, 5), day)
    paint(ctx, wang, date(2026, 12, 6), day)
    strokes = (PaintedCell(li.id, SECOND, day.id),)

    review = fill_review(ctx, FIRST, LAST, strokes)

    assert (review.fair_before.by_measure["hours"], review.fair_after.by_measure["hours"]) == (50, 100)


def test_who_may_not_plan_sees_no_proposal(ctx, desk):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"roster.read"})))

    with pytest.raises(NotAllowed):
        fill_review(reader, FIRST, LAST, ())

"""Plans as the database gives them: days, hours and coverage of special months, two who paint at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.entities.errors import StaleRecord
from app.models.entities.roster import PaintedCell
from app.models.entities.settings import ConfigKind, SiteChoices
from app.services.roster import commands, crew_queries, fairness_queries, plan_queries, queries, skill_queries
from app.services.roster.checks import RosterChecks
from app.services.settings.current import SITE_DOCUMENT
from app.services.settings.queries import current_config
from app.services.setup.first_start import set_up
from tests.support.site import set_up_site

HARBOUR = SiteChoices("Harbour IT", "港口 IT")
LONDON = SiteChoices("Harbour IT", language="en", timezone="Europe/London", country="GB")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def code_of(ctx, code):
    return next(template for template in queries.shift_templates(ctx) if template.code == code)


def staff(ctx, make, name):
    """Somebody of the sample set-up's first team."""
    with ctx.store.read() as read:
        team = read.value("SELECT id FROM team WHERE code = 'first'")
    person = make.agent(name=name)
    make._link("team_member", {"team_id": team, "person_id": person})
    return person


def needed(checks, code, team, day):
    found = [
        count.needed
        for count in checks.counts
        if count.on_date.day == day
        and checks.times.templates[count.rule.template_id].code == code
        and count.rule.team_id == team
    ]
    return found[0]


def test_the_sample_set_up_has_crews_patterns_skills_and_rules(ctx):
    set_up(ctx, HARBOUR)

    assert [crew.code for crew in crew_queries.crews(ctx)] == ["1", "2", "3", "4"]
    assert crew_queries.patterns(ctx)[0].cells == ("D", "N", "", "")
    assert len(skill_queries.skills(ctx)) == 11
    assert current_config(ctx, ConfigKind.ROSTER, SITE_DOCUMENT).number == 1


def test_national_day_is_a_holiday_with_days_in_lieu_and_a_saturday_that_is_worked(ctx):
    ctx.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    set_up(ctx, HARBOUR)
    with ctx.store.read() as read:
        teams = dict(read.rows("SELECT code, id FROM team"))

    checks = RosterChecks(plan_queries.plan(ctx, *OCTOBER))

    types = [checks.plan.day_types[on] for on in checks.plan.days]
    assert types[:7] == [*["holiday"] * 3, "weekend", *["day_off_in_lieu"] * 3]
    assert types[7:11] == ["workday", "workday", "make_up_workday", "weekend"]
    assert needed(checks, "G", teams["field"], 10) == 2  # the Saturday that is worked
    assert needed(checks, "G", teams["field"], 11) == 0
    assert needed(checks, "D", teams["field"], 1) == 1


def test_a_statutory_day_is_a_holiday_a_sunday_a_weekend_and_the_worked_saturday_neither(ctx, make):
    ctx.clock.set(datetime(2026, 9, 1, tzinfo=UTC))
    set_up(ctx, HARBOUR)
    wang, day = staff(ctx, make, "Wang Fang"), code_of(ctx, "D")
    dates = [date(2026, 10, 1), date(2026, 10, 10), date(2026, 10, 11)]
    commands.paint_cells(ctx, [PaintedCell(wang.id, on, day.id) for on in dates])

    ledger = fairness_queries.fairness(ctx, date(2026, 11, 1), months=1)

    (share,) = [one for one in ledger.shares if one.person_id == wang.id]
    assert (share.holidays, share.weekends, share.minutes) == (1, 1, 36 * 60)


def test_the_night_the_clocks_go_back_is_an_hour_longer_in_the_month_and_in_the_ledger(ctx, make):
    set_up(ctx, LONDON)
    wang, night = staff(ctx, make, "Wang Fang"), code_of(ctx, "N")
    commands.paint_cells(ctx, [PaintedCell(wang.id, date(2026, 10, 24), night.id)])

    checks = RosterChecks(plan_queries.plan(ctx, *OCTOBER))

    ledger = fairness_queries.fairness(ctx, date(2026, 11, 1), months=1)
    assert checks.minutes(wang.id) == 13 * 60
    assert [one.minutes for one in ledger.shares if one.person_id == wang.id] == [13 * 60]


def test_a_stroke_is_all_or_nothing_when_somebody_else_painted_one_of_its_cells(ctx, other_ctx, make):
    set_up_site(ctx)
    team = make.team()
    wang, li = make.agent(teams=(team,)), make.agent(teams=(team,))
    day = make.shift_template("D")
    on = date(2026, 12, 1)
    commands.paint_cells(other_ctx, [PaintedCell(li.id, on, day.id)])

    with pytest.raises(StaleRecord):
        commands.paint_cells(ctx, [PaintedCell(wang.id, on, day.id), PaintedCell(li.id, on, day.id)])

    assert {person for person, _on in plan_queries.plan(ctx, on, on).cells} == {li.id}


def test_a_stroke_may_paint_one_cell_twice(ctx, make):
    set_up_site(ctx)
    wang = make.agent(teams=(make.team(),))
    day, night = make.shift_template("D"), make.shift_template("N")
    on = date(2026, 12, 1)

    done = commands.paint_cells(
        ctx, [PaintedCell(wang.id, on, day.id), PaintedCell(wang.id, on, night.id, before=day.id)]
    )

    (cell,) = plan_queries.plan(ctx, on, on).cells.values()
    done.undo.run()
    assert cell.template_id == night.id
    assert plan_queries.plan(ctx, on, on).cells == {}


def test_who_is_gone_can_be_taken_off_their_shifts(ctx, make):
    set_up_site(ctx)
    gone = make.person(name="Gone")
    day = make.shift_template("D")
    make.assignment(gone, date(2026, 12, 1), day)

    commands.paint_cells(ctx, [PaintedCell(gone.id, date(2026, 12, 1), None, before=day.id)])

    assert plan_queries.plan(ctx, *(date(2026, 12, 1),) * 2).cells == {}

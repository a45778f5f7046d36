"""A month is published as a version, changed, told, compared, restored and withdrawn, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.errors import BadInput, NotFound, RuleViolation, StaleRecord
from app.models.entities.ids import PersonId
from app.models.entities.notices import NoticeKind
from app.models.entities.roster import BrokenRule, PaintedCell
from app.models.entities.settings import ConfigKind
from app.services.base.context import Actor
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.notices.commands import mark_all_read
from app.services.notices.queries import my_notices
from app.services.roster import commands, month_commands, month_queries, queries
from app.services.settings.commands import save_config
from tests.support.roster_rows import put_leave, put_row
from tests.support.site import set_up_site

MONTH = "2026-12"
FIRST = date(2026, 12, 1)
SECOND = FIRST + timedelta(days=1)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up_site(ctx)


@pytest.fixture
def day(make):
    return make.shift_template("D", duration_minute=720)


@pytest.fixture
def night(make):
    return make.shift_template("N", start_minute=1200, duration_minute=720)


@pytest.fixture
def team(make):
    return make.team(name="First line")


@pytest.fixture
def wang(make, team):
    return make.agent(name="Wang Fang", teams=(team,))


@pytest.fixture
def li(make, team):
    return make.agent(name="Li Na", teams=(team,))


@pytest.fixture
def planner(ctx, make):
    """The program with somebody signed in who plans and is on no roster."""
    boss = make.agent(name="Gao Jing")
    return ctx.acting_as(Actor(PersonId(boss.id), boss.name, ALL_PERMISSIONS, "pc"))


def acting(ctx, person):
    return ctx.acting_as(Actor(PersonId(person.id), person.name, ALL_PERMISSIONS, "pc"))


def paint(ctx, person, on, shift, before=None, **more):
    cell = PaintedCell(person.id, on, shift and shift.id, before and before.id, **more)
    return commands.paint_cells(ctx, [cell])


def told(ctx, person):
    return [(notice.kind, notice.body.get("dates")) for notice in my_notices(acting(ctx, person))]


def shifts(ctx):
    cells = queries.roster(ctx, FIRST, date(2026, 12, 31)).cells
    return {(key[0], key[1].day): cell.template_id for key, cell in cells.items()}


def test_a_month_nobody_published_is_a_draft_without_version(ctx):
    state = month_queries.month_state(ctx, MONTH)

    assert (state.is_published, state.version, state.changes) == (False, None, ())


def test_publishing_writes_a_version_and_tells_all_who_have_a_shift(planner, wang, li, day):
    paint(planner, wang, FIRST, day)

    done = commands.publish_month(planner, MONTH, note=" First plan ", anyway=True)

    (version,) = month_queries.versions(planner, MONTH)
    assert (version.id, version.number, version.note, version.by) == (done.id, 1, "First plan", "Gao Jing")
    assert told(planner, wang) == [(NoticeKind.ROSTER_PUBLISHED, None)]
    assert told(planner, li) == []


def test_what_was_changed_since_is_listed_by_date(planner, wang, li, day, night):
    paint(planner, wang, FIRST, day)
    paint(planner, li, SECOND, day)
    commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, FIRST, night, before=day)
    paint(planner, li, SECOND, None, before=day)

    state = month_queries.month_state(planner, MONTH)

    listed = [
        (one.person_id, one.on_date.day, one.before.template_id, one.after and one.after.template_id)
        for one in state.changes
    ]
    assert state.is_published
    assert listed == [(wang.id, 1, day.id, night.id), (li.id, 2, day.id, None)]


def test_fixing_a_cell_is_no_change_to_anybody(planner, wang, day):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, FIRST, day, before=day, is_fixed=True)

    assert month_queries.month_state(planner, MONTH).changes == ()


def test_changes_of_a_published_month_are_one_growing_notice(planner, wang, day, night):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    mark_all_read(acting(planner, wang))
    paint(planner, wang, FIRST, night, before=day)
    paint(planner, wang, date(2026, 12, 9), day)

    unread = [one for one in my_notices(acting(planner, wang)) if not one.is_read]

    (notice,) = unread
    assert notice.kind is NoticeKind.ROSTER_CHANGED
    assert notice.body["dates"] == [["2026-12-01", "D", "N"], ["2026-12-09", "", "D"]]


def test_what_is_changed_back_leaves_the_notice_and_the_last_one_takes_it_along(planner, wang, day, night):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    changed = paint(planner, wang, FIRST, night, before=day)

    changed.undo.run()

    assert told(planner, wang) == [(NoticeKind.ROSTER_PUBLISHED, None)]


def test_a_notice_that_was_read_is_not_changed_any_more(planner, wang, day, night):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, FIRST, night, before=day)
    mark_all_read(acting(planner, wang))

    paint(planner, wang, FIRST, day, before=night)

    assert [dates for _kind, dates in told(planner, wang)] == [
        [["2026-12-01", "N", "D"]],
        [["2026-12-01", "D", "N"]],
        None,
    ]


def test_a_draft_and_days_that_are_past_are_told_to_nobody(planner, wang, day):
    commands.publish_month(planner, "2026-11", anyway=True)
    paint(planner, wang, date(2026, 11, 2), day)
    paint(planner, wang, FIRST, day)

    assert told(planner, wang) == []


def test_who_changes_their_own_shift_is_not_told(planner, wang, day):
    commands.publish_month(planner, MONTH, anyway=True)

    paint(acting(planner, wang), wang, FIRST, day)

    assert told(planner, wang) == []


def test_publishing_again_tells_only_those_whose_shifts_differ(planner, wang, li, day, night):
    paint(planner, wang, FIRST, day)
    paint(planner, li, FIRST, night)
    commands.publish_month(planner, MONTH, anyway=True)
    mark_all_read(acting(planner, li))
    commands.publish_month(planner, MONTH, is_published=False)
    paint(planner, wang, SECOND, night)

    done = commands.publish_month(planner, MONTH, anyway=True)

    assert done.version == 2
    assert told(planner, wang)[0] == (NoticeKind.ROSTER_CHANGED, [["2026-12-02", "", "N"]])
    assert len(told(planner, li)) == 1


def test_a_month_that_stands_as_it_is_cannot_be_published_again(planner, wang, day):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)

    with pytest.raises(RuleViolation, match=r"roster\.publish_unchanged"):
        commands.publish_month(planner, MONTH, anyway=True)


def test_a_draft_taken_back_stands_again_without_another_version(planner, wang, day):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    commands.publish_month(planner, MONTH, is_published=False)

    done = commands.publish_month(planner, MONTH, anyway=True)

    assert done.version == 1
    assert month_queries.month_state(planner, MONTH).is_published


def test_what_is_forbidden_can_be_painted_but_not_published(planner, wang, day, night):
    paint(planner, wang, FIRST, night)
    paint(planner, wang, SECOND, day)

    with pytest.raises(RuleViolation) as refused:
        commands.publish_month(planner, MONTH)

    found = {one.rule for one in refused.value.params["violations"]}
    assert (refused.value.code, BrokenRule.DAY_AFTER_NIGHT in found) == ("roster.publish_refused", True)
    assert month_queries.versions(planner, MONTH) == []


def test_a_rule_that_only_warns_lets_a_month_be_published(planner, wang, day, night):
    lenient = {"rules": {"day_after_night": {"severity": "warn"}, "rest": {"severity": "warn"}}}
    save_config(planner, ConfigKind.ROSTER, "site", lenient, expected_number=0)
    paint(planner, wang, FIRST, night)
    paint(planner, wang, SECOND, day)

    assert commands.publish_month(planner, MONTH, anyway=True).version == 1


def test_what_is_past_keeps_no_month_from_being_published(planner, wang, day, night):
    planner.clock.set(datetime(2026, 12, 20, tzinfo=UTC))
    paint(planner, wang, FIRST, night)
    paint(planner, wang, SECOND, day)

    assert commands.publish_month(planner, MONTH, anyway=True).version == 1


def test_taking_a_publication_back_leaves_no_trace(planner, wang, day):
    paint(planner, wang, FIRST, day)

    commands.publish_month(planner, MONTH, anyway=True).undo.run()

    state = month_queries.month_state(planner, MONTH)
    assert (state.is_published, state.version) == (False, None)
    assert told(planner, wang) == []
    assert shifts(planner) == {(wang.id, 1): day.id}


def test_the_version_before_stands_again_when_the_next_is_taken_back(planner, wang, day):
    paint(planner, wang, FIRST, day)
    commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, SECOND, day)
    again = commands.publish_month(planner, MONTH, anyway=True)

    withdrawn = again.undo.run()

    state = month_queries.month_state(planner, MONTH)
    assert (state.is_published, state.version.number, len(state.changes)) == (True, 1, 1)
    assert withdrawn.undo.run().version == 2


def test_a_version_somebody_has_seen_is_not_taken_back(planner, wang, day):
    paint(planner, wang, FIRST, day)
    done = commands.publish_month(planner, MONTH, anyway=True)
    month_commands.mark_seen(acting(planner, wang), done.id)

    with pytest.raises(RuleViolation, match=r"roster\.version_seen"):
        done.undo.run()


def test_only_the_newest_version_is_taken_back(planner, wang, day):
    paint(planner, wang, FIRST, day)
    first = commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, SECOND, day)
    commands.publish_month(planner, MONTH, anyway=True)

    with pytest.raises(RuleViolation, match=r"roster\.version_old"):
        first.undo.run()


def test_who_has_seen_a_version_is_noted_once_and_when_first(planner, wang, day):
    paint(planner, wang, FIRST, day)
    done = commands.publish_month(planner, MONTH, anyway=True)
    first = planner.clock.now()
    month_commands.mark_seen(acting(planner, wang), done.id)
    planner.clock.set(first + timedelta(hours=1))

    month_commands.mark_seen(acting(planner, wang), done.id)

    (seen,) = month_queries.seen_by(planner, done.id)
    assert (seen.person_id, seen.name, seen.at) == (wang.id, "Wang Fang", first)


def test_restoring_a_version_paints_it_and_can_be_taken_back(planner, wang, li, day, night):
    paint(planner, wang, FIRST, day, is_supervisor=True, is_fixed=True)
    version = commands.publish_month(planner, MONTH, anyway=True)
    paint(planner, wang, FIRST, night, before=day)
    paint(planner, li, SECOND, day)

    done = month_commands.restore_version(planner, version.id)
    restored = queries.roster(planner, FIRST, date(2026, 12, 31)).cells
    done.undo.run()

    (cell,) = restored.values()
    assert (cell.template_id, cell.is_supervisor, cell.is_fixed) == (day.id, True, True)
    assert shifts(planner) == {(wang.id, 1): night.id, (li.id, 2): day.id}


def test_versions_that_are_not_there_are_refused(planner):
    with pytest.raises(NotFound, match=r"roster\.version_missing"):
        month_commands.restore_version(planner, 99)


@pytest.mark.parametrize("text", ["2026-13", "2026", "2026-4", "April", "2026-04-01", ""])
def test_what_is_no_month_is_refused(planner, text):
    with pytest.raises(BadInput, match=r"roster\.month_bad"):
        commands.publish_month(planner, text)


def test_the_check_before_publishing_names_what_to_mend_and_whom_it_forgot(
    planner, team, wang, li, day, night
):
    rule = {"template_id": day.id, "team_id": team.id, "day_type": "workday", "minimum": 1, "version": 1}
    put_row(planner, "coverage_rule", **rule)
    put_leave(planner, li.id, day.id, SECOND, SECOND, state="asked")
    paint(planner, wang, FIRST, night)
    paint(planner, wang, SECOND, day)

    check = month_queries.publish_check(planner, MONTH)

    assert [one.rule for one in check.forbidden] == [BrokenRule.DAY_AFTER_NIGHT]
    assert BrokenRule.NO_SUPERVISOR in {one.rule for one in check.warnings}
    assert check.gaps[0].on_date == FIRST
    assert check.gaps_ahead[0].on_date == date(2026, 11, 20)
    assert check.without_shift == (li.id,)
    assert (check.open_leaves, check.open_swaps) == (1, 0)


def test_two_cells_change_places_with_all_that_is_in_them(planner, wang, li, day, night):
    paint(planner, wang, FIRST, day, is_supervisor=True)
    paint(planner, li, SECOND, night, is_fixed=True)

    done = commands.swap_cells(planner, (wang.id, FIRST), (li.id, SECOND), before=(day.id, night.id))

    cells = queries.roster(planner, FIRST, SECOND).cells
    assert (cells[wang.id, FIRST].template_id, cells[wang.id, FIRST].is_fixed) == (night.id, True)
    assert (cells[li.id, SECOND].template_id, cells[li.id, SECOND].is_supervisor) == (day.id, True)
    done.undo.run()
    assert shifts(planner) == {(wang.id, 1): day.id, (li.id, 2): night.id}


def test_a_shift_is_swapped_with_a_day_off(planner, wang, li, day):
    paint(planner, wang, FIRST, day)

    commands.swap_cells(planner, (wang.id, FIRST), (li.id, FIRST), before=(day.id, None))

    assert shifts(planner) == {(li.id, 1): day.id}


def test_a_swap_of_what_somebody_else_painted_meanwhile_is_refused(planner, wang, li, day, night):
    paint(planner, wang, FIRST, night)

    with pytest.raises(StaleRecord):
        commands.swap_cells(planner, (wang.id, FIRST), (li.id, FIRST), before=(day.id, None))

    assert shifts(planner) == {(wang.id, 1): night.id}


def test_who_stands_in_for_another_team_is_on_duty_there(planner, make, wang, day):
    field = make.team(name="Field", name_alt="现场", specialty="network")
    paint(planner, wang, FIRST, day, team_id=field.id)
    noon = datetime(2026, 12, 1, 4, tzinfo=UTC)

    (found,) = queries.on_duty_at(planner, noon)
    with planner.store.read() as read:
        there = queries.who_is_on(read, noon, team_id=field.id)
        skilled = queries.who_is_on(read, noon, specialty="network")
        elsewhere = queries.who_is_on(read, noon, specialty="storage")

    assert (found.team_id, found.team_name, found.team_name_alt) == (field.id, "Field", "现场")
    assert [one.person_id for one in (*there, *skilled)] == [wang.id, wang.id]
    assert elsewhere == []


@pytest.mark.parametrize("unknown", [{"template_id": 999}, {"person_id": 999}, {"team_id": 999}])
def test_a_cell_of_what_is_not_there_is_refused(planner, wang, day, unknown):
    cell = replace(PaintedCell(wang.id, FIRST, day.id), **unknown)

    with pytest.raises(NotFound):
        commands.paint_cells(planner, [cell])

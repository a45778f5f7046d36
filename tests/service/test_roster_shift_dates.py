"""A shift holds between dates: what runs, is asked for and is reported follows the shifts of that date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.models.entities.calendars import DayType
from app.models.entities.duty import DutyGap
from app.models.entities.errors import RuleViolation
from app.models.entities.handover import HandoverState
from app.models.entities.ids import PersonId, TemplateId
from app.models.entities.roster import PaintedCell
from app.models.entities.roster_rules import DEFAULT_ROSTER_RULES
from app.models.entities.staffing import CallHour, CallSheet, SheetOfCalls
from app.services.duty.queries import duty_board
from app.services.handover import queries as handovers
from app.services.reports.calls_queries import calls_report
from app.services.reports.compliance import Split
from app.services.reports.queries import sla_compliance
from app.services.roster import commands, gaps_ahead, plan_queries, queries, template_commands
from app.services.roster.checks import RosterChecks
from app.services.roster.staffing_commands import import_calls
from app.services.roster.template_details import Need, ShiftDetails
from app.services.roster.template_queries import shifts
from app.services.roster.template_split_commands import split_shift
from app.services.roster.wish_commands import set_wish
from tests.support.handovers import FRIDAY, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The clock shows Friday 20 November, 18:00; the hours change with December.
LAST, SINCE = date(2026, 11, 30), date(2026, 12, 1)
LATER = ShiftDetails("D", "Late day", start_minute=540, duration_minute=720)
LATE_NIGHT = ShiftDetails("N", "Late night", start_minute=1260, duration_minute=720)


@pytest.fixture
def desk(ctx, make):
    return handover_desk(ctx, make)


def split(desk, details=LATER, since=SINCE):
    shift = desk.day if details.code == "D" else desk.night
    return split_shift(desk.ctx, TemplateId(shift.id), details, version=1, since=since)


def retire(desk):
    return template_commands.set_shift_active(desk.ctx, TemplateId(desk.day.id), version=1, is_active=False)


def at(on, hour, minute=30):
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=SHANGHAI)


def code_at(desk, on, hour):
    found = queries.shift_at(desk.ctx, at(on, hour))
    return None if found is None else found.template.code


def day(count, first=SINCE):
    return first + timedelta(days=count)


# -- which shift runs -----------------------------------------------------------------------------------


def test_until_its_last_date_the_desk_goes_on_by_the_old_hours(desk):
    split(desk)

    board = duty_board(desk.ctx)

    assert (board.now.shift.template.code, board.now.shift.ends_at) == (
        "D",
        datetime(2026, 11, 20, 12, tzinfo=UTC),
    )
    assert [one.person_name for one in board.now.leaders] == ["Wang Fang"]
    assert (board.after.shift.template.code, DutyGap.NEXT_NOBODY in board.gaps) == ("N", False)


@pytest.mark.parametrize(
    ("on", "hour", "code"),
    [(LAST, 8, "D"), (LAST, 19, "D"), (LAST, 20, "N"), (SINCE, 7, "N"), (SINCE, 8, None), (SINCE, 9, "D2"),
     (SINCE, 20, "D2"), (SINCE, 21, "N"), (day(-400), 8, "D"), (day(400), 20, "D2")],
)  # fmt: skip
def test_before_and_after_a_split_each_moment_has_the_shift_of_its_date(desk, on, hour, code):
    split(desk)

    found = code_at(desk, on, hour)

    assert found == code


@pytest.mark.parametrize(
    ("on", "hour", "code"), [(LAST, 20, "N"), (SINCE, 7, "N"), (SINCE, 20, None), (SINCE, 21, "N2")]
)
def test_the_last_night_of_the_old_hours_runs_to_its_end(desk, on, hour, code):
    split(desk, LATE_NIGHT)

    found = code_at(desk, on, hour)

    assert found == code


def test_a_split_taken_back_leaves_no_trace(desk):
    made = split(desk)
    led = plan_queries.rules_in_force(desk.ctx).rules.led_shifts

    made.undo.run()

    assert led == ("D", "D2", "N")
    assert plan_queries.rules_in_force(desk.ctx).rules.led_shifts == DEFAULT_ROSTER_RULES.led_shifts
    assert [each.code for each in queries.shift_templates(desk.ctx)] == ["D", "N"]
    assert (code_at(desk, SINCE, 8), code_at(desk, day(400), 8)) == ("D", "D")


def test_a_split_made_again_is_as_it_was(desk):
    made = split(desk)

    made.undo.run().undo.run()

    assert (code_at(desk, LAST, 8), code_at(desk, SINCE, 20)) == ("D", "D2")
    assert plan_queries.rules_in_force(desk.ctx).rules.led_shifts == ("D", "D2", "N")


def test_what_was_painted_with_the_new_shift_follows_when_the_split_is_taken_back(desk):
    made = split(desk)
    painted = PaintedCell(PersonId(desk.wang.id), day(2), TemplateId(made.id))
    commands.paint_cells(desk.ctx, [painted])

    made.undo.run()

    (cell,) = queries.roster(desk.ctx, day(2), day(2)).cells.values()
    assert cell.template_id == desk.day.id


# -- handing over ---------------------------------------------------------------------------------------


def test_the_sheet_of_today_is_still_the_one_that_was_opened(desk, clock):
    clock.advance(timedelta(hours=1, minutes=50))
    draft = desk.opened()

    split(desk)

    found = handovers.standing(desk.ctx)
    assert (found.running.template.code, found.unsigned) == ("D", None)
    assert desk.opened().id == draft.id


def test_the_sheet_of_the_old_shift_is_demanded_to_its_last_date(desk, make, clock):
    clock.advance(timedelta(hours=1, minutes=50))
    desk.opened()
    make.assignment(desk.zhao, LAST, desk.day, is_supervisor=True)
    split(desk)

    clock.advance(timedelta(days=10, hours=1))

    found = handovers.standing(desk.ctx)
    assert (found.running.template.code, found.unsigned.template.code, found.unsigned.on_date) == (
        "N",
        "D",
        LAST,
    )


def test_hours_that_change_today_take_the_open_sheet_along(desk, clock):
    clock.advance(timedelta(hours=1, minutes=50))
    draft = desk.opened()

    made = split(desk, since=FRIDAY)

    sheet = desk.sheet(draft.id)
    assert (sheet.shift.template.id, sheet.state) == (made.id, HandoverState.DRAFT)
    assert [leader.name for leader in sheet.leaders] == ["Wang Fang"]


# -- what is asked for ----------------------------------------------------------------------------------


def needed(desk, code):
    plan = plan_queries.plan(desk.ctx, day(-2), day(1))
    codes = {each.id: each.code for each in plan.templates}
    counts = RosterChecks(plan).counts
    return [each.needed for each in counts if codes[each.rule.template_id] == code]


def test_coverage_is_asked_of_the_shift_that_holds(desk):
    details = ShiftDetails(
        "D",
        "Day",
        duration_minute=720,
        needs=(Need(None, DayType.WORKDAY, 1), Need(None, DayType.WEEKEND, 1)),
    )
    template_commands.edit_shift(desk.ctx, TemplateId(desk.day.id), details, version=1)
    wanted = ShiftDetails(
        "D", "Late day", start_minute=540, duration_minute=720, needs=(Need(None, DayType.WORKDAY, 3),)
    )

    split_shift(desk.ctx, TemplateId(desk.day.id), wanted, version=2, since=SINCE)

    assert needed(desk, "D") == [1, 1, 0, 0]
    assert needed(desk, "D2") == [0, 0, 3, 3]
    with desk.ctx.store.read() as read:
        assert read.value("SELECT COUNT(*) FROM coverage_rule") == 3
    counts = {
        (each.on_date, each.rule.template_id): each.needed
        for each in queries.roster(desk.ctx, LAST, SINCE).coverage
    }
    assert (counts[LAST, desk.day.id], counts[SINCE, desk.day.id]) == (1, 0)


def test_the_shifts_nobody_is_planned_for_are_those_of_their_dates(desk, clock):
    clock.advance(timedelta(days=8))
    split(desk)

    found = {(one.on_date, one.code) for one in gaps_ahead.shift_gaps(desk.ctx)}

    assert {(LAST, "D"), (SINCE, "D2")} <= found
    assert not {(LAST, "D2"), (SINCE, "D")} & found


def test_nobody_is_planned_for_a_shift_that_is_over(desk):
    split(desk)
    cell = PaintedCell(PersonId(desk.wang.id), SINCE, TemplateId(desk.day.id))

    with pytest.raises(RuleViolation) as refused:
        commands.paint_cells(desk.ctx, [cell])

    assert (refused.value.code, refused.value.params["shift"]) == ("roster.shift_not_then", "D")


def test_nobody_is_planned_for_a_shift_before_it_takes_over(desk):
    made = split(desk)

    with pytest.raises(RuleViolation) as refused:
        commands.paint_cells(desk.ctx, [PaintedCell(PersonId(desk.wang.id), LAST, TemplateId(made.id))])

    assert refused.value.code == "roster.shift_not_then"


def test_who_worked_so_before_a_shift_was_added_can_be_noted(desk):
    made = template_commands.add_shift(desk.ctx, ShiftDetails("E", "Early"))

    commands.paint_cells(desk.ctx, [PaintedCell(PersonId(desk.wang.id), day(-20), TemplateId(made.id))])

    assert len(queries.roster(desk.ctx, day(-20), day(-20)).cells) == 1


def test_wishes_are_for_the_shift_that_holds_then(desk):
    made = split(desk)
    wang = PersonId(desk.wang.id)
    set_wish(desk.ctx, wang, SINCE, TemplateId(made.id))

    with pytest.raises(RuleViolation) as refused:
        set_wish(desk.ctx, wang, SINCE, TemplateId(desk.day.id))

    assert refused.value.code == "roster.shift_not_then"


def test_a_shift_is_not_split_where_it_does_not_hold(desk):
    split(desk)

    with pytest.raises(RuleViolation) as refused:
        split_shift(desk.ctx, TemplateId(desk.day.id), LATER, version=2, since=day(5))

    assert refused.value.code == "roster.shift_not_then"


# -- what was -------------------------------------------------------------------------------------------


def test_calls_of_the_past_stay_with_the_shift_that_ran(desk):
    hours = [CallHour(datetime(2026, 11, 16, hour, tzinfo=UTC), 5, 5, 0, 600, 60, 50) for hour in (0, 11)]
    import_calls(desk.ctx, CallSheet(SheetOfCalls.HOURS, len(hours), tuple(hours)))
    split(desk)

    lines = calls_report(desk.ctx, date(2026, 11, 16), date(2026, 11, 16), "en").by_shift

    assert [(line.name, line.calls.offered) for line in lines] == [("Day", 10)]


def test_tickets_of_the_past_stay_with_the_shift_that_ran(desk, make):
    make.ticket(received_at=at(FRIDAY, 17))
    split(desk)

    report = sla_compliance(desk.ctx, 2026, 11, "en")

    assert [(line.name, line.received) for line in report.splits[Split.SHIFT]] == [("Day", 1)]


def test_a_shift_added_today_changes_no_figure_of_the_past(desk):
    template_commands.add_shift(desk.ctx, ShiftDetails("X", "All day", start_minute=0, duration_minute=1440))

    assert (code_at(desk, day(-1, FRIDAY), 12), code_at(desk, FRIDAY, 12)) == ("D", "X")


# -- retiring -------------------------------------------------------------------------------------------


def test_a_planned_shift_that_is_retired_ends_with_its_last_planned_date(desk, make):
    make.assignment(desk.wang, day(23), desk.day)

    retire(desk)

    assert (code_at(desk, day(23), 12), code_at(desk, day(24), 12)) == ("D", None)


def test_a_shift_that_runs_ends_with_today(desk):
    retire(desk)

    board = duty_board(desk.ctx)
    assert (board.now.shift.template.code, code_at(desk, day(1, FRIDAY), 12)) == ("D", None)


def test_a_shift_that_neither_runs_nor_is_planned_is_over_at_once(desk, make):
    early = make.shift_template("E", name="Early", start_minute=0, duration_minute=180)

    template_commands.set_shift_active(desk.ctx, TemplateId(early.id), version=1, is_active=False)

    assert (code_at(desk, FRIDAY, 1), code_at(desk, day(-1, FRIDAY), 2)) == ("N", "N")
    (ended,) = [each for each in shifts(desk.ctx) if each.template.code == "E"]
    assert (ended.template.last_date, ended.is_ahead) == (day(-1, FRIDAY), False)


def test_what_a_retired_shift_was_stays_so(desk):
    retire(desk)

    assert code_at(desk, day(-5, FRIDAY), 12) == "D"


def test_a_retired_shift_restored_has_no_end(desk):
    retire(desk)

    template_commands.set_shift_active(desk.ctx, TemplateId(desk.day.id), version=2, is_active=True)

    assert code_at(desk, day(400), 12) == "D"


def test_an_end_taken_back_is_none_and_made_again_the_same(desk):
    retired = retire(desk)

    undone = retired.undo.run()
    without = code_at(desk, day(400), 12)
    undone.undo.run()

    assert (without, code_at(desk, day(1, FRIDAY), 12)) == ("D", None)


def test_a_shift_added_and_taken_back_holds_nowhere(desk):
    template_commands.add_shift(
        desk.ctx, ShiftDetails("X", "All day", start_minute=0, duration_minute=1440)
    ).undo.run()

    assert code_at(desk, FRIDAY, 17) == "D"
    assert "X" not in {each.code for each in queries.shift_templates(desk.ctx)}

"""The figures of each engineer against a sample reckoned by hand (S0-31, S2-75, S4-14, S4-21)."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from app.models.entities.errors import BadInput, NotAllowed
from app.models.entities.people_report import PeopleFigures
from app.models.entities.roster import ShiftKind
from app.models.entities.skills import SkillLevel
from app.models.entities.staffing import CallHour, CallSheet, SheetOfCalls
from app.models.entities.tickets import EventKind, TicketStatus, TicketType
from app.services.reports.people_queries import people_report
from app.services.roster.staffing_commands import import_calls
from tests.support.command_line import say
from tests.support.notices import acting
from tests.support.roster_rows import put_row
from tests.support.site import set_up_site

# The clock shows Friday 20 November, 18:00 in Shanghai.
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 14)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November by the wall clock of Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.fixture
def desk(ctx, make):
    set_up_site(ctx)
    first = make.team(name="First line", name_alt="一线", code="first")
    it = make.department(name="IT", name_alt="信息部")
    operations = make.department(name="Operations", name_alt="运维部")
    return SimpleNamespace(
        first=first,
        day=make.shift_template("D"),
        night=make.shift_template("N", start_minute=1200, duration_minute=720),
        wang=make.agent(name="Wang Fang", name_alt="王芳", department_id=it, teams=(first,)),
        zhou=make.agent(name="Zhou Jie", department_id=it, teams=(first,)),
        li=make.agent(name="Li Na", department_id=operations, teams=(first,)),
    )


def solved(make, holder, begin, end, **more):
    """A ticket of somebody, resolved in time unless said otherwise."""
    facts = {"status": TicketStatus.CLOSED, "assignee_id": holder, "resolution_met": True, **more}
    return make.ticket(received_at=begin, resolved_at=end, **facts)


def report(ctx, first=FIRST, last=LAST, language="en"):
    return people_report(ctx, first, last, language)


def of(data, person):
    """The figures of one person."""
    return next(one.figures for one in data.people if one.person_id == person.id)


def test_tickets_are_counted_for_who_has_them(ctx, make, desk):
    solved(make, desk.wang, at(19, 9), at(19, 11))
    solved(make, desk.wang, at(18, 9), at(18, 12), resolution_met=False, type=TicketType.COMPLAINT)
    solved(make, desk.wang, at(18, 9), at(18, 9), status=TicketStatus.DUPLICATE)
    make.ticket(assignee_id=desk.wang, resolution_due_at=at(20, 9), received_at=at(19, 9))

    figures = of(report(ctx), desk.wang)

    assert (figures.resolved, figures.eligible, figures.first_contact) == (2, 1, 0)
    assert (figures.met, figures.missed, figures.open_now) == (1, 2, 1)
    assert figures.mean_solve == timedelta(hours=2, minutes=30)


def test_what_was_solved_at_once_is_its_owners(ctx, make, desk):
    solved(make, None, at(19, 9), at(19, 9, 30), owner_id=desk.li, is_first_contact=True)

    figures = of(report(ctx), desk.li)

    assert (figures.resolved, figures.first_contact, figures.first_contact_share) == (1, 1, 1.0)


def test_a_ticket_of_nobody_is_told_apart(ctx, make, desk):
    solved(make, None, at(19, 9), at(19, 10))

    data = report(ctx)

    assert data.unassigned == 1
    assert data.total.resolved == 0


def test_what_was_resolved_before_or_after_the_period_does_not_count(ctx, make, desk):
    solved(make, desk.wang, at(1, 0) - timedelta(hours=2), at(1, 0) - timedelta(minutes=1))
    solved(make, desk.wang, at(19, 9), at(19, 10))

    assert of(report(ctx, FIRST, date(2026, 11, 18)), desk.wang).resolved == 0


def test_a_ticket_counts_once_for_everybody_who_did_something(ctx, make, desk):
    ticket = solved(make, desk.wang, at(19, 9), at(19, 10))
    for actor in (desk.wang, desk.wang, desk.li):
        make.event(ticket, EventKind.NOTE, actor_id=actor)
    ctx.clock.advance(timedelta(minutes=1))

    data = report(ctx)

    assert (of(data, desk.wang).worked_on, of(data, desk.li).worked_on) == (1, 1)


def test_a_reopening_counts_for_who_had_it_then(ctx, make, desk):
    ticket = make.ticket(assignee_id=desk.li, status=TicketStatus.IN_PROGRESS)
    make.event(ticket, EventKind.STATUS, field="reopen", old="closed", new="in_progress")
    make.event(ticket, EventKind.CHANGED, field="assignee_id", old=str(desk.wang.id), new=str(desk.li.id))
    make.event(ticket, EventKind.STATUS, field="refuse", old="resolved", new="in_progress")
    ctx.clock.advance(timedelta(minutes=1))

    data = report(ctx)

    assert (of(data, desk.wang).reopened, of(data, desk.li).reopened) == (1, 1)


def test_duty_counts_hours_nights_and_weekends_up_to_now(ctx, make, desk):
    away = make.shift_template("V", kind=ShiftKind.ABSENCE)
    make.assignment(desk.wang, THURSDAY, desk.day)
    make.assignment(desk.wang, date(2026, 11, 18), away)
    make.assignment(desk.li, SATURDAY, desk.night)
    make.assignment(desk.li, FRIDAY, desk.night)

    data = report(ctx)

    wang, li = of(data, desk.wang), of(data, desk.li)
    assert (wang.duty_minutes, wang.nights, wang.weekends) == (480, 0, 0)
    assert (li.duty_minutes, li.nights, li.weekends) == (720, 1, 1)


def test_a_shift_that_still_runs_counts_up_to_now(ctx, make, desk):
    late = make.shift_template("L", start_minute=16 * 60)
    make.assignment(desk.wang, FRIDAY, late)

    assert of(report(ctx), desk.wang).duty_minutes == 120


def test_presence_says_late_early_and_absent(ctx, make, desk):
    for person in (desk.wang, desk.zhou):
        make.assignment(person, THURSDAY, desk.day)
        make.assignment(person, FRIDAY, desk.day)
    came = {"person_id": desk.wang.id, "on_date": THURSDAY, "template_id": desk.day.id, "note": ""}
    put_row(ctx, "attendance", **came, in_at=micros(at(19, 8, 10)), out_at=micros(at(19, 15, 45)))

    data = report(ctx)

    wang, zhou = of(data, desk.wang), of(data, desk.zhou)
    assert (wang.late_minutes, wang.early_minutes, wang.not_come) == (10, 15, 0)
    assert (zhou.late_minutes, zhou.not_come) == (0, 1)


def micros(instant: datetime) -> int:
    """The instant as its column keeps it."""
    return int(instant.timestamp()) * 1_000_000


def test_calls_are_shared_by_who_was_on_duty_in_their_hour(ctx, make, desk):
    for person in (desk.wang, desk.zhou):
        make.assignment(person, THURSDAY, desk.day)
    make.assignment(desk.li, SATURDAY, desk.night)
    hours = (
        CallHour(at(13, 3), 5, 5),
        CallHour(at(15, 6), 4, 4),  # Sunday morning, of the night that began on Saturday
        CallHour(at(19, 10), 33, 30, 3),
    )
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, len(hours), hours))

    data = report(ctx)

    assert [of(data, each).calls for each in (desk.wang, desk.zhou, desk.li)] == [15, 15, 4]
    assert data.calls is not None
    assert (data.calls.answered, data.calls.unmanned, data.calls.duty_minutes) == (39, 5, 28 * 60)
    # 28 hours of duty against 40 a week in 20 days
    assert data.calls.agents == pytest.approx(28 / (40 * 20 / 7))
    assert data.calls.per_agent == pytest.approx(39 / (28 / (40 * 20 / 7)))


def test_calls_are_shared_among_the_answering_teams_only(ctx, make, desk):
    second = make.team(name="Second line", line=2)
    chen = make.agent(name="Chen Bo", teams=(second,))
    make.assignment(desk.wang, THURSDAY, desk.day)
    make.assignment(chen, THURSDAY, desk.day)
    import_calls(ctx, CallSheet(SheetOfCalls.HOURS, 1, (CallHour(at(19, 10), 10, 10),)))

    data = report(ctx)

    assert (of(data, desk.wang).calls, of(data, chen).calls) == (10, 0)


def test_training_and_skills_are_told(ctx, make, desk):
    for number, level in enumerate((SkillLevel.EXPERT, SkillLevel.SKILLED, SkillLevel.SKILLED)):
        skill = put_row(ctx, "skill", code=f"s{number}", name=f"Skill {number}", position=number, version=1)
        put_row(ctx, "person_skill", person_id=desk.wang.id, skill_id=skill, level=level)
    for day, minutes in ((5, 90), (12, 45)):
        held = {"held_on": date(2026, 11, day), "title": "ERP", "note": "", "version": 1}
        put_row(ctx, "training", person_id=desk.wang.id, minutes=minutes, **held)

    data = report(ctx)

    wang = next(one for one in data.people if one.person_id == desk.wang.id)
    assert (wang.experts, wang.skilled, wang.figures.training_minutes) == (1, 2, 135)


def test_who_joined_and_who_left_in_the_period_is_named(ctx, make, desk):
    gone = make.agent(name="Sun Lei", teams=(desk.first,), is_active=False)
    make.agent(name="Long Gone", teams=(desk.first,), is_active=False)
    put_row(ctx, "work_terms", person_id=desk.li.id, joined_on=date(2026, 11, 2), version=1)
    put_row(ctx, "work_terms", person_id=desk.zhou.id, joined_on=date(2020, 1, 1), version=1)
    put_row(ctx, "work_terms", person_id=gone.id, left_on=date(2026, 11, 10), version=1)

    people = {one.name: one for one in report(ctx).people}

    assert people["Li Na"].joined_on == date(2026, 11, 2)
    assert people["Zhou Jie"].joined_on is None
    assert people["Sun Lei"].left_on == date(2026, 11, 10)
    assert "Long Gone" not in people


def test_departments_and_teams_add_up_in_the_readers_language(ctx, make, desk):
    for holder in (desk.wang, desk.zhou, desk.li):
        solved(make, holder, at(19, 9), at(19, 10))

    data = report(ctx, language="zh_CN")

    assert [(each.name, each.total.resolved) for each in data.departments] == [("信息部", 2), ("运维部", 1)]
    assert [team.name for each in data.departments for team in each.teams] == ["一线", "一线"]
    assert data.total == sum((each.total for each in data.departments), PeopleFigures())
    assert "王芳" in [one.name for one in data.people]


def test_a_period_in_which_nothing_happened_is_empty(ctx, make, desk):
    make.ticket(assignee_id=desk.wang)

    data = report(ctx, date(2019, 3, 1), date(2019, 3, 31))

    assert data.is_empty
    assert len(data.people) == 3


def test_a_period_to_come_counts_nothing(ctx, desk, make):
    make.assignment(desk.wang, date(2026, 12, 3), desk.day)

    data = report(ctx, date(2026, 12, 1), date(2026, 12, 31))

    assert data.is_empty
    assert data.until == date(2026, 12, 1)


@pytest.mark.parametrize("last", [date(2026, 10, 31), date(2028, 1, 1)])
def test_dates_that_cannot_be_are_refused(ctx, desk, last):
    with pytest.raises(BadInput) as refused:
        report(ctx, FIRST, last)

    assert refused.value.code == "reports.period_bad"


def test_the_operations_manager_reads_it_with_the_right_to_reports_alone(ctx, desk):
    manager = acting(ctx, desk.zhou, frozenset({"reports.read"}))

    assert len(report(manager).people) == 3


def test_who_may_not_read_reports_is_refused(ctx, desk):
    with pytest.raises(NotAllowed):
        report(acting(ctx, desk.zhou, frozenset({"tickets.read"})))


def test_the_command_line_writes_paper_workbook_and_figures(ctx, make, desk, tmp_path):
    solved(make, desk.wang, at(19, 9), at(19, 11))
    paper, book = tmp_path / "people.pdf", tmp_path / "people.xlsx"

    code, said, _ = say(
        ctx, "report", "people", "--month", "2026-11", "--out", str(paper), "--xlsx", str(book), "--json"
    )

    assert code == 0
    assert paper.read_bytes().startswith(b"%PDF-")
    assert json.loads(said)["figures"]["departments"][0]["name"] == "IT"
    assert b"Wang Fang" in zipfile.ZipFile(book).read("xl/worksheets/sheet1.xml")


def test_the_command_line_takes_dates_instead_of_a_month(ctx, desk, tmp_path):
    paper = tmp_path / "people.pdf"
    dates = ("--first", "2026-11-02", "--last", "2026-11-08")

    code, _, _ = say(ctx, "report", "people", *dates, "--lang", "zh", "--out", str(paper))

    assert code == 0
    assert paper.stat().st_size > 0


def test_a_date_that_is_none_is_told(ctx, desk, tmp_path):
    code, _, told = say(ctx, "report", "people", "--first", "soon", "--out", str(tmp_path / "people.pdf"))

    assert code == 1
    assert "cli.bad_date" in told


def test_figures_of_two_people_are_added_one_by_one():
    one = PeopleFigures(resolved=1, calls=0.5, late_minutes=3)

    assert one + replace(one, nights=2) == PeopleFigures(resolved=2, calls=1.0, late_minutes=6, nights=2)

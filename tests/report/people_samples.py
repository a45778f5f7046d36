"""A believable month of people and of calls for report tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.models.entities.calls_report import CallPeak, CallsReport, CallStretch, CallTally, ShiftCallLine
from app.models.entities.ids import PersonId
from app.models.entities.people_report import (
    DepartmentLines,
    PeopleFigures,
    PeopleReport,
    PersonLine,
    SharedCalls,
    TeamLines,
)
from app.models.entities.staffing import Need, StaffingAims
from tests.report.samples import HEAD

FIRST, LAST, UNTIL = date(2026, 4, 1), date(2026, 4, 30), date(2026, 4, 16)
FIGURES = PeopleFigures(
    worked_on=120,
    resolved=40,
    eligible=32,
    first_contact=8,
    met=36,
    missed=4,
    solve_seconds=40 * 2 * 3600,
    reopened=3,
    open_now=6,
    duty_minutes=90 * 60 + 30,
    nights=5,
    weekends=2,
    late_minutes=25,
    early_minutes=10,
    not_come=1,
    calls=87.4,
    training_minutes=90,
)


def person(number: int, name: str, figures: PeopleFigures = FIGURES, **more: object) -> PersonLine:
    """An engineer with the figures of the sample."""
    return PersonLine(PersonId(number), name, figures, **more)  # type: ignore[arg-type]


def people_report() -> PeopleReport:
    """Four engineers of two departments up to 16 April 2026."""
    desk = TeamLines(
        "First line 一线",
        (
            person(1, "Li Na 李娜", title="Hotline engineer", experts=2, skilled=3),
            person(2, "Sun Lei 孙磊", joined_on=date(2026, 4, 2)),
        ),
    )
    network = TeamLines("Network", (person(3, "Xu Bo 徐波", left_on=date(2026, 4, 12)),))
    operations = TeamLines("", (person(4, "Zhao Min 赵敏", PeopleFigures(open_now=1)),))
    return PeopleReport(
        HEAD,
        FIRST,
        LAST,
        UNTIL,
        (DepartmentLines("IT 信息部", (desk, network)), DepartmentLines("Operations", (operations,))),
        SharedCalls(answered=270, unmanned=8, duty_minutes=16290, agents=2.97),
        unassigned=2,
    )


def tally(offered: int, abandoned: int = 0, hung_up: int = 0) -> CallTally:
    """Calls of four minutes' talk and one minute's work after it, each answered after nine seconds."""
    answered = offered - abandoned - hung_up
    return CallTally(offered, answered, abandoned, answered * 240, answered * 60, answered * 9)


def calls_report() -> CallsReport:
    """The calls of sixteen days of April 2026."""
    peak = CallPeak(datetime(2026, 4, 3, 2, tzinfo=UTC), 60, Need(12, 10, 0), 3)
    days = tuple(
        CallStretch(date(2026, 4, day), date(2026, 4, day), tally(60, 4, 2), peak) for day in range(1, 16)
    )
    quiet = CallStretch(UNTIL, UNTIL, CallTally())
    week = CallStretch(date(2026, 4, 6), date(2026, 4, 12), tally(420, 28, 14), peak)
    return CallsReport(
        HEAD,
        FIRST,
        LAST,
        UNTIL,
        tally(900, 60, 30),
        tuple(tally(hour * 4) for hour in range(24)),
        (ShiftCallLine("Day 白班", tally(800, 55)), ShiftCallLine("", tally(100, 5))),
        (*days, quiet),
        (week,),
        tuple(
            tuple(None if weekday == 6 else weekday * hour / 4 for hour in range(24)) for weekday in range(7)
        ),
        StaffingAims(),
    )

"""Believable printed copies of settings for report tests, in both languages' own names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.models.entities.calendars import BusinessCalendar, DayType, Window
from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.settings_papers import (
    CalendarPaper,
    MatrixPaper,
    PaperCalendar,
    PaperVersion,
    SlaPaper,
)
from app.models.entities.sla import SlaTable
from tests.report.samples import HEAD

VERSION = PaperVersion(3, datetime(2026, 4, 1, 1, tzinfo=UTC))
HOURS = tuple(Window.between(*pair) for pair in (("08:30", "12:00"), ("13:00", "18:30")))
CALENDARS = {
    "24x7": PaperCalendar("24 x 7", timedelta(days=1)),
    "office": PaperCalendar("Office hours", timedelta(hours=9)),
}


def levels(*names: str) -> tuple[Level, ...]:
    """Levels with guidance, numbered from 1."""
    return tuple(
        Level(number, name, f"{name}中文", f"What {name} means", f"{name}的含义")
        for number, name in enumerate(names, 1)
    )


def matrix_paper(down: int = 4, across: int = 3) -> MatrixPaper:
    """A matrix of `down` by `across` levels with every priority in it."""
    impacts = levels("Company", "Departments", "Department", "Person", "Nobody")[:down]
    urgencies = levels("Stopped", "Today", "Later", "Some day", "Never")[:across]
    cells = {
        (impact.number, urgency.number): min(5, max(1, impact.number + urgency.number - 2))
        for impact in impacts
        for urgency in urgencies
    }
    priorities = levels("Critical", "High", "Medium", "Low", "Planned")
    matrix = MatrixDefinition(impacts, urgencies, cells, priorities, "Desk")
    return MatrixPaper(HEAD, VERSION, matrix, table(), CALENDARS)


def target(priority: int, calendar: str, response: str, resolution: str) -> dict[str, object]:
    """One row of a policy."""
    return {"priority": priority, "calendar": calendar, "response": response, "resolution": resolution}


def table() -> SlaTable:
    """Five policies: one more than a poster has room for."""
    first = {
        "code": "vip",
        "name": "VIP faults",
        "name_alt": "贵宾故障",
        "types": ["incident"],
        "category_ids": [4, 5],
        "service_ids": [9],
        "companies": ["Huaxin"],
        "vip": True,
        "targets": [{**target(1, "24x7", "5 min", "1 h"), "first_line": "10 min", "update_due": "30 min"}],
    }
    others = [
        {
            "code": f"policy-{number}",
            "name": f"Policy {number}",
            "targets": [
                target(1, "24x7", "10 min", "2 h"),
                target(2, "24x7", "15 min", "4 h"),
                target(3, "office", "30 min", "8 h"),
                target(4, "office", "60 min", "3 d"),
            ],
        }
        for number in range(1, 5)
    ]
    return SlaTable.from_dict({"policies": [first, *others]})


def sla_paper() -> SlaPaper:
    """The same table with the names of what its policies speak of."""
    categories = {4: "Network 网络", 5: "Printing 打印"}
    return SlaPaper(HEAD, VERSION, table(), CALENDARS, categories, {9: "Mail 邮件"})


def calendar_paper(year: int = 2026) -> CalendarPaper:
    """Office hours with a holiday, a day off in lieu and a make-up workday."""
    calendar = BusinessCalendar(
        "Asia/Shanghai",
        hours=(HOURS,) * 5 + ((), ()),
        holidays=frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
        special_days={date(2026, 10, 10): HOURS, date(2026, 10, 5): ()},
        day_types={
            date(2026, 10, 5): DayType.DAY_OFF_IN_LIEU,
            date(2026, 10, 10): DayType.MAKE_UP_WORKDAY,
        },
        day_names={
            date(2026, 10, 1): ("National Day", "国庆节"),
            date(2026, 10, 2): ("National Day", "国庆节"),
            date(2026, 10, 10): ("Works for 5 Oct", "10月5日调休上班"),
        },
        name="Office hours",
        name_alt="办公时间",
    )
    return CalendarPaper(HEAD, VERSION, "office", calendar, year)

"""A believable shift report and roster month for report tests, in both languages' own names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.models.entities.calendars import DayType
from app.models.entities.reports import (
    CallBack,
    CallBackReason,
    ClockState,
    Coverage,
    CoverageLine,
    DutyPerson,
    DutyRole,
    Figures,
    HourFlow,
    LegendEntry,
    OpenMajor,
    PriorityFigures,
    ReportedShift,
    ReportedTicket,
    ReportHead,
    RosterDay,
    RosterGroup,
    RosterMonth,
    RosterPerson,
    ShiftNote,
    ShiftReport,
    SlaTally,
    TicketNote,
    TypeFigures,
    UrgentClock,
)
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketStatus, TicketType

DAY = date(2026, 4, 16)


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of the reported day by the wall clock of Shanghai."""
    return datetime(2026, 4, 16, hour, minute, tzinfo=UTC) - timedelta(hours=8)


HEAD = ReportHead(
    "Huaxin Precision 华信精密", "IT service desk", "Asia/Shanghai", at(19, 52), "Wang Fang 王芳"
)


def ticket(number: int, subject: str, priority: int = 3, **details: object) -> ReportedTicket:
    """A ticket of which a test names only what it is about."""
    facts: dict[str, object] = {
        "type": TicketType.INCIDENT,
        "status": TicketStatus.IN_PROGRESS,
        "requester": "陈晓明",
        "holder": "Sun Lei 孙磊",
    }
    return ReportedTicket(f"#{number}", priority=priority, subject=subject, **(facts | details))  # type: ignore[arg-type]


def shift_report() -> ShiftReport:
    """The day shift of 16 April 2026."""
    return ShiftReport(
        head=HEAD,
        shift=ReportedShift("D", "Day shift 白班", DAY, at(8), at(20)),
        supervisor=DutyPerson("Wang Fang 王芳", "1818"),
        on_duty=(
            DutyRole(
                "Hotline engineer", (DutyPerson("Li Na 李娜", "6021"), DutyPerson("Sun Lei 孙磊", "6022"))
            ),
            DutyRole("Field service engineer", (DutyPerson("Xu Bo 徐波", "139 0000 1111"),)),
        ),
        total=Figures(41, 36, 12, SlaTally(38, 2, 1), SlaTally(33, 4, 12)),
        hours=tuple(
            HourFlow(at(hour), received, resolved)
            for hour, received, resolved in zip(
                range(8, 20),
                (3, 7, 6, 4, 2, 3, 5, 4, 3, 2, 1, 1),
                (1, 4, 6, 5, 2, 2, 4, 5, 3, 2, 1, 1),
                strict=True,
            )
        ),
        by_type=(
            TypeFigures(TicketType.INCIDENT, Figures(24, 21, 8, SlaTally(22, 2, 0), SlaTally(19, 3, 8))),
            TypeFigures(TicketType.REQUEST, Figures(9, 8, 3, SlaTally(9, 0, 0), SlaTally(8, 0, 3))),
            TypeFigures(TicketType.INQUIRY, Figures(6, 6, 0, SlaTally(6, 0, 0), SlaTally(6, 0, 0))),
            TypeFigures(TicketType.COMPLAINT, Figures(2, 1, 1, SlaTally(1, 0, 1), SlaTally(0, 1, 1))),
        ),
        by_priority=(
            PriorityFigures(1, Figures(2, 1, 1, SlaTally(2, 0, 0), SlaTally(1, 0, 1))),
            PriorityFigures(2, Figures(6, 4, 3, SlaTally(5, 1, 0), SlaTally(3, 2, 3))),
            PriorityFigures(3, Figures(21, 20, 5, SlaTally(20, 1, 0), SlaTally(19, 1, 5))),
            PriorityFigures(4, Figures(12, 11, 3, SlaTally(11, 0, 1), SlaTally(10, 1, 3))),
        ),
        urgent=(
            UrgentClock(
                ticket(10482, "VPN 连接失败，三楼整个采购部无法登录 ERP（提示“证书已过期”）。", 2),
                ClockKind.RESOLUTION,
                ClockState.BREACHED,
                at(18, 40),
                -timedelta(hours=1, minutes=12),
            ),
            UrgentClock(
                ticket(
                    10488, "Label printer in warehouse B prints blank labels after the firmware update", 3
                ),
                ClockKind.RESOLUTION,
                ClockState.AT_RISK,
                at(20, 27),
                timedelta(minutes=35),
            ),
            UrgentClock(
                ticket(10491, "邮箱容量已满", 4, type=TicketType.REQUEST, holder="一线"),
                ClockKind.RESPONSE,
                ClockState.AT_RISK,
                None,
                timedelta(minutes=9),
            ),
        ),
        majors=(
            OpenMajor(
                ticket(
                    10475,
                    "Core switch in building 2 drops packets 二号楼核心交换机丢包",
                    1,
                    holder="Network 网络组",
                ),
                at(20, 30),
                TicketNote(
                    "供应商工程师已到场，正在更换电源模块；预计 20:30 前恢复。\n"
                    "Next update to the plant manager at 20:00.",
                    at(19, 31),
                    "Zhang Wei 张伟",
                ),
            ),
            OpenMajor(
                ticket(10482, "VPN 连接失败，三楼整个采购部无法登录 ERP", 2, status=TicketStatus.WAITING),
                None,
                None,
            ),
        ),
        call_backs=(
            CallBack(
                ticket(
                    10470, "Excel opens slowly", 4, status=TicketStatus.RESOLVED, requester="Ma Chao 马超"
                ),
                CallBackReason.CONFIRMATION,
                "6107",
                at(15, 2),
            ),
            CallBack(
                ticket(10479, "门禁卡无法识别", 3, status=TicketStatus.WAITING, requester="刘洋"),
                CallBackReason.USER,
                "138 0000 2222",
                at(16, 45),
                at(20, 15),
            ),
        ),
        notes=(
            ShiftNote(
                "二号楼交换机更换后请再次确认 MES 终端能否登录；如仍有问题，先联系网络组张伟"
                "（手机 24 小时开机），"
                "再通知工厂值班经理。",
                "Wang Fang 王芳",
                at(19, 45),
                "#10475",
            ),
            ShiftNote("The spare label printer is in cabinet 4; key at reception.", "Li Na 李娜", at(18, 10)),
        ),
        next_supervisor="Guo Ming 郭明",
    )


_PATTERNS = {
    "First line 一线": (
        ("Wang Fang 王芳", "DN..", True),
        ("Li Na 李娜", "DN..", False),
        ("Sun Lei 孙磊", ".DN.", False),
        ("He Xin 何欣", ".DN.", False),
        ("Guo Ming 郭明", "..DN", True),
        ("Tang Yue 唐悦", "..DN", False),
        ("Lin Hao 林浩", "N..D", False),
        ("Deng Li 邓丽", "N..D", False),
        ("Wu Ting 吴婷", "MMM..MM", False),
    ),
    "Second line 二线": (
        ("Zhang Wei 张伟", "GGG..GG", False),
        ("Zhou Jie 周杰", "GGGSSVG", False),
        ("Gao Jing 高静", "GGG..TG", False),
    ),
    "Field 现场": (
        ("Xu Bo 徐波", "GGG..GG", False),
        ("Ma Chao 马超", "GGGDDGG", False),
        ("Feng Qiang 冯强", "GGK..KG", False),
    ),
}


def roster_month() -> RosterMonth:
    """April 2026: a published roster with one later change, a holiday and two gaps."""
    days = tuple(RosterDay(day, _shade(day), "清明节" if day.day in (4, 5, 6) else "") for day in _april())
    return RosterMonth(
        head=HEAD,
        days=days,
        groups=tuple(
            RosterGroup(team, tuple(_person(*person, len(days)) for person in people))
            for team, people in _PATTERNS.items()
        ),
        coverage=(
            CoverageLine(
                "First line, day", tuple(Coverage(1 if n in (10, 23) else 2, 2) for n in range(len(days)))
            ),
            CoverageLine("First line, night", tuple(Coverage(2, 2) for _ in days)),
            CoverageLine(
                "Field", tuple(Coverage(3, 0 if day.day_type is not DayType.WORKDAY else 2) for day in days)
            ),
        ),
        legend=(
            LegendEntry("D", "Day", "d", "08:00–20:00"),
            LegendEntry("N", "Night", "n", "20:00–08:00"),
            LegendEntry("M", "Mid", "m", "10:00–19:00"),
            LegendEntry("G", "Office", "g", "09:00–17:00"),
            LegendEntry("S", "Standby", "s"),
            LegendEntry("V", "Leave", "v"),
            LegendEntry("K", "Sick", "k"),
            LegendEntry("T", "Training", "t"),
        ),
        published_at=datetime(2026, 3, 28, 2, 0, tzinfo=UTC),
        draft=3,
    )


def _april() -> list[date]:
    return [date(2026, 4, number) for number in range(1, 31)]


def _shade(day: date) -> DayType:
    if day.day in (4, 5, 6):
        return DayType.HOLIDAY
    return DayType.WEEKEND if day.weekday() >= 5 else DayType.WORKDAY


def _person(name: str, pattern: str, is_supervisor: bool, count: int) -> RosterPerson:
    codes = tuple(pattern[n % len(pattern)].replace(".", "") for n in range(count))
    hours = sum({"D": 12, "N": 12, "M": 8, "G": 8}.get(code, 0) for code in codes)
    return RosterPerson(name, codes, hours, is_supervisor, is_over_cap=hours > 190)

"""Which reports there are: what they are called, what they need to know, who may read them, who draws them.

To add one: its data in `app/models/entities/reports.py`, a page module beside this one, an entry here and
its texts in the catalogues. Page modules are imported when a report is drawn: reportlab is slow to load.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.models.entities.calls_report import CallsReport
from app.models.entities.compliance import ComplianceReport
from app.models.entities.duty_card import EmergencyCard
from app.models.entities.fairness_report import FairnessPaper
from app.models.entities.people_report import PeopleReport
from app.models.entities.reports import ReportGroup, ReportId, ReportParameter, RosterMonth, ShiftReport
from app.models.entities.settings_papers import CalendarPaper, MatrixPaper, SlaPaper
from app.services.base.texts import Texts, mark
from app.services.reports.people_period import period_file

Data = TypeVar("Data")


@dataclass(frozen=True, slots=True)
class Report(Generic[Data]):
    """One report. `title` and `about` are untranslated; `Texts.gettext` shows them.

    `render` turns the report's data into PDF bytes, `file_name` proposes a name to save them under: plain
    ASCII, safe on every file system, the same for the same shift or month.
    """

    id: ReportId
    title: str
    about: str
    group: ReportGroup
    parameters: tuple[ReportParameter, ...]
    permission: str
    render: Callable[[Data, Texts], bytes]
    file_name: Callable[[Data], str]


def _render_shift(data: ShiftReport, texts: Texts) -> bytes:
    from app.services.reports.shift_page import render_shift_report  # noqa: PLC0415 - loads reportlab

    return render_shift_report(data, texts)


def _keep_handover(data: bytes, _texts: Texts) -> bytes:
    return data  # frozen when both signed; a draft is drawn where it is asked for


def _render_roster(data: RosterMonth, texts: Texts) -> bytes:
    from app.services.reports.roster_page import render_roster_month  # noqa: PLC0415 - loads reportlab

    return render_roster_month(data, texts)


def _render_fairness(data: FairnessPaper, texts: Texts) -> bytes:
    from app.services.reports.fairness_page import render_fairness  # noqa: PLC0415 - loads reportlab

    return render_fairness(data, texts)


def _render_emergency(data: EmergencyCard, texts: Texts) -> bytes:
    from app.services.reports.emergency_page import render_emergency_card  # noqa: PLC0415 - loads reportlab

    return render_emergency_card(data, texts)


def _render_compliance(data: ComplianceReport, texts: Texts) -> bytes:
    from app.services.reports.compliance_page import render_compliance  # noqa: PLC0415 - loads reportlab

    return render_compliance(data, texts)


def _render_matrix(data: MatrixPaper, texts: Texts) -> bytes:
    from app.services.reports.matrix_page import render_matrix  # noqa: PLC0415 - loads reportlab

    return render_matrix(data, texts)


def _render_sla(data: SlaPaper, texts: Texts) -> bytes:
    from app.services.reports.sla_page import render_sla  # noqa: PLC0415 - loads reportlab

    return render_sla(data, texts)


def _render_calendar(data: CalendarPaper, texts: Texts) -> bytes:
    from app.services.reports.calendar_page import render_calendar  # noqa: PLC0415 - loads reportlab

    return render_calendar(data, texts)


def _render_people(data: PeopleReport, texts: Texts) -> bytes:
    from app.services.reports.people_page import render_people  # noqa: PLC0415 - loads reportlab

    return render_people(data, texts)


def _render_calls(data: CallsReport, texts: Texts) -> bytes:
    from app.services.reports.calls_page import render_calls  # noqa: PLC0415 - loads reportlab

    return render_calls(data, texts)


def _calendar_file(data: CalendarPaper) -> str:
    return "-".join(part for part in ("calendar", _plain(data.code), str(data.year)) if part) + ".pdf"


def _plain(code: str) -> str:
    return "".join(letter for letter in code if letter.isascii() and letter.isalnum())


def _shift_file(data: ShiftReport) -> str:
    code = _plain(data.shift.code)
    return "-".join(part for part in ("shift", data.shift.date.isoformat(), code) if part) + ".pdf"


def _roster_file(data: RosterMonth) -> str:
    return f"roster-{data.days[0].date:%Y-%m}.pdf"


def _compliance_file(data: ComplianceReport) -> str:
    return f"sla-compliance-{data.first:%Y-%m}.pdf"


SHIFT: Report[ShiftReport] = Report(
    id=ReportId.SHIFT,
    title=mark("Shift report"),
    about=mark("What came in, what was solved, what the next shift must know; both supervisors sign it."),
    group=ReportGroup.SHIFTS,
    parameters=(ReportParameter.DATE, ReportParameter.SHIFT),
    permission="reports.read",
    render=_render_shift,
    file_name=_shift_file,
)

HANDOVER: Report[bytes] = Report(
    id=ReportId.HANDOVER,
    title=mark("Handover of a shift"),
    about=mark("The sheet both leaders signed, as it was frozen; before that a draft. In both languages."),
    group=ReportGroup.SHIFTS,
    parameters=(ReportParameter.DATE, ReportParameter.SHIFT),
    permission="roster.read",
    render=_keep_handover,
    file_name=lambda _data: "handover.pdf",
)

ROSTER: Report[RosterMonth] = Report(
    id=ReportId.ROSTER,
    title=mark("Roster of the month"),
    about=mark("Who works when, for the wall: A4 landscape, readable without colour."),
    group=ReportGroup.SHIFTS,
    parameters=(ReportParameter.MONTH,),
    permission="roster.read",
    render=_render_roster,
    file_name=_roster_file,
)

FAIRNESS: Report[FairnessPaper] = Report(
    id=ReportId.FAIRNESS,
    title=mark("Fairness of the roster"),
    about=mark("Nights, weekends, holidays, hours and swaps of twelve months; agents see their own line."),
    group=ReportGroup.SHIFTS,
    parameters=(ReportParameter.MONTH,),
    permission="roster.read",
    render=_render_fairness,
    file_name=lambda data: f"fairness-{data.last:%Y-%m}.pdf",
)

EMERGENCY: Report[EmergencyCard] = Report(
    id=ReportId.EMERGENCY,
    title=mark("Emergency card"),
    about=mark(
        "Whom to ring in the shifts to come, for the purse and the door: A6, made anew at each change."
    ),
    group=ReportGroup.SHIFTS,
    parameters=(),
    permission="roster.read",
    render=_render_emergency,
    file_name=lambda data: f"emergency-card-{data.head.printed_at:%Y-%m-%d}.pdf",
)

COMPLIANCE: Report[ComplianceReport] = Report(
    id=ReportId.COMPLIANCE,
    title=mark("SLA compliance"),
    about=mark("How the promises of a month were kept: by priority, type, category, team, person and shift."),
    group=ReportGroup.LEVELS,
    parameters=(ReportParameter.MONTH,),
    permission="reports.read",
    render=_render_compliance,
    file_name=_compliance_file,
)

MATRIX: Report[MatrixPaper] = Report(
    id=ReportId.MATRIX,
    title=mark("Priority matrix"),
    about=mark("Impact × urgency with what each priority promises, for the wall: A4 landscape, one page."),
    group=ReportGroup.LEVELS,
    parameters=(),
    permission="reports.read",
    render=_render_matrix,
    file_name=lambda data: f"priority-matrix-v{data.version.number}.pdf",
)

SLA: Report[SlaPaper] = Report(
    id=ReportId.SLA,
    title=mark("SLA tables"),
    about=mark("Every policy in force: whom it is for, what it promises, and in which calendar it counts."),
    group=ReportGroup.LEVELS,
    parameters=(),
    permission="reports.read",
    render=_render_sla,
    file_name=lambda data: f"sla-table-v{data.version.number}.pdf",
)

CALENDAR: Report[CalendarPaper] = Report(
    id=ReportId.CALENDAR,
    title=mark("Calendar of the year"),
    about=mark("Working days, holidays and moved workdays of one calendar, for the wall: A4 landscape."),
    group=ReportGroup.LEVELS,
    parameters=(ReportParameter.CALENDAR, ReportParameter.YEAR),
    permission="reports.read",
    render=_render_calendar,
    file_name=_calendar_file,
)

PEOPLE: Report[PeopleReport] = Report(
    id=ReportId.PEOPLE,
    title=mark("People"),
    about=mark("What each did in a period: tickets, duty, presence, calls and training; by department."),
    group=ReportGroup.DESK,
    parameters=(ReportParameter.MONTH, ReportParameter.DATES),
    permission="reports.read",
    render=_render_people,
    file_name=lambda data: period_file("people", data.first, data.last),
)

CALLS: Report[CallsReport] = Report(
    id=ReportId.CALLS,
    title=mark("Calls"),
    about=mark("Calls of a period by hour, shift and day: answered, abandoned, and the people they need."),
    group=ReportGroup.DESK,
    parameters=(ReportParameter.MONTH, ReportParameter.DATES),
    permission="reports.read",
    render=_render_calls,
    file_name=lambda data: period_file("calls", data.first, data.last),
)

REPORTS = (SHIFT, HANDOVER, ROSTER, FAIRNESS, EMERGENCY, PEOPLE, CALLS, COMPLIANCE, MATRIX, SLA, CALENDAR)
"""Every report, in the order in which the catalogue shows them."""

GROUP_TITLES = {
    ReportGroup.SHIFTS: mark("Shifts"),
    ReportGroup.LEVELS: mark("Service levels"),
    ReportGroup.DESK: mark("People and calls"),
}
"""Headings of the catalogue."""

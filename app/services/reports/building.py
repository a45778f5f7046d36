"""From a question to a finished paper: reads the data, draws the PDF, proposes a file name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.entities.audit import AccessSubject
from app.models.entities.reports import ReportId
from app.services.base.context import Context
from app.services.base.texts import Texts
from app.services.reports import catalog, duty_queries, queries, settings_queries


@dataclass(frozen=True, slots=True)
class BuiltReport:
    """A finished PDF and the name it would be saved under."""

    content: bytes
    file_name: str


def subject_of(report: ReportId) -> AccessSubject:
    """Return as what it is recorded that a report was saved or printed."""
    return _SUBJECTS.get(report, AccessSubject.REPORT)


_SUBJECTS = {
    ReportId.ROSTER: AccessSubject.ROSTER,
    ReportId.FAIRNESS: AccessSubject.ROSTER,
    ReportId.HANDOVER: AccessSubject.HANDOVER,
    ReportId.MATRIX: AccessSubject.SETTINGS,
    ReportId.SLA: AccessSubject.SETTINGS,
    ReportId.CALENDAR: AccessSubject.SETTINGS,
}


def shift_paper(ctx: Context, on: date, code: str, language: str) -> BuiltReport:
    """Return the shift report as PDF, in the language of the paper.

    Raises:
        NotFound: there is no such shift.
        NotAllowed: the actor may not read reports.
    """
    data = queries.shift_report(ctx, on, code, language)
    return BuiltReport(catalog.SHIFT.render(data, Texts(language)), catalog.SHIFT.file_name(data))


def compliance_paper(ctx: Context, year: int, month: int, language: str) -> BuiltReport:
    """Return the SLA compliance of a month as PDF, in the language of the paper.

    Raises:
        NotAllowed: the actor may not read reports.
    """
    data = queries.sla_compliance(ctx, year, month, language)
    return BuiltReport(catalog.COMPLIANCE.render(data, Texts(language)), catalog.COMPLIANCE.file_name(data))


def roster_paper(ctx: Context, year: int, month: int, language: str) -> BuiltReport:
    """Return the roster of a month as PDF.

    Raises:
        NotAllowed: the actor may not read the roster.
    """
    data = queries.roster_month(ctx, year, month, language)
    return BuiltReport(catalog.ROSTER.render(data, Texts(language)), catalog.ROSTER.file_name(data))


def emergency_paper(ctx: Context, language: str) -> BuiltReport:
    """Return the emergency card as PDF. NotAllowed: the actor may not read the roster."""
    data = duty_queries.emergency_card(ctx, language)
    return BuiltReport(catalog.EMERGENCY.render(data, Texts(language)), catalog.EMERGENCY.file_name(data))


def matrix_copy(ctx: Context, language: str) -> BuiltReport:
    """Return the priority matrix as PDF. NotAllowed: the actor may not read reports."""
    data = settings_queries.matrix_paper(ctx, language)
    return BuiltReport(catalog.MATRIX.render(data, Texts(language)), catalog.MATRIX.file_name(data))


def sla_copy(ctx: Context, language: str) -> BuiltReport:
    """Return the SLA table as PDF. NotAllowed: the actor may not read reports."""
    data = settings_queries.sla_paper(ctx, language)
    return BuiltReport(catalog.SLA.render(data, Texts(language)), catalog.SLA.file_name(data))


def calendar_copy(ctx: Context, code: str, year: int, language: str) -> BuiltReport:
    """Return one year of a calendar as PDF.

    Raises:
        NotFound: there is no such calendar.
        NotAllowed: the actor may not read reports.
    """
    data = settings_queries.calendar_paper(ctx, code, year, language)
    return BuiltReport(catalog.CALENDAR.render(data, Texts(language)), catalog.CALENDAR.file_name(data))

"""The reports on people and on calls as finished papers, and the people's figures as a sheet."""

from __future__ import annotations

from datetime import date

from app.models.entities.people_report import PeopleReport
from app.services.base.context import Context
from app.services.base.texts import Texts
from app.services.base.workbook_writing import write_workbook
from app.services.reports import catalog
from app.services.reports.building import BuiltReport
from app.services.reports.calls_queries import calls_report
from app.services.reports.people_period import month_of, period_file
from app.services.reports.people_queries import people_report
from app.services.reports.people_sheet import people_rows


def people_paper(ctx: Context, first: date, last: date, language: str) -> BuiltReport:
    """Return the report on people of `first` to `last` as PDF, in the language of the paper.

    Raises:
        BadInput: `reports.period_bad`.
        NotAllowed: the actor may not read reports.
    """
    data = people_report(ctx, first, last, language)
    return BuiltReport(catalog.PEOPLE.render(data, Texts(language)), catalog.PEOPLE.file_name(data))


def calls_paper(ctx: Context, first: date, last: date, language: str) -> BuiltReport:
    """Return the report on calls of `first` to `last` as PDF; refused as `people_paper`."""
    data = calls_report(ctx, first, last, language)
    return BuiltReport(catalog.CALLS.render(data, Texts(language)), catalog.CALLS.file_name(data))


def people_month(ctx: Context, year: int, month: int, language: str) -> BuiltReport:
    """Return the report on people of a calendar month as PDF."""
    return people_paper(ctx, *month_of(year, month), language)


def calls_month(ctx: Context, year: int, month: int, language: str) -> BuiltReport:
    """Return the report on calls of a calendar month as PDF."""
    return calls_paper(ctx, *month_of(year, month), language)


def people_workbook(data: PeopleReport, language: str) -> BuiltReport:
    """Return the figures of a report on people as XLSX: a row for each person, a column for each figure."""
    texts = Texts(language)
    name = period_file("people", data.first, data.last).removesuffix(".pdf")
    return BuiltReport(write_workbook(people_rows(data, texts), texts.gettext("People")), f"{name}.xlsx")

"""What printed copies of settings say: the priority matrix, the SLA table, a calendar's year.

Names are in the language of the paper; they are texts as people typed them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.priority import MatrixDefinition
from app.models.entities.reports import ReportHead
from app.models.entities.sla import SlaTable


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """Which version of a document is printed, and since when it holds."""

    number: int
    saved_at: datetime


@dataclass(frozen=True)
class PaperCalendar:
    """What an SLA table's paper says of a calendar: its name, and how long its working day is."""

    name: str
    working_day: timedelta


@dataclass(frozen=True)
class MatrixPaper:
    """The matrix, with the promises of the SLA table in force beside it."""

    head: ReportHead
    version: PaperVersion
    matrix: MatrixDefinition
    table: SlaTable
    calendars: Mapping[str, PaperCalendar] = field(default_factory=dict)


@dataclass(frozen=True)
class SlaPaper:
    """The SLA table. `names` are those of the categories and services that policies name, by id."""

    head: ReportHead
    version: PaperVersion
    table: SlaTable
    calendars: Mapping[str, PaperCalendar] = field(default_factory=dict)
    categories: Mapping[int, str] = field(default_factory=dict)
    services: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CalendarPaper:
    """One year of a calendar."""

    head: ReportHead
    version: PaperVersion
    code: str
    calendar: BusinessCalendar
    year: int

    @property
    def first(self) -> date:
        """The first day printed."""
        return date(self.year, 1, 1)

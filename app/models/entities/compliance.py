"""What the SLA compliance of a month says: how promises were kept, split every way a manager asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.models.entities.reports import ReportHead, SlaTally


class Split(StrEnum):
    """By what the same tickets are told apart."""

    PRIORITY = "priority"
    TYPE = "type"
    CATEGORY = "category"
    TEAM = "team"
    ASSIGNEE = "assignee"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class ComplianceLine:
    """One line of a table: how many tickets came in, and how both promises were kept; `name` "" for none."""

    name: str
    received: int
    response: SlaTally
    resolution: SlaTally


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """How long services were down, of the incidents of one priority that were resolved in the month.

    From when a ticket came until the service worked again, on the wall clock. `said` of the `count` tickets
    say when that was; the others are taken as restored when they were resolved.
    """

    priority: int
    count: int
    said: int
    mean: timedelta
    median: timedelta


@dataclass(frozen=True, slots=True)
class ComplianceReport:
    """A month's compliance. `first` is its first day, `until` the last day that is counted.

    Priorities and types stand as their codes ("1", "incident") and are named on the paper.
    """

    head: ReportHead
    first: date
    until: date
    total: ComplianceLine
    splits: dict[Split, tuple[ComplianceLine, ...]]
    restoring: tuple[RestoreLine, ...] = ()

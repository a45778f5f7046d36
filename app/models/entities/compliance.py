"""What the SLA compliance of a month says: how promises were kept, split every way a manager asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
class ComplianceReport:
    """A month's compliance. `first` is its first day, `until` the last day that is counted.

    Priorities and types stand as their codes ("1", "incident") and are named on the paper.
    """

    head: ReportHead
    first: date
    until: date
    total: ComplianceLine
    splits: dict[Split, tuple[ComplianceLine, ...]]

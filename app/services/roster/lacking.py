"""What a month lacks before it goes out: forbidden, unled and empty shifts, the gaps of the weeks ahead."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from app.models.entities.roster import BrokenRule, ShiftKind, Violation
from app.models.entities.roster_lacks import Lacks, needs_a_word
from app.models.transactions import Reader
from app.services.roster.checks import RosterChecks
from app.services.roster.own_shifts import published_months
from app.services.roster.planned import load_plan, month_dates

AHEAD = timedelta(days=30)
"""How far ahead gaps are told when a month is published (U62)."""


def load_lacks(read: Reader, month: str, today: date) -> Lacks:
    """Return what somebody has to say "all the same" to; of what is past nothing is told.

    Raises:
        BadInput: `roster.month_bad`, `dates.out_of_range`.
    """
    first, last = month_dates(month)
    checks = RosterChecks(load_plan(read, first, last, today=today))
    ahead = RosterChecks(load_plan(read, today, today + AHEAD, today=today))
    return lacks_of(checks, ahead, today, published_months(read))


def lacks_of(checks: RosterChecks, ahead: RosterChecks, today: date, published: Collection[str]) -> Lacks:
    """Return the same from checks of the month and of the days ahead.

    Of the days ahead those of published months count: a month whose planning has not begun is all gaps, and
    nobody would read them. A rule the site does not check asks for nothing, and a gap of both is told once.
    """
    found = {one: None for one in checks.violations if one.on_date >= today and needs_a_word(one)}
    out = [one for one in ahead.violations if f"{one.on_date:%Y-%m}" in published]
    found |= {one: None for one in out if one.rule is BrokenRule.GAP and one.on_date >= today}
    shifts = {each.id for each in checks.plan.templates if each.kind is not ShiftKind.ABSENCE}
    days = frozenset(checks.plan.days)
    is_empty = not any(on in days and cell.template_id in shifts for (_who, on), cell in checks.cells.items())
    return Lacks(tuple(sorted(found, key=_order)), is_empty)


def _order(one: Violation) -> tuple[date, str, int, int, int]:
    return one.on_date, one.rule.value, one.template_id or 0, one.team_id or 0, one.person_id or 0

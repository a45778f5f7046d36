"""Shifts to come that lack people or a duty supervisor, for the warning weeks ahead (U62)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.models.entities.ids import TemplateId
from app.models.entities.roster import BrokenRule
from app.models.entities.roster_plan import RosterPlan
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.checks import RosterChecks
from app.services.roster.planned import load_plan
from app.services.roster.queries import site_zone
from app.services.roster.rules import shift_at
from app.services.settings import declared
from app.services.settings.current import load_config

_DAY = timedelta(days=1)
# Where no shift runs, a quarter of an hour on perhaps one does.
_STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, order=True)
class ShiftGap:
    """A shift of a date that nobody fills or leads as the roster's rules ask."""

    on_date: date
    code: str


@query(permission="roster.read")
def shift_gaps(ctx: Context, read: Reader) -> list[ShiftGap]:
    """Return the shifts from tomorrow on that lack people or a supervisor, by date and code.

    They are looked for as many days ahead as the site says; 0 days, or a roster that holds nobody at all in
    that time and the month before it: none, for such a site does not plan here.
    """
    days = load_config(read).settings[declared.GAP_WARNING_DAYS]
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    first, last = today + _DAY, today + timedelta(days=days)
    if not days or not _is_rostered(read, today - timedelta(days=30), last):
        return []
    plan = load_plan(read, first, last, today=today)
    checks = RosterChecks(plan)
    shifts = {template.id: template for template in plan.templates}
    unled = {
        (one.on_date, one.template_id)
        for one in checks.violations
        if one.rule is BrokenRule.NO_SUPERVISOR and one.template_id is not None
    }
    short = {(count.on_date, count.rule.template_id) for count in checks.counts if count.is_gap}
    found = unled | short | _empty(plan, first, last)
    return sorted(
        ShiftGap(on, shifts[shift].code) for on, shift in found if shifts[shift].holds_on(on) and on >= first
    )


def _empty(plan: RosterPlan, first: date, last: date) -> set[tuple[date, TemplateId]]:
    """Return the shifts the desk lives by that nobody is planned for, whether or not a rule asks for it."""
    people = {person.id for person in plan.people}
    held = {(on, cell.template_id) for (person, on), cell in plan.cells.items() if person in people}
    at, end = (datetime.combine(on, time(), plan.zone) for on in (first, last + _DAY))
    found = set()
    while at < end:
        shift = shift_at(plan.templates, at, plan.zone)
        at = shift.ends_at if shift is not None else at + _STEP
        if shift is not None and (shift.on_date, shift.template.id) not in held:
            found.add((shift.on_date, shift.template.id))
    return {(on, template_id) for on, template_id in found if first <= on <= last}


def _is_rostered(read: Reader, first: date, last: date) -> bool:
    span = (first.isoformat(), last.isoformat())
    return read.one("SELECT 1 FROM assignment WHERE on_date >= ? AND on_date <= ? LIMIT 1", span) is not None

"""What an absence would do, who could stand in, and to whom a shift could be offered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.models.entities.errors import RuleViolation
from app.models.entities.ids import PersonId
from app.models.entities.leave import Colleague, LeaveDetails, LeaveEffect, Substitute
from app.models.entities.roster_plan import RosterPlan
from app.models.transactions import Reader
from app.services.base.command import query, require
from app.services.base.context import Context
from app.services.base.names import named
from app.services.leave import standing_in
from app.services.leave.deciders import require_decider
from app.services.leave.rules import check_length
from app.services.roster.checks import RosterChecks
from app.services.roster.planned import load_plan


@query(permission="roster.read")
def leave_effect(ctx: Context, read: Reader, details: LeaveDetails) -> LeaveEffect:
    """Return which shifts an absence lets fall away, who takes them over, and what is missing then.

    Raises:
        NotAllowed: it is about somebody else, and the reader may not decide on their leave.
        BadInput: `leave.dates_reversed`, `leave.too_long`.
    """
    return standing_in.effect(_checks_of_leave(ctx, read, details), details)


@query(permission="roster.read")
def substitutes(ctx: Context, read: Reader, details: LeaveDetails) -> list[Substitute]:
    """Return who could stand in for the shifts of an absence, the best first; see `standing_in`.

    Raises:
        NotAllowed, BadInput: as `leave_effect`.
    """
    return standing_in.substitutes(_checks_of_leave(ctx, read, details), details)


@query(permission="roster.ask")
def colleagues(ctx: Context, read: Reader, person_id: PersonId, on: date) -> list[Colleague]:
    """Return to whom somebody's shift could be offered: free or not, rested, and what rules would say.

    Raises:
        NotAllowed: it is somebody else's shift, and the reader may not decide.
        RuleViolation: `swap.nothing_to_give`.
    """
    if person_id != ctx.actor.person_id:
        require(ctx, "roster.approve")
    checks = _checks(ctx, read, on, on)
    given = checks.cells.get((person_id, on))
    if given is None or given.template_id not in checks.times.work | checks.times.standby:
        raise RuleViolation("swap.nothing_to_give", date=on)
    return standing_in.colleagues(checks, given)


def for_reader(plan: RosterPlan, language: str) -> RosterPlan:
    """Return a plan whose people are named as a reader of a language writes them."""
    return replace(plan, people=tuple(replace(one, name=named(one, language)) for one in plan.people))


def _checks_of_leave(ctx: Context, read: Reader, details: LeaveDetails) -> RosterChecks:
    if details.person_id != ctx.actor.person_id:
        require_decider(ctx, read, details.person_id)
    check_length(details)
    return _checks(ctx, read, details.first, details.last)


def _checks(ctx: Context, read: Reader, first: date, last: date) -> RosterChecks:
    """Return the checks of the whole months: hours are judged by them."""
    end = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return RosterChecks(for_reader(load_plan(read, first.replace(day=1), end), ctx.language))

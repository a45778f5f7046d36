"""What the planner asks before it draws anything: a stretch of dates with all that its rules read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.roster import RosterPerson, ShiftKind
from app.models.entities.roster_plan import HeldTerms, RosterPlan, Wish
from app.models.entities.roster_rules import RosterRules
from app.models.entities.settings import ConfigKind
from app.models.entities.wishes import WishDesk, WishMonth
from app.models.transactions import Reader
from app.services.base.command import query, require
from app.services.base.context import Context
from app.services.roster import wishing
from app.services.roster.planned import load_plan_from, load_planned_people, load_terms, load_wishes
from app.services.roster.queries import load_templates
from app.services.settings import declared
from app.services.settings.current import SITE_DOCUMENT, load_config, load_roster_rules


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The roster's rules and the number of their newest version."""

    rules: RosterRules
    number: int


@query(permission="roster.read")
def plan(ctx: Context, read: Reader, first: date, last: date) -> RosterPlan:
    """Return the plan of `first` to `last`, both included: what `RosterChecks` are made from.

    What others wrote beside their wishes only planners read.
    """
    found = load_plan_from(read, first, last, ctx.clock.now())
    return replace(found, wishes=tuple(_discreet(ctx, found.wishes)))


@query(permission="roster.read")
def planned_people(_ctx: Context, read: Reader) -> list[RosterPerson]:
    """Return who is planned, with what was agreed with them and their skills."""
    return load_planned_people(read)


@query(permission="roster.read")
def rules_in_force(_ctx: Context, read: Reader) -> RulesInForce:
    """Return the roster's rules, and the number to save the next version over; 0 where none was saved yet."""
    rules, _version = load_roster_rules(read)
    number = read.value(
        "SELECT COALESCE(MAX(number), 0) FROM config_version WHERE kind = ? AND code = ?",
        (ConfigKind.ROSTER.value, SITE_DOCUMENT),
    )
    return RulesInForce(rules, int(number))


@query(permission="roster.read")
def wishes(ctx: Context, read: Reader, first: date, last: date) -> list[Wish]:
    """Return what people would like on `first` to `last`, both included, by date and person.

    What others wrote beside their wishes only planners read.
    """
    return _discreet(ctx, load_wishes(read, first, last))


@query(permission="roster.read")
def wish_desk(ctx: Context, read: Reader, person_id: PersonId, first: date, last: date) -> WishDesk:
    """Return somebody's wishes of `first` to `last`, how those months stand, and the shifts to wish for.

    Raises:
        NotAllowed: it is somebody else, and the reader does not plan.
    """
    if person_id != ctx.actor.person_id:
        require(ctx, "roster.edit")
    most = load_config(read).settings[declared.WISHES_A_MONTH]
    dates = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    closed = wishing.closed_months(read, [(person_id, on) for on in dates])
    return WishDesk(
        tuple(each for each in load_wishes(read, first, last) if each.person_id == person_id),
        tuple(
            WishMonth(month, month in closed, wishing.count_of(read, person_id, month), most)
            for month in dict.fromkeys(map(wishing.month_of, dates))
        ),
        tuple(each for each in load_templates(read) if each.kind is not ShiftKind.ABSENCE),
    )


@query(permission="roster.read")
def work_terms(_ctx: Context, read: Reader) -> list[HeldTerms]:
    """Return what was agreed, with departments first, then with persons."""
    return load_terms(read)


def _discreet(ctx: Context, found: Iterable[Wish]) -> list[Wish]:
    """Return wishes as a reader may see them: the words of others only where the reader plans."""
    is_planner = ctx.actor.may("roster.edit")
    return [
        each if is_planner or each.person_id == ctx.actor.person_id else replace(each, text="")
        for each in found
    ]

"""What the planner asks before it draws anything: a stretch of dates with all that its rules read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.entities.roster import RosterPerson
from app.models.entities.roster_plan import HeldTerms, RosterPlan, Wish
from app.models.entities.roster_rules import RosterRules
from app.models.entities.settings import ConfigKind
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.planned import load_plan_from, load_planned_people, load_terms, load_wishes
from app.services.settings.current import SITE_DOCUMENT, load_roster_rules


@dataclass(frozen=True, slots=True)
class RulesInForce:
    """The roster's rules and the number of their newest version."""

    rules: RosterRules
    number: int


@query(permission="roster.read")
def plan(ctx: Context, read: Reader, first: date, last: date) -> RosterPlan:
    """Return the plan of `first` to `last`, both included: what `RosterChecks` are made from."""
    return load_plan_from(read, first, last, ctx.clock.now())


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
def wishes(_ctx: Context, read: Reader, first: date, last: date) -> list[Wish]:
    """Return what people would like on `first` to `last`, both included, by date and person."""
    return load_wishes(read, first, last)


@query(permission="roster.read")
def work_terms(_ctx: Context, read: Reader) -> list[HeldTerms]:
    """Return what was agreed, with departments first, then with persons."""
    return load_terms(read)

"""What other rules would say about the roster as it is planned (what-if of the rules)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.models.entities.roster import Severity, Violation
from app.models.entities.roster_rules import BROKEN_BY, RosterRules, RuleName
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.checks import RosterChecks
from app.services.roster.planned import load_plan, month_dates
from app.services.roster.queries import site_zone
from app.services.settings.current import load_roster_rules


@dataclass(frozen=True, slots=True)
class Tally:
    """How often rules are broken: what is forbidden, what only warns, and each rule by itself."""

    forbidden: int = 0
    warnings: int = 0
    by_rule: Mapping[RuleName, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class RulesEffect:
    """What the rules in force find on the dates `first` to `last`, and what the supposed ones would."""

    first: date
    last: date
    now: Tally
    supposed: Tally


def tally(violations: Iterable[Violation]) -> Tally:
    """Count violations by weight and by the rule that says so."""
    held = list(violations)
    forbidden = sum(one.severity is Severity.FORBID for one in held)
    return Tally(forbidden, len(held) - forbidden, dict(Counter(BROKEN_BY[one.rule] for one in held)))


@query(permission="roster.read")
def suppose_rules(ctx: Context, read: Reader, rules: RosterRules) -> RulesEffect:
    """Return what `rules` would find in this month and the next, beside what those in force find."""
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    first = today.replace(day=1)
    _first, last = month_dates((first + timedelta(days=32)).strftime("%Y-%m"))
    held, _version = load_roster_rules(read)
    now = tally(RosterChecks(load_plan(read, first, last, held, today=today)).violations)
    if rules == held:
        return RulesEffect(first, last, now, now)
    then = RosterChecks(load_plan(read, first, last, rules, today=today)).violations
    return RulesEffect(first, last, now, tally(then))

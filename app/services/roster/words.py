"""Broken rules in a few words with their figures, for whatever is not a window: command line and papers."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.roster import BrokenRule, Severity, Violation
from app.models.entities.roster_rules import RuleName
from app.services.base.texts import Texts, mark

TITLES: Mapping[BrokenRule, str] = {
    BrokenRule.REST: mark("Rest too short"),
    BrokenRule.DAY_AFTER_NIGHT: mark("Day shift after a night"),
    BrokenRule.NIGHTS_IN_A_ROW: mark("Too many nights in a row"),
    BrokenRule.NO_SUPERVISOR: mark("No duty supervisor"),
    BrokenRule.TWO_SUPERVISORS: mark("More than one duty supervisor"),
    BrokenRule.SHIFTS_IN_A_ROW: mark("Too many shifts in a row"),
    BrokenRule.HOURS_WEEK: mark("Too many hours in a week"),
    BrokenRule.HOURS_MONTH: mark("Too many hours in a month"),
    BrokenRule.CONTRACT: mark("More hours than agreed"),
    BrokenRule.NIGHTS_MOST: mark("More nights than agreed"),
    BrokenRule.NO_NIGHTS: mark("Has no night shifts"),
    BrokenRule.NO_WEEKENDS: mark("Has no weekends"),
    BrokenRule.NO_HOLIDAYS: mark("Has no public holidays"),
    BrokenRule.NOT_EMPLOYED: mark("Does not work here that day"),
    BrokenRule.LEAVE: mark("Planned on approved leave"),
    BrokenRule.STANDBY_IN_A_ROW: mark("Too much standby in a row"),
    BrokenRule.GAP: mark("Too few people"),
    BrokenRule.SKILL_MIX: mark("Too few people with a skill"),
}
"""What is wrong, as msgids of the catalogue."""

SEVERITIES: Mapping[Severity, str] = {
    Severity.OFF: mark("not checked"),
    Severity.WARN: mark("warning"),
    Severity.FORBID: mark("forbidden"),
}
"""How much it weighs, as msgids of the catalogue."""

RULES: Mapping[RuleName, str] = {
    RuleName.REST: mark("Rest between shifts"),
    RuleName.DAY_AFTER_NIGHT: mark("No day shift after a night"),
    RuleName.NIGHTS_IN_A_ROW: mark("Nights in a row"),
    RuleName.SHIFTS_IN_A_ROW: mark("Shifts in a row"),
    RuleName.HOURS_WEEK: mark("Hours a week"),
    RuleName.HOURS_MONTH: mark("Hours a month"),
    RuleName.CONTRACT: mark("Agreed hours"),
    RuleName.LEAVE: mark("Approved leave"),
    RuleName.ELIGIBILITY: mark("What was agreed with people"),
    RuleName.STANDBY: mark("Standby in a row"),
    RuleName.SUPERVISOR: mark("One duty supervisor"),
    RuleName.GAP: mark("Enough people"),
    RuleName.SKILL_MIX: mark("Enough skills"),
}
"""What the rules are called, as msgids of the catalogue."""

_MINUTES = frozenset(
    {
        BrokenRule.REST,
        BrokenRule.DAY_AFTER_NIGHT,
        BrokenRule.HOURS_WEEK,
        BrokenRule.HOURS_MONTH,
        BrokenRule.CONTRACT,
    }
)
# Either it is so or not: there is nothing to count.
_PLAIN = frozenset(
    {
        BrokenRule.NO_NIGHTS,
        BrokenRule.NO_WEEKENDS,
        BrokenRule.NO_HOLIDAYS,
        BrokenRule.NOT_EMPLOYED,
        BrokenRule.LEAVE,
    }
)


def title(texts: Texts, violation: Violation) -> str:
    """Return which rule is broken."""
    return texts.gettext(TITLES[violation.rule])


def figures(texts: Texts, violation: Violation) -> str:
    """Return found and allowed, "8 h, limit 11 h" or "1 of 2"; "" where there is nothing to count."""
    if violation.rule in _PLAIN:
        return ""
    if violation.rule in _MINUTES:
        return texts.gettext("{found} h, limit {allowed} h").format(
            found=_hours(texts, violation.found), allowed=_hours(texts, violation.allowed)
        )
    if violation.rule in {BrokenRule.GAP, BrokenRule.SKILL_MIX, BrokenRule.NO_SUPERVISOR}:
        said = texts.gettext("{found} of {needed}")
        return said.format(found=violation.found, needed=violation.allowed)
    return texts.gettext("{found}, limit {allowed}").format(found=violation.found, allowed=violation.allowed)


def _hours(texts: Texts, minutes: int) -> str:
    return texts.number(minutes / 60, 0 if minutes % 60 == 0 else 1)

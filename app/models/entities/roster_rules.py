"""What a roster is checked against, one document of the site: settings, not claims about the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.models.entities.errors import BadInput
from app.models.entities.forms import WrongKind, list_in, mapping_in, number_in, text_in
from app.models.entities.roster import BrokenRule, Severity

_LONGEST_CODE = 4  # as that of a shift
_MOST_LED = 50


class RuleName(StrEnum):
    """The rules, as the document and its page list them."""

    REST = "rest"
    DAY_AFTER_NIGHT = "day_after_night"
    NIGHTS_IN_A_ROW = "nights_in_a_row"
    SHIFTS_IN_A_ROW = "shifts_in_a_row"
    HOURS_WEEK = "hours_week"
    HOURS_MONTH = "hours_month"
    CONTRACT = "contract"
    LEAVE = "leave"
    ELIGIBILITY = "eligibility"
    STANDBY = "standby"
    SUPERVISOR = "supervisor"
    GAP = "gap"
    SKILL_MIX = "skill_mix"


LIMITS: Mapping[RuleName, tuple[int, int, int]] = {
    RuleName.REST: (11, 1, 24),  # hours between two shifts
    RuleName.NIGHTS_IN_A_ROW: (2, 1, 31),
    RuleName.SHIFTS_IN_A_ROW: (6, 1, 31),
    RuleName.HOURS_WEEK: (60, 1, 168),  # Monday to Sunday
    RuleName.HOURS_MONTH: (200, 1, 744),
    RuleName.CONTRACT: (10, 0, 200),  # percent above what was agreed
    RuleName.STANDBY: (7, 1, 31),  # dates in a row
}
"""Shipped limit, least and most of each rule that has one."""

BROKEN_BY: Mapping[BrokenRule, RuleName] = {
    BrokenRule.REST: RuleName.REST,
    BrokenRule.DAY_AFTER_NIGHT: RuleName.DAY_AFTER_NIGHT,
    BrokenRule.NIGHTS_IN_A_ROW: RuleName.NIGHTS_IN_A_ROW,
    BrokenRule.SHIFTS_IN_A_ROW: RuleName.SHIFTS_IN_A_ROW,
    BrokenRule.HOURS_WEEK: RuleName.HOURS_WEEK,
    BrokenRule.HOURS_MONTH: RuleName.HOURS_MONTH,
    BrokenRule.CONTRACT: RuleName.CONTRACT,
    BrokenRule.NIGHTS_MOST: RuleName.ELIGIBILITY,
    BrokenRule.NO_NIGHTS: RuleName.ELIGIBILITY,
    BrokenRule.NO_WEEKENDS: RuleName.ELIGIBILITY,
    BrokenRule.NO_HOLIDAYS: RuleName.ELIGIBILITY,
    BrokenRule.NOT_EMPLOYED: RuleName.ELIGIBILITY,
    BrokenRule.LEAVE: RuleName.LEAVE,
    BrokenRule.STANDBY_IN_A_ROW: RuleName.STANDBY,
    BrokenRule.NO_SUPERVISOR: RuleName.SUPERVISOR,
    BrokenRule.TWO_SUPERVISORS: RuleName.SUPERVISOR,
    BrokenRule.GAP: RuleName.GAP,
    BrokenRule.SKILL_MIX: RuleName.SKILL_MIX,
}
"""Which rule of the document decides how much each thing that can be wrong weighs."""

_FORBIDDEN = frozenset({RuleName.REST, RuleName.DAY_AFTER_NIGHT, RuleName.LEAVE, RuleName.ELIGIBILITY})


@dataclass(frozen=True, slots=True)
class RuleSetting:
    """How much a rule weighs, and its limit in the unit of `LIMITS`; 0 where it has none."""

    severity: Severity
    limit: int = 0


def shipped(name: RuleName) -> RuleSetting:
    """Return a rule as the program ships it."""
    severity = Severity.FORBID if name in _FORBIDDEN else Severity.WARN
    return RuleSetting(severity, LIMITS[name][0] if name in LIMITS else 0)


@dataclass(frozen=True)
class RosterRules:
    """Every rule with its weight and limit. Versioned as a whole, as document `roster` of the site.

    `led_shifts` are the codes of the shifts that have exactly one duty supervisor. `full_time_hours` a week
    are what somebody works for whom nothing else was agreed.
    """

    settings: Mapping[RuleName, RuleSetting] = field(
        default_factory=lambda: {name: shipped(name) for name in RuleName}, hash=False
    )
    led_shifts: tuple[str, ...] = ("D", "N")
    full_time_hours: int = 40

    def severity(self, name: RuleName) -> Severity:
        """Return how much a rule weighs."""
        return self.settings[name].severity

    def limit(self, name: RuleName) -> int:
        """Return a rule's limit, in the unit of `LIMITS`."""
        return self.settings[name].limit

    def weight(self, broken: BrokenRule) -> Severity:
        """Return how much it weighs that something is wrong."""
        return self.settings[BROKEN_BY[broken]].severity

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form that `from_dict` reads."""
        rules: dict[str, dict[str, Any]] = {}
        for name in RuleName:
            given = self.settings[name]
            rules[name.value] = {"severity": given.severity.value}
            if name in LIMITS:
                rules[name.value]["limit"] = given.limit
        return {"rules": rules, "led_shifts": list(self.led_shifts), "full_time_hours": self.full_time_hours}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> RosterRules:
        """Read the form of `to_dict`; a rule that is not said is as shipped.

        Raises:
            BadInput: `roster.rules_bad`, `roster.rules_field_unknown`, `roster.rule_unknown`,
                `roster.rule_range` (rule, value, least, most).
        """
        try:
            _refuse_unknown(mapping_in(data), {"rules", "led_shifts", "full_time_hours"})
            given = mapping_in(data.get("rules", {}))
            led = tuple(text_in(code).strip() for code in list_in(data.get("led_shifts", cls.led_shifts)))
            hours = number_in(data.get("full_time_hours", cls.full_time_hours))
            settings = {name: _setting(name, mapping_in(given.get(name.value, {}))) for name in RuleName}
        except WrongKind as wrong:
            raise BadInput("roster.rules_bad", value=str(wrong)[:60]) from wrong
        if unknown := sorted(str(name) for name in given if name not in set(RuleName)):
            raise BadInput("roster.rule_unknown", rule=unknown[0][:40])
        if len(led) > _MOST_LED or any(not 1 <= len(code) <= _LONGEST_CODE for code in led):
            raise BadInput("roster.rules_bad", value=", ".join(led)[:60])
        if not 1 <= hours <= 168:
            raise BadInput("roster.rule_range", rule="full_time_hours", value=hours, least=1, most=168)
        return cls(settings, tuple(dict.fromkeys(led)), hours)


DEFAULT_ROSTER_RULES = RosterRules()
"""RULES 7; what holds at a site that never saved rules of its own."""


def _setting(name: RuleName, data: Mapping[str, Any]) -> RuleSetting:
    start = shipped(name)
    _refuse_unknown(data, {"severity", "limit"} if name in LIMITS else {"severity"})
    severity, limit = text_in(data.get("severity", start.severity.value)), start.limit
    if severity not in set(Severity):
        raise BadInput("roster.rules_bad", value=severity[:60])
    if name in LIMITS:
        _shipped, least, most = LIMITS[name]
        limit = number_in(data.get("limit", start.limit))
        if not least <= limit <= most:
            raise BadInput("roster.rule_range", rule=name.value, value=limit, least=least, most=most)
    return RuleSetting(Severity(severity), limit)


def _refuse_unknown(data: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(str(key) for key in data if key not in known):
        raise BadInput("roster.rules_field_unknown", field=unknown[0][:40])

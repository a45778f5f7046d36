"""Edits of the roster's rules as a person makes them, one at a time. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from app.models.entities.errors import BadInput
from app.models.entities.roster import Severity
from app.models.entities.roster_rules import LIMITS, RosterRules, RuleName, RuleSetting

_NUMBER = re.compile(r"(\d{1,6})\D{0,12}")
# Full-width digits, as a Chinese input method leaves them.
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def read_limit(name: RuleName, text: str) -> int:
    """Return the limit typed for a rule; a unit behind the number is passed over: "11", "11 h", "11小时".

    Raises:
        BadInput: `roster.limit_unreadable` (text, least, most), `roster.rule_range`.
    """
    _shipped, least, most = LIMITS[name]
    found = _NUMBER.fullmatch(text.strip().translate(_WIDE))
    if found is None:
        raise BadInput("roster.limit_unreadable", text=text.strip()[:40], least=least, most=most)
    limit = int(found[1])
    if not least <= limit <= most:
        raise BadInput("roster.rule_range", rule=name.value, value=limit, least=least, most=most)
    return limit


def set_limit(rules: RosterRules, name: RuleName, limit: int) -> RosterRules:
    """Return rules with another limit of one of them."""
    return _with(rules, name, replace(rules.settings[name], limit=limit))


def set_severity(rules: RosterRules, name: RuleName, severity: Severity) -> RosterRules:
    """Return rules with another weight of one of them; its limit stays, for when it counts again."""
    return _with(rules, name, replace(rules.settings[name], severity=severity))


def set_led_shifts(rules: RosterRules, codes: Collection[str], order: Collection[str]) -> RosterRules:
    """Return rules by which these shifts are led, in the order of `order`, unknown codes last."""
    known = [code for code in order if code in codes]
    return replace(rules, led_shifts=(*known, *sorted(set(codes) - set(known))))


def _with(rules: RosterRules, name: RuleName, setting: RuleSetting) -> RosterRules:
    return replace(rules, settings={**rules.settings, name: setting})

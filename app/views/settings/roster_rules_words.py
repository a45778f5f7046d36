"""The rules of the roster in words: what each is called and looks at, its limit, and what an edit changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from app.models.entities.errors import BadInput
from app.models.entities.roster import Severity
from app.models.entities.roster_rules import LIMITS, RosterRules, RuleName
from app.services.roster.rules_queries import RulesEffect, Tally
from app.services.roster.words import RULES, SEVERITIES
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext
from app.views.base.widgets.applybar import Change
from app.views.settings.level_words import told

_LOOKS_AT: Mapping[RuleName, LazyText] = {
    RuleName.REST: N_("Hours from the end of a shift to the start of the next"),
    RuleName.DAY_AFTER_NIGHT: N_("The date after a night shift begins no day shift"),
    RuleName.NIGHTS_IN_A_ROW: N_("Night shifts on dates one after another, at most"),
    RuleName.SHIFTS_IN_A_ROW: N_("Dates worked without a day off, at most"),
    RuleName.HOURS_WEEK: N_("Monday to Sunday, at most"),
    RuleName.HOURS_MONTH: N_("In a calendar month, at most"),
    RuleName.CONTRACT: N_("How far a month may go beyond what was agreed"),
    RuleName.LEAVE: N_("Nobody is planned while they are away"),
    RuleName.ELIGIBILITY: N_("No nights, weekends or holidays, nights a month, first and last day"),
    RuleName.STANDBY: N_("Standby on dates one after another, at most"),
    RuleName.SUPERVISOR: N_("Each of the shifts named below has exactly one"),
    RuleName.GAP: N_("The people each shift needs (Shifts and coverage)"),
    RuleName.SKILL_MIX: N_("The skills each shift needs (Shifts and coverage)"),
}


def rule_name(name: RuleName) -> str:
    """Return what a rule is called."""
    return _(RULES[name])


def looks_at(name: RuleName) -> str:
    """Return what a rule looks at, in a few words."""
    return str(_LOOKS_AT[name])


def severity_name(severity: Severity) -> str:
    """Return how much a rule weighs: "not checked", "warning", "forbidden"."""
    return _(SEVERITIES[severity])


def limit_text(name: RuleName, limit: int) -> str:
    """Return a limit with its unit, "11 h"; "–" for a rule that has none."""
    if name not in LIMITS:
        return "–"
    units: Mapping[RuleName, Callable[[], str]] = {
        RuleName.NIGHTS_IN_A_ROW: lambda: ngettext("{n} night", "{n} nights", limit).format(n=limit),
        RuleName.SHIFTS_IN_A_ROW: lambda: ngettext("{n} shift", "{n} shifts", limit).format(n=limit),
        RuleName.STANDBY: lambda: ngettext("{n} day", "{n} days", limit).format(n=limit),
        RuleName.CONTRACT: lambda: _("{percent} %").format(percent=limit),
    }
    return units.get(name, lambda: _("{n} h").format(n=limit))()


def refusal(error: BadInput, name: RuleName, fmt: Format) -> str:
    """Return why a typed limit cannot be taken, and what would be right."""
    if "rule" in error.params:
        error.params["rule"] = rule_name(name)
    return told(error, fmt)


def setting_text(rules: RosterRules, name: RuleName) -> str:
    """Return a rule with its limit as one reads it: "forbidden, 11 h"."""
    weight = severity_name(rules.severity(name))
    if name not in LIMITS or rules.severity(name) is Severity.OFF:
        return weight
    return _(", ").join((weight, limit_text(name, rules.limit(name))))


def led_text(rules: RosterRules) -> str:
    """Return which shifts are led."""
    return _(", ").join(rules.led_shifts) or _("none")


def rule_changes(before: RosterRules, after: RosterRules) -> tuple[Change, ...]:
    """Return what differs, rule by rule, then the shifts that are led and full time."""
    return tuple(_changes(before, after))


def _changes(before: RosterRules, after: RosterRules) -> Iterator[Change]:
    for name in RuleName:
        old, new = setting_text(before, name), setting_text(after, name)
        if before.settings[name] == after.settings[name]:
            continue
        if old == new:  # not checked before and after: only the limit it would have is another
            old, new = (limit_text(name, each.limit(name)) for each in (before, after))
        yield Change(rule_name(name), old, new)
    if before.led_shifts != after.led_shifts:
        yield Change(_("Shifts with a duty supervisor"), led_text(before), led_text(after))
    if before.full_time_hours != after.full_time_hours:
        texts = [_("{n} h a week").format(n=each.full_time_hours) for each in (before, after)]
        yield Change(_("Full time"), *texts)


def effect_title(effect: RulesEffect) -> str:
    """Return what a draft of rules would find in this month and the next."""
    if effect.now == effect.supposed:
        return _("In this month and the next: {found}").format(found=tally_text(effect.now))
    sentence = _("With these rules, this month and the next have {supposed} (now {now})")
    return sentence.format(supposed=tally_text(effect.supposed), now=tally_text(effect.now))


def tally_text(found: Tally) -> str:
    """Return "12 forbidden and 5 that only warn"."""
    forbidden = ngettext("{n} forbidden", "{n} forbidden", found.forbidden).format(n=found.forbidden)
    warnings = ngettext("{n} that only warns", "{n} that only warn", found.warnings).format(n=found.warnings)
    return _("{forbidden} and {warnings}").format(forbidden=forbidden, warnings=warnings)

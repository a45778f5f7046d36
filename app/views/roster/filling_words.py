"""Filling a roster in words: how it ended, why nothing fits, what must give way, what a roster is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.models.entities.filled import FillCode, FillResult, FillStatus, ScoreLine, Trouble
from app.models.entities.filling import FillMeasure, FillRule
from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.skills import SkillId
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _, ngettext

RULE_TITLES: Mapping[FillRule, LazyText] = {
    FillRule.COVERAGE: N_("People needed"),
    FillRule.SUPERVISOR: N_("Exactly one duty supervisor"),
    FillRule.SKILL: N_("Skills needed"),
    FillRule.REST: N_("Rest between shifts"),
    FillRule.DAY_AFTER_NIGHT: N_("No day shift after a night"),
    FillRule.NIGHTS_IN_A_ROW: N_("Nights in a row"),
    FillRule.SHIFTS_IN_A_ROW: N_("Shifts in a row"),
    FillRule.WEEK_HOURS: N_("Hours of a week"),
    FillRule.MONTH_HOURS: N_("Hours of a month"),
    FillRule.MONTH_NIGHTS: N_("Nights of a month"),
    FillRule.DAYS_OFF: N_("Days off together"),
    FillRule.ELIGIBILITY: N_("What was agreed with a person"),
}

MEASURES: Mapping[FillMeasure, LazyText] = {
    FillMeasure.RULES: N_("Rules broken"),
    FillMeasure.WISHES: N_("Wishes not met"),
    FillMeasure.NIGHTS: N_("Nights beside the fair part"),
    FillMeasure.WEEKENDS: N_("Weekends beside the fair part"),
    FillMeasure.HOLIDAYS: N_("Holidays beside the fair part"),
    FillMeasure.HOURS: N_("Hours beside the fair part"),
    FillMeasure.SURPLUS: N_("People above the need"),
    FillMeasure.SINGLES: N_("Single shifts between days off"),
    FillMeasure.CHANGES: N_("Cells changed"),
}

# Reasons that follow from counting. Placeholders: found, allowed, shift, day, last, team, skill.
_COUNTED: Mapping[FillCode, LazyText] = {
    FillCode.TOO_FEW_PEOPLE: N_("{day}, {shift}{team}: {allowed} are needed, {found} can work it."),
    FillCode.TOO_FEW_LEADERS: N_(
        "{day}: {allowed} shifts need a duty supervisor each, {found} of the people there may lead."
    ),
    FillCode.TOO_FEW_SKILLED: N_("{day}, {shift}: {allowed} with {skill} are needed, {found} can work it."),
    FillCode.TOO_FEW_ON_DATE: N_("{day}: {allowed} shifts are to be worked, {found} people are there."),
    FillCode.TOO_FEW_HOURS: N_(
        "{day} to {last}: {allowed} h are needed, the limits of all people together allow {found} h."
    ),
    FillCode.TOO_FEW_NIGHTS: N_(
        "{day} to {last}: {allowed} nights are needed, the limits of all people together allow {found}."
    ),
}

# A rule at one place, as it stands in a conflict. Placeholders: those above, and who.
_HELD: Mapping[FillRule, LazyText] = {
    FillRule.COVERAGE: N_("{day}, {shift}{team}: {allowed} are needed."),
    FillRule.SUPERVISOR: N_("{day}, {shift}: exactly one duty supervisor."),
    FillRule.SKILL: N_("{day}, {shift}: {allowed} with {skill} are needed."),
    FillRule.REST: N_("{who}, {day}: {allowed} h of rest before {shift}."),
    FillRule.DAY_AFTER_NIGHT: N_("{who}, {day}: no {shift} the day after a night."),
    FillRule.NIGHTS_IN_A_ROW: N_("{who}, up to {day}: at most {allowed} nights in a row."),
    FillRule.SHIFTS_IN_A_ROW: N_("{who}, up to {day}: at most {allowed} shifts in a row."),
    FillRule.WEEK_HOURS: N_("{who}, week of {day}: at most {allowed} h."),
    FillRule.MONTH_HOURS: N_("{who}, month of {day}: at most {allowed} h."),
    FillRule.MONTH_NIGHTS: N_("{who}, month of {day}: at most {allowed} nights."),
    FillRule.DAYS_OFF: N_("{who}, {day}: at least {allowed} days off together."),
    FillRule.ELIGIBILITY: N_("{who}, {day}: no {shift}, as agreed."),
}

# The same rule where it would have to give way.
_RELAXED: Mapping[FillRule, LazyText] = {
    FillRule.COVERAGE: N_("{day}, {shift}{team}: {found} instead of {allowed} people."),
    FillRule.SUPERVISOR: N_("{day}, {shift}: {found} duty supervisors instead of one."),
    FillRule.SKILL: N_("{day}, {shift}: {found} with {skill} instead of {allowed}."),
    FillRule.REST: N_("{who}, {day}: {found} h of rest before {shift} instead of {allowed} h."),
    FillRule.DAY_AFTER_NIGHT: N_("{who}, {day}: {shift} the day after a night."),
    FillRule.NIGHTS_IN_A_ROW: N_("{who}, up to {day}: {found} nights in a row instead of {allowed}."),
    FillRule.SHIFTS_IN_A_ROW: N_("{who}, up to {day}: {found} shifts in a row instead of {allowed}."),
    FillRule.WEEK_HOURS: N_("{who}, week of {day}: {found} h instead of {allowed} h."),
    FillRule.MONTH_HOURS: N_("{who}, month of {day}: {found} h instead of {allowed} h."),
    FillRule.MONTH_NIGHTS: N_("{who}, month of {day}: {found} nights instead of {allowed}."),
    FillRule.DAYS_OFF: N_("{who}, {day}: {found} days off together instead of {allowed}."),
    FillRule.ELIGIBILITY: N_("{who}, {day}: {shift} against what was agreed."),
}

_IN_MINUTES = frozenset({FillRule.REST, FillRule.WEEK_HOURS, FillRule.MONTH_HOURS})


@dataclass(frozen=True)
class FillNames:
    """What people, shifts, teams and skills are called, as the reader writes them."""

    people: Mapping[PersonId, str] = field(default_factory=dict)
    shifts: Mapping[TemplateId, str] = field(default_factory=dict)
    teams: Mapping[TeamId, str] = field(default_factory=dict)
    skills: Mapping[SkillId, str] = field(default_factory=dict)


class FillingWords:
    """Says what came out of a fill, in the window's language."""

    def __init__(self, fmt: Format, names: FillNames) -> None:
        self._fmt = fmt
        self._names = names

    def ended(self, result: FillResult) -> str:
        """Return how a fill ended, in one sentence."""
        if result.status is FillStatus.OPTIMAL:
            return _("This is the best roster there is under these rules.")
        if result.status is FillStatus.INFEASIBLE:
            return _("No roster keeps all these rules.")
        if not result.has_roster:
            return _("Nothing was found in the time given.")
        if result.gap is None:
            return _("A roster was found; how far it is from the best is not known.")
        return _("A roster was found; a better one could save {percent} % of its cost at most.").format(
            percent=self._fmt.number(result.gap * 100, 0)
        )

    def reason(self, trouble: Trouble) -> str:
        """Return a reason that follows from counting, or a rule of a conflict."""
        if trouble.code is not FillCode.RULE:
            return self._said(_COUNTED[trouble.code], trouble)
        return self._said(_HELD[_rule(trouble)], trouble)

    def giving_way(self, trouble: Trouble) -> str:
        """Return what a rule would be broken to."""
        return self._said(_RELAXED[_rule(trouble)], trouble)

    def score(self, line: ScoreLine) -> str:
        """Return a measure with its amount, "Wishes not met: 3"."""
        return _("{measure}: {amount}").format(
            measure=str(MEASURES[line.measure]), amount=self._fmt.number(line.amount, 0)
        )

    def changed(self, count: int) -> str:
        """Return how many cells differ from what stands there."""
        return ngettext("{count} cell changes", "{count} cells change", count).format(count=count)

    def _said(self, text: LazyText, trouble: Trouble) -> str:
        person = trouble.instance.person_id if trouble.instance is not None else None
        team = self._names.teams.get(trouble.team_id, "") if trouble.team_id is not None else ""
        return str(text).format(
            day=self._day(trouble.on),
            last=self._day(trouble.last),
            who=self._names.people.get(person, "") if person is not None else "",
            shift=self._names.shifts.get(trouble.template_id, "") if trouble.template_id is not None else "",
            team=_(", {team}").format(team=team) if team else "",
            skill=self._names.skills.get(trouble.skill_id, "") if trouble.skill_id is not None else "",
            found=self._figure(trouble, trouble.found),
            allowed=self._figure(trouble, trouble.allowed),
        )

    def _figure(self, trouble: Trouble, value: int) -> str:
        rule = trouble.instance.rule if trouble.instance is not None else None
        is_hours = trouble.code is FillCode.TOO_FEW_HOURS or (
            trouble.code is FillCode.RULE and rule in _IN_MINUTES
        )
        if not is_hours:
            return self._fmt.number(value, 0)
        return self._fmt.number(value / 60, 0 if value % 60 == 0 else 1)

    def _day(self, on: date) -> str:
        return self._fmt.texts.date_pattern(on, "MMMEd")


def _rule(trouble: Trouble) -> FillRule:
    if trouble.instance is None:
        raise ValueError("a reason without its rule")
    return trouble.instance.rule

"""Which rules one shift of a date breaks, and how many people it has against how many it needs. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.models.entities.ids import PersonId, TeamId, TemplateId
from app.models.entities.roster import (
    Assignment,
    BrokenRule,
    CoverageCount,
    CoverageRule,
    RosterPerson,
    Severity,
    Violation,
)
from app.models.entities.roster_plan import RosterPlan
from app.models.entities.skills import SkillId, SkillLevel, SkillNeed
from app.services.roster.rules import asked_for
from app.services.roster.shift_times import ShiftTimes

Shift = tuple[TemplateId, date]
CountKey = tuple[TemplateId, TeamId | None, date]
_LEVELS = list(SkillLevel)


@dataclass(slots=True)
class _Crew:
    """Who is planned on one shift, and who of them leads it."""

    people: set[PersonId] = field(default_factory=set)
    leading: set[PersonId] = field(default_factory=set)


class ShiftChecks:
    """The rules for shifts of one plan, kept up to date by the cell; strangers never count.

    On a date on which a shift does not hold it needs nobody, and one that holds on no date of the plan has
    no counts at all.
    """

    def __init__(self, plan: RosterPlan, times: ShiftTimes) -> None:
        self._people: Mapping[PersonId, RosterPerson] = {person.id: person for person in plan.people}
        self._days = frozenset(plan.days)
        self._types = plan.day_types
        self._weights = {broken: plan.rules.weight(broken) for broken in BrokenRule}
        self._led = {
            key for key in times.work if times.templates[key].code in frozenset(plan.rules.led_shifts)
        }
        self._crews: dict[Shift, _Crew] = {}
        self._lines: dict[TemplateId, dict[TeamId | None, dict[str, CoverageRule]]] = {}
        held = {key for key, each in times.templates.items() if any(each.holds_on(on) for on in plan.days)}
        self._templates = times.templates
        for rule in plan.coverage:
            if rule.template_id not in held:
                continue
            of_template = self._lines.setdefault(rule.template_id, {})
            of_template.setdefault(rule.team_id, {})[rule.day_type] = rule
        self._needs: dict[TemplateId, dict[SkillId, dict[str, SkillNeed]]] = {}
        for need in plan.skill_needs:
            of_shift = self._needs.setdefault(need.template_id, {})
            of_shift.setdefault(need.skill_id, {})[need.day_type] = need
        self.counts: dict[CountKey, CoverageCount] = {
            (template_id, team_id, on): self._nobody(
                self._lines[template_id][team_id], on, plan.load_needs.get((template_id, team_id, on), 0)
            )
            for template_id, team_id in dict.fromkeys(
                (rule.template_id, rule.team_id) for rule in plan.coverage if rule.template_id in held
            )
            for on in plan.days
        }

    def put(self, cell: Assignment, step: int) -> list[CountKey]:
        """Count a cell in (1) or out (-1); return the counts that moved."""
        person = self._people.get(cell.person_id)
        if person is None or cell.on_date not in self._days:
            return []
        crew = self._crews.setdefault((cell.template_id, cell.on_date), _Crew())
        (crew.people.add if step > 0 else crew.people.discard)(cell.person_id)
        (crew.leading.add if step > 0 and cell.is_supervisor else crew.leading.discard)(cell.person_id)
        team = cell.team_id if cell.team_id is not None else person.team_id
        moved = []
        for each in {team, None}:
            key = (cell.template_id, each, cell.on_date)
            count = self.counts.get(key)
            if count is not None:
                self.counts[key] = replace(count, planned=count.planned + step)
                moved.append(key)
        return moved

    def shifts(self) -> set[Shift]:
        """Return every shift that may break a rule: those with people, leaders, needs."""
        asked = {(template_id, on) for template_id in self._lines for on in self._days}
        return asked | set(self._crews)

    def people_of(self, template_id: TemplateId, on: date) -> frozenset[PersonId]:
        """Return who of the roster is planned on a shift."""
        crew = self._crews.get((template_id, on))
        return frozenset(crew.people) if crew else frozenset()

    def broken(self, shift: Shift) -> tuple[Violation, ...]:
        """Return what a shift breaks. One that neither has nor needs anybody breaks nothing."""
        template_id, on = shift
        if on not in self._days:
            return ()
        crew = self._crews.get(shift) or _Crew()
        counts = {team: self.counts[template_id, team, on] for team in self._lines.get(template_id, ())}
        if not crew.people and not any(count.needed for count in counts.values()):
            return ()
        found: list[Violation] = []
        if template_id in self._led and len(crew.leading) != 1:
            rule = BrokenRule.TWO_SUPERVISORS if crew.leading else BrokenRule.NO_SUPERVISOR
            self._tell(found, rule, shift, len(crew.leading), 1)
        for team, count in counts.items():
            if count.is_gap:
                self._tell(found, BrokenRule.GAP, shift, count.planned, count.needed, team_id=team)
        for skill_id, by_type in self._needs.get(template_id, {}).items():
            need = asked_for(self._types[on], by_type) or by_type.get("")
            able = 0 if need is None else sum(self._is_able(person, need) for person in crew.people)
            if need is not None and able < need.minimum:
                self._tell(found, BrokenRule.SKILL_MIX, shift, able, need.minimum, skill_id=skill_id)
        return tuple(found)

    def _is_able(self, person_id: PersonId, need: SkillNeed) -> bool:
        level = self._people[person_id].skills.get(need.skill_id, SkillLevel.UNSKILLED)
        return _LEVELS.index(level) >= _LEVELS.index(need.level)

    def _nobody(self, by_type: Mapping[str, CoverageRule], on: date, for_load: int) -> CoverageCount:
        asked = asked_for(self._types[on], by_type)
        rule = asked or next(iter(by_type.values()))
        if not self._templates[rule.template_id].holds_on(on):
            return CoverageCount(rule, on, 0, 0)
        return CoverageCount(rule, on, 0, max(asked.minimum if asked is not None else 0, for_load))

    def _tell(
        self,
        found: list[Violation],
        rule: BrokenRule,
        shift: Shift,
        count: int,
        allowed: int,
        *,
        team_id: TeamId | None = None,
        skill_id: SkillId | None = None,
    ) -> None:
        weight = self._weights[rule]
        if weight is Severity.OFF:
            return
        found.append(
            Violation(
                rule, shift[1], None, shift[0], count, allowed, weight, team_id=team_id, skill_id=skill_id
            )
        )

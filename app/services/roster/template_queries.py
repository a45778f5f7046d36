"""What is asked about shifts where they are set up: retired ones too, each with its coverage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.entities.ids import TemplateId
from app.models.entities.roster import CoverageRule, ShiftTemplate
from app.models.entities.skills import SkillNeed
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.planned import load_skill_needs
from app.services.roster.queries import load_coverage, load_templates, site_zone


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift with the people and skills it needs. All are changed together, under the template's version.

    `is_ahead`: it holds today or on a later date. One that has an end may still be ahead.
    """

    template: ShiftTemplate
    coverage: tuple[CoverageRule, ...]
    skills: tuple[SkillNeed, ...] = ()
    is_ahead: bool = True

    @property
    def id(self) -> TemplateId:
        """The template's id."""
        return self.template.id

    @property
    def version(self) -> int:
        """The template's version."""
        return self.template.version

    @property
    def is_active(self) -> bool:
        """Whether the shift goes on without end."""
        return self.template.is_active


@dataclass(frozen=True, slots=True)
class ShiftUse:
    """How many cells of the roster hold a shift: before today, and from today on.

    `published` are those of either that lie in a published month: people know them.
    """

    past: int = 0
    ahead: int = 0
    published: int = 0


@query(permission="settings.read")
def shifts(ctx: Context, read: Reader) -> list[Shift]:
    """Return every shift in its order, retired ones too, each with its coverage."""
    today = ctx.clock.now().astimezone(site_zone(read)).date()
    rules, needs = load_coverage(read), load_skill_needs(read)
    return [
        Shift(
            template,
            tuple(rule for rule in rules if rule.template_id == template.id),
            tuple(need for need in needs if need.template_id == template.id),
            template.holds_within(today, date.max),
        )
        for template in load_templates(read, include_retired=True)
    ]


@query(permission="settings.read")
def shift_uses(ctx: Context, read: Reader) -> dict[TemplateId, ShiftUse]:
    """Return how much each shift is planned; one that is nowhere is not in it."""
    today = ctx.clock.now().astimezone(site_zone(read)).date().isoformat()
    rows = read.rows(
        "SELECT template_id, COUNT(*), SUM(CASE WHEN on_date < ? THEN 1 ELSE 0 END),"
        " SUM(CASE WHEN roster_month.is_published = true THEN 1 ELSE 0 END)"
        " FROM assignment LEFT JOIN roster_month ON roster_month.month = SUBSTR(on_date, 1, 7)"
        " GROUP BY template_id",
        (today,),
    )
    return {TemplateId(row[0]): ShiftUse(int(row[2]), int(row[1]) - int(row[2]), int(row[3])) for row in rows}

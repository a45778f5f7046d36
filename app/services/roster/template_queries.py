"""What is asked about shifts where they are set up: retired ones too, each with its coverage."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.entities.ids import TemplateId
from app.models.entities.roster import CoverageRule, ShiftTemplate
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.queries import load_coverage, load_templates


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift with the people it needs. Both are changed together, under the template's version."""

    template: ShiftTemplate
    coverage: tuple[CoverageRule, ...]

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
        """Whether the shift is still planned with."""
        return self.template.is_active


@query(permission="settings.read")
def shifts(_ctx: Context, read: Reader) -> list[Shift]:
    """Return every shift in its order, retired ones too, each with its coverage."""
    rules = load_coverage(read)
    return [
        Shift(template, tuple(rule for rule in rules if rule.template_id == template.id))
        for template in load_templates(read, include_retired=True)
    ]

"""What people of the desk can do, how well, and what they were trained in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from app.models.entities.ids import PersonId, TemplateId

SkillId = NewType("SkillId", int)


class SkillLevel(StrEnum):
    """How well somebody can do something (S0-24), the lowest first."""

    UNSKILLED = "unskilled"
    SKILLED = "skilled"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill of the site's list."""

    id: SkillId
    code: str
    name: str
    name_alt: str
    position: int
    is_active: bool
    version: int


@dataclass(frozen=True, slots=True)
class SkillNeed:
    """How many people of a skill, at `level` or above, a shift needs; `day_type` "" means every day."""

    template_id: TemplateId
    skill_id: SkillId
    level: SkillLevel
    day_type: str
    minimum: int


@dataclass(frozen=True, slots=True)
class Training:
    """A training somebody had; `skill_id` None where it was about no skill of the list.

    `announcement` is the title of the announcement of a new system it was held for, "" for any other.
    """

    id: int
    person_id: PersonId
    skill_id: SkillId | None
    held_on: date
    title: str
    minutes: int
    note: str
    version: int
    announcement: str = ""


@dataclass(frozen=True, slots=True)
class PersonSkill:
    """How well somebody can do something."""

    person_id: PersonId
    skill_id: SkillId
    level: SkillLevel

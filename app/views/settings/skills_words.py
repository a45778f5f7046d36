"""Levels of skills in words and letters, alike on every page that shows them."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.skills import Skill, SkillLevel
from app.views.base.i18n import N_, LazyText, _
from app.views.settings.choices import shown_name

_NAMES: Mapping[SkillLevel, LazyText] = {
    SkillLevel.UNSKILLED: N_("Beginner"),
    SkillLevel.SKILLED: N_("Skilled"),
    SkillLevel.EXPERT: N_("Expert"),
}
_LETTERS: Mapping[SkillLevel, LazyText] = {
    SkillLevel.UNSKILLED: N_("U"),
    SkillLevel.SKILLED: N_("S"),
    SkillLevel.EXPERT: N_("E"),
}


def level_name(level: SkillLevel | None) -> str:
    """Return what a level is called; "not known" for None."""
    return str(_NAMES[level]) if level is not None else _("not known")


def level_letter(level: SkillLevel | None) -> str:
    """Return a level's letter, "–" for None."""
    return str(_LETTERS[level]) if level is not None else "–"


def skill_name(skill: Skill) -> str:
    """Return a skill's name in the reader's language."""
    return shown_name(skill.name, skill.name_alt)

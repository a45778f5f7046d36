"""What is asked about skills and trainings."""

from __future__ import annotations

from datetime import date

from app.models.entities.skills import PersonSkill, Skill, SkillLevel, SkillNeed, Training
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.roster.planned import load_skill_needs


@query(permission="roster.read")
def skills(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[Skill]:
    """Return the site's skills in their order."""
    rows = read.rows(
        "SELECT id, code, name, name_alt, position, is_active, version FROM skill"
        " WHERE is_active = true OR ? = 1 ORDER BY position, id",
        (int(include_retired),),
    )
    return [Skill(*[*row[:5], bool(row[5]), row[6]]) for row in rows]


@query(permission="roster.read")
def person_skills(_ctx: Context, read: Reader) -> list[PersonSkill]:
    """Return who can do what, and how well, by person and skill."""
    rows = read.rows("SELECT person_id, skill_id, level FROM person_skill ORDER BY person_id, skill_id")
    return [PersonSkill(row[0], row[1], SkillLevel(row[2])) for row in rows]


@query(permission="roster.read")
def skill_needs(_ctx: Context, read: Reader) -> list[SkillNeed]:
    """Return which skills shifts need."""
    return load_skill_needs(read)


@query(permission="people.read")
def trainings(
    _ctx: Context, read: Reader, *, person_id: int | None = None, since: date | None = None
) -> list[Training]:
    """Return trainings, the latest first: of one person or of all, held on `since` or later."""
    rows = read.rows(
        "SELECT training.id, person_id, skill_id, held_on, training.title, minutes, note, training.version,"
        " COALESCE(announcement.title, '') FROM training"
        " LEFT JOIN announcement ON announcement.id = training.announcement_id"
        " WHERE (person_id = ? OR ? = 0) AND held_on >= ? ORDER BY held_on DESC, training.id DESC",
        (person_id or 0, person_id or 0, since.isoformat() if since is not None else ""),
    )
    return [Training(*[*row[:3], date.fromisoformat(row[3]), *row[4:]]) for row in rows]

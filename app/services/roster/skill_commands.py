"""What is noted about skills: the site's list, who has them, what shifts need (S0-24, S2-63)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import RosterChanged
from app.models.entities.ids import TemplateId
from app.models.entities.skills import SkillLevel, SkillNeed
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.roster import lists
from app.services.roster.lists import Names
from app.services.roster.planned import load_skill_needs

MOST_NEEDED = 99


@command(permission="settings.edit", serializable=True)
def add_skill(ctx: Context, tx: Transaction, names: Names) -> Outcome:
    """Add a skill behind the others. BadInput as `lists.edit` raises it."""
    skill_id = lists.add(tx, "skill", names, {})
    back = partial(set_skill_active, ctx, skill_id, version=1, is_active=False)
    return Outcome(skill_id, 1, Undo("settings.entry_added", back, {"name": names.name}))


@command(permission="settings.edit", serializable=True)
def edit_skill(ctx: Context, tx: Transaction, skill_id: int, names: Names, *, version: int) -> Outcome:
    """Change a skill's code and names. BadInput, NotFound, StaleRecord as `lists.edit` raises them."""
    before, new = lists.edit(tx, "skill", skill_id, version, names, {})
    back = partial(edit_skill, ctx, skill_id, before, version=new)
    return Outcome(skill_id, new, Undo("settings.entry_changed", back, {"name": names.name}))


@command(permission="settings.edit")
def set_skill_active(
    ctx: Context, tx: Transaction, skill_id: int, *, version: int, is_active: bool
) -> Outcome:
    """Offer a skill no longer, or again; who has it keeps it. NotFound, StaleRecord as every edit."""
    name, new = lists.set_active(tx, "skill", skill_id, version, is_active=is_active)
    back = partial(set_skill_active, ctx, skill_id, version=new, is_active=not is_active)
    code = "settings.entry_restored" if is_active else "settings.entry_retired"
    return Outcome(skill_id, new, Undo(code, back, {"name": name}))


@command(permission="settings.edit", serializable=True)
def move_skill(
    ctx: Context, tx: Transaction, skill_id: int, *, version: int, before_id: int | None
) -> Outcome:
    """Let a skill stand before another; None: last. NotFound, StaleRecord as every edit."""
    name, new, old_next = lists.move(tx, "skill", skill_id, version, before_id)
    back = partial(move_skill, ctx, skill_id, version=new, before_id=old_next)
    return Outcome(skill_id, new, Undo("settings.entry_moved", back, {"name": name}))


@command(permission="people.edit")
def set_person_skill(
    ctx: Context, tx: Transaction, person_id: int, skill_id: int, level: SkillLevel | None
) -> Outcome:
    """Note how well somebody can do something; None: nothing is known. NotFound of person or skill."""
    name = lists.names_of(tx, "skill", skill_id).name
    if tx.one("SELECT 1 FROM person WHERE id = ?", (person_id,)) is None:
        raise NotFound("people.not_found", id=person_id)
    where = (person_id, skill_id)
    before = tx.value("SELECT level FROM person_skill WHERE person_id = ? AND skill_id = ?", where)
    if level is None:
        tx.execute("DELETE FROM person_skill WHERE person_id = ? AND skill_id = ?", where)
    else:
        tx.execute(
            "INSERT INTO person_skill (person_id, skill_id, level) VALUES (?, ?, ?)"
            " ON CONFLICT (person_id, skill_id) DO UPDATE SET level = excluded.level",
            (*where, level.value),
        )
    tx.announce(RosterChanged())
    old = None if before is None else SkillLevel(before)
    back = partial(set_person_skill, ctx, person_id, skill_id, old)
    return Outcome(None, None, Undo("roster.undo.skill", back, {"name": name}))


@command(permission="settings.edit", serializable=True)
def set_skill_needs(
    ctx: Context, tx: Transaction, shift_id: TemplateId, needs: Sequence[SkillNeed], *, version: int
) -> Outcome:
    """Replace what a shift needs of skills; `version` is the shift's, and goes up.

    Of two needs of one skill on one type of day the later one counts.

    Raises:
        NotFound: `settings.entry_missing` (a skill).
        BadInput: `settings.out_of_range` (a need of nobody, or of more than 99), `roster.day_type_unknown`.
        StaleRecord: somebody changed the shift meanwhile, or it is gone.
    """
    before = tuple(need for need in load_skill_needs(tx) if need.template_id == shift_id)
    merged = {(need.skill_id, need.day_type): need for need in needs}
    for need in merged.values():
        name = lists.names_of(tx, "skill", need.skill_id).name
        if not 1 <= need.minimum <= MOST_NEEDED:
            raise BadInput("settings.out_of_range", name=name, value=need.minimum, least=1, most=MOST_NEEDED)
        if need.day_type and need.day_type not in set(DayType):
            raise BadInput("roster.day_type_unknown", value=need.day_type[:40])
    new = tx.update_versioned("shift_template", shift_id, version, {})
    tx.execute("DELETE FROM skill_need WHERE template_id = ?", (shift_id,))
    tx.execute_many(
        "INSERT INTO skill_need (template_id, skill_id, level, day_type, minimum) VALUES (?, ?, ?, ?, ?)",
        [
            (shift_id, need.skill_id, need.level.value, need.day_type, need.minimum)
            for need in merged.values()
        ],
    )
    tx.announce(RosterChanged())
    back = partial(set_skill_needs, ctx, shift_id, before, version=new)
    return Outcome(shift_id, new, Undo("settings.entry_changed", back))

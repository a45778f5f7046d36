"""Reading and writing a shift as a whole inside a transaction: what its commands share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from app.models.entities.calendars import DayType
from app.models.entities.errors import BadInput, NotFound
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.roster import ShiftKind, ShiftTemplate
from app.models.transactions import Reader, Transaction
from app.services.roster import lists
from app.services.roster.planned import load_skill_needs
from app.services.roster.queries import load_coverage, load_templates, site_zone
from app.services.roster.template_dates import Bounds, ended
from app.services.roster.template_details import Need, ShiftDetails, SkillWanted


def load_shift(read: Reader, shift_id: TemplateId) -> ShiftTemplate:
    """Return a shift, retired ones too. NotFound `roster.shift_not_found`."""
    for template in load_templates(read, include_retired=True):
        if template.id == shift_id:
            return template
    raise NotFound("roster.shift_not_found", id=shift_id)


def end_of(read: Reader, template: ShiftTemplate, now: datetime) -> Bounds:
    """Return between which dates a shift holds once it is retired at `now`; see `template_dates.ended`."""
    zone = site_zone(read)
    planned = read.value(
        "SELECT MAX(on_date) FROM assignment WHERE template_id = ? AND on_date >= ?",
        (template.id, now.astimezone(zone).date().isoformat()),
    )
    return ended(template, None if planned is None else date.fromisoformat(planned), now, zone)


def details_of(read: Reader, template: ShiftTemplate) -> ShiftDetails:
    """Return all that is typed about a shift, with what it needs of people and skills."""
    needs = (
        Need(rule.team_id, DayType(rule.day_type), rule.minimum)
        for rule in load_coverage(read)
        if rule.template_id == template.id
    )
    return ShiftDetails(
        code=template.code,
        name=template.name,
        name_alt=template.name_alt,
        kind=template.kind,
        start_minute=template.start_minute,
        duration_minute=template.duration_minute,
        tone=template.tone,
        needs=tuple(needs),
        skills=tuple(
            SkillWanted(need.skill_id, need.level, need.day_type, need.minimum)
            for need in load_skill_needs(read)
            if need.template_id == template.id
        ),
    )


def columns_of(tx: Transaction, details: ShiftDetails, shift_id: int) -> dict[str, object]:
    """Return the row of a shift. BadInput `settings.code_taken`."""
    code = details.code.strip()
    if tx.one("SELECT 1 FROM shift_template WHERE code = ? AND id <> ?", (code, shift_id)) is not None:
        raise BadInput("settings.code_taken", entry=code)
    return {
        "code": code,
        "name": details.name.strip(),
        "name_alt": details.name_alt.strip(),
        "kind": details.kind.value,
        "start_minute": details.start_minute,
        "duration_minute": details.duration_minute,
        "tone": details.tone,
    }


def write_needs(tx: Transaction, shift_id: TemplateId, details: ShiftDetails) -> None:
    """Replace the people and skills a shift needs; an absence needs none, standby does as work.

    Of two needs of one team on one type of day the larger counts, of two of one skill the later. Without a
    word on skills they stay. NotFound `settings.entry_missing` (a skill).
    """
    is_duty = details.kind is not ShiftKind.ABSENCE
    if details.skills is not None or not is_duty:
        _write_skills(tx, shift_id, (details.skills or ()) if is_duty else ())
    tx.execute("DELETE FROM coverage_rule WHERE template_id = ?", (shift_id,))
    needs = details.needs if is_duty else ()
    for need in _merged(needs):
        tx.insert(
            "coverage_rule",
            {
                "template_id": shift_id,
                "team_id": need.team_id,
                "day_type": need.day_type.value,
                "minimum": need.minimum,
            },
        )


def _write_skills(tx: Transaction, shift_id: TemplateId, wanted: Iterable[SkillWanted]) -> None:
    merged = {(one.skill_id, one.day_type): one for one in wanted}
    for one in merged.values():
        lists.names_of(tx, "skill", one.skill_id)
    tx.execute("DELETE FROM skill_need WHERE template_id = ?", (shift_id,))
    tx.execute_many(
        "INSERT INTO skill_need (template_id, skill_id, level, day_type, minimum) VALUES (?, ?, ?, ?, ?)",
        [(shift_id, one.skill_id, one.level.value, one.day_type, one.minimum) for one in merged.values()],
    )


def _merged(needs: Iterable[Need]) -> list[Need]:
    largest: dict[tuple[TeamId | None, DayType], Need] = {}
    for need in needs:
        key = (need.team_id, need.day_type)
        known = largest.get(key)
        if known is None or known.minimum < need.minimum:
            largest[key] = need
    return list(largest.values())

"""What the staffing says of visits on site and of languages: figures with where they come from."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.staffing import FieldWork, SkillHint, StaffingDay, StaffingHour, VisitSource
from app.views.base.format import Format
from app.views.base.i18n import N_, LazyText, _

_SOURCES: Mapping[VisitSource, LazyText] = {
    VisitSource.SETTING: N_("as the settings say"),
    VisitSource.TICKETS: N_("as the tickets of field teams say"),
    VisitSource.NOTHING: N_("nothing known"),
}


def visits_text(hour: StaffingHour, fmt: Format) -> str:
    """Return "3 visits: 6 needed in the field, 4 on duty"."""
    whole = hour.visits >= 10 or hour.visits == int(hour.visits)
    return _("{visits} visits: {n} needed in the field, {there} on duty").format(
        visits=fmt.number(hour.visits, 0 if whole else 1),
        n=fmt.number(hour.field_needed),
        there=fmt.number(hour.field_rostered),
    )


def field_origin(work: FieldWork, fmt: Format) -> str:
    """Return from what the people in the field are reckoned."""
    return _("Visits: {share} of the calls, {why}; {travel} min there and back + {work} min on site").format(
        share=fmt.percent(work.share),
        why=_SOURCES[work.source],
        travel=fmt.number(2 * work.travel),
        work=fmt.number(work.work),
    )


def skill_lines(day: StaffingDay, fmt: Format) -> list[tuple[str, bool]]:
    """Return a line for each language or skill of the settings, and whether people are missing for it."""
    return [(_skill(each, fmt), bool(each.shortfall)) for each in day.skills]


def _skill(hint: SkillHint, fmt: Format) -> str:
    hour = fmt.number(fmt.local(hint.at).hour)
    if not hint.is_known:
        return _("{name}: the list of skills has none of this name; nobody can be counted").format(
            name=hint.name
        )
    if hint.share is None:
        said = _("{name}: one has to be there; at {hour} h {able} on duty can")
        return said.format(name=hint.name, hour=hour, able=fmt.number(hint.able))
    said = _("{name}, {share} of the calls: {n} needed at {hour} h, {able} on duty can")
    return said.format(
        name=hint.name,
        share=fmt.percent(hint.share),
        n=fmt.number(hint.needed),
        hour=hour,
        able=fmt.number(hint.able),
    )

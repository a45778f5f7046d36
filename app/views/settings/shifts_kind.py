"""What the page of shifts knows of shifts: how they are read, typed, saved, and split in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from app.models.entities.calendars import DayType
from app.models.entities.ids import TeamId, TemplateId
from app.models.entities.people import Team
from app.models.entities.roster import ShiftKind
from app.models.entities.skills import Skill, SkillId, SkillLevel
from app.models.entities.time import Allowance
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.people.queries import teams
from app.services.roster.skill_queries import skills
from app.services.roster.template_commands import add_shift, edit_shift, move_shift, set_shift_active
from app.services.roster.template_details import TONES, Need, ShiftDetails, SkillWanted, check_shift
from app.services.roster.template_queries import Shift, ShiftUse, shift_uses, shifts
from app.services.roster.template_split_commands import split_shift
from app.views.settings.choices import reading_together, shown_name
from app.views.settings.promises import allowance
from app.views.settings.records import RecordKind, Values

_HOUR = 60


class ShiftSettingKind(RecordKind[Shift]):
    """Shifts with the teams and skills they may need, and how much each is planned."""

    fields_of: Mapping[str, str] = {
        "settings.name_missing": "name",
        "settings.code_missing": "code",
        "settings.code_taken": "code",
        "catalogue.text_too_long": "code",
        "calendar.window_impossible": "length",
        "duration.unreadable": "length",
        "duration.part_day": "length",
        "duration.too_long": "length",
    }

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self.teams: list[Team] = []
        self.skills: list[Skill] = []
        self.uses: dict[TemplateId, ShiftUse] = {}

    def reading(self) -> Callable[[], Any]:
        may = self._ctx.actor.may
        return reading_together(
            partial(shifts, self._ctx),
            partial(teams, self._ctx) if may("tickets.read") else list,
            partial(skills, self._ctx) if may("roster.read") else list,
            partial(shift_uses, self._ctx),
        )

    def rows(self, answer: Any) -> Sequence[Shift]:
        found, self.teams, self.skills, self.uses = answer
        rows: Sequence[Shift] = found
        return rows

    def is_listed(self, record: Shift) -> bool:
        return record.is_ahead

    def name(self, record: Shift) -> str:
        return shown_name(record.template.name, record.template.name_alt)

    def searched(self, record: Shift) -> Iterable[str]:
        return (record.template.code, record.template.name, record.template.name_alt)

    def values(self, record: Shift) -> Values:
        template = record.template
        return {
            "name": template.name,
            "name_alt": template.name_alt,
            "code": template.code,
            "kind": template.kind.value,
            "start": template.start_minute,
            "length": length_text(template.duration_minute),
            "tone": _offered_tone(template.tone),
            "needs": [[rule.team_id, rule.day_type, rule.minimum] for rule in record.coverage],
            "skills": [
                [need.skill_id, need.level.value, need.day_type, need.minimum] for need in record.skills
            ],
        }

    def blank(self) -> Values:
        return {
            "name": "",
            "name_alt": "",
            "code": "",
            "kind": ShiftKind.WORK.value,
            "start": 8 * _HOUR,
            "length": "8 h",
            "tone": TONES[0],
            "needs": [],
            "skills": [],
        }

    def check(self, values: Values) -> None:
        check_shift(_details(values))

    def adding(self, values: Values) -> Callable[[], Outcome]:
        return partial(add_shift, self._ctx, _details(values))

    def editing(self, record: Shift, values: Values) -> Callable[[], Outcome]:
        return partial(edit_shift, self._ctx, record.id, _changed(record, values), version=record.version)

    is_ordered = True

    def placing(self, record: Shift, before_id: int | None) -> Callable[[], Outcome]:
        return partial(move_shift, self._ctx, record.id, version=record.version, before_id=before_id)

    def splitting(self, record: Shift, values: Values, since: date) -> Callable[[], Outcome]:
        """Return the job that lets these values hold from a date on, as a new shift."""
        details = _changed(record, values)
        return partial(split_shift, self._ctx, record.id, details, version=record.version, since=since)

    def use_changed(self, record: Shift | None, values: Values) -> ShiftUse | None:
        """Return how much a shift is planned whose hours or kind these values change; None where nothing."""
        if record is None:
            return None
        saved = self.values(record)
        use = self.uses.get(record.id)
        is_other = any(saved[name] != values[name] for name in ("start", "length", "kind"))
        return use if is_other and use is not None and use.past + use.ahead else None

    def switching(self, record: Shift, *, is_active: bool) -> Callable[[], Outcome]:
        return partial(set_shift_active, self._ctx, record.id, version=record.version, is_active=is_active)


def length_text(minutes: int) -> str:
    """Return a length as it is typed in the window's language: "8 h 30 min"; "" for none."""
    return allowance(Allowance(minutes * 60)) if minutes else ""


def _minutes_of(text: str) -> int:
    """Return the minutes of a typed length. A day is 24 hours here, for a shift may be that long."""
    length = Allowance.from_text(text).length(timedelta(days=1)) if text else timedelta()
    return int(length.total_seconds()) // 60


def _offered_tone(tone: str) -> str:
    """Return a colour as one of those offered: standby and absences come with others, which nothing shows."""
    return tone if tone in TONES else "g"


def _changed(record: Shift, values: Values) -> ShiftDetails:
    """Return what is typed about a shift; a colour that is not offered stays until another is chosen."""
    details, held = _details(values), record.template.tone
    return replace(details, tone=held) if details.tone == _offered_tone(held) else details


def _details(values: Values) -> ShiftDetails:
    needs = tuple(
        Need(None if team is None else TeamId(team), DayType(day_type), people)
        for team, day_type, people in values["needs"]
    )
    return ShiftDetails(
        code=values["code"],
        name=values["name"],
        name_alt=values["name_alt"],
        kind=ShiftKind(values["kind"]),
        start_minute=values["start"],
        duration_minute=_minutes_of(values["length"]),
        tone=values["tone"],
        needs=needs,
        skills=tuple(
            SkillWanted(SkillId(skill), SkillLevel(level), day_type, people)
            for skill, level, day_type, people in values["skills"]
        ),
    )

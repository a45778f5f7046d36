"""What an entry of each list is made of, and whether it makes sense. Pure.

To add a column to the file: a field here; where the section is a plain table, that is all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.entities.calendars import DayType
from app.models.entities.catalogue import DEMANDABLE, LINES, CategoryDetails, Gate, ServiceDetails, demands_in
from app.models.entities.duty import CheckDetails, CheckMoment
from app.models.entities.errors import BadInput
from app.models.entities.ids import TeamId
from app.models.entities.roster import ShiftKind
from app.models.entities.settings import ReasonDetails, ScriptDetails, Situation
from app.models.entities.settings_file import Plain, Section
from app.models.entities.skills import SkillLevel
from app.models.entities.tickets import WaitingKind
from app.services.access.rules import check_role_name
from app.services.base.permissions import PERMISSIONS
from app.services.catalogue import rules as catalogue
from app.services.duty.rules import check_point
from app.services.roster.pattern_commands import LONGEST_PATTERN
from app.services.roster.template_details import MOST_PEOPLE, TONES, ShiftDetails, check_shift
from app.services.settings import rules as settings
from app.services.settings_file.fields import (
    ByKey,
    FieldKind,
    Flag,
    Number,
    Numbers,
    OneOf,
    Reference,
    References,
    Rows,
    SomeOf,
    Text,
)

_MOST_MINUTES = catalogue.MOST_MINUTES
_DAY = 24 * 60
_NAMES: Mapping[str, FieldKind] = {"name": Text(120), "name_alt": Text(120)}
_ACTIVE: Mapping[str, FieldKind] = {"is_active": Flag(True)}
_TEAM = Reference(Section.TEAMS)
_LEVEL = Number(1, 5, may_be_empty=True)
_USUAL: Mapping[str, FieldKind] = {
    "default_impact": _LEVEL,
    "default_urgency": _LEVEL,
    "handling_minutes": Number(1, _MOST_MINUTES, may_be_empty=True),
}
_REFUSAL: Mapping[str, FieldKind] = {
    "is_in_scope": Flag(True),
    "refusal_text": Text(catalogue.LONGEST_REFUSAL),
    "refusal_text_alt": Text(catalogue.LONGEST_REFUSAL),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """One list. `table` is where its rows are whose columns are called as the fields, "" where they are not.

    `makes_sense` is handed the code and the whole entry and refuses what does not.
    """

    fields: Mapping[str, FieldKind]
    makes_sense: Callable[[str, Plain], object]
    longest_code: int = 32
    table: str = ""

    def filled(self, given: Plain, before: Plain | None) -> dict[str, Any]:
        """Return the whole entry: what the file says, else what the site has, else the defaults."""
        base = before if before is not None else {name: kind.default for name, kind in self.fields.items()}
        whole = {**base, **given}
        return {name: _plain(whole[name]) for name in self.fields}

    def check(self, code: str, entry: Plain) -> None:
        """Refuse an entry that cannot be: BadInput, RuleViolation."""
        for name, kind in self.fields.items():
            kind.check(name, entry[name])
        self.makes_sense(code, entry)

    def references(self, entry: Plain) -> Iterator[tuple[str, Section, str]]:
        """Yield every other entry this one names: field, section, code."""
        for name, kind in self.fields.items():
            yield from _references(name, kind, entry[name])


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _references(name: str, kind: FieldKind, value: Any) -> Iterator[tuple[str, Section, str]]:
    if isinstance(kind, Reference) and value is not None:
        yield name, kind.section, value
    elif isinstance(kind, References):
        for code in value:
            if code:
                yield name, kind.section, code
    elif isinstance(kind, ByKey):
        for key, each in value.items():
            yield from _references(f"{name} › {key}", kind.fields[key], each)
    elif isinstance(kind, Rows):
        for row in value:
            for key, each in row.items():
                yield from _references(f"{name} › {key}", kind.fields[key], each)


# --- what makes sense -----------------------------------------------------------------------------------


def _check_reason(code: str, entry: Plain) -> None:
    details = {name: value for name, value in entry.items() if name not in {"kind", "is_active"}}
    settings.check_reason(ReasonDetails(WaitingKind(entry["kind"]), code, **details))


def _check_names(code: str, entry: Plain) -> None:
    settings.check_names(code, entry["name"])


def _check_script(code: str, entry: Plain) -> None:
    texts = (entry[name] for name in ("name", "name_alt", "body", "body_alt"))
    settings.check_script(ScriptDetails(code, Situation(entry["situation"]), *texts))


def _check_category(code: str, entry: Plain) -> None:
    names = ("name", "name_alt", "is_desk_solvable", "is_external", *_USUAL, *_REFUSAL)
    details = CategoryDetails(
        code,
        line_teams=tuple((int(line), TeamId(0)) for line in entry["teams"]),
        demands=demands_in(entry["demands"]),
        **{name: entry[name] for name in names},
    )
    catalogue.check_category(details)
    if entry["is_active"] and entry["merged_into"] is not None:
        raise BadInput("settings_file.merged_active", entry=code)


def _check_service(code: str, entry: Plain) -> None:
    names = ("name", "name_alt", *_USUAL, *_REFUSAL)
    catalogue.check_service(ServiceDetails(code, **{name: entry[name] for name in names}))


def _check_team(code: str, entry: Plain) -> None:
    if not entry["name"]:
        raise BadInput("people.team_name_missing", team=code)


def _check_role(_code: str, entry: Plain) -> None:
    check_role_name(entry["name"])


def _check_shift(code: str, entry: Plain) -> None:
    names = ("name", "name_alt", "start_minute", "duration_minute", "tone")
    details = {name: entry[name] for name in names}
    check_shift(ShiftDetails(code, kind=ShiftKind(entry["kind"]), **details))
    if (entry["coverage"] or entry["skills"]) and entry["kind"] == ShiftKind.ABSENCE:
        raise BadInput("settings_file.coverage_idle", entry=code)
    for name in ("first_date", "last_date"):
        if entry[name] and not _is_date(entry[name]):
            raise BadInput("settings_file.date_bad", name=name, value=entry[name])
    if any(need["skill"] is None for need in entry["skills"]):
        raise BadInput("settings_file.reference_missing", name="skills › skill", entry="")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _check_pattern(code: str, entry: Plain) -> None:
    settings.check_names(code, entry["name"])
    if not any(entry["cells"]):
        raise BadInput("roster.pattern_empty", entry=code)


def _check_check(code: str, entry: Plain) -> None:
    check_point(CheckDetails(code, entry["name"], entry["name_alt"], CheckMoment(entry["moment"])))


def _words(kind: type) -> tuple[str, ...]:
    return tuple(member.value for member in kind)  # type: ignore[attr-defined]


# --- the lists --------------------------------------------------------------------------------------------

_CODES = Shape({**_NAMES, **_ACTIVE}, _check_names, table="code_item")
_COVERAGE: Mapping[str, FieldKind] = {
    "team": _TEAM,
    "day_type": OneOf(_words(DayType), DayType.WORKDAY.value),
    "minimum": Number(1, MOST_PEOPLE, default=1),
}
_SKILLS_NEEDED: Mapping[str, FieldKind] = {
    "skill": Reference(Section.SKILLS),
    "level": OneOf(_words(SkillLevel), SkillLevel.SKILLED.value),
    "day_type": OneOf(("", *_words(DayType)), ""),
    "minimum": Number(1, MOST_PEOPLE, default=1),
}
_SHORT_NAMES: Mapping[str, FieldKind] = {"name": Text(60), "name_alt": Text(60)}

SHAPES: Mapping[Section, Shape] = {
    Section.WAITING_REASONS: Shape(
        {
            "kind": OneOf(_words(WaitingKind), WaitingKind.USER.value),
            **_NAMES,
            "pauses_response": Flag(False),
            "pauses_resolution": Flag(True),
            "longest": Text(32),
            "follow_up_every": Text(32),
            "auto_resolve_after": Number(0, 99, default=0),
            **_ACTIVE,
        },
        _check_reason,
        table="waiting_reason",
    ),
    Section.CAUSES: _CODES,
    Section.RESOLUTIONS: _CODES,
    Section.CATEGORIES: Shape(
        {
            "parent": Reference(Section.CATEGORIES),
            **_NAMES,
            "default_team": _TEAM,
            "teams": ByKey({str(line): _TEAM for line in LINES}),
            "is_desk_solvable": Flag(False),
            "is_external": Flag(False),
            **_USUAL,
            **_REFUSAL,
            "demands": ByKey({gate.value: SomeOf(DEMANDABLE[gate]) for gate in Gate}),
            "articles": Numbers(),
            "merged_into": Reference(Section.CATEGORIES),
            **_ACTIVE,
        },
        _check_category,
        longest_code=catalogue.LONGEST_CODE,
    ),
    Section.SERVICES: Shape(
        {
            "parent": Reference(Section.SERVICES),
            **_NAMES,
            "owner_team": _TEAM,
            **_USUAL,
            **_REFUSAL,
            **_ACTIVE,
        },
        _check_service,
        longest_code=catalogue.LONGEST_CODE,
    ),
    Section.SCRIPTS: Shape(
        {
            "situation": OneOf(_words(Situation), Situation.GREETING.value),
            **_NAMES,
            "body": Text(20_000),
            "body_alt": Text(20_000),
            **_ACTIVE,
        },
        _check_script,
        table="script",
    ),
    Section.SKILLS: Shape({**_NAMES, **_ACTIVE}, _check_names, table="skill"),
    Section.SHIFTS: Shape(
        {
            **_SHORT_NAMES,
            "kind": OneOf(_words(ShiftKind), ShiftKind.WORK.value),
            "start_minute": Number(0, _DAY, default=8 * 60),
            "duration_minute": Number(0, _DAY, default=8 * 60),
            "tone": Text(16, default=TONES[0]),
            "coverage": Rows(_COVERAGE, ("team", "day_type")),
            "skills": Rows(_SKILLS_NEEDED, ("skill", "day_type")),
            "first_date": Text(10),
            "last_date": Text(10),
            **_ACTIVE,
        },
        _check_shift,
        longest_code=4,
        table="shift_template",
    ),
    Section.PATTERNS: Shape(
        {**_SHORT_NAMES, "cells": References(Section.SHIFTS, LONGEST_PATTERN), **_ACTIVE},
        _check_pattern,
        longest_code=16,
        table="shift_pattern",
    ),
    Section.CREWS: Shape({**_SHORT_NAMES, **_ACTIVE}, _check_names, longest_code=16, table="crew"),
    Section.SHIFT_CHECKS: Shape(
        {
            "moment": OneOf(_words(CheckMoment), CheckMoment.START.value),
            "name": Text(200),
            "name_alt": Text(200),
            **_ACTIVE,
        },
        _check_check,
        table="shift_check",
    ),
    Section.TEAMS: Shape(
        {
            **_NAMES,
            "line": Number(1, 3, default=1),
            "specialty": Text(120),
            "is_field": Flag(False),
            "is_supplier": Flag(False),
            **_ACTIVE,
        },
        _check_team,
        table="team",
    ),
    Section.ROLES: Shape({**_NAMES, "permissions": SomeOf(PERMISSIONS), **_ACTIVE}, _check_role),
}
"""Every section that is a list of entries of ours; calendars are documents, see `documents.py`."""

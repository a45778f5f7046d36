"""Matrix, SLA table, rules and calendars in the file: as kept, with codes for ids. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.escalation import EscalationRules
from app.models.entities.priority import MatrixDefinition
from app.models.entities.roster_rules import RosterRules
from app.models.entities.settings import ConfigKind
from app.models.entities.settings_file import Plain, Section
from app.models.entities.sla import SlaTable
from app.services.calendars.rules import next_opening
from app.services.priority.rules import check_matrix
from app.services.settings.rules import checked_config
from app.services.settings_file.fields import texts_in, wrong_kind
from app.services.settings_file.text import storable_text
from app.services.sla.rises import check_rises
from app.services.sla.rules import check_table

CONFIG_KINDS: Mapping[Section, ConfigKind] = {
    Section.MATRIX: ConfigKind.MATRIX,
    Section.SLA: ConfigKind.SLA,
    Section.ESCALATION: ConfigKind.ESCALATION,
    Section.ROSTER: ConfigKind.ROSTER,
    Section.CALENDARS: ConfigKind.CALENDAR,
}
# How a policy names categories and services: in the file by code, where it is kept by id.
CONDITIONS: Mapping[str, tuple[str, Section]] = {
    "categories": ("category_ids", Section.CATEGORIES),
    "services": ("service_ids", Section.SERVICES),
}
_MATRIX_KEYS = ("name", "impacts", "urgencies", "priorities", "cells", "by_type")
_LEVEL_KEYS = ("level", "name", "name_alt", "guidance", "guidance_alt")
_TEXTS = frozenset({"name", "name_alt", "guidance", "guidance_alt", "code", "timezone", "calendar"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a document is judged against: ids by code of what conditions may name, and calendars' codes."""

    ids: Mapping[Section, Mapping[str, int]]
    calendars: frozenset[str]
    now: datetime


def in_file(section: Section, body: Plain, codes: Mapping[Section, Mapping[int, str]]) -> dict[str, Any]:
    """Return a kept document as the file has it; an id of nothing that is there becomes "#17"."""
    if section is not Section.SLA:
        return dict(body)
    policies = []
    for policy in body["policies"]:
        shown: dict[str, Any] = {}
        for key, value in policy.items():
            named = next((name for name, (ids, _of) in CONDITIONS.items() if ids == key), "")
            if named:
                known = codes[CONDITIONS[named][1]]
                shown[named] = sorted(known.get(each, f"#{each}") for each in value)
            else:
                shown[key] = value
        policies.append(shown)
    return {**body, "policies": policies}


def canonical(section: Section, body: Plain) -> Plain:
    """Return a stored document in its one written form; one of a newer program comes back as it is."""
    try:
        return _READERS[section](body)
    except FirstlineError:
        return body


def kept(section: Section, entry: Plain, ids: Mapping[Section, Mapping[str, int]]) -> dict[str, Any]:
    """Return a document of the file as it is kept, ids for codes.

    Raises:
        BadInput: `settings_file.reference_missing`, and those of a wrong kind of value.
    """
    if section is not Section.SLA:
        return dict(entry)
    policies = entry.get("policies", [])
    if not isinstance(policies, list):
        raise wrong_kind("policies", "list", policies)
    return {**entry, "policies": [_kept_policy(policy, ids) for policy in policies]}


def _kept_policy(policy: object, ids: Mapping[Section, Mapping[str, int]]) -> dict[str, Any]:
    if not isinstance(policy, Mapping):
        raise wrong_kind("policies", "object", policy)
    if unknown := [name for name in policy if name in {"category_ids", "service_ids"}]:
        raise BadInput("settings_file.field_unknown", names=unknown, known=list(CONDITIONS))
    found: dict[str, Any] = {}
    for key, value in policy.items():
        if key not in CONDITIONS:
            found[key] = value
            continue
        name, section = CONDITIONS[key]
        where = f"policies › {policy.get('code', '')} › {key}"
        for code in texts_in(where, value):
            if code not in ids[section]:
                raise BadInput("settings_file.reference_missing", name=where, entry=code)
            found.setdefault(name, []).append(ids[section][code])
    return found


def checked_document(section: Section, entry: Plain, around: Surroundings) -> dict[str, Any]:
    """Return a document of the file in its one written form, as the file has it, proved usable.

    Raises:
        BadInput, NeverOpen: what the document's own reader and its rules raise, and those of `kept`.
    """
    written = read_document(section, entry, around)
    body = kept(section, written, around.ids)
    checked_config(CONFIG_KINDS[section], body, around.calendars)
    _CHECKS[section](body, around)
    return written


def read_document(section: Section, entry: Plain, around: Surroundings) -> dict[str, Any]:
    """Return a document of the file in its one written form; whether it is usable is not judged.

    Raises:
        BadInput: it cannot be read.
    """
    clean = _clean(entry)
    _refuse_wrong_texts(clean)
    if section is Section.MATRIX:
        _refuse_unknown(clean)
    body = _READERS[section](kept(section, clean, around.ids))
    codes = {of: {number: code for code, number in known.items()} for of, known in around.ids.items()}
    return in_file(section, body, codes)


_READERS: Mapping[Section, Callable[[Plain], dict[str, Any]]] = {
    Section.MATRIX: lambda body: MatrixDefinition.from_dict(body).to_dict(),
    Section.SLA: lambda body: SlaTable.from_dict(body).to_dict(),
    Section.ESCALATION: lambda body: EscalationRules.from_dict(body).to_dict(),
    Section.ROSTER: lambda body: RosterRules.from_dict(body).to_dict(),
    Section.CALENDARS: lambda body: BusinessCalendar.from_dict(body).to_dict(),
}


def _check_sla(body: Plain, around: Surroundings) -> None:
    table = SlaTable.from_dict(body)
    check_table(table, around.calendars)
    check_rises(table.rises)


def _check_calendar(body: Plain, around: Surroundings) -> None:
    next_opening(BusinessCalendar.from_dict(body), around.now)


_CHECKS: Mapping[Section, Callable[[Plain, Surroundings], None]] = {
    Section.MATRIX: lambda body, _around: check_matrix(MatrixDefinition.from_dict(body)),
    Section.SLA: _check_sla,
    Section.ESCALATION: lambda _body, _around: None,
    Section.ROSTER: lambda _body, _around: None,
    Section.CALENDARS: _check_calendar,
}


def _clean(value: Any) -> Any:
    """Return the same with texts as any database keeps them."""
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, Mapping):
        return {storable_text(key): _clean(each) for key, each in value.items()}
    return [_clean(each) for each in value] if isinstance(value, list) else value


def _refuse_wrong_texts(value: object, where: str = "") -> None:
    """Refuse a name that is a number or a list: the documents' own readers would write it out as a text."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in _TEXTS and not isinstance(each, str):
                raise wrong_kind(where + str(key), "text", each)
            _refuse_wrong_texts(each, f"{where}{key} › ")
    elif isinstance(value, list):
        for each in value:
            _refuse_wrong_texts(each, where)


def _refuse_unknown(matrix: Plain) -> None:
    _refuse_beyond(matrix, _MATRIX_KEYS, "")
    for side in ("impacts", "urgencies", "priorities"):
        levels = matrix.get(side, [])
        for level in levels if isinstance(levels, list) else []:
            if isinstance(level, Mapping):
                _refuse_beyond(level, _LEVEL_KEYS, f"{side} › ")


def _refuse_beyond(given: Plain, known: Sequence[str], where: str) -> None:
    if unknown := [where + name[:60] for name in given if name not in known]:
        raise BadInput("settings_file.field_unknown", names=unknown, known=list(known))

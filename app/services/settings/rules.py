"""What a setting or a versioned document must be to be accepted. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.errors import BadInput
from app.models.entities.escalation import MOST_PERCENT, EscalationRules
from app.models.entities.priority import MatrixDefinition
from app.models.entities.roster_rules import RosterRules
from app.models.entities.settings import (
    BrokenSetting,
    ConfigKind,
    ReasonDetails,
    ScriptDetails,
    SettingKey,
    SettingValues,
)
from app.models.entities.sla import SlaTable
from app.models.entities.time import Allowance
from app.services.settings.declared import BY_NAME, COUNTRY, SETTINGS, TIMEZONE
from app.services.settings.matrix_cells import check_cells


def declared_key(name: str) -> SettingKey[Any]:
    """Return the declaration of a setting. BadInput `settings.unknown` where there is none."""
    try:
        return BY_NAME[name]
    except KeyError:
        raise BadInput("settings.unknown", name=name) from None


def checked_value(key: SettingKey[Any], value: object) -> object:
    """Return `value` as it is kept: texts trimmed.

    Raises:
        BadInput: `settings.wrong_type`, `settings.out_of_range`, `settings.text_missing`,
            `settings.text_too_long`, `settings.not_a_choice`, `calendar.zone_unknown`.
    """
    if type(value) is not type(key.default):
        raise BadInput("settings.wrong_type", name=key.name, value=str(value)[:60])
    if isinstance(value, str):
        return _checked_text(key, value.strip())
    if isinstance(value, int) and not isinstance(value, bool) and not key.least <= value <= key.most:
        raise BadInput("settings.out_of_range", name=key.name, value=value, least=key.least, most=key.most)
    return value


def setting_text(value: object) -> str:
    """Return a checked value as it is stored: JSON."""
    return json.dumps(value, ensure_ascii=False)


def _checked_text(key: SettingKey[Any], text: str) -> str:
    if not text and not key.may_be_empty:
        raise BadInput("settings.text_missing", name=key.name)
    if len(text) > key.longest:
        raise BadInput("settings.text_too_long", name=key.name, longest=key.longest)
    if key.choices and text not in key.choices:
        raise BadInput("settings.not_a_choice", name=key.name, value=text, choices=", ".join(key.choices))
    if key is TIMEZONE:
        BusinessCalendar(text)  # the one place that knows which zones there are
    if key is COUNTRY and text and not (text.isascii() and text.isalpha() and text.isupper()):
        raise BadInput("settings.country_bad", name=key.name, value=text)
    return text


def values_in_force(stored: Mapping[str, object], versions: Mapping[str, int]) -> SettingValues:
    """Return every declared setting's value: the stored one where it can be used, else the default.

    Stored names that nothing declares (a newer program's) are passed over in silence.
    """
    values: dict[str, object] = {}
    broken: list[BrokenSetting] = []
    for key in SETTINGS:
        values[key.name] = key.default
        if key.name in stored:
            try:
                values[key.name] = checked_value(key, stored[key.name])
            except BadInput as error:
                broken.append(BrokenSetting(key.name, stored[key.name], error.code))
    return SettingValues(values, dict(versions), tuple(broken))


def checked_config(kind: ConfigKind, body: Mapping[str, Any], calendars: Iterable[str]) -> dict[str, Any]:
    """Return a document in its one written form, proved readable and usable.

    `calendars` are the codes that exist: an SLA table may name no other.

    Raises:
        BadInput: what the document's own `from_dict` raises, what `matrix_cells.check_cells` raises,
            `sla.calendar_unknown` (policy, calendar), `sla.no_policy`, `escalation.percent_range`,
            `escalation.step_twice`, `escalation.step_empty`, `escalation.storm_bad`,
            `calendar.no_open_time`.
    """
    if kind is ConfigKind.MATRIX:
        return _checked_matrix(MatrixDefinition.from_dict(body))
    if kind is ConfigKind.SLA:
        return _checked_sla(SlaTable.from_dict(body), frozenset(calendars))
    if kind is ConfigKind.ESCALATION:
        return _checked_escalation(EscalationRules.from_dict(body))
    if kind is ConfigKind.ROSTER:
        return RosterRules.from_dict(body).to_dict()
    return _checked_calendar(BusinessCalendar.from_dict(body))


def _checked_calendar(calendar: BusinessCalendar) -> dict[str, Any]:
    # Its clocks would never come to an end; a closure of some months is `calendars`' to find.
    if not calendar.has_open_time:
        raise BadInput("calendar.no_open_time", calendar=calendar.name)
    return calendar.to_dict()


def _checked_matrix(matrix: MatrixDefinition) -> dict[str, Any]:
    # The finer judgement (levels, order, odd cells) is priority's; this much every reader relies on.
    if not matrix.impacts or not matrix.urgencies:
        raise BadInput("priority.cells_empty", cells=[])
    check_cells(matrix)
    return matrix.to_dict()


def _checked_sla(table: SlaTable, calendars: frozenset[str]) -> dict[str, Any]:
    if not table.policies:
        raise BadInput("sla.no_policy")
    for policy in table.policies:
        for target in policy.targets:
            if target.calendar not in calendars:
                raise BadInput("sla.calendar_unknown", policy=policy.code, calendar=target.calendar)
    return table.to_dict()


def _checked_escalation(given: EscalationRules) -> dict[str, Any]:
    codes: set[str] = set()
    for step in given.steps:
        if not 1 <= step.percent <= MOST_PERCENT:
            raise BadInput("escalation.percent_range", percent=step.percent, most=MOST_PERCENT)
        if step.code in codes:
            raise BadInput("escalation.step_twice", clock=step.clock.value, percent=step.percent)
        if not step.recipients and not step.to_next_line:
            raise BadInput("escalation.step_empty", clock=step.clock.value, percent=step.percent)
        codes.add(step.code)
    if given.storm_count < 2 or given.storm_minutes < 1:
        raise BadInput("escalation.storm_bad", count=given.storm_count, minutes=given.storm_minutes)
    return given.to_dict()


def check_reason(details: ReasonDetails) -> None:
    """Refuse a waiting reason that cannot be used.

    Raises:
        BadInput: `settings.code_missing`, `settings.name_missing`, `settings.follow_ups_range`,
            `settings.no_follow_ups` (it would resolve after follow-ups nobody sends), `settings.period_zero`
            (a wait that ends as it begins), or what `Allowance.from_text` raises; those of a period carry the
            parameter `input`, the name of the field.
    """
    check_names(details.code, details.name)
    _check_period("longest", details.longest)
    _check_period("follow_up_every", details.follow_up_every)
    if not 0 <= details.auto_resolve_after <= 99:
        raise BadInput("settings.follow_ups_range", count=details.auto_resolve_after)
    if details.auto_resolve_after and not details.follow_up_every:
        raise BadInput("settings.no_follow_ups", entry=details.code)


def _check_period(name: str, text: str) -> None:
    if not text:
        return
    try:
        read = Allowance.from_text(text)
    except BadInput as error:
        error.params["input"] = name
        raise
    if read == Allowance():
        raise BadInput("settings.period_zero", input=name)


def check_script(details: ScriptDetails) -> None:
    """Refuse a script without code, name or words. BadInput `settings.body_missing` and those of names."""
    check_names(details.code, details.name)
    if not details.body.strip():
        raise BadInput("settings.body_missing", entry=details.code)


def check_names(code: str, name: str) -> None:
    """Refuse an entry of a list without code or name: BadInput `settings.code_missing`, `.name_missing`."""
    if not code.strip() or len(code) > 32:
        raise BadInput("settings.code_missing", entry=code)
    if not name.strip() or len(name) > 120:
        raise BadInput("settings.name_missing", entry=code)

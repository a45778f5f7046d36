"""What is asked about settings: values in force, documents and their history, lists and scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from app.models.entities.errors import NotFound
from app.models.entities.ids import ConfigId, PersonId, ReasonId
from app.models.entities.instants import from_micros
from app.models.entities.settings import (
    CodeItem,
    CodeKind,
    ConfigKind,
    ConfigVersion,
    ReasonDetails,
    Script,
    ScriptDetails,
    SettingValues,
    Situation,
    WaitingReason,
)
from app.models.entities.tickets import WaitingKind
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.settings import rules


@query(permission=ANYBODY)
def site_settings(_ctx: Context, read: Reader) -> SettingValues:
    """Return the site's values in force; `broken` names stored ones that had to be passed over."""
    return load_settings(read)


@query(permission="tickets.read")
def current_config(_ctx: Context, read: Reader, kind: ConfigKind, code: str) -> ConfigVersion:
    """Return the newest version of a document.

    Raises:
        NotFound: `settings.config_missing`.
    """
    return load_config_version(read, kind, code)


@query(permission="tickets.read")
def current_configs(_ctx: Context, read: Reader, kind: ConfigKind) -> list[ConfigVersion]:
    """Return the newest version of every document of a kind, by code."""
    return [
        config_of(row)
        for row in read.rows(
            _CONFIG + " WHERE kind = ? AND number = (SELECT MAX(newer.number) FROM config_version newer"
            " WHERE newer.kind = config_version.kind AND newer.code = config_version.code) ORDER BY code",
            (kind.value,),
        )
    ]


@query(permission="tickets.read")
def config_by_id(_ctx: Context, read: Reader, config_id: ConfigId) -> ConfigVersion:
    """Return one version, such as the one a ticket was promised under.

    Raises:
        NotFound: `settings.config_missing`.
    """
    row = read.one(_CONFIG + " WHERE id = ?", (config_id,))
    if row is None:
        raise NotFound("settings.config_missing", id=config_id)
    return config_of(row)


@query(permission="settings.read")
def config_history(_ctx: Context, read: Reader, kind: ConfigKind, code: str) -> list[ConfigVersion]:
    """Return every version of a document, the newest first; empty where there is none."""
    return [
        config_of(row)
        for row in read.rows(
            _CONFIG + " WHERE kind = ? AND code = ? ORDER BY number DESC", (kind.value, code)
        )
    ]


@query(permission="tickets.read")
def waiting_reasons(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[WaitingReason]:
    """Return the waiting reasons in their order."""
    return load_waiting_reasons(read, include_retired=include_retired)


@query(permission="tickets.read")
def code_items(
    _ctx: Context, read: Reader, kind: CodeKind, *, include_retired: bool = False
) -> list[CodeItem]:
    """Return the entries of one short list in their order."""
    return [
        CodeItem(row[0], CodeKind(row[1]), *[*row[2:6], bool(row[6]), row[7]])
        for row in read.rows(
            "SELECT id, kind, code, name, name_alt, position, is_active, version FROM code_item"
            " WHERE kind = ? AND (is_active = true OR ? = 1) ORDER BY position, id",
            (kind.value, int(include_retired)),
        )
    ]


@query(permission="tickets.read")
def scripts(_ctx: Context, read: Reader, *, include_retired: bool = False) -> list[Script]:
    """Return the telephone scripts in their order."""
    return [
        _script(row)
        for row in read.rows(
            _SCRIPT + " WHERE is_active = true OR ? = 1 ORDER BY position, id", (int(include_retired),)
        )
    ]


# --- what commands share ---------------------------------------------------------------------------


def load_settings(read: Reader) -> SettingValues:
    """Return the site's values in force inside a transaction or a read."""
    stored: dict[str, object] = {}
    versions: dict[str, int] = {}
    for key, text, version in read.rows("SELECT key, value, version FROM setting"):
        versions[key] = version
        try:
            stored[key] = json.loads(text)
        except ValueError:
            stored[key] = None  # of no setting's type, so it is reported and the default holds
    return rules.values_in_force(stored, versions)


def load_config_version(
    read: Reader, kind: ConfigKind, code: str, number: int | None = None
) -> ConfigVersion:
    """Return a version of a document, the newest where no number is given. NotFound `.config_missing`."""
    row = read.one(
        _CONFIG + " WHERE kind = ? AND code = ? AND (number = ? OR ? = 0) ORDER BY number DESC LIMIT 1",
        (kind.value, code, number or 0, number or 0),
    )
    if row is None:
        raise NotFound("settings.config_missing", kind=kind.value, document=code)
    return config_of(row)


def load_waiting_reasons(read: Reader, *, include_retired: bool) -> list[WaitingReason]:
    """Return the waiting reasons inside a transaction or a read."""
    return [
        reason_of(row)
        for row in read.rows(
            _REASON + " WHERE is_active = true OR ? = 1 ORDER BY position, id", (int(include_retired),)
        )
    ]


def load_waiting_reason(read: Reader, reason_id: ReasonId) -> WaitingReason:
    """Return one waiting reason. NotFound `settings.reason_missing`."""
    row = read.one(_REASON + " WHERE id = ?", (reason_id,))
    if row is None:
        raise NotFound("settings.reason_missing", id=reason_id)
    return reason_of(row)


def load_script(read: Reader, script_id: int) -> Script:
    """Return one script. NotFound `settings.script_missing`."""
    row = read.one(_SCRIPT + " WHERE id = ?", (script_id,))
    if row is None:
        raise NotFound("settings.script_missing", id=script_id)
    return _script(row)


_CONFIG = "SELECT id, kind, code, number, body, at, actor_id, note FROM config_version"
_REASON = (
    "SELECT id, kind, code, name, name_alt, pauses_response, pauses_resolution, longest, follow_up_every,"
    " auto_resolve_after, position, is_active, version FROM waiting_reason"
)
_SCRIPT = (
    "SELECT id, code, situation, name, name_alt, body, body_alt, position, is_active, version FROM script"
)


def config_of(row: Sequence[Any]) -> ConfigVersion:
    """Return the version a row of `config_version` holds."""
    return ConfigVersion(
        ConfigId(row[0]),
        ConfigKind(row[1]),
        row[2],
        row[3],
        json.loads(row[4]),
        from_micros(row[5]),
        None if row[6] is None else PersonId(row[6]),
        row[7],
    )


def reason_of(row: Sequence[Any]) -> WaitingReason:
    """Return the reason a row of `waiting_reason` holds."""
    details = ReasonDetails(WaitingKind(row[1]), *[*row[2:5], bool(row[5]), bool(row[6]), *row[7:10]])
    return WaitingReason(ReasonId(row[0]), details, row[10], bool(row[11]), row[12])


def _script(row: Sequence[Any]) -> Script:
    details = ScriptDetails(row[1], Situation(row[2]), *row[3:7])
    return Script(row[0], details, row[7], bool(row[8]), row[9])

"""Writing a new version of a document inside a transaction: what settings and set-up share."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.models.entities.errors import BadInput, StaleRecord
from app.models.entities.events import SettingsChanged
from app.models.entities.ids import ConfigId
from app.models.entities.settings import ConfigKind, ConfigVersion
from app.models.transactions import Reader, Transaction
from app.services.settings import rules
from app.services.settings.queries import config_of

LONGEST_CODE = 32


def calendar_codes(read: Reader) -> list[str]:
    """Return the codes of all calendars."""
    rows = read.rows(
        "SELECT DISTINCT code FROM config_version WHERE kind = ? ORDER BY code", (ConfigKind.CALENDAR.value,)
    )
    return [row[0] for row in rows]


def put_config(
    tx: Transaction,
    kind: ConfigKind,
    code: str,
    body: Mapping[str, Any],
    *,
    expected_number: int,
    note: str = "",
) -> ConfigVersion:
    """Add the next version of a document; `expected_number` is the newest one the editor saw, 0 for none.

    Raises:
        BadInput: `settings.code_missing`, or what `rules.checked_config` raises.
        StaleRecord: somebody saved a version meanwhile; `number` is theirs.
    """
    if not code.strip() or len(code) > LONGEST_CODE:
        raise BadInput("settings.code_missing", entry=code)
    checked = rules.checked_config(kind, body, calendar_codes(tx) if kind is ConfigKind.SLA else ())
    newest = tx.value(
        "SELECT COALESCE(MAX(number), 0) FROM config_version WHERE kind = ? AND code = ?", (kind.value, code)
    )
    if newest != expected_number:
        raise StaleRecord(kind.value, 0, document=code, number=newest)
    row = {
        "kind": kind.value,
        "code": code,
        "number": newest + 1,
        "body": json.dumps(checked, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "at": tx.now_micros,
        "actor_id": tx.actor_id,
        "note": note,
    }
    config_id = tx.insert("config_version", row)
    tx.announce(SettingsChanged(frozenset({config_id})))
    return config_of([ConfigId(config_id), *row.values()])

"""Entries of ordered lists (reasons, codes, scripts) inside a transaction: add, edit, retire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import SettingsChanged
from app.models.entities.settings import ReasonDetails, ScriptDetails
from app.models.transactions import Transaction

EntryTable = Literal["waiting_reason", "code_item", "script"]

_ENDS: dict[str, str] = {
    table: f"SELECT COALESCE(MAX(position), 0) FROM {table}"
    for table in ("waiting_reason", "code_item", "script")
}
_TAKEN: dict[str, str] = {
    "waiting_reason": "SELECT 1 FROM waiting_reason WHERE code = ? AND id <> ?",
    "code_item": "SELECT 1 FROM code_item WHERE code = ? AND id <> ? AND kind = ?",
    "script": "SELECT 1 FROM script WHERE code = ? AND id <> ?",
}


def columns_of(details: ReasonDetails | ScriptDetails) -> dict[str, object]:
    """Return the columns of typed details: texts trimmed, states as plain text."""
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in asdict(details).items()
    }


def add(tx: Transaction, table: EntryTable, values: Mapping[str, object]) -> int:
    """Insert an entry behind the others and return its id. BadInput `settings.code_taken`."""
    _refuse_taken(tx, table, 0, values)
    position = int(tx.value(_ENDS[table])) + 1
    entry_id = tx.insert(table, {**values, "position": position})
    tx.announce(SettingsChanged(frozenset({entry_id})))
    return entry_id


def edit(
    tx: Transaction, table: EntryTable, entry_id: int, version: int, values: Mapping[str, object]
) -> int:
    """Write `values` and return the new version. BadInput `settings.code_taken`; StaleRecord."""
    _refuse_taken(tx, table, entry_id, values)
    new = tx.update_versioned(table, entry_id, version, values)
    tx.announce(SettingsChanged(frozenset({entry_id})))
    return new


def set_active(tx: Transaction, table: EntryTable, entry_id: int, version: int, *, is_active: bool) -> int:
    """Retire an entry or offer it again; return the new version. StaleRecord."""
    new = tx.update_versioned(table, entry_id, version, {"is_active": is_active})
    tx.announce(SettingsChanged(frozenset({entry_id})))
    return new


def columns(tx: Transaction, table: EntryTable, entry_id: int, names: tuple[str, ...]) -> tuple[Any, ...]:
    """Return columns of one entry; names come from code. NotFound `settings.entry_missing`."""
    row = tx.one(f'SELECT {", ".join(names)} FROM "{table}" WHERE id = ?', (entry_id,))
    if row is None:
        raise NotFound("settings.entry_missing", id=entry_id)
    return row


def _refuse_taken(tx: Transaction, table: EntryTable, entry_id: int, values: Mapping[str, object]) -> None:
    code = values.get("code")
    kind = [values["kind"]] if table == "code_item" and "kind" in values else []
    if code is not None and tx.one(_TAKEN[table], (code, entry_id, *kind)) is not None:
        raise BadInput("settings.code_taken", entry=code)

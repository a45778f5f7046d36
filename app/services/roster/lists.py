"""What crews, patterns and skills have in common as lists of an administrator, inside a transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import RosterChanged
from app.models.transactions import Transaction
from app.services.base.ordering import move_before

ListTable = Literal["crew", "shift_pattern", "skill"]
# Code and name as their columns hold them.
_LONGEST: Mapping[ListTable, tuple[int, int]] = {
    "crew": (16, 60),
    "shift_pattern": (16, 60),
    "skill": (32, 120),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Code and both names of an entry, as somebody types them."""

    code: str
    name: str
    name_alt: str = ""


def add(tx: Transaction, table: ListTable, names: Names, more: Mapping[str, object]) -> int:
    """Add an entry behind the others and return its id; what it raises is that of `columns`."""
    values = _columns(tx, table, names, 0)
    position = int(tx.value(f'SELECT COALESCE(MAX(position), 0) FROM "{table}"')) + 1
    tx.announce(RosterChanged())
    return tx.insert(table, {**values, **more, "position": position})


def edit(
    tx: Transaction,
    table: ListTable,
    entry_id: int,
    version: int,
    names: Names,
    more: Mapping[str, object],
) -> tuple[Names, int]:
    """Change an entry; return the names it had and its new version.

    Raises:
        BadInput: `settings.code_missing`, `settings.name_missing`, `settings.code_taken`,
            `catalogue.text_too_long`.
        NotFound: `settings.entry_missing`.
        StaleRecord: as every edit.
    """
    before = names_of(tx, table, entry_id)
    new = tx.update_versioned(table, entry_id, version, {**_columns(tx, table, names, entry_id), **more})
    tx.announce(RosterChanged())
    return before, new


def set_active(
    tx: Transaction, table: ListTable, entry_id: int, version: int, *, is_active: bool
) -> tuple[str, int]:
    """Retire or restore an entry; return its name and new version. NotFound, StaleRecord as every edit."""
    before = names_of(tx, table, entry_id)
    new = tx.update_versioned(table, entry_id, version, {"is_active": is_active})
    tx.announce(RosterChanged())
    return before.name, new


def move(
    tx: Transaction, table: ListTable, entry_id: int, version: int, before_id: int | None
) -> tuple[str, int, int | None]:
    """Let an entry stand before another (None: last); return name, version, and what it stood before."""
    before = names_of(tx, table, entry_id)
    new, old_next = move_before(tx, table, entry_id, version, before_id)
    tx.announce(RosterChanged())
    return before.name, new, old_next


def names_of(tx: Transaction, table: ListTable, entry_id: int) -> Names:
    """Return code and names of an entry. NotFound `settings.entry_missing`."""
    row = tx.one(f'SELECT code, name, name_alt FROM "{table}" WHERE id = ?', (entry_id,))
    if row is None:
        raise NotFound("settings.entry_missing", id=entry_id)
    return Names(*row)


def _columns(tx: Transaction, table: ListTable, names: Names, entry_id: int) -> dict[str, object]:
    longest_code, longest_name = _LONGEST[table]
    code, name, name_alt = names.code.strip(), names.name.strip(), names.name_alt.strip()
    if not code:
        raise BadInput("settings.code_missing", entry=code)
    if not name:
        raise BadInput("settings.name_missing", entry=code)
    if len(code) > longest_code:
        raise BadInput("catalogue.text_too_long", longest=longest_code)
    if max(len(name), len(name_alt)) > longest_name:
        raise BadInput("catalogue.text_too_long", longest=longest_name)
    if tx.one(f'SELECT 1 FROM "{table}" WHERE code = ? AND id <> ?', (code, entry_id)) is not None:
        raise BadInput("settings.code_taken", entry=code)
    return {"code": code, "name": name, "name_alt": name_alt}

"""Writing accounts inside a transaction: what commands and set-up share."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId
from app.models.entities.people import PersonDetails
from app.models.transactions import Transaction
from app.services.people.writing import insert_person

ADMINISTRATOR = "administrator"


def insert_administrator(tx: Transaction, *, name: str, login: str, password_hash: str) -> PersonId:
    """Add somebody with the role administrator.

    Raises:
        BadInput: what `people.writing.insert_person` raises.
        RuleViolation: `access.not_set_up`; there is no such role yet.
    """
    role_id = tx.value("SELECT id FROM role WHERE code = ? AND is_active = true", (ADMINISTRATOR,))
    if role_id is None:
        raise RuleViolation("access.not_set_up")
    person_id = insert_person(tx, PersonDetails(name, login=login, is_staff=True))
    tx.execute("INSERT INTO person_role (person_id, role_id) VALUES (?, ?)", (person_id, role_id))
    write_hash(tx, person_id, password_hash, must_change=False)
    return person_id


def write_hash(tx: Transaction, person_id: PersonId, password_hash: str, *, must_change: bool) -> None:
    """Keep a password's hash in place of the old one, and end a lock-out."""
    tx.execute(
        "INSERT INTO credential (person_id, password_hash, failed_count, must_change, changed_at)"
        " VALUES (?, ?, 0, ?, ?) ON CONFLICT (person_id) DO UPDATE SET"
        " password_hash = excluded.password_hash, failed_count = 0, locked_until = NULL,"
        " must_change = excluded.must_change, changed_at = excluded.changed_at",
        (person_id, password_hash, must_change, tx.now_micros),
    )
    tx.announce(PeopleChanged(frozenset({person_id})))

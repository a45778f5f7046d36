"""The guard that keeps somebody able to administer the desk; shared by every command that could lock it."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.transactions import Reader, Transaction

ADMINISTRATION = "access.manage"

_ADMINISTRATORS = (
    "SELECT COUNT(DISTINCT person.id) FROM person"
    " JOIN credential ON credential.person_id = person.id"
    " JOIN person_role ON person_role.person_id = person.id"
    " JOIN role ON role.id = person_role.role_id AND role.is_active = true"
    " JOIN role_permission ON role_permission.role_id = role.id AND role_permission.permission = ?"
    " WHERE person.is_active = true AND person.is_staff = true AND person.login IS NOT NULL"
)


def administrator_count(read: Reader) -> int:
    """Return how many people can sign in and edit roles."""
    return int(read.value(_ADMINISTRATORS, (ADMINISTRATION,)))


def refuse_losing_the_last(tx: Transaction, count_before: int) -> None:
    """Call after a change, with the count from before it; the command must be serializable.

    Raises:
        RuleViolation: `access.last_administrator`; there was an administrator, and there is none now.
    """
    if count_before and not administrator_count(tx):
        raise RuleViolation("access.last_administrator")

"""Changing what several roles allow, as one action: what the matrix of roles and permissions applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.models.entities.errors import NotFound
from app.models.entities.events import PeopleChanged
from app.models.entities.ids import RoleId
from app.models.transactions import Transaction
from app.services.access import rules
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.queries import load_roles


@dataclass(frozen=True, slots=True)
class RoleEdit:
    """What one role shall allow from now on. `version` is the one that was read."""

    role_id: RoleId
    version: int
    permissions: frozenset[str]


@command(permission="access.manage", serializable=True)
def set_permissions(ctx: Context, tx: Transaction, edits: Sequence[RoleEdit]) -> Outcome:
    """Set what each of these roles allows, all or none. Who is signed in has the new rights from the next sign-in.

    Raises:
        BadInput: `access.permission_unknown`.
        RuleViolation: `access.last_administrator`; nobody could edit roles any more.
        NotFound: `access.role_not_found`.
        StaleRecord: somebody changed one of the roles meanwhile.
    """
    administrators = administrator_count(tx)
    back: list[RoleEdit] = []
    for edit in edits:
        found = load_roles(tx, edit.role_id)
        if not found:
            raise NotFound("access.role_not_found", id=edit.role_id)
        wanted = rules.check_permissions(edit.permissions)
        new = tx.update_versioned("role", edit.role_id, edit.version, {})
        _write(tx, edit.role_id, found[0].permissions, wanted)
        back.append(RoleEdit(edit.role_id, new, found[0].permissions))
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged())
    return Outcome(undo=Undo("access.permissions_changed", partial(set_permissions, ctx, tuple(back))))


def _write(tx: Transaction, role_id: RoleId, held: frozenset[str], wanted: frozenset[str]) -> None:
    for permission in sorted(held - wanted):
        tx.execute(
            "DELETE FROM role_permission WHERE role_id = ? AND permission = ?", (role_id, permission)
        )
    tx.execute_many(
        "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
        [(role_id, permission) for permission in sorted(wanted - held)],
    )

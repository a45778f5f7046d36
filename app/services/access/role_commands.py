"""Changing several roles as one action: what the matrix of roles and permissions applies."""

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
    """What one role shall be called and allow from now on. `version` is the one that was read."""

    role_id: RoleId
    version: int
    name: str
    name_alt: str
    permissions: frozenset[str]


@command(permission="access.manage", serializable=True)
def edit_roles(ctx: Context, tx: Transaction, edits: Sequence[RoleEdit]) -> Outcome:
    """Change each of these roles, all or none.

    Who is signed in has the new rights from the next sign-in.

    Raises:
        BadInput: `access.permission_unknown`, `access.role_name_missing`, `access.role_name_long`.
        RuleViolation: `access.last_administrator`; nobody could edit roles any more.
        NotFound: `access.role_not_found`.
        StaleRecord: somebody changed one of the roles meanwhile.
    """
    administrators = administrator_count(tx)
    back = [_edit(tx, edit) for edit in edits]
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged())
    params = {"name": ", ".join(edit.name for edit in edits)}
    return Outcome(undo=Undo("access.role_changed", partial(edit_roles, ctx, tuple(back)), params))


def _edit(tx: Transaction, edit: RoleEdit) -> RoleEdit:
    """Write one role and return what takes it back."""
    found = load_roles(tx, edit.role_id)
    if not found:
        raise NotFound("access.role_not_found", id=edit.role_id)
    before, wanted = found[0], rules.check_permissions(edit.permissions)
    names = {"name": rules.check_role_name(edit.name), "name_alt": edit.name_alt.strip()}
    new = tx.update_versioned("role", edit.role_id, edit.version, names)
    for permission in sorted(before.permissions - wanted):
        tx.execute(
            "DELETE FROM role_permission WHERE role_id = ? AND permission = ?", (edit.role_id, permission)
        )
    tx.execute_many(
        "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
        [(edit.role_id, permission) for permission in sorted(wanted - before.permissions)],
    )
    return RoleEdit(edit.role_id, new, before.name, before.name_alt, before.permissions)

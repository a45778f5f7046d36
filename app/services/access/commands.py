"""What people do to roles and accounts. Each function is one transaction; passwords come hashed."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from app.models.entities.errors import NotFound, RuleViolation
from app.models.entities.events import PeopleChanged
from app.models.entities.ids import PersonId, RoleId
from app.models.entities.people import Role
from app.models.transactions import Transaction
from app.services.access import rules
from app.services.access.writing import insert_administrator, write_hash
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome, Undo
from app.services.people.administrators import administrator_count, refuse_losing_the_last
from app.services.people.queries import load_person, load_roles

# --- accounts ----------------------------------------------------------------------------------------


@command(permission="access.manage")
def store_password(
    _ctx: Context, tx: Transaction, person_id: PersonId, *, password_hash: str, must_change: bool
) -> Outcome:
    """Keep a password's hash and end a lock-out. `accounts.set_password` is the whole action.

    Raises:
        NotFound: `people.not_found`.
        RuleViolation: `access.no_login`; only staff with a login can sign in.
    """
    details = load_person(tx, person_id).details
    if not details.login:
        raise RuleViolation("access.no_login", name=details.name)
    write_hash(tx, person_id, password_hash, must_change=must_change)
    return Outcome(person_id)


@command(permission=ANYBODY)
def store_own_password(ctx: Context, tx: Transaction, *, password_hash: str) -> Outcome:
    """Keep the actor's own new password; `accounts.change_own_password` is the whole action."""
    if ctx.actor.person_id is None:
        raise RuleViolation("access.sign_in_refused")
    write_hash(tx, ctx.actor.person_id, password_hash, must_change=False)
    return Outcome(ctx.actor.person_id)


@command(permission="access.manage")
def unlock(_ctx: Context, tx: Transaction, person_id: PersonId) -> Outcome:
    """End a lock-out at once. Somebody who is not locked out stays so."""
    tx.execute(
        "UPDATE credential SET failed_count = 0, locked_until = NULL WHERE person_id = ?", (person_id,)
    )
    tx.announce(PeopleChanged(frozenset({person_id})))
    return Outcome(person_id)


@command(permission="access.manage", serializable=True)
def add_administrator(
    _ctx: Context, tx: Transaction, *, name: str, login: str, password_hash: str
) -> Outcome:
    """Add somebody with the role administrator; `accounts.add_admin` is the whole action.

    Raises:
        BadInput, RuleViolation: what `writing.insert_administrator` raises.
    """
    person_id = insert_administrator(tx, name=name, login=login, password_hash=password_hash)
    return Outcome(person_id, 1)


# --- roles -------------------------------------------------------------------------------------------


@command(permission="access.manage", serializable=True)
def copy_role(ctx: Context, tx: Transaction, role_id: RoleId, *, name: str, name_alt: str = "") -> Outcome:
    """Make a role of one's own that allows the same as another.

    Raises:
        BadInput: `access.role_name_missing`, `access.role_name_long`.
        NotFound: `access.role_not_found`.
    """
    original = _load(tx, role_id)
    number = tx.value("SELECT COUNT(*) FROM role")
    values = {"code": f"own-{number + 1}", "name": rules.check_role_name(name), "name_alt": name_alt.strip()}
    copy_id = RoleId(tx.insert("role", values))
    _write_permissions(tx, copy_id, original.permissions)
    back = partial(set_role_active, ctx, copy_id, version=1, is_active=False)
    return Outcome(copy_id, 1, Undo("access.role_copied", back, {"name": name}))


@command(permission="access.manage", serializable=True)
def edit_role(
    ctx: Context,
    tx: Transaction,
    role_id: RoleId,
    *,
    version: int,
    name: str,
    name_alt: str,
    permissions: Collection[str],
) -> Outcome:
    """Change a role's names and what it allows. Who is signed in has the new rights from the next sign-in.

    Raises:
        BadInput: `access.permission_unknown`, `access.role_name_missing`, `access.role_name_long`.
        RuleViolation: `access.last_administrator`; nobody could edit roles any more.
        NotFound, StaleRecord: as every edit.
    """
    before = _load(tx, role_id)
    administrators = administrator_count(tx)
    names = {"name": rules.check_role_name(name), "name_alt": name_alt.strip()}
    new = tx.update_versioned("role", role_id, version, names)
    _write_permissions(tx, role_id, rules.check_permissions(permissions))
    refuse_losing_the_last(tx, administrators)
    back = partial(
        edit_role,
        ctx,
        role_id,
        version=new,
        name=before.name,
        name_alt=before.name_alt,
        permissions=before.permissions,
    )
    return Outcome(role_id, new, Undo("access.role_changed", back, {"name": name}))


@command(permission="access.manage", serializable=True)
def set_role_active(
    ctx: Context, tx: Transaction, role_id: RoleId, *, version: int, is_active: bool
) -> Outcome:
    """Take a role out of force, or bring it back; its holders keep it on paper.

    Raises:
        RuleViolation: `access.last_administrator`.
        NotFound, StaleRecord: as every edit.
    """
    name = _load(tx, role_id).name
    administrators = administrator_count(tx)
    new = tx.update_versioned("role", role_id, version, {"is_active": is_active})
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged())
    back = partial(set_role_active, ctx, role_id, version=new, is_active=not is_active)
    code = "access.role_restored" if is_active else "access.role_retired"
    return Outcome(role_id, new, Undo(code, back, {"name": name}))


@command(permission="access.manage", serializable=True)
def set_roles_of(
    ctx: Context, tx: Transaction, person_id: PersonId, role_ids: Collection[RoleId], *, version: int
) -> Outcome:
    """Say which roles somebody holds; it replaces the whole list. `version` is the person's.

    Raises:
        RuleViolation: `access.last_administrator`.
        NotFound: `people.not_found`, `access.role_not_found`.
        StaleRecord: as every edit.
    """
    before = load_person(tx, person_id)
    administrators = administrator_count(tx)
    for role_id in role_ids:
        _load(tx, role_id)
    new = tx.update_versioned("person", person_id, version, {})
    tx.execute("DELETE FROM person_role WHERE person_id = ?", (person_id,))
    tx.execute_many(
        "INSERT INTO person_role (person_id, role_id) VALUES (?, ?)",
        [(person_id, role_id) for role_id in sorted(set(role_ids))],
    )
    refuse_losing_the_last(tx, administrators)
    tx.announce(PeopleChanged(frozenset({person_id})))
    back = partial(set_roles_of, ctx, person_id, before.role_ids, version=new)
    return Outcome(person_id, new, Undo("access.roles_changed", back, {"name": before.details.name}))


def _load(tx: Transaction, role_id: RoleId) -> Role:
    found = load_roles(tx, role_id)
    if not found:
        raise NotFound("access.role_not_found", id=role_id)
    return found[0]


def _write_permissions(tx: Transaction, role_id: RoleId, permissions: Collection[str]) -> None:
    tx.execute("DELETE FROM role_permission WHERE role_id = ?", (role_id,))
    tx.execute_many(
        "INSERT INTO role_permission (role_id, permission) VALUES (?, ?)",
        [(role_id, permission) for permission in sorted(permissions)],
    )
    tx.announce(PeopleChanged())

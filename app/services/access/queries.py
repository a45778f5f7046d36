"""What is asked about sign-ins: who may, with which permissions, and whose password is due."""

from __future__ import annotations

from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.people.administrators import administrator_count


@query(permission=ANYBODY)
def has_administrator(_ctx: Context, read: Reader) -> bool:
    """Tell whether anybody can sign in and administer; if not, the first start makes one."""
    return administrator_count(read) > 0


@query(permission=ANYBODY)
def must_change_password(ctx: Context, read: Reader) -> bool:
    """Tell whether the person who signed in was given a password for once."""
    return bool(
        read.value("SELECT must_change FROM credential WHERE person_id = ?", (ctx.actor.person_id or 0,))
    )


@query(permission="access.manage")
def locked_out(ctx: Context, read: Reader) -> frozenset[PersonId]:
    """Return who cannot sign in at present because of too many wrong tries."""
    now = ctx.clock.now()
    rows = read.rows("SELECT person_id FROM credential WHERE locked_until > ?", (to_micros(now),))
    return frozenset(PersonId(row[0]) for row in rows)


@query(permission="access.manage")
def has_password(_ctx: Context, read: Reader) -> frozenset[PersonId]:
    """Return who has been given a password at all."""
    return frozenset(PersonId(row[0]) for row in read.rows("SELECT person_id FROM credential"))


# --- what signing in and commands share --------------------------------------------------------------


def permissions_of(read: Reader, person_id: PersonId) -> frozenset[str]:
    """Return what all of a person's active roles together allow."""
    rows = read.rows(
        "SELECT DISTINCT role_permission.permission FROM person_role"
        " JOIN role ON role.id = person_role.role_id AND role.is_active = true"
        " JOIN role_permission ON role_permission.role_id = role.id WHERE person_role.person_id = ?",
        (person_id,),
    )
    return frozenset(row[0] for row in rows)

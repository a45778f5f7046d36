"""Whom the demo signs in by itself."""

from __future__ import annotations

from app.models.entities.ids import PersonId
from app.models.transactions import Reader
from app.services.access.queries import permissions_of
from app.services.base.command import query
from app.services.base.context import Actor, Context


@query(permission="access.manage")
def actor_of(ctx: Context, read: Reader, login: str) -> Actor:
    """Return the person with this login as an actor; the present actor where there is nobody.

    For who may give rights anyway: it asks for no password.
    """
    row = read.one("SELECT id, name, name_alt FROM person WHERE login = ? AND is_active = true", (login,))
    if row is None:
        return ctx.actor
    person_id = PersonId(row[0])
    return Actor(person_id, row[1], permissions_of(read, person_id), ctx.actor.client, row[2])

"""Whom the demo signs in by itself, and the ids behind its names."""

from __future__ import annotations

from app.models.entities.errors import NotFound
from app.models.entities.ids import PersonId, TicketId
from app.models.transactions import Reader, Row
from app.services.access.queries import permissions_of
from app.services.base.command import query
from app.services.base.context import Actor, Context
from app.services.demo.names import DemoNames, load_names


@query(permission="access.manage")
def actor_of(ctx: Context, read: Reader, login: str) -> Actor:
    """Return the person with this login as an actor; the present actor where there is nobody.

    For who may give rights anyway: it asks for no password.
    """
    row = read.one("SELECT id, name, name_alt FROM person WHERE login = ? AND is_active = true", (login,))
    return ctx.actor if row is None else _actor(ctx, read, row)


@query(permission="access.manage")
def actor_with_id(ctx: Context, read: Reader, person_id: PersonId) -> Actor:
    """Return a person as an actor; for who may give rights anyway. NotFound `people.not_found`."""
    row = read.one("SELECT id, name, name_alt FROM person WHERE id = ?", (person_id,))
    if row is None:
        raise NotFound("people.not_found", id=person_id)
    return _actor(ctx, read, row)


@query(permission="access.manage")
def gravest_ticket(_ctx: Context, read: Reader) -> TicketId | None:
    """Return the open ticket of the highest priority whose time is over first; None where all are closed."""
    found = read.value(
        "SELECT id FROM ticket WHERE is_open = true"
        " ORDER BY COALESCE(effective_priority, priority), due_sort, id LIMIT 1"
    )
    return None if found is None else TicketId(found)


@query(permission="access.manage")
def names_of(_ctx: Context, read: Reader) -> DemoNames:
    """Return the ids behind the names the demo's files use."""
    return load_names(read)


def _actor(ctx: Context, read: Reader, row: Row) -> Actor:
    person_id = PersonId(row[0])
    return Actor(person_id, row[1], permissions_of(read, person_id), ctx.actor.client, row[2])

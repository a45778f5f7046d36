"""Whom calling the supervisor, or declaring a major incident, would reach just now, to be shown before."""

from __future__ import annotations

from collections.abc import Collection

from app.models.entities.ids import PersonId, TicketId
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column
from app.services.escalation.recipients import Directory
from app.services.tickets.loading import load_ticket
from app.services.tickets.telling import told_of_major


@query(permission="tickets.escalate")
def called_now(ctx: Context, read: Reader) -> list[str]:
    """Return the names of those `escalate` would tell at this moment, in the reader's language; often one."""
    return _names(ctx, read, Directory(read, ctx.clock.now()).supervisors)


@query(permission="priority.major")
def told_of_major_now(ctx: Context, read: Reader, ticket_id: TicketId) -> list[str]:
    """Return the names of those who would hear at this moment that a ticket is, or is no longer, a major one.

    Raises:
        NotFound: there is no such ticket.
    """
    assignee_id = load_ticket(read, ticket_id).assignee_id
    people = told_of_major(read, ctx.clock.now(), assignee_id)
    return _names(ctx, read, people - {ctx.actor.person_id})


def _names(ctx: Context, read: Reader, told: Collection[PersonId | None]) -> list[str]:
    people = sorted(int(one) for one in told if one is not None)
    if not people:
        return []
    marks = ", ".join("?" * len(people))
    name = person_column("person", ctx.language)
    rows = read.rows(f"SELECT {name} FROM person WHERE id IN ({marks}) ORDER BY id", people)
    return [row[0] for row in rows]

"""What is asked about opportunities: the list, whom to pass them on to, how many a time brought."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.handover import Opportunity, OpportunityState
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, from_micros_or_none, to_micros
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.base.names import person_column

# Whom one asks first; anybody of the staff may be chosen.
_MANAGERS = ("operations_manager", "desk_manager", "process_manager")


@query(permission="opportunities.write")
def opportunities(
    ctx: Context, read: Reader, *, include_ended: bool = False, limit: int = 200
) -> list[Opportunity]:
    """Return opportunities, the newest first; those that came to an end only if asked for."""
    requester, noted = (person_column(table, ctx.language) for table in ("requester", "noted"))
    ended = (OpportunityState.WON.value, OpportunityState.DROPPED.value)
    condition = "" if include_ended else " WHERE state <> ? AND state <> ?"
    rows = read.rows(
        f"SELECT opportunity.id, text, state, {requester}, opportunity.ticket_id,"
        " (SELECT number FROM ticket WHERE ticket.id = opportunity.ticket_id),"
        f" {noted}, noted_at, forwarded_to, forwarded_at, outcome, opportunity.version FROM opportunity"
        " LEFT JOIN person requester ON requester.id = opportunity.requester_id"
        " LEFT JOIN person noted ON noted.id = opportunity.noted_by_id"
        f"{condition} ORDER BY opportunity.id DESC LIMIT ?",
        (*(() if include_ended else ended), limit),
    )
    return [
        Opportunity(
            id=row[0],
            text=row[1],
            state=OpportunityState(row[2]),
            requester=row[3] or "",
            ticket_id=row[4],
            ticket_number=row[5],
            noted_by=row[6] or "",
            noted_at=from_micros(row[7]),
            forwarded_to=row[8],
            forwarded_at=from_micros_or_none(row[9]),
            outcome=row[10],
            version=row[11],
        )
        for row in rows
    ]


@query(permission="opportunities.write")
def receivers(ctx: Context, read: Reader) -> list[tuple[PersonId, str]]:
    """Return whom an opportunity can be passed on to: the managers first, then the rest of the staff."""
    name = person_column("person", ctx.language)
    marks = ", ".join("?" * len(_MANAGERS))
    rows = read.rows(
        f"SELECT person.id, {name}, (SELECT COUNT(*) FROM person_role JOIN role ON role.id = role_id"
        f" WHERE person_role.person_id = person.id AND role.is_active = true AND role.code IN ({marks}))"
        " FROM person WHERE person.is_staff = true AND person.is_active = true ORDER BY person.id",
        _MANAGERS,
    )
    ordered = sorted(rows, key=lambda row: (not row[2], row[1]))
    return [(PersonId(row[0]), row[1]) for row in ordered]


def opportunities_noted(read: Reader, begin: datetime, until: datetime) -> int:
    """Return how many opportunities were noted in [begin, until); those taken back at once count no more."""
    return int(
        read.value(
            "SELECT COUNT(*) FROM opportunity WHERE noted_at >= ? AND noted_at < ?"
            " AND NOT (state = ? AND outcome = '' AND forwarded_to = '')",
            (to_micros(begin), to_micros(until), OpportunityState.DROPPED.value),
        )
    )

"""Opportunities: a need somebody heard of is noted, passed on to a manager, and its outcome written down."""

from __future__ import annotations

from functools import partial
from typing import Any

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.events import OpportunitiesChanged
from app.models.entities.handover import OpportunityState
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Row, Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.handover import rules
from app.services.handover.opportunity_rules import LONGEST_TEXT, check_open
from app.services.notices.writing import put_notices

_EDITED = ("state", "forwarded_to", "forwarded_by_id", "forwarded_at", "outcome")


@command(permission="opportunities.write")
def note_opportunity(
    ctx: Context, tx: Transaction, text: str, *, ticket_id: TicketId | None = None
) -> Outcome:
    """Note what somebody needs or what could be offered; from a ticket its caller is kept with it.

    Raises:
        BadInput: `opportunities.text_missing`, `handover.too_long`.
        NotFound: `tickets.not_found`.
    """
    kept = rules.check_length(text, LONGEST_TEXT)
    if not kept:
        raise BadInput("opportunities.text_missing")
    requester = None
    if ticket_id is not None:
        row = tx.one("SELECT requester_id FROM ticket WHERE id = ?", (ticket_id,))
        if row is None:
            raise NotFound("tickets.not_found", id=ticket_id)
        requester = row[0]
    values = {
        "text": kept,
        "requester_id": requester,
        "ticket_id": ticket_id,
        "state": OpportunityState.NOTED.value,
        "noted_by_id": ctx.actor.person_id,
        "noted_at": tx.now_micros,
    }
    number = tx.insert("opportunity", values)
    tx.announce(OpportunitiesChanged(frozenset({number})))
    back = partial(_put, ctx, number, version=1, values={"state": OpportunityState.DROPPED.value})
    return Outcome(number, 1, Undo("opportunities.undo.noted", back))


@command(permission="opportunities.write")
def forward_opportunity(
    ctx: Context, tx: Transaction, opportunity_id: int, person_id: PersonId | None, *, version: int
) -> Outcome:
    """Pass one on to a manager, who is told by a notice; passing it on again tells the next one.

    Raises:
        BadInput: `opportunities.receiver_missing`.
        NotFound: `opportunities.not_found`, `opportunities.receiver_unknown`.
        RuleViolation: `opportunities.ended`.
        StaleRecord: as every edit.
    """
    before = _load(tx, opportunity_id)
    check_open(OpportunityState(before[0]))
    if person_id is None:
        raise BadInput("opportunities.receiver_missing")
    row = tx.one("SELECT name FROM person WHERE id = ? AND is_active = true", (person_id,))
    if row is None:
        raise NotFound("opportunities.receiver_unknown", id=person_id)
    values = {
        "state": OpportunityState.FORWARDED.value,
        "forwarded_to": row[0],
        "forwarded_by_id": ctx.actor.person_id,
        "forwarded_at": tx.now_micros,
    }
    new = tx.update_versioned("opportunity", opportunity_id, version, values)
    key = f"opportunity:{opportunity_id}:{new}:p{person_id}"
    body = {"by": ctx.actor.person_id, "text": before[5]}
    put_notices(
        tx,
        [NewNotice(person_id, NoticeKind.OPPORTUNITY, key, TicketId(before[6]) if before[6] else None, body)],
    )
    return _changed(ctx, tx, opportunity_id, new, before)


@command(permission="opportunities.write")
def end_opportunity(
    ctx: Context, tx: Transaction, opportunity_id: int, outcome: str, *, is_won: bool, version: int
) -> Outcome:
    """Write down what became of one: something came of it, or not.

    Raises:
        BadInput: `opportunities.outcome_missing`, `handover.too_long`.
        RuleViolation: `opportunities.ended`.
        NotFound, StaleRecord: as every edit.
    """
    before = _load(tx, opportunity_id)
    check_open(OpportunityState(before[0]))
    state = OpportunityState.WON if is_won else OpportunityState.DROPPED
    kept = rules.check_length(outcome, LONGEST_TEXT)
    if not kept:
        raise BadInput("opportunities.outcome_missing")
    new = tx.update_versioned("opportunity", opportunity_id, version, {"state": state.value, "outcome": kept})
    return _changed(ctx, tx, opportunity_id, new, before)


@command(permission="opportunities.write")
def _put(
    ctx: Context, tx: Transaction, opportunity_id: int, *, version: int, values: dict[str, Any]
) -> Outcome:
    before = _load(tx, opportunity_id)
    new = tx.update_versioned("opportunity", opportunity_id, version, values)
    return _changed(ctx, tx, opportunity_id, new, before)


def _changed(ctx: Context, tx: Transaction, opportunity_id: int, new: int, before: Row) -> Outcome:
    tx.announce(OpportunitiesChanged(frozenset({opportunity_id})))
    values = dict(zip(_EDITED, before, strict=False))
    back = partial(_put, ctx, opportunity_id, version=new, values=values)
    return Outcome(opportunity_id, new, Undo("opportunities.undo.changed", back))


def _load(tx: Transaction, opportunity_id: int) -> Row:
    """Return the columns people edit, then text and ticket."""
    columns = ", ".join((*_EDITED, "text", "ticket_id"))
    row = tx.one(f"SELECT {columns} FROM opportunity WHERE id = ?", (opportunity_id,))
    if row is None:
        raise NotFound("opportunities.not_found", id=opportunity_id)
    return row

"""Writing lines of the record inside a transaction: added, thrown away when old, and never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from app.models.entities.audit import Access, AccessKind, AccessSubject, ReadsRecorded
from app.models.entities.ids import TicketId
from app.models.entities.instants import to_micros
from app.models.entities.tickets import TicketType
from app.models.transactions import Reader, Transaction
from app.services.audit.rules import LONGEST_REFERENCE, LONGEST_TEXT, day_of, is_recorded, kept_since
from app.services.base.context import Context
from app.services.settings import declared
from app.services.settings.queries import load_settings


def put_access(tx: Transaction, access: Access) -> int:
    """Write one line of this moment, of the transaction's actor and PC; return its id."""
    return tx.insert(
        "access_record",
        {
            "at": tx.now_micros,
            "person_id": tx.actor_id,
            "pc": tx.client[:120],
            "kind": access.kind.value,
            "subject": access.subject.value,
            "reference": access.reference[:LONGEST_REFERENCE],
            "about": _about(access.about),
            "row_count": access.row_count,
        },
    )


def reading_to_record(ctx: Context, read: Reader, ticket_id: TicketId) -> int | None:
    """Return the number of a ticket whose opening by the actor is still to be recorded today, else None."""
    values = load_settings(read)
    reads = ReadsRecorded(values[declared.RECORD_READS])
    ticket = read.one("SELECT number, type, is_major FROM ticket WHERE id = ?", (ticket_id,))
    if ticket is None or not is_recorded(reads, TicketType(ticket[1]), is_major=bool(ticket[2])):
        return None
    first, end = day_of(ctx.clock.now(), ZoneInfo(values[declared.TIMEZONE]))
    person = ctx.actor.person_id
    whose, who = ("person_id = ?", person) if person is not None else ("person_id IS NULL AND pc = ?", None)
    known = read.one(
        f"SELECT 1 FROM access_record WHERE {whose} AND at >= ? AND at < ? AND kind = ? AND subject = ?"
        " AND reference = ? LIMIT 1",
        (
            ctx.actor.client[:120] if who is None else who,
            to_micros(first),
            to_micros(end),
            AccessKind.OPENED.value,
            AccessSubject.TICKET.value,
            str(ticket[0]),
        ),
    )
    return None if known is not None else int(ticket[0])


def drop_outdated(tx: Transaction, limit: int) -> int:
    """Delete at most `limit` lines that the site keeps no longer, the oldest first; return how many."""
    before = kept_since(tx.now, load_settings(tx)[declared.RECORD_MONTHS])
    return tx.execute(
        "DELETE FROM access_record WHERE id IN"
        " (SELECT id FROM access_record WHERE at < ? ORDER BY at, id LIMIT ?)",
        (to_micros(before), limit),
    )


def _about(about: Mapping[str, object]) -> str:
    kept = {
        name: value[:LONGEST_TEXT] if isinstance(value, str) else value
        for name, value in about.items()
        if value not in ("", None)
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)

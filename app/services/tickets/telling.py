"""Whom an action on tickets tells: the new assignee, who is called by "@name", all who lead of a major."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from app.models.entities.escalation import Recipient
from app.models.entities.ids import PersonId
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.entities.tickets import EventKind, TicketEvent
from app.models.transactions import Reader, Transaction
from app.services.escalation.recipients import Directory, Hands
from app.services.notices.queries import called_in
from app.services.notices.writing import put_notices
from app.services.tickets.rules import MAJOR
from app.services.tickets.unattended import tell_queues

_CALLING = frozenset({EventKind.NOTE, EventKind.CALL})
LONGEST_QUOTE = 200
# Who must know of a major incident, whatever the hour.
_LEADING = (Recipient.DUTY_SUPERVISOR, Recipient.PROCESS_MANAGER, Recipient.DESK_MANAGER, Recipient.ASSIGNEE)


def tell(
    tx: Transaction, lines: Iterable[TicketEvent], *, stays: bool = True, zone: ZoneInfo | None = None
) -> None:
    """Write the notices that the running action's log lines call for; nobody is told of their own deeds.

    `stays` False: the same action ends the tickets, so that none of them waits in a queue. `zone` is the
    site's, where the caller knows it.

    Lines of earlier actions written together with it (a history played back) tell nobody.
    """
    notices: dict[tuple[int, int], NewNotice] = {}
    mine = [line for line in lines if line.batch == tx.op_id]
    for line in mine:
        for notice in _notices(tx, line):
            # One action tells a person once about a ticket: that it is theirs says more than the mention.
            known = notices.get((notice.ticket_id or 0, notice.person_id))
            if known is None or known.kind is NoticeKind.MENTIONED:
                notices[notice.ticket_id or 0, notice.person_id] = notice
    if notices:
        put_notices(tx, list(notices.values()))
    if stays:
        tell_queues(tx, mine, zone)


def told_of_major(read: Reader, instant: datetime, assignee_id: PersonId | None) -> frozenset[PersonId]:
    """Return who hears of a major incident declared or withdrawn now: who leads, and who works on it."""
    return Directory(read, instant).of(_LEADING, Hands(assignee_id=assignee_id))


def _notices(tx: Transaction, line: TicketEvent) -> list[NewNotice]:
    if line.kind is EventKind.CHANGED and line.field == MAJOR:
        return _of_major(tx, line)
    assignee = _new_assignee(line)
    if assignee is not None:
        return [_notice(tx, line, NoticeKind.ASSIGNED, assignee)] if assignee != tx.actor_id else []
    if line.kind not in _CALLING or line.new is None:
        return []
    quote = " ".join(line.new.split())[:LONGEST_QUOTE]
    return [
        _notice(tx, line, NoticeKind.MENTIONED, person_id, text=quote)
        for person_id in called_in(tx, line.new)
        if person_id != tx.actor_id
    ]


def _of_major(tx: Transaction, line: TicketEvent) -> list[NewNotice]:
    """Return the notices of a declaration or withdrawal; taking one back tells too, without a reason."""
    assignee_id = tx.value("SELECT assignee_id FROM ticket WHERE id = ?", (line.ticket_id,))
    facts: dict[str, object] = {"is_withdrawn": True} if line.new == "no" else {}
    if reason := str(line.detail.get("reason", "")):
        facts["reason"] = " ".join(reason.split())[:LONGEST_QUOTE]
    return [
        _notice(tx, line, NoticeKind.MAJOR, person_id, **facts)
        for person_id in sorted(told_of_major(tx, tx.now, assignee_id))
        if person_id != tx.actor_id
    ]


def _new_assignee(line: TicketEvent) -> PersonId | None:
    if line.kind is EventKind.CREATED:
        given = line.detail.get("assignee_id")
    elif line.kind is EventKind.CHANGED and line.field == "assignee_id":
        given = line.new
    else:
        return None
    return None if given is None else PersonId(int(str(given)))


def _notice(
    tx: Transaction, line: TicketEvent, kind: NoticeKind, person_id: PersonId, **facts: object
) -> NewNotice:
    key = f"{kind.value}:{line.ticket_id}:{tx.op_id}:{person_id}"
    return NewNotice(person_id, kind, key, line.ticket_id, {"by": tx.actor_id, **facts})

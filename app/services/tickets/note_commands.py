"""What people add to a ticket: notes, replies, calls, files and links. Added, never changed."""

from __future__ import annotations

import hashlib
import unicodedata

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.ids import TicketId
from app.models.entities.tickets import Channel, EventKind, Ticket
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings import declared
from app.services.settings.current import load_config
from app.services.tickets.loading import load_ticket
from app.services.tickets.recording import Recorder, open_recorder, write

LONGEST_NOTE = 100_000
LONGEST_FILE_NAME = 200


@command(permission="tickets.note")
def add_note(
    _ctx: Context, tx: Transaction, ticket_id: TicketId, text: str, *, is_public: bool = False
) -> Outcome:
    """Add a note; a private one is for the desk only. Never a conflict: notes are only ever added.

    Raises:
        RuleViolation: the text is empty.
        BadInput: the text is too long.
    """
    return _add(tx, ticket_id, EventKind.NOTE, text, {"public": True} if is_public else {})


@command(permission="tickets.note")
def add_reply(
    _ctx: Context, tx: Transaction, ticket_id: TicketId, text: str, *, channel: Channel = Channel.EMAIL
) -> Outcome:
    """Record an answer given to the requester and through which channel; it counts as a response.

    Raises:
        RuleViolation: the text is empty.
        BadInput: the text is too long.
    """
    return _add(tx, ticket_id, EventKind.REPLY, text, {"channel": channel.value})


@command(permission="tickets.note")
def record_call(
    _ctx: Context,
    tx: Transaction,
    ticket_id: TicketId,
    text: str,
    *,
    seconds: int | None = None,
    is_from_user: bool = False,
) -> Outcome:
    """Record a telephone call about a ticket; the desk's own call counts as a response.

    Raises:
        RuleViolation: the text is empty.
        BadInput: the text is too long.
    """
    detail: dict[str, object] = {"by": "user"} if is_from_user else {}
    if seconds is not None:
        detail["seconds"] = seconds
    return _add(tx, ticket_id, EventKind.CALL, text, detail)


@command(permission="tickets.attach")
def attach_file(
    ctx: Context, tx: Transaction, ticket_id: TicketId, *, name: str, media_type: str, body: bytes
) -> Outcome:
    """Keep a file with a ticket: its bytes once per content, its name only for display.

    Raises:
        BadInput: the file is empty or larger than the site allows.
    """
    site = load_config(tx)
    if not body:
        raise BadInput("tickets.file_empty", name=name[:60])
    limit = site.settings[declared.ATTACHMENT_LIMIT]
    if len(body) > limit * 1_000_000:
        raise BadInput("tickets.file_too_large", name=name[:60], limit=limit, size=len(body) // 1_000_000)
    digest = hashlib.sha256(body).hexdigest()
    shown = _display_name(name)
    tx.execute(
        "INSERT INTO attachment_body (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
        (digest, body),
    )
    attachment_id = tx.insert(
        "attachment",
        {
            "ticket_id": ticket_id,
            "name": shown,
            "media_type": media_type[:100],
            "size": len(body),
            "sha256": digest,
            "added_by_id": ctx.actor.person_id,
            "added_at": tx.now_micros,
        },
    )
    recorder = open_recorder(tx, site, load_ticket(tx, ticket_id))
    recorder.add(EventKind.ATTACHED, new=shown, detail={"attachment_id": attachment_id, "size": len(body)})
    return _written(tx, recorder)


@command(permission="tickets.link")
def link_tickets(_ctx: Context, tx: Transaction, ticket_id: TicketId, other_id: TicketId) -> Outcome:
    """Link two tickets as related; both logs tell it. Linking twice changes nothing.

    Raises:
        RuleViolation: a ticket cannot be linked with itself.
    """
    if ticket_id == other_id:
        raise RuleViolation("tickets.link_with_itself")
    site = load_config(tx)
    pair = [load_ticket(tx, ticket_id), load_ticket(tx, other_id)]
    first, second = sorted((int(ticket_id), int(other_id)))
    added = tx.execute(
        "INSERT INTO ticket_link (ticket_id, other_id, kind) VALUES (?, ?, ?)"
        " ON CONFLICT (ticket_id, other_id, kind) DO NOTHING",
        (first, second, "related"),
    )
    if not added:
        return Outcome(ticket_id, pair[0].version)
    recorders = [open_recorder(tx, site, ticket) for ticket in pair]
    for recorder, other in zip(recorders, reversed(pair), strict=True):
        recorder.add(EventKind.LINKED, new=str(other.id), detail={"number": other.number})
    return Outcome(ticket_id, write(tx, recorders)[int(ticket_id)])


@command(permission="tickets.link")
def unlink_tickets(_ctx: Context, tx: Transaction, ticket_id: TicketId, other_id: TicketId) -> Outcome:
    """Take a link between two tickets away; both logs tell it."""
    first, second = sorted((int(ticket_id), int(other_id)))
    removed = tx.execute("DELETE FROM ticket_link WHERE ticket_id = ? AND other_id = ?", (first, second))
    pair = [load_ticket(tx, ticket_id), load_ticket(tx, other_id)]
    if not removed:
        return Outcome(ticket_id, pair[0].version)
    site = load_config(tx)
    recorders = [open_recorder(tx, site, ticket) for ticket in pair]
    for recorder, other in zip(recorders, reversed(pair), strict=True):
        recorder.add(EventKind.UNLINKED, old=str(other.id), detail={"number": other.number})
    return Outcome(ticket_id, write(tx, recorders)[int(ticket_id)])


def _add(
    tx: Transaction, ticket_id: TicketId, kind: EventKind, text: str, detail: dict[str, object]
) -> Outcome:
    if not text.strip():
        raise RuleViolation("tickets.text_missing")
    if len(text) > LONGEST_NOTE:
        raise BadInput("tickets.text_too_long", longest=LONGEST_NOTE)
    ticket: Ticket = load_ticket(tx, ticket_id)
    recorder = open_recorder(tx, load_config(tx), ticket)
    recorder.add(kind, new=text.strip(), detail=detail)
    return _written(tx, recorder)


def _written(tx: Transaction, recorder: Recorder) -> Outcome:
    ticket = recorder.ticket
    return Outcome(ticket.id, write(tx, [recorder])[ticket.id])


def _display_name(name: str) -> str:
    """Return a file's name without folders, control and direction characters; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(ch for ch in last if unicodedata.category(ch) not in {"Cc", "Cf", "Cs"})
    return kept.strip(" .")[:LONGEST_FILE_NAME] or "file"

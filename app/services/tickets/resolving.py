"""What solving and confirming record, wherever they happen; shared by the commands."""

from __future__ import annotations

from app.models.entities.catalogue import Gate
from app.models.entities.events import KnowledgeChanged
from app.models.entities.tickets import Channel, Confirmation, EventKind, Move, Resolution, TicketStatus
from app.models.transactions import Transaction
from app.services.tickets.demanding import lacking_at
from app.services.tickets.facts import RESTORED, TOLD, still_told
from app.services.tickets.recording import Recorder
from app.services.tickets.rules import GateFacts, check_gate


def record_resolution(tx: Transaction, recorder: Recorder, resolution: Resolution) -> None:
    """Check the resolve gate and record solution, codes, line and article, then the move.

    Raises:
        RuleViolation: `tickets.gate` with what is missing.
    """
    values: dict[str, object] = {
        "solution": resolution.solution.strip(),
        "cause_code": resolution.cause_code,
        "resolution_code": resolution.resolution_code,
        "resolved_line": resolution.resolved_line,
        "article_id": resolution.article_id,
        "no_article_fits": resolution.no_article_fits,
    }
    check_gate(
        Move.RESOLVE,
        GateFacts(
            solution=resolution.solution,
            cause_code=resolution.cause_code,
            resolved_line=resolution.resolved_line,
            article_id=resolution.article_id,
            no_article_fits=resolution.no_article_fits,
            lacking=lacking_at(recorder, Gate.RESOLVE, values),
        ),
    )
    before = {name: recorder.value(name) for name in values}
    for name, value in values.items():
        recorder.set(name, value)
    recorder.set("resolved_at", tx.now)
    recorder.add(
        EventKind.SOLUTION, new=resolution.solution.strip(), detail={"set": values, "before": before}
    )
    recorder.move(Move.RESOLVE)
    if resolution.article_id is not None and before["article_id"] != resolution.article_id:
        tx.execute("UPDATE article SET used_count = used_count + 1 WHERE id = ?", (resolution.article_id,))
        tx.announce(KnowledgeChanged(frozenset({int(resolution.article_id)})))


def record_broken_again(recorder: Recorder) -> None:
    """Forget what no longer holds of a ticket that is worked on again; the line of the move keeps it."""
    recorder.set(RESTORED, None)
    recorder.set(TOLD, still_told(recorder.ticket, recorder.tx.now))


def record_confirmation(
    recorder: Recorder, answer: Confirmation, *, channel: Channel, note: str = ""
) -> None:
    """Record what the caller answered, through which channel."""
    recorder.set("confirmation", answer)
    detail: dict[str, object] = {"channel": channel.value, "note": note}
    recorder.add(EventKind.CONFIRMATION, new=answer.value, detail=detail)


def record_closing(tx: Transaction, recorder: Recorder) -> None:
    """Close a resolved ticket whose confirmation is recorded.

    What the category demands is demanded of people only: a ticket that closes by itself has nobody to ask.

    Raises:
        RuleViolation: there is no confirmation, the caller refused, or what the category demands is missing.
    """
    answer = recorder.value("confirmation")
    lacking = lacking_at(recorder, Gate.CLOSE, {})
    facts = GateFacts(confirmation=answer, is_by_desk=True, lacking=lacking)  # type: ignore[arg-type]
    check_gate(Move.CLOSE, facts)
    recorder.move(Move.CLOSE)
    recorder.set("closed_at", tx.now)


def record_solving_now(tx: Transaction, recorder: Recorder, resolution: Resolution, channel: Channel) -> None:
    """Resolve, confirm and close in one breath: three log lines, one transaction (RULES 1)."""
    ticket = recorder.ticket
    is_first_contact = ticket.reopened_count == 0 and ticket.status is not TicketStatus.WAITING
    record_resolution(tx, recorder, resolution)
    recorder.set("is_first_contact", is_first_contact)
    record_confirmation(recorder, Confirmation.CONFIRMED, channel=channel)
    record_closing(tx, recorder)

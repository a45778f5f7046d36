"""How one log line is put back: the field, the state or the solution it changed."""

from __future__ import annotations

from datetime import datetime

from app.models.entities.tickets import EventKind, TicketEvent, TicketStatus
from app.services.tickets.recording import Recorder

UNDO = "undo"
_NUMBERS = frozenset(
    {
        "requester_id", "owner_id", "team_id", "assignee_id", "category_id", "service_id", "impact",
        "urgency", "priority", "waiting_reason_id", "article_id", "resolved_line", "duplicate_of",
        "estimate_minutes", "estimate_people", "estimate_cost",
    }
)  # fmt: skip
_INSTANTS = frozenset({"restored_at", "bearable_until", "promised_at"})
_FLAGS = frozenset({"is_proactive", "is_first_contact", "is_major", "no_article_fits"})


def restore(recorder: Recorder, event: TicketEvent) -> None:
    """Record the opposite of `event`; notes, replies and numbers stay, they are facts."""
    if event.kind is EventKind.CHANGED and event.field is not None:
        recorder.change(event.field, _from_text(event.field, event.old))
    elif event.kind is EventKind.STATUS and event.old is not None:
        _restore_status(recorder, event, TicketStatus(event.old))
    elif event.kind is EventKind.SOLUTION:
        before, after = event.detail.get("before"), event.detail.get("set")
        if isinstance(before, dict):
            for name, value in before.items():
                recorder.set(name, value)
            recorder.add(
                EventKind.SOLUTION,
                new=str(before.get("solution", "")),
                detail={"set": before, "before": after, UNDO: True},
            )
    elif event.kind is EventKind.CONFIRMATION:
        recorder.set("confirmation", None)


def _restore_status(recorder: Recorder, event: TicketEvent, before: TicketStatus) -> None:
    kept = event.detail.get("before")
    detail: dict[str, object] = {UNDO: True}
    if isinstance(kept, dict):
        for name, value in kept.items():
            recorder.set(name, _instant(value))
        if kept.get("waiting_reason_id"):
            detail["waiting_reason_id"] = kept["waiting_reason_id"]
    recorder.go_to(before, named=UNDO, detail=detail)


def _instant(value: object) -> object:
    if isinstance(value, str) and value[:2].isdigit() and "T" in value:
        return datetime.fromisoformat(value)
    return value


def _from_text(field: str, text: str | None) -> object:
    """Return a field's value from the log's text; the reverse of `recording.as_text`."""
    if text is None:
        return None
    if field in _NUMBERS:
        return int(text)
    if field in _FLAGS:
        return text == "yes"
    if field in _INSTANTS:
        return datetime.fromisoformat(text)
    return text

"""Keeping a sheet in step with the facts, inside a transaction."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation
from app.models.entities.events import HandoverChanged
from app.models.entities.handover import Changes, Fact, Handover, HandoverState, Line, LineState, Section
from app.models.entities.roster import ShiftAt
from app.models.transactions import Transaction
from app.services.handover import rules
from app.services.handover.facts import facts_of
from app.services.handover.loading import find_handover, load_handover


def open_sheet(tx: Transaction, shift: ShiftAt) -> int:
    """Return the id of a shift's handover, written now where there is none, and brought up to date.

    Raises:
        RuleViolation: `handover.too_early`; the shift has not begun.
    """
    if tx.now < shift.starts_at:
        raise RuleViolation("handover.too_early", starts_at=shift.starts_at)
    found = find_handover(tx, shift.on_date, shift.template.id)
    if found is None:
        # Two programs may open it at once: the second one finds the first one's row.
        tx.execute(
            "INSERT INTO handover (on_date, template_id, state, opened_at, opened_by_id)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (on_date, template_id) DO NOTHING",
            (
                shift.on_date.isoformat(),
                shift.template.id,
                HandoverState.DRAFT.value,
                tx.now_micros,
                tx.actor_id,
            ),
        )
        found = find_handover(tx, shift.on_date, shift.template.id) or 0
        tx.announce(HandoverChanged(frozenset({found})))
    refresh_sheet(tx, load_handover(tx, found))
    return found


def refresh_sheet(tx: Transaction, handover: Handover) -> bool:
    """Bring a draft up to date; tell whether anything changed. What was signed stays as it was signed."""
    if handover.state is not HandoverState.DRAFT:
        return False
    facts = facts_of(tx, handover.shift, handover.next_shift, tx.now)
    changes = rules.merge(handover.lines, facts)
    places = {(fact.section, fact.reference): place for place, fact in enumerate(facts)}
    _write(tx, handover.id, changes, places)
    is_changed = bool(changes.added or changes.updated or changes.settled)
    if is_changed:
        tx.announce(HandoverChanged(frozenset({handover.id})))
    return is_changed


def _write(
    tx: Transaction, handover_id: int, changes: Changes, places: dict[tuple[Section, str], int]
) -> None:
    for fact in changes.added:
        tx.execute(
            "INSERT INTO handover_line (handover_id, section, reference, position, body)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (handover_id, section, reference) DO NOTHING",
            (
                handover_id,
                fact.section.value,
                fact.reference,
                _place(places, fact),
                rules.canonical(rules.body_of(None, fact)),
            ),
        )
    for line, fact in changes.updated:
        section = fact.section if line.state is LineState.OPEN else line.section
        _update(tx, line, section, _place(places, fact), rules.canonical(rules.body_of(line, fact)))
    for line in changes.settled:
        body = rules.canonical({**line.body, "settled_at": tx.now_micros})
        _update(tx, line, line.section, line.position, body)


def _update(tx: Transaction, line: Line, section: Section, position: int, body: str) -> None:
    """Write a line as the facts say it. One that a person changed meanwhile is left for the next look."""
    tx.execute(
        "UPDATE handover_line SET section = ?, position = ?, body = ?, version = version + 1"
        " WHERE id = ? AND version = ?",
        (section.value, position, body, line.id, line.version),
    )


def _place(places: dict[tuple[Section, str], int], fact: Fact) -> int:
    return places.get((fact.section, fact.reference), 0)

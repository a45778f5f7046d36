"""What both leaders do to a sheet before it is signed: notes, ticks, questions and answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.events import HandoverChanged
from app.models.entities.handover import HandoverState, Line, LineState
from app.models.entities.ids import PersonId, TemplateId
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.handover import rules
from app.services.handover.drafting import open_sheet, refresh_sheet
from app.services.handover.loading import leaders_of, load_handover, load_line, shift_now, shift_of


@command(permission="handover.write")
def open_handover(
    _ctx: Context, tx: Transaction, on_date: date | None = None, template_id: TemplateId | None = None
) -> Outcome:
    """Open a shift's sheet, or bring it up to date; without a date that of the shift that runs now.

    Raises:
        RuleViolation: `handover.no_shift_now`, `handover.too_early`.
        NotFound: `roster.shift_not_found`.
    """
    shift = (
        shift_now(tx, tx.now)
        if on_date is None or template_id is None
        else shift_of(tx, on_date, template_id)
    )
    if shift is None:
        raise RuleViolation("handover.no_shift_now")
    return Outcome(open_sheet(tx, shift))


@command(permission="handover.write")
def refresh_handover(_ctx: Context, tx: Transaction, handover_id: int) -> Outcome:
    """Bring a draft up to date: new facts come, those no longer true are settled; touched lines stay.

    Raises:
        NotFound: `handover.not_found`.
        RuleViolation: `handover.signed_already`.
    """
    handover = load_handover(tx, handover_id)
    if handover.state is not HandoverState.DRAFT:
        raise RuleViolation("handover.signed_already")
    refresh_sheet(tx, handover)
    return Outcome(handover_id, handover.version)


@command(permission="handover.write")
def write_remarks(ctx: Context, tx: Transaction, handover_id: int, text: str, *, version: int) -> Outcome:
    """Write what the outgoing leader says to the sheet as a whole; "" takes it away.

    Raises:
        RuleViolation: `handover.signed_already`.
        BadInput: `handover.too_long`.
        NotFound, StaleRecord: as every edit.
    """
    handover = load_handover(tx, handover_id)
    if handover.state is not HandoverState.DRAFT:
        raise RuleViolation("handover.signed_already")
    kept = rules.check_length(text)
    new = tx.update_versioned("handover", handover_id, version, {"remarks": kept})
    tx.announce(HandoverChanged(frozenset({handover_id})))
    back = partial(write_remarks, ctx, handover_id, handover.remarks, version=new)
    return Outcome(handover_id, new, Undo("handover.undo.remarks", back))


@command(permission="handover.write")
def write_note(ctx: Context, tx: Transaction, line_id: int, text: str, *, version: int) -> Outcome:
    """Write the outgoing leader's note to a line; "" takes it away.

    Raises:
        RuleViolation: `handover.signed_already`, `handover.closed`.
        BadInput: `handover.too_long`.
        NotFound, StaleRecord: as every edit.
    """
    line, handover_id = load_line(tx, line_id)
    if _state_of(tx, handover_id) is not HandoverState.DRAFT:
        raise RuleViolation("handover.signed_already")
    new = _write(tx, handover_id, line_id, version, {"note": rules.check_length(text)})
    back = partial(write_note, ctx, line_id, line.note, version=new)
    return Outcome(line_id, new, Undo("handover.undo.noted", back))


@command(permission="handover.write")
def tick_lines(
    ctx: Context, tx: Transaction, lines: Sequence[tuple[int, int]], *, is_ticked: bool
) -> Outcome:
    """Tick lines as taken over, or take the ticks back. `lines` are ids with the version that was seen.

    A line that was asked about goes back to its question, answered or not.

    Raises:
        RuleViolation: `handover.closed`; `handover.own_side`, for whoever hands over.
        NotFound, StaleRecord: as every edit.
    """
    undone: list[tuple[int, int]] = []
    for line_id, version in lines:
        line, handover_id = load_line(tx, line_id)
        _check_incoming(ctx, tx, handover_id)
        if (line.state is LineState.TICKED) == is_ticked:
            continue
        state = LineState.TICKED if is_ticked else _before(line)
        new = _write(tx, handover_id, line_id, version, _state_values(ctx, tx, state))
        undone.append((line_id, new))
    back = partial(tick_lines, ctx, tuple(undone), is_ticked=not is_ticked)
    code = "handover.undo.ticked" if is_ticked else "handover.undo.unticked"
    only = undone[0] if len(undone) == 1 else (None, None)
    return Outcome(only[0], only[1], Undo(code, back, {"count": len(undone)}) if undone else None)


@command(permission="handover.write")
def ask_back(ctx: Context, tx: Transaction, line_id: int, question: str, *, version: int) -> Outcome:
    """Ask the outgoing leader about a line; until that is answered nobody takes over.

    Raises:
        RuleViolation: `handover.closed`, `handover.own_side`.
        BadInput: `handover.question_missing`, `handover.too_long`.
        NotFound, StaleRecord: as every edit.
    """
    line, handover_id = load_line(tx, line_id)
    _check_incoming(ctx, tx, handover_id)
    kept = rules.check_length(question)
    if not kept:
        raise BadInput("handover.question_missing")
    values = {
        "question": kept,
        "answer": "",
        "body": rules.canonical({**line.body, "asked": _who(ctx, tx)}),
        **_state_values(ctx, tx, LineState.ASKED),
    }
    new = _write(tx, handover_id, line_id, version, values)
    back = partial(_take_back_question, ctx, line_id, version=new)
    return Outcome(line_id, new, Undo("handover.undo.asked", back))


@command(permission="handover.write")
def answer(ctx: Context, tx: Transaction, line_id: int, text: str, *, version: int) -> Outcome:
    """Answer what the incoming leader asked; the line can be ticked, or asked about again.

    Raises:
        RuleViolation: `handover.closed`, `handover.not_asked`.
        BadInput: `handover.answer_missing`, `handover.too_long`.
        NotFound, StaleRecord: as every edit.
    """
    line, handover_id = load_line(tx, line_id)
    rules.check_open(_state_of(tx, handover_id))
    if not line.question:
        raise RuleViolation("handover.not_asked")
    kept = rules.check_length(text)
    if not kept:
        raise BadInput("handover.answer_missing")
    values = {
        "answer": kept,
        "body": rules.canonical({**line.body, "answered": _who(ctx, tx)}),
        **_state_values(ctx, tx, LineState.ANSWERED),
    }
    return Outcome(line_id, _write(tx, handover_id, line_id, version, values))


@command(permission="handover.write")
def _take_back_question(ctx: Context, tx: Transaction, line_id: int, *, version: int) -> Outcome:
    line, handover_id = load_line(tx, line_id)
    _check_incoming(ctx, tx, handover_id)
    body = {key: value for key, value in line.body.items() if key != "asked"}
    values = {
        "question": "",
        "answer": "",
        "body": rules.canonical(body),
        **_state_values(ctx, tx, LineState.OPEN),
    }
    new = _write(tx, handover_id, line_id, version, values)
    back = partial(ask_back, ctx, line_id, line.question, version=new)
    return Outcome(line_id, new, Undo("handover.undo.asked", back))


def _before(line: Line) -> LineState:
    if line.answer:
        return LineState.ANSWERED
    return LineState.ASKED if line.question else LineState.OPEN


def _state_values(ctx: Context, tx: Transaction, state: LineState) -> dict[str, Any]:
    is_ticked = state is LineState.TICKED
    return {
        "state": state.value,
        "ticked_by_id": ctx.actor.person_id if is_ticked else None,
        "ticked_at": tx.now_micros if is_ticked else None,
    }


def _who(ctx: Context, tx: Transaction) -> dict[str, Any]:
    return {"by": ctx.actor.name, "by_alt": ctx.actor.name_alt, "at": tx.now_micros}


def _write(tx: Transaction, handover_id: int, line_id: int, version: int, values: dict[str, Any]) -> int:
    new = tx.update_versioned("handover_line", line_id, version, values)
    tx.announce(HandoverChanged(frozenset({handover_id})))
    return new


def _state_of(tx: Transaction, handover_id: int) -> HandoverState:
    """Return a handover's state, and keep it from being closed until this transaction is over."""
    tx.execute("UPDATE handover SET opened_at = opened_at WHERE id = ?", (handover_id,))
    return HandoverState(tx.value("SELECT state FROM handover WHERE id = ?", (handover_id,)))


def _check_incoming(ctx: Context, tx: Transaction, handover_id: int) -> None:
    """Refuse to tick or ask for whoever hands over: the one who signed, before that the shift's leader."""
    state = _state_of(tx, handover_id)
    rules.check_open(state)
    row = tx.one("SELECT out_by_id, on_date, template_id FROM handover WHERE id = ?", (handover_id,))
    if row is None or ctx.actor.person_id is None:
        return
    if row[0] is not None:
        handing_over: set[PersonId] = {PersonId(row[0])}
    else:
        shift = shift_of(tx, date.fromisoformat(row[1]), TemplateId(row[2]))
        handing_over = {leader.person_id for leader in leaders_of(tx, shift)}
    if ctx.actor.person_id in handing_over:
        raise RuleViolation("handover.own_side")

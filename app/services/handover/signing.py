"""A signature from password or PIN to the frozen record. Hashing and drawing happen outside transactions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.models.entities.errors import RuleViolation, StaleRecord
from app.models.entities.events import HandoverChanged
from app.models.entities.handover import Handover, HandoverState, Side, Signature
from app.models.entities.ids import PersonId
from app.models.entities.instants import from_micros, to_micros
from app.models.transactions import Reader, Transaction
from app.services.base.command import command, query
from app.services.base.context import Context
from app.services.base.undo import Outcome, Undo
from app.services.handover import rules
from app.services.handover.loading import load_handover
from app.services.handover.pins import prove_signer
from app.services.handover.recording import record_of
from app.services.handover.telling import settle_signed, tell_signed

Draw = Callable[[Mapping[str, Any]], bytes]
"""Makes the paper of a record; the same record gives the same bytes."""

_BOOK = "handover_book"
_COUNTER = "handover"
_TRIES = 3
_LONGEST_DRAWING = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record ready to be drawn and kept."""

    record: str
    number: int


def sign_out(
    ctx: Context, handover_id: int, person_id: PersonId, secret: str, *, version: int, reason: str = ""
) -> Outcome:
    """Sign a sheet as the one who hands over; from then on its facts stand still.

    Raises:
        RuleViolation: what `pins.prove_signer` and `rules.check_signer` raise, `handover.signed_already`,
            `handover.too_early`.
        BadInput: `handover.too_long`.
        NotFound, StaleRecord: as every edit.
    """
    signer = prove_signer(ctx, person_id, secret)
    return _put_out(signer, handover_id, version=version, reason=reason)


def sign_in(
    ctx: Context,
    handover_id: int,
    person_id: PersonId,
    secret: str,
    *,
    version: int,
    draw: Draw,
    reason: str = "",
) -> Outcome:
    """Sign a sheet as the one who takes over: it is closed, drawn and sealed into the book.

    Raises:
        RuleViolation: what `pins.prove_signer`, `rules.check_signer` and `rules.check_may_close` raise.
        BadInput: `handover.too_long`.
        NotFound, StaleRecord: as every edit; somebody changed a line while the paper was drawn.
    """
    signer = prove_signer(ctx, person_id, secret)
    for left in reversed(range(_TRIES)):
        prepared = _prepare(signer, handover_id, version=version, reason=reason)
        paper = draw(json.loads(prepared.record))
        try:
            return _close(signer, handover_id, version=version, prepared=prepared, paper=paper, reason=reason)
        except StaleRecord as error:
            # Another shift's handover was closed meanwhile: this one now continues that.
            if error.params.get("entity") != _BOOK or not left:
                raise
    raise StaleRecord(_BOOK, handover_id)


@command(permission="handover.write")
def take_back_signature(_ctx: Context, tx: Transaction, handover_id: int, *, version: int) -> Outcome:
    """Take the outgoing signature back, so that the sheet can be mended; not once it is closed.

    Raises:
        RuleViolation: `handover.closed`, `handover.not_signed`.
        NotFound, StaleRecord: as every edit.
    """
    handover = load_handover(tx, handover_id)
    rules.check_open(handover.state)
    if handover.out is None:
        raise RuleViolation("handover.not_signed")
    values = {"state": HandoverState.DRAFT.value, "out_by_id": None, "out_at": None, "out_reason": ""}
    new = tx.update_versioned("handover", handover_id, version, values)
    tx.announce(HandoverChanged(frozenset({handover_id})))
    settle_signed(tx, handover)
    return Outcome(handover_id, new)


@command(permission="roster.read")
def _put_out(ctx: Context, tx: Transaction, handover_id: int, *, version: int, reason: str) -> Outcome:
    handover = load_handover(tx, handover_id)
    if handover.state is not HandoverState.DRAFT:
        raise RuleViolation("handover.signed_already")
    kept = _checked(ctx, handover, Side.OUT, reason)
    values = {
        "state": HandoverState.SIGNED_OUT.value,
        "out_by_id": ctx.actor.person_id,
        "out_at": tx.now_micros,
        "out_reason": kept,
    }
    new = tx.update_versioned("handover", handover_id, version, values)
    tx.announce(HandoverChanged(frozenset({handover_id})))
    tell_signed(tx, handover, ctx.actor.person_id or PersonId(0))

    def back() -> Outcome:
        return take_back_signature(ctx, handover_id, version=new)

    return Outcome(handover_id, new, Undo("handover.undo.signed", back))


@query(permission="roster.read")
def _prepare(ctx: Context, read: Reader, handover_id: int, *, version: int, reason: str) -> Prepared:
    handover = load_handover(read, handover_id)
    if handover.version != version:
        raise StaleRecord("handover", handover_id)
    rules.check_open(handover.state)
    rules.check_may_close(handover.state, handover.lines)
    kept = _checked(ctx, handover, Side.IN, reason)
    number, previous = _end_of_book(read)
    taken = _signature(ctx, ctx.clock.now(), kept)
    record = record_of(read, handover, number=number, previous_sha256=previous, taken=taken)
    return Prepared(rules.canonical(record), number)


@command(permission="roster.read")
def _close(
    ctx: Context,
    tx: Transaction,
    handover_id: int,
    *,
    version: int,
    prepared: Prepared,
    paper: bytes,
    reason: str,
) -> Outcome:
    # The row is locked first: whoever ticks a line waits for it, and finds the handover closed.
    tx.execute("UPDATE handover SET opened_at = opened_at WHERE id = ?", (handover_id,))
    handover = load_handover(tx, handover_id)
    rules.check_open(handover.state)
    rules.check_may_close(handover.state, handover.lines)
    kept = _checked(ctx, handover, Side.IN, reason)
    number = tx.next_number(_COUNTER)
    _last, previous = _end_of_book(tx)
    if number != prepared.number or previous != _previous_of(prepared):
        raise StaleRecord(_BOOK, handover_id)
    signed_at = _signed_at(prepared)
    taken = _signature(ctx, signed_at, kept)
    record = rules.canonical(record_of(tx, handover, number=number, previous_sha256=previous, taken=taken))
    if record != prepared.record or abs(tx.now - signed_at) > _LONGEST_DRAWING:
        raise StaleRecord("handover", handover_id)
    paper_sha256 = rules.digest(paper)
    tx.execute(
        "INSERT INTO attachment_body (sha256, body) VALUES (?, ?) ON CONFLICT (sha256) DO NOTHING",
        (paper_sha256, paper),
    )
    values = {
        "state": HandoverState.CLOSED.value,
        "in_by_id": ctx.actor.person_id,
        "in_at": to_micros(signed_at),
        "in_reason": kept,
        "number": number,
        "record": record,
        "previous_sha256": previous,
        "paper_sha256": paper_sha256,
        "sha256": rules.chain_hash(previous, record, paper_sha256),
    }
    new = tx.update_versioned("handover", handover_id, version, values)
    tx.announce(HandoverChanged(frozenset({handover_id})))
    settle_signed(tx, handover)
    return Outcome(handover_id, new)


def _checked(ctx: Context, handover: Handover, side: Side, reason: str) -> str:
    """Return the reason as it is kept: none where the rostered supervisor signs."""
    leaders = handover.leaders if side is Side.OUT else handover.next_leaders
    named = {leader.person_id for leader in leaders}
    signer = ctx.actor.person_id
    if signer is None:
        raise RuleViolation("handover.no_account")
    rules.check_signer(
        side,
        signer,
        named,
        out_by=None if handover.out is None else handover.out.person_id,
        may_write=ctx.actor.may("handover.write"),
        reason=reason,
    )
    return "" if signer in named else rules.check_length(reason, rules.LONGEST_REASON)


def _signature(ctx: Context, at: datetime, reason: str) -> Signature:
    return Signature(ctx.actor.person_id or PersonId(0), ctx.actor.name, ctx.actor.name_alt, at, reason)


def _end_of_book(read: Reader) -> tuple[int, str]:
    """Return the number the next record gets, and the hash it continues."""
    counted = read.value("SELECT value FROM counter WHERE name = ?", (_COUNTER,))
    last = read.value("SELECT sha256 FROM handover WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1")
    return int(counted or 0) + 1, last or ""


def _previous_of(prepared: Prepared) -> str:
    return str(json.loads(prepared.record)["previous"])


def _signed_at(prepared: Prepared) -> datetime:
    return from_micros(json.loads(prepared.record)["in"]["at"])

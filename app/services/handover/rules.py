"""When a sheet is due, what a second look changes, who may sign, and what chains the book. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from app.models.entities.errors import BadInput, RuleViolation
from app.models.entities.handover import Changes, Fact, HandoverState, Line, LineState, Section, Side
from app.models.entities.ids import PersonId
from app.models.entities.roster import ShiftAt
from app.services.search.tokens import norm

DRAFT_LEAD = timedelta(minutes=20)
"""How long before its end a shift's sheet is written."""
SHORTEST_PIN, LONGEST_PIN = 4, 8
LONGEST_NOTE = 2_000
LONGEST_REASON = 500
_ORDER = {section: place for place, section in enumerate(Section)}
_FORMAT = "firstline handover 1"


def is_draft_due(shift: ShiftAt, now: datetime) -> bool:
    """Tell whether a shift's sheet should be there at `now`."""
    return now >= shift.ends_at - DRAFT_LEAD


# --- the sheet and the facts -------------------------------------------------------------------------


def one_per_ticket(facts: Iterable[Fact]) -> list[Fact]:
    """Return each thing once, under the first section it belongs to; "also" in its body names the others."""
    first: dict[str, Fact] = {}
    also: dict[str, list[str]] = {}
    for fact in sorted(facts, key=lambda each: _ORDER[each.section]):
        if fact.reference in first:
            also[fact.reference].append(fact.section.value)
        else:
            first[fact.reference] = fact
            also[fact.reference] = []
    return [
        Fact(one.section, one.reference, {**one.body, "also": also[one.reference]})
        if also[one.reference]
        else one
        for one in first.values()
    ]


def merge(lines: Sequence[Line], facts: Sequence[Fact]) -> Changes:
    """Return what a fresh look at the facts changes on a sheet; each thing is there once among the facts.

    A line nobody has answered yet follows the facts, even to another section. One that was ticked or asked
    about stays as it was seen; if the thing has got a graver side since, that is a new line. What is no
    longer true is settled, and what is true again is not.
    """
    by_reference: dict[str, list[Line]] = {}
    for each in lines:
        by_reference.setdefault(each.reference, []).append(each)
    added: list[Fact] = []
    updated: list[tuple[Line, Fact]] = []
    for fact in facts:
        known = by_reference.pop(fact.reference, [])
        line = _line_for(fact, known)
        if line is not None and _differs(line, fact):
            updated.append((line, fact))
        elif line is None and not any(fact.section.value in _sides(one) for one in known):
            added.append(fact)
    gone = [one for rest in by_reference.values() for one in rest if not one.is_settled]
    return Changes(tuple(added), tuple(updated), tuple(gone))


def _line_for(fact: Fact, known: Sequence[Line]) -> Line | None:
    same = next((line for line in known if line.section is fact.section), None)
    return same or next((line for line in known if line.state is LineState.OPEN), None)


def _differs(line: Line, fact: Fact) -> bool:
    if line.is_settled:
        return True
    if line.state is not LineState.OPEN:
        return False
    facts_of = {key: value for key, value in line.body.items() if key not in _BY_PEOPLE}
    return line.section is not fact.section or facts_of != dict(fact.body)


_BY_PEOPLE = frozenset({"settled_at", "asked", "answered"})


def body_of(line: Line | None, fact: Fact) -> dict[str, Any]:
    """Return what a line says after a look: the fact, with what people did kept; touched lines stay."""
    if line is None:
        return dict(fact.body)
    if line.state is not LineState.OPEN:
        return {key: value for key, value in line.body.items() if key != "settled_at"}
    kept = {key: line.body[key] for key in ("asked", "answered") if key in line.body}
    return {**fact.body, **kept}


def _sides(line: Line) -> set[str]:
    return {line.section.value, *line.body.get("also", ())}


# --- signing -----------------------------------------------------------------------------------------


def check_open(state: HandoverState) -> None:
    """Refuse to touch what is closed. RuleViolation `handover.closed`."""
    if state is HandoverState.CLOSED:
        raise RuleViolation("handover.closed")


def check_signer(
    side: Side,
    signer: PersonId,
    leaders: Collection[PersonId],
    *,
    out_by: PersonId | None,
    may_write: bool,
    reason: str,
) -> None:
    """Refuse a signature of somebody who may not give it.

    `leaders` are the duty supervisors of that side's shift by the roster. Anybody else needs the right to
    write handovers and a reason why the supervisor does not sign.

    Raises:
        RuleViolation: `handover.same_person`, `handover.not_leader`, `handover.reason_missing`.
    """
    if side is Side.IN and signer == out_by:
        raise RuleViolation("handover.same_person")
    if signer in leaders:
        return
    if not may_write:
        raise RuleViolation("handover.not_leader")
    if not reason.strip():
        raise RuleViolation("handover.reason_missing")


def check_may_close(state: HandoverState, lines: Sequence[Line]) -> None:
    """Refuse the incoming signature while the outgoing one or an answer is missing.

    Raises:
        RuleViolation: `handover.out_first`; `handover.asked_open` with `count`; `handover.lines_open` with
            `count`.
    """
    if state is not HandoverState.SIGNED_OUT:
        raise RuleViolation("handover.out_first")
    if asked := sum(line.state is LineState.ASKED for line in lines):
        raise RuleViolation("handover.asked_open", count=asked)
    if still := sum(not line.is_done for line in lines):
        raise RuleViolation("handover.lines_open", count=still)


def is_pin(secret: str) -> bool:
    """Tell whether what was typed is a PIN: no password is that short."""
    return secret.isascii() and secret.isdigit() and SHORTEST_PIN <= len(secret) <= LONGEST_PIN


def check_pin(pin: str) -> None:
    """Refuse a PIN that is none or is guessed at once.

    Raises:
        BadInput: `handover.pin_form`, `handover.pin_simple` (one digit repeated, or a row such as 1234).
    """
    if not is_pin(pin):
        raise BadInput("handover.pin_form", shortest=SHORTEST_PIN, longest=LONGEST_PIN)
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        raise BadInput("handover.pin_simple")


def check_length(text: str, longest: int = LONGEST_NOTE) -> str:
    """Return a text trimmed, which may be empty. BadInput `handover.too_long`."""
    # What no database takes would make the record and its columns differ.
    kept = text.encode("utf-8", "replace").decode().replace("\0", " ").strip()
    if len(kept) > longest:
        raise BadInput("handover.too_long", longest=longest)
    return kept


# --- the book ----------------------------------------------------------------------------------------


def canonical(record: Mapping[str, Any]) -> str:
    """Return a record as the one text it is kept, hashed and drawn from: JSON with sorted keys."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: bytes | str) -> str:
    """Return the SHA-256 of bytes, or of a text as UTF-8, in hexadecimal."""
    # Halves of surrogate pairs never reach a stored record; a draft drawn from a typed text may hold them.
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def chain_hash(previous: str, record: str, paper_sha256: str) -> str:
    """Return what seals a record: over the hash before it, the record's text and its paper."""
    return digest("\n".join((_FORMAT, previous, digest(record), paper_sha256)))


def has_words(texts: Iterable[str], asked: str) -> bool:
    """Tell whether every word of `asked` occurs in a text, whatever its case, width or script."""
    words = norm(asked).split()
    folded = norm("\n".join(texts))
    return all(word in folded for word in words)


def words_in(value: Any) -> Iterable[str]:
    """Yield every text inside a JSON value, for `has_words`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from words_in(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from words_in(each)

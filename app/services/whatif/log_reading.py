"""Reading a ticket's stored log into its life: what no document could make count is forgotten. Pure."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from app.models.entities.ids import PersonId
from app.models.entities.sla import ContactKind, Promise
from app.models.entities.tickets import (
    ENDED_WITHOUT_WORK,
    OPEN_STATUSES,
    Channel,
    EventKind,
    PrioritySource,
    TicketStatus,
    TicketType,
)
from app.services.calendars.openings import EPOCH
from app.services.sla.stretches import LIVE_CHANNELS, MANUAL_DUE_FIELD
from app.services.whatif.hours import seconds_of
from app.services.whatif.lives import (
    ACTIVE,
    CONTACT_BITS,
    CONTACTS,
    DONE,
    ENDED,
    FACTS,
    FROM_MACHINE,
    MOVES,
    PROMISED,
    REASON_SHIFT,
    STATE,
    WAITING,
    Era,
    Facts,
    Life,
    Line,
)

_STATES = {
    **dict.fromkeys((status.value for status in TicketStatus), DONE),
    **dict.fromkeys((status.value for status in OPEN_STATUSES), ACTIVE),
    **dict.fromkeys((status.value for status in ENDED_WITHOUT_WORK), ENDED),
    TicketStatus.WAITING.value: WAITING,
}
_TYPES = {kind.value: kind for kind in TicketType}
# The desk's words are read whether or not they are ticked as an answer: news of the ticket is due by them.
_CONTACT_KINDS = (EventKind.REPLY, EventKind.CALL, EventKind.CONFIRMATION)
_CONTACT_OF_KIND = {kind.value: MOVES | CONTACT_BITS[ContactKind(kind.value)] for kind in _CONTACT_KINDS}
_FACT_FIELDS = frozenset(
    {"type", "impact", "urgency", "priority", "priority_source", "service_id", "category_id", "requester_id"}
)
_REASON_FIELD = "waiting_reason_id"
_MOVE_KINDS = frozenset({"created", "status", "imported"})
_NO_DETAIL: Mapping[str, Any] = {}
_Change = tuple[str, str | None]  # which field, and what it was before
# What has to be read of a ticket's log, for whoever writes the query; promises only of open tickets.
READ_KINDS = (EventKind.CREATED, EventKind.STATUS, EventKind.IMPORTED, EventKind.NOTE, *_CONTACT_KINDS)
READ_FIELDS = (*sorted(_FACT_FIELDS), _REASON_FIELD, "team_id", MANUAL_DUE_FIELD)


class LifeReader:
    """Makes lives from stored rows; keeps one object of what repeats itself from ticket to ticket."""

    def __init__(self) -> None:
        self._facts: dict[Facts, Facts] = {}

    def facts(self, row: Sequence[Any]) -> Facts:
        """Return the facts of (type, impact, urgency, priority, priority source, service, category)."""
        kind, impact, urgency, priority, source, service_id, category_id = row
        is_override = source == PrioritySource.OVERRIDE.value
        return self._shared(
            Facts(_TYPES[kind], impact, urgency, priority, is_override, service_id, category_id)
        )

    def life(
        self,
        ticket_id: int,
        *,
        received_at: int,
        facts: Facts,
        requester_id: PersonId | None,
        is_open: bool,
        lines: Iterable[Line],
    ) -> Life:
        """Return a ticket's life. `lines` are those of READ_KINDS and READ_FIELDS in the order of the log."""
        log = _Log()
        for line in lines:
            log.read(line)
        return Life(
            ticket_id,
            received_at,
            received_at if log.started_at is None else log.started_at,
            array("q", _compressed(log.steps)),
            facts,
            requester_id,
            self._eras(log.changes, facts, requester_id) if log.changes else (),
            is_open,
            log.manual_due_at,
            tuple(log.promises),
        )

    def _eras(
        self, changes: Sequence[Sequence[_Change]], facts: Facts, requester_id: PersonId | None
    ) -> tuple[Era, ...]:
        """Return what held before each change: the log keeps what it overwrote, so the way leads back."""
        eras = []
        for change in reversed(changes):
            for name, old in reversed(change):
                if name == "requester_id":
                    requester_id = PersonId(int(old)) if old else None
                else:
                    facts = _before(facts, name, old)
            facts = self._shared(facts)
            eras.append(Era(facts, requester_id))
        return tuple(reversed(eras))

    def _shared(self, facts: Facts) -> Facts:
        return self._facts.setdefault(facts, facts)


class _Log:
    """Walks the lines of one ticket and writes its steps down; reads as `sla.stretches` does."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, int]] = []
        self.changes: list[list[_Change]] = []
        self.promises: list[Promise] = []
        self.started_at: int | None = None
        self.manual_due_at: int | None = None
        self._state = ACTIVE
        self._reason = 0
        self._is_from_machine = False
        self._received_at: int | None = None

    def read(self, line: Line) -> None:
        _, micros, kind, name, old, new, text = line
        at = micros // 1_000_000
        if kind == "changed":
            code = self._changed(at, name or "", old, new)
        elif kind == "promised":
            self.promises.append(Promise.from_dict(json.loads(text or "{}")))
            code = PROMISED
        else:
            code = self._happened(kind, new, text)
        if not self.steps:
            code |= MOVES  # the first line starts the clocks, whatever it says
            self.started_at = at if self._received_at is None else min(self._received_at, at)
        if code:
            reason = self._reason << REASON_SHIFT if self._state == WAITING else 0
            self.steps.append((at, code | self._state | reason))

    def _changed(self, at: int, name: str, old: str | None, new: str | None) -> int:
        if name in _FACT_FIELDS:
            last = self.steps[-1] if self.steps else None
            if last is not None and last[0] == at and last[1] & FACTS:
                self.changes[-1].append((name, old))  # of the same moment: one new promise follows from both
                return 0
            self.changes.append([(name, old)])
            return FACTS
        if name == _REASON_FIELD:
            self._reason = int(new) if new else 0
        elif name == MANUAL_DUE_FIELD:
            self.manual_due_at = _seconds(new) if new else None
        return MOVES

    def _happened(self, kind: str, new: str | None, text: str | None) -> int:
        detail = _NO_DETAIL
        # Most details say nothing of this; reading them all would take longer than everything else.
        if text is not None and (
            kind == "created" or '"waiting_reason_id"' in text or '"by"' in text or '"public"' in text
        ):
            detail = json.loads(text)
        if kind not in _MOVE_KINDS:
            return self._contact(kind, new, detail)
        if kind == "created":
            received = detail.get("received_at")
            self._received_at = _seconds(received) if isinstance(received, str) else None
        self._state = _STATES.get(new or "", self._state)
        if _REASON_FIELD in detail:
            self._reason = int(detail[_REASON_FIELD] or 0)
        return MOVES | self._contact(kind, new, detail)

    def _contact(self, kind: str, new: str | None, detail: Mapping[str, Any]) -> int:
        if detail.get("by", "desk") != "desk":
            return 0
        if kind == "created":
            is_machine = detail.get("channel") == Channel.MONITORING
            self._is_from_machine = is_machine and not detail.get("requester_id")
            return CONTACT_BITS[ContactKind.LIVE_CHANNEL] if detail.get("channel") in LIVE_CHANNELS else 0
        if kind == "note":
            return MOVES | CONTACT_BITS[ContactKind.PUBLIC_NOTE] if detail.get("public") else 0
        if kind in _CONTACT_OF_KIND:
            return _CONTACT_OF_KIND[kind]
        if new != TicketStatus.IN_PROGRESS:
            return 0
        return CONTACT_BITS[ContactKind.START] | (FROM_MACHINE if self._is_from_machine else 0)


def _compressed(steps: Sequence[tuple[int, int]]) -> Iterable[int]:
    """Leave out the steps that cannot matter, and yield the others' pairs one number after the other.

    Where instants go back, every step counts: the latest one seen so far holds for those behind it.
    """
    if any(later[0] < earlier[0] for earlier, later in pairwise(steps)):
        yield from (number for step in steps for number in step)
        return
    known, state, is_over = 0, -1, False
    for at, code in steps:
        now = code & ~(MOVES | FACTS | PROMISED | CONTACTS)
        # The first contact of each kind decides; none does any more once the ticket is done.
        contact = 0 if is_over else code & CONTACTS & ~known
        flags = code & (FACTS | PROMISED)
        if now != state:
            flags |= MOVES
        if flags or contact:
            yield at
            yield now | flags | contact
        known |= contact
        state = now
        is_over = is_over or (now & STATE) >= DONE


def _before(facts: Facts, name: str, old: str | None) -> Facts:
    """Return the facts as they were before a line of the log changed one of them."""
    values: dict[str, Any] = facts._asdict()
    if name == "type":
        values["type"] = _TYPES.get(old or "", facts.type)
    elif name == "priority_source":
        values["is_override"] = old == PrioritySource.OVERRIDE.value
    elif old:
        values[name] = int(old)
    elif name in {"service_id", "category_id"}:
        values[name] = None
    return Facts(**values)


def _seconds(text: str) -> int:
    return seconds_of(datetime.fromisoformat(text) - EPOCH)

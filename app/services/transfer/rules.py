"""From the rows of one incident to facts: its events, what it came to, and what was odd about it. Pure.

History enters as it was recorded. Nothing is corrected, no gate is asked; what is strange is counted.
Values are display names ("Group 70"); giving them ids is the command's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from string import Template
from typing import NamedTuple

from app.models.entities.tickets import Channel, EventKind, Move, TicketStatus, WaitingKind
from app.models.entities.transfer import Oddity, RowNote, RowRefused
from app.services.transfer.reading import SourceRow
from app.services.transfer.updates import Parser, Update, Value

# As many as one transaction may write.
MOST_ROWS = 5_000
LONGEST_SUBJECT = 250
LONGEST_CODE = 32
_DASH = "–"
_CATEGORY = "category_"
_DONE = frozenset({TicketStatus.RESOLVED, TicketStatus.CLOSED})
_MOVE_INTO = {
    TicketStatus.ASSIGNED: Move.ASSIGN,
    TicketStatus.WAITING: Move.WAIT,
    TicketStatus.RESOLVED: Move.RESOLVE,
    TicketStatus.CLOSED: Move.CLOSE,
    TicketStatus.CANCELLED: Move.CANCEL,
    TicketStatus.OUT_OF_SCOPE: Move.OUT_OF_SCOPE,
    TicketStatus.DUPLICATE: Move.DUPLICATE,
}
_MOVE_BACK_FROM = {
    TicketStatus.WAITING: Move.RESUME,
    TicketStatus.RESOLVED: Move.REFUSE,
    TicketStatus.CLOSED: Move.REOPEN,
}


class EventFact(NamedTuple):
    """One event as recorded. Events of one row share `batch`, the beginning of the row's hash."""

    batch: str
    at: datetime
    actor: str | None
    kind: EventKind
    field: str | None
    old: Value
    new: Value
    detail: dict[str, object]


@dataclass(slots=True)
class State:
    """Where an incident stands: the projection of all rows so far."""

    status: TicketStatus = TicketStatus.NEW
    waiting: WaitingKind | None = None
    facts: dict[str, Value] = field(default_factory=dict)  # see Parser.facts
    responded_at: datetime | None = None
    resolved_move_at: datetime | None = None
    closed_move_at: datetime | None = None
    reopened: int = 0  # as the moves say; a recorded count goes before it


@dataclass(frozen=True, slots=True)
class History:
    """All that the rows of one incident say. `rows` holds line and hash of each row taken."""

    incident: str
    rows: tuple[tuple[int, str], ...]
    events: tuple[EventFact, ...]
    state: State
    opening: Mapping[str, Value]  # the facts before the first event was told
    reopened: int
    channel: Channel
    impact: int
    urgency: int
    recorded_priority: int | None
    opened_by: str | None
    resolution_code: str
    subject: str
    description: str
    received_at: datetime
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    notes: tuple[RowNote, ...]
    oddities: tuple[Oddity, ...]


def incidents(
    parser: Parser, rows: Iterable[SourceRow | RowRefused], longest: int = MOST_ROWS
) -> Iterator[tuple[list[Update], list[RowRefused]]]:
    """Gather rows that follow each other and belong to one incident, with the refusals among them.

    An incident whose rows are scattered, or more than `longest`, comes out in several pieces. The last
    piece may hold refusals only.
    """
    together: list[Update] = []
    refused: list[RowRefused] = []
    for row in rows:
        update = row if isinstance(row, RowRefused) else parser.parse(row)
        if isinstance(update, RowRefused):
            refused.append(update)
            continue
        if together and (update.incident != together[0].incident or len(together) >= longest):
            yield together, refused
            together, refused = [], []
        together.append(update)
    if together or refused:
        yield together, refused


def history_of(parser: Parser, updates: Sequence[Update], before: State | None = None) -> History:
    """Tell the story of one incident from its rows in file order.

    `before` is where the incident stood when earlier rows of it were imported; it is changed in place.
    Without it the first row makes the ticket: `created` when it was opened, then a move if it was already
    further on. A row that changes nothing we know is still an event, so that no update is lost.
    Times of solution and closing are taken as recorded, and only where the last state says so: the source
    fills them in on every row with hindsight.
    """
    story = _Story(parser, before)
    for update in updates:
        story.tell(update)
    state, last = story.state, updates[-1].values
    received_at = updates[-1].opened_at
    resolved_at, closed_at = _ends(parser, state, last)
    recorded_reopened = parser.number("reopened", last)
    return History(
        incident=updates[-1].incident,
        rows=tuple([(update.line, update.digest) for update in updates]),
        events=tuple(story.events),
        state=state,
        opening=story.opening,
        reopened=state.reopened if recorded_reopened is None else recorded_reopened,
        channel=parser.channel(last),
        impact=parser.level("impact", last) or 0,
        urgency=parser.level("urgency", last) or 0,
        recorded_priority=parser.level("priority", last),
        opened_by=story.name("opened_by", parser.word("opened_by", last)),
        resolution_code=(story.name("resolution_code", parser.word("resolution_code", last)) or "")[
            :LONGEST_CODE
        ],
        subject=story.text(parser.mapping.subject, updates[-1])[:LONGEST_SUBJECT],
        description=story.text(parser.mapping.description, updates[-1]),
        received_at=received_at,
        created_at=parser.time("created_at", last) or received_at,
        updated_at=max(update.at for update in updates),
        resolved_at=resolved_at,
        closed_at=closed_at,
        notes=tuple(story.notes),
        oddities=tuple(_oddities(updates, state.status in _DONE and resolved_at is None)),
    )


class _Story:
    """Walks the rows of one incident and writes down what each one changed."""

    def __init__(self, parser: Parser, before: State | None) -> None:
        self.parser = parser
        self.state = before or State()
        self.events: list[EventFact] = []
        self.notes: list[RowNote] = []
        self.opening: Mapping[str, Value] = self.state.facts
        self._is_new = before is None
        self._tracked: tuple[str, ...] | None = None
        self._kept: tuple[str, ...] | None = None

    def name(self, field_name: str, word: str | None) -> str | None:
        return self.parser.display(field_name, word)

    def tell(self, update: Update) -> None:
        actor = self.name("updated_by", self.parser.word("updated_by", update.values))
        detail: dict[str, object] = {"line": update.line}
        kept = self._news_kept(update)
        if kept:
            detail["kept"] = kept
        before = len(self.events)
        if self._is_new and not self.events:
            self._open(update, detail)
            detail = {"line": update.line}
        self._move(update, actor, detail)
        self._changes(update, actor)
        if len(self.events) == before:
            self._add(update, actor, EventKind.IMPORTED, None, None, None, detail)

    def text(self, template: Template, update: Update) -> str:
        """Fill in one of the mapping's texts; what is not recorded stands as a dash."""
        return template.substitute({name: self._word(name, update) for name in template.get_identifiers()})

    def _word(self, name: str, update: Update) -> str:
        if name == "incident":
            return update.incident
        if name in self.parser.kept:
            word = update.values[self.parser.kept[name]].strip()
            return _DASH if word in self.parser.mapping.missing else word
        if name.startswith(_CATEGORY):
            category = self.state.facts.get("category") or ()
            depth = int(name.removeprefix(_CATEGORY))
            return category[depth - 1] if depth <= len(category) else _DASH
        return str(self.state.facts.get(name) or _DASH)

    def _open(self, update: Update, detail: dict[str, object]) -> None:
        values = update.values
        at = self.parser.time("created_at", values) or update.opened_at
        actor = self.name("opened_by", self.parser.word("opened_by", values))
        self.opening = self.state.facts = self.parser.facts(update)
        self._tracked = update.tracked
        self.events.append(
            EventFact(
                _batch(update),
                at,
                actor,
                EventKind.CREATED,
                None,
                None,
                TicketStatus.NEW,
                {"incident": update.incident, **detail},
            )
        )

    def _move(self, update: Update, actor: str | None, detail: dict[str, object]) -> None:
        state, meaning = self.state, update.state
        if meaning.status is None:
            self.notes.append(RowNote(update.line, Oddity.DAMAGED_STATE, update.state_word))
            detail["state"] = update.state_word
            return
        if meaning.status is state.status and meaning.waiting is state.waiting:
            return
        if meaning.keeps_text:
            detail["state"] = update.state_word
        if meaning.waiting:
            detail["waiting"] = meaning.waiting
        move = _move(state.status, meaning.status)
        self._add(update, actor, EventKind.IMPORTED, move, state.status, meaning.status, detail)
        if move in {Move.REFUSE, Move.REOPEN}:
            state.reopened += 1
        if state.responded_at is None and state.status is TicketStatus.NEW:
            state.responded_at = update.at
        if meaning.status is TicketStatus.RESOLVED:
            state.resolved_move_at = update.at
        elif meaning.status is TicketStatus.CLOSED:
            state.closed_move_at = update.at
        state.status, state.waiting = meaning.status, meaning.waiting

    def _changes(self, update: Update, actor: str | None) -> None:
        if update.tracked == self._tracked:
            return
        self._tracked = update.tracked
        news = self.parser.facts(update)
        for key, value in news.items():
            old = self.state.facts.get(key)
            if value != old:
                self._add(update, actor, EventKind.CHANGED, key, old, value, {"line": update.line})
        self.state.facts = news

    def _news_kept(self, update: Update) -> dict[str, str | None]:
        """Return those kept values that differ from the row before, all of them on the first row."""
        now = self.parser.kept_words(update.values)
        if now == self._kept:
            return {}
        before = self._kept or (None,) * len(now)
        self._kept = now
        missing = self.parser.mapping.missing
        changed = {
            key: None if new.strip() in missing else new.strip()
            for key, old, new in zip(self.parser.kept, before, now, strict=True)
            if new != old
        }
        is_first = before[0] is None
        return {key: word for key, word in changed.items() if word is not None or not is_first}

    def _add(
        self,
        update: Update,
        actor: str | None,
        kind: EventKind,
        name: str | None,
        old: Value,
        new: Value,
        detail: dict[str, object],
    ) -> None:
        self.events.append(EventFact(_batch(update), update.at, actor, kind, name, old, new, detail))


def _ends(parser: Parser, state: State, last: Sequence[str]) -> tuple[datetime | None, datetime | None]:
    """Return when the incident was solved and closed, as far as its state says that it was.

    A source without such a column leaves the moves to tell; one that has it is believed, even where empty.
    """
    resolved_at, closed_at = state.resolved_move_at, state.closed_move_at
    if "resolved_at" in parser.place:
        resolved_at = parser.time("resolved_at", last)
    if "closed_at" in parser.place:
        closed_at = parser.time("closed_at", last)
    return (
        resolved_at if state.status in _DONE else None,
        closed_at if state.status is TicketStatus.CLOSED else None,
    )


def _batch(update: Update) -> str:
    return update.digest[:32]


def _move(old: TicketStatus, new: TicketStatus) -> Move | None:
    """Return what was done to get from one state to the other; no move of ours makes a ticket new again."""
    if new is TicketStatus.NEW:
        return None
    return _MOVE_INTO.get(new) or _MOVE_BACK_FROM.get(old, Move.START)


def _oddities(updates: Sequence[Update], lacks_resolved_at: bool) -> Iterator[Oddity]:
    counts = [update.update_count for update in updates if update.update_count is not None]
    if len(set(counts)) < len(counts):
        yield Oddity.REPEATED_UPDATE
    if any(later < earlier for earlier, later in pairwise(counts)):
        yield Oddity.OUT_OF_ORDER
    in_order = sorted(updates, key=lambda update: update.update_count or 0)
    if any(later.at < earlier.at for earlier, later in pairwise(in_order)):
        yield Oddity.BACK_IN_TIME
    if lacks_resolved_at:
        yield Oddity.NO_RESOLVED_AT

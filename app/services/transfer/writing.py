"""From histories to rows: events with ids for names, promises, clocks, and the ticket they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.models.entities.errors import NotFound
from app.models.entities.ids import CategoryId, EventId, PersonId, TicketId
from app.models.entities.instants import to_micros, to_micros_or_none
from app.models.entities.priority import PriorityMatrix
from app.models.entities.sla import Promise
from app.models.entities.tickets import (
    OPEN_STATUSES,
    EventKind,
    PrioritySource,
    TicketEvent,
    TicketType,
    WaitingKind,
)
from app.models.transactions import Transaction
from app.services.search.index import SearchTable, put_many
from app.services.settings.current import SiteConfig
from app.services.sla.current import fold_settings
from app.services.sla.rules import TicketFacts, fold, promise_ticket
from app.services.tickets.loading import insert_events
from app.services.tickets.recording import cached_columns
from app.services.transfer.continuing import GoingOn
from app.services.transfer.naming import Names
from app.services.transfer.rules import EventFact, History
from app.services.transfer.updates import LEVELS, Value

# What a fact of the log is called in ours; the others have the same name.
FIELDS = {
    "requester": "requester_id",
    "team": "team_id",
    "assignee": "assignee_id",
    "category": "category_id",
}
# What people may have put right since the ticket was made stays theirs when its log goes on.
_ONLY_ONCE = frozenset({"subject", "description", "type", "owner_id", "received_at", "created_at"})
# What a ticket gets whose source records no priority and whose levels are not in the matrix.
_UNJUDGED = 3
_PROMISED_BY = frozenset({"priority", "category_id"})

_INSERT_ROW = "INSERT INTO import_row (source_id, line, hash, ticket_id) VALUES (?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Rules:
    """What an imported ticket is judged by: the site's promises, and the matrix of the source's levels.

    `matrix` is what it gives tickets of `type`.
    """

    site: SiteConfig
    type: TicketType
    matrix: PriorityMatrix[int, int, int]
    matrix_version: int
    reasons: Mapping[WaitingKind, int]
    promises: dict[tuple[int, int | None], Promise | None] = field(default_factory=dict)

    def priority_of(self, impact: int, urgency: int) -> int | None:
        """Return what the matrix says; None for levels it does not have."""
        return _cell(self.matrix, impact, urgency)

    def promise(self, priority: int, category_id: int | None) -> Promise | None:
        """Return what the site promises a ticket of this priority and category."""
        key = (priority, category_id)
        if key not in self.promises:
            category = None if category_id is None else CategoryId(category_id)
            facts = TicketFacts(self.type, priority, category_ids=self.site.category_and_parents(category))
            self.promises[key] = promise_ticket(
                self.site.sla,
                facts,
                self.site.calendars,
                sla_version=self.site.sla_version,
                calendar_versions=self.site.calendar_versions,
            )
        return self.promises[key]


@dataclass(frozen=True, slots=True)
class Ids:
    """Looks display names up, in what the chunk has found and what was known before."""

    fresh: Names
    known: Names

    def person(self, name: Value) -> int | None:
        """Return the id of a person's name."""
        return None if not isinstance(name, str) else self.fresh.people.get(name) or self.known.people[name]

    def team(self, name: Value) -> int | None:
        """Return the id of a team's name."""
        return None if not isinstance(name, str) else self.fresh.teams.get(name) or self.known.teams[name]

    def category(self, path: Value) -> int | None:
        """Return the id of a category's path."""
        if not isinstance(path, tuple):
            return None
        return self.fresh.categories.get(path) or self.known.categories[path]

    def of(self, name: str, value: Value) -> int | str | None:
        """Return a fact of the log as our column holds it."""
        if name in {"requester", "assignee"}:
            return self.person(value)
        if name == "team":
            return self.team(value)
        if name == "category":
            return self.category(value)
        if name in LEVELS:
            return None if value is None else int(str(value))
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """One incident ready to be written: its new events (without a ticket yet) and its columns."""

    history: History
    before: GoingOn | None
    events: tuple[TicketEvent, ...]
    columns: Mapping[str, object]
    is_as_recorded: bool | None  # None where the source records no priority
    is_as_by_site: bool


def entry_for(tx: Transaction, rules: Rules, ids: Ids, history: History, before: GoingOn | None) -> Entry:
    """Prepare one incident. `before` is the ticket that this history carries on."""
    by_matrix = rules.priority_of(history.impact, history.urgency)
    own = rules.site.matrix_definition.matrix_for(rules.type)
    by_site = _cell(own, history.impact, history.urgency)
    recorded = history.recorded_priority
    priority = recorded or by_matrix or _UNJUDGED
    log = before.log if before else ()
    events = tuple(_events(tx, rules, ids, history, priority, before))
    clocks = fold([*log, *events], rules.site.calendars, tx.now, fold_settings(rules.site))
    source = PrioritySource.MATRIX if priority == by_matrix else PrioritySource.OVERRIDE
    columns = {
        **cached_columns(clocks, history.state.status, priority, rules.site.sla.rises),
        **_columns(rules, ids, history),
        "priority": priority,
        "priority_source": source.value,
        "sla_version_id": rules.site.sla_version,
        "matrix_version_id": rules.matrix_version,
    }
    return Entry(
        history,
        before,
        events,
        columns,
        is_as_recorded=None if recorded is None else recorded == by_matrix,
        is_as_by_site=recorded is not None and recorded == by_site,
    )


def _columns(rules: Rules, ids: Ids, history: History) -> dict[str, object]:
    state = history.state
    columns: dict[str, object] = {
        **{FIELDS.get(name, name): ids.of(name, value) for name, value in state.facts.items()},
        "type": rules.type.value,
        "status": state.status.value,
        "is_open": state.status in OPEN_STATUSES,
        "waiting_reason_id": rules.reasons.get(state.waiting) if state.waiting else None,
        "channel": history.channel.value,
        "subject": history.subject,
        "description": history.description,
        "owner_id": ids.person(history.opened_by),
        "impact": history.impact,
        "urgency": history.urgency,
        "received_at": to_micros(history.received_at),
        "created_at": to_micros(history.created_at),
        "updated_at": to_micros(history.updated_at),
        "resolved_at": to_micros_or_none(history.resolved_at),
        "closed_at": to_micros_or_none(history.closed_at),
        "resolution_code": history.resolution_code,
        "reopened_count": history.reopened,
    }
    columns["location"] = columns.get("location") or ""
    return columns


def insert_tickets(tx: Transaction, entries: Sequence[Entry]) -> list[int]:
    """Write new tickets with their logs and search words; return their ids in the order of `entries`."""
    if not entries:
        return []
    last = int(
        tx.value(
            "INSERT INTO counter (name, value) VALUES ('ticket', ?)"
            " ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value",
            (len(entries),),
        )
    )
    first = last - len(entries) + 1
    names = sorted(entries[0].columns)
    text = f"INSERT INTO ticket (number, {', '.join(names)}) VALUES (?{', ?' * len(names)})"
    tx.execute_many(
        text,
        [(number, *(entry.columns[name] for name in names)) for number, entry in enumerate(entries, first)],
    )
    found = tx.rows("SELECT number, id FROM ticket WHERE number BETWEEN ? AND ?", (first, last))
    id_of: dict[int, int] = dict(found)
    ids = [id_of[number] for number in range(first, last + 1)]
    placed = list(zip(ids, entries, strict=True))
    insert_events(
        tx, [replace(event, ticket_id=TicketId(new)) for new, entry in placed for event in entry.events]
    )
    texts = [(new, f"{entry.history.subject}\n{entry.history.description}") for new, entry in placed]
    put_many(tx, SearchTable.TICKETS, texts)
    return ids


def update_ticket(tx: Transaction, before: GoingOn, entry: Entry) -> int:
    """Write what further rows made of a ticket of an earlier import; return its id.

    Raises:
        StaleRecord: somebody saved it since it was read.
    """
    ticket = before.ticket
    columns = {name: value for name, value in entry.columns.items() if name not in _ONLY_ONCE}
    tx.update_versioned("ticket", ticket.id, ticket.version, columns)
    insert_events(tx, [replace(event, ticket_id=ticket.id) for event in entry.events])
    return ticket.id


def insert_rows(tx: Transaction, source_id: int, taken: Iterable[tuple[int, History]]) -> None:
    """Remember which rows were taken, so that none is ever taken again."""
    tx.execute_many(
        _INSERT_ROW,
        [
            (source_id, line, digest, ticket_id)
            for ticket_id, history in taken
            for line, digest in history.rows
        ],
    )


def _events(
    tx: Transaction, rules: Rules, ids: Ids, history: History, priority: int, before: GoingOn | None
) -> Iterable[TicketEvent]:
    """Yield the log lines, with a promise at the start and after every change of what it rests on."""
    current = {FIELDS.get(name, name): ids.of(name, value) for name, value in history.opening.items()}
    if before is not None:  # as it stands here, which people may have changed since
        current = {name: getattr(before.ticket, name) for name in current}
    promised = _last_promise(before.log if before else ())
    for fact in history.events:
        name = FIELDS.get(fact.field, fact.field) if fact.field else None
        old, new = _text(fact.old), _text(fact.new)
        if fact.kind is EventKind.CHANGED and name is not None:
            value = ids.of(fact.field or "", fact.new)
            old, new, current[name] = _text(current.get(name)), _text(value), value
            if old == new:
                continue  # people had set here already what the log says now
        yield _event(tx, ids, fact, fact.kind, name, old, new, _detail(rules, history, fact, current))
        if fact.kind is EventKind.CREATED or name in _PROMISED_BY:
            category_id = current.get("category_id")
            promise = rules.promise(
                int(str(current.get("priority") or priority)),
                None if category_id is None else int(str(category_id)),
            )
            if promise is not None and promise != promised:
                promised = promise
                yield _event(tx, ids, fact, EventKind.PROMISED, None, None, None, promise.to_dict())


def _cell(matrix: PriorityMatrix[int, int, int], impact: int, urgency: int) -> int | None:
    try:
        return matrix.priority_of(impact, urgency)
    except NotFound:
        return None


def _last_promise(log: Sequence[TicketEvent]) -> Promise | None:
    made = next((event for event in reversed(log) if event.kind is EventKind.PROMISED), None)
    return None if made is None else Promise.from_dict(made.detail)


def _event(
    tx: Transaction,
    ids: Ids,
    fact: EventFact,
    kind: EventKind,
    name: str | None,
    old: str | None,
    new: str | None,
    detail: dict[str, object],
) -> TicketEvent:
    actor = ids.person(fact.actor)
    return TicketEvent(
        EventId(0),
        TicketId(0),
        fact.at,
        None if actor is None else PersonId(actor),
        kind,
        name,
        old,
        new,
        tx.client,
        fact.batch,
        detail,
    )


def _detail(
    rules: Rules, history: History, fact: EventFact, current: Mapping[str, object]
) -> dict[str, object]:
    if fact.kind is EventKind.CREATED:
        opening = {name: value for name, value in current.items() if value is not None}
        opening |= {"type": rules.type.value, "received_at": history.received_at.isoformat()}
        return {**fact.detail, **opening}
    waiting = fact.detail.get("waiting")
    if isinstance(waiting, WaitingKind) and waiting in rules.reasons:
        return {**fact.detail, "waiting_reason_id": rules.reasons[waiting]}
    return fact.detail


def _text(value: object) -> str | None:
    return None if value is None else str(value)

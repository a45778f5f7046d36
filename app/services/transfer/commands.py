"""Taking rows in. Each function is one transaction; `importing.py` calls them for a whole file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.models.entities.errors import BadInput
from app.models.entities.events import SettingsChanged, TicketsChanged
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.tickets import EventKind, WaitingKind
from app.models.entities.transfer import Oddity, RowNote
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.resources import resource_path
from app.services.base.undo import Outcome
from app.services.settings.current import load_config
from app.services.transfer.continuing import tickets_to_continue
from app.services.transfer.mapping import LogMapping
from app.services.transfer.naming import Made, Names, Wanted, resolve
from app.services.transfer.rules import History, history_of
from app.services.transfer.updates import Parser, Update, Value
from app.services.transfer.writing import (
    Entry,
    Ids,
    Rules,
    entry_for,
    insert_rows,
    insert_tickets,
    update_ticket,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun(Outcome):
    """The source a run reads and the rules its tickets are judged by."""

    source_id: int
    rules: Rules


@dataclass(frozen=True, slots=True)
class Taken(Outcome):
    """What one chunk came to; `fresh` is what it has learnt about names and tickets."""

    fresh: Names = field(default_factory=Names)
    made: Made = field(default_factory=Made)
    rows: int = 0
    known: int = 0
    tickets: int = 0
    continued: int = 0
    events: int = 0
    priority_as_recorded: int = 0
    priority_differs: int = 0
    priority_by_site: int = 0
    notes: tuple[RowNote, ...] = ()
    oddities: tuple[Oddity, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What all chunks of a run share. `known` grows between chunks, never inside one."""

    source_id: int
    parser: Parser
    rules: Rules
    known: Names

    def ticket_of(self, incident: str, learnt: Names) -> int | None:
        """Return the ticket that rows of an incident have made already."""
        return learnt.tickets.get(incident) or self.known.tickets.get(incident)


@command(permission="transfer.import")
def begin_import(ctx: Context, tx: Transaction, source: str, mapping: LogMapping) -> Begun:
    """Register a source, or find it again, and bring in the matrix its levels belong to.

    A source is known by its name: the same rows under another name are other rows.

    Raises:
        NotFound: the site has no SLA table or calendar in force.
    """
    tx.execute(
        "INSERT INTO import_source (name, mapping, started_at, rows_done) VALUES (?, ?, ?, 0)"
        " ON CONFLICT (name) DO NOTHING",
        (source, mapping.name, tx.now_micros),
    )
    source_id = int(tx.value("SELECT id FROM import_source WHERE name = ?", (source,)))
    del ctx
    site = load_config(tx)
    matrix_version, matrix = _matrix(tx, mapping.matrix)
    reasons = tx.rows(
        "SELECT kind, id FROM waiting_reason WHERE is_active = true ORDER BY position DESC, id DESC"
    )
    rules = Rules(
        site=site,
        type=mapping.type,
        matrix=matrix.matrix_for(mapping.type),
        matrix_version=matrix_version,
        reasons={WaitingKind(kind): reason_id for kind, reason_id in reasons},
    )
    return Begun(source_id, source_id=source_id, rules=rules)


@command(permission="transfer.import")
def take_chunk(ctx: Context, tx: Transaction, run: Run, pieces: Sequence[Sequence[Update]]) -> Taken:
    """Take the rows of some incidents, all or none; rows taken before are passed over.

    Moves are recorded as facts, no gate is asked. Rows of an incident that has its ticket already carry
    that ticket on.

    Raises:
        StaleRecord: a ticket to be carried on was changed meanwhile.
    """
    del ctx
    # Takes the source's row first: of two runs over one source the second waits, then finds rows known.
    tx.execute("UPDATE import_source SET finished_at = NULL WHERE id = ?", (run.source_id,))
    learnt, fresh, known = _without_known(tx, run, pieces)
    numbers = {incident: run.ticket_of(incident, learnt) for incident in fresh}
    going_on = tickets_to_continue(
        tx, run.parser.mapping.prefix, {incident: number for incident, number in numbers.items() if number}
    )
    histories = [
        history_of(run.parser, updates, going_on[incident].state if incident in going_on else None)
        for incident, updates in fresh.items()
    ]
    found, made = resolve(tx, run.parser.mapping.prefix, _wanted(histories), run.known)
    learnt.absorb(found)
    ids = Ids(learnt, run.known)
    entries = [entry_for(tx, run.rules, ids, each, going_on.get(each.incident)) for each in histories]
    new = [entry for entry in entries if entry.before is None]
    taken = list(zip(insert_tickets(tx, new), new, strict=True))
    taken += [(update_ticket(tx, entry.before, entry), entry) for entry in entries if entry.before]
    insert_rows(tx, run.source_id, ((ticket_id, entry.history) for ticket_id, entry in taken))
    learnt.tickets.update({entry.history.incident: ticket_id for ticket_id, entry in taken})
    summed = _summed(taken, Taken(run.source_id, fresh=learnt, made=made, known=known, tickets=len(new)))
    tx.execute(
        "UPDATE import_source SET rows_done = rows_done + ? WHERE id = ?", (summed.rows, run.source_id)
    )
    if taken:
        tx.announce(TicketsChanged())
    return summed


@command(permission="transfer.import")
def finish_import(ctx: Context, tx: Transaction, source_id: int) -> Outcome:
    """Note that a source was read to its end."""
    del ctx
    tx.execute("UPDATE import_source SET finished_at = ? WHERE id = ?", (tx.now_micros, source_id))
    return Outcome(source_id)


def _matrix(tx: Transaction, code: str) -> tuple[int, MatrixDefinition]:
    """Return the newest version of a matrix; a preset the site has not got yet becomes its version 1.

    Raises:
        BadInput: `transfer.matrix_unknown`; neither the site nor the presets have one of this name.
    """
    row = tx.one(
        "SELECT id, body FROM config_version WHERE kind = ? AND code = ? ORDER BY number DESC",
        (ConfigKind.MATRIX.value, code),
    )
    if row is not None:
        return int(row[0]), MatrixDefinition.from_dict(json.loads(row[1]))
    preset = resource_path("defaults", f"{code}.json")
    if not code.isidentifier() or not preset.is_file():
        raise BadInput("transfer.matrix_unknown", matrix=code)
    definition = MatrixDefinition.from_dict(json.loads(preset.read_text("utf-8"))["matrix"])
    body = json.dumps(definition.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    version = tx.insert(
        "config_version",
        {
            "kind": ConfigKind.MATRIX.value,
            "code": code,
            "number": 1,
            "body": body,
            "at": tx.now_micros,
            "actor_id": tx.actor_id,
        },
    )
    tx.announce(SettingsChanged())
    return version, definition


def _without_known(
    tx: Transaction, run: Run, pieces: Sequence[Sequence[Update]]
) -> tuple[Names, dict[str, list[Update]], int]:
    """Sort out rows taken before: what they teach about tickets, the rows left by incident, their number."""
    lines = [update.line for piece in pieces for update in piece]
    before = {
        (line, digest): ticket_id
        for line, digest, ticket_id in tx.rows(
            "SELECT line, hash, ticket_id FROM import_row WHERE source_id = ? AND line BETWEEN ? AND ?",
            (run.source_id, min(lines), max(lines)),
        )
    }
    learnt = Names()
    fresh: dict[str, list[Update]] = {}
    for piece in pieces:
        for update in piece:
            row = (update.line, update.digest)
            if row not in before:
                fresh.setdefault(update.incident, []).append(update)
            elif before[row] is not None:
                learnt.tickets[update.incident] = before[row]
    return learnt, fresh, len(lines) - sum(len(updates) for updates in fresh.values())


def _wanted(histories: Sequence[History]) -> Wanted:
    """Gather every name the histories speak of."""
    people: dict[str, bool] = {}
    teams: set[str] = set()
    categories: set[tuple[str, ...]] = set()
    for history in histories:
        if history.opened_by:
            people[history.opened_by] = True
        for event in history.events:
            if event.actor:
                people.setdefault(event.actor, False)
        for facts in (history.opening, history.state.facts, *_changed(history)):
            for name, value in facts.items():
                if isinstance(value, tuple):
                    categories.add(value)
                elif value and name == "team":
                    teams.add(value)
                elif value and name in {"requester", "assignee"}:
                    people[value] = people.get(value, False) or name == "assignee"
    return Wanted(people, frozenset(teams), frozenset(categories))


def _changed(history: History) -> Iterator[Mapping[str, Value]]:
    for event in history.events:
        if event.kind is EventKind.CHANGED and event.field:
            yield {event.field: event.new}


def _summed(taken: Sequence[tuple[int, Entry]], start: Taken) -> Taken:
    entries = [entry for _, entry in taken]
    return replace(
        start,
        rows=sum(len(entry.history.rows) for entry in entries),
        continued=len(entries) - start.tickets,
        events=sum(len(entry.events) for entry in entries),
        priority_as_recorded=sum(entry.is_as_recorded is True for entry in entries),
        priority_differs=sum(entry.is_as_recorded is False for entry in entries),
        priority_by_site=sum(entry.is_as_by_site for entry in entries),
        notes=tuple(note for entry in entries for note in entry.history.notes),
        oddities=tuple(oddity for entry in entries for oddity in entry.history.oddities),
    )

"""A desk for consequences: documents edited with the least said, and the slow way to count what they do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import CategoryId
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind, ClockState, Promise, SlaTable
from app.models.entities.tickets import PrioritySource, Ticket, TicketEvent, TicketType
from app.models.entities.whatif import Proposal, Tally
from app.models.transactions import Reader
from app.services.base.context import Context
from app.services.base.undo import Outcome
from app.services.settings.commands import save_config
from app.services.settings.current import SiteConfig, load_config
from app.services.settings.queries import current_config
from app.services.sla.current import fold_settings
from app.services.sla.rules import TicketFacts, fold, promise_ticket
from app.services.tickets.loading import load_events, load_tickets
from tests.support.site import SLA
from tests.support.ticket_log import TicketLog
from tests.support.whatif_logs import FACT_FIELDS, Story, rewritten

Edit = Callable[[dict[str, Any]], object]


def matrix_with(ctx: Context, *cells: tuple[int, int, int | None]) -> MatrixDefinition:
    """The matrix in force with other priorities: (impact, urgency, priority)."""
    body = deepcopy(dict(current_config(ctx, ConfigKind.MATRIX, "site").body))
    for impact, urgency, priority in cells:
        body["cells"][impact - 1][urgency - 1] = priority
    return MatrixDefinition.from_dict(body)


def matrix_of(ctx: Context, kind: str, *cells: tuple[int, int, int | None]) -> MatrixDefinition:
    """The matrix in force with one of its own for a type: that of all types with other priorities."""
    own = matrix_with(ctx, *cells).to_dict()["cells"]
    body = dict(current_config(ctx, ConfigKind.MATRIX, "site").body)
    return MatrixDefinition.from_dict({**body, "by_type": {**body.get("by_type", {}), kind: own}})


def table_with(edit: Edit) -> SlaTable:
    """The table of the test site, edited as a dictionary."""
    body = deepcopy(SLA)
    edit(body)
    return SlaTable.from_dict(body)


def target_of(body: Mapping[str, Any], priority: int) -> dict[str, Any]:
    """The first policy's row for a priority."""
    return next(row for row in body["policies"][0]["targets"] if row["priority"] == priority)


def stricter(body: dict[str, Any]) -> None:
    """P3 gets two hours instead of eight."""
    target_of(body, 3)["resolution"] = "2 h"


def save(ctx: Context, kind: ConfigKind, body: Mapping[str, Any], code: str = "site") -> Outcome:
    """Put a document in force."""
    number = current_config(ctx, kind, code).number
    return save_config(ctx, kind, code, body, expected_number=number)


# --- the slow way --------------------------------------------------------------------------------


@dataclass
class Recount:
    """What a full recompute counts: by priority, and how many late tickets became so."""

    effects: dict[int, tuple[Tally, Tally]] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)


def recounted(read: Reader, proposal: Proposal, now: Any, since: int = 0) -> Recount:
    """Rewrite every ticket's log under both sets of documents, fold it, and count.

    `since` leaves out tickets received before it, in microseconds.
    """
    site = load_config(read)
    found = Recount()
    tallies: dict[int, list[list[int]]] = {}
    ids = [row[0] for row in read.rows("SELECT id FROM ticket WHERE received_at >= ? ORDER BY id", (since,))]
    for ticket in load_tickets(read, ids):
        story = _story(ticket, load_events(read, ticket.id))
        sides = []
        for place, documents in enumerate((Proposal(), proposal)):
            priority, clock = _recomputed(read, site, documents, story, now)
            tally = tallies.setdefault(priority, [[0, 0, 0], [0, 0, 0]])[place]
            is_late = _is_late(clock)
            tally[0] += 1
            tally[1] += clock is not None and (clock.met_at is not None or is_late)
            tally[2] += clock is not None and clock.met_at is not None and not is_late
            sides.append((priority, is_late))
        (old, was_late), (new, is_late) = sides
        found.changes["up"] += new < old
        found.changes["down"] += new > old
        found.changes["newly_missed"] += is_late and not was_late
        found.changes["newly_met"] += was_late and not is_late
    found.effects = {
        priority: (Tally(*before), Tally(*after)) for priority, (before, after) in sorted(tallies.items())
    }
    return found


def _recomputed(
    read: Reader, site: SiteConfig, proposal: Proposal, story: Story, now: Any
) -> tuple[int, ClockState | None]:
    matrix = proposal.matrix or site.matrix_definition
    table = proposal.sla or site.sla
    calendars: dict[str, BusinessCalendar] = {**site.calendars, **proposal.calendars}

    def priority_of(fields: Mapping[str, object]) -> int:
        recorded = int(str(fields["priority"]))
        if fields["priority_source"] == PrioritySource.OVERRIDE:
            return recorded
        cells = matrix.by_type.get(str(fields["type"]), matrix.cells)
        return cells.get((int(str(fields["impact"])), int(str(fields["urgency"]))), recorded)

    def promising(fields: Mapping[str, object]) -> Promise | None:
        category = fields["category_id"]
        of = site.category_and_parents(None if category is None else CategoryId(int(str(category))))
        facts = TicketFacts(TicketType(str(fields["type"])), priority_of(fields), category_ids=of)
        return promise_ticket(table, facts, calendars)

    settings = replace(
        fold_settings(site),
        contacts=table.contacts,
        reopen=table.reopen,
        waiting_rules={**site.waiting_rules, **proposal.waiting},
    )
    clocks = fold(rewritten(story, promising), calendars, now, settings)
    return priority_of(story.fields), clocks.get(ClockKind.RESOLUTION)


def _is_late(clock: ClockState | None) -> bool:
    if clock is None or not clock.is_breached:
        return False
    return clock.met_at is not None or clock.ended_at is None


def _story(ticket: Ticket, events: list[TicketEvent]) -> Story:
    """What a ticket began with: the first thing each field was changed from, or what it still is."""
    fields: dict[str, object] = {name: getattr(ticket, name) for name in (*FACT_FIELDS, "requester_id")}
    opening = dict(fields)
    for event in reversed(events):
        if event.field in opening and event.kind.value == "changed":
            opening[str(event.field)] = event.old
    return Story(TicketLog(events), opening, fields)

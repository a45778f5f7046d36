"""One planned ticket, played step by step through the code that records real ones, and written once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from app.models.entities.ids import ArticleId, CategoryId, PersonId, ReasonId, ServiceId, TeamId, TicketId
from app.models.entities.tickets import Channel, Confirmation, EventKind, Move, NewTicket, Resolution
from app.models.transactions import Transaction
from app.services.base.context import Actor, Context
from app.services.demo.facts import Step, StepAction, TicketFact
from app.services.demo.names import DemoNames
from app.services.settings.current import SiteConfig
from app.services.tickets.moving import record_assignment, record_waiting
from app.services.tickets.recording import Recorder, write
from app.services.tickets.registering import register
from app.services.tickets.resolving import (
    record_closing,
    record_confirmation,
    record_resolution,
    record_solving_now,
)


@dataclass(slots=True)
class _Play:
    """A ticket on its way: `tx` carries the time and the actor of the step being played."""

    tx: Transaction
    recorder: Recorder
    names: DemoNames
    fact: TicketFact
    ids: Mapping[int, int]


def play_ticket(
    ctx: Context,
    tx: Transaction,
    site: SiteConfig,
    names: DemoNames,
    fact: TicketFact,
    ids: Mapping[int, int],
) -> int:
    """Register the ticket and play its steps; return its id. `ids` are those of earlier tickets by number.

    Raises:
        FirstlineError: the desk's rules refuse a step; the plan is wrong.
    """
    owner = names.staff[fact.owner]
    actor = Actor(PersonId(owner), names.staff_names[fact.owner], ctx.actor.permissions, tx.client)
    then = replace(tx, now=fact.created_at, actor_id=owner, op_id=_batch(fact.number, 0))
    recorder = register(ctx.acting_as(actor), then, site, _new_ticket(names, fact))
    play = _Play(then, Recorder(then, site, recorder.ticket, recorder.log), names, fact, ids)
    for place, step in enumerate(fact.steps, start=1):
        _play_step(play, tx, step, place)
    if fact.steps:
        play.recorder.tx = tx  # the clocks are read as they stand now, not as at the last step
        last = to_be_written(play.recorder)
        last.columns["updated_at"] = None
        write(tx, [last])
    return recorder.ticket.id


def _new_ticket(names: DemoNames, fact: TicketFact) -> NewTicket:
    requester = names.requesters.get(fact.requester or "") or names.staff.get(fact.requester or "")
    return NewTicket(
        fact.type,
        fact.channel,
        fact.subject,
        fact.description,
        None if requester is None else PersonId(requester),
        CategoryId(names.categories[fact.category]),
        ServiceId(names.services[fact.service]) if fact.service in names.services else None,
        fact.location,
        fact.impact,
        fact.urgency,
        received_at=fact.received_at,
        is_proactive=fact.is_proactive,
    )

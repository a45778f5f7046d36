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
        write(play.tx, [play.recorder])  # cached clocks are those of the last step, as in real life
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


def _play_step(play: _Play, tx: Transaction, step: Step, place: int) -> None:
    actor_id = play.names.staff[step.actor] if step.actor else None
    play.tx = replace(tx, now=step.at, actor_id=actor_id, op_id=_batch(play.fact.number, place))
    play.recorder.tx = play.tx
    _PLAYS[step.action](play, step)
    play.recorder.ticket = replace(play.recorder.ticket, **play.recorder.current)  # type: ignore[arg-type]


def _batch(number: int, place: int) -> str:
    """Return the operation's id: 32 hex digits that are the same in every demo."""
    return UUID(int=number * 1000 + place).hex


def _assign(play: _Play, step: Step) -> None:
    assignee = PersonId(play.names.staff[step.assignee]) if step.assignee else None
    record_assignment(play.recorder, TeamId(play.names.teams[step.team]) if step.team else None, assignee)


def _start(play: _Play, step: Step) -> None:
    if play.recorder.value("assignee_id") is None and step.actor:
        play.recorder.change("assignee_id", play.names.staff[step.actor])
    play.recorder.move(Move.START)


def _note(play: _Play, step: Step) -> None:
    play.recorder.add(EventKind.NOTE, new=step.text)


def _reply(play: _Play, step: Step) -> None:
    play.recorder.add(EventKind.REPLY, new=step.text, detail={"channel": Channel.EMAIL.value})


def _call(play: _Play, step: Step) -> None:
    play.recorder.add(EventKind.CALL, new=step.text, detail={"by": "user"})


def _wait(play: _Play, step: Step) -> None:
    record_waiting(play.tx, play.recorder, ReasonId(play.names.reasons[step.reason]))


def _resume(play: _Play, _step: Step) -> None:
    play.recorder.move(Move.RESUME)
    play.recorder.set("waiting_reason_id", None)


def _resolution(play: _Play, step: Step) -> Resolution:
    article = play.names.articles.get(step.article or 0)
    return Resolution(
        step.text,
        step.cause,
        step.resolution,
        step.line or 1,
        None if article is None else ArticleId(article),
        no_article_fits=article is None,
    )


def _resolve(play: _Play, step: Step) -> None:
    record_resolution(play.tx, play.recorder, _resolution(play, step))


def _solve_now(play: _Play, step: Step) -> None:
    record_solving_now(play.tx, play.recorder, _resolution(play, step), play.fact.channel)


def _confirm(play: _Play, step: Step) -> None:
    answer = step.confirmation or Confirmation.CONFIRMED
    record_confirmation(play.recorder, answer, channel=Channel.PHONE, note=step.text)


def _close(play: _Play, step: Step) -> None:
    if step.confirmation is not None:
        record_confirmation(play.recorder, step.confirmation, channel=Channel.EMAIL)
    record_closing(play.tx, play.recorder)


def _refuse(play: _Play, step: Step) -> None:
    record_confirmation(play.recorder, Confirmation.REFUSED, channel=Channel.PHONE, note=step.text)
    play.recorder.move(Move.REFUSE)
    play.recorder.set("resolved_at", None)
    play.recorder.set("reopened_count", play.recorder.ticket.reopened_count + 1)


def _facts(play: _Play, step: Step) -> None:
    for name, value in step.facts.items():
        play.recorder.change(name, value)


def _end(move: Move) -> Callable[[_Play, Step], None]:
    def play_end(play: _Play, step: Step) -> None:
        play.recorder.move(move, detail={"reason": step.text})
        play.recorder.set("closed_at", play.tx.now)

    return play_end


def _duplicate(play: _Play, step: Step) -> None:
    number = step.duplicate_of or 0
    other = play.ids[number]
    play.recorder.set("duplicate_of", TicketId(other))
    play.recorder.move(Move.DUPLICATE, detail={"duplicate_of": other, "number": number})
    play.recorder.set("closed_at", play.tx.now)


_PLAYS: Mapping[StepAction, Callable[[_Play, Step], None]] = {
    StepAction.ASSIGN: _assign,
    StepAction.START: _start,
    StepAction.NOTE: _note,
    StepAction.REPLY: _reply,
    StepAction.CALL: _call,
    StepAction.WAIT: _wait,
    StepAction.RESUME: _resume,
    StepAction.RESOLVE: _resolve,
    StepAction.SOLVE_NOW: _solve_now,
    StepAction.CONFIRM: _confirm,
    StepAction.CLOSE: _close,
    StepAction.REFUSE: _refuse,
    StepAction.CANCEL: _end(Move.CANCEL),
    StepAction.OUT_OF_SCOPE: _end(Move.OUT_OF_SCOPE),
    StepAction.DUPLICATE: _duplicate,
    StepAction.FACTS: _facts,
}

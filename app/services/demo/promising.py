"""What was told to the demo's users and found out about its tickets besides their solution. Pure.

Which finished tickets have such facts follows from their own seconds, not from the seed's dice: so the rest
of the plan is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.models.entities.tickets import MAJOR_TYPES
from app.services.demo.content import OpenTicket, TicketTemplate
from app.services.demo.facts import Step, StepAction

_TOLD_EVERY, _BROKEN_EVERY = 6, 5  # one of six is told a time, one of five of those comes to nothing
_RESTORED_EVERY = 2
_MINUTE = timedelta(minutes=1)
_ROUND = 15 * _MINUTE


def facts_of_open(wanted: OpenTicket, agent: str, created_at: datetime, until: datetime) -> Iterator[Step]:
    """Yield what the file says of an open ticket; minutes count from `until`, negative ones lie before it."""
    facts = dict(wanted.facts)
    if not facts:
        return
    at = max(until + facts.pop("at") * _MINUTE, created_at + _MINUTE)
    values: dict[str, Any] = {
        name: until + value * _MINUTE if name in _INSTANTS else value for name, value in facts.items()
    }
    yield Step(at, wanted.assignee or agent, StepAction.FACTS, facts=values)


_INSTANTS = frozenset({"restored_at", "bearable_until", "promised_at"})


def facts_of_finished(
    template: TicketTemplate, created_at: datetime, steps: Sequence[Step]
) -> Iterator[Step]:
    """Yield a time told soon after the ticket was begun, kept or not, and when the service worked again."""
    begun = next((step for step in steps if step.action is StepAction.START), None)
    solved = next((step for step in steps if step.action is StepAction.RESOLVE), None)
    if begun is None or solved is None or solved.at - begun.at < 3 * _ROUND:
        return
    dice = created_at.minute * 60 + created_at.second
    if dice % _TOLD_EVERY == 0:
        told = _quarter(solved.at) + _ROUND
        if dice // _TOLD_EVERY % _BROKEN_EVERY == 0:
            told = _quarter(solved.at) - _ROUND
        if told > begun.at + _MINUTE:
            yield Step(begun.at + _MINUTE, begun.actor, StepAction.FACTS, facts={"promised_at": told})
    if template.type in MAJOR_TYPES and dice % _RESTORED_EVERY == 0:
        at = (begun.at + (solved.at - begun.at) * 0.8).replace(microsecond=0)
        yield Step(at, solved.actor, StepAction.FACTS, facts={"restored_at": at})


def _quarter(at: datetime) -> datetime:
    """Return the last full quarter of an hour."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)

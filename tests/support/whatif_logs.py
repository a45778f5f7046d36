"""Ticket logs for replays: as stored lines, rewritten with other promises, and made-up histories."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st

from app.models.entities.calendars import BusinessCalendar
from app.models.entities.ids import EventId, PersonId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.sla import ClockKind, ClockState, Promise
from app.models.entities.tickets import (
    Channel,
    EventKind,
    Move,
    PrioritySource,
    TicketEvent,
    TicketStatus,
    TicketType,
)
from app.services.calendars.openings import EPOCH
from app.services.sla.rules import fold
from app.services.sla.stretches import FoldSettings
from app.services.whatif.lives import Life, Line
from app.services.whatif.log_reading import LifeReader
from app.services.whatif.terms import Stand
from tests.support.sla_site import MONDAY_MORNING
from tests.support.ticket_log import TicketLog

FACT_FIELDS = ("type", "impact", "urgency", "priority", "priority_source", "service_id", "category_id")
Promising = Callable[[Mapping[str, object]], Promise | None]
"""What is promised for fields of a ticket, by name; `requester_id` is among them."""


@dataclass
class Story:
    """A ticket's log with the fields it began with and those it has come to."""

    log: TicketLog
    opening: dict[str, object]
    fields: dict[str, object]

    def change(self, at: datetime, name: str, new: object) -> None:
        """Change one field, as a command writes it down."""
        old, self.fields[name] = self.fields[name], new
        if old != new:
            self.log.changed(at, name, _text(new), _text(old))


def lines_of(events: Sequence[TicketEvent]) -> list[Line]:
    """Return a log as the database keeps it."""
    return [
        (
            int(event.ticket_id),
            to_micros(event.at),
            event.kind.value,
            event.field,
            event.old,
            event.new,
            json.dumps(event.detail, ensure_ascii=False, sort_keys=True) if event.detail else None,
        )
        for event in events
    ]


def life_of(story: Story, *, is_open: bool = True) -> Life:
    """Return the story's life; promises on record are read where it is open."""
    reader = LifeReader()
    events = [event for event in story.log.events if is_open or event.kind is not EventKind.PROMISED]
    requester = story.fields["requester_id"]
    return reader.life(
        1,
        received_at=to_micros(story.log.events[0].at) // 1_000_000,
        facts=reader.facts([story.fields[name] for name in FACT_FIELDS]),
        requester_id=None if requester is None else PersonId(int(str(requester))),
        is_open=is_open,
        lines=lines_of(events),
    )


def rewritten(story: Story, promising: Promising) -> list[TicketEvent]:
    """Return the log as it would be had other documents held all along: its promises made anew.

    As the program does it: one at registration, and one after each change of what it rests on, if it differs.
    """
    events: list[TicketEvent] = []
    fields, last = dict(story.opening), None
    for place, event in enumerate(story.log.events):
        if event.kind is EventKind.PROMISED:
            continue
        events.append(event)
        is_fact = event.kind is EventKind.CHANGED and event.field in fields
        if is_fact:
            fields[str(event.field)] = event.new
        if place == 0 or is_fact:
            promise = promising(fields)
            if promise is not None and promise != last:
                last = promise
                events.append(promised(event.at, promise))
    return events


def promised(at: datetime, promise: Promise) -> TicketEvent:
    """Return the log line of a promise."""
    detail = promise.to_dict()
    return TicketEvent(EventId(0), TicketId(1), at, None, EventKind.PROMISED, detail=detail)


def folded(
    events: Sequence[TicketEvent],
    calendars: Mapping[str, BusinessCalendar],
    now: datetime,
    settings: FoldSettings,
) -> dict[ClockKind, Stand]:
    """Return what the program's own fold says about a log, in the words of a replay."""
    states = fold(events, calendars, now, settings)
    kinds = (ClockKind.RESPONSE, ClockKind.RESOLUTION)
    return {kind: _stand_of(states[kind]) for kind in kinds if kind in states}


def _stand_of(state: ClockState) -> Stand:
    return Stand(
        elapsed=state.elapsed // timedelta(seconds=1),
        due_at=None if state.due_at is None else seconds(state.due_at),
        ended_at=None if state.ended_at is None else seconds(state.ended_at),
        is_met=state.met_at is not None,
        is_breached=state.is_breached,
    )


def seconds(instant: datetime) -> int:
    """Return whole seconds since 1970."""
    return (instant - EPOCH) // timedelta(seconds=1)


# --- made-up histories ---------------------------------------------------------------------------

_REASONS = (1, 2, 3, 9)  # 9 has no rule
_OPENING = {
    "type": st.sampled_from(TicketType).map(str),
    "impact": st.integers(1, 4),
    "urgency": st.integers(1, 3),
    "priority": st.integers(1, 4),
    "priority_source": st.sampled_from(PrioritySource).map(str),
    "service_id": st.sampled_from([None, 1]),
    "category_id": st.sampled_from([None, 1, 2]),
    "requester_id": st.sampled_from([None, 1, 2]),
}
_STEPS = st.one_of(
    st.tuples(st.just("status"), st.sampled_from(TicketStatus), st.sampled_from([None, *_REASONS])),
    st.tuples(st.just("wait"), st.sampled_from(_REASONS)),
    st.tuples(st.just("work")),
    st.tuples(st.just("done")),
    st.tuples(
        st.just("said"),
        st.sampled_from([EventKind.REPLY, EventKind.CALL, EventKind.CONFIRMATION, EventKind.NOTE]),
        st.sampled_from(["desk", "user", "system"]),
        st.booleans(),
    ),
    st.tuples(st.just("fact"), st.sampled_from(sorted(_OPENING)), st.data()),
    st.tuples(st.just("reason"), st.sampled_from([None, *_REASONS])),
    st.tuples(st.just("team"), st.integers(1, 2)),
    st.tuples(st.just("due"), st.sampled_from([None, 3, 300])),
    st.tuples(st.just("attached")),
)
_MINUTES = st.one_of(st.integers(0, 600), st.just(0), st.integers(0, 6000))


@st.composite
def stories(draw: st.DrawFn, *, may_go_back: bool = True) -> Story:
    """Any log: moves the table of moves would refuse, changed facts, contacts, and instants that go back."""
    opening: dict[str, object] = {name: draw(values) for name, values in _OPENING.items()}
    at = MONDAY_MORNING + timedelta(seconds=draw(st.integers(0, 8 * 86_400)))
    log = TicketLog()
    detail: dict[str, object] = {"channel": draw(st.sampled_from(Channel)).value, "description": '"by" me'}
    if opening["requester_id"] is not None:
        detail["requester_id"] = opening["requester_id"]
    if draw(st.booleans()):
        detail["received_at"] = (at - timedelta(seconds=draw(st.integers(-60, 900)))).isoformat()
    log.add(at, EventKind.CREATED, new=draw(st.sampled_from(["new", "resolved"])), detail=detail)
    story = Story(log, opening, dict(opening))
    for _ in range(draw(st.integers(0, 9))):
        gone = timedelta(minutes=draw(_MINUTES), seconds=draw(st.integers(0, 59)))
        goes_back = may_go_back and draw(st.integers(0, 19)) == 7
        at = at - gone if goes_back else at + gone
        _tell(draw, story, at)
    return story


def _tell(draw: st.DrawFn, story: Story, at: datetime) -> None:
    log, (what, *rest) = story.log, draw(_STEPS)
    if what == "status":
        log.moved(at, Move.START, rest[0], **({"waiting_reason_id": rest[1]} if rest[1] else {}))
    elif what == "wait":
        log.waits(at, rest[0])
    elif what == "work":
        log.resumes(at)
    elif what == "done":
        log.resolved(at)
    elif what == "said":
        log.add(at, rest[0], new="…", detail={"by": rest[1], "public": rest[2]})
    elif what == "fact":
        name = rest[0]
        story.change(at, name, rest[1].draw(_OPENING[name]))
    elif what == "reason":
        log.changed(at, "waiting_reason_id", None if rest[0] is None else str(rest[0]))
    elif what == "team":
        log.changed(at, "team_id", str(rest[0]))
    elif what == "due":
        until = None if rest[0] is None else (at + timedelta(hours=rest[0])).isoformat()
        log.changed(at, "resolution_due_at", until)
    else:
        log.add(at, EventKind.ATTACHED)


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""What about absences and swaps waits too long for an answer, as the reminders to be written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.entities.ids import PersonId
from app.models.entities.instants import to_micros
from app.models.entities.leave import LeaveState, SwapState
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Reader
from app.services.base.command import query
from app.services.base.context import Context
from app.services.leave.deciders import asked_first, load_superiors
from app.services.leave.queries import holders_of
from app.services.leave.routing import Superiors

UNANSWERED = timedelta(days=2)
"""After this long without an answer who decides is reminded: of leave, the superior and all who may."""
BEFORE_LAPSING = timedelta(hours=24)
"""So long before an offer lapses both sides are reminded; not where it was made for less."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Reminders nobody got yet, and whether an offer's time is over."""

    reminders: tuple[NewNotice, ...]
    is_lapsing: bool


@query(permission="store.migrate")
def waiting(ctx: Context, read: Reader) -> Waiting:
    """Return what the background work has to do now."""
    return load_waiting(read, ctx.clock.now())


def load_waiting(read: Reader, now: datetime) -> Waiting:
    """As `waiting`, inside a read or a transaction."""
    deciders = holders_of(read, "roster.approve")
    wanted = [*_leaves(read, now, deciders), *_swaps(read, now, deciders)]
    lapsing = read.value(
        "SELECT 1 FROM shift_swap WHERE state IN ('asked', 'accepted') AND expires_at <= ? LIMIT 1",
        (to_micros(now),),
    )
    return Waiting(tuple(_untold(read, wanted)), lapsing is not None)


def _leaves(read: Reader, now: datetime, deciders: Sequence[PersonId]) -> list[NewNotice]:
    rows = read.rows(
        "SELECT id, person_id, first_date, last_date FROM leave_request"
        " WHERE state = ? AND asked_at <= ? ORDER BY id",
        (LeaveState.ASKED.value, to_micros(now - UNANSWERED)),
    )
    superiors = load_superiors(read, now) if rows else Superiors()
    return [
        _notice(
            decider,
            NoticeKind.LEAVE_ASKED,
            f"leave_waits:{leave_id}",
            {"leave": leave_id, "first": first, "last": last},
        )
        for leave_id, person_id, first, last in rows
        for decider in dict.fromkeys((*asked_first(superiors, person_id, deciders), *deciders))
        if decider != person_id
    ]


def _swaps(read: Reader, now: datetime, deciders: Sequence[PersonId]) -> list[NewNotice]:
    rows = read.rows(
        "SELECT id, asker_id, other_id, on_date, state, asked_at, answered_at, expires_at FROM shift_swap"
        " WHERE state IN (?, ?) AND expires_at > ? ORDER BY id",
        (SwapState.ASKED.value, SwapState.ACCEPTED.value, to_micros(now)),
    )
    long_ago, soon = to_micros(now - UNANSWERED), to_micros(now + BEFORE_LAPSING)
    shortest = to_micros(now + BEFORE_LAPSING) - to_micros(now)
    found = []
    for swap_id, asker_id, other_id, on_date, state, asked_at, answered_at, expires_at in rows:
        body = {"swap": swap_id, "date": on_date}
        if state == SwapState.ACCEPTED.value and (answered_at or asked_at) <= long_ago:
            found += [
                _notice(decider, NoticeKind.SWAP_TO_DECIDE, f"swap_waits:{swap_id}", body)
                for decider in deciders
                if decider not in {asker_id, other_id}
            ]
        if expires_at <= soon and expires_at - asked_at > shortest:
            found += [
                _notice(side, NoticeKind.SWAP_ASKED, f"swap_lapses:{swap_id}", body)
                for side in (asker_id, other_id)
                if side is not None
            ]
    return found


def _notice(person_id: int, kind: NoticeKind, key: str, body: dict[str, object]) -> NewNotice:
    return NewNotice(PersonId(person_id), kind, f"{key}:p{person_id}", body={**body, "is_reminder": True})


def _untold(read: Reader, wanted: list[NewNotice]) -> list[NewNotice]:
    """Leave out what was told before: the round looks every ten minutes and mostly finds nothing new."""
    return [one for one in wanted if read.one("SELECT 1 FROM notice WHERE key = ?", (one.key,)) is None]

"""Notices are written with the deed that causes them, each once, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from app.models.entities.errors import RuleViolation
from app.models.entities.events import Event, NoticesChanged
from app.models.entities.ids import PersonId, TicketId
from app.models.entities.instants import to_micros
from app.models.entities.notices import NewNotice, NoticeKind
from app.models.transactions import Transaction
from app.services.base.command import command
from app.services.base.context import Context
from app.services.base.permissions import ANYBODY
from app.services.base.undo import Outcome
from app.services.notices.writing import put_notices
from tests.support.factories import Make
from tests.support.notices import told


@command(permission=ANYBODY)
def told_in_vain(_ctx: Context, tx: Transaction, notices: Sequence[NewNotice]) -> Outcome:
    """A deed that tells people and then fails."""
    put_notices(tx, notices)
    raise RuleViolation("tickets.reason_missing")


def stored(ctx: Context) -> list[tuple[object, ...]]:
    with ctx.store.read() as read:
        return read.rows("SELECT person_id, kind, key, body, at, show_at, read_at FROM notice ORDER BY key")


def warning(person_id: int, key: str, **more: object) -> NewNotice:
    return NewNotice(PersonId(person_id), NoticeKind.WARNED, key, **more)  # type: ignore[arg-type]


def test_a_notice_is_stored_with_its_moment(ctx: Context, make: Make) -> None:
    ada = make.agent()
    ticket = make.ticket()
    later = ctx.clock.now() + timedelta(hours=8)

    outcome = told(
        ctx,
        [
            warning(ada.id, "a", ticket_id=TicketId(ticket.id), body={"percent": 75, "clock": "resolution"}),
            warning(ada.id, "b", show_at=later),
        ],
    )

    now = to_micros(ctx.clock.now())
    assert outcome.id == 2
    assert stored(ctx) == [
        (ada.id, "warned", "a", '{"clock": "resolution", "percent": 75}', now, now, None),
        (ada.id, "warned", "b", "{}", now, to_micros(later), None),
    ]


def test_a_second_notice_of_the_same_key_is_dropped(ctx: Context, make: Make, announced: list[Event]) -> None:
    ada, bo = make.agent(), make.agent()
    told(ctx, [warning(ada.id, "a")])
    announced.clear()

    outcome = told(ctx, [warning(ada.id, "a"), warning(bo.id, "b"), warning(bo.id, "b")])

    assert outcome.id == 1
    assert len(stored(ctx)) == 2
    assert announced == [NoticesChanged(frozenset({bo.id}))]


def test_nothing_new_is_not_announced(ctx: Context, make: Make, announced: list[Event]) -> None:
    ada = make.agent()
    told(ctx, [warning(ada.id, "a")])
    announced.clear()

    told(ctx, [warning(ada.id, "a")])
    told(ctx, [])

    assert announced == []


def test_a_storm_of_notices_is_written_at_once(ctx: Context, make: Make) -> None:
    ada = make.agent()

    outcome = told(ctx, [warning(ada.id, f"storm:{number}") for number in range(2_345)])

    assert outcome.id == len(stored(ctx)) == 2_345


def test_a_deed_that_fails_tells_nobody(ctx: Context, make: Make, announced: list[Event]) -> None:
    ada = make.agent()

    with pytest.raises(RuleViolation):
        told_in_vain(ctx, [warning(ada.id, "a")])

    assert stored(ctx) == []
    assert announced == []

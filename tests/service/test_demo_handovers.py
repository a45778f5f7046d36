"""The demo's book of handovers: signed by both leaders of the last shifts, unbroken, today's sheet begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from app.models.entities.handover import HandoverState, LineState
from app.models.store import Store
from app.services.access.queries import has_administrator
from app.services.access.signing_in import sign_in
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.commands import DEMO_LOGIN
from app.services.demo.creating import create_demo
from app.services.demo.handing_over import DEMO_PASSWORD, DEMO_PIN
from app.services.demo.planning import DEFAULT_UNTIL
from app.services.handover import queries, signing
from app.services.handover.book import BEGINNING, verify_some
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=60, handovers=2)
    yield ctx
    ctx.store.release()


def test_the_last_shifts_are_signed_and_the_book_proves_itself(demo: Context) -> None:
    entries = queries.book(demo).entries

    assert [(entry.number, entry.state) for entry in entries] == [
        (None, HandoverState.DRAFT),
        (2, HandoverState.CLOSED),
        (1, HandoverState.CLOSED),
    ]
    assert (verify_some(demo, BEGINNING).checked, verify_some(demo, BEGINNING).faults) == (2, ())
    assert queries.standing(demo).unsigned is None


def test_a_demo_site_has_an_administrator_who_can_sign_in(demo: Context) -> None:
    actor = sign_in(demo, DEMO_LOGIN, DEMO_PASSWORD)

    assert has_administrator(demo)
    assert actor.may("access.manage")


def test_a_past_sheet_names_no_ticket_that_came_later(demo: Context) -> None:
    closed = queries.handover(demo, queries.book(demo).entries[1].id)
    with demo.store.read() as read:
        later = read.rows(
            "SELECT id FROM ticket WHERE created_at > ?", (_micros(closed.opened_at + timedelta(minutes=1)),)
        )

    assert {line.ticket_id for line in closed.lines} & {row[0] for row in later} == set()
    assert {line.state for line in closed.lines} <= {LineState.TICKED, LineState.ANSWERED}


def test_whoever_leads_now_can_sign_the_sheet_that_was_begun(demo: Context) -> None:
    draft = queries.handover(demo, queries.book(demo).entries[0].id)
    later = Context(demo.store, FixedClock(draft.shift.ends_at), demo.actor)

    signing.sign_out(later, draft.id, draft.leaders[0].person_id, DEMO_PIN, version=draft.version)

    assert draft.remarks
    assert queries.handover(demo, draft.id).state is HandoverState.SIGNED_OUT


def test_the_demos_password_signs_too(demo: Context) -> None:
    draft = queries.handover(demo, queries.book(demo).entries[0].id)
    later = Context(demo.store, FixedClock(draft.shift.ends_at), demo.actor)

    signing.sign_out(later, draft.id, draft.leaders[0].person_id, DEMO_PASSWORD, version=draft.version)

    assert queries.handover(demo, draft.id).state is HandoverState.SIGNED_OUT


def test_a_demo_can_be_made_without_a_book(empty_database_url: str) -> None:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())

    create_demo(ctx, tickets=60, handovers=0)

    assert queries.book(ctx).entries == ()
    ctx.store.release()


def _micros(at) -> int:
    return int(at.timestamp() * 1_000_000)

"""Another program's commit reaches an open one; a lost database is told and comes back without a gap."""

from __future__ import annotations

import threading
import time

import pytest

from app.models.entities.events import Event, TicketsChanged
from app.services.base.events import EventBus
from app.services.base.feed import FeedReader
from app.services.tickets import commands
from tests.service.test_tickets_commands import CALL
from tests.support.site import set_up_site

WATCHDOG_SECONDS = 10.0


@pytest.fixture
def heard(other_ctx):
    """What the second program's bus hears while it follows the feed in a thread of its own."""
    bus, events, arrived, ready = EventBus(), [], threading.Event(), threading.Event()

    def note(event):
        events.append((time.monotonic(), event))
        arrived.set()

    bus.subscribe(Event, note)
    reader = FeedReader(other_ctx.store, bus, lambda is_reachable: ready.set())
    thread = threading.Thread(target=reader.follow)
    thread.start()
    assert ready.wait(WATCHDOG_SECONDS)
    yield events, arrived
    reader.stop()
    thread.join(WATCHDOG_SECONDS)


def test_a_ticket_registered_in_one_program_is_heard_in_the_other(ctx, heard):
    events, arrived = heard
    set_up_site(ctx)

    outcome = commands.create_ticket(ctx, CALL)
    arrived.wait(WATCHDOG_SECONDS)

    assert TicketsChanged(frozenset({outcome.id})) in [event for _, event in events]

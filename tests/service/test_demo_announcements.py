"""The demo announces a new system with its training, maintenance, and the fault of the day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.models.entities.announcements import AnnouncementKind, AnnouncementState
from app.models.store import Store
from app.services.announcements.queries import announcements, preparations
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.demo.creating import create_demo, demo_actor
from app.services.demo.planning import DEFAULT_UNTIL


@pytest.fixture
def demo(empty_database_url: str) -> Iterator[Context]:
    ctx = Context(Store(empty_database_url), FixedClock(DEFAULT_UNTIL), console_actor())
    create_demo(ctx, tickets=60, handovers=0)
    yield ctx.acting_as(demo_actor(ctx))
    ctx.store.release()


def test_what_is_announced_holds_or_is_to_come_and_leads_somewhere(demo: Context) -> None:
    found = {one.details.kind: one for one in announcements(demo)}

    new, fault = found[AnnouncementKind.NEW_SYSTEM], found[AnnouncementKind.FAULT]
    assert (new.state, new.is_unread) == (AnnouncementState.SHOWN, True)
    assert new.article is not None
    assert fault.ticket is not None
    assert found[AnnouncementKind.MAINTENANCE].state is AnnouncementState.PLANNED


def test_some_are_trained_for_the_new_system_and_most_are_not(demo: Context) -> None:
    (new,) = [one for one in announcements(demo) if one.details.kind is AnnouncementKind.NEW_SYSTEM]

    ready = [one.is_trained for one in preparations(demo, new.id)]

    assert ready.count(True) == 4
    assert ready.count(False) == 15

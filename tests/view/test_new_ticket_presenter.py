"""What the form of a new ticket asks, and when; no widget in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.models.entities.tickets import TicketStatus
from app.views.base.lanes import Running
from app.views.base.tasks import ImmediateTasks
from app.views.tickets.form_presenter import TYPING_PAUSE, FormPresenter
from app.views.tickets.form_values import FormValues
from tests.support.site import set_up_site

TYPED = FormValues(subject="Printer jams", cell=(2, 2))


class SlowTasks(ImmediateTasks):
    """Keeps every job until it is let go, in whatever order a test wants."""

    def __init__(self) -> None:
        self.jobs: list[tuple[str, Running, Callable[[], None]]] = []

    def run(self, job: Any, done: Any = None, failed: Any = None, **more: Any) -> Running:
        running = Running()

        def settle() -> None:
            result = job()
            if not running.is_dropped and done is not None:
                done(result)

        self.jobs.append((job.func.__name__, running, settle))
        return running

    def let_go(self, name: str) -> None:
        """Finish the jobs of that name, the newest first: answers may overtake each other."""
        waiting = [settle for each, _running, settle in self.jobs if each == name]
        self.jobs = [job for job in self.jobs if job[0] != name]
        for settle in reversed(waiting):
            settle()

    def names(self) -> list[str]:
        return [name for name, _running, _settle in self.jobs]


@pytest.fixture
def presenter(ctx, qtbot):
    set_up_site(ctx)
    presenter = FormPresenter(ctx, ImmediateTasks())
    yield presenter
    presenter.rest()


def test_the_same_promise_is_asked_for_once(ctx, qtbot):
    set_up_site(ctx)
    tasks = SlowTasks()
    presenter = FormPresenter(ctx, tasks)

    presenter.look(TYPED)
    presenter.look(replace(TYPED, subject="Printer jams again"))
    presenter.rest()

    assert tasks.names() == ["promise_preview"]


def test_an_older_promise_never_follows_a_newer_one(ctx, qtbot):
    set_up_site(ctx)
    tasks, shown = SlowTasks(), []
    presenter = FormPresenter(ctx, tasks)
    presenter.promised.connect(shown.append)

    presenter.look(TYPED)
    presenter.look(replace(TYPED, cell=(1, 1)))
    tasks.let_go("promise_preview")
    presenter.rest()

    assert [preview.priority for preview in shown] == [1]


def test_helpers_wait_for_a_rest_in_typing(presenter, qtbot, make):
    asked = []
    presenter.similar_found.connect(asked.append)

    presenter.look(TYPED)
    assert asked == []

    qtbot.waitUntil(lambda: len(asked) == 1, timeout=TYPING_PAUSE + 1000)


def test_a_priority_by_hand_is_promised_its_own_times(presenter):
    shown = []
    presenter.promised.connect(shown.append)

    presenter.look(TYPED)
    presenter.look(replace(TYPED, priority=4))

    assert [preview.priority for preview in shown] == [2, 4]
    assert shown[0].due != shown[1].due


def test_a_caller_is_read_once_and_with_the_open_tickets(presenter, make):
    person = make.person(name="Wang Fang")
    make.ticket(requester_id=person, status=TicketStatus.CLOSED)
    waiting = make.ticket(requester_id=person)
    known = []
    presenter.caller_known.connect(known.append)

    presenter.look(replace(TYPED, requester=str(person.id)))
    presenter.look(replace(TYPED, requester=str(person.id), subject="more"))

    (caller,) = known
    assert caller.card.person.details.name == "Wang Fang"
    assert [row.id for row in caller.open_tickets] == [waiting.id]

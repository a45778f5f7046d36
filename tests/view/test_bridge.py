"""Events reach the window thread, and many of them cause one refresh."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.models.entities.events import PeopleChanged, TicketsChanged
from app.services.base.events import EventBus
from app.views.base.bridge import Bridge, RefreshMark


@pytest.fixture
def bus():
    return EventBus()


@pytest.fixture
def bridge(qtbot, bus):
    bridge = Bridge(bus)
    yield bridge
    bridge.close()


@pytest.fixture
def screen(qtbot):
    screen = QWidget()
    qtbot.addWidget(screen)
    return screen


def changed(*ids):
    return TicketsChanged(frozenset(ids))


def test_an_event_published_by_a_worker_is_heard_on_the_window_thread(qtbot, bus, bridge):
    heard, owner = [], QObject()
    bridge.listen(TicketsChanged, owner, lambda event: heard.append((event, threading.current_thread())))

    worker = threading.Thread(target=bus.publish, args=[changed(1)])
    worker.start()
    worker.join()

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(changed(1), threading.main_thread())]


def test_a_listener_hears_only_its_own_kind(qtbot, bus, bridge):
    heard, owner = [], QObject()
    bridge.listen(TicketsChanged, owner, heard.append)

    bus.publish(PeopleChanged())
    bus.publish(changed(2))

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [changed(2)]


def test_a_closed_screen_hears_nothing_more(qtbot, bus, bridge):
    gone, here, heard = QObject(), QObject(), []
    bridge.listen(TicketsChanged, gone, lambda event: heard.append("gone"))
    bridge.listen(TicketsChanged, here, lambda event: heard.append("here"))
    delete(gone)

    bus.publish(changed(1))

    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["here"]


def test_twenty_events_cause_one_refresh(qtbot, bus, bridge, screen):
    refreshed = []
    RefreshMark(screen, lambda: refreshed.append(True)).on(bridge, TicketsChanged)
    screen.show()

    for number in range(20):
        bus.publish(changed(number))

    qtbot.waitUntil(lambda: bool(refreshed))
    qtbot.wait(20)
    assert refreshed == [True]


def test_a_hidden_screen_refreshes_when_it_is_shown(qtbot, screen):
    refreshed = []
    mark = RefreshMark(screen, lambda: refreshed.append(True))
    mark.mark()
    qtbot.wait(20)
    while_hidden = list(refreshed)

    screen.show()

    qtbot.waitUntil(lambda: refreshed == [True])
    assert while_hidden == []
    assert not mark.is_stale


def test_an_event_that_concerns_others_leaves_the_screen_alone(qtbot, bus, bridge, screen):
    heard = []
    mark = RefreshMark(screen, lambda: None).on(bridge, TicketsChanged, lambda event: 7 in event.ids)
    bridge.listen(TicketsChanged, mark, heard.append)

    bus.publish(changed(1))

    qtbot.waitUntil(lambda: bool(heard))
    assert not mark.is_stale

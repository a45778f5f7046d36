"""The keys Y, I and L in the list do for the current ticket what they do on its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import TicketType
from app.services.setup.first_start import set_up
from app.services.tickets import queries
from app.views.tickets.list_page import TicketsPage
from tests.support.pages import page_env


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def page(qtbot, ctx, env, make):
    set_up(ctx, SiteChoices("Test desk", language="en"))
    make.ticket(number=1, subject="VPN drops", due_in=timedelta(minutes=20), type=TicketType.INCIDENT)
    make.ticket(subject="New account", due_in=timedelta(hours=3), type=TicketType.REQUEST)
    made = TicketsPage(ctx, env)
    made.resize(1368, 820)
    made.show()
    made.refresh()
    made.list.table.setFocus()
    yield made
    delete(made)


def ticket(ctx, number: int):
    return queries.ticket_detail(ctx, queries.ticket_id_of(ctx, number)).ticket


def press(qtbot, page, key) -> None:
    qtbot.keyClick(page.list.table, key)


def test_y_records_that_the_service_works_again(qtbot, page, ctx, clock):
    press(qtbot, page, Qt.Key.Key_Y)
    page.facts.asker.restoring.act.click()

    assert ticket(ctx, 1).restored_at == clock.now()


def test_i_records_what_the_user_is_told(qtbot, page, ctx, clock):
    press(qtbot, page, Qt.Key.Key_I)
    page.facts.asker.telling.line.show_value(clock.now() + timedelta(minutes=10))
    page.facts.asker.telling.act.click()

    assert ticket(ctx, 1).promised_at == clock.now() + timedelta(minutes=10)


def test_l_says_what_is_expected_of_the_ticket(qtbot, page):
    press(qtbot, page, Qt.Key.Key_L)

    assert page.facts.asker.early.isVisible()


def test_what_has_no_service_says_so_instead_of_asking(qtbot, page, env):
    press(qtbot, page, Qt.Key.Key_J)

    press(qtbot, page, Qt.Key.Key_Y)

    assert page.facts.asker.restoring is None
    assert env.shell.said == ["Only incidents and monitoring events have a service to restore."]


def test_of_several_tickets_no_time_is_told(qtbot, page):
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_J)
    press(qtbot, page, Qt.Key.Key_Space)

    press(qtbot, page, Qt.Key.Key_I)

    assert page.facts.not_one() == "Choose one ticket only."
    assert page.facts.asker.telling is None

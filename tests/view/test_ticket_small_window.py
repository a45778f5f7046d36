"""How a ticket's page folds in the smallest window, and how letters and Ctrl+Enter reach its fields."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import TicketStatus
from app.services.setup.first_start import set_up
from app.services.tickets import commands, note_commands
from app.views.base.i18n import current
from app.views.tickets.composer_presenter import Mode
from app.views.tickets.side_pane import FILES, LINKS
from tests.support.pages import page_env
from tests.support.ticket_page import CALL, SMALLEST, fill_solution, opened, read


@pytest.fixture(autouse=True)
def site(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def ticket(ctx, make):
    category = make.category(name="ERP", default_team_id=make.team(name="Second line").id)
    return commands.create_ticket(ctx, replace(CALL, category_id=category.id)).id


@pytest.fixture
def small(qtbot, ctx, env, ticket):
    page = opened(qtbot, ctx, env, ticket, SMALLEST)
    page.activateWindow()
    return page


# -- tabs at the right -------------------------------------------------------------------------------


def test_links_and_files_stand_behind_tabs(small):
    view = small.view

    assert view.properties.isVisible()
    assert not view.links.isVisible()

    view.side.show_tab(LINKS)

    assert view.links.isVisible()
    assert not view.properties.isVisible()


def test_a_tab_says_how_much_is_behind_it(small, ctx, env, ticket):
    other = commands.create_ticket(ctx, CALL).id
    note_commands.link_tickets(ctx, ticket, other)
    small.refresh()

    tabs = small.view.side.tabs.findChildren(QAbstractButton)
    assert "Links 1" in [tab.accessibleName() for tab in tabs]


def test_in_a_large_window_every_card_is_seen(qtbot, ctx, env, ticket):
    view = opened(qtbot, ctx, env, ticket).view

    assert view.properties.isVisible()
    assert view.links.isVisible()
    assert view.files.isVisible()
    assert not view.side.tabs.isVisible()


def test_the_next_pane_brings_the_properties_back(small):
    small.view.side.show_tab(FILES)
    small.view.composer.text.setFocus()

    small.cycle_panes()

    assert small.view.properties.isVisible()
    assert small.window().focusWidget() is small.view.properties.rows["location"].value


# -- the composer ------------------------------------------------------------------------------------


def test_the_composer_is_one_line_until_somebody_writes(small, qtbot):
    composer = small.view.composer
    assert not composer.send.isVisible()
    QApplication.processEvents()
    before = small.view.timeline.height()

    composer.begin(Mode.NOTE)
    qtbot.waitUntil(lambda: small.view.timeline.height() < before)

    assert composer.send.isVisible()


def test_a_text_begun_keeps_its_buttons(small):
    composer = small.view.composer
    composer.begin(Mode.NOTE)
    QTest.keyClicks(composer.text, "restarted")

    small.view.timeline.area.setFocus()
    QApplication.processEvents()

    assert composer.send.isVisible()


# -- keys --------------------------------------------------------------------------------------------


def test_a_letter_on_a_choice_looks_for_an_entry_and_is_no_key_of_the_page(small):
    composer = small.view.composer
    composer.begin(Mode.SOLUTION)
    composer.solution.cause.setFocus()

    QTest.keyClicks(composer.solution.cause, "n")

    assert composer.mode.key == Mode.SOLUTION


def test_ctrl_enter_resolves_from_the_last_field_too(small, ctx, ticket):
    composer = fill_solution(small)

    none_fits = composer.solution.article.none_fits
    none_fits.setFocus()
    QTest.keyClick(none_fits, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert read(ctx, ticket).status is TicketStatus.RESOLVED


def test_work_that_waits_is_resumed_by_a_key(small, ctx, make, ticket):
    reason = make.waiting_reason().id
    commands.set_waiting(ctx, ticket, version=read(ctx, ticket).version, reason_id=reason)
    small.refresh()

    QTest.keyClick(small.view.timeline.area, Qt.Key.Key_G)

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS


# -- names -------------------------------------------------------------------------------------------


@pytest.fixture
def chinese(bus, tmp_path):
    current.use("zh_CN")
    yield page_env(bus, tmp_path, language="zh_CN")
    current.use("en")


def test_the_requesters_company_is_called_as_the_reader_calls_it(qtbot, ctx, chinese, make):
    company = make.company(name="Huaxin", name_alt="华信")
    caller = make.person(name="Wang Fang", company_id=company.id)
    ticket = commands.create_ticket(ctx, replace(CALL, requester_id=caller.id)).id

    page = opened(qtbot, ctx, chinese, ticket)

    assert page.view.requester.place.text() == "华信"

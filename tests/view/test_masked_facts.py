"""Masked facts in the window: shown on a ticket's page and on the page of people, never saved as masks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.audit import AccessFilter, AccessKind
from app.models.entities.ids import CategoryId, PersonId
from app.models.entities.people import NumberKind, PersonDetails, PersonFact
from app.models.entities.tickets import TicketType
from app.services.audit.queries import access_page
from app.services.people import commands, masking, queries
from app.services.settings.commands import change_settings
from app.services.tickets import commands as tickets
from app.views.settings.confidentiality_page import ConfidentialityPane
from app.views.settings.people_page import PeoplePane
from app.views.tickets.reading_parts import CallerLine
from tests.support.describe import assert_readable
from tests.support.pages import page_env
from tests.support.settings_site import only_with, sample_site, shown_pane
from tests.support.ticket_page import CALL, opened

AGENT = ("tickets.read", "tickets.edit", "people.read", "people.edit", "settings.read")
ZHOU = PersonDetails(
    "Zhou Yun",
    company="Huaxin",
    email="zhou@example.com",
    location="Tower 2",
    title="Accountant",
    source_key="E-7",
    phones=((NumberKind.WORK, "62881234"), (NumberKind.MOBILE, "13800138000")),
)


@pytest.fixture
def env(qtbot, bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    return sample_site(ctx)


@pytest.fixture
def zhou(site):
    person_id = PersonId(commands.add_person(site, ZHOU).id)
    change_settings(site, {key.name: True for key in masking.SETTINGS.values()}, versions={})
    return person_id


@pytest.fixture
def ticket(site, zhou, make):
    category = make.category(default_team_id=make.team().id)
    new = replace(CALL, category_id=CategoryId(category.id), requester_id=zhou, type=TicketType.COMPLAINT)
    return tickets.create_ticket(site, new).id


def lines(ctx, kind):
    return access_page(ctx, AccessFilter(kind=kind)).entries


def stored(ctx, person_id):
    with ctx.store.read() as read:
        return queries.load_person(read, person_id).details


# -- the page of a ticket ------------------------------------------------------------------------------


def test_a_tickets_page_shows_masks_until_somebody_asks(qtbot, site, env, ticket):
    card = opened(qtbot, site, env, ticket).view.requester
    before = card.reach.text()

    card.masked.buttons[PersonFact.MOBILE].click()

    assert before == "62****34 · 138****8000\nz****@example.com"
    assert card.reach.text() == "62****34 · 138 0013 8000\nz****@example.com"
    assert not card.masked.buttons[PersonFact.MOBILE].isVisible()
    assert card.masked.buttons[PersonFact.EMAIL].isVisible()


def test_a_fact_is_shown_by_keyboard(qtbot, site, env, ticket):
    page = opened(qtbot, site, env, ticket)
    button = page.view.requester.masked.buttons[PersonFact.EMAIL]

    QTest.keyClick(button, Qt.Key.Key_Space)

    assert "zhou@example.com" in page.view.requester.reach.text()
    assert (button.text(), button.focusPolicy() & Qt.FocusPolicy.TabFocus) == (
        "Show: E-mail", Qt.FocusPolicy.TabFocus,
    )  # fmt: skip


def test_what_was_shown_stays_while_the_ticket_does_and_is_recorded_once(qtbot, site, env, ticket):
    page = opened(qtbot, site, env, ticket)
    page.view.requester.masked.buttons[PersonFact.EMAIL].click()

    page.refresh()

    [line] = lines(site, AccessKind.REVEALED)
    assert "zhou@example.com" in page.view.requester.reach.text()
    assert (line.named, line.about) == ("Zhou Yun", {"fact": "email", "ticket": page.presenter.state.number})


def test_another_ticket_begins_masked(qtbot, site, env, ticket, zhou, make):
    page = opened(qtbot, site, env, ticket)
    page.view.requester.masked.buttons[PersonFact.EMAIL].click()

    page.show_target({"id": make.ticket(requester_id=zhou).id})
    page.refresh()

    assert page.view.requester.reach.text() == "62****34 · 138****8000\nz****@example.com"


def test_without_the_right_nothing_is_offered(qtbot, site, env, ticket):
    page = opened(qtbot, only_with(site, *AGENT), env, ticket)

    assert not page.view.requester.masked.isVisible()


def test_with_nothing_masked_the_page_is_as_before(qtbot, ctx, env, make):
    site = sample_site(ctx)
    caller = commands.add_person(site, ZHOU).id

    page = opened(qtbot, site, env, make.ticket(requester_id=caller).id)

    assert page.view.requester.reach.text() == "62881234 · 138 0013 8000\nzhou@example.com"
    assert not page.view.requester.masked.isVisible()


def test_opening_a_complaint_is_recorded_once_however_often_it_is_read(qtbot, site, env, ticket):
    page = opened(qtbot, site, env, ticket)
    page.refresh()
    page.show_target({"id": 999})
    page.show_target({"id": ticket})
    page.refresh()

    [line] = lines(site, AccessKind.OPENED)
    assert line.named == page.presenter.state.number


def test_a_masked_number_cannot_be_copied_in_passing(qtbot, site, zhou):
    card = CallerLine()
    qtbot.addWidget(card)
    card.show()

    card.show_person("", queries.person(site, zhou))

    assert (card.phone.isVisible(), card.mail.isVisible()) == (False, False)


# -- the page of people --------------------------------------------------------------------------------


@pytest.fixture
def people(qtbot, site, zhou, env):
    page = shown_pane(qtbot, PeoplePane, site, env)
    page.scope._buttons["everybody"].click()
    page.people.table.go_to_row(0)
    return page


def value(people, name):
    return people.people._fields[name].widget.text()


def test_the_form_shows_masks_and_the_list_too(people):
    row = people.people.model.rows[0].row

    assert (value(people, "email"), value(people, "location")) == ("z****@example.com", "****")
    assert people.people.phones.phones == [["work", "62****34"], ["mobile", "138****8000"]]
    assert (row.phone, row.email) == ("62****34", "z****@example.com")


def test_a_masked_form_saves_what_was_changed_and_no_mask(people, site, zhou):
    people.people._fields["department"].widget.setText("Finance")

    people.apply()

    assert stored(site, zhou) == replace(ZHOU, department="Finance")


def test_a_number_beside_a_masked_one_is_added(people, site, zhou):
    people.people.phones.add.click()
    people.people.phones._lines[2].number.setText("5555 0000")

    people.apply()

    assert [number for _kind, number in stored(site, zhou).phones] == ["62881234", "13800138000", "5555 0000"]


def test_a_mask_that_was_changed_is_refused_with_the_reason(people, site, zhou, env):
    people.people.phones._lines[1].number.setText("138****8001")

    people.apply()

    assert stored(site, zhou) == ZHOU
    assert "masked" in people.people._fields["phones"].error + str(env.shell.errors)


def test_a_fact_that_is_shown_can_be_mended(people, site, zhou):
    people.people.masked.buttons[PersonFact.EMAIL].click()
    shown = value(people, "email")
    people.people._fields["email"].widget.setText("yun@example.com")

    people.apply()

    assert shown == "zhou@example.com"
    assert stored(site, zhou) == replace(ZHOU, email="yun@example.com")
    assert [line.about for line in lines(site, AccessKind.REVEALED)] == [{"fact": "email"}]


def test_showing_a_fact_keeps_what_was_typed(people):
    people.people._fields["department"].widget.setText("Finance")

    people.people.masked.buttons[PersonFact.LOCATION].click()

    assert (value(people, "location"), value(people, "department")) == ("Tower 2", "Finance")


def test_somebody_masked_is_found_by_the_whole_number(people):
    people.people.search.setText("138 0013 8000")
    people.people.search.returnPressed.emit()

    assert [row.row.name for row in people.people.model.rows] == ["Zhou Yun"]


def test_the_page_of_people_can_be_read(either_language, qtbot, site, zhou, env):
    page = shown_pane(qtbot, PeoplePane, site, env)
    page.scope._buttons["everybody"].click()

    assert_readable(page)


# -- the page of settings ------------------------------------------------------------------------------


def test_the_settings_of_confidentiality_can_be_read_and_changed(either_language, qtbot, site, env):
    pane = shown_pane(qtbot, ConfidentialityPane, site, env)
    pane.fields["people.mask_mobile"].widget.click()
    reads = pane.fields["audit.record_reads"].widget
    reads.setCurrentIndex(reads.findData("all"))

    pane.apply()

    with site.store.read() as read:
        assert masking.masked_facts(read) == {PersonFact.MOBILE}
    assert_readable(pane)

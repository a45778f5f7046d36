"""A caller whose facts are masked: found by the whole number, and a mask of their place goes nowhere."""

from __future__ import annotations

import pytest

from app.models.entities.people import PersonFact
from app.services.people import masking
from app.services.settings.commands import change_settings
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import type_into
from tests.view.new_ticket_page.form import fill, only_ticket


@pytest.fixture
def masked(desk):
    """Masks everything of requesters."""
    change_settings(desk.ctx, {key.name: True for key in masking.SETTINGS.values()}, versions={})


def look_up(page, qtbot, text):
    search = page.view.caller.search
    search.setFocus()
    type_into(search, text)
    qtbot.waitUntil(lambda: bool(search.offers))


def test_who_calls_is_found_by_the_number_and_shown_masked(desk, caller, masked, page, qtbot):
    look_up(page, qtbot, "6120")
    page.call.form.fill({"requester": str(caller)})

    assert page.call.values.requester == str(caller)


def test_the_place_of_a_masked_caller_is_not_proposed(desk, caller, masked, page):
    fill(page, caller, desk)

    assert page.view.fields.location.text() == ""
    assert "****" in page.view.caller.known.facts.text()


def test_a_ticket_of_a_masked_caller_holds_no_mask(desk, caller, masked, page):
    fill(page, caller, desk)

    page.save(Ending.CREATE)

    assert only_ticket(desk).location == ""


def test_where_only_numbers_are_masked_the_place_is_proposed(desk, caller, page):
    change_settings(desk.ctx, {masking.SETTINGS[PersonFact.PHONE].name: True}, versions={})

    fill(page, caller, desk)

    assert page.view.fields.location.text() == "Building 3"

"""Unsaved texts of new tickets: kept while typing, parked for another call, offered again, taken back."""

from __future__ import annotations

from datetime import timedelta

from app.services.tickets import queries
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import drafts_on_disk, type_into
from tests.view.new_ticket_page.form import fill


def test_a_typed_text_is_a_draft_within_a_second(desk, page, qtbot):
    type_into(page.view.fields.subject, "Half a sen")

    qtbot.waitUntil(lambda: bool(drafts_on_disk(desk.folder)), timeout=1500)

    assert drafts_on_disk(desk.folder)[0]["values"]["subject"] == "Half a sen"


def test_after_a_crash_the_text_is_offered_again_with_its_time(desk, page, caller, qtbot, clock):
    opened_at = page.presenter.opened_at
    fill(page, caller, desk, description="Since this morning")
    page.shelf.save_now()
    clock.advance(timedelta(minutes=30))

    again = desk.page()
    qtbot.addWidget(again)
    again.show()
    assert again.view.offer.isVisible()
    assert again.view.offer.text.text() == "Unsaved text of 18:00: Wang Fang · Printer jams"
    again.view.resume.click()

    assert again.call.values.description == "Since this morning"
    assert again.call.values.requester == str(caller)
    assert again.presenter.opened_at == opened_at


def test_a_call_is_parked_while_another_comes_and_both_are_saved(desk, page, caller):
    fill(page, caller, desk, subject="First call")
    page.hold()
    fill(page, caller, desk, subject="Second call")
    page.save(Ending.CREATE)
    page.refresh()

    (parked,) = page.shelf.drafts
    page.resume(parked)
    page.save(Ending.CREATE)

    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    assert {row.subject for row in rows} == {"First call", "Second call"}
    assert drafts_on_disk(desk.folder) == []


def test_drafts_have_numbers_of_their_own(desk, page):
    for number in range(3):
        page.view.fields.subject.setText(f"call {number}")
        page.hold()

    assert desk.shell.said == ["Draft 1 is on hold", "Draft 2 is on hold", "Draft 3 is on hold"]


def test_a_discarded_draft_can_be_taken_back(desk, page, caller):
    fill(page, caller, desk)
    page.cancel()
    assert not page.call.form.is_dirty

    desk.shell.run_last()

    assert page.call.values.subject == "Printer jams"


def test_a_page_built_again_goes_on_with_its_draft(desk, page, caller, qtbot):
    fill(page, caller, desk)
    page.leave()
    state = page.save_state()

    again = desk.page()
    qtbot.addWidget(again)
    again.restore_state(state)

    assert again.call.values.subject == "Printer jams"
    assert again.shelf.drafts == []

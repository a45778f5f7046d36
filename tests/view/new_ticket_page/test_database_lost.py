"""A new ticket while the database does not answer: queued, sent on its return, never lost."""

from __future__ import annotations

from app.models.entities.errors import RuleViolation, StoreUnavailable
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import drafts_on_disk
from tests.view.new_ticket_page.form import fill, only_ticket


def test_a_ticket_is_queued_while_the_database_is_lost_and_sent_on_its_return(desk, page, caller):
    fill(page, caller, desk)
    desk.tasks.lost = StoreUnavailable("store.lost")
    page.save(Ending.CREATE)
    assert desk.shell.said == ["Queued on this PC, not yet saved"]
    assert page.view.outbox.isVisible()

    desk.tasks.lost = None
    page.refresh()

    assert only_ticket(desk).subject == "Printer jams"
    assert not page.view.outbox.isVisible()


def test_what_was_queued_is_sent_by_the_next_run_of_the_program(desk, page, caller, qtbot):
    fill(page, caller, desk)
    desk.tasks.lost = StoreUnavailable("store.lost")
    page.save(Ending.CREATE)

    desk.tasks.lost = None
    again = desk.page()
    qtbot.addWidget(again)

    assert only_ticket(desk).subject == "Printer jams"
    assert desk.journal.pending(str(desk.agent.id), page.env.epoch) == []


def test_a_text_in_the_journal_is_not_offered_as_a_draft_too(desk, page, caller):
    fill(page, caller, desk)
    page.shelf.save_now()
    desk.tasks.lost = StoreUnavailable("store.lost")

    page.save(Ending.CREATE)

    assert drafts_on_disk(desk.folder) == []
    assert len(desk.journal.pending(str(desk.agent.id), page.env.epoch)) == 1


def test_what_the_rules_refuse_stays_in_the_form_and_is_kept(desk, page, caller):
    fill(page, caller, desk)
    desk.tasks.lost = RuleViolation("tickets.no_subject")

    page.save(Ending.CREATE)

    assert page.call.values.subject == "Printer jams"
    assert [draft["values"]["subject"] for draft in drafts_on_disk(desk.folder)] == ["Printer jams"]
    assert desk.journal.pending(str(desk.agent.id), page.env.epoch) == []
    assert [error.code for error in desk.shell.errors] == ["tickets.no_subject"]


def test_what_is_refused_long_after_it_was_queued_is_a_draft_again(desk, page, caller):
    fill(page, caller, desk)
    desk.tasks.lost = StoreUnavailable("store.lost")
    page.save(Ending.CREATE)

    desk.tasks.lost = RuleViolation("tickets.no_subject")
    page.saving.send_again()

    assert [draft.title for draft in page.shelf.drafts] == ["Printer jams"]
    assert "“Printer jams” is a draft again" in desk.shell.said

"""The form of a new ticket as an agent with a caller on the phone meets it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.entities.errors import RuleViolation, StoreUnavailable
from app.models.entities.knowledge import ArticleState
from app.models.entities.people import NumberKind, PersonDetails
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, NewTicket, TicketStatus, TicketType
from app.services.knowledge import commands as knowledge
from app.services.knowledge.commands import ArticleText
from app.services.people import commands as people
from app.services.tickets import commands, queries
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import Desk, drafts_on_disk, press, type_into
from tests.support.site import set_up_site

HOSTILE = "<b>bold</b><img src='file://server/x.png'> & {{ 7*7 }} &amp;"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(ctx, make, tmp_path, qtbot):
    set_up_site(ctx)
    desk = Desk(ctx, make, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def caller(desk):
    details = PersonDetails(
        "Wang Fang", "王芳", company="Huaxin", department="Finance", location="Building 3", is_vip=True,
        phones=((NumberKind.WORK, "6120"),),
    )  # fmt: skip
    return people.add_person(desk.ctx, details).id


@pytest.fixture
def page(desk, caller, qtbot):
    page = desk.page()
    qtbot.addWidget(page)
    page.resize(1366, 814)
    page.show()
    page.activateWindow()
    return page


def focused() -> object:
    return QApplication.focusWidget()


def take_caller(page, qtbot, text="wf"):
    page.view.caller.search.setFocus()
    type_into(page.view.caller.search, text)
    press(page.view.caller.search, Qt.Key.Key_Return)


def fill(page, caller, desk, **values):
    start = {
        "requester": str(caller),
        "subject": "Printer jams",
        "category": str(desk.category.id),
        "cell": [2, 2],
    }
    page.call.form.fill({**start, **values})


def only_ticket(desk):
    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    assert len(rows) == 1
    return queries.ticket_detail(desk.ctx, rows[0].id).ticket


# --- the call ------------------------------------------------------------------------------------


def test_a_call_is_registered_and_solved_by_keyboard_alone(desk, page, qtbot):
    take_caller(page, qtbot)
    type_into(focused(), "Printer jams")
    press(page, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    type_into(focused(), "prn")
    press(focused(), Qt.Key.Key_Return)
    press(page, Qt.Key.Key_Return, CTRL | SHIFT)
    type_into(focused(), "Tray 2 was open")
    press(focused(), Qt.Key.Key_Tab)
    type_into(focused(), "config")
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_Space)
    press(page, Qt.Key.Key_Return, CTRL | SHIFT)

    ticket = only_ticket(desk)
    assert (ticket.status, ticket.solution, ticket.cause_code) == (
        TicketStatus.CLOSED, "Tray 2 was open", "config",
    )  # fmt: skip
    assert ticket.requester_id is not None
    assert ticket.is_first_contact
    assert desk.shell.said == ["#00001 solved and closed"]


def test_a_caller_is_found_by_the_initials_and_shown_with_what_one_must_know(page, qtbot):
    take_caller(page, qtbot)

    card = page.view.caller.known
    assert card.name.text() == "Wang Fang 王芳"
    assert card.vip.isVisible()
    assert "Finance" in card.facts.text()
    assert "6120" in card.facts.text()
    assert page.view.fields.location.text() == "Building 3"


def test_a_number_finds_the_caller_too(page, qtbot, caller):
    take_caller(page, qtbot, "6120")

    assert page.call.values.requester == str(caller)


def test_an_unknown_caller_is_entered_in_place(desk, page, qtbot):
    search = page.view.caller.search
    search.setFocus()
    type_into(search, "Zhao Min")
    qtbot.waitUntil(lambda: bool(search.offers))
    press(search, Qt.Key.Key_Return)

    type_into(focused(), "6203")
    press(focused(), Qt.Key.Key_Return)

    assert page.view.caller.known.name.text() == "Zhao Min"
    assert "6203" in page.view.caller.known.facts.text()


def test_the_clock_of_the_promise_begins_when_the_form_is_opened(desk, page, caller, clock):
    opened_at = clock.now()
    clock.advance(timedelta(minutes=5))
    fill(page, caller, desk)

    page.save(Ending.CREATE)

    assert only_ticket(desk).received_at == opened_at


def test_the_promise_shown_before_saving_is_the_promise_that_is_saved(desk, page, caller, clock):
    clock.advance(timedelta(minutes=3))
    fill(page, caller, desk)
    shown = page.view.fields.promise.panel.preview

    page.save(Ending.CREATE)

    ticket = only_ticket(desk)
    assert shown.priority == ticket.priority
    assert shown.due[ClockKind.RESPONSE] == ticket.response_due_at
    assert shown.due[ClockKind.RESOLUTION] == ticket.resolution_due_at


def test_the_promise_says_why(desk, page, caller):
    fill(page, caller, desk)

    assert page.view.fields.promise.panel.why.text() == "because impact 2 “Level 2” × urgency 2 “Level 2”"


def test_moving_over_the_matrix_shows_what_another_cell_would_promise(desk, page, caller):
    fill(page, caller, desk)
    grid = page.view.fields.promise.grid

    press(grid, Qt.Key.Key_Up)

    assert page.view.fields.promise.panel.preview.priority == 1
    assert page.call.values.cell == (2, 2)


def test_a_category_proposes_impact_and_urgency_until_somebody_chooses(desk, page, make):
    other = make.category(code="NET", name="Network", default_impact=1, default_urgency=1)
    page.refresh()
    page.view.fields.category.taken.emit("")
    page.call.form.fill({"category": str(desk.category.id)})
    page.view.fields.category.taken.emit(str(desk.category.id))
    assert page.call.values.cell == (2, 2)

    page.view.fields.promise.grid.chosen.emit(3, 3)
    page.view.fields.category.show_taken(str(other.id), "Network")
    page.view.fields.category.taken.emit(str(other.id))

    assert page.call.values.cell == (3, 3)


def test_what_is_missing_stands_at_the_button_and_beside_the_field(page):
    page.view.fields.subject.setText("Printer jams")

    assert not page.view.footer.create_button.isEnabled()
    assert page.view.footer.needed.text() == "Still needed: caller, category, impact and urgency"

    page.save(Ending.CREATE)

    assert page.view.caller.field.error == "Say who is calling, or enter a new caller."
    assert page.view.fields.fields["category"].error


def test_letters_typed_for_a_category_count_when_the_ticket_is_saved_at_once(desk, page, caller):
    fill(page, caller, desk, category="")
    page.view.fields.category.setFocus()
    type_into(page.view.fields.category, "prn")

    press(page, Qt.Key.Key_Return, CTRL)

    assert only_ticket(desk).category_id == desk.category.id


def test_the_second_line_gets_the_team_of_the_category(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.SECOND_LINE)

    ticket = only_ticket(desk)
    assert (ticket.team_id, ticket.assignee_id, ticket.status) == (
        desk.second.id,
        None,
        TicketStatus.ASSIGNED,
    )


def test_the_agent_keeps_a_ticket_unless_somebody_else_is_named(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.CREATE)

    ticket = only_ticket(desk)
    assert (ticket.team_id, ticket.assignee_id) == (desk.team.id, desk.agent.id)


def test_a_saved_ticket_is_told_with_its_number_and_can_be_opened(desk, page, caller):
    fill(page, caller, desk)

    page.save(Ending.CREATE)
    desk.shell.run_last()

    assert desk.shell.said == ["#00001 registered, P2, due 22:00"]
    assert desk.shell.opened == [("ticket", {"id": only_ticket(desk).id})]
    assert desk.shell.backs == 1
    assert not page.call.form.is_dirty


def test_a_priority_set_by_hand_needs_its_reason(desk, page, caller):
    fill(page, caller, desk, priority=4)
    assert "reason for the priority" in page.view.footer.needed.text()

    page.view.fields.promise.reason.setText("Only a question")
    page.save(Ending.CREATE)

    assert only_ticket(desk).priority == 4


def test_a_service_out_of_scope_is_refused_politely_and_registered(desk, page, caller, make):
    coffee = make.service(
        name="Coffee machine", code="coffee", is_in_scope=False, refusal_text="Please ask the facility desk."
    )
    page.refresh()
    fill(page, caller, desk, service=str(coffee.id))
    assert page.view.fields.refusal.text.text() == "Please ask the facility desk."

    page.save(Ending.OUT_OF_SCOPE)

    assert only_ticket(desk).status is TicketStatus.OUT_OF_SCOPE


def test_hostile_text_is_shown_as_it_was_typed(desk, page, qtbot):
    bad = people.add_person(desk.ctx, PersonDetails(HOSTILE, location=HOSTILE)).id
    commands.create_ticket(
        desk.ctx,
        NewTicket(TicketType.INCIDENT, Channel.PHONE, HOSTILE, impact=2, urgency=2, requester_id=bad),
    )

    page.call.form.fill({"requester": str(bad), "subject": HOSTILE, "description": HOSTILE})
    page.presenter.ask_helpers()

    known = page.view.caller.known
    assert known.name.text() == HOSTILE
    assert HOSTILE in known.facts.text()
    assert known.facts.textFormat() is Qt.TextFormat.PlainText
    assert [line.subject.text() for line in page.view.helpers.similar.lines] == [HOSTILE]
    assert page.view.fields.subject.text() == HOSTILE


def test_the_script_greets_with_the_agent_and_never_reads_names_as_templates(desk, page):
    assert page.view.helpers.script.words.text() == "Service desk, Li Na speaking."


def test_letters_that_mean_nothing_are_told_and_not_stored(desk, page):
    line = page.view.fields.category
    line.setFocus()
    type_into(line, "xyz")
    line.asked.emit("xyz")
    assert [offer.text for offer in line.offers] == ["Nothing found"]

    press(line, Qt.Key.Key_Tab)

    assert (line.text(), page.call.values.category) == ("", "")


# --- helpers ---------------------------------------------------------------------------------------


def published(ctx, title, body):
    made = knowledge.write_article(ctx, ArticleText(title, body))
    knowledge.set_state(ctx, made.id, ArticleState.PUBLISHED, version=made.version)
    return made.id


def test_articles_that_fit_are_found_while_typing_and_used_with_one_key(desk, page, caller, qtbot):
    article = published(desk.ctx, "Printer jams in tray 2", "Close **tray 2** and print again.")
    fill(page, caller, desk)
    qtbot.waitUntil(lambda: bool(page.view.helpers.knowledge.lines))

    page.call.use_first_article()

    assert page.call.values.article == article
    assert page.view.fields.solve.solution.toPlainText() == "Close tray 2 and print again."
    assert page.call.missing(Ending.SOLVE) == ("cause",)


def test_a_similar_ticket_is_linked_once_this_one_is_saved(desk, page, caller, qtbot):
    other = commands.create_ticket(
        desk.ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, "Printer jams again", impact=2, urgency=2)
    ).id
    fill(page, caller, desk)
    qtbot.waitUntil(lambda: bool(page.view.helpers.similar.lines))

    page.call.link_first()
    page.save(Ending.CREATE)

    rows = queries.ticket_page(desk.ctx, queries.ticket_query(desk.ctx, ""))
    new = next(row for row in rows if row.id != other)
    assert [link.id for link in queries.ticket_detail(desk.ctx, new.id).links] == [other]


def test_several_people_with_the_same_service_today_are_told(desk, page, caller, make, qtbot):
    for _time in range(2):
        make.ticket(service_id=desk.service, requester_id=make.person())

    fill(page, caller, desk, service=str(desk.service.id))

    qtbot.waitUntil(page.view.helpers.similar.warning.isVisible)
    assert page.view.helpers.similar.warning.text.text().startswith("2 people reported the same service")


# --- drafts ------------------------------------------------------------------------------------------


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


# --- the database does not answer -----------------------------------------------------------------------


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


# --- files -----------------------------------------------------------------------------------------------


def test_a_picked_file_is_attached_once_the_ticket_is_saved(desk, page, caller, tmp_path):
    (tmp_path / "error.txt").write_bytes(b"503")
    desk.dialogs.path = tmp_path / "error.txt"
    fill(page, caller, desk)

    page.view.footer.attach.click()
    (tmp_path / "error.txt").unlink()
    page.save(Ending.CREATE)

    detail = queries.ticket_detail(desk.ctx, only_ticket(desk).id)
    assert [(file.name, file.size) for file in detail.attachments] == [("error.txt", 3)]


# --- looks -------------------------------------------------------------------------------------------------


def test_the_page_fits_the_smallest_window(desk, page):
    page.resize(1206, 634)

    least = page.minimumSizeHint()
    assert least.width() <= 1206
    assert least.height() <= 634
    assert page.view.helpers.is_folded

"""The form of a new ticket as an agent with a caller on the phone meets it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.models.entities.people import PersonDetails
from app.models.entities.tickets import Channel, NewTicket, TicketStatus, TicketType
from app.services.people import commands as people
from app.services.tickets import commands
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import press, type_into
from tests.view.new_ticket_page.form import fill, only_ticket

HOSTILE = "<b>bold</b><img src='file://server/x.png'> & {{ 7*7 }} &amp;"
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def focused() -> object:
    return QApplication.focusWidget()


def take_caller(page, qtbot, text="wf"):
    page.view.caller.search.setFocus()
    type_into(page.view.caller.search, text)
    press(page.view.caller.search, Qt.Key.Key_Return)


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


# --- looks ---------------------------------------------------------------------------------------


def test_the_page_fits_the_smallest_window(desk, page):
    page.resize(1206, 634)

    least = page.minimumSizeHint()
    assert least.width() <= 1206
    assert least.height() <= 634
    assert page.view.helpers.is_folded

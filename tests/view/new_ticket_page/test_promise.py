"""The promise the form of a new ticket shows: its clocks, its reasons, and who chose impact and urgency."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind
from app.views.tickets.form_values import Ending
from tests.support.new_ticket import press
from tests.support.whatif_site import matrix_of, save
from tests.view.new_ticket_page.form import fill, only_ticket


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


def test_the_matrix_the_promise_and_the_ticket_are_those_of_the_type(ctx, desk, page, caller):
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (2, 2, 4)).to_dict())
    page.refresh()
    fill(page, caller, desk)
    assert page.view.fields.promise.panel.preview.priority == 2

    press(page.view.fields.type.findChildren(QPushButton)[0], Qt.Key.Key_Right)

    assert page.call.values.type == "request"
    assert "P4" in page.view.fields.promise.grid.accessibleDescription()
    assert page.view.fields.promise.panel.preview.priority == 4
    page.save(Ending.CREATE)
    assert only_ticket(desk).priority == 4


def test_a_priority_set_by_hand_stays_when_the_type_changes(ctx, desk, page, caller):
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (1, 1, 2), (1, 2, 2), (2, 1, 2)).to_dict())
    page.refresh()
    fill(page, caller, desk, priority=1, reason="the plant waits")

    page.call.form.fill({"type": "request"})
    page.save(Ending.CREATE)

    assert only_ticket(desk).priority == 1


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


def test_a_priority_set_by_hand_needs_its_reason(desk, page, caller):
    fill(page, caller, desk, priority=4)
    assert "reason for the priority" in page.view.footer.needed.text()

    page.view.fields.promise.reason.setText("Only a question")
    page.save(Ending.CREATE)

    assert only_ticket(desk).priority == 4

"""Changing a ticket in place, its links, and what two people change at once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.base.feed import FeedReader
from app.services.tickets import commands, edit_commands, note_commands, queries
from tests.support.ticket_page import CALL, edit_location, read, shown_value

# -- properties and links ----------------------------------------------------------------------------


def test_a_property_is_changed_in_its_place(page, ctx, env, ticket):
    QTest.keyClick(edit_location(page, "Building 3"), Qt.Key.Key_Return)

    assert read(ctx, ticket).location == "Building 3"
    assert shown_value(page, "location") == "Building 3"
    assert env.shell.outcomes[-1].undo is not None


def test_escape_leaves_the_property_as_it_was(page, ctx, ticket):
    QTest.keyClick(edit_location(page, "Building 3"), Qt.Key.Key_Escape)

    assert read(ctx, ticket).location == ""
    assert not page.view.properties.rows["location"].is_open


def test_a_property_left_as_it_was_closes_by_itself(page, qtbot):
    page.view.properties.edit("location")

    page.view.composer.text.setFocus()

    qtbot.waitUntil(lambda: not page.view.properties.rows["location"].is_open)


def test_the_category_is_found_by_a_few_letters(page, ctx, make, ticket):
    other = make.category(name="Printing")
    page.presenter.forget_terms()
    page.refresh()
    page.view.properties.edit("category_id")

    page.view.properties.rows["category_id"].editor.taken.emit(str(other.id))

    assert read(ctx, ticket).category_id == other.id


def test_the_subject_is_changed_in_the_heading(page, ctx, ticket):
    page.view.header.edit_subject()
    page.view.header.subject_line.setText("ERP is down")

    QTest.keyClick(page.view.header.subject_line, Qt.Key.Key_Return)

    assert read(ctx, ticket).subject == "ERP is down"
    assert page.view.header.subject.text() == "ERP is down"


def test_the_description_is_changed_in_a_popup(page, ctx, ticket):
    page.view.properties.edit("description")
    page.popups.description.text.setPlainText("Since 11:40")

    page.popups.description.act.click()

    assert read(ctx, ticket).description == "Since 11:40"
    assert not page.popups.description.isVisible()


def test_a_ticket_is_linked_by_its_number_and_unlinked_with_undo(page, ctx, env, ticket):
    other = commands.create_ticket(ctx, replace(CALL, subject="Same fault")).id
    page.view.links.add_asked.emit("#2")
    linked = [link.id for link in queries.ticket_detail(ctx, ticket).links]
    page.view.links.remove_asked.emit(other)
    unlinked = [link.id for link in queries.ticket_detail(ctx, ticket).links]

    env.shell.offers["Undo"]()

    assert (linked, unlinked) == ([other], [])
    assert [link.id for link in queries.ticket_detail(ctx, ticket).links] == [other]


def test_a_linked_ticket_opens_from_its_number(page, ctx, env, ticket):
    other = commands.create_ticket(ctx, CALL).id
    note_commands.link_tickets(ctx, ticket, other)
    page.refresh()

    page.view.links.open_asked.emit(other)

    assert env.shell.opened == [("ticket", {"id": other})]


# -- two people at once ------------------------------------------------------------------------------


def test_another_programs_change_appears_without_losing_what_is_typed(
    page, ctx, bus, other_ctx, ticket, qtbot
):
    reader = FeedReader(ctx.store, bus)
    reader.read_once()
    page.view.composer.text.setPlainText("half a sen")
    editor = edit_location(page, "Buil")
    note_commands.add_note(other_ctx, ticket, "from the other desk")

    reader.read_once()

    qtbot.waitUntil(lambda: page.view.timeline.shown[0].text == "from the other desk")
    assert page.view.composer.text.toPlainText() == "half a sen"
    assert editor.text() == "Buil"


def test_different_fields_changed_at_once_are_both_kept_and_it_is_said(page, ctx, env, other_ctx, ticket):
    editor = edit_location(page, "Building 3")
    edit_commands.edit_ticket(
        other_ctx, ticket, version=1, changes={"subject": "ERP is down"}, base={"subject": CALL.subject}
    )

    QTest.keyClick(editor, Qt.Key.Key_Return)

    found = read(ctx, ticket)
    assert (found.location, found.subject) == ("Building 3", "ERP is down")
    assert env.dialogs.merged == []
    assert any("both are kept" in text for text in env.shell.said)


def change_location_elsewhere(other_ctx, ticket):
    edit_commands.edit_ticket(
        other_ctx, ticket, version=1, changes={"location": "Gate 2"}, base={"location": ""}
    )


@pytest.mark.parametrize(("is_mine", "kept"), [(True, "Building 3"), (False, "Gate 2")])
def test_the_same_field_changed_at_once_is_asked_about(page, ctx, env, other_ctx, ticket, is_mine, kept):
    editor = edit_location(page, "Building 3")
    change_location_elsewhere(other_ctx, ticket)
    env.dialogs.choices = {"location": is_mine}

    QTest.keyClick(editor, Qt.Key.Key_Return)

    (field,) = env.dialogs.merged[0]
    assert (field.label, field.theirs, field.mine) == ("Location", "Gate 2", "Building 3")
    assert read(ctx, ticket).location == kept
    assert not page.view.properties.rows["location"].is_open


def test_going_back_from_the_question_keeps_what_was_typed(page, ctx, env, other_ctx, ticket):
    editor = edit_location(page, "Building 3")
    change_location_elsewhere(other_ctx, ticket)
    env.dialogs.choices = None

    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert page.view.properties.rows["location"].editor.text() == "Building 3"
    assert read(ctx, ticket).location == "Gate 2"


def test_the_question_names_people_the_ticket_did_not_know_before(page, ctx, env, other_ctx, make, ticket):
    mine, theirs = make.person(name="Chen Jianguo"), make.person(name="Ding Qiang")
    page.view.properties.edit("requester_id")
    editor = page.view.properties.rows["requester_id"].editor
    edit_commands.edit_ticket(
        other_ctx, ticket, version=1, changes={"requester_id": theirs.id}, base={"requester_id": None}
    )
    editor.show_taken(str(mine.id), "Chen Jianguo")

    editor.taken.emit(str(mine.id))

    (field,) = env.dialogs.merged[0]
    assert (field.theirs, field.mine) == ("Ding Qiang", "Chen Jianguo")

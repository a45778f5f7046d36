"""The moves of a ticket on its page, and the timeline that tells of them."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.tickets import Channel, EventKind, TicketStatus
from app.services.tickets import commands, edit_commands, note_commands, queries
from tests.support.ticket_page import CALL, SOLVED, read


def items(page):
    return [item.words for item in page.view.timeline.shown]


# -- moves -------------------------------------------------------------------------------------------


def test_take_starts_work_and_offers_undo(page, ctx, env, ticket):
    page.view.header.take.click()

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS
    assert page.view.header.status.text() == "In progress"
    assert env.shell.outcomes[-1].undo is not None


def test_confirming_records_how_and_closes(page, ctx, ticket):
    commands.resolve(ctx, ticket, SOLVED, version=1)
    page.refresh()
    page.view.header.primary.click()
    popup = page.popups.confirmation
    popup.channel.setCurrentIndex(popup.channel.findData(str(Channel.EMAIL)))
    popup.remark.setText("works again")

    popup.act.click()

    confirmed = [e for e in queries.ticket_detail(ctx, ticket).events if e.kind is EventKind.CONFIRMATION]
    assert read(ctx, ticket).status is TicketStatus.CLOSED
    assert confirmed[-1].detail == {"channel": "email", "note": "works again"}
    assert page.view.header.reopen.isVisible()


def test_not_solved_wants_the_callers_words(page, ctx, env, ticket):
    commands.resolve(ctx, ticket, SOLVED, version=1)
    page.refresh()
    env.dialogs.text = "still 503"

    page.view.header.refuse.click()

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS
    assert any("still 503" in words for words in items(page))


def test_long_after_closing_reopening_says_what_to_do_instead(page, ctx, ticket, clock):
    commands.solve_now(ctx, ticket, SOLVED, version=1)
    clock.advance(timedelta(days=30))

    page.refresh()

    assert not page.view.header.reopen.isEnabled()
    assert "Register a new ticket" in page.view.header.reopen.toolTip()


# -- the timeline ------------------------------------------------------------------------------------


def test_the_newest_comes_first_and_the_description_last(page, ctx, ticket):
    note_commands.add_note(ctx, ticket, "checked the log")
    page.refresh()

    shown = page.view.timeline.shown

    assert shown[0].text == "checked the log"
    assert shown[-1].text == CALL.description


def test_the_filter_shows_one_kind_and_counts_all(page, ctx, ticket):
    note_commands.add_note(ctx, ticket, "checked the log")
    note_commands.add_reply(ctx, ticket, "we are on it")
    page.refresh()

    QTest.mouseClick(page.view.timeline.filter._buttons["notes"], Qt.MouseButton.LeftButton)

    assert [item.text for item in page.view.timeline.shown] == ["checked the log"]
    assert "Replies 1" in [button._choice.shown for button in page.view.timeline.filter._buttons.values()]


def test_ids_are_told_as_names(page, ctx, make, ticket, category):
    other = make.category(name="Printing")
    edit_commands.edit_ticket(
        ctx, ticket, version=1, changes={"category_id": other.id}, base={"category_id": category.id}
    )
    page.presenter.forget_terms()

    page.refresh()

    assert items(page)[0] == "Category: ERP → Printing"


def test_three_hundred_events_are_drawn_in_steps(page, ctx, ticket):
    for number in range(60):
        note_commands.add_note(ctx, ticket, f"note {number}")

    page.refresh()

    assert len(page.view.timeline.shown) == 61
    assert len(page.view.timeline.rows) == 25
    page.view.timeline.more.click()
    assert len(page.view.timeline.rows) == 50


def test_rows_that_did_not_change_stay_the_same_widgets(page, ctx, ticket):
    before = page.view.timeline.rows[-1]
    note_commands.add_note(ctx, ticket, "another")

    page.refresh()

    assert page.view.timeline.rows[-1] is before

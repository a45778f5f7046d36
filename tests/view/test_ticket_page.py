"""The page of one ticket: what it shows in each state, what its buttons do, what two people change at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest

from app.models.entities.errors import StaleRecord
from app.models.entities.settings import SiteChoices
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import (
    Channel,
    EventKind,
    Move,
    NewTicket,
    Resolution,
    TicketStatus,
    TicketType,
)
from app.services.base.feed import FeedReader
from app.services.setup.first_start import set_up
from app.services.tickets import commands, edit_commands, note_commands, queries
from app.views.tickets.composer_presenter import Mode
from app.views.tickets.ticket_page import TicketPage
from tests.support.describe import assert_readable, shown_texts
from tests.support.pages import page_env

CALL = NewTicket(
    TicketType.INCIDENT, Channel.WEB, "ERP login returns 503", "Nobody can sign in.", impact=1, urgency=2
)
SOLVED = Resolution("Restarted the service", "config", "solved", 1, no_article_fits=True)
# What the window leaves for a page on the smallest screen: without rail, top bar and status bar.
SMALLEST = (1280 - 72, 720 - 52 - 30)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def category(ctx, make):
    return make.category(name="ERP", default_team_id=make.team(name="Second line").id)


@pytest.fixture
def ticket(ctx, category):
    return commands.create_ticket(ctx, replace(CALL, category_id=category.id)).id


@pytest.fixture
def page(qtbot, ctx, env, ticket):
    return opened(qtbot, ctx, env, ticket)


def opened(qtbot, ctx, env, ticket_id, size=(1368, 820)):
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    page.show_target({"id": ticket_id})
    page.refresh()
    return page


def read(ctx, ticket_id):
    return queries.ticket_detail(ctx, ticket_id).ticket


def shown_value(page, name):
    return page.view.properties.rows[name].value.text()


def items(page):
    return [item.words for item in page.view.timeline.shown]


def possible_moves(page):
    return {action.data() for action in page.view.header.moves.actions() if action.data()}


# -- what is shown -----------------------------------------------------------------------------------


def test_the_page_says_what_the_ticket_is_about(page, ctx, ticket):
    header = page.view.header

    assert header.number.text() == "#00001"
    assert header.subject.text() == CALL.subject
    assert header.status.text() == "New"
    assert shown_value(page, "category_id") == "ERP"
    assert shown_value(page, "impact").startswith("1 · ")


def test_a_number_opens_the_ticket_too(qtbot, ctx, env, ticket):
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)

    page.show_target({"number": 1})

    assert page.view.header.subject.text() == CALL.subject


def test_a_number_nobody_has_is_told_with_a_way_back(qtbot, ctx, env):
    page = TicketPage(ctx, env)
    qtbot.addWidget(page)
    page.show()

    page.show_target({"number": 4711})

    assert any("4711" in text for text in shown_texts(page))
    assert "Back" in shown_texts(page)


def test_the_ticket_comes_back_with_the_window(qtbot, ctx, env, page):
    again = TicketPage(ctx, env)
    qtbot.addWidget(again)

    again.restore_state(page.save_state())
    again.refresh()

    assert again.view.header.subject.text() == CALL.subject


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_is_cut_off_on_the_smallest_screen(qtbot, ctx, env, ticket, mode):
    page = opened(qtbot, ctx, env, ticket, SMALLEST)
    page.view.composer.begin(mode)

    hint = page.minimumSizeHint()

    assert hint.width() <= SMALLEST[0]
    assert hint.height() <= SMALLEST[1]
    assert_readable(page)


def test_an_open_ticket_offers_exactly_the_moves_of_its_state(page):
    assert possible_moves(page) == {
        Move.ASSIGN, Move.START, Move.WAIT, Move.RESOLVE, Move.CANCEL, Move.OUT_OF_SCOPE, Move.DUPLICATE
    }  # fmt: skip


def test_a_resolved_ticket_asks_for_the_confirmation(page, ctx, ticket):
    commands.resolve(ctx, ticket, SOLVED, version=1)

    page.refresh()

    assert page.view.header.primary.text() == "Confirm and close"
    assert possible_moves(page) == {Move.CLOSE, Move.REFUSE}


def test_who_may_only_read_is_offered_nothing_that_changes(qtbot, ctx, env, ticket):
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"tickets.read", "knowledge.read"})))

    page = opened(qtbot, reader, env, ticket)

    assert possible_moves(page) == set()
    assert not page.view.header.primary.isVisible()
    assert not page.view.header.assign.isVisible()
    assert not page.view.properties.rows["category_id"].value.focusPolicy() & Qt.FocusPolicy.TabFocus


# -- promised times ----------------------------------------------------------------------------------


def test_the_clocks_say_what_was_promised_and_how_it_stands(page, ctx, clock):
    clock.advance(timedelta(hours=5))

    page.refresh()

    texts = " ".join(shown_texts(page.view.clocks))
    assert "over" in texts
    assert "24 x 7" in texts


def test_a_clock_explains_itself_by_keyboard(page, ctx, clock):
    clock.advance(timedelta(minutes=30))
    page.refresh()

    QTest.keyClick(page.view.clocks.resolution, Qt.Key.Key_Return)

    popup = page._explain_popup
    assert popup.isVisible()
    assert any("30 min counted" in text for text in popup.texts)
    assert "promised to P" in popup.summary.text()


def test_a_pause_shows_as_a_stretch_with_its_reason(page, ctx, make, ticket, clock):
    reason = make.waiting_reason(name="Spare part")
    commands.set_waiting(ctx, ticket, version=1, reason_id=reason.id)
    clock.advance(timedelta(minutes=40))
    page.refresh()

    page.view.clocks.why_asked.emit(ClockKind.RESOLUTION)

    assert "paused: Spare part" in page._explain_popup.texts
    assert page.view.clocks.first_line.pause.text() == "Resume"


def test_resume_lets_the_clocks_run_again(page, ctx, make, ticket):
    commands.set_waiting(ctx, ticket, version=1, reason_id=make.waiting_reason().id)
    page.refresh()

    page.view.clocks.first_line.pause.click()

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS


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
    popup = page._confirm_popup
    popup.channel.setCurrentIndex(popup.channel.findData(str(Channel.EMAIL)))
    popup.remark.setText("works again")

    popup.act.click()

    confirmed = [e for e in queries.ticket_detail(ctx, ticket).events if e.kind is EventKind.CONFIRMATION]
    assert read(ctx, ticket).status is TicketStatus.CLOSED
    assert confirmed[-1].detail == {"channel": "email", "note": "works again"}
    assert page.view.header.primary.text() == "Reopen"


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

    assert not page.view.header.primary.isEnabled()
    assert "Register a new ticket" in page.view.header.primary.toolTip()


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


# -- writing -----------------------------------------------------------------------------------------


def test_ctrl_enter_saves_a_note_and_empties_the_field(page, ctx, ticket):
    page.view.composer.begin(Mode.NOTE)
    QTest.keyClicks(page.view.composer.text, "restarted once")

    QTest.keyClick(page.view.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    last = queries.ticket_detail(ctx, ticket).events[-1]
    assert (last.kind, last.new) == (EventKind.NOTE, "restarted once")
    assert page.view.composer.text.toPlainText() == ""


def test_a_call_from_the_requester_is_recorded_as_one(page, ctx, ticket):
    composer = page.view.composer
    composer.begin(Mode.REPLY)
    composer.text.setPlainText("asks when it works")
    composer.way.setCurrentIndex(composer.way.findData("called_by_user"))

    composer.send.click()

    last = queries.ticket_detail(ctx, ticket).events[-1]
    assert (last.kind, last.detail) == (EventKind.CALL, {"by": "user"})


def test_the_solution_says_what_it_still_waits_for(page):
    composer = page.view.composer
    composer.begin(Mode.SOLUTION)
    composer.text.setPlainText("Restarted the service")

    assert "cause" in composer.send.toolTip()
    composer.solution.cause.setCurrentIndex(1)
    assert "article" in composer.send.toolTip()
    composer.solution.article.none_fits.setChecked(True)
    assert composer.send.isEnabled()


def fill_solution(page):
    composer = page.view.composer
    page.view.header.primary.click()
    composer.text.setPlainText("Restarted the service")
    composer.solution.cause.setCurrentIndex(composer.solution.cause.findData("config"))
    composer.solution.article.none_fits.setChecked(True)
    return composer


def test_resolving_leaves_the_ticket_waiting_for_confirmation(page, ctx, ticket):
    fill_solution(page).send.click()

    found = read(ctx, ticket)
    assert (found.status, found.solution, found.cause_code) == (
        TicketStatus.RESOLVED, "Restarted the service", "config"
    )  # fmt: skip


def test_solve_now_closes_in_one_step(page, ctx, ticket):
    fill_solution(page).final.click()

    assert read(ctx, ticket).status is TicketStatus.CLOSED


def test_somebody_elses_note_does_not_stop_the_solution(page, ctx, other_ctx, ticket):
    composer = fill_solution(page)
    note_commands.add_note(other_ctx, ticket, "called the vendor")

    composer.send.click()

    assert read(ctx, ticket).status is TicketStatus.RESOLVED


def test_a_refused_solution_keeps_the_text(page, ctx, env, other_ctx, ticket):
    composer = fill_solution(page)
    commands.cancel(other_ctx, ticket, version=1, reason="withdrawn")

    composer.send.click()

    assert isinstance(env.shell.errors[-1], StaleRecord)
    assert composer.text.toPlainText() == "Restarted the service"


def test_what_is_typed_comes_back_after_leaving(qtbot, ctx, env, page, ticket):
    page.view.composer.begin(Mode.REPLY)
    page.view.composer.text.setPlainText("half a sen")
    page.leave()

    again = opened(qtbot, ctx, env, ticket)

    assert again.view.composer.text.toPlainText() == "half a sen"
    assert again.view.composer.mode.key == Mode.REPLY
    assert "draft" in again.view.composer.draft_note.text()


def test_each_ticket_has_its_own_draft(page, ctx, ticket):
    other = commands.create_ticket(ctx, CALL).id
    page.view.composer.text.setPlainText("for the first")

    page.show_target({"id": other})
    page.refresh()
    assert page.view.composer.text.toPlainText() == ""

    page.show_target({"id": ticket})
    page.refresh()
    assert page.view.composer.text.toPlainText() == "for the first"


def test_what_was_sent_is_no_draft_any_more(qtbot, ctx, env, page, ticket):
    page.view.composer.text.setPlainText("sent")
    page.leave()
    page.view.composer.send.click()

    again = opened(qtbot, ctx, env, ticket)

    assert again.view.composer.text.toPlainText() == ""


def test_a_kept_text_is_inserted_with_its_variables(page, make, ctx):
    composer = page.view.composer
    composer.template.click()
    popup = composer._inserting.templates
    popup.search.setText("Answer the call")
    popup.asked.emit("Answer the call")

    QTest.keyClick(popup, Qt.Key.Key_Return)

    assert ctx.actor.name in composer.text.toPlainText()
    assert "{{" not in composer.text.toPlainText()


def test_an_inserted_article_counts_as_the_knowledge_used(page, ctx, make, ticket):
    article = make.article(title="503", body="## Cause\nThe **licence** service.")
    composer = fill_solution(page)
    page.writing.read_article(article.id, composer._take_article)

    composer.send.click()

    assert read(ctx, ticket).article_id == article.id
    assert "Cause\nThe licence service." in read(ctx, ticket).solution


# -- files -------------------------------------------------------------------------------------------


def test_a_dropped_file_goes_with_the_note(page, ctx, ticket, tmp_path):
    path = tmp_path / "erp.log"
    path.write_text("error 17")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    page.view.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    page.view.composer.text.setPlainText("the log")

    page.view.composer.send.click()

    files = queries.ticket_detail(ctx, ticket).attachments
    assert [file.name for file in files] == ["erp.log"]
    assert page.view.timeline.shown[0].attachments == files
    assert page.view.composer.files.files == []


def test_a_pasted_screenshot_waits_with_a_cross(page):
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(0)
    data = QMimeData()
    data.setImageData(picture)

    page.view.composer.text.insertFromMimeData(data)

    assert [file.media_type for file in page.view.composer.files.files] == ["image/png"]
    assert page.view.composer.send.text() == "Attach 1 file"


def test_a_file_too_large_is_refused_before_it_is_read(page, env, tmp_path):
    path = tmp_path / "big.bin"
    with path.open("wb") as file:
        file.truncate(26_000_000)

    page.view.composer.attach_paths([path])

    assert env.shell.errors[-1].code == "tickets.file_too_large"


def attached(page, ctx, ticket, name, body=b"hello"):
    note_commands.attach_file(ctx, ticket, name=name, media_type="text/plain", body=body)
    page.refresh()
    return queries.ticket_detail(ctx, ticket).attachments[-1]


def test_a_text_file_is_shown_as_a_copy_under_a_name_of_ours(page, ctx, ticket):
    seen = []
    page.open_file = seen.append
    page.view.files.file_asked.emit(attached(page, ctx, ticket, "notes.txt"))

    page._file_popup.view.click()

    assert seen[0].read_bytes() == b"hello"
    assert seen[0].name == "attachment.txt"


@pytest.mark.parametrize("name", ["setup.exe", "report.docm", "page.html", "trick.pdf.lnk", "run.bat "])
def test_what_could_run_is_never_opened(page, ctx, ticket, name):
    page.view.files.file_asked.emit(attached(page, ctx, ticket, name))

    assert not page._file_popup.view.isEnabled()


def test_a_program_is_saved_only_after_a_warning(page, ctx, env, ticket, tmp_path):
    file = attached(page, ctx, ticket, "setup.exe")
    env.dialogs.path = tmp_path / "setup.exe"

    page.writing.save(file)
    assert not env.dialogs.path.exists()

    env.dialogs.confirms = True
    page.writing.save(file)
    assert env.dialogs.path.read_bytes() == b"hello"


# -- properties and links ----------------------------------------------------------------------------


def edit_location(page, text):
    page.view.properties.edit("location")
    editor = page.view.properties.rows["location"].editor
    editor.setText(text)
    return editor


def test_a_property_is_changed_in_its_place(page, ctx, env, ticket):
    QTest.keyClick(edit_location(page, "Building 3"), Qt.Key.Key_Return)

    assert read(ctx, ticket).location == "Building 3"
    assert shown_value(page, "location") == "Building 3"
    assert env.shell.outcomes[-1].undo is not None


def test_escape_leaves_the_property_as_it_was(page, ctx, ticket):
    QTest.keyClick(edit_location(page, "Building 3"), Qt.Key.Key_Escape)

    assert read(ctx, ticket).location == ""
    assert not page.view.properties.rows["location"].is_open


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
    page._description_popup.text.setPlainText("Since 11:40")

    page._description_popup.act.click()

    assert read(ctx, ticket).description == "Since 11:40"
    assert not page._description_popup.isVisible()


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

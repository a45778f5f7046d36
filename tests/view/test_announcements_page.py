"""The page of announcements by keyboard: reading, writing, ending, training; two people at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.announcements import (
    AnnouncementChannel,
    AnnouncementKind,
    AnnouncementState,
)
from app.models.entities.ids import PersonId
from app.services.announcements import commands, queries
from app.views.announcements.announcements_presenter import Part
from app.views.announcements.page import AnnouncementsPage
from tests.report.payloads import PAYLOADS
from tests.support.announcing import AnnouncingDesk, announcing_desk
from tests.support.describe import assert_readable, shown_texts

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


@pytest.fixture
def open_page(show_page, env):
    def opened(ctx):
        page = show_page(AnnouncementsPage(ctx, env))
        page.list.table.setFocus()
        return page

    return opened


def press(widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(widget, key, modifier)


def send(widget):
    press(widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def titles(page):
    rows = page.list.rows
    return [rows.row_at(at).details.title for at in range(rows.rowCount())]


def the_only(desk):
    (found,) = queries.announcements(desk.reader)
    return found


def test_a_fault_is_announced_with_keys_alone(desk, open_page):
    page = open_page(desk.writer)

    page.action_set.run("announcements.write")
    QTest.keyClicks(page.editor.form.title, "Mail is down")
    QTest.keyClicks(page.editor.form.end, "2 h")
    send(page.editor.form.text)

    found = the_only(desk)
    assert (found.details.kind, found.details.title) == (AnnouncementKind.FAULT, "Mail is down")
    assert found.shown_until is not None
    assert found.shown_until - found.shown_from == 2 * HOUR
    assert (titles(page), page.is_writing) == (["Mail is down"], False)
    assert page.list.table.hasFocus()


def test_a_new_system_is_announced_with_its_day_its_training_and_the_ways_users_were_told(desk, open_page):
    article = desk.make.article(title="How the portal works")
    page = open_page(desk.writer)
    page.write_new()
    form = page.editor.form

    form.kind.setCurrentIndex(form.kind.findData(AnnouncementKind.NEW_SYSTEM))
    form.title.setText("New travel portal")
    form.live_on.setText("+7")
    form.minutes.setValue(45)
    QTest.keyClicks(form.numbers["article"], str(article.number))
    form.must_read.click()
    form.ways[AnnouncementChannel.EMAIL].click()
    page.editor.confirm()

    found = the_only(desk)
    assert (found.details.training_minutes, str(found.details.live_on)) == (45, "2026-11-27")
    assert (found.details.must_read, found.details.channels) == (True, (AnnouncementChannel.EMAIL,))
    assert found.article is not None
    assert found.article.title == "How the portal works"


def test_the_day_and_the_training_are_asked_of_a_new_system_alone(desk, open_page):
    page = open_page(desk.writer)

    page.write_new()

    assert not page.editor.form.live_on.isVisible()


def test_a_number_that_belongs_to_nothing_says_so_and_cannot_be_sent(desk, open_page):
    page = open_page(desk.writer)
    page.write_new()
    page.editor.form.title.setText("Mail is down")

    QTest.keyClicks(page.editor.form.numbers["ticket"], "4711")

    assert page.editor.form.fields["ticket_id"].error == "There is none with this number."
    assert not page.editor.save.isEnabled()


def test_what_is_wrong_stands_under_its_field_and_what_was_typed_stays(desk, open_page):
    page = open_page(desk.writer)
    page.write_new()
    form = page.editor.form
    form.title.setText("Maintenance")
    QTest.keyClicks(form.begin, "18:00")
    QTest.keyClicks(form.end, "1 h")

    send(form.text)

    assert "before it begins" in form.fields["shown_until"].error
    assert (page.is_writing, form.title.text()) == (True, "Maintenance")
    assert queries.announcements(desk.reader) == []


def test_a_day_that_is_none_says_so(desk, open_page):
    page = open_page(desk.writer)
    page.write_new()
    form = page.editor.form
    form.kind.setCurrentIndex(form.kind.findData(AnnouncementKind.NEW_SYSTEM))
    form.title.setText("New portal")
    form.live_on.setText("someday")

    page.editor.confirm()

    assert "“someday” is not a day." in form.fields["live_on"].error


def test_one_key_says_that_one_has_read_it(desk, open_page):
    made = desk.write(must_read=True)
    page = open_page(desk.reader)

    press(page.list.table, Qt.Key.Key_R)

    assert not desk.one(made).is_unread
    assert page.pane.read.text() == "I have not read it"
    assert "Read by 2 of 3" in shown_texts(page.pane)
    assert "Not yet: Li Na" in shown_texts(page.pane)


def test_one_key_ends_a_fault_and_the_list_of_what_was_has_it(desk, open_page, clock):
    made = desk.write()
    page = open_page(desk.writer)
    clock.advance(HOUR)

    press(page.list.table, Qt.Key.Key_X)

    left = titles(page)
    page.show_target({"show": "past"})
    assert (desk.state(made), left, titles(page)) == (AnnouncementState.ENDED, [], ["Mail is down"])


def test_a_reader_changes_nothing_by_keys(desk, open_page):
    made = desk.write()
    page = open_page(desk.reader)

    for_writers = (Qt.Key.Key_E, Qt.Key.Key_X, Qt.Key.Key_W)
    pressed = [press(page.list.table, key) for key in for_writers]

    assert len(pressed) == 3
    assert (desk.state(made), page.is_writing) == (AnnouncementState.SHOWN, False)
    assert "Withdraw" not in shown_texts(page.pane)


def test_what_two_changed_in_different_fields_is_saved_together(desk, open_page):
    made = desk.write(text="Nobody can send.")
    page = open_page(desk.writer)
    press(page.list.table, Qt.Key.Key_E)
    commands.edit_announcement(
        desk.writer, made, desk.details("Mail is slow", text="Nobody can send."), version=1
    )

    page.editor.form.text.setPlainText("Some can send again.")
    page.editor.confirm()

    found = desk.one(made).details
    assert (found.title, found.text) == ("Mail is slow", "Some can send again.")


def test_what_two_changed_in_one_field_is_asked_about(desk, open_page, env):
    made = desk.write()
    page = open_page(desk.writer)
    press(page.list.table, Qt.Key.Key_E)
    commands.edit_announcement(desk.writer, made, desk.details("Mail is slow"), version=1)
    env.dialogs.choices = {"title": True}

    page.editor.form.title.setText("Mail is gone")
    page.editor.confirm()

    assert desk.one(made).details.title == "Mail is gone"


def test_training_is_recorded_for_those_who_were_there(desk, open_page):
    made = desk.new_system()
    page = open_page(desk.writer)

    press(page.list.table, Qt.Key.Key_T)
    popup = page.training
    popup.boxes[PersonId(desk.li.id)].click()
    send(popup)

    ready = [one.name for one in queries.preparations(desk.reader, made) if one.is_trained]
    assert ready == ["Chen Jie", "Wang Fang"]
    assert "Trained: 2 of 3" in shown_texts(page.pane)


def test_training_of_nobody_cannot_be_recorded(desk, open_page):
    desk.new_system()
    page = open_page(desk.writer)
    page.record_training()

    ticked = [box.click() for box in page.training.boxes.values()]

    assert len(ticked) == 3
    assert not page.training.act.isEnabled()
    page.training.close_now()


def test_it_leads_to_its_ticket_and_its_article(desk, open_page, env):
    article, ticket = desk.make.article(), desk.make.ticket()
    desk.write(article_id=article.id, ticket_id=ticket.id)
    page = open_page(desk.reader)

    page.pane.article.click()
    page.pane.ticket.click()

    assert env.shell.opened == [("knowledge", {"id": article.id}), ("ticket", {"id": ticket.id})]


def test_a_notice_leads_to_the_announcement_meant_whatever_list_it_stands_in(desk, open_page, clock):
    desk.write("holds")
    later = desk.write("to come", shown_from=clock.now() + HOUR)
    page = open_page(desk.reader)

    page.show_target({"id": later})

    assert (page.parts.key, page.pane.title.text()) == (Part.AHEAD, "to come")


def test_what_is_typed_outlives_a_page_that_is_built_anew(desk, open_page, env, qtbot):
    page = open_page(desk.writer)
    page.write_new()
    page.editor.form.title.setText("Half a title")
    state = page.save_state()

    again = AnnouncementsPage(desk.writer, env)
    qtbot.addWidget(again)
    again.restore_state(state)
    again.refresh()

    assert (again.is_writing, again.editor.form.title.text()) == (True, "Half a title")


def test_esc_leaves_writing(desk, open_page):
    page = open_page(desk.writer)
    page.write_new()

    press(page.editor.form.title, Qt.Key.Key_Escape)

    assert not page.is_writing


def test_what_is_thrown_away_is_taken_back(desk, open_page, env):
    page = open_page(desk.writer)
    page.write_new()
    page.editor.form.title.setText("Half a title")
    press(page.editor.form.title, Qt.Key.Key_Escape)

    env.shell.offers["Undo"]()

    assert (page.is_writing, page.editor.form.title.text()) == (True, "Half a title")


def test_a_notice_opened_while_one_writes_leaves_what_is_typed(desk, open_page):
    made = desk.write()
    page = open_page(desk.writer)
    page.write_new()
    page.editor.form.title.setText("Half a title")

    page.show_target({"id": made})
    page.action_set.run("announcements.write")

    assert (page.is_writing, page.editor.form.title.text()) == (True, "Half a title")


def test_the_emergency_number_changes_with_the_shift_by_itself(desk, open_page, env, clock):
    shift = desk.make.shift_template("D", duration_minute=720)
    night = desk.make.shift_template("N", start_minute=1200, duration_minute=720)
    today = clock.now().date()
    desk.make.assignment(desk.chen, today, shift, is_supervisor=True)
    desk.make.assignment(desk.wang, today, night, is_supervisor=True)
    desk.number(desk.chen, "13900000001")
    desk.number(desk.wang, "13900000002")
    desk.write()
    page = open_page(desk.reader)
    by_day = page.pane.emergency.text()
    clock.advance(timedelta(hours=12))

    env.ticker.minute.emit()

    assert (by_day, page.pane.emergency.text()) == ("139 0000 0001", "139 0000 0002")


def test_the_text_is_marked_up_and_hostile_text_stays_text(desk, open_page):
    desk.write("**no markup here**", text="**bold** <img src='file:///etc/passwd'>")
    page = open_page(desk.reader)

    shown = page.pane.browser.toPlainText()

    assert shown == "bold <img src='file:///etc/passwd'>"
    assert page.pane.title.text() == "**no markup here**"


@pytest.mark.parametrize("text", PAYLOADS[::60])
def test_whatever_people_write_is_shown_as_text(desk, open_page, text):
    desk.new_system(f"x {text}"[:200], text=text, must_read=True)

    page = open_page(desk.writer)

    assert titles(page)[0].startswith("x")


def test_both_sides_are_readable_in_both_languages(either_language, desk, open_page):
    desk.new_system(must_read=True, channels=tuple(AnnouncementChannel), text="- one\n- two")
    page = open_page(desk.writer)
    assert_readable(page)

    page.write_new()

    assert_readable(page)


def test_f6_goes_from_the_list_to_what_can_be_done_and_back(desk, open_page):
    desk.write(must_read=True)
    page = open_page(desk.reader)

    page.cycle_panes()
    beside = page.pane.read.hasFocus()
    page.cycle_panes()

    assert (beside, page.list.table.hasFocus()) == (True, True)


def test_nothing_announced_says_so_and_how_to_begin(desk, open_page):
    page = open_page(desk.writer)

    assert "Nothing is announced now" in shown_texts(page)
    assert not page.list.table.isVisible()

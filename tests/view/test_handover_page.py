"""The handover page by keyboard: notes, ticks, questions, both signatures, the book, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest

from app.models.entities.announcements import AnnouncementDetails, AnnouncementKind
from app.models.entities.handover import HandoverState, LineState, Side
from app.services.announcements import commands as announcements
from app.services.base.clock import FixedClock
from app.services.base.permissions import ALL_PERMISSIONS
from app.services.handover import commands, pins, queries
from app.services.reports.handover_closing import draw_handover
from app.views.handover.handover_presenter import Entry
from app.views.handover.page import HandoverPage
from app.views.handover.sign_popup import PinPopup, SignPopup
from app.views.reports.page import ReportsPage
from tests.report.payloads import PAYLOADS
from tests.support.describe import assert_readable, shown_texts
from tests.support.handovers import BEFORE_CHANGE, PASSWORD, HandoverDesk, handover_desk
from tests.support.hostile import faults
from tests.support.pages import page_env
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture

ROOM = (1280 - 72, 720 - 52 - 32)


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request):
    """Where this test's databases come from: the desk's work is done on both."""
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    desk = handover_desk(ctx, make)
    make.ticket(priority=1, subject="Core switch down")
    make.ticket(priority=2, subject="Mail is slow")
    return desk


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def open_page(qtbot, env):
    """Open the page for somebody, shown and with the focus in its lines."""

    def open_it(ctx, size=ROOM) -> HandoverPage:
        page = HandoverPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(*size)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.sheet.lines.setFocus()
        return page

    return open_it


def press(page, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.window().focusWidget() or page, key, modifier)


def write(page, text: str) -> None:
    """Type into the pane and save with Ctrl+Enter."""
    page.sheet.pane.entry.setPlainText(text)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def popup_of(page, kind):
    return next(popup for popup in page.findChildren(kind) if popup.isVisible())


def first_line(page):
    return page.presenter.handover.lines[0]


def test_the_sheet_is_there_when_the_page_opens(open_page, desk):
    page = open_page(desk.outgoing)

    assert page.presenter.handover.state is HandoverState.DRAFT
    assert page.sheet.pane.title.text() == "#10001 Core switch down"
    assert "Change of shift in 10 min, at 20:00" in page.time.accessibleName()


def test_j_and_k_move_over_headings(open_page, desk):
    page = open_page(desk.outgoing)

    press(page, Qt.Key.Key_J)
    second = page.sheet.pane.title.text()
    press(page, Qt.Key.Key_J)
    third = page.sheet.pane.heading.text()
    press(page, Qt.Key.Key_K)

    assert second == "#10002 Mail is slow"
    assert third == "People of the shift"
    assert page.sheet.pane.title.text() == second


def test_the_outgoing_leader_notes_with_n_and_goes_back_to_the_list(open_page, desk):
    page = open_page(desk.outgoing)

    press(page, Qt.Key.Key_N)
    write(page, "Vendor comes at nine")

    assert first_line(page).note == "Vendor comes at nine"
    assert page.sheet.lines.hasFocus()
    assert "Vendor comes at nine" in shown_texts(page.sheet.pane)


def test_the_incoming_leader_ticks_with_space_and_takes_it_back(open_page, desk):
    page = open_page(desk.incoming)

    press(page, Qt.Key.Key_Space)
    ticked = first_line(page).state
    press(page, Qt.Key.Key_Space)

    assert (ticked, first_line(page).state) == (LineState.TICKED, LineState.OPEN)


def test_shift_space_ticks_a_whole_section(open_page, desk):
    page = open_page(desk.incoming)

    press(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)

    assert [line.state for line in page.presenter.handover.lines[:2]] == [LineState.TICKED] * 2


def test_whoever_hands_over_is_told_why_they_cannot_tick(open_page, desk, env):
    page = open_page(desk.outgoing)

    press(page, Qt.Key.Key_Space)

    assert [error.code for error in env.shell.errors] == ["handover.own_side"]


def test_a_question_is_asked_with_q_and_answered_with_a(open_page, desk):
    incoming = open_page(desk.incoming)
    press(incoming, Qt.Key.Key_Q)
    write(incoming, "Which vendor?")
    outgoing = open_page(desk.outgoing)
    press(outgoing, Qt.Key.Key_A)
    write(outgoing, "Huawei")

    assert (first_line(outgoing).question, first_line(outgoing).answer) == ("Which vendor?", "Huawei")
    assert first_line(outgoing).state is LineState.ANSWERED


def test_enter_opens_the_ticket(open_page, desk, env):
    page = open_page(desk.incoming)

    press(page, Qt.Key.Key_Return)

    assert env.shell.opened == [("ticket", {"id": first_line(page).ticket_id})]


def test_enter_opens_what_is_announced(open_page, desk, env):
    details = AnnouncementDetails(AnnouncementKind.FAULT, "Mail is down")
    written = announcements.write_announcement(desk.as_(desk.wang, *ALL_PERMISSIONS), details)
    page = open_page(desk.incoming)

    press(page, Qt.Key.Key_J)
    press(page, Qt.Key.Key_J)
    press(page, Qt.Key.Key_Return)

    assert env.shell.opened == [("announcements", {"id": written.id})]
    assert "Open the announcement" in shown_texts(page)


def test_what_was_typed_stays_with_its_line(open_page, desk):
    page = open_page(desk.outgoing)
    page.sheet.pane.begin(Entry.NOTE)
    page.sheet.pane.entry.setPlainText("half a sentence")

    page.sheet.lines.setFocus()
    press(page, Qt.Key.Key_J)
    elsewhere = page.sheet.pane.entry.toPlainText()
    press(page, Qt.Key.Key_K)

    assert (elsewhere, page.sheet.pane.entry.toPlainText()) == ("", "half a sentence")


def test_what_was_typed_outlives_a_change_of_theme(open_page, desk):
    page = open_page(desk.outgoing)
    page.sheet.pane.begin(Entry.NOTE)
    page.sheet.pane.entry.setPlainText("half a sentence")
    kept = page.save_state()

    again = open_page(desk.outgoing)
    again.restore_state(kept)
    again.refresh()
    again.sheet.pane.begin(Entry.NOTE)

    assert again.sheet.pane.entry.toPlainText() == "half a sentence"


def test_a_draft_that_was_ticked_elsewhere_is_seen_at_once(open_page, desk, qtbot):
    page = open_page(desk.outgoing)
    line = first_line(page)

    commands.tick_lines(desk.incoming, [(line.id, line.version)], is_ticked=True)

    qtbot.waitUntil(lambda: first_line(page).state is LineState.TICKED)


# --- signing -----------------------------------------------------------------------------------------


def sign(page, side: Side, secret: str) -> SignPopup:
    page.popups.ask_signature(side)
    popup = popup_of(page, SignPopup)
    popup.secret.setText(secret)
    QTest.keyClick(popup.secret, Qt.Key.Key_Return)
    return popup


def test_both_leaders_sign_and_the_paper_opens(open_page, desk, env):
    page = open_page(desk.outgoing)
    sign(page, Side.OUT, PASSWORD)
    desk.tick_all(page.presenter.handover.id)
    incoming = open_page(desk.incoming)
    sign(incoming, Side.IN, PASSWORD)

    assert incoming.presenter.handover.state is HandoverState.CLOSED
    assert incoming.sheet.in_box.who.text() == "Li Na"
    incoming.open_paper()
    assert env.shell.opened[-1] == (
        "reports",
        {"report": "handover", "day": "2026-11-20", "shift": "D"},
    )


def test_a_wrong_password_is_told_in_the_popup_and_forgotten(open_page, desk):
    page = open_page(desk.outgoing)

    popup = sign(page, Side.OUT, "wrong password 9")

    assert popup.isVisible()
    assert popup.secret_field.error
    assert popup.secret.text() == ""
    assert page.presenter.handover.out is None


def test_a_pin_is_chosen_and_signs(open_page, desk):
    page = open_page(desk.outgoing)
    page.popups.ask_pin()
    popup = popup_of(page, PinPopup)
    popup.password.setText(PASSWORD)
    popup.pin.setText("4711")
    popup.again.setText("4711")
    QTest.keyClick(popup.again, Qt.Key.Key_Return)

    sign(page, Side.OUT, "4711")

    assert pins.has_pin(desk.outgoing)
    assert page.presenter.handover.state is HandoverState.SIGNED_OUT


def test_a_stand_in_is_asked_for_a_reason(open_page, desk):
    page = open_page(desk.as_(desk.zhao))
    page.popups.ask_signature(Side.OUT)
    popup = popup_of(page, SignPopup)
    popup.who.setCurrentIndex(popup.who.findData(desk.zhao.id))
    popup.secret.setText(PASSWORD)
    waits = popup.go.isEnabled()
    popup.reason.setText("Wang Fang is ill")
    QTest.keyClick(popup.reason, Qt.Key.Key_Return)

    assert (waits, page.presenter.handover.out.reason) == (False, "Wang Fang is ill")


def test_the_incoming_box_says_what_it_waits_for(open_page, desk):
    page = open_page(desk.incoming)

    assert not page.sheet.in_box.sign.isEnabled()
    assert "outgoing leader signs first" in page.sheet.in_box.sign.toolTip()


def test_a_signature_is_taken_back_from_its_box(open_page, desk):
    page = open_page(desk.outgoing)
    sign(page, Side.OUT, PASSWORD)

    page.sheet.out_box.back.click()

    assert page.presenter.handover.state is HandoverState.DRAFT


# --- states and the other parts ----------------------------------------------------------------------


def test_a_sheet_that_is_not_due_offers_to_be_written(open_page, desk, clock):
    clock.advance(timedelta(hours=-2))
    page = open_page(desk.outgoing)
    offered = shown_texts(page.sheet)

    page.presenter.open_now()

    assert "The sheet of this shift is not written yet" in offered
    assert page.presenter.handover is not None


def test_a_reader_sees_the_sheet_and_can_write_nothing(open_page, desk):
    desk.opened()
    page = open_page(desk.as_(desk.zhao, "roster.read", "tickets.read"))

    assert "#10001 Core switch down" in shown_texts(page.sheet.pane)
    assert not page.sheet.pane.entry.isVisible()
    assert not page.sheet.out_box.sign.isVisible()


def test_a_shift_not_handed_over_is_told_with_its_time(open_page, desk, clock):
    desk.opened()
    clock.advance(timedelta(minutes=40))
    page = open_page(desk.incoming)

    assert any("ended 20 Nov 20:00 and is not handed over" in text for text in shown_texts(page))


def test_the_shift_before_and_after_are_one_key_away(open_page, desk):
    page = open_page(desk.outgoing)

    page.presenter.step(-1)
    before = page.presenter.shift
    page.presenter.step(1)

    assert (before.template.code, before.on_date) == ("N", date(2026, 11, 19))
    assert page.presenter.shift.template.code == "D"


def test_what_cannot_be_read_says_so_and_can_be_tried_again(open_page, desk, env):
    page = open_page(desk.as_(desk.zhao, "tickets.read"))

    assert "The handover could not be read" in shown_texts(page)
    assert "Try again" in shown_texts(page)
    assert env.shell.errors[0].code == "access.not_allowed"


def test_a_site_without_shifts_says_so(open_page, desk):
    desk.write(lambda tx: tx.execute("UPDATE shift_template SET is_active = false"))
    page = open_page(desk.outgoing)

    assert "No shift runs now" in shown_texts(page)


def test_the_book_is_searched_and_opens_the_frozen_paper(open_page, desk, env, qtbot):
    desk.closed()
    page = open_page(desk.outgoing)
    page.show_target({"show": "book"})
    page.refresh()
    page.book.search.setText("core switch")
    QTest.keyClick(page.book.search, Qt.Key.Key_Return)

    page.book.list.setFocus()
    press(page, Qt.Key.Key_J)
    press(page, Qt.Key.Key_Return)

    assert env.shell.opened[-1][1]["report"] == "handover"


def test_an_opportunity_is_noted_from_a_ticket_and_ended(open_page, desk, make):
    ticket = make.ticket()
    page = open_page(desk.outgoing)
    page.show_target({"note": "", "ticket": ticket.id, "number": f"#{ticket.number}"})
    page.opportunities.text.setText("They want a shared calendar")
    QTest.keyClick(page.opportunities.text, Qt.Key.Key_Return)
    page.opportunities.outcome.setText("Ordered")
    page.opportunities.won.click()
    page.opportunities.with_ended.click()

    found = page.lists.opportunities[0]
    assert (found.ticket_id, found.outcome) == (ticket.id, "Ordered")


def test_an_article_all_must_read_is_acknowledged(open_page, desk, make):
    make.article(title="Dress code", keywords="sop")
    page = open_page(desk.outgoing)
    page.show_target({"show": "must_read"})
    page.refresh()
    page.must_read.done.click()

    assert page.lists.articles[0].is_mine_read
    assert page.must_read.missing.text() == "Li Na, Zhao Lei"


@pytest.mark.parametrize("part", ["sheet", "book", "opportunities", "must_read"])
def test_every_part_is_readable_in_a_small_window(open_page, desk, make, part):
    make.article(title="Dress code", keywords="sop")
    page = open_page(desk.outgoing)
    page.show_target({"show": part})
    page.refresh()
    QCoreApplication.processEvents()  # texts that came later are laid out

    assert_readable(page)


@pytest.mark.parametrize("text", PAYLOADS[::20], ids=lambda text: ascii(text[:16]))
def test_whatever_people_write_is_shown_as_text(open_page, desk, text):
    line = desk.opened().lines[0]
    commands.ask_back(desk.incoming, line.id, f"?{text}"[:1_000], version=line.version)

    page = open_page(desk.outgoing)

    assert first_line(page).question in shown_texts(page.sheet.pane)
    assert list(faults(page)) == []


def test_the_reports_page_shows_the_frozen_paper(qtbot, desk, env):
    desk.closed(draw=draw_handover)
    page = ReportsPage(desk.as_(desk.wang, "reports.read", "roster.read"), env)
    qtbot.addWidget(page)
    page.show_target({"report": "handover", "day": "2026-11-20", "shift": "D"})
    page.refresh()

    assert page.presenter.paper.content == queries.frozen_paper(desk.ctx, 1)
    assert page.presenter.paper.file_name == "handover-2026-11-20-D.pdf"
    assert "Handover no. 1" in page.preview.document.getAllText(1).text()

"""The heat wall as one works it: keys, dragging, filters, the room's monitor, the sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.duty import commands as duty_commands
from app.services.tickets import commands, queries
from app.views.wall.page import WallPage
from tests.support.describe import assert_readable
from tests.support.duty import AGENT_RIGHTS, duty_desk
from tests.support.notices import acting
from tests.support.pages import page_env

ROOM = (1280 - 72, 720 - 52 - 32)


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def ticket(desk):
    """A P2 of four hours around the clock, sorted in and held by nobody."""
    category = desk.make.category(default_team_id=desk.first)
    new = NewTicket(
        TicketType.INCIDENT, Channel.PHONE, "VPN drops", category_id=category.id, impact=2, urgency=2
    )
    return commands.create_ticket(desk.as_wang(), new).id


@pytest.fixture
def open_wall(qtbot, env):
    def open_page(ctx, size=ROOM):
        page = WallPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(*size)
        page.refresh()
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.canvas.setFocus()
        return page

    return open_page


def lane_of(page, ticket_id):
    return next(lane.key for lane in page.presenter.lanes if any(one.id == ticket_id for one in lane.tickets))


def drag(page, ticket_id, lane_key):
    """Press the card, move over a lane, let go there."""
    canvas, view = page.canvas, page.canvas.viewport()
    begin = canvas.card_rect(ticket_id).center()
    place = next(each for each in canvas.places.lanes if each.lane.key == lane_key)
    end = QPoint(600, place.band.center().y() + canvas.places.measures.top)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=begin)
    QTest.mouseMove(view, begin + QPoint(30, 0))
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def test_a_card_says_all_it_shows(desk, ticket, open_wall):
    desk.ctx.clock.advance(timedelta(hours=1))

    said = open_wall(desk.as_wang()).canvas.accessibleName()

    assert "#1 VPN drops" in said
    assert "25 % of the resolution time is used" in said
    assert "owner Wang Fang" in said


def test_cards_move_with_the_clock_without_reading(desk, ticket, open_wall):
    page = open_wall(desk.as_wang())
    before = page.canvas.card_rect(ticket).right()
    wall = page.presenter.wall
    desk.ctx.clock.advance(timedelta(hours=1))

    page.presenter.tick()

    assert page.canvas.card_rect(ticket).right() > before
    assert page.presenter.wall is wall


def test_dragging_a_card_to_a_person_hands_it_over_and_can_be_taken_back(desk, ticket, open_wall, env):
    page = open_wall(desk.as_wang())

    drag(page, ticket, f"person-{desk.li.id}")
    there = lane_of(page, ticket)
    env.shell.outcomes[-1].undo.run()
    page.refresh()

    assert there == f"person-{desk.li.id}"
    assert lane_of(page, ticket) != there


def test_a_card_dropped_where_nobody_takes_it_says_why(desk, ticket, open_wall, env):
    page = open_wall(desk.as_wang())
    page.presenter.assign(ticket, f"person-{desk.li.id}")

    drag(page, ticket, "nobody")

    assert env.shell.said[-1].startswith("A ticket goes to somebody or to a team")
    assert lane_of(page, ticket) == f"person-{desk.li.id}"


def test_who_may_not_assign_is_told_so(desk, ticket, open_wall, env):
    page = open_wall(acting(desk.ctx, desk.li, AGENT_RIGHTS - {"tickets.assign"}))

    drag(page, ticket, f"person-{desk.li.id}")

    assert env.shell.said[-1] == "You lack the right to assign tickets."
    assert queries.ticket_row(desk.ctx, ticket).assignee_id is None


def test_a_ticket_without_a_category_is_refused_in_words(desk, open_wall, env):
    new = NewTicket(TicketType.INCIDENT, Channel.PHONE, "no idea", impact=2, urgency=2)
    ticket = commands.create_ticket(desk.as_wang(), new).id
    page = open_wall(desk.as_wang())

    drag(page, ticket, f"person-{desk.li.id}")

    assert [error.code for error in env.shell.errors] == ["tickets.gate"]


def test_the_keyboard_assigns_to_a_person_on_duty(qtbot, desk, ticket, open_wall):
    page = open_wall(desk.as_wang())

    qtbot.keyClick(page.canvas, Qt.Key.Key_A)
    qtbot.keyClick(page.popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.popup.list, Qt.Key.Key_Return)

    assert lane_of(page, ticket) == f"person-{desk.li.id}"
    assert not page.popup.isVisible()


def test_enter_on_the_first_person_assigns_too(qtbot, desk, ticket, open_wall):
    page = open_wall(desk.as_wang())

    qtbot.keyClick(page.canvas, Qt.Key.Key_A)
    qtbot.keyClick(page.popup.list, Qt.Key.Key_Return)

    assert lane_of(page, ticket) == f"person-{desk.wang.id}"


def test_enter_opens_the_card(qtbot, desk, ticket, open_wall, env):
    page = open_wall(desk.as_wang())

    qtbot.keyClick(page.canvas, Qt.Key.Key_Return)

    assert env.shell.opened == [("ticket", {"id": ticket})]


def test_a_lane_says_that_its_person_is_away(desk, ticket, open_wall):
    duty_commands.go_away(desk.as_li(), reason="server room")

    page = open_wall(desk.as_wang())

    lane = next(each for each in page.presenter.lanes if each.key == f"person-{desk.li.id}")
    assert page.words.lane(lane, {}, desk.ctx.clock.now()).note == "away: server room"


def test_crossing_a_mark_is_heard_where_that_is_wanted(monkeypatch, desk, ticket, open_wall, env):
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    page = open_wall(desk.as_wang())
    desk.ctx.clock.advance(timedelta(hours=2, minutes=1))
    page.presenter.tick()
    silent = len(heard)

    page.sound.click()
    desk.ctx.clock.advance(timedelta(hours=1, minutes=1))
    page.presenter.tick()
    page.presenter.tick()

    assert (silent, len(heard)) == (0, 1)
    assert env.prefs.values.wall_with_sound
    assert page.presenter.fresh == {ticket}


def test_a_card_that_a_filter_hides_is_not_heard(monkeypatch, desk, ticket, open_wall, env):
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    page = open_wall(desk.as_wang())
    page.sound.click()
    page.presenter.show_only(team_id=desk.network.id, at_risk=False)
    desk.ctx.clock.advance(timedelta(hours=3, minutes=3))

    page.presenter.tick()

    assert (heard, env.shell.said) == ([], [])


def test_a_critical_card_that_a_filter_hides_is_heard_and_named(monkeypatch, desk, open_wall, env):
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda: heard.append(1))
    category = desk.make.category(default_team_id=desk.first)
    new = NewTicket(
        TicketType.INCIDENT, Channel.PHONE, "Core down", category_id=category.id, impact=1, urgency=1
    )
    commands.create_ticket(desk.as_wang(), new)
    page = open_wall(desk.as_wang())
    page.sound.click()
    page.presenter.show_only(team_id=desk.network.id, at_risk=False)
    desk.ctx.clock.advance(timedelta(hours=8))

    page.presenter.tick()

    assert heard == [1]
    assert ["Core down" in str(said) for said in env.shell.said] == [True]


def test_only_cards_at_risk_are_shown_if_asked_for(desk, ticket, open_wall):
    page = open_wall(desk.as_wang())

    page.risk.click()
    before = page.header.note.text()
    desk.ctx.clock.advance(timedelta(hours=3, minutes=1))
    page.presenter.tick()

    assert before == "0 open tickets · 0 at risk"
    assert page.header.note.text() == "1 open ticket · 1 at risk"


def test_the_wall_of_one_team_comes_back_with_its_filter(desk, ticket, open_wall):
    page = open_wall(desk.as_wang())
    page.show_target({"team": desk.network.id, "at_risk": True})

    again = open_wall(desk.as_wang())
    again.restore_state(page.save_state())

    assert again.team.currentText() == "Network"
    assert again.risk.isChecked()


def test_the_room_shows_the_same_wall_larger_and_escape_leaves_it(qtbot, desk, ticket, open_wall):
    page = open_wall(desk.as_wang())

    page.fill_monitor()
    room = page.room
    shown = room.canvas.places.cards.keys()
    larger = room.canvas.places.measures.text > page.canvas.places.measures.text
    qtbot.keyClick(room.canvas, Qt.Key.Key_Escape)

    assert (list(shown), larger) == ([ticket], True)
    assert not room.isVisible()


def test_an_event_is_read_once_the_page_is_seen(qtbot, desk, ticket, open_wall):
    page = open_wall(desk.as_wang())

    commands.cancel(desk.as_wang(), ticket, version=1, reason="withdrawn")

    qtbot.waitUntil(lambda: page.presenter.wall.tickets == ())


def test_the_page_is_readable_in_the_smallest_window(desk, ticket, bus, tmp_path, qtbot, either_language):
    page = WallPage(desk.as_wang(), replace(page_env(bus, tmp_path, language=either_language)))
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.refresh()
    page.show()

    assert_readable(page)
    assert page.minimumSizeHint().width() <= ROOM[0]

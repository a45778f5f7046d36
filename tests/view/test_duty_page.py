"""The duty board: numbers and gaps, presence, checks, reminders, the levels, and the emergency card."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from app.models.entities.duty import Audience, ReminderLink
from app.models.entities.settings import ConfigKind
from app.services.duty import commands, queries
from app.services.notices.queries import my_notices
from app.services.roster import commands as roster_commands
from app.services.settings import queries as settings
from app.views.duty.page import DutyPage
from tests.support.describe import assert_readable, shown_texts
from tests.support.duty import AGENT_RIGHTS, FRIDAY, duty_desk, put
from tests.support.notices import acting
from tests.support.pages import page_env

ROOM = (1280 - 72, 720 - 52 - 32)


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def open_board(show_page, env):
    def open_page(ctx):
        return show_page(DutyPage(ctx, env))

    return open_page


def button(page, name):
    return next(
        each
        for each in page.findChildren(QAbstractButton)
        if name in {each.objectName(), each.accessibleName()}
    )


def figures(page):
    return [
        (one.figure.text(), one.note.text()) for one in page.figures.findChildren(type(page.figures.desk))
    ]


# -- what is shown --------------------------------------------------------------------------------------


def test_the_numbers_to_ring_and_the_next_change_stand_on_top(desk, open_board):
    page = open_board(desk.as_li())

    assert figures(page) == [
        ("138 0013 8000", "Wang Fang"),
        ("1818", "Day, until 20:00"),
        ("in 2 h", "20:00 Night, Sun Lei"),
    ]
    assert not page.gaps.isVisible()


def test_the_number_changes_by_itself_at_the_handover(desk, open_board, env):
    page = open_board(desk.as_li())
    desk.ctx.clock.advance(timedelta(hours=2))

    env.ticker.minute.emit()

    assert figures(page)[0] == ("137 0013 7000", "Sun Lei")


def test_a_shift_without_a_supervisor_is_told_loudly(desk, open_board):
    roster_commands.name_supervisor(desk.ctx, person_id=desk.wang.id, on_date=FRIDAY, is_supervisor=False)

    page = open_board(desk.as_li())

    assert [box.title.text() for box in page.gaps.shown] == ["This shift has no duty supervisor."]
    assert figures(page)[0] == ("none", "no duty supervisor")


def test_reachable_people_are_listed(desk, open_board):
    put(desk.ctx, "work_terms", person_id=desk.zhou.id, is_reachable=True)

    assert "139 0013 9000" in shown_texts(open_board(desk.as_li()).reachable)


def test_a_click_copies_a_number(qtbot, desk, open_board, env):
    page = open_board(desk.as_li())

    numbers = {each.text(): each for each in page.people.findChildren(QAbstractButton)}
    numbers["138 0013 8000"].click()

    assert QGuiApplication.clipboard().text() == "13800138000"
    assert env.shell.said == ["Copied the number of Wang Fang."]


def test_the_load_leads_to_the_tickets(desk, open_board, env):
    desk.make.ticket(assignee_id=desk.li)
    page = open_board(desk.as_wang())

    next(each for each in page.people.findChildren(QAbstractButton) if each.text() == "1 open").click()

    assert env.shell.opened == [("tickets", {"query": 'status:open assignee:"Li Na"'})]


# -- presence --------------------------------------------------------------------------------------------


def test_coming_and_leaving_with_one_button(desk, open_board):
    page = open_board(desk.as_li())

    page.mine.click()
    came = (page.mine.text(), any("600 min late" in text for text in shown_texts(page.people)))
    page.mine.click()

    assert came == ("Check out", True)
    assert any("left 18:00" in text for text in shown_texts(page.people))


def test_leaving_the_desk_asks_why_and_is_shown_until_one_is_back(qtbot, desk, open_board):
    page = open_board(desk.as_li())

    page.away.click()
    waits = not page.asking.away_popup.act.isEnabled()
    page.asking.away_popup.reason.setText("server room")
    qtbot.keyClick(page.asking.away_popup.reason, Qt.Key.Key_Return)
    shown = [text for text in shown_texts(page.people) if text.startswith("away")]
    page.away.click()

    assert waits
    assert shown == ["away: server room, back 18:30"]
    assert queries.away_people(desk.ctx) == {}


def test_a_supervisor_speaks_for_others_through_the_menu(desk, open_board):
    page = open_board(desk.as_wang())

    menu = page.menu_of(next(one for one in page.presenter.board.people if one.duty.person_name == "Li Na"))
    texts = [action.text() for action in menu.actions()]
    menu.actions()[0].trigger()

    assert texts == ["Check in", "Away…", "Correct the times…", "Remind…"]
    assert any("600 min late" in text for text in shown_texts(page.people))


def test_an_agent_has_no_menu_for_others(desk, open_board):
    page = open_board(desk.as_li())

    names = {each.accessibleName() for each in page.people.findChildren(QAbstractButton)}
    assert "What about Li Na?" in names
    assert "What about Wang Fang?" not in names


def test_who_may_not_check_in_is_offered_nothing(desk, open_board):
    page = open_board(acting(desk.ctx, desk.li, AGENT_RIGHTS - {"roster.ask"}))

    assert not page.mine.isVisible()
    assert not page.away.isVisible()


def test_what_others_do_is_seen(qtbot, desk, open_board):
    page = open_board(desk.as_li())

    commands.go_away(desk.as_wang(), reason="meeting")

    qtbot.waitUntil(lambda: [box.title.text() for box in page.gaps.shown] != [])
    assert page.gaps.shown[0].title.text() == "The duty supervisor is away from the desk."


# -- checks ---------------------------------------------------------------------------------------------


def test_a_check_is_ticked_good_and_the_focus_stays_there(qtbot, desk, open_board):
    page = open_board(desk.as_li())
    good = button(page, "good-DOORS")
    good.setFocus()

    good.click()

    assert page.checks.note.text() == "1 of 2"
    assert page.focusWidget().objectName() == "good-DOORS"


def test_what_is_not_good_asks_for_a_note(desk, open_board, env):
    env.dialogs.text = "one is mute"
    page = open_board(desk.as_li())

    button(page, "bad-PHONES").click()

    assert any("one is mute" in text for text in shown_texts(page.checks))


def test_a_tick_is_taken_back(desk, open_board):
    page = open_board(desk.as_li())
    button(page, "good-DOORS").click()

    button(page, "again-DOORS").click()

    assert page.checks.note.text() == "0 of 2"


def test_who_may_not_write_for_the_next_shift_only_reads(desk, open_board):
    page = open_board(acting(desk.ctx, desk.li, AGENT_RIGHTS - {"handover.write"}))

    assert page.checks.findChildren(QAbstractButton) == []


# -- reminders and levels ---------------------------------------------------------------------------------


def test_a_reminder_with_a_link_reaches_those_on_duty(desk, open_board, env):
    page = open_board(desk.as_wang())

    page.remind.click()
    page.asking.remind_popup.text.setPlainText("P1 first")
    page.asking.remind_popup.link.setCurrentIndex(page.asking.remind_popup.link.findData(ReminderLink.SLA))
    page.asking.remind_popup.act.click()

    (notice,) = my_notices(acting(desk.ctx, desk.li))
    assert (notice.body["text"], notice.body["link"]) == ("P1 first", "sla")
    assert env.shell.said == ["2 colleagues were reminded."]
    assert not page.asking.remind_popup.isVisible()


def test_a_refused_reminder_stays_open_with_its_text(desk, open_board, env):
    page = open_board(desk.as_wang())

    page.remind.click()
    page.asking.remind_popup.text.setPlainText("look")
    page.asking.remind_popup.link.setCurrentIndex(page.asking.remind_popup.link.findData(ReminderLink.TICKET))
    page.asking.remind_popup.number.setText("#99")
    page.asking.remind_popup.act.click()

    assert [error.code for error in env.shell.errors] == ["tickets.number_not_found"]
    assert page.asking.remind_popup.isVisible()


def test_a_person_is_chosen_beforehand(desk, open_board):
    page = open_board(desk.as_wang())

    page.asking.ask_reminder(desk.li.id)

    assert page.asking.remind_popup.reminder.audience is Audience.PERSON
    assert page.asking.remind_popup.person.currentText() == "Li Na"


def test_the_service_levels_and_the_catalogue_are_looked_up(desk, open_board):
    desk.make.service(name="E-mail")
    page = open_board(desk.as_li())

    page.show_target({"show": "sla"})
    levels = shown_texts(page.asking.levels_popup)
    page.show_target({"show": "services"})

    assert {"10 min", "2 h", "24x7"} <= set(levels)
    assert "E-mail" in shown_texts(page.asking.levels_popup)


def test_service_levels_name_their_calendars_in_the_readers_language(desk, open_board, either_language):
    page = open_board(desk.as_wang())
    page.show_target({"show": "sla"})
    tables = settings.current_configs(desk.ctx, ConfigKind.SLA)
    *others, office = settings.current_configs(desk.ctx, ConfigKind.CALENDAR)
    named = replace(office, body={**office.body, "name": "Office hours", "name_alt": "办公时间"})

    page.asking.levels_popup.show_levels(tables, (), [named, *others])

    shown = {"en": "Office hours", "zh_CN": "办公时间"}[either_language]
    assert shown in shown_texts(page.asking.levels_popup)


# -- the card -------------------------------------------------------------------------------------------


def test_the_emergency_card_is_saved(desk, open_board, env, tmp_path):
    env.dialogs.path = tmp_path / "card.pdf"
    page = open_board(desk.as_li())

    page.action_set.run("duty.save_card")

    assert env.dialogs.path.read_bytes().startswith(b"%PDF-")
    assert env.shell.said == ["Saved card.pdf"]


# -- the page as a whole ------------------------------------------------------------------------------------


def test_the_board_is_readable_in_the_smallest_window(desk, bus, tmp_path, qtbot, either_language, make):
    page = DutyPage(
        desk.as_wang().reading(either_language), page_env(bus, tmp_path, language=either_language)
    )
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.refresh()
    page.show()

    assert_readable(page)
    assert page.header.minimumSizeHint().width() <= ROOM[0] - 48


@pytest.mark.parametrize("popup", ["away", "remind", "levels"])
def test_popups_are_readable(desk, open_board, popup, either_language):
    page = open_board(desk.as_wang())
    opened = {
        "away": lambda: (page.leave_desk(), page.asking.away_popup)[1],
        "remind": lambda: (page.asking.ask_reminder(), page.asking.remind_popup)[1],
        "levels": lambda: (page.asking.show_levels(ReminderLink.SLA), page.asking.levels_popup)[1],
    }[popup]()

    assert_readable(opened)

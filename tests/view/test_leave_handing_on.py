"""After an absence was approved or entered, what the person has in hand is handed on with one key."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.ids import TicketId
from app.models.entities.roster_plan import WorkTerms
from app.services.leave import commands
from app.services.roster import terms_commands
from app.services.tickets.queries import ticket_detail
from app.views.base.i18n import current
from app.views.leave.page import RequestsPage
from tests.support.changing_places import MONDAY, places
from tests.support.describe import assert_readable, shown_texts
from tests.support.pages import page_env

ROOM = (1280 - 72, 720 - 52 - 32)


@pytest.fixture(params=["en", "zh_CN"])
def either_language(request):
    before = current.code
    current.use(request.param)
    yield request.param
    current.use(before)


@pytest.fixture
def env(bus, tmp_path, qapp):
    return page_env(bus, tmp_path)


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def tickets(make, desk):
    return [make.ticket(assignee_id=desk.wang.id, category_id=make.category().id) for _number in range(2)]


@pytest.fixture
def page(qtbot, env, desk):
    page = RequestsPage(desk.as_(desk.chen), env)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.refresh()
    with qtbot.waitExposed(page):
        page.show()
    return page


@pytest.fixture
def li_stands_in(desk):
    terms_commands.set_terms(desk.as_(desk.chen), WorkTerms(substitute_id=desk.li.id), person_id=desk.wang.id)


def approve(desk, page, first=MONDAY):
    commands.ask_leave(desk.as_(desk.wang), desk.leave_of(desk.wang, first, first))
    page.refresh()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_A)
    return page.handing.popup


def assignees(desk, tickets):
    return [ticket_detail(desk.ctx, TicketId(one.id)).ticket.assignee_id for one in tickets]


def test_one_key_gives_all_to_the_substitute(desk, page, tickets, li_stands_in):
    popup = approve(desk, page)
    said = shown_texts(popup)

    QTest.keyClick(popup, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert "Wang Fang has 2 open tickets" in said
    assert assignees(desk, tickets) == [desk.li.id, desk.li.id]


def test_back_to_the_queue_is_the_other_offer(desk, page, tickets, li_stands_in):
    popup = approve(desk, page)

    popup.queue.click()

    assert assignees(desk, tickets) == [None, None]


def test_without_a_substitute_the_queue_is_the_only_offer(desk, page, tickets):
    popup = approve(desk, page)
    is_offered = popup.queue.isVisible()

    QTest.keyClick(popup, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert not is_offered
    assert assignees(desk, tickets) == [None, None]


def test_escape_leaves_them_as_they_are(desk, page, tickets, li_stands_in):
    popup = approve(desk, page)

    QTest.keyClick(popup, Qt.Key.Key_Escape)

    assert assignees(desk, tickets) == [desk.wang.id, desk.wang.id]


def test_an_absence_that_is_entered_asks_too(desk, page, tickets, li_stands_in):
    page.action_set.run("requests.record")
    form = page.asking.popup
    form.person.setCurrentIndex(form.person.findData(desk.wang.id))
    form.first.setText("24")
    form.reason.setPlainText("Ill")

    QTest.keyClick(form.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert page.handing.popup is not None


def test_of_somebody_with_nothing_in_hand_nothing_is_asked(desk, page):
    assert approve(desk, page) is None


def test_long_before_an_absence_nothing_is_asked(desk, page, tickets):
    assert approve(desk, page, MONDAY + timedelta(days=21)) is None


@pytest.mark.parametrize("name", ["<b>bold</b>", "<img src='http://x'>", "%s {name} \u202eabc"])
def test_a_hostile_name_stays_text(desk, page, tickets, make, name):
    other = make.agent(name=name)
    terms_commands.set_terms(desk.as_(desk.chen), WorkTerms(substitute_id=other.id), person_id=desk.wang.id)

    popup = approve(desk, page)

    assert f"{name} stands in." in shown_texts(popup)


def test_it_can_be_read_in_both_languages(desk, env, either_language, tickets, li_stands_in, qtbot):
    page = RequestsPage(desk.as_(desk.chen), env)
    qtbot.addWidget(page)
    page.resize(*ROOM)
    page.refresh()
    with qtbot.waitExposed(page):
        page.show()

    assert_readable(approve(desk, page))

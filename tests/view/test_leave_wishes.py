"""One's own wishes on the page of requests: noted, changed and taken back by keys, and how many are left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.roster import plan_queries
from app.services.roster.commands import publish_month
from app.services.roster.wish_commands import set_wish
from app.views.leave.page import WISHES, RequestsPage
from tests.support.changing_places import MONDAY, places
from tests.support.describe import assert_readable

CONTROL = Qt.KeyboardModifier.ControlModifier
TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request):
    return request.getfixturevalue(f"{request.param}_databases")


@pytest.fixture
def desk(ctx, make):
    return places(ctx, make)


@pytest.fixture
def open_page(show_page, env):
    def opened(ctx):
        page = show_page(RequestsPage(ctx, env))
        page.show_part(WISHES)
        return page

    return opened


def wished(desk):
    return {
        one.on_date: (one.template_id, one.text)
        for one in plan_queries.wishes(desk.as_(desk.chen), MONDAY, SUNDAY)
    }


def test_a_wish_is_noted_with_keys_alone(desk, open_page):
    page = open_page(desk.as_(desk.wang))

    page.action_set.run("requests.wish")
    form = page.wish_form
    QTest.keyClicks(form.first, "23")
    QTest.keyClicks(form.last, "+1")
    form.wish.setCurrentIndex(form.wish.findData(desk.night.id))
    QTest.keyClicks(form.text, "Exam")
    QTest.keyClick(form.text, Qt.Key.Key_Return, CONTROL)

    assert wished(desk) == {on: (desk.night.id, "Exam") for on in (MONDAY, TUESDAY)}
    assert page.wishes.note.text().startswith("November 2026: 2 of 4 wishes; December 2026: 0 of 4 wishes")
    assert [page.wishes.model.row_at(row).on_date for row in range(2)] == [MONDAY, TUESDAY]


def test_enter_changes_a_wish_and_delete_takes_it_back(desk, open_page):
    set_wish(desk.as_(desk.wang), desk.wang.id, MONDAY, desk.night.id, "Exam")
    page = open_page(desk.as_(desk.wang))

    QTest.keyClick(page.wishes.table, Qt.Key.Key_Return)
    form = page.wish_form
    shown = (form.first.text(), form.wish.currentData(), form.text.text())
    form.close_now()
    page.wishes.table.setFocus()
    page.of_wishes.run("requests.unwish")

    assert shown == ("2026-11-23", desk.night.id, "Exam")
    assert wished(desk) == {}


def test_a_wish_of_a_published_month_is_shown_closed_and_stays(desk, open_page):
    set_wish(desk.as_(desk.wang), desk.wang.id, MONDAY, None)
    publish_month(desk.as_(desk.chen), "2026-11", anyway=True)
    page = open_page(desk.as_(desk.wang))

    page.wishes.take_back()

    assert "November 2026 is published: wishes are closed" in page.wishes.note.text()
    assert not page.wishes.back.isEnabled()
    assert wished(desk) == {MONDAY: (None, "")}


def test_more_than_may_be_wished_is_told_in_the_form(desk, open_page):
    page = open_page(desk.as_(desk.wang))
    page.action_set.run("requests.wish")
    form = page.wish_form
    QTest.keyClicks(form.first, "23")
    QTest.keyClicks(form.last, "29")

    form.confirm()

    assert form.refusal.text().startswith("More than 4 wishes in 2026-11 are not possible")
    assert (form.isVisible(), wished(desk)) == (True, {})


@pytest.mark.parametrize("typed", ["", "someday", "31.02", "１"])
def test_days_that_cannot_be_read_keep_the_button_waiting(desk, open_page, typed):
    page = open_page(desk.as_(desk.wang))
    page.action_set.run("requests.wish")

    page.wish_form.first.setText(typed)
    page.wish_form.last.setText("never")

    assert not page.wish_form.act.isEnabled()


def test_the_part_and_its_form_are_read_in_either_language(desk, open_page, either_language):
    set_wish(desk.as_(desk.wang), desk.wang.id, MONDAY, None, "Exam")
    page = open_page(desk.as_(desk.wang))
    page.action_set.run("requests.wish")

    assert_readable(page)
    assert_readable(page.wish_form)

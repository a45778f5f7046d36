"""The desk shows what is announced, what one has still to read on top, and the emergency number."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QCheckBox

from app.services.announcements import commands
from app.views.desk.page import DeskPage
from tests.support.announcing import AnnouncingDesk, announcing_desk
from tests.support.describe import shown_texts


@pytest.fixture
def desk(ctx, make) -> AnnouncingDesk:
    return announcing_desk(ctx, make)


@pytest.fixture
def open_page(qtbot, desk, env):
    def open_it(person=None) -> DeskPage:
        page = DeskPage(desk.as_(person or desk.wang), env)
        qtbot.addWidget(page)
        page.refresh()
        page.show()
        return page

    return open_it


def boxes(page):
    return [box.accessibleName() for box in page.announced.lines.findChildren(QCheckBox)]


def test_what_must_be_read_has_a_box_and_what_need_not_has_none(desk, open_page):
    desk.write("Mail is down")
    desk.write("New rules", must_read=True)

    page = open_page()

    texts = shown_texts(page.announced)
    assert texts.index("New rules") < texts.index("Mail is down")
    assert boxes(page) == ["I have read it: New rules"]
    assert page.announced.note.text() == "1 unread"


def test_ticking_the_box_says_that_one_has_read_it(desk, open_page):
    made = desk.write("New rules", must_read=True)
    page = open_page()

    page.announced.lines.findChildren(QCheckBox)[0].click()

    assert not desk.one(made).is_unread
    page.refresh()
    assert boxes(page) == []


def test_more_than_four_are_counted(desk, open_page, env):
    made = [desk.write(f"Fault {number}") for number in range(6)]
    page = open_page()

    page.announced.more.click()

    assert len(made) == 6
    assert page.announced.more.text() == "and 2 more"
    assert env.shell.opened == [("announcements", {})]


def test_one_written_elsewhere_appears_by_itself(desk, open_page, qtbot):
    page = open_page()
    assert "Nothing is announced now." in shown_texts(page.announced)

    desk.write("Mail is down")

    qtbot.waitUntil(lambda: "Mail is down" in shown_texts(page.announced))


def test_one_withdrawn_is_gone(desk, open_page, qtbot):
    made = desk.write("Mail is down")
    page = open_page()

    commands.withdraw_announcement(desk.writer, made, version=1)

    qtbot.waitUntil(lambda: "Mail is down" not in shown_texts(page.announced))


def test_the_number_is_the_duty_supervisors_and_the_desks_where_nobody_leads(desk, open_page, clock):
    shift = desk.make.shift_template("D", duration_minute=720)
    desk.make.assignment(desk.chen, clock.now().date(), shift, is_supervisor=True)
    desk.number(desk.chen, "13900000001")
    page = open_page()
    by_day = (page.announced.emergency.text(), page.announced.number.text())
    clock.advance(timedelta(hours=12))

    page.refresh()

    assert by_day == ("Emergency phone: Chen Jie, until 20:00", "139 0000 0001")
    assert (page.announced.emergency.text(), page.announced.number.text()) == (
        "Emergency phone: the desk",
        "1818",
    )

"""The desk says that a shift is not handed over, and since when, until both have signed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.services.base.clock import FixedClock
from app.views.desk.page import DeskPage
from tests.support.handovers import BEFORE_CHANGE, HandoverDesk, handover_desk
from tests.support.pages import page_env
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def open_page(qtbot, desk, env):
    def open_it() -> DeskPage:
        page = DeskPage(desk.outgoing, env)
        qtbot.addWidget(page)
        page.refresh()
        return page

    return open_it


def test_a_shift_that_is_not_handed_over_is_told_with_its_time(open_page, desk, clock, env):
    desk.opened()
    clock.advance(timedelta(minutes=40))
    page = open_page()

    page.handover.open.click()

    assert page.handover.text.text() == (
        "The shift “Day” is not handed over since 20:00: a signature is missing."
    )
    assert env.shell.opened == [("handover", {"show": "sheet"})]


def test_the_sheet_is_announced_before_the_shift_ends(open_page):
    assert "waits for both signatures" in open_page().handover.text.text()


def test_once_both_have_signed_nothing_is_said(open_page, desk, clock):
    desk.closed()
    clock.advance(timedelta(minutes=40))

    assert open_page().handover.isHidden()


def test_signing_elsewhere_takes_the_notice_away(open_page, desk, clock, qtbot):
    handover = desk.opened()
    desk.tick_all(handover.id)
    desk.sign_out(handover.id)
    clock.advance(timedelta(minutes=40))
    page = open_page()
    page.show()
    was_told = not page.handover.isHidden()

    desk.sign_in(handover.id)

    assert was_told
    qtbot.waitUntil(page.handover.isHidden)


def test_a_shift_nobody_leads_is_told(open_page, desk):
    desk.write(lambda tx: tx.execute("UPDATE assignment SET is_supervisor = false"))

    assert open_page().handover.text.text() == "This shift has had no duty supervisor since 08:00."

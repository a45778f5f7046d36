"""Times told to users stand among what breaches next on the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.models.entities.tickets import TicketStatus
from app.views.desk.page import DeskPage
from tests.support.pages import page_env
from tests.support.site import set_up_site

TWO_PM = datetime(2026, 11, 20, 6, tzinfo=UTC)  # 14:00 in Shanghai


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def show(qtbot, ctx, env, clock):
    set_up_site(ctx)
    clock.set(TWO_PM)

    def shown() -> DeskPage:
        page = DeskPage(ctx, env)
        qtbot.addWidget(page)
        page.resize(1368, 816)
        page.show()
        page.refresh()
        return page

    return shown


def told_in(minutes: int) -> dict[str, datetime]:
    return {"promised_at": TWO_PM + timedelta(minutes=minutes)}


def lines(page: DeskPage) -> list[tuple[str, str]]:
    rows = page.breaches.rows
    return [(row.subject, rows.cell(place, 4).text) for place, row in enumerate(rows.rows)]


def test_the_earlier_of_promise_and_time_told_counts(show, make):
    make.ticket(subject="due first", due_in=timedelta(minutes=20), **told_in(50))
    make.ticket(subject="told first", due_in=timedelta(hours=2), **told_in(10))

    page = show()

    assert lines(page) == [("told first", "10 min"), ("due first", "20 min")]


def test_a_time_told_counts_while_the_clock_stands_still_and_without_any_promise(show, make):
    make.ticket(subject="waits", status=TicketStatus.WAITING, **told_in(15))
    make.ticket(subject="no promise", **told_in(-5))

    page = show()

    assert lines(page) == [("no promise", "−5 min"), ("waits", "15 min")]


def test_a_time_told_for_another_day_or_of_an_ended_ticket_is_not_near(show, make):
    make.ticket(subject="tomorrow", **told_in(60 * 20))
    make.ticket(subject="closed", status=TicketStatus.CLOSED, **told_in(5))

    page = show()

    assert lines(page) == []


def test_the_row_says_what_the_user_was_told(show, make):
    make.ticket(subject="told", due_in=timedelta(hours=2), **told_in(10))

    cell = show().breaches.rows.cell(0, 2)

    assert cell.hint == "told\nThe user was told 20 Nov 2026, 14:10"
    assert [badge.icon for badge in cell.look.badges] == ["megaphone"]

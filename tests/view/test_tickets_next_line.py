"""Handing tickets to the next line from the list: one key, the bar for many, the first line's time left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from app.models.entities.ids import TicketId
from app.models.entities.notices import Notice, NoticeKind
from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import Channel, NewTicket, TicketRow, TicketStatus, TicketType
from app.services.base.texts import Texts
from app.services.setup.first_start import set_up
from app.services.tickets import commands, queries
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.shell.notice_words import sentence
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.rows import TicketCells
from tests.support.pages import page_env

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "ERP 503", impact=2, urgency=2)


@pytest.fixture
def team(ctx, make):
    set_up(ctx, SiteChoices("Test desk", language="en"))
    return make.team(name="Specialists", line=2)


@pytest.fixture
def tickets(ctx, make, team):
    category = make.category()
    make._link("category_team", {"category_id": category, "line": 2, "team_id": team})
    call = replace(CALL, category_id=category.id)
    return [commands.create_ticket(ctx, call).id, commands.create_ticket(ctx, call).id]


@pytest.fixture
def page(qtbot, ctx, bus, tmp_path, tickets):
    env = page_env(bus, tmp_path)
    page = TicketsPage(ctx, replace(env, format=Format(current.texts, env.format.zone)))
    page.resize(1368, 820)
    page.show()
    page.refresh()
    yield page
    delete(page)


def teams(ctx, tickets):
    return [queries.ticket_detail(ctx, ticket).ticket.team_id for ticket in tickets]


def test_one_key_hands_the_current_ticket_on(qtbot, ctx, page, tickets, team):
    page.list.table.setFocus()

    qtbot.keyClick(page.list.table, Qt.Key.Key_D)

    assert sorted(teams(ctx, tickets), key=str) == [team.id, None]


def test_the_bar_hands_on_everything_marked(qtbot, ctx, page, tickets, team):
    table = page.list.table
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.keyClick(table, Qt.Key.Key_Space)

    page.list.bulk.next_line.click()

    assert teams(ctx, tickets) == [team.id, team.id]


# -- the first line's time box in a list -----------------------------------------------------------------


def left(line=1, **given):
    row = TicketRow(
        TicketId(1), 1, TicketType.INCIDENT, TicketStatus.IN_PROGRESS, 2, "ERP 503", None, "", False, None,
        None, "", None, Channel.PHONE, NOW, NOW, None, None, False, None, 0, 1,
        first_line_due_at=NOW + timedelta(minutes=12),
    )  # fmt: skip
    cells = TicketCells(Format(Texts("en"), ZoneInfo("Asia/Shanghai")), lambda: NOW)
    return cells.first_line(replace(row, **given), line)


def test_the_time_box_counts_down_and_then_what_is_over():
    assert (left(), left(first_line_due_at=NOW - timedelta(minutes=3))) == ("12 min", "−3 min")


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (2, {}),
        (1, {"status": TicketStatus.RESOLVED}),
        (1, {"is_paused": True}),
        (1, {"first_line_due_at": None}),
    ],
)
def test_beyond_the_first_line_or_done_nothing_counts(line, given):
    assert left(line, **given) == ""


# -- the notice of a time told ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (NoticeKind.WARNED, "The time told to the user is near"),
        (NoticeKind.BREACHED, "The time told to the user is over"),
    ],
)
def test_a_notice_of_a_time_told_says_so(kind, said):
    body = {"clock": "promised"}

    assert sentence(Notice(1, kind, NOW, None, None, "", body, is_read=False)) == said

"""The SLA compliance of a month: what resolving stores, and the same tickets split every way (U23, U24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.entities.compliance import Split
from app.models.entities.reports import SlaTally
from app.models.entities.settings import SiteChoices
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import TicketType
from app.services.reports.compliance import total_line
from app.services.reports.queries import sla_compliance
from app.services.setup.first_start import set_up
from app.services.tickets import commands, queries
from tests.service.test_tickets_commands import CALL, SOLVED

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(ctx, make, clock):
    """Five tickets: two solved in time, one late, one overdue and open, one cancelled."""
    set_up(ctx, SiteChoices("Test desk", language="en"))
    category = make.category(
        name="ERP", name_alt="企业资源", default_team_id=make.team(name="Second line").id
    )
    named = replace(CALL, category_id=category.id, impact=1, urgency=1)
    quick = commands.create_ticket(ctx, named)
    late = commands.create_ticket(ctx, named)
    commands.create_ticket(ctx, named)
    called_off = commands.create_ticket(ctx, named)
    asked = commands.create_ticket(ctx, replace(CALL, type=TicketType.INQUIRY))
    commands.cancel(ctx, called_off.id, version=called_off.version, reason="By mistake")
    for one in (quick, asked):
        commands.resolve(ctx, one.id, SOLVED, version=one.version)
    clock.advance(5 * HOUR)
    commands.resolve(ctx, late.id, SOLVED, version=late.version)
    clock.advance(HOUR)
    return ctx


def month_of(ctx, language="en"):
    now = ctx.clock.now()
    return sla_compliance(ctx, now.year, now.month, language)


def test_u23_what_is_stored_at_resolving_is_what_the_clock_says(desk):
    page = queries.ticket_page(desk, queries.ticket_query(desk, "status:resolved"))

    for row in page:
        clock = queries.ticket_detail(desk, row.id).clocks[ClockKind.RESOLUTION]
        with desk.store.read() as read:
            stored = read.value("SELECT resolution_met FROM ticket WHERE id = ?", (row.id,))
        assert bool(stored) is not clock.is_breached
    assert len(page) == 3


def test_u24_the_share_in_time_needs_no_spreadsheet(desk):
    report = month_of(desk)

    by_priority = {line.name: line for line in report.splits[Split.PRIORITY]}
    assert by_priority["1"].received == 3
    assert by_priority["1"].resolution == SlaTally(met=1, missed=2)
    assert [line.name for line in report.splits[Split.TYPE]] == ["incident", "inquiry"]


@pytest.mark.parametrize("split", [split for split in Split if split is not Split.SHIFT])
def test_every_split_adds_up_to_the_same(desk, split):
    report = month_of(desk)

    assert total_line(report.splits[split]) == report.total
    assert report.total.received == 4


def test_every_ticket_belongs_to_the_shift_in_whose_hours_it_came(desk):
    lines = month_of(desk).splits[Split.SHIFT]

    assert sum(line.received for line in lines) == 4
    assert all(line.name for line in lines)


def test_names_follow_the_reader(desk):
    named = {language: month_of(desk, language).splits[Split.CATEGORY] for language in ("en", "zh_CN")}

    assert [line.name for line in named["en"]] == ["ERP", ""]
    assert [line.name for line in named["zh_CN"]] == ["企业资源", ""]


def test_a_month_of_which_nothing_is_known_is_empty(desk):
    report = sla_compliance(desk, 2019, 3, "en")

    assert report.total.received == 0
    assert report.total.response.share is None

"""What stands around one ticket: words of the site, people, duplicates, articles, reasons of its times."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.entities.errors import NotFound
from app.models.entities.settings import SiteChoices
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, NewTicket, Resolution, TicketType
from app.services.setup.first_start import set_up
from app.services.tickets import commands, page_queries, queries

CALL = NewTicket(TicketType.INCIDENT, Channel.WEB, "ERP answers 503", impact=1, urgency=1)


@pytest.fixture(autouse=True)
def site(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))


def opened(ctx, new=CALL):
    return queries.ticket_detail(ctx, commands.create_ticket(ctx, new).id).ticket


def test_the_words_of_the_site_name_all_that_a_ticket_may_name(ctx):
    terms = page_queries.desk_terms(ctx)

    assert terms.calendars["office"][0] == "Office hours"
    assert terms.numbers.text_of(10482) == "#10482"
    assert {item.code for item in terms.causes} >= {"config", "password"}
    assert terms.categories
    assert terms.services
    assert terms.scripts
    assert terms.reasons


def test_every_clock_comes_with_its_reasons(ctx):
    ticket = opened(ctx)
    ctx.clock.advance(timedelta(minutes=30))

    reasons = page_queries.ticket_surroundings(ctx, ticket.id).reasons

    assert {line.code for line in reasons[ClockKind.RESPONSE]} >= {
        "sla.explain.promised",
        "sla.explain.overdue",
    }


def test_duplicates_are_seen_from_both_sides(ctx):
    first, second = opened(ctx), opened(ctx)
    commands.mark_duplicate(ctx, second.id, version=second.version, duplicate_of=first.id)

    around = page_queries.ticket_surroundings

    assert [one.number for one in around(ctx, first.id).duplicates] == [second.number]
    assert around(ctx, second.id).duplicate_of.number == first.number


def test_the_article_used_is_named(ctx, make):
    article = make.article(title="Restart the licence service")
    ticket = opened(ctx)
    used = Resolution("Restarted", "config", "solved", 1, article_id=article.id)
    commands.resolve(ctx, ticket.id, used, version=ticket.version)

    articles = page_queries.ticket_surroundings(ctx, ticket.id).articles

    assert articles[article.id] == (article.number, "Restart the licence service")


def test_only_a_closed_ticket_has_a_time_until_which_it_may_be_reopened(ctx):
    ticket = opened(ctx)
    before = page_queries.ticket_surroundings(ctx, ticket.id).reopen_until
    solved = Resolution("Restarted", "config", "solved", 1, no_article_fits=True)
    commands.solve_now(ctx, ticket.id, solved, version=ticket.version)

    after = page_queries.ticket_surroundings(ctx, ticket.id).reopen_until

    assert before is None
    assert after > ctx.clock.now()


def test_the_requester_is_told_whole(ctx, make):
    caller = make.person(name="Chen Jianguo", is_vip=True, phone="6120")

    ticket = opened(
        ctx, NewTicket(TicketType.INCIDENT, Channel.WEB, "x", requester_id=caller.id, impact=1, urgency=1)
    )

    requester = page_queries.ticket_surroundings(ctx, ticket.id).requester
    assert requester.details.is_vip
    assert [phone.number for phone in requester.phones] == ["6120"]


def test_a_ticket_that_does_not_exist_is_not_found(ctx):
    with pytest.raises(NotFound):
        page_queries.ticket_surroundings(ctx, 999)

"""The demo site: its files fit together, and a seed always tells the same believable month."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.entities.knowledge import ArticleState
from app.models.entities.tickets import TicketStatus, TicketType
from app.services.base.resources import resource_path
from app.services.demo.facts import StepAction
from app.services.demo.planning import DEFAULT_UNTIL, SITE_ZONE, plan_demo
from app.services.demo.promises import Promises
from app.services.demo.reading import read_content
from app.services.demo.references import unknown_references
from app.services.demo.rostering import Duty

STATUS_AFTER = {
    StepAction.ASSIGN: TicketStatus.ASSIGNED,
    StepAction.START: TicketStatus.IN_PROGRESS,
    StepAction.WAIT: TicketStatus.WAITING,
    StepAction.RESUME: TicketStatus.IN_PROGRESS,
    StepAction.RESOLVE: TicketStatus.RESOLVED,
    StepAction.SOLVE_NOW: TicketStatus.CLOSED,
    StepAction.CLOSE: TicketStatus.CLOSED,
    StepAction.REFUSE: TicketStatus.IN_PROGRESS,
    StepAction.CANCEL: TicketStatus.CANCELLED,
    StepAction.OUT_OF_SCOPE: TicketStatus.OUT_OF_SCOPE,
    StepAction.DUPLICATE: TicketStatus.DUPLICATE,
}


@pytest.fixture(scope="module")
def content():
    return read_content()


@pytest.fixture(scope="module")
def plan(content):
    return plan_demo(content=content)


def status_of(ticket):
    moves = [STATUS_AFTER[step.action] for step in ticket.steps if step.action in STATUS_AFTER]
    return moves[-1] if moves else TicketStatus.NEW


def still_open(plan):
    states = {TicketStatus.NEW, TicketStatus.ASSIGNED, TicketStatus.IN_PROGRESS, TicketStatus.WAITING}
    return [ticket for ticket in plan.tickets if status_of(ticket) in states]


def minutes_left(content, ticket):
    promises = Promises(content.defaults, content.roster.holidays)
    promise = promises.resolution(ticket.type, ticket.impact, ticket.urgency)
    return round(promise.allowed.total_seconds() / 60 * (1 - promise.used(ticket.created_at, DEFAULT_UNTIL)))


def test_everything_the_files_name_exists(content):
    assert list(unknown_references(content)) == []


def test_a_name_that_does_not_exist_is_found(content):
    stranger = replace(content.open_tickets[0], assignee="nobody")

    assert list(unknown_references(replace(content, open_tickets=(stranger,)))) == [("erp-503", "nobody")]


def test_there_is_enough_to_look_real(content):
    assert len(content.staff) >= 18
    assert len(content.requesters) == 80
    assert len(content.departments) >= 12
    assert len(content.companies) == 3
    assert len(content.templates) >= 70
    assert Counter(article.language for article in content.articles).most_common()[-1][1] >= 24


def test_logins_and_mail_addresses_are_used_once(content):
    addresses = [person.email for person in (*content.staff, *content.requesters)]

    assert len(addresses) == len(set(addresses))


def test_every_article_has_a_twin_in_the_other_language(content):
    by_language = {
        language: {article.number % 1000 for article in content.articles if article.language == language}
        for language in ("en", "zh_CN")
    }

    assert by_language["en"] == by_language["zh_CN"]
    assert {article.state for article in content.articles} >= {ArticleState.PUBLISHED, ArticleState.REVIEW}


def test_the_same_seed_tells_the_same_story(content, plan):
    assert plan_demo(content=content) == plan


def test_another_seed_tells_another_story(content, plan):
    assert plan_demo(seed=1, content=content).tickets != plan.tickets


def test_numbers_have_no_gaps_and_the_shown_ticket_has_its_own(plan):
    numbers = [ticket.number for ticket in plan.tickets]
    (shown,) = [ticket for ticket in plan.tickets if ticket.number == 10482]

    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert shown.subject == "ERP login page returns 503 for all of Finance"


def test_nothing_happens_before_registration_out_of_order_or_in_the_future(plan):
    for ticket in plan.tickets:
        times = [ticket.received_at, ticket.created_at, *(step.at for step in ticket.steps), plan.until]
        assert times == sorted(times), ticket.template


def test_the_open_tickets_look_like_a_busy_afternoon(content, plan):
    found = still_open(plan)
    left = [minutes_left(content, ticket) for ticket in found if status_of(ticket) != TicketStatus.WAITING]

    assert Counter(map(status_of, found)) == {
        TicketStatus.NEW: 7,
        TicketStatus.ASSIGNED: 8,
        TicketStatus.IN_PROGRESS: 31,
        TicketStatus.WAITING: 11,
    }
    assert sum(minutes < 0 for minutes in left) == 2
    assert sum(0 <= minutes < 60 for minutes in left) == 5


def test_a_waiting_ticket_stopped_its_clock_in_time(content, plan):
    promises = Promises(content.defaults, content.roster.holidays)
    for ticket in still_open(plan):
        stops = [step.at for step in ticket.steps if step.action is StepAction.WAIT]
        promise = promises.resolution(ticket.type, ticket.impact, ticket.urgency)
        assert all(promise.used(ticket.created_at, at) < 1 for at in stops), ticket.template


def test_repeated_reports_point_at_the_first(plan):
    twins = [step.duplicate_of for ticket in plan.tickets for step in ticket.steps if step.duplicate_of]

    assert twins == [10482] * 4


def test_every_solution_says_what_the_gate_asks_for(plan):
    solutions = [
        step
        for ticket in plan.tickets
        for step in ticket.steps
        if step.action in {StepAction.RESOLVE, StepAction.SOLVE_NOW}
    ]

    assert len(solutions) > 500
    assert all(step.text and step.cause and step.resolution and step.line for step in solutions)


def test_no_placeholder_is_left_in_a_text(plan):
    texts = [
        text
        for ticket in plan.tickets
        for text in (ticket.subject, ticket.description, *(step.text for step in ticket.steps))
    ]

    assert not [text for text in texts if "{" in text or "}" in text]


def test_workdays_are_busier_than_weekends_and_mornings_than_nights(plan):
    received = [ticket.received_at.astimezone(SITE_ZONE) for ticket in plan.tickets]
    by_weekday = Counter(at.weekday() for at in received)
    by_hour = Counter(at.hour for at in received)

    assert min(by_weekday[day] for day in range(5)) > 2 * max(by_weekday[5], by_weekday[6])
    assert by_hour[9] > 5 * by_hour[3]


def test_all_kinds_and_both_languages_occur(plan):
    assert {ticket.type for ticket in plan.tickets} == set(TicketType)
    assert {ticket.language for ticket in plan.tickets} == {"en", "zh_CN"}


def test_a_registering_agent_is_on_duty(content, plan):
    duty = Duty(content, plan.assignments, SITE_ZONE)

    assert all(ticket.owner in duty.at_work("first", ticket.received_at) for ticket in plan.tickets)


def test_every_day_and_night_has_one_supervisor(plan):
    shifts = Counter((fact.on_date, fact.code) for fact in plan.assignments if fact.is_supervisor)
    days = {fact.on_date for fact in plan.assignments}

    assert shifts == {(day, code): 1 for day in days for code in ("D", "N")}


def test_the_roster_covers_the_month_and_keeps_absences(plan):
    by_cell = {(fact.person, fact.on_date): fact.code for fact in plan.assignments}

    assert max(fact.on_date for fact in plan.assignments) == date(2026, 4, 30)
    assert by_cell["wang.fang", date(2026, 4, 16)] == "D"
    assert by_cell["sun.lei", date(2026, 4, 11)] == "K"
    assert ("xu.bo", date(2026, 4, 5)) not in by_cell


def test_a_small_demo_at_another_time_works_too(content):
    until = datetime(2026, 6, 3, 1, 0, tzinfo=UTC)
    small = plan_demo(seed=3, days=5, tickets=80, until=until, content=content)

    assert len(small.tickets) == 80
    assert all(step.at <= until for ticket in small.tickets for step in ticket.steps)
    assert min(ticket.received_at for ticket in small.tickets) > until - timedelta(days=30)


def test_a_demo_needs_an_instant_with_a_zone():
    with pytest.raises(ValueError, match="zone"):
        plan_demo(until=datetime(2026, 4, 16))  # noqa: DTZ001


def test_the_files_are_where_a_frozen_program_finds_them():
    assert (resource_path("demo") / "articles_en.md").is_file()

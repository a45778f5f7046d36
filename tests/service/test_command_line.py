"""The commands about the database and its tickets, on both databases, as the shell would run them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.cli.env import Env
from app.cli.parser import parse, run
from app.models.entities.errors import FirstlineError
from app.models.entities.ids import TicketId
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.models.store import Store
from app.services.base.clock import FixedClock
from app.services.base.context import Context, console_actor
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.tickets.commands import create_ticket
from app.services.tickets.major_commands import declare_major

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def bus() -> EventBus:
    return EventBus()


@pytest.fixture
def run_on(clock: FixedClock, bus: EventBus) -> Run:
    """Runs a command line on a database: exit code, output, complaints."""

    def run_line(url: str, *line: str, language: str = "en") -> tuple[int, str, str]:
        options = parse(line)
        out, err = io.StringIO(), io.StringIO()
        env = Env(
            url=url,
            texts=Texts(language),
            clock=clock,
            bus=bus,
            open=lambda wanted: Context(Store(wanted, bus.publish), clock, console_actor()),
            explain=_code,
            show=lambda _args: 0,
            is_json=options.json,
            out=out,
            err=err,
        )
        code = run(options, env)
        env.close()
        return code, out.getvalue(), err.getvalue()

    return run_line


def _code(error: FirstlineError) -> str:
    return error.code


@pytest.fixture
def site_url(empty_database_url: str, run_on: Run) -> str:
    """A site made by `db create`."""
    code, _, complaints = run_on(empty_database_url, "db", "create")
    assert (code, complaints) == (0, "")
    return empty_database_url


@pytest.fixture
def desk(site_url: str, clock: FixedClock, bus: EventBus) -> Context:
    """The site with one ticket."""
    ctx = Context(Store(site_url, bus.publish), clock, console_actor())
    create_ticket(ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, "VPN drops", impact=3, urgency=2))
    ctx.store.release()
    return ctx


def answer(text: str) -> Any:
    return json.loads(text)


def test_a_created_database_is_current_and_has_nobody_in_it(site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "db", "status", "--json")

    facts = answer(text)
    assert code == 0
    assert (facts["state"], facts["set_up"], facts["administrator"]) == ("current", True, False)


def test_creating_twice_is_refused(site_url: str, run_on: Run) -> None:
    assert run_on(site_url, "db", "create")[::2] == (1, "setup.already_done\n")


def test_an_empty_database_says_so_and_is_left_alone(empty_database_url: str, run_on: Run) -> None:
    code, text, _ = run_on(empty_database_url, "--json", "db", "status")

    assert (code, answer(text)["state"]) == (1, "empty")
    assert run_on(empty_database_url, "tickets", "list")[::2] == (1, "store.empty\n")


def test_up_on_a_current_database_does_nothing(site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "db", "up", "--json")

    assert (code, answer(text)) == (0, {"backup": "", "migrations": []})


def test_an_empty_query_counts_every_ticket_and_prints_the_number_last(
    desk: Context, site_url: str, run_on: Run
) -> None:
    assert run_on(site_url, "tickets", "count")[:2] == (0, "1\n")
    assert run_on(site_url, "tickets", "count", "status:closed")[:2] == (0, "0\n")


def test_major_incidents_are_listed_by_their_mark(desk: Context, site_url: str, run_on: Run) -> None:
    create_ticket(desk, NewTicket(TicketType.INCIDENT, Channel.PHONE, "ERP 503", impact=3, urgency=2))
    declare_major(desk, TicketId(1), version=1, reason="Everybody calls")
    desk.store.release()

    code, text, _ = run_on(site_url, "tickets", "list", "is:major", "--json")

    assert code == 0
    assert [(row["number"], row["is_major"]) for row in answer(text)] == [(1, True)]


def test_a_query_that_cannot_be_read_fails_in_a_sentence(desk: Context, site_url: str, run_on: Run) -> None:
    code, text, complaints = run_on(site_url, "tickets", "count", "status:nonsense")

    assert (code, text) == (1, "")
    assert complaints.startswith("search.")


def test_a_list_names_number_and_subject(desk: Context, site_url: str, run_on: Run) -> None:
    rows = answer(run_on(site_url, "tickets", "list", "--json")[1])

    assert [(row["number"], row["subject"]) for row in rows] == [(1, "VPN drops")]


def test_one_ticket_is_shown_with_its_promised_times(desk: Context, site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "tickets", "show", "#1", language="en")
    shown = answer(run_on(site_url, "tickets", "show", "1", "--json")[1])

    assert code == 0
    assert "VPN drops" in text
    assert "service works again" in text
    assert (shown["ticket"]["number"], shown["ticket"]["restored_at"]) == (1, None)


def test_a_ticket_nobody_knows_is_told_in_a_sentence(desk: Context, site_url: str, run_on: Run) -> None:
    code, text, complaints = run_on(site_url, "tickets", "show", "4711")

    assert (code, text) == (1, "")
    assert complaints.startswith("tickets.number_not_found")


def test_search_finds_the_ticket(desk: Context, site_url: str, run_on: Run) -> None:
    found = answer(run_on(site_url, "search", "vpn", "--json")[1])

    assert [hit["row"]["number"] for hit in found["tickets"]] == [1]


def test_explaining_a_clock_prints_every_span(desk: Context, site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "sla", "explain", "1")

    assert code == 0
    assert "Resolution" in text
    assert "promised" in text


def test_explaining_a_clock_prints_what_it_would_do(desk: Context, site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "sla", "explain", "1")

    said = text.partition("What if, from now on:")[2].splitlines()
    assert code == 0
    assert next(line.split()[0] for line in said if line.strip()) in {"P1", "P2"}


def test_explaining_a_ticket_that_is_not_there_fails(desk: Context, site_url: str, run_on: Run) -> None:
    assert run_on(site_url, "sla", "explain", "99")[::2] == (1, "tickets.number_not_found\n")


def test_the_feed_tells_where_it_stands(desk: Context, site_url: str, run_on: Run) -> None:
    assert answer(run_on(site_url, "events", "--json")[1])["position"] > 0


def test_the_doctor_finds_a_new_site_healthy(site_url: str, run_on: Run) -> None:
    code, text, _ = run_on(site_url, "doctor", "--json")

    assert [one["name"] for one in answer(text) if not one["is_ok"]] == []
    assert code == 0


def test_answers_come_in_the_language_of_this_computer(site_url: str, desk: Context, run_on: Run) -> None:
    listed = run_on(site_url, "tickets", "list", language="zh_CN")[1]
    nothing = run_on(site_url, "search", "elephant", language="zh_CN")[1]

    assert listed.splitlines()[0].split()[:3] == ["号码", "优先级", "状态"]
    assert nothing.strip() == "没有结果"

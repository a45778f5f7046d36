"""`roster who --team` and `tickets assign --suggest`: whom the roster suggests, in words and as JSON."""

from __future__ import annotations

import io
import json

import pytest

from app.cli import roster, tickets
from app.cli.env import Env
from app.cli.parser import parse
from app.models.entities.errors import NotFound
from app.models.entities.ids import TicketId
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.tickets.queries import ticket_detail
from tests.support.duty import SATURDAY, duty_desk


@pytest.fixture
def desk(ctx, make):
    """Wang and Li of the first line are at work; of the network nobody is before Saturday 08:00."""
    desk = duty_desk(ctx, make)
    make.assignment(desk.zhou, SATURDAY, desk.day)
    return desk


@pytest.fixture
def asked(desk):
    """Runs `roster` or `tickets` with arguments; returns the exit code and what was printed."""

    def run(*arguments, language="en"):
        said = io.StringIO()
        args = parse(list(arguments))
        env = Env(
            desk.ctx.store.url, Texts(language), desk.ctx.clock, EventBus(), lambda _url: desk.ctx,
            lambda error: error.code, lambda _pictures: 0, is_json=args.json, out=said,
        )  # fmt: skip
        module = {"roster": roster, "tickets": tickets}[arguments[0]]
        return module.run(args, env), said.getvalue()

    return run


def test_who_of_a_team_is_listed_the_best_first(asked):
    code, said = asked("roster", "who", "--team", "FIRST")

    assert (code, said.splitlines()) == (0, ["Li Na  0 open", "Wang Fang  0 open"])


def test_with_nobody_at_work_it_says_so_and_when_somebody_is(asked):
    code, said = asked("roster", "who", "--team", "net")

    assert (code, said.splitlines()) == (1, ["Nobody is on duty then.", "2026-11-21 08:00"])


def test_as_json_everything_is_in_it(asked):
    _code, said = asked("roster", "who", "--team", "first", "--json")

    assert [one["name"] for one in json.loads(said)["candidates"]] == ["Li Na", "Wang Fang"]


def test_a_team_nobody_knows_is_refused(asked):
    with pytest.raises(NotFound):
        asked("roster", "who", "--team", "nothing")


def test_a_ticket_is_given_to_whom_the_roster_suggests(asked, desk, make):
    ticket = make.ticket(team_id=desk.first.id, category_id=make.category().id)

    code, said = asked("tickets", "assign", "--suggest", str(ticket.number))

    assert (code, said.strip()) == (0, "Li Na")
    assert ticket_detail(desk.ctx, TicketId(ticket.id)).ticket.assignee_id == desk.li.id


def test_with_nobody_there_it_stays_in_the_queue(asked, desk, make):
    ticket = make.ticket(team_id=desk.first.id, category_id=make.category().id)

    code, said = asked(
        "tickets", "assign", "--suggest", "--team", "net", str(ticket.number), language="zh_CN"
    )

    assert (code, said.strip()) == (1, "无人在岗：留在队列中。")

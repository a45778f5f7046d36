"""`handover` on the command line: a sheet, the book, and the proof of it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from app.cli import handover as command_line
from app.cli.env import Env
from app.cli.parser import CommandParser
from app.models.entities.errors import BadInput, NotFound
from app.services.base.clock import FixedClock
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from tests.support.handovers import BEFORE_CHANGE, HandoverDesk, handover_desk
from tests.support.passwords import quick_hashes  # noqa: F401 - an automatic fixture


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEFORE_CHANGE)


@pytest.fixture
def desk(ctx, make) -> HandoverDesk:
    return handover_desk(ctx, make)


@pytest.fixture
def said() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def ask(desk, said) -> Callable[..., int]:
    """Run the command with these words; `--json` prints JSON."""

    def run(*words: str) -> int:
        parser = CommandParser()
        command_line.register(parser.add_subparsers())
        env = Env(
            desk.ctx.store.url,
            Texts("en"),
            desk.ctx.clock,
            EventBus(),
            lambda _url: desk.ctx,
            lambda error: error.code,
            lambda _pictures: 0,
            is_json="--json" in words,
            out=said,
        )
        return command_line.run(parser.parse_args(["handover", *words]), env)

    return run


def test_a_sheet_is_shown_line_by_line(desk, ask, said, make):
    make.ticket(priority=1, subject="Core switch down")
    handover = desk.opened()
    desk.tick_all(handover.id)

    assert ask("show") == 0

    text = said.getvalue()
    assert "D Day · 2026-11-20 · Draft" in text
    assert "Open P1 and P2\n[x] P1 #10001 Core switch down" in text
    assert "Handing over: Not signed yet" in text


def test_a_sheet_is_given_as_json(desk, ask, said):
    desk.closed()

    assert ask("show", "--date", "2026-11-20", "--shift", "D", "--json") == 0

    assert json.loads(said.getvalue())["taken"]["name"] == "Li Na"


def test_a_shift_without_a_sheet_is_told(ask):
    with pytest.raises(NotFound) as refused:
        ask("show", "--shift", "N")

    assert refused.value.code == "handover.not_opened"


def test_a_bad_date_is_told(ask):
    with pytest.raises(BadInput):
        ask("show", "--date", "yesterday")


def test_the_book_is_listed_and_searched(desk, ask, said):
    desk.closed()

    ask("list", "li na")
    found = said.getvalue()
    ask("list", "nobody")

    assert "1  2026-11-20  D  Wang Fang  Li Na  Signed by both" in found
    assert "No handover in the book fits." in said.getvalue()


def test_a_book_that_was_signed_so_verifies(desk, ask, said):
    desk.closed()

    assert ask("verify") == 0
    assert "All are what was signed." in said.getvalue()


def test_a_forged_book_fails_and_names_the_record(desk, ask, said):
    closed = desk.closed()
    desk.write(lambda tx: tx.execute("UPDATE handover SET remarks = 'x' WHERE id = ?", (closed.id,)))

    assert ask("verify") == 1
    assert "1: signature" in said.getvalue()

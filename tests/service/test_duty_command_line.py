"""`duty` on the command line: the board, presence for a named person, checks, a month."""

from __future__ import annotations

import io
import json

import pytest

from app.cli import duty as command_line
from app.cli.env import Env
from app.cli.parser import parse
from app.models.entities.errors import BadInput, NotFound, RuleViolation
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.duty import queries
from tests.support.duty import duty_desk


@pytest.fixture
def desk(ctx, make):
    return duty_desk(ctx, make)


@pytest.fixture
def asked(desk):
    """Runs `duty` with arguments; returns the exit code and what was printed."""

    def run(*arguments: str, language: str = "en") -> tuple[int, str]:
        said = io.StringIO()
        args = parse(["duty", *arguments])
        env = Env(
            desk.ctx.store.url, Texts(language), desk.ctx.clock, EventBus(), lambda _url: desk.ctx,
            lambda error: error.code, lambda _pictures: 0, is_json=args.json, out=said,
        )  # fmt: skip
        return command_line.run(args, env), said.getvalue()

    return run


def test_who_is_on_duty_is_listed_with_numbers_and_the_next_change(asked):
    code, text = asked("now")

    assert code == 0
    assert "Day until 20:00, desk 1818" in text
    assert "Wang Fang" in text
    assert "138 0013 8000" in text
    assert "Next: Night, Sun Lei" in text


def test_the_board_as_json_in_the_readers_language(asked):
    _code, text = asked("now", "--json", language="zh_CN")

    board = json.loads(text)
    assert [one["name"] for one in board["people"]] == ["王芳", "李娜", "周杰"]
    assert (board["changes_in"], board["gaps"]) == (7200.0, [])


def test_a_gap_is_told_and_ends_with_one(desk, asked):
    desk.ctx.clock.set(desk.ctx.clock.now().replace(day=24))

    code, text = asked("now")

    assert code == 1
    assert "! Nobody is on duty now." in text


def test_somebody_comes_goes_away_comes_back_and_leaves(desk, asked):
    asked("in", "--person", "LI.NA")
    asked("away", "errand", "--person", "li.na", "--until", "18:30")
    _code, board = asked("now")
    asked("back", "--person", "li.na")
    _code, said = asked("out", "--person", "li.na")

    assert "away: errand" in board
    assert said == "Noted: Li Na\n"
    assert queries.away_people(desk.ctx) == {}


def test_a_planned_return_in_the_past_of_today_is_tomorrows(desk, asked):
    asked("away", "course", "--person", "li.na", "--until", "07:00")

    until = queries.away_people(desk.ctx)[desk.li.id].planned_until
    assert until > desk.ctx.clock.now()


def test_a_check_is_ticked_and_a_bad_one_ends_with_one(asked):
    good = asked("checks", "--good", "DOORS")
    bad = asked("checks", "--bad", "PHONES", "--note", "mute")

    assert good[0] == 0
    assert bad[0] == 1
    assert "mute" in bad[1]


def test_a_month_is_a_table_by_person(asked):
    asked("in", "--person", "li.na")

    _code, text = asked("month", "2026-11")

    assert "1 / 600 min" in text


@pytest.mark.parametrize(
    ("arguments", "error", "code"),
    [
        (("in",), RuleViolation, r"duty\.no_person"),
        (("in", "--person", "nobody"), NotFound, r"duty\.person_unknown"),
        (("away", "x", "--person", "li.na", "--until", "soon"), BadInput, r"duty\.time_bad"),
        (("checks", "--good", "NONE"), NotFound, r"duty\.check_unknown"),
        (("month", "soon"), BadInput, r"roster\.month_bad"),
    ],
    ids=["nobody meant", "no such login", "no time", "no such check", "no month"],
)
def test_what_cannot_be_is_told(asked, arguments, error, code):
    with pytest.raises(error, match=code):
        asked(*arguments)

"""`roster rules` and `roster crews` on the command line."""

from __future__ import annotations

import io
import json

import pytest

from app.cli import roster as command_line
from app.cli.env import Env
from app.cli.parser import parse
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.roster.crew_commands import add_crew
from app.services.roster.crew_member_commands import put_in_crew
from app.services.roster.lists import Names
from app.services.roster.pattern_commands import PatternDetails, add_pattern
from tests.support.site import set_up_site


@pytest.fixture
def asked(ctx):
    """Runs `roster` with arguments and returns what was printed."""
    set_up_site(ctx)

    def run(*arguments, language="en"):
        said = io.StringIO()
        args = parse(["roster", *arguments])
        env = Env(
            ctx.store.url, Texts(language), ctx.clock, EventBus(), lambda _url: ctx, lambda error: error.code,
            lambda _pictures: 0, is_json=args.json, out=said,
        )  # fmt: skip
        assert command_line.run(args, env) == 0
        return said.getvalue()

    return run


def test_rules_are_listed_with_their_weight_and_limit(asked):
    lines = [line.split("  ") for line in asked("rules").splitlines()]

    assert [part.strip() for part in lines[1] if part.strip()] == [
        "Rest between shifts",
        "forbidden",
        "11",
        "0",
    ]


def test_rules_are_listed_in_chinese(asked):
    assert "班次间休息" in asked("rules", language="zh_CN")


def test_rules_are_told_to_programs_as_their_document(asked):
    found = json.loads(asked("rules", "--json"))

    assert found["rules"]["rest"] == {"severity": "forbid", "limit": 11}
    assert found["version"] == 0


def test_crews_are_listed_with_their_people_and_patterns(ctx, make, asked):
    make.shift_template("D")
    crew = add_crew(ctx, Names("1", "Crew 1"))
    wang = make.agent(name="Wang Fang", teams=(make.team(),))
    put_in_crew(ctx, wang.id, crew.id)
    add_pattern(ctx, PatternDetails(Names("dd", "Two days"), ("D", "D", "", "")))

    said = asked("crews")

    assert "Crew 1" in said
    assert "Wang Fang" in said
    assert "D D – –" in said

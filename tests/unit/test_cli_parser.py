"""The command line: common options before and after, exit codes, and what needs no import."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest

from app.cli.parser import COMMANDS, command_in, parse

BEFORE = ["--database", "sqlite:///a.db", "--json", "tickets", "count", "status:open"]
AFTER = ["tickets", "count", "status:open", "--json", "--database", "sqlite:///a.db"]
BETWEEN = ["tickets", "--database", "sqlite:///a.db", "count", "--json", "status:open"]


@pytest.mark.parametrize("line", [BEFORE, AFTER, BETWEEN], ids=["before", "after", "between"])
def test_common_options_stand_anywhere(line: list[str]) -> None:
    found = parse(line)

    assert (found.database, found.json, found.query) == ("sqlite:///a.db", True, ["status:open"])


def test_no_arguments_want_the_window() -> None:
    found = parse([])

    assert (found.command, found.database, found.json, found.log) == ("", "", False, "")


def test_a_database_alone_opens_the_window_on_it() -> None:
    found = parse(["--database", "sqlite:///a.db"])

    assert (found.command, found.database) == ("", "sqlite:///a.db")


@pytest.mark.parametrize("line", [["nonsense"], ["tickets", "nonsense"], ["tickets"]])
def test_a_line_that_cannot_be_read_ends_with_2(line: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(line)

    assert ended.value.code == 2


def test_an_options_value_is_no_command() -> None:
    assert command_in(["--database", "tickets", "--log", "sql", "count"]) == "count"


@pytest.mark.parametrize("module", sorted({*COMMANDS.values()}))
def test_a_commands_module_has_what_the_recipe_asks_for(module: str) -> None:
    assert find_spec(module) is not None
    assert callable(import_module(module).register)
    assert callable(import_module(module).run)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([command, "--help"])

    assert ended.value.code == 0
    assert "--database" in capsys.readouterr().out

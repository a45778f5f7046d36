"""`people` on the command line: a first administrator, and callers looked up."""

from __future__ import annotations

import getpass
import io
import json
from collections.abc import Iterator

import pytest

from app.cli import people as command_line
from app.cli.env import Env
from app.cli.parser import CommandParser
from app.models.entities.errors import BadInput, FirstlineError
from app.models.entities.people import NumberKind, PersonDetails
from app.services.access import queries, signing_in
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.base.texts import Texts
from app.services.people import commands
from tests.support.factories import Make

PASSWORD = "harbour crane 7"


@pytest.fixture
def said() -> io.StringIO:
    """What the command printed."""
    return io.StringIO()


@pytest.fixture
def env(ctx: Context, said: io.StringIO) -> Env:
    """A command's surroundings on this test's database."""

    def explain(error: FirstlineError) -> str:
        return error.code

    def show(_pictures: object) -> int:
        return 0

    return Env(
        ctx.store.url,
        Texts("en"),
        ctx.clock,
        EventBus(),
        lambda _url: ctx,
        explain,
        show,
        is_json=True,
        out=said,
    )


def test_an_administrator_is_made_from_a_piped_password(
    ctx: Context, env: Env, make: Make, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.role("access.manage", code="administrator")
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))

    assert run(env, "add-admin", "Root Wang", "--password-stdin") == 0

    assert json.loads(said.getvalue())["login"] == "RootWang"
    assert signing_in.sign_in(ctx, "rootwang", PASSWORD).may("access.manage")


def test_a_typed_password_is_asked_twice(
    ctx: Context, env: Env, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.role("access.manage", code="administrator")
    answer(monkeypatch, PASSWORD, PASSWORD)

    assert run(env, "add-admin", "王芳", "--login", "fang") == 0

    assert signing_in.sign_in(ctx, "fang", PASSWORD).name == "王芳"


def test_two_different_passwords_make_nobody(
    ctx: Context, env: Env, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.role("access.manage", code="administrator")
    answer(monkeypatch, PASSWORD, PASSWORD + "!")

    with pytest.raises(BadInput) as refused:
        run(env, "add-admin", "Root")

    assert refused.value.code == "access.passwords_differ"
    assert not queries.has_administrator(ctx)


def test_callers_are_found_from_the_command_line(ctx: Context, env: Env, said: io.StringIO) -> None:
    commands.add_person(ctx, PersonDetails("张伟", phones=((NumberKind.WORK, "8021"),)))

    assert run(env, "find", "zw") == 0

    assert [found["name"] for found in json.loads(said.getvalue())] == ["张伟"]


def answer(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    typed: Iterator[str] = iter(passwords)
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))


def run(env: Env, *words: str) -> int:
    parser = CommandParser(prog="firstline")
    command_line.register(parser.add_subparsers(dest="command"))
    return command_line.run(parser.parse_args(["people", *words]), env)

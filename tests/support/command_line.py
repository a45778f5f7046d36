"""Runs command lines as the shell would, on a database that a test holds open."""

from __future__ import annotations

import io

from app.cli.env import Env
from app.cli.parser import parse, run
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.base.texts import Texts


def say(ctx: Context, *line: str, language: str = "en") -> tuple[int, str, str]:
    """Run a command line on a context's database: exit code, output, complaints (codes of errors)."""
    options = parse(line)
    out, err = io.StringIO(), io.StringIO()
    env = Env(
        url="",
        texts=Texts(language),
        clock=ctx.clock,
        bus=EventBus(),
        open=lambda _url: ctx,
        explain=lambda error: error.code,
        show=lambda _args: 0,
        is_json=options.json,
        out=out,
        err=err,
    )
    code = run(options, env)
    return code, out.getvalue(), err.getvalue()

"""`roster who`: who is on duty at an instant, as the duty board shows it."""

from __future__ import annotations

import argparse
from datetime import datetime
from typing import Any

from app.cli.env import Env
from app.models.entities.errors import BadInput
from app.services.roster.queries import on_duty_at


def register(commands: Any) -> None:
    """Add `roster`."""
    parser = commands.add_parser("roster", help="ask the roster")
    kinds = parser.add_subparsers(dest="question", required=True, metavar="QUESTION")
    who = kinds.add_parser("who", help="who is on duty")
    who.add_argument("--at", help="2026-11-21T03:00 in the site's zone, or with an offset; default: now")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print one line per person on duty, the duty supervisor first; 1 when there is nobody."""
    instant = _instant(args.at, env)
    people = on_duty_at(env.ctx, instant)
    lines = [
        f"{'*' if one.is_supervisor else ' '} {one.template_code}  {one.person_name}  {one.team_name}"
        f"  {one.mobile or one.phone}".rstrip()
        for one in people
    ]
    env.answer(people, "\n".join(lines) if lines else env.texts.gettext("Nobody is on duty then."))
    return 0 if people else 1


def _instant(text: str | None, env: Env) -> datetime:
    if not text:
        return env.clock.now()
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("cli.bad_date", text=text[:40]) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=env.zone)

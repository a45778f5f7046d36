"""`notices LOGIN`: what somebody finds at the bell, newest first, without marking it read."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import Any

from app.cli.env import Env, table
from app.models.entities.errors import NotFound
from app.services.notices import queries
from app.services.people.queries import staff_directory


def register(commands: Any) -> None:
    """Add `notices`."""
    parser = commands.add_parser("notices", help="what somebody finds at the bell")
    parser.add_argument("login", metavar="LOGIN", help="whose notices")
    parser.add_argument("--limit", type=int, default=20, help="at most so many (default: 20)")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print the notices of one member of staff; * stands before those not read."""
    staff = staff_directory(env.ctx).values()
    found = next((one for one in staff if one.login.lower() == args.login.lower()), None)
    if found is None:
        raise NotFound("notices.login_unknown", login=args.login)
    reader = env.ctx.acting_as(replace(env.ctx.actor, person_id=found.id))
    notices = queries.my_notices(reader, limit=args.limit)
    rows = [
        (
            " " if one.is_read else "*",
            f"{one.at.astimezone(env.zone):%Y-%m-%d %H:%M}",
            one.kind.value,
            "" if one.number is None else f"#{one.number}",
            one.subject,
        )
        for one in notices
    ]
    env.answer(notices, lambda: table(rows))
    return 0

"""`events [--follow]`: what the change feed announces, as it happens on whatever program."""

from __future__ import annotations

import argparse
from typing import Any

from app.cli.env import Env, plain
from app.models.entities.events import Event
from app.services.base.feed import FeedReader


def register(commands: Any) -> None:
    """Add `events`."""
    parser = commands.add_parser("events", help="what is announced after each commit")
    parser.add_argument("--follow", action="store_true", help="go on until Ctrl+C")


def run(args: argparse.Namespace, env: Env) -> int:
    """Print where the feed stands; with `--follow`, every event from now on."""
    store = env.ctx.store
    position = store.feed_position()
    if not args.follow:
        env.answer({"position": position}, f"the feed stands at {position}")
        return 0
    env.bus.subscribe(Event, lambda event: _print(env, event))
    reader = FeedReader(store, env.bus)
    try:
        reader.follow()
    finally:
        reader.stop()
    return 0


def _print(env: Env, event: Event) -> None:
    ids = sorted(event.ids)
    at = f"{env.clock.now():%H:%M:%S}"
    shown = ", ".join(map(str, ids)) or "many"
    env.answer({"at": at, "entity": event.entity, "ids": plain(ids)}, f"{at} {event.entity} {shown}")

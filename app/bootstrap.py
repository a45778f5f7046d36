"""The only place that knows every layer: it reads the command line and the preferences and wires the rest.

Everything heavy is imported where it is needed: the first list must be on the screen within a second.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.base.logfiles import log_folder, print_log, start_log
from app.services.settings.local import LocalSettings, local_settings_path, read_local

if TYPE_CHECKING:
    import argparse

    from app.models.entities.errors import FirstlineError
    from app.services.base.clock import Clock
    from app.services.base.context import Context
    from app.services.base.events import EventBus
    from app.services.base.texts import Texts

VERSION = "0.1.0"
_DRIVERS = ("psycopg", "psycopg2")
log = logging.getLogger("firstline")


def main(arguments: Sequence[str]) -> int:
    """Run a command, or the window where none was given; return the exit code."""
    settings = read_local(local_settings_path())
    options = _options(arguments)
    url = (options.database if options is not None else "") or settings.database_url
    spare_drivers(url)
    if options is not None:
        _follow_topics(options.log)
        if options.command:
            return _run_command(options, settings, url)
    return _run_window(url)


def spare_drivers(url: str) -> None:
    """Keep peewee from importing PostgreSQL's drivers (0.13 s) where a SQLite file is all that is wanted."""
    if url.startswith("sqlite:") and "peewee" not in sys.modules:
        for driver in _DRIVERS:
            sys.modules.setdefault(driver, None)  # type: ignore[arg-type]


def drivers_are_spared() -> bool:
    """Tell whether this process has given up PostgreSQL; only a new one can take it up again."""
    return sys.modules.get(_DRIVERS[0], sys) is None


def open_context(url: str, bus: EventBus, clock: Clock) -> Context:
    """Return a context on the database at `url`, acting as the console; nothing is connected yet.

    Raises:
        BadInput, StoreRefused: the address cannot be read, or names what must not be used.
    """
    from app.models.store import Store  # noqa: PLC0415 - after `spare_drivers`
    from app.services.base.context import Context, console_actor  # noqa: PLC0415

    return Context(Store(url, bus.publish), clock, console_actor())


# --- commands ------------------------------------------------------------------------------------


def _options(arguments: Sequence[str]) -> argparse.Namespace | None:
    if not arguments:
        return None
    from app.cli.parser import parse  # noqa: PLC0415 - daily starts give no arguments

    return parse(arguments)


def _follow_topics(topics: str) -> None:
    from app.cli.parser import LOG_TOPICS  # noqa: PLC0415

    names = [name.strip() for name in topics.split(",") if name.strip()]
    if names:
        print_log([logger for name in names for logger in LOG_TOPICS.get(name, (f"firstline.{name}",))])


def _run_command(options: argparse.Namespace, settings: LocalSettings, url: str) -> int:
    from app.cli.env import Env  # noqa: PLC0415
    from app.cli.parser import run  # noqa: PLC0415
    from app.services.base.clock import SystemClock  # noqa: PLC0415
    from app.services.base.events import EventBus  # noqa: PLC0415
    from app.services.base.texts import LANGUAGES, SOURCE_LANGUAGE, Texts  # noqa: PLC0415

    bus, clock = EventBus(), SystemClock()
    language = settings.language if settings.language in LANGUAGES else SOURCE_LANGUAGE
    texts = Texts(language)
    is_traced = "sql" in options.log
    env = Env(
        url=url,
        texts=texts,
        clock=clock,
        bus=bus,
        open=lambda wanted: _traced(open_context(wanted, bus, clock), is_traced=is_traced),
        explain=lambda error: _sentences(error, texts),
        show=lambda args: _show(args, url),
        is_json=options.json,
    )
    try:
        return run(options, env)
    finally:
        env.close()


def _sentences(error: FirstlineError, texts: Texts) -> str:
    """Say an error in the window's own words; the table needs QtCore, which is loaded only now."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from app.views.base.errors import explain  # noqa: PLC0415
    from app.views.base.format import Format  # noqa: PLC0415
    from app.views.base.i18n import current  # noqa: PLC0415

    if current.code != texts.language:
        current.use(texts.language)
    told = explain(error, Format(texts, ZoneInfo("UTC")))
    return f"{told.happened} {told.advice}".strip()


def _traced(ctx: Context, *, is_traced: bool) -> Context:
    """Let every statement be logged (`--log sql`); both databases pass each through `Dialect.sql`."""
    if is_traced:
        dialect = ctx.store.dialect
        as_written = dialect.sql
        topic = logging.getLogger("firstline.sql")

        def logged(text: str) -> str:
            topic.debug("%s", text)
            return as_written(text)

        dialect.sql = logged  # type: ignore[method-assign]
    return ctx


def _show(options: argparse.Namespace, url: str) -> int:
    """Run a command that needs the window: demo, shots, selftest."""
    from app.views.shell import showing  # noqa: PLC0415

    chosen = options.database
    return showing.run(options, chosen, lambda clock, bus: SiteDoors(clock, bus), VERSION, lambda: url)


# --- the window ----------------------------------------------------------------------------------


def _run_window(url: str) -> int:
    dump = start_log(log_folder())
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from app.doors import SiteDoors  # noqa: PLC0415

    del dump, QApplication, SiteDoors, Path, Callable
    return 0

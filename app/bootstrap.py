"""The only place that knows every layer: it reads the command line and the preferences and wires the rest.

Everything heavy is imported where it is needed: the first list must be on the screen within a second.
"""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
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
    from app.views.base.prefs import Preferences
    from app.views.base.tasks import Tasks
    from app.views.shell.program import Program
    from app.views.shell.stage import Stage

VERSION = "0.4.0"
_DRIVERS = ("psycopg", "psycopg2")


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
    texts = Texts(settings.language if settings.language in LANGUAGES else SOURCE_LANGUAGE)
    is_traced = "sql" in options.log
    env = Env(
        url=url,
        texts=texts,
        clock=clock,
        bus=bus,
        open=lambda wanted: _traced(open_context(wanted, bus, clock), is_traced=is_traced),
        explain=lambda error: _sentences(error, texts),
        show=lambda args: _show(args, args.database),
        version=VERSION,
        is_json=options.json,
    )
    try:
        return run(options, env)
    finally:
        env.close()


def _sentences(error: FirstlineError, texts: Texts) -> str:
    """Say an error in the window's own words; their table needs QtCore, which is loaded only now."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    from app.views.base.errors import explain  # noqa: PLC0415
    from app.views.base.format import Format  # noqa: PLC0415

    told = explain(error, Format(texts, ZoneInfo("UTC")))
    return f"{told.happened} {told.advice}".strip()


def _traced(ctx: Context, *, is_traced: bool) -> Context:
    """Let every statement be logged (`--log sql`): on both databases each passes through `Dialect.sql`."""
    if is_traced:
        dialect = ctx.store.dialect
        as_written = dialect.sql
        topic = logging.getLogger("firstline.sql")

        def logged(text: str) -> str:
            topic.debug("%s", text)
            return as_written(text)

        dialect.sql = logged  # type: ignore[method-assign]
    return ctx


def _show(options: argparse.Namespace, chosen: str) -> int:
    """Run a command that needs the window, on the chosen database or on a throw-away demo site."""
    from app.services.base.clock import FixedClock, SystemClock  # noqa: PLC0415
    from app.services.demo.planning import DEFAULT_UNTIL  # noqa: PLC0415
    from app.views.shell import showing  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="firstline-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        clock = SystemClock() if chosen else FixedClock(DEFAULT_UNTIL)
        url = chosen or f"sqlite:///{(folder / 'demo.db').as_posix()}"
        is_offscreen = options.command != "demo" or options.offscreen
        kind = Kind(is_offscreen, is_immediate=options.command == "shots", shipped_font=is_offscreen)
        with Assembly(clock, folder / "settings.json", folder / "drafts", kind) as assembly:
            return showing.run(assembly.stage(url), options)


# --- the window ----------------------------------------------------------------------------------


def _run_window(url: str) -> int:
    from app.services.base.clock import SystemClock  # noqa: PLC0415
    from app.services.base.drafts import drafts_folder  # noqa: PLC0415

    start_log(log_folder())
    with Assembly(SystemClock(), local_settings_path(), drafts_folder(), Kind()) as assembly:
        assembly.program.start(url)
        assembly.program.window.show()
        return assembly.application.exec()


@dataclass(frozen=True)
class Kind:
    """How a program is put together. Pictures want one thread and one font; a person wants neither."""

    is_offscreen: bool = False
    is_immediate: bool = False
    shipped_font: bool = False

    @property
    def is_lasting(self) -> bool:
        """Whether somebody works in it: then it also does its share of the timers' work."""
        return not (self.is_offscreen or self.is_immediate)


class Assembly:
    """One program with its window, put together; leaving it ends every thread and closes every connection."""

    def __init__(self, clock: Clock, prefs_file: Path, drafts: Path, kind: Kind) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - only where there is a window

        from app.services.base.events import EventBus  # noqa: PLC0415
        from app.services.shell.doors import Doors  # noqa: PLC0415
        from app.views.base.prefs import Preferences  # noqa: PLC0415
        from app.views.base.tasks import ImmediateTasks, WorkerTasks  # noqa: PLC0415
        from app.views.shell.crash import Crashes  # noqa: PLC0415
        from app.views.shell.looks import dress  # noqa: PLC0415

        platform = ["-platform", "offscreen"] if kind.is_offscreen else []
        known = QApplication.instance()
        self.application = (
            known if isinstance(known, QApplication) else QApplication(["firstline", *platform])
        )
        self.application.setApplicationName("Firstline")
        self.clock = clock
        self.bus = EventBus()
        self.crashes = Crashes()
        self.doors = Doors(lambda url: open_context(url, self.bus, clock), self.bus)
        self.workers = (
            None if kind.is_immediate else WorkerTasks(self.crashes.report, thread_ends=self.doors.release)
        )
        tasks = self.workers or ImmediateTasks()
        prefs = Preferences(prefs_file, tasks)
        dress(prefs.values, shipped_font=kind.shipped_font)
        self.program = self._program(tasks, prefs, drafts, kind)
        self.crashes.tell = self.program.report

    def _program(self, tasks: Tasks, prefs: Preferences, drafts: Path, kind: Kind) -> Program:
        from app.services.access.keyrings import SystemKeyring  # noqa: PLC0415
        from app.services.background.runner import BackgroundThread  # noqa: PLC0415
        from app.services.base.clock import SystemClock  # noqa: PLC0415
        from app.services.base.drafts import DraftFiles  # noqa: PLC0415
        from app.views.base.bridge import Bridge  # noqa: PLC0415
        from app.views.base.dialogs import QtDialogs  # noqa: PLC0415
        from app.views.base.pages import Ticker  # noqa: PLC0415
        from app.views.base.theme import system_wants_motion  # noqa: PLC0415
        from app.views.shell.program import Program  # noqa: PLC0415
        from app.views.shell.session import Workplace  # noqa: PLC0415
        from app.views.shell.tray import NoTray, system_tray  # noqa: PLC0415
        from app.views.shell.unattended import NoDialogs  # noqa: PLC0415

        self.bridge = Bridge(self.bus)
        place = Workplace(
            tasks=tasks,
            bridge=self.bridge,
            prefs=prefs,
            drafts=DraftFiles(drafts),
            ticker=Ticker(),
            version=VERSION,
            dialogs=NoDialogs if kind.is_offscreen else QtDialogs,
            follows=not kind.is_immediate,
            shipped_font=kind.shipped_font,
            may_move=not kind.is_offscreen and system_wants_motion(),
            tray=NoTray if kind.is_offscreen else system_tray,
            # Under a clock that stands still, as the demo's does, nothing ever falls due.
            background=BackgroundThread if kind.is_lasting and isinstance(self.clock, SystemClock) else None,
        )
        return Program(place, self.doors, SystemKeyring())

    def stage(self, url: str) -> Stage:
        """Return the program as the commands that show it need it."""
        from app.views.shell.stage import Stage  # noqa: PLC0415

        ctx = open_context(url, self.bus, self.clock)
        return Stage(self.application, self.program, self.doors, self.clock, ctx, url)

    def __enter__(self) -> Assembly:
        self.crashes.install()
        return self

    def __exit__(self, *_exit: object) -> None:
        self.program.window.close()
        self.program.window.deleteLater()  # one process may hold several programs, one after another
        self.bridge.close()
        if self.workers is not None:
            self.workers.close()
        self.crashes.remove()
        self.doors.release()

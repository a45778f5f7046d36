"""The command line: which commands there are, what all of them accept, and how they end.

To add a command:

1. Write `app/cli/<feature>.py` with `register(commands)`, which calls `commands.add_parser("name", ...)`,
   and `run(args, env) -> int`, which asks services and prints through `env.answer` and `env.say`.
2. Put "name" -> "app.cli.<feature>" into COMMANDS.

Every command accepts `--database`, `--json` and `--log`, before its name and after it. It returns 0 when it
did what was asked and 1 when it found something wrong. Expected errors pass through: they are told as
sentences.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from app.cli.env import Env
from app.models.entities.errors import FirstlineError

DONE, FAILED, MISUSED, STOPPED = 0, 1, 2, 130

COMMANDS: Mapping[str, str] = {
    "demo": "app.cli.window",
    "db": "app.cli.db",
    "doctor": "app.cli.doctor",
    "tickets": "app.cli.tickets",
    "search": "app.cli.search",
    "sla": "app.cli.sla",
    "escalation": "app.cli.escalation",
    "calendars": "app.cli.calendars",
    "events": "app.cli.events",
    "people": "app.cli.people",
    "notices": "app.cli.notices",
    "roster": "app.cli.roster",
    "leave": "app.cli.leave",
    "swap": "app.cli.leave",
    "fill": "app.cli.filling",
    "staffing": "app.cli.staffing",
    "duty": "app.cli.duty",
    "handover": "app.cli.handover",
    "announcements": "app.cli.announcements",
    "report": "app.cli.report",
    "import": "app.cli.transfer",
    "catalogue": "app.cli.catalogue",
    "settings": "app.cli.settings",
    "audit": "app.cli.audit",
    "worker": "app.cli.worker",
    "shots": "app.cli.window",
    "selftest": "app.cli.window",
}
_TAKES_VALUE = {"--database", "--log"}
LOG_TOPICS: Mapping[str, tuple[str, ...]] = {
    "sql": ("firstline.sql",),
    "store": ("firstline.store",),
    "tasks": ("firstline.tasks",),
    "bus": ("firstline.bus",),
    "settings": ("firstline.settings",),
}


class CommandParser(argparse.ArgumentParser):
    """A parser that accepts the common options, and whose sub-commands do too.

    Absent options leave nothing behind, so that one given before the command is not undone after it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common = self.add_argument_group("common options")
        absent = argparse.SUPPRESS
        common.add_argument(
            "--database",
            metavar="URL",
            default=absent,
            help="sqlite:///path or postgresql://user@host/name; default: the one chosen on this computer",
        )
        common.add_argument("--json", action="store_true", default=absent, help="print results as JSON")
        common.add_argument(
            "--log",
            metavar="TOPICS",
            default=absent,
            help=f"print what happens inside, any of {','.join(LOG_TOPICS)}",
        )


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read a command line. `command` is "" where the window is wanted; `module` names who runs the command.

    Raises:
        SystemExit: the line cannot be read, or help was asked for; argparse has told so.
    """
    parser = CommandParser(prog="firstline", description="Firstline, an IT service desk.")
    parser.set_defaults(command="", module="")
    name = command_in(arguments)
    if name in COMMANDS:
        _register(parser, {name: COMMANDS[name]})
    elif name or {"-h", "--help"} & set(arguments):
        _register(parser, COMMANDS)
    found = parser.parse_args(arguments)
    for option, default in (("database", ""), ("json", False), ("log", "")):
        setattr(found, option, getattr(found, option, default))
    found.module = COMMANDS.get(found.command, "")
    return found


def command_in(arguments: Sequence[str]) -> str:
    """Return the first word that is neither an option nor an option's value, or ""."""
    is_value = False
    for argument in arguments:
        if not is_value and not argument.startswith("-"):
            return argument
        is_value = argument in _TAKES_VALUE
    return ""


def run(arguments: argparse.Namespace, env: Env) -> int:
    """Run the command and return the exit code; an expected error is told in sentences."""
    try:
        return int(import_module(arguments.module).run(arguments, env))
    except FirstlineError as error:
        env.complain(env.explain(error))
        return FAILED
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # Whoever read the answer (`| head`) has seen enough; nothing more can be said to them.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - lives until the end
        return DONE


def _register(parser: CommandParser, commands: Mapping[str, str]) -> None:
    there = {name: module for name, module in commands.items() if find_spec(module) is not None}
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for module in dict.fromkeys(there.values()):
        import_module(module).register(subparsers)

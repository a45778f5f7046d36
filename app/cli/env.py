"""What a command is handed: the database, the language, and where to print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from typing import Any, TextIO
from zoneinfo import ZoneInfo

from app.models.entities.errors import FirstlineError
from app.services.base.clock import Clock
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.base.texts import Texts


@dataclass
class Env:
    """The surroundings of one command.

    `ctx` opens the database on first use and refuses one whose schema is not this program's; `raw_ctx`
    opens it as it is, for commands about the database itself. The actor of both is the console, with all
    rights. `show` runs a command that needs the window; `explain` turns an error into sentences.
    """

    url: str
    texts: Texts
    clock: Clock
    bus: EventBus
    open: Callable[[str], Context]
    explain: Callable[[FirstlineError], str]
    show: Callable[[Any], int]
    version: str = ""
    is_json: bool = False
    out: TextIO = sys.stdout
    err: TextIO = sys.stderr

    @cached_property
    def raw_ctx(self) -> Context:
        """The database whatever the state of its schema; nothing is connected yet."""
        return self.open(self.url)

    @cached_property
    def ctx(self) -> Context:
        """The database, ready for use.

        Raises:
            StoreRefused: it is empty, older, newer or not ours.
            StoreUnavailable: it cannot be reached.
        """
        self.raw_ctx.store.require_current()
        return self.raw_ctx

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone, in which days and times are read and printed."""
        from app.services.settings.site import site_facts  # noqa: PLC0415 - most commands need no site

        return site_facts(self.ctx).zone

    def close(self) -> None:
        """Close the database if it was opened."""
        if "raw_ctx" in vars(self):
            self.raw_ctx.store.release()

    def say(self, text: str) -> None:
        """Print a line for a person; nothing where JSON was asked for."""
        if not self.is_json:
            print(text, file=self.out, flush=True)

    def answer(self, value: Any, text: str | Callable[[], str] | None = None) -> None:
        """Print the result: `value` as JSON where that was asked for, else `text` (default: the value)."""
        if self.is_json:
            print(json.dumps(plain(value), ensure_ascii=False, indent=2), file=self.out, flush=True)
        else:
            said = text() if callable(text) else text
            print(value if said is None else said, file=self.out, flush=True)

    def complain(self, text: str) -> None:
        """Print what went wrong, where it does not mix with the result."""
        print(text, file=self.err, flush=True)


_FORMS: Sequence[tuple[type, Callable[[Any], Any]]] = (
    (Enum, lambda value: value.value),
    (date, lambda value: value.isoformat()),  # a datetime is a date
    (timedelta, lambda value: value.total_seconds()),
)


def plain(value: Any) -> Any:
    """Return `value` as JSON knows it: ISO instants, durations in seconds, enums by value."""
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form(value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        return [plain(each) for each in value]
    return value


def table(rows: Sequence[Sequence[str]], heads: Sequence[str] = ()) -> str:
    """Return rows as columns that line up; Chinese letters count as two places."""
    lines = [list(heads), *map(list, rows)] if heads else list(map(list, rows))
    if not lines:
        return ""
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    import unicodedata  # noqa: PLC0415 - only for tables

    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

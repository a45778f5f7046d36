"""How an action is taken back: as the next command, never by overwriting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Undo:
    """What takes an action back. `run` is another service call; what it returns is the redo.

    `code` and `params` name the action for the person ("assigned #10482 to Zhang Wei"). If somebody
    changed the record meanwhile, `run` raises StaleRecord instead of overwriting.
    """

    code: str
    run: Callable[[], Outcome]
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command answers: the record, its new version, and how to take it back.

    After a commit whose reply was lost, `undo` is None: the work is done, only not undoable from here.
    """

    id: int | None = None
    version: int | None = None
    undo: Undo | None = None
    # Of a change to many records: those left alone, with the code of the reason.
    skipped: Mapping[int, str] = field(default_factory=dict)

"""What a person saved, written on this computer before the database is tried, until it is acknowledged."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import platformdirs

# Delivered entries stay this long: they repair a database that was restored from an older backup.
KEPT_FOR = timedelta(days=7)
_DONE = "done"


@dataclass(frozen=True, slots=True)
class Entry:
    """One saved operation. `op_id` is the one the command is run with, so that sending it twice does it once.

    `user` and `epoch` say whose it is and on which database, as with drafts; `kind` names the operation
    and `payload` holds what it needs, in plain JSON values.
    """

    op_id: str
    at: datetime
    user: str
    epoch: str
    kind: str
    payload: Mapping[str, Any]


def journal_folder() -> Path:
    """Return where the journal lies for the person who runs the program."""
    return Path(platformdirs.user_data_dir("Firstline", appauthor=False)) / "journal"


class Journal:
    """One file a day of appended lines. Every method touches the disk: call it in the files lane.

    A line is written in one piece to the end of the file, so several programs may share the folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, entry: Entry) -> None:
        """Append an operation; it is on the disk when this returns.

        Raises:
            OSError: the disk is full, read-only or gone.
        """
        line = {
            "op_id": entry.op_id,
            "at": entry.at.isoformat(),
            "user": entry.user,
            "epoch": entry.epoch,
            "kind": entry.kind,
            "payload": dict(entry.payload),
        }
        self._append(entry.at.date(), line)

    def mark_done(self, op_id: str, at: datetime) -> None:
        """Note that the database has acknowledged an operation, or that it went back to the person.

        Raises:
            OSError: as `add`. The operation is then sent once more, which changes nothing.
        """
        self._append(at.date(), {"op_id": op_id, "state": _DONE})

    def pending(self, user: str, epoch: str) -> list[Entry]:
        """Return this person's operations on this database that nobody acknowledged, the oldest first."""
        entries: dict[str, Entry] = {}
        for line in self._lines():
            if line.get("state") == _DONE:
                entries.pop(str(line["op_id"]), None)
            elif (entry := _entry(line)) is not None:
                entries[entry.op_id] = entry
        return [entry for entry in entries.values() if entry.user == user and entry.epoch == epoch]

    def drop_old(self, now: datetime) -> None:
        """Delete the files of days long past in which everything was acknowledged, whoever saved it."""
        done = {str(line["op_id"]) for line in self._lines() if line.get("state") == _DONE}
        for path in self._paths():
            if path.stem >= (now - KEPT_FOR).date().isoformat():
                continue
            if all(line["op_id"] in done for line in _lines_of(path)):
                with suppress(OSError):
                    path.unlink(missing_ok=True)

    def _append(self, day: date, line: Mapping[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{day.isoformat()}.jsonl"
        # The line break before it: after a crash the last line may be half of one.
        content = ("\n" + json.dumps(line, ensure_ascii=False) + "\n").encode(errors="replace")
        with path.open("ab", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())

    def _lines(self) -> Iterator[dict[str, Any]]:
        for path in self._paths():
            yield from _lines_of(path)

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob("*.jsonl"))


def _lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the whole lines of a file; half ones of a crash are passed over, for nobody was told of them."""
    try:
        text = path.read_text("utf-8", errors="replace")
    except OSError:
        return []
    found = []
    for written in text.splitlines():
        with suppress(ValueError, RecursionError):
            line = json.loads(written)
            if isinstance(line, dict) and "op_id" in line:
                found.append(line)
    return found


def _entry(line: dict[str, Any]) -> Entry | None:
    try:
        return Entry(
            str(line["op_id"]),
            datetime.fromisoformat(line["at"]),
            str(line["user"]),
            str(line["epoch"]),
            str(line["kind"]),
            dict(line["payload"]),
        )
    except (KeyError, TypeError, ValueError):
        return None

"""What this computer remembers for one person before any database is open: one small file, no Qt."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

from app.services.base.files import write_whole


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """Everything has a default; "" means: not chosen, ask the system.

    `database_url` never holds a password. `window` keeps sizes and the last page, `tables` the layout of
    each list by its name; both are plain JSON values that only their owners read. The three of notices say
    how one makes itself known besides at the bell; `wall_with_sound`: a card that crosses a mark is heard.
    """

    language: str = ""
    theme: str = ""
    database_url: str = ""
    last_user: str = ""
    is_compact: bool = False
    window: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, Any] = field(default_factory=dict)
    notices_as_toasts: bool = True
    notices_in_tray: bool = True
    notices_with_sound: bool = False
    wall_with_sound: bool = False


def local_settings_path() -> Path:
    """Return where the file lies for the person who runs the program."""
    return Path(platformdirs.user_config_dir("Firstline", appauthor=False, roaming=False)) / "settings.json"


def read_local(path: Path) -> LocalSettings:
    """Read the file. What is missing, unknown or of the wrong kind is passed over: its default holds.

    A file that cannot be read at all counts as empty; it must never keep the program from starting.
    """
    try:
        stored = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return LocalSettings()
    if not isinstance(stored, dict):
        return LocalSettings()
    defaults = LocalSettings()
    usable = {
        each.name: stored[each.name]
        for each in fields(LocalSettings)
        if type(stored.get(each.name)) is type(getattr(defaults, each.name))
    }
    return replace(defaults, **usable)


def write_local(path: Path, settings: LocalSettings) -> None:
    """Write the file whole.

    Raises:
        OSError: see `write_whole`. Nothing is lost but the preference.
    """
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=1, sort_keys=True)
    write_whole(path, text.encode())

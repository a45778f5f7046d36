"""Unsaved texts as files on this computer: written whole, three generations deep, found after a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import platformdirs

from app.models.entities.errors import StoreUnavailable
from app.services.base.files import replace_patiently, write_whole

_GENERATIONS = 3


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose text it is and where it belongs.

    `epoch` is the database's own id: a draft is never offered on another database. `form` names the kind of
    form ("tickets.note"), `record` the record's id as text ("" for a new one).
    """

    user: str
    epoch: str
    form: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsaved text. `id` is a UUID in hex; `base_version` is the version the person was looking at."""

    id: str
    key: DraftKey
    base_version: int
    saved_at: datetime
    title: str
    values: dict[str, Any]


def drafts_folder() -> Path:
    """Return where drafts lie for the person who runs the program."""
    return Path(platformdirs.user_data_dir("Firstline", appauthor=False)) / "drafts"


class DraftFiles:
    """The drafts of one folder. Every method touches the disk: call it in the files lane."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, draft: Draft) -> None:
        """Write a draft; it is on the disk when this returns. The two versions before it are kept.

        Raises:
            StoreUnavailable: `draft.not_saved`; the disk is full, read-only or gone.
        """
        content = {**asdict(draft), "saved_at": draft.saved_at.isoformat()}
        newest, *older = self._paths(draft.id)
        try:
            # Oldest first, so that at every moment some generation is whole.
            for younger, target in reversed(list(zip([newest, *older[:-1]], older, strict=True))):
                if younger.exists():
                    replace_patiently(younger, target)
            # Half a surrogate pair, as some programs paste it, must not cost the whole draft.
            write_whole(newest, json.dumps(content, ensure_ascii=False).encode(errors="replace"))
        except OSError as trouble:
            raise StoreUnavailable(
                "draft.not_saved", folder=str(self._folder), reason=str(trouble)
            ) from trouble

    def offers(self, user: str, epoch: str) -> list[Draft]:
        """Return this person's drafts of this database, the newest first; damaged files are passed over."""
        found = [draft for draft in self._all() if draft.key.user == user and draft.key.epoch == epoch]
        return sorted(found, key=lambda draft: draft.saved_at, reverse=True)

    def delete(self, draft_id: str) -> None:
        """Delete a draft with all its generations: it was saved for good, or the person discarded it."""
        for path in self._paths(draft_id):
            with suppress(OSError):  # a file that stays is offered once more, which harms nobody
                path.unlink(missing_ok=True)

    def delete_older_than(self, moment: datetime) -> None:
        """Delete what nobody came back for."""
        for draft in list(self._all()):
            if draft.saved_at < moment:
                self.delete(draft.id)

    def _all(self) -> Iterator[Draft]:
        for draft_id in sorted({path.name.split(".")[0] for path in self._folder.glob("[!.]*.json")}):
            for path in self._paths(draft_id):
                draft = _read(path)
                if draft is not None:
                    yield draft
                    break

    def _paths(self, draft_id: str) -> list[Path]:
        names = [f"{draft_id}.json", *(f"{draft_id}.{age}.json" for age in range(1, _GENERATIONS))]
        return [self._folder / name for name in names]


def _read(path: Path) -> Draft | None:
    try:
        content = json.loads(path.read_text("utf-8"))
        draft = Draft(**content)
        draft = replace(
            draft,
            key=DraftKey(**content["key"]),
            saved_at=datetime.fromisoformat(content["saved_at"]),
        )
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return draft if _is_whole(draft, path.name.split(".")[0]) else None


def _is_whole(draft: Draft, draft_id: str) -> bool:
    """Tell whether every part is of its kind and the id that of the file, as whoever deletes relies on."""
    return (
        draft.id == draft_id
        and all(isinstance(text, str) for text in (draft.title, *astuple(draft.key)))
        and type(draft.base_version) is int
        and isinstance(draft.values, dict)
        and draft.saved_at.tzinfo is not None
    )

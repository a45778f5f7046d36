"""A JSON object read with its types checked: every complaint names the place it is about."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from app.models.entities.errors import BadInput


class Section:
    """One JSON object of a mapping file, handing out checked values.

    Each method raises BadInput: `transfer.mapping_missing` (where) or `transfer.mapping_wrong` (where,
    value, allowed).
    """

    def __init__(self, place: str, content: object) -> None:
        if not isinstance(content, dict):
            raise wrong(place or "the file", content, "an object")
        self._place = place
        self._content: dict[str, Any] = content

    def place(self, key: str) -> str:
        """Return the full name of a key of this section."""
        return f"{self._place}.{key}" if self._place else key

    def section(self, key: str, *, optional: bool = False) -> Section:
        """Return an object inside this one; a missing optional one is empty."""
        if key not in self._content and not optional:
            raise BadInput("transfer.mapping_missing", where=self.place(key))
        return Section(self.place(key), self._content.get(key, {}))

    def sections(self) -> dict[str, Section]:
        """Return all values, each an object."""
        return {key: Section(self.place(key), value) for key, value in self._content.items()}

    def text(self, key: str, *, default: str | None = None) -> str:
        """Return a text; without a default it must be there."""
        value = self._content.get(key, default)
        if value is None:
            raise BadInput("transfer.mapping_missing", where=self.place(key))
        if not isinstance(value, str):
            raise wrong(self.place(key), value, "a text")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; missing means false."""
        value = self._content.get(key, False)
        if not isinstance(value, bool):
            raise wrong(self.place(key), value, "true, false")
        return value

    def keys(self) -> Set[str]:
        """Return the names of all values."""
        return self._content.keys()

    def texts(self) -> dict[str, str]:
        """Return all values, each a text."""
        return {key: self.text(key) for key in self._content}

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one text is a list of one, a missing list is empty."""
        value = self._content.get(key, [])
        words = [value] if isinstance(value, str) else value
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise wrong(self.place(key), value, "a list of texts")
        return tuple(words)

    def numbers(self) -> dict[str, int]:
        """Return all values, each a whole number."""
        for key, value in self._content.items():
            if not isinstance(value, int) or isinstance(value, bool):
                raise wrong(self.place(key), value, "a whole number")
        return dict(self._content)


def wrong(where: str, value: object, allowed: str) -> BadInput:
    """Return the error for a value that cannot stand at `where`; `allowed` says in English what could."""
    return BadInput("transfer.mapping_wrong", where=where, value=str(value), allowed=allowed)

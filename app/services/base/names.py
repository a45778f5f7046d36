"""Names an administrator sets up come in two languages; readers see theirs (F-1)."""

from __future__ import annotations

from typing import Protocol


class Named(Protocol):
    """Anything with a main name and perhaps one in the second language."""

    @property
    def name(self) -> str:
        """The main name, English in the sample set-up."""

    @property
    def name_alt(self) -> str:
        """The Chinese name; empty where there is none."""


class Guided(Protocol):
    """Anything with a sentence on its meaning in one or two languages."""

    @property
    def guidance(self) -> str:
        """The main text, English in the sample set-up."""

    @property
    def guidance_alt(self) -> str:
        """The Chinese text; empty where there is none."""


def named(record: Named, language: str) -> str:
    """Return the reader's name of a record; the main one where theirs is missing."""
    return name_in(record.name, record.name_alt, language)


def guidance_of(level: Guided, language: str) -> str:
    """Return what the reader is told a level means; the main text where theirs is missing."""
    return name_in(level.guidance, level.guidance_alt, language)


def person_column(table: str, language: str) -> str:
    """Return the SQL of a person's name as this reader sees it. `table` is an alias written in code."""
    if language.startswith("zh"):
        return f"COALESCE(NULLIF({table}.name_alt, ''), {table}.name)"
    return f"{table}.name"


def name_in(name: str, name_alt: str, language: str) -> str:
    """As `named`, for two texts read from a row."""
    return name_alt if name_alt and language.startswith("zh") else name

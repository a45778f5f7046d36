"""Markdown without its signs, for lines in lists: no parser is loaded for them. Pure."""

from __future__ import annotations

import re

# Signs at the beginning of a line, around words, and fences: what a snippet leaves out.
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)|\*\*|`+", re.MULTILINE)
# Between the cells of a table; rules of dashes go with it.
_CELLS = re.compile(r"\|[ \t:|-]*")
# A heading says what every article says: "Symptom". A line under it says what this one says.
_HEADINGS = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)


def without_marks(markdown: str) -> str:
    """Return Markdown without its commonest signs: quick and good enough for two lines in a list."""
    return _CELLS.sub(" ", _MARKS.sub("", markdown))


def opening(markdown: str) -> str:
    """Return how an article begins, on one line: its first words without headings and signs."""
    return " ".join(without_marks(_HEADINGS.sub("", markdown)).split())

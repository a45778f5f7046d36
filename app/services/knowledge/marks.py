"""Markdown without its signs, for lines in lists: no parser is loaded for them. Pure."""

from __future__ import annotations

import re

# Signs at the beginning of a line, around words, and fences: what a snippet leaves out.
_MARKS = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)|\*\*|`+|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", re.MULTILINE
)
# Between the cells of a table; rules of dashes and the line's end go with it.
_CELLS = re.compile(r"\s*\|[\s:|-]*")
_BETWEEN_CELLS = " · "
# A heading says what every article says: "Symptom". A line under it says what this one says.
_HEADINGS = re.compile(r"^[ \t]*#{1,6}[ \t].*$", re.MULTILINE)


def without_marks(markdown: str) -> str:
    """Return Markdown without its commonest signs: quick and good enough for two lines in a list."""
    return _CELLS.sub(_BETWEEN_CELLS, _MARKS.sub("", markdown)).strip(_BETWEEN_CELLS)


def prose(markdown: str) -> str:
    """Return what an article says, on one line: without signs, and without the headings all of them share."""
    return " ".join(without_marks(_HEADINGS.sub("", markdown)).split())

"""Markdown without its signs, for lines in lists: no parser is loaded for them. Pure."""

from __future__ import annotations

import re

# Signs at the beginning of a line, around words, and fences: what a snippet leaves out.
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+)|\*\*|`+", re.MULTILINE)
# Between the cells of a table; rules of dashes go with it.
_CELLS = re.compile(r"\|[ \t:|-]*")


def without_marks(markdown: str) -> str:
    """Return Markdown without its commonest signs: quick and good enough for two lines in a list."""
    return _CELLS.sub(" ", _MARKS.sub("", markdown))

"""What of an article belongs into a ticket's solution: its steps, not its symptoms."""

from __future__ import annotations

import re

from app.services.knowledge.markup import plain_text

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_STEP = re.compile(r"^\d+[.)] ", re.MULTILINE)


def solution_text(body: str) -> str:
    """Return the first part of an article that counts steps; the whole article where none does.

    `body` is the article as written, in Markdown. The result is plain text.
    """
    parts = [part.strip() for part in _HEADING.split(body)]
    steps = next((part for part in parts if _STEP.search(part)), body)
    return plain_text(steps).strip()

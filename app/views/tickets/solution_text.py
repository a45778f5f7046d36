"""Words about a solution: what of an article belongs into it, and what the resolve gate still waits for."""

from __future__ import annotations

import re

from app.services.knowledge.markup import plain_text
from app.views.base.i18n import _

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_STEP = re.compile(r"^\d+[.)] ", re.MULTILINE)


def solution_text(body: str) -> str:
    """Return the first part of an article that counts steps; the whole article where none does.

    `body` is the article as written, in Markdown. The result is plain text.
    """
    parts = [part.strip() for part in _HEADING.split(body)]
    steps = next((part for part in parts if _STEP.search(part)), body)
    return plain_text(steps).strip()


def waits_for(field: str) -> str:
    """Return what to do first where the gate misses `field`, one of those `rules.missing_for` names."""
    if field == "solution":
        return _("Write what solved it first.")
    if field == "cause_code":
        return _("Choose the cause first.")
    return _("Say which article was used, or that none fits.")

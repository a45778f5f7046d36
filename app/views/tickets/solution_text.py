"""Words about a solution: what of an article belongs into it, and what the resolve gate still waits for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from app.models.entities.catalogue import Gate
from app.models.entities.tickets import Resolution, Ticket
from app.services.knowledge.markup import plain_text
from app.services.tickets.rules import lacking_of
from app.views.base.errors import FIELD_NAMES
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


def lacking_to_resolve(
    ticket: Ticket, demands: Mapping[Gate, tuple[str, ...]], said: Resolution
) -> tuple[str, ...]:
    """Return what the category demands at resolving and neither the ticket has nor the solution says."""

    def value_of(name: str) -> object:
        return said.resolution_code if name == "resolution_code" else getattr(ticket, name)

    return lacking_of(demands.get(Gate.RESOLVE, ()), value_of)


def waits_for(field: str) -> str:
    """Return what to do first where the gate misses `field`, one of those `rules.missing_for` names."""
    if field == "solution":
        return _("Write what solved it first.")
    if field == "cause_code":
        return _("Choose the cause first.")
    if field == "resolution_code":
        return _("Choose how it was solved first; its category asks for it.")
    if field in {"resolved_line", "article_id"}:
        return _("Say which article was used, or that none fits.")
    name = FIELD_NAMES.get(field)
    return _("Its category asks for more: fill in {field} at the ticket first.").format(field=name or field)

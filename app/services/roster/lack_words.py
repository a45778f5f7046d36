"""What a version went out with, in words, for window, command line and papers."""

from __future__ import annotations

from app.models.entities.roster_lacks import LackCounts
from app.services.base.texts import Texts


def lacks_said(texts: Texts, lacks: LackCounts) -> str:
    """Return what a version went out with, such as "published with 3 gaps"; "" where nothing lacked."""
    said = lacks_listed(texts, lacks)
    return texts.gettext("published with {lacks}").format(lacks=said) if said else ""


def lacks_listed(texts: Texts, lacks: LackCounts) -> str:
    """Return the figures in a row, such as "2 shifts without one duty supervisor, 3 gaps"; "" for none."""
    parts = []
    if lacks.is_empty:
        parts.append(texts.gettext("no shift at all"))
    if lacks.unled:
        said = texts.ngettext(
            "{n} shift without one duty supervisor", "{n} shifts without one duty supervisor", lacks.unled
        )
        parts.append(said.format(n=lacks.unled))
    if lacks.gaps:
        parts.append(texts.ngettext("{n} gap", "{n} gaps", lacks.gaps).format(n=lacks.gaps))
    if lacks.forbidden:
        said = texts.ngettext("{n} broken rule", "{n} broken rules", lacks.forbidden)
        parts.append(said.format(n=lacks.forbidden))
    return texts.pgettext("between things", ", ").join(parts)

"""A line of the record in words: what it was about. For the page, the command line and the exported list."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.entities.audit import AccessEntry
from app.models.entities.people import PersonFact
from app.services.base.terms import term
from app.services.base.texts import Texts, mark

REFERENCES: Mapping[str, str] = {
    "shift": mark("Shift report"),
    "handover": mark("Handover of a shift"),
    "roster": mark("Roster of the month"),
    "emergency": mark("Emergency card"),
    "compliance": mark("SLA compliance"),
    "matrix": mark("Priority matrix"),
    "sla": mark("SLA tables"),
    "calendar": mark("Calendar of the year"),
    "fairness": mark("Fairness of the roster"),
    "people": mark("People"),
    "calls": mark("Calls"),
    "own_shifts": mark("My shifts"),
    "settings": mark("Settings file"),
    "categories": mark("Categories"),
    "services": mark("Services"),
    "log": mark("Audit log"),
}
"""References that are codes of this program; all others (numbers, names, months) are shown as they are."""


def about_words(entry: AccessEntry, texts: Texts) -> str:
    """Return what was opened, shown, exported or printed, in one line; "" where the subject says it all."""
    known = REFERENCES.get(entry.reference)
    which = entry.named or (texts.gettext(known) if known is not None else _reference(entry))
    file = str(entry.about.get("name") or entry.about.get("file") or "")
    parts = (which, _fact(entry, texts), file, str(entry.about.get("ticket") or ""))
    return " · ".join(part for part in parts if part)


def _reference(entry: AccessEntry) -> str:
    """The id of a file or of somebody who is gone says nothing beside the file's name."""
    return "" if entry.reference.isdecimal() and entry.about else entry.reference


def _fact(entry: AccessEntry, texts: Texts) -> str:
    fact = str(entry.about.get("fact") or "")
    return term(texts, PersonFact(fact)) if fact in set(PersonFact) else fact

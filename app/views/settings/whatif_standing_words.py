"""How open tickets stand to what is in force, in sentences."""

from __future__ import annotations

from app.models.entities.settings import ConfigKind
from app.models.entities.whatif import HeldVersion, OpenStanding
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.settings.whatif_words import becoming_overdue


def summary(standing: OpenStanding, fmt: Format) -> str:
    """Return how many open tickets hold older versions, and of how many."""
    count, behind = standing.result.open_tickets, standing.behind
    if not count:
        return _("No ticket is open.")
    if not behind:
        said = ngettext(
            "The {n} open ticket holds what is in force.",
            "All {n} open tickets hold what is in force.",
            count,
        )
        return said.format(n=fmt.number(count))
    said = ngettext(
        "{n} of {all} open tickets was promised under an older version:",
        "{n} of {all} open tickets were promised under older versions:",
        behind,
    )
    return said.format(n=fmt.number(behind), all=fmt.number(count))


def version(held: HeldVersion) -> str:
    """Return "SLA table · version 3", or a calendar's name and version."""
    names = {ConfigKind.MATRIX: _("Priority matrix"), ConfigKind.SLA: _("SLA table")}
    return _("{document} · version {number}").format(
        document=held.name or names.get(held.kind, held.code), number=held.number
    )


def change(standing: OpenStanding, fmt: Format) -> str:
    """Return what applying would do to them."""
    result = standing.result
    if not result.open_changing:
        return _("What is in force would give none of them another priority or time.")
    change = ngettext(
        "{n} of them would get another priority or time.",
        "{n} of them would get other priorities or times.",
        result.open_changing,
    ).format(n=fmt.number(result.open_changing))
    late = result.open_becoming_overdue
    return f"{change} {_sentence(becoming_overdue(late, fmt))}" if late else change


def apply(standing: OpenStanding, fmt: Format) -> str:
    """Return what the button says that applies."""
    count = standing.result.open_changing
    return ngettext("Apply to {n} open ticket", "Apply to {n} open tickets", count).format(
        n=fmt.number(count)
    )


def _sentence(text: str) -> str:
    return _("{text}.").format(text=text)

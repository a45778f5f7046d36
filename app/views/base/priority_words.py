"""What is said about time that is used up, and about a priority it has raised."""

from __future__ import annotations

from app.models.entities.sla import ClockKind
from app.services.base.terms import priority_title
from app.services.base.texts import Texts
from app.views.base.i18n import _


def priority_said(texts: Texts, base: int, now: int, used_percent: int | None = None) -> str:
    """Return "P3 Normal", or where it is raised "P2, raised from P3: 78 % of the resolution time is used".

    `used_percent` is of the resolution target; without it (lists do not know it) the share is left out.
    """
    if now == base:
        return priority_title(texts, base)
    if used_percent is None:
        reason = _("the resolution time is running out")
    else:
        reason = percent_used(ClockKind.RESOLUTION, used_percent)
    return _("P{now}, raised from P{base}: {reason}").format(now=now, base=base, reason=reason)


def percent_used(clock: ClockKind | None, percent: int) -> str:
    """Return "78 % of the resolution time is used"; None stands for a promise this program does not know."""
    said = {
        ClockKind.RESPONSE: _("{percent} % of the response time is used"),
        ClockKind.RESOLUTION: _("{percent} % of the resolution time is used"),
        ClockKind.FIRST_LINE: _("{percent} % of the first line's time is used"),
        ClockKind.UPDATE_DUE: _("{percent} % of the time to the next update is used"),
    }
    text = said[clock] if clock in said else _("{percent} % of a promised time is used")
    return text.format(percent=percent)

"""The people the busiest hour needs, before and after an edit, as one figure of the card."""

from __future__ import annotations

from app.models.entities.whatif import PeakNeed
from app.views.base.format import Format
from app.views.base.i18n import _, ngettext
from app.views.settings.whatif_figure import Figure


def peak_figure(peak: PeakNeed, fmt: Format) -> Figure:
    """Return "4 → 6 people needed in the busiest hour"; fewer are good news, more are a warning."""
    before, after = (0 if people is None else people for people in (peak.before, peak.after))
    text = ngettext("person needed in the busiest hour", "people needed in the busiest hour", after)
    if before == after:
        return Figure(fmt.number(after), _("{text}, as before").format(text=text), "", _definition(peak, fmt))
    number = f"{fmt.number(before)} → {fmt.number(after)}"
    return Figure(number, text, "ok" if after < before else "warn", _definition(peak, fmt))


def _definition(peak: PeakNeed, fmt: Format) -> str:
    return _(
        "The fewest people at work at once with whom {level} of tickets get their first answer within their"
        " own response target (Erlang C). Busiest hour: {when}, {tickets} tickets of {minutes} min each on"
        " average, by the usual times of categories and services. Breaks and absences are not added."
    ).format(
        level=fmt.percent(peak.level),
        when=fmt.exact(peak.starts_at),
        tickets=fmt.number(peak.tickets),
        minutes=fmt.number(peak.aht / 60),
    )

"""What is told when a roster cannot even be tried to fill."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

FILLING_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "filling.stretch_over": (
        N_("These dates are over."),
        N_("Choose dates from today on: what was worked is not changed."),
    ),
    "filling.stretch_long": (
        N_("These are too many dates at once."),
        N_("Fill at most {most} days at a time."),
    ),
    "filling.nobody": (
        N_("There is nobody to plan."),
        N_("Put people into the desk's teams first."),
    ),
    "filling.no_needs": (
        N_("No shift needs anybody on these dates."),
        N_("Say under Settings, Shifts how many people each shift needs."),
    ),
}

"""What to say about each error code met while steps of escalation and rises of priority are typed."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
LEVEL_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "escalation.percent_unreadable": (
        N_("“{text}” is not a percentage."),
        N_("Type a whole number such as 90."),
    ),
    "escalation.time_unreadable": (
        N_("“{text}” is not a time of day."),
        N_("Type it like 22:00; midnight at the end of a day is 24:00."),
    ),
    "settings.period_zero": (
        N_("A period must not be zero."),
        N_("Type a longer one such as 1 d, or leave it empty."),
    ),
    "sla.rise_range": (
        N_("A rise by {steps} at {percent} % cannot be."),
        N_("Rises lie between 1 and {most} % and go up 1 to {highest} steps."),
    ),
    "sla.rise_twice": (
        N_("Two rises stand at {percent} %."),
        N_("Move one of them, or remove it."),
    ),
    "sla.rise_idle": (
        N_("The rise at {percent} % goes no higher than the one at {before} %, so it would do nothing."),
        N_("Let it go up further, or remove it."),
    ),
}

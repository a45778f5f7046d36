"""What to say about each error code met while consequences are counted or applied."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
WHATIF_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "whatif.days_bad": (
        N_("Consequences cannot be counted over {days} days."),
        N_("Take 1 to {most} days."),
    ),
    "whatif.levels_changed": (
        N_("Somebody changed the service levels after these consequences were counted."),
        N_("Nothing was applied to open tickets. Look at the consequences again."),
    ),
    "whatif.file_unreadable": (
        N_("{file} cannot be read as a document of service levels."),
        N_("It has to hold the same JSON as the document's versions."),
    ),
}

"""What is told about announcements that can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, NN_, LazyPlural, LazyText

ANNOUNCEMENT_UNDO_TEXTS: Mapping[str, LazyText | LazyPlural] = {
    "announcements.undo.written": N_("Announced “{title}”"),
    "announcements.undo.changed": N_("Changed the announcement “{title}”"),
    "announcements.undo.ended": N_("“{title}” is over"),
    "announcements.undo.withdrawn": N_("Withdrew “{title}”"),
    "announcements.undo.restored": N_("“{title}” holds again"),
    "announcements.undo.read": N_("Read “{title}”"),
    "announcements.undo.unread": N_("“{title}” is not read yet"),
    "announcements.undo.trained": NN_(
        "Recorded the training of {count} person", "Recorded the training of {count} people"
    ),
    "announcements.undo.untrained": NN_(
        "Took back the training of {count} person", "Took back the training of {count} people"
    ),
}

"""What a person is told about an action that can be taken back; the code is the `Undo`'s own."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.base.undo import Undo
from app.views.base.i18n import N_, LazyText, _, current

UNDO_TEXTS: Mapping[str, LazyText] = {
    "tickets.undo.assigned": N_("Assigned #{number}"),
    "tickets.undo.closed": N_("Closed #{number}"),
    "tickets.undo.duplicate": N_("Marked #{number} as a duplicate"),
    "tickets.undo.edited": N_("Changed #{number}"),
    "tickets.undo.many": N_("Changed {count} tickets"),
    "tickets.undo.priority": N_("Set the priority of #{number}"),
    "tickets.undo.refused": N_("Recorded #{number} as not solved"),
    "tickets.undo.reopened": N_("Reopened #{number}"),
    "tickets.undo.resolved": N_("Resolved #{number}"),
    "tickets.undo.resumed": N_("Resumed work on #{number}"),
    "tickets.undo.solved": N_("Solved #{number}"),
    "tickets.undo.started": N_("Started work on #{number}"),
    "tickets.undo.waiting": N_("Set #{number} waiting"),
    "tickets.undo.cancelled": N_("Ended #{number} without work"),
    "tickets.undo.linked": N_("Linked #{number}"),
    "knowledge.undo.revised": N_("Changed “{title}”"),
    "knowledge.undo.state": N_("Changed the state of “{title}”"),
    "people.added": N_("Added {name}"),
    "people.changed": N_("Changed {name}"),
    "people.retired": N_("Retired a person"),
    "people.restored": N_("Restored a person"),
    "people.number_added": N_("Added a number of {name}"),
    "people.team_added": N_("Added the team {name}"),
    "people.team_changed": N_("Changed the team {name}"),
    "people.team_retired": N_("Retired a team"),
    "people.team_restored": N_("Restored a team"),
    "people.members_changed": N_("Changed the members of {name}"),
    "people.company_renamed": N_("Renamed {name}"),
    "settings.changed": N_("Changed settings"),
    "settings.config_saved": N_("Saved a new version"),
    "settings.config_restored": N_("Restored an earlier version"),
    "settings.entry_added": N_("Added an entry"),
    "settings.entry_changed": N_("Changed an entry"),
    "settings.entry_retired": N_("Retired an entry"),
    "settings.entry_restored": N_("Restored an entry"),
}


def undo_text(undo: Undo) -> str:
    """Return what was done, for a toast or a menu: "Assigned #10482". Unknown codes are "Changed"."""
    text = UNDO_TEXTS.get(undo.code)
    if text is None:
        return _("Changed")
    return current.texts.gettext(text.msgid).format_map(_Params(undo.params))


class _Params(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"

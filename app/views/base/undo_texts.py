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
    "tickets.undo.major": N_("Declared #{number} a major incident"),
    "tickets.undo.major_withdrawn": N_("Withdrew the major incident #{number}"),
    "tickets.undo.many": N_("Changed {count} tickets"),
    "tickets.undo.priority": N_("Set the priority of #{number}"),
    "tickets.undo.refused": N_("Recorded #{number} as not solved"),
    "tickets.undo.reopened": N_("Reopened #{number}"),
    "tickets.undo.resolved": N_("Resolved #{number}"),
    "tickets.undo.resumed": N_("Resumed work on #{number}"),
    "tickets.undo.solved": N_("Solved #{number}"),
    "tickets.undo.started": N_("Started work on #{number}"),
    "tickets.undo.waiting": N_("Set #{number} waiting"),
    "tickets.undo.cancel": N_("Ended #{number} without work"),
    "tickets.undo.out_of_scope": N_("Marked #{number} as out of scope"),
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
    "settings.entry_moved": N_("Moved {name}"),
    "views.saved": N_("Saved the view “{name}”"),
    "views.changed": N_("Changed the view “{name}”"),
    "views.retired": N_("Took the view “{name}” off the list"),
    "views.restored": N_("Put the view “{name}” back on the list"),
    "access.role_copied": N_("Copied the role {name}"),
    "access.role_changed": N_("Changed the role {name}"),
    "access.roles_changed": N_("Changed the roles of {name}"),
    "catalogue.category_added": N_("Added the category {name}"),
    "catalogue.category_changed": N_("Changed the category {name}"),
    "catalogue.category_moved": N_("Moved the category {name}"),
    "catalogue.category_retired": N_("Retired the category {name}"),
    "catalogue.category_restored": N_("Restored the category {name}"),
    "catalogue.service_added": N_("Added the service {name}"),
    "catalogue.service_changed": N_("Changed the service {name}"),
    "roster.undo.painted": N_("Changed {count} shifts"),
    "roster.undo.supervisor": N_("Set the duty supervisor"),
    "roster.undo.published": N_("Published the roster of {month}"),
    "roster.undo.note_left": N_("Left a note for the next shift"),
    "roster.undo.note_done": N_("Ticked off a note"),
    "access.role_restored": N_("Restored the role {name}"),
    "access.role_retired": N_("Retired the role {name}"),
    "catalogue.service_restored": N_("Restored the service {name}"),
    "catalogue.service_retired": N_("Retired the service {name}"),
    "catalogue.category_merged": N_("Merged {name} into {into}, with {count} tickets"),
    "catalogue.category_unmerged": N_("Took {name} out of {into} again, with {count} tickets"),
    "catalogue.imported": N_("Imported {count} entries"),
    "catalogue.import_undone": N_("Took back the import of {count} entries"),
    "settings_file.imported": N_("Imported settings: {count} entries"),
    "settings_file.undone": N_("Took back the import of settings: {count} entries"),
    "notices.read": N_("Marked {count} notices as read"),
    "notices.unread": N_("Marked {count} notices as unread"),
    "whatif.applied": N_("Applied the service levels to {count} open tickets"),
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

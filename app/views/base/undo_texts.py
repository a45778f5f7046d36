"""What a person is told about an action that can be taken back; the code is the `Undo`'s own."""

from __future__ import annotations

from collections.abc import Mapping

from app.services.base.undo import Undo
from app.views.base.i18n import N_, NN_, LazyPlural, LazyText, _
from app.views.base.undo_texts_announcements import ANNOUNCEMENT_UNDO_TEXTS
from app.views.base.undo_texts_leave import LEAVE_UNDO_TEXTS

UNDO_TEXTS: Mapping[str, LazyText | LazyPlural] = {
    **ANNOUNCEMENT_UNDO_TEXTS,
    **LEAVE_UNDO_TEXTS,
    "tickets.undo.assigned": N_("Assigned #{number}"),
    "tickets.undo.closed": N_("Closed #{number}"),
    "tickets.undo.duplicate": N_("Marked #{number} as a duplicate"),
    "tickets.undo.edited": N_("Changed #{number}"),
    "tickets.undo.major": N_("Declared #{number} a major incident"),
    "tickets.undo.major_withdrawn": N_("Withdrew the major incident #{number}"),
    "tickets.undo.many": NN_("Changed {count} ticket", "Changed {count} tickets"),
    "tickets.undo.priority": N_("Set the priority of #{number}"),
    "tickets.undo.refused": N_("Recorded #{number} as not solved"),
    "tickets.undo.reopened": N_("Reopened #{number}"),
    "tickets.undo.resolved": N_("Resolved #{number}"),
    "tickets.undo.resumed": N_("Resumed work on #{number}"),
    "tickets.undo.solved": N_("Solved #{number}"),
    "tickets.undo.started": N_("Started work on #{number}"),
    "tickets.undo.restored": N_("The service of #{number} works again"),
    "tickets.undo.restored_forgotten": N_("The service of #{number} does not work yet"),
    "tickets.undo.told": N_("Recorded the time told to the user of #{number}"),
    "tickets.undo.sent_on": N_("Sent #{number} to the next line"),
    "tickets.undo.sent_early": N_("Sent #{number} to the next line early"),
    "tickets.undo.waiting": N_("Set #{number} waiting"),
    "tickets.undo.cancel": N_("Ended #{number} without work"),
    "tickets.undo.out_of_scope": N_("Marked #{number} as out of scope"),
    "handover.undo.remarks": N_("Changed the remarks of the handover"),
    "handover.undo.noted": N_("Changed a note of the handover"),
    "handover.undo.ticked": NN_("Took over {count} line", "Took over {count} lines"),
    "handover.undo.unticked": NN_("Took back {count} tick", "Took back {count} ticks"),
    "handover.undo.asked": N_("Asked back"),
    "handover.undo.signed": N_("Signed the handover"),
    "opportunities.undo.noted": N_("Noted an opportunity"),
    "opportunities.undo.changed": N_("Changed an opportunity"),
    "knowledge.undo.read": N_("Acknowledged “{title}”"),
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
    "settings.shipped_added": N_("Added entries that come with the program"),
    "settings.shipped_removed": N_("Took entries of the program away again"),
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
    "roster.undo.painted": NN_("Changed {count} shift", "Changed {count} shifts"),
    "filling.undo.applied": NN_("Filled the roster: {count} shift", "Filled the roster: {count} shifts"),
    "roster.undo.supervisor": N_("Set the duty supervisor"),
    "roster.undo.published": N_("Published the roster of {month}"),
    "roster.undo.taken_back": N_("Took the roster of {month} back to a draft"),
    "roster.undo.withdrawn": N_("Withdrew the roster of {month}"),
    "roster.undo.restored": N_("Restored version {number} of {month}"),
    "roster.undo.swapped": N_("Swapped two shifts"),
    "roster.undo.wished": N_("Noted a wish"),
    "roster.undo.wish_cleared": N_("Took a wish back"),
    "roster.undo.wishes": NN_("Noted {count} wish", "Noted {count} wishes"),
    "roster.undo.wishes_cleared": NN_("Took {count} wish back", "Took {count} wishes back"),
    "roster.undo.skill": N_("Changed the skill {name} of somebody"),
    "roster.undo.split": NN_(
        "Made {code} of {name}, and moved {count} planned shift to it",
        "Made {code} of {name}, and moved {count} planned shifts to it",
    ),
    "roster.undo.change_over": N_("Planned with {name} instead"),
    "roster.undo.crew": N_("Moved {name} between crews"),
    "roster.undo.left": NN_(
        "Retired {name} and gave up {count} planned shift",
        "Retired {name} and gave up {count} planned shifts",
    ),
    "roster.undo.off_roster": NN_(
        "Took {name} off the roster and gave up {count} planned shift",
        "Took {name} off the roster and gave up {count} planned shifts",
    ),
    "roster.undo.came_back": N_("Brought {name} back with the shifts they had"),
    "roster.undo.note_left": N_("Left a note for the next shift"),
    "roster.undo.note_done": N_("Ticked off a note"),
    "access.role_restored": N_("Restored the role {name}"),
    "access.role_retired": N_("Retired the role {name}"),
    "catalogue.service_restored": N_("Restored the service {name}"),
    "catalogue.service_retired": N_("Retired the service {name}"),
    "catalogue.category_merged": NN_(
        "Merged {name} into {into}, with {count} ticket", "Merged {name} into {into}, with {count} tickets"
    ),
    "catalogue.category_unmerged": NN_(
        "Took {name} out of {into} again, with {count} ticket",
        "Took {name} out of {into} again, with {count} tickets",
    ),
    "catalogue.imported": NN_("Imported {count} entry", "Imported {count} entries"),
    "catalogue.import_undone": NN_(
        "Took back the import of {count} entry", "Took back the import of {count} entries"
    ),
    "settings_file.imported": NN_("Imported settings: {count} entry", "Imported settings: {count} entries"),
    "settings_file.undone": NN_(
        "Took back the import of settings: {count} entry", "Took back the import of settings: {count} entries"
    ),
    "notices.read": NN_("Marked {count} notice as read", "Marked {count} notices as read"),
    "notices.unread": NN_("Marked {count} notice as unread", "Marked {count} notices as unread"),
    "duty.undo.checked_in": N_("Checked {name} in"),
    "duty.undo.checked_out": N_("Checked {name} out"),
    "duty.undo.corrected": N_("Corrected the presence of {name}"),
    "duty.undo.away": N_("{name} is away"),
    "duty.undo.not_away": N_("{name} is not away after all"),
    "duty.undo.back": N_("{name} is back"),
    "duty.undo.away_granted": N_("Granted the time away of {name}"),
    "duty.undo.away_refused": N_("Asked {name} to stay"),
    "duty.undo.away_asked": N_("Took the answer to {name} back"),
    "duty.undo.ticked": N_("Noted the check “{name}”"),
    "staffing.imported": NN_("Imported {count} hour of calls", "Imported {count} hours of calls"),
    "staffing.import_undone": NN_(
        "Took back the import of {count} hour of calls", "Took back the import of {count} hours of calls"
    ),
    "whatif.applied": NN_(
        "Applied the service levels to {count} open ticket",
        "Applied the service levels to {count} open tickets",
    ),
}


def undo_text(undo: Undo) -> str:
    """Return what was done, for a toast or a menu: "Assigned #10482". Unknown codes are "Changed"."""
    text = UNDO_TEXTS.get(undo.code)
    if text is None:
        return _("Changed")
    counted = undo.params.get("count")
    form = str(text) if isinstance(text, LazyText) else text.form(counted if isinstance(counted, int) else 0)
    return form.format_map(_Params(undo.params))


class _Params(dict[str, object]):
    def __missing__(self, name: str) -> str:
        return "…"

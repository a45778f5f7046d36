"""What goes wrong with announcements, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

ANNOUNCEMENT_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "announcements.title_missing": (
        N_("The announcement has no title."),
        N_("Say in one line what users and colleagues must know."),
    ),
    "announcements.too_long": (
        N_("The text is longer than {longest} characters."),
        N_("Shorten it, or put the details into an article and link that."),
    ),
    "announcements.ends_before": (
        N_("The announcement would end {end}, before it begins {begin}."),
        N_("Choose a later end, or none."),
    ),
    "announcements.over_already": (
        N_("The announcement would be over before anybody reads it: it ends {end}."),
        N_("Choose an end that lies ahead, or none."),
    ),
    "announcements.minutes": (
        N_("{value} minutes of training cannot be."),
        N_("Give 1 to {most} minutes, or leave it empty."),
    ),
    "announcements.live_day_missing": (
        N_("Training is wanted, but no day is given by which the new system goes live."),
        N_("Give the day it goes live."),
    ),
    "announcements.not_found": (N_("There is no such announcement."), None),
    "announcements.over": (N_("The announcement is over or withdrawn already."), None),
    "announcements.withdrawn": (
        N_("The announcement is withdrawn."),
        N_("Let it hold again first, then change it."),
    ),
    "announcements.not_new": (
        N_("Only a new system has training before it goes live."),
        N_("Change the kind of the announcement, or note the training under Settings, Skills."),
    ),
    "announcements.nobody_trained": (
        N_("Nobody is chosen."),
        N_("Tick those who were at the training."),
    ),
    "announcements.kind_unknown": (
        N_("There is no kind of announcement called “{text}”."),
        N_("Choose new_system, change, fault, maintenance or news."),
    ),
    "announcements.channel_unknown": (
        N_("There is no way to tell users called “{text}”."),
        N_("Choose board, email, phone, intranet or site_visit."),
    ),
    "announcements.day_unread": (
        N_("“{text}” is not a day."),
        N_("Write it as 24, 12-24, 2026-12-24, tomorrow or +3."),
    ),
}

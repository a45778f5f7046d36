"""What to say about each error code of planning, publishing and agreeing."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

ROSTER_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "roster.rules_bad": (
        N_("The rules of the roster cannot be read: {value}"),
        N_("Export the settings once to see how the rules are written."),
    ),
    "roster.rules_field_unknown": (
        N_("The rules of the roster have no field “{field}”."),
        N_("Export the settings once to see which fields there are."),
    ),
    "roster.rule_unknown": (
        N_("There is no rule “{rule}” of the roster."),
        N_("Export the settings once to see which rules there are."),
    ),
    "roster.rule_range": (
        N_("The limit {value} of the rule “{rule}” cannot be."),
        N_("It lies between {least} and {most}."),
    ),
    "roster.limit_unreadable": (
        N_("“{text}” is no whole number."),
        N_("Type one from {least} to {most}."),
    ),
    "roster.month_bad": (
        N_("“{text}” is no month."),
        N_("Write it as year and month: 2026-04."),
    ),
    "roster.publish_refused": (
        N_("{month} was not published: there are {count} gaps or broken rules."),
        N_("Mend them, or say that it goes out all the same."),
    ),
    "roster.publish_empty": (
        N_("{month} was not published: nobody has a shift in it."),
        N_("Plan the month first, or say that it goes out all the same."),
    ),
    "roster.publish_unchanged": (
        N_("{month} is published as it stands."),
        N_("Change something first."),
    ),
    "roster.version_missing": (N_("This version of the roster does not exist any more."), None),
    "roster.version_old": (
        N_("A later version than {number} of {month} was published."),
        N_("Restore this one instead, and publish it again."),
    ),
    "roster.version_seen": (
        N_("{count} people have seen version {number} of {month} already."),
        N_("Change the shifts and publish again: they are told what is different."),
    ),
    "roster.pattern_empty": (
        N_("The pattern has no shift."),
        N_("Give at least one of its days a shift."),
    ),
    "roster.pattern_long": (
        N_("The pattern is too long."),
        N_("It has at most {longest} days."),
    ),
    "roster.pattern_shift": (
        N_("There is no shift “{entry}”."),
        N_("Use the codes of the shifts; leave a day off empty."),
    ),
    "roster.split_past": (
        N_("{since} is past: what was worked keeps its hours."),
        N_("Choose today or a later date."),
    ),
    "roster.shift_not_then": (
        N_("The shift {shift} does not hold on {date}."),
        N_("Take the shift that holds then; the settings say from when to when each one does."),
    ),
    "roster.hours_unreadable": (
        N_("“{text}” are no hours a week."),
        N_("Type a number up to {most}, such as 40 or 37.5; empty means full time."),
    ),
    "roster.nights_unreadable": (
        N_("“{text}” is no number of nights a month."),
        N_("Type a whole number up to {most}; empty means as many as the rules allow."),
    ),
    "roster.date_unreadable": (
        N_("“{text}” is no date."),
        N_("Write it as 2026-04-01; empty means none."),
    ),
    "roster.terms_of_whom": (
        N_("Terms are those of one person or of one department."),
        N_("Name one of the two."),
    ),
    "roster.terms_range": (
        N_("{value} cannot be agreed ({name})."),
        N_("It lies between {least} and {most}."),
    ),
    "roster.terms_dates": (
        N_("The last day lies before the first."),
        N_("Correct one of the two dates."),
    ),
    "roster.terms_substitute": (
        N_("Nobody stands in for themselves."),
        N_("Choose somebody else."),
    ),
    "roster.terms_superior": (
        N_("Nobody is their own superior."),
        N_("Choose somebody else."),
    ),
    "roster.wish_past": (
        N_("This date is past."),
        N_("Wish for a date to come."),
    ),
    "roster.wish_empty": (
        N_("No day was chosen to wish for."),
        N_("Choose the days, then say what you wish for."),
    ),
    "roster.wishes_closed": (
        N_("The roster of {month} is published: its wishes are closed."),
        N_("Offer the shift to a colleague, or ask whoever plans."),
    ),
    "roster.wishes_most": (
        N_("More than {most} wishes in {month} are not possible: everybody may have as many."),
        N_("Take another wish of that month back first."),
    ),
    "roster.day_type_unknown": (
        N_("There is no type of day “{value}”."),
        N_("Use workday, weekend, holiday, day_off_in_lieu or make_up_workday, or leave it empty."),
    ),
    "roster.training_title": (
        N_("The training has no title."),
        N_("Say in some words what it was about."),
    ),
}

"""What to say about each error code of staffing: files of calls, and loads that cannot be."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

_WHOLE = N_("Nothing was taken from the file. Correct the line and try again.")

# One sentence each; None where the kind of error says enough about what to do.
STAFFING_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "staffing.load_bad": (
        N_("People cannot be reckoned for this load: {reason}."),
        N_("Check the calls, the handling time and the aims."),
    ),
    "staffing.no_time": (
        N_("No column of the file says when the calls came."),
        N_("Name one “start”, or two “date” and “hour”; Chinese headings are read as well."),
    ),
    "staffing.no_calls": (
        N_("No column of the file says how many calls came, or whether a call was answered."),
        N_("Name one “offered” where a row is an hour, “answered” where a row is a call."),
    ),
    "staffing.column_twice": (
        N_("Two columns of the file mean the same: “{column}”."),
        N_("Leave one of them out and try again."),
    ),
    "staffing.time_unread": (N_("“{text}” is no time of a day."), _WHOLE),
    "staffing.date_order": (
        N_("“{text}” can be read with the day or with the month first."),
        N_("Write the dates with the year first, such as 2026-11-23, and try again."),
    ),
    "staffing.time_missing": (N_("The clocks leave {text} out, so no calls can have come then."), _WHOLE),
    "staffing.time_twice": (N_("{text} stands in line {first} already."), _WHOLE),
    "staffing.number_unread": (N_("“{text}” is no number that can be used here."), _WHOLE),
    "staffing.answer_unread": (N_("“{text}” does not say whether the call was answered."), _WHOLE),
    "staffing.more_than_offered": (
        N_("{told} calls were answered or lost, but only {offered} came."),
        _WHOLE,
    ),
    "staffing.import_refused": (
        N_("{count} rows cannot be taken, the first in line {line}. Nothing was imported."),
        None,
    ),
    "staffing.import_empty": (
        N_("Every hour of the file is counted so already. Nothing was imported."),
        None,
    ),
}

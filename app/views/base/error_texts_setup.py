"""What to say about each error code met while setting the desk up or moving data in and out."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

# One sentence each; None where the kind of error says enough about what to do.
SETUP_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "settings.unknown": (N_("There is no setting “{name}”."), None),
    "settings.wrong_type": (N_("“{value}” does not fit the setting “{name}”."), None),
    "settings.out_of_range": (N_("{name} lies between {least} and {most}, not {value}."), None),
    "settings.text_missing": (N_("The setting “{name}” must not be empty."), None),
    "settings.text_too_long": (N_("The setting “{name}” holds at most {longest} characters."), None),
    "settings.not_a_choice": (
        N_("“{value}” cannot be chosen for “{name}”."),
        N_("Possible values: {choices}"),
    ),
    "settings.country_bad": (
        N_("“{value}” is not a country code."),
        N_("Use two capital letters, such as CN."),
    ),
    "settings.body_missing": (N_("The script “{entry}” has no text."), None),
    "settings.code_missing": (N_("An entry needs a code."), None),
    "settings.code_taken": (N_("The code “{entry}” is already taken."), None),
    "views.name_missing": (N_("The view needs a name."), None),
    "views.name_too_long": (N_("The name of a view holds at most {longest} characters."), None),
    "settings.name_missing": (N_("The entry “{entry}” needs a name of at most 120 characters."), None),
    "settings.entry_missing": (N_("This entry does not exist any more."), None),
    "settings.config_missing": (
        N_("The database holds no such document yet: {kind} {document}"),
        N_("Load the defaults in Settings, or set it up."),
    ),
    "settings.reason_missing": (N_("This waiting reason does not exist any more."), None),
    "settings.script_missing": (N_("This script does not exist any more."), None),
    "calendar.date_bad": (N_("“{text}” is not a date."), N_("Write it as 2026-11-21.")),
    "calendar.day_type_unknown": (N_("“{day_type}” is not a kind of day."), None),
    "calendar.field_unknown": (N_("A calendar has no field “{field}”."), None),
    "calendar.form_bad": (N_("The calendar cannot be read: {field} is “{value}”."), None),
    "calendar.time_bad": (N_("“{text}” is not a time of day."), N_("Write it as 08:30.")),
    "calendar.weekday_unknown": (N_("“{weekday}” is not a day of the week."), None),
    "calendar.weekdays_seven": (N_("A calendar has seven days of the week, not {count}."), None),
    "calendar.window_impossible": (
        N_("A working window starts within a day and lasts between one minute and 24 hours."),
        None,
    ),
    "calendar.windows_overlap": (N_("On {day}, two working windows overlap."), None),
    "calendar.working_day_bad": (
        N_("“{value}” is not the length of a working day."),
        N_("Give between one minute and 24 hours."),
    ),
    "calendar.zone_unknown": (N_("There is no time zone “{zone}”."), N_("Use a name such as Asia/Shanghai.")),
    "calendar.never_open": (
        N_("The calendar {calendar} stays closed for {days} days."),
        N_("Give it working windows before it is used."),
    ),
    "calendar.beyond_time": (
        N_("The calculation reached the year {year}."),
        N_("Check the allowed time and the calendar."),
    ),
    "duration.negative": (N_("A period cannot be negative."), None),
    "duration.part_day": (
        N_("“{text}” is no whole number of working days."),
        N_("Use hours for parts of a day: “4 h”."),
    ),
    "duration.too_long": (N_("A period lasts at most {longest_days} days."), None),
    "duration.unreadable": (N_("“{text}” is not a period of time."), N_("Try “4 h”, “1 d 2 h” or “90 min”.")),
    "sla.calendar_missing": (N_("The calendar “{calendar}” does not exist."), None),
    "sla.calendar_unknown": (
        N_("The policy {policy} uses the calendar “{calendar}”, which does not exist."),
        None,
    ),
    "sla.field_unknown": (N_("An SLA table has no field “{field}”."), None),
    "sla.no_allowance": (N_("In the policy {policy}, priority {priority} has no target at all."), None),
    "sla.no_policy": (N_("An SLA table needs at least one policy."), None),
    "sla.no_targets": (N_("The policy {policy} has no targets."), None),
    "sla.paused_without_end": (N_("The clock is paused, so there is no due time yet."), None),
    "sla.policy_bad": (N_("A policy cannot be read: “{value}”."), None),
    "sla.policy_twice": (N_("There are two policies called {policy}."), None),
    "sla.priority_range": (N_("In the policy {policy}, {priority} is not a priority."), None),
    "sla.priority_twice": (N_("In the policy {policy}, priority {priority} has two rows."), None),
    "sla.response_after_resolution": (
        N_("In the policy {policy}, priority {priority} would be due for response after its resolution."),
        None,
    ),
    "sla.table_bad": (N_("The SLA table cannot be read: “{value}”."), None),
    "sla.target_bad": (N_("A target cannot be read: “{value}”."), None),
    "sla.type_unknown": (N_("The policy {policy} names a ticket type that does not exist: “{type}”."), None),
    "sla.warn_bad": (N_("The warning steps of the policy {policy} are not rising percentages."), None),
    "priority.cell_missing": (
        N_("The matrix says nothing for impact {impact} and urgency {urgency}."),
        N_("Fill in that cell."),
    ),
    "priority.cells_empty": (
        N_("Some cells of the matrix are empty: {cells}"),
        N_("Every pair of impact and urgency needs a priority."),
    ),
    "priority.cells_beyond": (N_("The matrix has cells for levels that do not exist: {cells}"), None),
    "priority.form_bad": (N_("The matrix cannot be read."), None),
    "priority.level_bad": (N_("A level cannot be read: “{value}”."), None),
    "priority.level_count": (N_("There are {count} levels of {side}, which is too few or too many."), None),
    "priority.level_order": (N_("The levels of {side} are not numbered 1, 2, 3 and so on."), None),
    "priority.level_unnamed": (N_("Level {level} of {side} has no name."), None),
    "priority.out_of_range": (N_("{priority} is not a priority (impact {impact}, urgency {urgency})."), None),
    "reports.font_missing": (
        N_("The font file “{file}” is missing, so no PDF can be made."),
        N_("Install the program again."),
    ),
    "demo.reference_unknown": (
        N_("The demo data name something that does not exist: “{name}” in {where}."),
        None,
    ),
    "transfer.columns_missing": (
        N_("The file lacks columns that the mapping names: {columns}"),
        N_("Choose another mapping, or correct it."),
    ),
    "transfer.file_empty": (N_("The file “{file}” is empty."), None),
    "transfer.file_encoding": (
        N_("The encoding of “{file}” is not known."),
        N_("Save it in one of these: {known}"),
    ),
    "transfer.file_line_too_long": (
        N_("“{file}” has a line of more than {limit} KB."),
        N_("It is probably no table; check it."),
    ),
    "transfer.file_missing": (N_("There is no file “{file}”."), None),
    "transfer.file_too_large": (
        N_("The file “{file}” is larger than {limit} MB."),
        N_("Split it into several files."),
    ),
    "transfer.file_unreadable": (N_("The file “{file}” cannot be read: {why}"), None),
    "transfer.mapping_missing": (N_("The mapping lacks an entry: {where}"), None),
    "transfer.mapping_not_json": (N_("The mapping “{file}” is not valid JSON: {where}"), None),
    "transfer.mapping_unknown": (N_("There is no mapping called “{name}”."), N_("Known mappings: {known}")),
    "transfer.mapping_unreadable": (N_("The mapping “{file}” cannot be read."), None),
    "transfer.mapping_wrong": (N_("In the mapping, {where} is “{value}”."), N_("Allowed: {allowed}")),
    "transfer.matrix_unknown": (N_("There is no priority matrix called “{matrix}”."), None),
    "transfer.timezone_unknown": (
        N_("There is no time zone “{timezone}”."),
        N_("Use a name such as Asia/Shanghai."),
    ),
    "transfer.zip_damaged": (N_("The archive “{file}” is damaged."), None),
    "transfer.zip_encrypted": (N_("The archive “{file}” is encrypted."), N_("Unpack it first.")),
    "transfer.zip_one_csv": (
        N_("The archive “{file}” holds {count} CSV files; exactly one is needed."),
        None,
    ),
    "transfer.zip_too_many": (N_("The archive “{file}” holds more than {limit} files."), None),
    "reports.shift_unknown": (N_("There is no shift “{shift}”."), None),
    "files.cannot_write": (
        N_("The file {path} could not be written."),
        N_("Nothing was saved there ({reason}). Choose another folder, or free some disk space."),
    ),
    "dates.out_of_range": (
        N_("{text} lies outside the years the program plans."),
        N_("Name a day from {first} to {last}."),
    ),
    "cli.bad_date": (
        N_("“{text}” is no date."),
        N_("Write a day as 2026-04-16, a month as 2026-04, an instant as 2026-04-16T14:02."),
    ),
    "access.passwords_differ": (N_("The two passwords differ."), N_("Type the same password twice.")),
    "setup.already_done": (
        N_("This database is set up already."),
        N_("Nothing was changed. Sign in, or choose another database."),
    ),
    "setup.country_unknown": (
        N_("There are no holidays known for “{country}”."),
        N_("Use a two-letter country code such as CN, or enter the holidays yourself."),
    ),
    "setup.matrix_unknown": (N_("There is no sample matrix called “{matrix}”."), None),
    "store.backup_failed": (
        N_("The backup could not be made: {reason}"),
        N_("Nothing was changed. Free some disk space or choose another folder, then try again."),
    ),
}

"""What to say about each error code of calendars: files of days, painting, and calendars that never open."""

from __future__ import annotations

from app.views.base.i18n import N_, LazyText

_WHOLE = N_("Nothing was taken from the file. Correct the line and try again.")

# One sentence each; None where the kind of error says enough about what to do.
CALENDAR_ERRORS: dict[str, tuple[LazyText, LazyText | None]] = {
    "calendar.no_open_time": (
        N_("The calendar “{calendar}” has no open time at all."),
        N_("Give it working hours on at least one day of the week, or let it be open all the time."),
    ),
    "calendar.no_usual_hours": (
        N_("The calendar has no weekly hours that a workday could take over."),
        N_("Enter the weekly hours first, or type the hours of the day."),
    ),
    "calendar.file_unreadable": (
        N_("The file {file} cannot be read."),
        N_("Check whether it is still there, and whether another program holds it."),
    ),
    "calendar.file_unwritable": (
        N_("The file {file} cannot be written."),
        N_("Choose another folder, or close the program that has the file open."),
    ),
    "calendar.file_large": (
        N_("The file is larger than {most} MB."),
        N_("A list of holidays is much smaller: check whether it is the right file."),
    ),
    "calendar.file_encoding": (
        N_("The characters of the file cannot be read."),
        N_("Save it as UTF-8, or as GBK (GB18030), and try again."),
    ),
    "calendar.file_no_text": (
        N_("The file is no text."),
        N_("Choose a calendar file (.ics) or a table saved as .csv, not a workbook."),
    ),
    "calendar.file_empty": (
        N_("The file is empty."),
        N_("It may not have been downloaded whole. Get it again."),
    ),
    "calendar.ics_none": (
        N_("The file is no calendar: it begins with “{text}”."),
        N_("It may be a web page instead of the file meant. Get it again, or save a table as .csv."),
    ),
    "calendar.file_no_days": (N_("The file names no whole day."), None),
    "calendar.days_many": (N_("The file names more than {most} days."), None),
    "calendar.day_twice": (
        N_("Line {line}: {on} was said to be something else in line {first}."),
        _WHOLE,
    ),
    "calendar.year_range": (
        N_("Line {line}: the year {year} is not one a calendar can hold."),
        N_("Years from 1990 to 2100 can be taken over."),
    ),
    "calendar.csv_broken": (
        N_("Line {line}: the table is damaged; a quotation mark may be missing."),
        _WHOLE,
    ),
    "calendar.csv_columns": (
        N_("Line {line}: there is no column of dates in “{text}”."),
        N_("The first line should name the columns: date, type, name, hours."),
    ),
    "calendar.csv_date": (N_("Line {line}: “{text}” is not a date."), N_("Write it as 2026-11-21.")),
    "calendar.csv_kind": (
        N_("Line {line}: “{text}” is not a kind of day."),
        N_("Use workday, weekend, holiday, day_off_in_lieu or make_up_workday."),
    ),
    "calendar.csv_hours": (
        N_("Line {line}: “{text}” are not hours of a day."),
        N_("Write them as 08:30-12:00, 13:00-18:30; windows may not overlap."),
    ),
    "calendar.ics_line": (N_("Line {line} cannot be read: “{text}”."), _WHOLE),
    "calendar.ics_part": (N_("Line {line}: “{part}” does not belong there; the file is damaged."), _WHOLE),
    "calendar.ics_cut": (
        N_("The file ends in the middle of “{part}”, which begins in line {line}."),
        N_("It may not have been downloaded whole. Get it again."),
    ),
    "calendar.ics_start": (N_("The event in line {line} does not say when it is."), _WHOLE),
    "calendar.ics_date": (N_("Line {line}: “{text}” is not a date."), N_("Write it as 20261121.")),
    "calendar.ics_end": (N_("Line {line}: the event ends before it begins."), _WHOLE),
    "calendar.ics_long": (
        N_("Line {line}: the event lasts {days} days."),
        N_("At most {most} days are taken for one event."),
    ),
    "calendar.ics_repeat": (
        N_("Line {line}: this way of repeating is not understood: {rule}"),
        N_("Only days that come on the same date every year are. Write the others out one by one."),
    ),
}

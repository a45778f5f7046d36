"""What is said about the settings file: what cannot be read, and what cannot be taken in."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

_NOTHING = N_("Nothing was imported.")
_CORRECT = N_("Nothing was imported. Correct the file and try again.")

SETTINGS_FILE_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "settings_file.unreadable": (N_("The file “{name}” cannot be opened: {reason}"), None),
    "settings_file.unwritable": (
        N_("The file “{name}” cannot be written: {reason}"),
        N_("The file that was there is as it was. Choose another folder, or free some disk space."),
    ),
    "settings_file.too_large": (N_("The file is too large (at most {most} MB)."), _NOTHING),
    "settings_file.not_text": (
        N_("The file is no text in UTF-8."),
        N_("Nothing was imported. Save it again as UTF-8 and try once more."),
    ),
    "settings_file.damaged": (
        N_("The file is damaged in line {line}, column {column}: it is no JSON from there on."),
        N_("Nothing was imported. Often a comma or a quotation mark is missing just before."),
    ),
    "settings_file.number_bad": (N_("The file holds a number that is none, or far too long."), _CORRECT),
    "settings_file.too_deep": (N_("The file is nested too deeply to be a file of settings."), _NOTHING),
    "settings_file.key_twice": (N_("“{key}” stands twice in one object of the file."), _CORRECT),
    "settings_file.not_ours": (
        N_("This is no file of settings of this program."),
        N_("Nothing was imported. Choose a file that “Export” has written."),
    ),
    "settings_file.newer": (
        N_("The file was written by a newer version of the program (form {version}, known here: {known})."),
        N_("Nothing was imported. Update this program first."),
    ),
    "settings_file.empty": (N_("The file holds no settings."), _NOTHING),
    "settings_file.section_unknown": (
        N_("The file holds what is not known here: {names}"),
        N_("Nothing was imported. Known: {known}"),
    ),
    "settings_file.field_unknown": (
        N_("Not known here: {names}"),
        N_("Nothing was imported. Known: {known}"),
    ),
    "settings_file.no_text": (N_("{name}: “{value}” is no text in quotation marks."), _CORRECT),
    "settings_file.no_number": (N_("{name}: “{value}” is no whole number."), _CORRECT),
    "settings_file.no_flag": (N_("{name}: “{value}” is neither true nor false."), _CORRECT),
    "settings_file.no_list": (N_("{name}: “{value}” is no list in square brackets."), _CORRECT),
    "settings_file.no_object": (N_("{name}: “{value}” is no object in braces."), _CORRECT),
    "settings_file.text_long": (N_("{name} holds at most {longest} characters."), _CORRECT),
    "settings_file.number_range": (
        N_("{name} lies between {least} and {most}, not {value}."),
        _CORRECT,
    ),
    "settings_file.choice_unknown": (N_("{name}: “{value}” is not possible."), N_("Possible: {choices}")),
    "settings_file.value_twice": (N_("{name}: “{value}” stands there twice."), _CORRECT),
    "settings_file.code_missing": (N_("Entry {entry} has no code."), _CORRECT),
    "settings_file.code_long": (N_("The code “{entry}” has more than {longest} characters."), _CORRECT),
    "settings_file.entry_twice": (N_("The code “{entry}” stands twice in this section."), _CORRECT),
    "settings_file.reference_missing": (
        N_("{name}: there is no “{entry}”, neither here nor in what is imported."),
        _CORRECT,
    ),
    "settings_file.articles_missing": (
        N_("Not linked, for these articles are not here: {articles}"),
        N_("Everything else of the entry is taken."),
    ),
    "settings_file.merged_active": (
        N_("“{entry}” was merged into another category, so it cannot be in use."),
        _CORRECT,
    ),
    "settings_file.date_bad": (
        N_("“{value}” in the field {name} is no date."),
        N_("Write year, month and day: 2026-04-20; leave it empty where there is no bound."),
    ),
    "settings_file.coverage_idle": (
        N_("“{entry}” is an absence, so it can need nobody."),
        _CORRECT,
    ),
    "settings_file.refused": (
        N_("{count} entries cannot be taken, the first is: {entry}"),
        N_("Nothing was imported. Look at the preview, correct the file and try again."),
    ),
    "settings_file.outdated": (
        N_("Somebody changed the settings since the preview."),
        N_("Nothing was imported. Look at the preview again."),
    ),
    "reports.period_bad": (
        N_("A report is about at most {longest} days, and its first day is not after the last."),
        N_("Correct one of the two dates."),
    ),
    "reports.year_bad": (N_("A year lies between {earliest} and {latest}, not {year}."), None),
    "settings_file.nothing": (
        N_("Everything in the file is as it is here already."),
        N_("There is nothing to import."),
    ),
}

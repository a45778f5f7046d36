"""What is said about categories and services: demanded fields, merging, and sheets taken in."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

_SAVE_AGAIN = N_("Nothing was imported. Save it again as XLSX or CSV and try once more.")
_CORRECT_FILE = N_("Nothing was imported. Correct the file and try again.")

CATALOGUE_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "tickets.create_gate": (
        N_("Tickets of this category also need: {missing}."),
        N_("Nothing was saved. What you typed is kept."),
    ),
    "catalogue.category_refusal_missing": (
        N_("“{service}” is out of scope, so it needs a sentence to say when somebody asks for it."),
        None,
    ),
    "catalogue.refusal_too_long": (N_("What is said holds at most {longest} characters."), None),
    "catalogue.minutes_bad": (N_("The usual time is between 1 and {most} minutes, not {minutes}."), None),
    "catalogue.line_bad": (N_("A category has one team for each of the lines 1, 2 and 3, not {line}."), None),
    "catalogue.demand_bad": (N_("The field {field} cannot be demanded there."), None),
    "catalogue.merge_itself": (N_("“{name}” cannot be merged into itself."), N_("Choose another category.")),
    "catalogue.merge_below": (
        N_("“{into}” hangs below “{name}”, so it would take itself over."),
        N_("Nothing was changed. Move “{into}” elsewhere first, or merge the other way round."),
    ),
    "catalogue.merge_retired": (
        N_("“{into}” is not used any more, so it can take nothing over."),
        N_("Restore it first, or choose another category."),
    ),
    "catalogue.cell_number": (N_("{column}: “{value}” is not a whole number."), _CORRECT_FILE),
    "catalogue.cell_flag": (N_("{column}: “{value}” is neither yes nor no."), _CORRECT_FILE),
    "catalogue.cell_team": (N_("{column}: there is no team with the code “{value}”."), _CORRECT_FILE),
    "catalogue.cell_article": (N_("{column}: there is no article “{value}”."), _CORRECT_FILE),
    "catalogue.cell_field": (
        N_("{column}: “{value}” is not a field that can be demanded there."),
        N_("Possible: {known}"),
    ),
    "catalogue.row_no_code": (N_("The row has no code."), _CORRECT_FILE),
    "catalogue.row_twice": (N_("The code “{entry}” already stands in line {line}."), _CORRECT_FILE),
    "catalogue.row_parent": (N_("There is no entry with the code “{entry}” to stand below."), _CORRECT_FILE),
    "catalogue.row_parent_refused": (
        N_("It would stand below “{entry}”, whose row cannot be taken."),
        _CORRECT_FILE,
    ),
    "catalogue.row_circle": (N_("It would stand below itself: {way}."), _CORRECT_FILE),
    "catalogue.import_refused": (
        N_("{count} rows cannot be taken, the first in line {line}."),
        N_("Nothing was imported. Look at the preview, correct the file and try again."),
    ),
    "catalogue.import_outdated": (
        N_("Somebody changed the catalogue since the preview."),
        N_("Nothing was imported. Look at the preview again."),
    ),
    "catalogue.import_empty": (
        N_("Everything in the file is as it is here already."),
        N_("There is nothing to import."),
    ),
    "sheet.unreadable": (
        N_("The file cannot be read (line {line}): it is damaged or of another kind."),
        _SAVE_AGAIN,
    ),
    "sheet.too_large": (N_("The file is too large (at most {most} MB)."), N_("Nothing was imported.")),
    "sheet.too_many": (N_("The file has too many rows (at most {most})."), N_("Nothing was imported.")),
    "sheet.old_excel": (N_("The file is of an old Excel (.xls)."), _SAVE_AGAIN),
    "sheet.empty": (N_("The file has no rows."), N_("Nothing was imported.")),
    "sheet.columns_missing": (
        N_("The file lacks the columns {columns}."),
        N_("Nothing was imported. An export shows how it must look."),
    ),
    "sheet.columns_unknown": (
        N_("The file has columns that are not known: {columns}."),
        N_("Nothing was imported. Known columns: {known}"),
    ),
    "sheet.column_twice": (N_("The column {column} stands twice in the file."), _CORRECT_FILE),
    "sheet.cell_too_long": (N_("A cell in line {line} holds more than {most} characters."), _CORRECT_FILE),
    "sheet.row_long": (N_("Line {line} has more cells than there are columns."), _CORRECT_FILE),
    "catalogue.file_kind": (
        N_("“{name}” ends neither in .csv nor in .xlsx."),
        N_("Nothing was written. Choose another name."),
    ),
    "catalogue.file_unreadable": (N_("The file “{name}” cannot be opened: {reason}"), None),
    "catalogue.file_unwritable": (N_("The file “{name}” cannot be written: {reason}"), None),
}

"""What a person is told about the matrix of one type of ticket: a line for each code."""

from __future__ import annotations

from collections.abc import Mapping

from app.views.base.i18n import N_, LazyText

MATRIX_ERRORS: Mapping[str, tuple[LazyText, LazyText | None]] = {
    "priority.type_cells_empty": (
        N_("Some cells of the matrix for the type {type} are empty: {cells}"),
        N_("Fill them in, or let this type follow all types again."),
    ),
    "priority.type_cells_beyond": (
        N_("The matrix for the type {type} has cells for levels that do not exist: {cells}"),
        None,
    ),
    "priority.type_out_of_range": (
        N_(
            "In the matrix for the type {type}, {priority} is no priority (impact {impact}, urgency"
            " {urgency})."
        ),
        None,
    ),
    "priority.type_form_bad": (
        N_("The matrix for the type {type} does not fit the levels: it needs a row for each impact."),
        N_("Each row needs a value for each urgency. Nothing was changed."),
    ),
    "priority.type_unknown": (
        N_("There is a matrix for a ticket type that does not exist: “{type}”. The types are: {known}."),
        N_("Correct the type, or leave its matrix out. Nothing was changed."),
    ),
}

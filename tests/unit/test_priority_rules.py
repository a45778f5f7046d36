"""Impact x urgency -> priority, what is wrong with a matrix, and rising with time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.entities.errors import BadInput, NotFound
from app.models.entities.priority import Level, MatrixDefinition, PriorityMatrix
from app.services.priority.rules import check_matrix, effective_priority, odd_cells, priority_of

DESK_ROWS = [[1, 1, 2], [1, 2, 3], [2, 3, 3], [3, 3, 4]]


def definition(rows: list[list[int | None]]) -> MatrixDefinition:
    return MatrixDefinition.from_dict(
        {
            "impacts": [{"level": i + 1, "name": f"impact {i + 1}"} for i in range(len(rows))],
            "urgencies": [{"level": i + 1, "name": f"urgency {i + 1}"} for i in range(len(rows[0]))],
            "cells": rows,
        }
    )


DESK = definition(DESK_ROWS)


def test_a_matrix_takes_any_levels_and_assumes_no_direction():
    matrix = PriorityMatrix.from_cells({("高", None): "now", (3, "low"): "later"})

    assert matrix.priority_of("高", None) == "now"
    assert matrix.priority_of(3, "low") == "later"


def test_a_cell_that_is_not_there_is_said_so():
    with pytest.raises(NotFound) as caught:
        PriorityMatrix.from_cells({(1, 1): 1}).priority_of(1, 2)

    assert (caught.value.code, caught.value.params) == ("priority.cell_missing", {"impact": 1, "urgency": 2})


def test_the_desk_matrix_gives_its_priorities():
    found = [
        [priority_of(DESK, "incident", impact, urgency) for urgency in (1, 2, 3)] for impact in (1, 2, 3, 4)
    ]

    assert found == DESK_ROWS


def test_a_definition_survives_a_round_trip():
    full = replace(
        definition([[1, None, 2], [2, 3, 3], [3, 3, 4]]),
        priorities=(Level(1, "Critical", "紧急", "Call the manager", "致电经理"),),
        name="Desk",
    )

    assert MatrixDefinition.from_dict(full.to_dict()) == full


def test_graver_cells_below_milder_ones_are_found():
    assert odd_cells(DESK) == ()

    odd = odd_cells(definition([[1, 1, 2], [3, 2, 3], [2, None, 3]]))

    assert [(cell.impact, cell.urgency, cell.neighbour_impact, cell.neighbour_urgency) for cell in odd] == [
        (2, 1, 2, 2),
        (2, 1, 3, 1),
    ]


def test_a_good_matrix_passes():
    check_matrix(DESK)


@pytest.mark.parametrize(
    ("matrix", "code"),
    [
        (definition([[1, 2, 3], [1, 2, 3]]), "priority.level_count"),
        (definition([[1, 2, 3]] * 6), "priority.level_count"),
        (definition([[1, None, 3]] * 3), "priority.cells_empty"),
        (definition([[0, 2, 3]] * 3), "priority.out_of_range"),
        (definition([[1, 2, 6]] * 3), "priority.out_of_range"),
        (replace(DESK, urgencies=DESK.urgencies[::-1]), "priority.level_order"),
        (replace(DESK, impacts=(*DESK.impacts[:3], Level(4, " "))), "priority.level_unnamed"),
        (replace(DESK, cells={**DESK.cells, (5, 1): 1}), "priority.cells_beyond"),
    ],
)
def test_a_matrix_that_cannot_be_used_is_refused(matrix, code):
    with pytest.raises(BadInput) as caught:
        check_matrix(matrix)

    assert caught.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        {"impacts": [{"level": 1, "name": "a"}], "urgencies": [], "cells": []},
        {"impacts": [{"level": 1, "name": "a"}], "urgencies": [], "cells": [[1]]},
        {"impacts": [{"level": "1", "name": "a"}]},
        {"impacts": [{"level": 1}]},
    ],
)
def test_a_matrix_whose_form_does_not_fit_is_refused(data):
    with pytest.raises(BadInput):
        MatrixDefinition.from_dict(data)


@pytest.mark.parametrize(
    ("priority", "used", "effective"),
    [(3, 74, 3), (3, 75, 2), (3, 89, 2), (3, 90, 1), (2, 400, 1), (1, 75, 1)],
)
def test_priority_rises_with_the_time_used_and_never_above_the_first(priority, used, effective):
    assert effective_priority(priority, used, ((75, 1), (90, 2))) == effective

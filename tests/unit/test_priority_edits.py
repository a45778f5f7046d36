"""Changing a matrix: cells and words go with their level, numbers stay 1, 2, 3."""

from __future__ import annotations

import pytest

from app.models.entities.priority import Level, MatrixDefinition
from app.services.priority.edits import (
    Side,
    add_level,
    change_level,
    levels_of,
    move_level,
    remove_level,
    set_cell,
)
from app.services.priority.presets import PRESETS, matrix_presets
from app.services.priority.rules import check_matrix


def three_by_three() -> MatrixDefinition:
    levels = tuple(Level(number, name) for number, name in enumerate("abc", start=1))
    cells = {(impact, urgency): impact + urgency - 1 for impact in (1, 2, 3) for urgency in (1, 2, 3)}
    return MatrixDefinition(levels, levels, cells, (Level(1, "Critical"),))


def names(matrix: MatrixDefinition, side: Side) -> str:
    return "".join(level.name for level in levels_of(matrix, side))


def test_a_cell_is_set_and_emptied():
    matrix = set_cell(three_by_three(), 2, 2, 1)
    assert matrix.cells[2, 2] == 1
    assert (2, 2) not in set_cell(matrix, 2, 2, None).cells


@pytest.mark.parametrize("side", [Side.IMPACT, Side.URGENCY])
def test_a_moved_level_takes_its_cells_along(side):
    before = three_by_three()
    after = move_level(before, side, 1, 2)
    assert names(after, side) == "bca"
    assert [level.number for level in levels_of(after, side)] == [1, 2, 3]
    moved = [(3, 1), (3, 2)] if side is Side.IMPACT else [(1, 3), (2, 3)]
    was = [(1, 1), (1, 2)] if side is Side.IMPACT else [(1, 1), (2, 1)]
    assert [after.cells[cell] for cell in moved] == [before.cells[cell] for cell in was]


def test_a_level_moves_no_further_than_the_end():
    assert names(move_level(three_by_three(), Side.IMPACT, 3, 5), Side.IMPACT) == "abc"
    assert names(move_level(three_by_three(), Side.IMPACT, 2, -9), Side.IMPACT) == "bac"


def test_a_removed_level_leaves_no_gap_and_no_cells():
    matrix = remove_level(three_by_three(), Side.URGENCY, 2)
    assert names(matrix, Side.URGENCY) == "ac"
    assert sorted(matrix.cells) == [(impact, urgency) for impact in (1, 2, 3) for urgency in (1, 2)]
    assert matrix.cells[1, 2] == 3


def test_an_added_level_is_the_mildest_and_empty():
    matrix = add_level(three_by_three(), Side.IMPACT, "d", "四")
    assert matrix.impacts[-1] == Level(4, "d", "四")
    assert not [cell for cell in matrix.cells if cell[0] == 4]


def test_words_are_changed_in_place():
    matrix = change_level(three_by_three(), Side.PRIORITY, Level(1, "Now", "马上"))
    assert matrix.priorities == (Level(1, "Now", "马上"),)


def test_every_shipped_matrix_can_be_used():
    presets = matrix_presets()
    assert [preset.code for preset in presets] == list(PRESETS)
    for preset in presets:
        check_matrix(preset.matrix)

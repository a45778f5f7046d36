"""A matrix of a type's own: copied, edited, given up, checked, and kept in step with everybody's levels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.entities.errors import BadInput
from app.models.entities.priority import Level, MatrixDefinition
from app.models.entities.tickets import TicketType
from app.services.priority.edits import (
    ALL_TYPES,
    Side,
    add_level,
    follow_all,
    give_own,
    move_level,
    only_changed,
    remove_level,
    set_cell,
)
from app.services.priority.rules import agreed_by, check_matrix, odd_cells, priority_of

REQUEST, INQUIRY = TicketType.REQUEST, TicketType.INQUIRY
LEVELS = tuple(Level(number, name) for number, name in enumerate("abc", start=1))
SHARED = MatrixDefinition(LEVELS, LEVELS, {(i, u): min(5, i + u - 1) for i in (1, 2, 3) for u in (1, 2, 3)})
OWN = set_cell(give_own(SHARED, REQUEST), 1, 1, 2, REQUEST)


# -- edits ---------------------------------------------------------------------------------------------


def test_a_type_gets_a_copy_of_what_all_share():
    given_own = give_own(SHARED, REQUEST)

    assert given_own.by_type == {"request": SHARED.cells}
    assert given_own.cells == SHARED.cells


def test_a_type_that_has_its_own_keeps_it():
    assert give_own(OWN, REQUEST) == OWN


def test_a_cell_of_a_type_is_set_without_the_others_and_they_without_it():
    shared_changed = set_cell(OWN, 3, 3, 4)

    assert (OWN.by_type["request"][1, 1], OWN.cells[1, 1]) == (2, 1)
    assert (shared_changed.by_type["request"][3, 3], shared_changed.cells[3, 3]) == (5, 4)


def test_a_type_that_follows_has_no_cell_to_set():
    assert set_cell(SHARED, 1, 1, 5, REQUEST) is SHARED


def test_a_type_follows_the_others_again():
    assert follow_all(OWN, REQUEST) == SHARED
    assert follow_all(SHARED, REQUEST) == SHARED


def test_an_added_level_leaves_cells_to_fill_in_every_matrix():
    wider = add_level(OWN, Side.IMPACT, "d")

    assert all(4 not in {impact for impact, _ in cells} for cells in (wider.cells, wider.by_type["request"]))
    assert wider.to_dict()["by_type"]["request"][3] == [None, None, None]


@pytest.mark.parametrize("side", [Side.IMPACT, Side.URGENCY])
def test_a_moved_level_takes_its_cells_along_in_every_matrix(side):
    moved = move_level(OWN, side, 1, 1)

    cell = (2, 1) if side is Side.IMPACT else (1, 2)
    assert (moved.cells[cell], moved.by_type["request"][cell]) == (1, 2)


def test_a_removed_level_is_removed_from_every_matrix():
    smaller = remove_level(OWN, Side.URGENCY, 1)

    assert sorted(smaller.by_type["request"]) == sorted(smaller.cells)
    assert smaller.by_type["request"][1, 1] == OWN.cells[1, 2]


def test_where_an_edit_was_made_is_found_again():
    elsewhere = set_cell(OWN, 3, 3, 4)

    assert only_changed(SHARED, OWN) == "request"
    assert only_changed(OWN, elsewhere) == ALL_TYPES
    assert only_changed(SHARED, elsewhere) is None
    assert only_changed(OWN, OWN) is None


edits = st.one_of(
    st.builds(lambda kind: lambda matrix: give_own(matrix, kind), st.sampled_from(TicketType)),
    st.builds(lambda kind: lambda matrix: follow_all(matrix, kind), st.sampled_from(TicketType)),
    st.builds(
        lambda side, number, by: lambda matrix: move_level(matrix, side, number, by),
        st.sampled_from([Side.IMPACT, Side.URGENCY]),
        st.integers(1, 3),
        st.integers(-2, 2),
    ),
    st.builds(
        lambda impact, urgency, priority, kind: (
            lambda matrix: set_cell(matrix, impact, urgency, priority, kind)
        ),
        st.integers(1, 3),
        st.integers(1, 3),
        st.none() | st.integers(1, 5),
        st.sampled_from([ALL_TYPES, *TicketType]),
    ),
)


@given(st.lists(edits, max_size=12))
def test_whatever_is_edited_is_read_again_as_it_was_written(made):
    matrix = SHARED
    for edit in made:
        matrix = edit(matrix)

    assert MatrixDefinition.from_dict(matrix.to_dict()) == matrix


@given(st.lists(edits, max_size=8), st.sampled_from([Side.IMPACT, Side.URGENCY]), st.integers(1, 2))
def test_a_level_moved_and_moved_back_changes_nothing_for_any_type(made, side, number):
    matrix = OWN
    for edit in made:
        matrix = edit(matrix)

    assert move_level(move_level(matrix, side, number, 1), side, number + 1, -1) == matrix


# -- asking --------------------------------------------------------------------------------------------


def test_a_priority_is_asked_for_with_the_tickets_type():
    assert [priority_of(OWN, kind, 1, 1) for kind in TicketType] == [1, 2, 1, 1, 1]


def test_one_type_sees_its_matrix_alone():
    seen = OWN.for_type(REQUEST)

    assert (seen.cells, seen.by_type) == (OWN.by_type["request"], {})
    assert OWN.for_type(INQUIRY) == SHARED


def test_tickets_of_several_types_see_the_cells_on_which_these_agree():
    seen = agreed_by(OWN, [REQUEST, INQUIRY])

    assert (1, 1) not in seen.cells
    assert len(seen.cells) == 8
    assert agreed_by(OWN, [REQUEST]).cells == OWN.by_type["request"]
    assert agreed_by(OWN, []) == SHARED


def test_odd_cells_are_those_of_the_type_asked_for():
    odd = set_cell(OWN, 1, 1, 5, REQUEST)

    assert odd_cells(odd) == ()
    assert [(each.impact, each.urgency) for each in odd_cells(odd, REQUEST)] == [(1, 1), (1, 1)]


# -- documents -----------------------------------------------------------------------------------------


def test_a_document_without_types_is_written_as_ever():
    assert list(SHARED.to_dict()) == ["impacts", "urgencies", "cells"]
    assert MatrixDefinition.from_dict({**SHARED.to_dict(), "by_type": {}}) == SHARED


def test_types_are_written_in_one_order():
    one, other = give_own(give_own(SHARED, REQUEST), INQUIRY), give_own(give_own(SHARED, INQUIRY), REQUEST)

    assert list(one.to_dict()["by_type"]) == list(other.to_dict()["by_type"]) == ["inquiry", "request"]


@pytest.mark.parametrize(
    "rows", [[[1, 2, 3]], [[1, 2], [1, 2], [1, 2]], "all", [1, 2, 3], [["1", 2, 3]] * 3, None, {"a": 1}]
)
def test_rows_that_do_not_fit_the_levels_name_the_type(rows):
    with pytest.raises(BadInput) as refused:
        MatrixDefinition.from_dict({**SHARED.to_dict(), "by_type": {"request": rows}})

    assert (refused.value.code, refused.value.params) == ("priority.type_form_bad", {"type": REQUEST})


@pytest.mark.parametrize("types", [[], "request", 7])
def test_types_that_are_no_object_are_refused(types):
    with pytest.raises(BadInput) as refused:
        MatrixDefinition.from_dict({**SHARED.to_dict(), "by_type": types})

    assert refused.value.code == "priority.form_bad"


# -- checks --------------------------------------------------------------------------------------------


def test_a_matrix_with_a_types_own_can_be_used():
    check_matrix(OWN)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({**SHARED.cells, (4, 1): 2}, "priority.type_cells_beyond"),
        ({**SHARED.cells, (2, 2): 6}, "priority.type_out_of_range"),
        ({(1, 1): 1}, "priority.type_cells_empty"),
    ],
)
def test_what_is_wrong_in_one_types_matrix_names_the_type(cells, code):
    with pytest.raises(BadInput) as refused:
        check_matrix(replace(SHARED, by_type={REQUEST: cells}))

    assert (refused.value.code, refused.value.params["type"]) == (code, REQUEST)


def test_a_hole_is_named_with_its_type_and_cell():
    with pytest.raises(BadInput) as refused:
        check_matrix(set_cell(OWN, 2, 3, None, REQUEST))

    assert refused.value.params == {"type": REQUEST, "cells": [(2, 3)]}


def test_a_type_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(BadInput) as refused:
        check_matrix(replace(SHARED, by_type={"change": SHARED.cells}))

    assert refused.value.code == "priority.type_unknown"
    assert refused.value.params["type"] == "change"
    assert refused.value.params["known"] == ["incident", "request", "inquiry", "complaint", "monitoring"]

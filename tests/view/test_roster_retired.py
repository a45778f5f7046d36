"""The kept shift of somebody retired in the painter: a row, a mark, and one key to give it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from app.models.entities.ids import PersonId
from app.services.people import commands as people
from tests.support.describe import assert_readable
from tests.support.roster import FRIDAY, codes, page_opener, paint, roster_desk

SATURDAY = FRIDAY + timedelta(days=1)


@pytest.fixture
def desk(ctx, make):
    desk = roster_desk(ctx, make)
    paint(ctx, (desk.li, SATURDAY, desk.day))
    people.retire_person(ctx, PersonId(desk.li.id), version=1)
    return desk


@pytest.fixture
def page(qtbot, env, ctx, desk):
    return page_opener(qtbot, env)(ctx)


def test_the_row_stands_there_with_its_shift_marked(page, desk):
    board = page.presenter.board

    assert [person.id for person in board.people] == [desk.wang.id, desk.li.id]
    assert any(one.person_id == desk.li.id and one.on_date == SATURDAY for one in page.presenter.problems)
    assert_readable(page)


def test_one_key_gives_the_shift_up_and_the_rule_is_kept(qtbot, page, ctx, desk):
    page.grid.go_to((desk.li.id, SATURDAY))

    qtbot.keyClick(page.grid, Qt.Key.Key_Delete)

    assert (desk.li.id, SATURDAY) not in codes(ctx)
    assert all(one.person_id != desk.li.id for one in page.presenter.problems)

"""Assigning by the roster: offered in the popup with whom it would be, taken with one key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import TeamId, TicketId
from app.services.base.undo import Outcome
from app.services.tickets.queries import ticket_detail
from app.views.tickets.action_popups.assign_asker import AssignAsker
from app.views.tickets.desk_names import DeskNames
from tests.support.describe import assert_readable
from tests.support.duty import SATURDAY, duty_desk


@pytest.fixture
def desk(ctx, make):
    """Wang and Li of the first line are at work; of the network nobody is before Saturday."""
    desk = duty_desk(ctx, make)
    make.assignment(desk.zhou, SATURDAY, desk.day)
    return desk


@pytest.fixture
def ticket(make, desk):
    return make.ticket(team_id=desk.first.id, category_id=make.category(name="SAP").id)


@pytest.fixture
def asker(qtbot, desk, env, ticket):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    with qtbot.waitExposed(window):
        window.show()
    names = DeskNames(desk.as_wang(), env, window)
    done: list[Outcome] = []
    asker = AssignAsker(
        desk.as_wang(), env, names, window, lambda job: done.append(job()), lambda _meant, _job: None
    )
    asker.ask([stored(desk, ticket)])
    return asker


def stored(desk, ticket):
    return ticket_detail(desk.ctx, TicketId(ticket.id)).ticket


def people(asker):
    model = asker.popup.people.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_the_roster_is_offered_first_with_whom_it_would_be_and_why(asker, desk):
    assert people(asker)[:2] == ["Suggested: Li Na · 0 open", "The whole team"]
    assert_readable(asker.popup)


def test_two_keys_give_it_to_whom_the_roster_chooses(qtbot, asker, desk, ticket):
    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Up)
    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Return)

    assert stored(desk, ticket).assignee_id == desk.li.id


def test_enter_alone_still_gives_it_to_the_whole_team(qtbot, asker, desk, ticket):
    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Return)

    assert stored(desk, ticket).assignee_id is None


def test_of_a_team_without_anybody_it_says_until_when(asker, desk):
    asker.popup.teams.choose(str(TeamId(desk.network.id)))

    assert people(asker)[0] == "Nobody is at work until Sat 08:00"


def test_one_key_takes_the_suggestion(qtbot, asker, desk, ticket):
    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert stored(desk, ticket).assignee_id == desk.li.id


def test_with_letters_typed_that_key_takes_the_suggestion_all_the_same(qtbot, asker, desk, ticket):
    qtbot.keyClicks(asker.popup.search, "wang")

    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert stored(desk, ticket).assignee_id == desk.li.id


def test_that_key_does_nothing_where_nobody_is_there(qtbot, asker, desk, ticket):
    asker.popup.teams.choose(str(TeamId(desk.network.id)))

    qtbot.keyClick(asker.popup.search, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert stored(desk, ticket).team_id == desk.first.id

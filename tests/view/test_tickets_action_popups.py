"""The popups that act on tickets: what they ask, what they wait for, and what is saved then."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from app.models.entities.errors import StaleRecord
from app.models.entities.ids import CategoryId, TicketId
from app.models.entities.settings import ConfigKind, SiteChoices
from app.models.entities.tickets import (
    Channel,
    Move,
    NewTicket,
    PrioritySource,
    Resolution,
    TicketStatus,
    TicketType,
)
from app.services.base.context import Actor
from app.services.catalogue import queries as catalogue_queries
from app.services.people import queries as people_queries
from app.services.setup.first_start import set_up
from app.services.tickets import commands, edit_commands, queries
from app.views.tickets.action_popups.actions import TicketActions
from app.views.tickets.desk_names import DeskNames
from tests.support.pages import page_env
from tests.support.whatif_site import matrix_of, save

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def site(ctx):
    set_up(ctx, SiteChoices("Test desk", language="en"))


@pytest.fixture
def network(ctx, site):
    """A category whose tickets go to a team of their own."""
    nodes = catalogue_queries.category_tree(ctx)
    return next(node.category for node in nodes if node.category.details.default_team_id is not None)


@pytest.fixture
def page(qtbot, site):
    page = QWidget()
    page.resize(1200, 700)
    page.show()
    yield page
    delete(page)


@pytest.fixture
def actions(ctx, env, page):
    return TicketActions(ctx, env, DeskNames(ctx, env, page), page)


@pytest.fixture
def opened(ctx, network):
    """Registers calls and returns their rows."""

    def call(subject="VPN drops", category_id=None, **fields):
        new = NewTicket(
            fields.pop("type", TicketType.INCIDENT),
            Channel.PHONE,
            subject,
            impact=2,
            urgency=2,
            category_id=category_id or network.id,
            **fields,
        )
        return queries.ticket_row(ctx, TicketId(commands.create_ticket(ctx, new).id))

    return call


def read(ctx, row):
    return queries.ticket_detail(ctx, row.id).ticket


def team_of(ctx, team_id):
    return next(team for team in people_queries.teams(ctx) if team.id == team_id)


def texts(side_list):
    model = side_list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


# -- assigning ---------------------------------------------------------------------------------------


def test_the_team_of_the_category_is_chosen_and_enter_assigns(qtbot, ctx, env, actions, opened, network):
    ticket = opened()

    actions.assign([ticket])
    popup = actions.assigning.popup
    assert popup.team_id == network.details.default_team_id
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)

    saved = read(ctx, ticket)
    assert (saved.status, saved.team_id) == (TicketStatus.ASSIGNED, network.details.default_team_id)
    assert env.shell.outcomes[-1].undo is not None
    assert popup.isHidden()


def test_who_is_on_duty_stands_first(ctx, make, env, page, opened, network):
    team = team_of(ctx, network.details.default_team_id)
    make.agent(name="Absent", teams=(team.id,))
    there = make.agent(name="Present", teams=(team.id,))
    make.assignment(there, FRIDAY, make.shift_template("X", start_minute=0, duration_minute=1440))
    actions = TicketActions(ctx, env, DeskNames(ctx, env, page), page)

    actions.assign([opened()])

    shown = texts(actions.assigning.popup.people)
    assert shown[:3] == ["Suggested: Present · 0 open", "The whole team", "On duty now"]
    assert shown[3:5] == ["Present", "Not on duty"]


def test_letters_find_a_colleague_in_any_team_and_the_note_goes_along(qtbot, ctx, make, env, page, opened):
    team = people_queries.teams(ctx)[-1]
    zhang = make.agent(name="Zhang Wei", teams=(team.id,))
    actions = TicketActions(ctx, env, DeskNames(ctx, env, page), page)
    ticket = opened()

    actions.assign([ticket])
    popup = actions.assigning.popup
    qtbot.keyClicks(popup.search, "zhang")
    popup.remark.setText("please call back")
    popup.act.click()

    detail = queries.ticket_detail(ctx, ticket.id)
    assert (detail.ticket.team_id, detail.ticket.assignee_id) == (team.id, zhang.id)
    assert "please call back" in [event.new for event in detail.events]


def test_a_ticket_without_category_is_asked_for_one_first(ctx, actions, opened, make, network):
    ticket = opened()
    row = make.ticket(subject="No category yet")
    bare = queries.ticket_row(ctx, TicketId(row.id))

    actions.assign([bare])
    popup = actions.assigning.popup
    assert not popup.act.isEnabled()
    popup.category.setCurrentIndex(popup.category.findData(int(network.id)))
    assert popup.team_id == network.details.default_team_id
    popup.act.click()

    saved = read(ctx, bare)
    assert (saved.category_id, saved.status) == (CategoryId(network.id), TicketStatus.ASSIGNED)
    assert ticket.id != bare.id


def test_somebody_who_was_faster_is_told_not_overwritten(ctx, env, actions, opened):
    ticket = opened()
    refused = []
    actions.refused.connect(refused.append)
    actions.assign([ticket])
    commands.start_work(ctx, ticket.id, version=ticket.version)

    actions.assigning.popup.act.click()

    assert isinstance(env.shell.errors[-1], StaleRecord)
    assert refused == env.shell.errors
    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS


def test_of_many_those_changed_by_others_are_left_and_listed(ctx, env, actions, opened):
    rows = [opened("First"), opened("Second"), opened("Third")]
    commands.start_work(ctx, rows[1].id, version=rows[1].version)

    actions.assign(rows)
    actions.assigning.popup.act.click()

    assert env.shell.said[-1] == "2 saved, 1 changed by others"
    assert env.shell.outcomes[-1].skipped == {rows[1].id: "store.stale"}
    assert actions.result_popup.title.text() == "2 saved, 1 changed by others"
    assert read(ctx, rows[0]).status is TicketStatus.ASSIGNED


# -- waiting -----------------------------------------------------------------------------------------


def test_a_reason_says_what_it_does_to_the_clocks_and_is_saved(qtbot, ctx, actions, opened):
    ticket = opened()

    actions.wait([ticket])
    popup = actions.waiting.popup
    assert "clock stands still" in popup.effect.text.text()
    qtbot.keyClick(popup.reasons, Qt.Key.Key_Return)

    saved = read(ctx, ticket)
    assert (saved.status, saved.waiting_reason_id) == (TicketStatus.WAITING, popup.reason_id)


def test_many_tickets_wait_for_one_reason(ctx, env, actions, opened):
    rows = [opened("First"), opened("Second")]

    actions.wait(rows)
    actions.waiting.popup.act.click()

    assert {read(ctx, row).status for row in rows} == {TicketStatus.WAITING}
    assert env.shell.said[-1] == "2 saved"


# -- priority ----------------------------------------------------------------------------------------


def test_a_cell_of_the_matrix_sets_the_priority(qtbot, ctx, actions, opened):
    ticket = opened()

    actions.set_levels([ticket])
    popup = actions.levels.popup
    assert popup.cell == (2, 2)
    qtbot.keyClick(popup.grid, Qt.Key.Key_Up)
    assert popup.promise.text().startswith("P1 Critical: a new ticket would be due")
    qtbot.keyClick(popup.grid, Qt.Key.Key_Return)

    saved = read(ctx, ticket)
    assert (saved.impact, saved.urgency, saved.priority) == (1, 2, 1)


def test_overruling_the_matrix_wants_a_reason_and_can_be_given_up(ctx, actions, opened):
    ticket = opened()
    actions.set_levels([ticket])
    popup = actions.levels.popup
    assert not popup.overrule.isEnabled()

    popup.levels.setCurrentIndex(popup.levels.findData(1))
    popup.reason.setText("The board is affected")
    popup.overrule.click()
    by_hand = read(ctx, ticket)
    assert (by_hand.priority, by_hand.priority_source) == (1, PrioritySource.OVERRIDE)

    actions.set_levels([queries.ticket_row(ctx, ticket.id)])
    popup.follow.click()
    assert read(ctx, ticket).priority_source is PrioritySource.MATRIX


def test_many_tickets_get_impact_and_urgency_together(ctx, actions, opened):
    rows = [opened("First"), opened("Second")]

    actions.set_levels(rows)
    popup = actions.levels.popup
    popup.grid.choose((4, 3))
    popup.act.click()

    assert [read(ctx, row).priority for row in rows] == [4, 4]


def test_the_matrix_is_that_of_the_tickets_type(ctx, actions, opened):
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (2, 2, 4)).to_dict())
    ticket = opened(type=TicketType.REQUEST)

    actions.set_levels([ticket])

    popup = actions.levels.popup
    assert popup.promise.text().startswith("P4 Low")
    popup.act.click()
    assert read(ctx, ticket).priority == 4


def test_types_that_do_not_agree_on_a_cell_are_told_apart_and_saved_apart(qtbot, ctx, actions, opened):
    save(ctx, ConfigKind.MATRIX, matrix_of(ctx, "request", (2, 2, 4)).to_dict())
    rows = [opened(), opened(type=TicketType.REQUEST)]

    actions.set_levels(rows)
    popup = actions.levels.popup
    popup.grid.choose((2, 1))
    qtbot.keyClick(popup.grid, Qt.Key.Key_Right)
    assert popup.promise.text() == "Incident P2, Service request P4"
    assert not popup.chip.isVisible()
    popup.act.click()

    assert [read(ctx, row).priority for row in rows] == [2, 4]


def test_two_who_change_the_same_field_are_asked_which_holds(ctx, env, actions, opened):
    ticket = opened()
    actions.set_levels([ticket])
    edit_commands.edit_ticket(
        ctx, ticket.id, version=ticket.version, changes={"impact": 3}, base={"impact": 2}
    )
    env.dialogs.choices = {"impact": True}

    popup = actions.levels.popup
    popup.grid.choose((1, 2))
    popup.act.click()

    (field,) = env.dialogs.merged[0]
    assert field.label == "Impact"
    assert [text[:4] for text in (field.base, field.theirs, field.mine)] == ["2 · ", "3 · ", "1 · "]
    assert read(ctx, ticket).impact == 1


# -- solving -----------------------------------------------------------------------------------------


def test_resolving_waits_for_what_the_gate_demands(ctx, actions, opened):
    ticket = opened()

    actions.resolve(ticket)
    popup = actions.resolving.popup
    assert not popup.act.isEnabled()
    popup.solution.setPlainText("Restarted the client")
    popup.cause.setCurrentIndex(1)
    assert not popup.act.isEnabled()
    popup.none_fits.setChecked(True)
    popup.act.click()

    saved = read(ctx, ticket)
    assert (saved.status, saved.solution) == (TicketStatus.RESOLVED, "Restarted the client")
    assert saved.no_article_fits


def test_only_what_is_missing_is_asked(ctx, actions, opened):
    ticket = opened()
    done = commands.resolve(
        ctx, ticket.id, Resolution("Restarted", "config", "", 1, no_article_fits=True), version=ticket.version
    )
    commands.refuse_solution(ctx, ticket.id, version=done.version, reason="still broken")

    actions.resolve(queries.ticket_row(ctx, ticket.id), "Replaced the switch")

    popup = actions.resolving.popup
    assert popup.cause_field.isHidden()
    assert popup.article_field.isHidden()
    assert popup.solution.toPlainText() == "Replaced the switch"
    assert popup.act.isEnabled()


def test_solve_and_close_records_the_confirmation_too(ctx, actions, opened):
    ticket = opened()
    actions.resolve(ticket, "Restarted the client")
    popup = actions.resolving.popup
    popup.cause.setCurrentIndex(1)
    popup.none_fits.setChecked(True)

    popup.close_too.click()

    assert read(ctx, ticket).status is TicketStatus.CLOSED


# -- other moves -------------------------------------------------------------------------------------


def test_the_menu_offers_the_moves_of_the_state(ctx, page, actions, opened):
    menu = actions.status_menu([opened()], page)

    offered = [action.text() for action in menu.actions() if action.text()]
    assert offered[:4] == ["Assign", "Start work", "Set waiting", "Resolve"]
    assert "Reopen" not in offered


def test_starting_work_needs_no_question(ctx, actions, opened):
    ticket = opened()

    actions.move(Move.START, [ticket])

    assert read(ctx, ticket).status is TicketStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("move", "status"),
    [(Move.CANCEL, TicketStatus.CANCELLED), (Move.OUT_OF_SCOPE, TicketStatus.OUT_OF_SCOPE)],
)
def test_ending_without_work_wants_a_reason(ctx, env, actions, opened, move, status):
    ticket = opened()
    actions.move(move, [ticket])
    assert read(ctx, ticket).status is TicketStatus.NEW

    env.dialogs.text = "Called by mistake"
    actions.move(move, [ticket])

    assert read(ctx, ticket).status is status


def test_a_duplicate_names_the_other_ticket_by_its_number(ctx, env, actions, opened):
    first, again = opened("VPN drops"), opened("VPN drops again")
    env.dialogs.text = f"#{first.number}"

    actions.move(Move.DUPLICATE, [again])

    assert read(ctx, again).duplicate_of == first.id


def test_what_is_not_possible_says_why(ctx, env, page, actions, opened):
    ticket = opened()
    reader = ctx.acting_as(Actor(None, "Reader", frozenset({"tickets.read"}), "PC-03"))
    theirs = TicketActions(reader, env, DeskNames(ctx, env, page), page)

    assert actions.blocked(Move.ASSIGN, []) == "Choose a ticket first."
    assert actions.blocked(Move.REOPEN, [ticket]) == "This is not possible in the ticket's present state."
    assert theirs.blocked(Move.ASSIGN, [ticket]) == "You lack the right to do this."


def test_esc_closes_a_popup_and_tab_stays_inside(qtbot, page, actions, opened):
    actions.wait([opened()])
    popup = actions.waiting.popup
    for _turn in range(12):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert popup.isAncestorOf(page.focusWidget())

    qtbot.keyClick(popup, Qt.Key.Key_Escape)

    assert popup.isHidden()

"""Consequences on the pages themselves, on a real database: edited by keyboard, counted, applied or not."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from PySide6.QtTest import QTest

from app.models.entities.ids import TicketId
from app.models.entities.instants import from_micros
from app.models.entities.priority import MatrixDefinition
from app.models.entities.settings import ConfigKind
from app.models.entities.sla import ClockKind
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.settings.current import load_config
from app.services.settings.queries import current_config
from app.services.sla.rules import TicketFacts, due_times, promise_ticket
from app.services.tickets.commands import create_ticket
from app.views.base.widgets.switches import Toggle
from app.views.settings.sla_model import At
from app.views.settings.whatif_list import OpenChangesPopup
from app.views.settings.whatif_presenter import PAUSE, WhatIfState
from tests.view.settings_room import KEY, desk, open_settings, press, reader, shell_of

LEVELS = [(1, 1), (1, 1), (1, 2), (2, 2), (3, 1), (3, 3), (4, 2), (4, 2), (4, 2), (4, 3)]
P3 = 2  # the row of priority 3


@pytest.fixture
def site(ctx):
    """A desk with ten open tickets, one for each pair of levels."""
    desk(ctx)
    for number, (impact, urgency) in enumerate(LEVELS):
        create_ticket(
            ctx,
            NewTicket(TicketType.INCIDENT, Channel.PHONE, f"Fault {number}", impact=impact, urgency=urgency),
        )
    return ctx


@pytest.fixture
def matrix(qtbot, site, bus, tmp_path):
    screen = open_settings(qtbot, site, bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    return screen


@pytest.fixture
def table(qtbot, site, clock, bus, tmp_path):
    clock.advance(timedelta(days=2, hours=16, minutes=30))  # Monday 10:30: two and a half office hours later
    screen = open_settings(qtbot, site, bus, tmp_path, "sla")
    screen.pane.table.setFocus()
    return screen


def counted(qtbot, screen):
    presenter = screen.pane.what_if.presenter
    qtbot.waitUntil(lambda: presenter.state is WhatIfState.SHOWN, timeout=PAUSE * 50)
    return presenter.result


def priorities(ctx):
    with ctx.store.read() as read:
        return dict(read.rows("SELECT id, priority FROM ticket ORDER BY id"))


def cells(ctx):
    return MatrixDefinition.from_dict(current_config(ctx, ConfigKind.MATRIX, "site").body).cells


def bar_note(screen):
    return screen.bar._note.text()


def test_a_cell_set_by_keyboard_is_counted_ticket_by_ticket(qtbot, matrix, site):
    press(matrix, "4")
    found = counted(qtbot, matrix)
    before = cells(site)
    after = {**before, (1, 1): 4}
    expected = {
        "before": Counter(before[each] for each in LEVELS),
        "after": Counter(after[each] for each in LEVELS),
    }
    assert {each.priority: each.before.tickets for each in found.effects if each.before.tickets} == dict(
        expected["before"]
    )
    assert {each.priority: each.after.tickets for each in found.effects if each.after.tickets} == dict(
        expected["after"]
    )
    assert (found.up, found.down, found.open_changing) == (0, 2, 2)
    card = matrix.pane.what_if.card
    assert f"P4 {expected['after'][4]} +2" in card.bars.accessibleDescription()
    assert card.open.number.text() == "2"


def late_under(table, ctx):
    """Promise every ticket anew, one by one, and return how many should have been solved by now."""
    with ctx.store.read() as read:
        site = load_config(read)
        received = [from_micros(each[0]) for each in read.rows("SELECT received_at FROM ticket ORDER BY id")]
    late = 0
    for at, levels in zip(received, LEVELS, strict=True):
        facts = TicketFacts(TicketType.INCIDENT, site.matrix_definition.cells[levels])
        promise = promise_ticket(table, facts, site.calendars)
        late += due_times(promise, at, site.calendars)[ClockKind.RESOLUTION] <= ctx.clock.now()
    return late


def test_times_are_recomputed_from_the_log(qtbot, table, site):
    table.pane.table.setCurrentIndex(table.pane.model.index(P3, At.RESOLUTION))
    press(table, "1 h", KEY.Key_Return)
    found = counted(qtbot, table)
    editor = table.pane.editor
    before, after = late_under(editor.base, site), late_under(editor.draft, site)
    assert (found.newly_missed, found.newly_met) == (after - before, 0)
    assert sum(each.after.decided - each.after.met for each in found.effects) == after > before
    assert table.pane.what_if.card.figures[0].number.text() == str(after - before)


def test_an_empty_cell_is_said_in_the_card(matrix):
    press(matrix, KEY.Key_Delete)
    presenter = matrix.pane.what_if.presenter
    assert presenter.state is WhatIfState.BLOCKED
    assert matrix.pane.what_if.card.trouble.isVisible()
    assert not shell_of(matrix).errors


def test_taking_the_edit_back_makes_the_card_quiet(qtbot, matrix):
    press(matrix, "4")
    counted(qtbot, matrix)
    press(matrix, "1")
    assert matrix.pane.what_if.presenter.state is WhatIfState.QUIET
    assert matrix.pane.what_if.card.lead.isVisible()


def test_apply_leaves_open_tickets_alone_and_says_so_before(qtbot, matrix, site):
    before = priorities(site)
    press(matrix, "4")
    counted(qtbot, matrix)
    assert bar_note(matrix) == "Holds for tickets registered from now on"
    matrix.bar.apply.click()
    assert cells(site)[1, 1] == 4
    assert priorities(site) == before


def test_apply_with_the_choice_changes_open_tickets_and_offers_undo(qtbot, matrix, site):
    before = priorities(site)
    press(matrix, "4")
    counted(qtbot, matrix)
    box = matrix.pane.what_if.card.for_open
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Space)
    assert bar_note(matrix).startswith("Changes 2 open tickets too")
    matrix.bar.apply.click()
    after = priorities(site)
    changed = [ticket_id for ticket_id in after if after[ticket_id] != before[ticket_id]]
    assert [after[each] for each in changed] == [4, 4]
    saved, applied = shell_of(matrix).outcomes[-2:]
    assert saved.version == 2
    applied.undo.run()
    assert priorities(site) == before


def test_a_choice_is_forgotten_with_the_save(qtbot, matrix):
    press(matrix, "4")
    counted(qtbot, matrix)
    matrix.pane.what_if.card.for_open.click()
    matrix.bar.apply.click()
    assert not matrix.pane.what_if.presenter.is_for_open
    press(matrix, "5")
    counted(qtbot, matrix)
    assert not matrix.pane.what_if.card.for_open.isChecked()


def test_the_list_opens_a_ticket_and_the_edit_stays(qtbot, matrix):
    press(matrix, "4")
    counted(qtbot, matrix)
    matrix.pane.what_if.card.list.click()
    popup = next(each for each in matrix.window().findChildren(OpenChangesPopup) if each.isVisible())
    wanted = popup.table.current_id
    press(matrix, KEY.Key_Return)
    assert shell_of(matrix).opened == [("ticket", {"id": TicketId(wanted)})]
    assert matrix.pane.changes


def test_hours_are_counted_and_a_calendar_that_never_opens_is_said(qtbot, site, bus, tmp_path):
    screen = open_settings(qtbot, site, bus, tmp_path, "calendars")
    pane = screen.pane
    pane.show_calendar("office")
    editor = pane.editor
    pane._edit(
        type(editor.draft).from_dict({**editor.draft.to_dict(), "hours": {"mon": [["09:00", "10:00"]]}})
    )
    assert counted(qtbot, screen).tickets == len(LEVELS)
    pane._edit(type(editor.draft).from_dict({"timezone": "Asia/Shanghai"}))
    assert pane.what_if.presenter.state is WhatIfState.BLOCKED
    assert pane.what_if.card.trouble.text()


def test_a_waiting_reason_is_counted_and_holds_at_once(qtbot, site, bus, tmp_path):
    screen = open_settings(qtbot, site, bus, tmp_path, "reasons")
    toggles = screen.pane.findChildren(Toggle)
    next(each for each in toggles if each.text() == "The resolution clock stands still").click()
    counted(qtbot, screen)
    assert bar_note(screen) == "Holds at once, for open tickets too"
    assert not screen.pane.what_if.card.for_open.isVisible()


def test_a_reader_sees_the_card_and_edits_nothing(qtbot, site, bus, tmp_path):
    screen = open_settings(qtbot, reader(site), bus, tmp_path, "matrix")
    screen.pane.grid.setFocus()
    press(screen, "4")
    assert screen.pane.what_if.presenter.state is WhatIfState.QUIET

"""Escalating by hand and by time, as people see it: the popup, the timeline, the risen chip."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.entities.instants import to_micros
from app.models.entities.notices import NoticeKind
from app.models.entities.tickets import EventKind
from app.services.notices import queries as notices
from app.services.tickets import commands, queries
from app.views.base.columns import PriorityLook
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.tickets.action_popups.actions import TicketActions
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.rows import TicketCells
from app.views.tickets.timeline_items import timeline_of
from tests.support.describe import clipped_texts, nameless_inputs
from tests.support.notices import acting
from tests.support.pages import page_env
from tests.support.settings_site import only_with
from tests.support.ticket_page import opened as open_page
from tests.view.ticket_actions_room import CALL, called, duty_supervisor, new_site, row, standing_page


@pytest.fixture(autouse=True)
def site(ctx):
    new_site(ctx)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def ticket_id(ctx):
    return called(ctx)


@pytest.fixture
def supervisor(ctx, make):
    return duty_supervisor(ctx, make)


@pytest.fixture
def page(qtbot):
    yield from standing_page()


@pytest.fixture
def actions(ctx, env, page):
    return TicketActions(ctx, env, DeskNames(ctx, env, page), page)


# -- by hand -------------------------------------------------------------------------------------------


def test_the_popup_says_who_will_be_told_and_waits_for_a_reason(ctx, actions, supervisor, ticket_id):
    actions.escalate([row(ctx, ticket_id)])

    popup = actions.escalating.popup
    assert popup.reason.hasFocus()
    assert not popup.act.isEnabled()
    assert "Wang Fang" in popup.called.text.text()
    assert clipped_texts(popup) == []
    assert nameless_inputs(popup) == []


def test_the_supervisor_is_told_why_and_the_log_keeps_it(ctx, env, actions, supervisor, ticket_id):
    actions.escalate([row(ctx, ticket_id)])
    popup = actions.escalating.popup
    popup.reason.setPlainText("The whole plant stands still")

    QTest.keyClick(popup, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (told,) = notices.my_notices(acting(ctx, supervisor))
    assert (told.kind, told.body["reason"]) == (NoticeKind.ESCALATED, "The whole plant stands still")
    assert not popup.isVisible()
    assert env.shell.said[-1] == "Escalated #1 to the duty supervisor"
    detail = queries.ticket_detail(ctx, ticket_id)
    assert detail.events[-1].kind is EventKind.ESCALATED


def test_a_site_without_anybody_to_tell_says_so(ctx, actions, ticket_id):
    actions.escalate([row(ctx, ticket_id)])

    assert "nobody holds that role" in actions.escalating.popup.called.text.text()


def test_only_one_open_ticket_at_a_time_is_escalated(ctx, make, actions, ticket_id):
    other = commands.create_ticket(ctx, CALL).id
    commands.cancel(ctx, other, version=1, reason="Twice")

    assert actions.blocked_escalation([row(ctx, ticket_id)]) == ""
    assert actions.blocked_escalation([]) == "Choose a ticket first."
    assert "One ticket" in actions.blocked_escalation([row(ctx, ticket_id), row(ctx, other)])
    assert "open" in actions.blocked_escalation([row(ctx, other)])


def test_who_lacks_the_right_is_not_asked(ctx, env, page, ticket_id):
    reader = only_with(ctx, "tickets.read")
    actions = TicketActions(reader, env, DeskNames(reader, env, page), page)

    actions.escalate([row(ctx, ticket_id)])

    assert actions.escalating.popup is None


def test_one_key_on_the_ticket_asks(qtbot, ctx, env, supervisor, ticket_id):
    shown = open_page(qtbot, ctx, env, ticket_id)

    assert shown.action_set.run("ticket.escalate")

    assert shown.moves.escalating.popup.isVisible()
    assert shown.action_set.qt_action("ticket.escalate").shortcut().toString() == "U"


def test_the_head_has_a_button_for_it_while_the_ticket_is_open(qtbot, ctx, env, supervisor, ticket_id):
    shown = open_page(qtbot, ctx, env, ticket_id)

    shown.view.header.escalate.click()
    assert shown.moves.escalating.popup.isVisible()
    shown.moves.escalating.popup.close_now()

    commands.cancel(ctx, ticket_id, version=1, reason="Twice")
    shown.refresh()
    assert not shown.view.header.escalate.isVisible()


# -- what the log says ---------------------------------------------------------------------------------


def timeline(ctx, ticket_id, qtbot, env):
    page = open_page(qtbot, ctx, env, ticket_id)
    return timeline_of(page.presenter.state.detail, page.presenter.state.names)


def log(make, ctx, ticket_id, **line):
    make._link(
        "ticket_event",
        {
            "ticket_id": ticket_id,
            "at": to_micros(ctx.clock.now()),
            "kind": EventKind.ESCALATED,
            "client": "pc",
            **line,
        },
    )


def test_a_call_for_the_supervisor_is_told_with_names_and_reason(
    qtbot, ctx, env, actions, supervisor, ticket_id
):
    actions.escalate([row(ctx, ticket_id)])
    actions.escalating.popup.reason.setPlainText("Plant stands still")
    actions.escalating.popup.confirmed.emit()

    item = timeline(ctx, ticket_id, qtbot, env)[0]

    assert item.words == "escalated to Wang Fang: Plant stands still"
    assert (item.icon, item.tone) == ("chevrons-up", "bad")


def test_a_rise_is_told_with_its_cause(qtbot, ctx, make, env, ticket_id):
    log(make, ctx, ticket_id, field="rise", old="3", new="2", detail='{"percent": 78, "by": "system"}')

    item = timeline(ctx, ticket_id, qtbot, env)[0]

    assert (item.who, item.words) == ("System", "Priority P3 → P2: 78 % of the resolution time is used")
    assert item.icon == "trending-up"


def test_a_ticket_sent_on_is_told_with_both_teams(qtbot, ctx, make, env, ticket_id):
    first, second = make.team(name="Hotline"), make.team(name="Second line")
    detail = '{"percent": 90, "step": "response:90"}'
    log(make, ctx, ticket_id, field="line", old=str(first.id), new=str(second.id), detail=detail)

    item = timeline(ctx, ticket_id, qtbot, env)[0]

    assert item.words == (
        "sent on to the next line: Hotline → Second line: 90 % of the response time is used"
    )


# -- by time -------------------------------------------------------------------------------------------


def risen(ctx, ticket_id):
    base = queries.ticket_detail(ctx, ticket_id).ticket.priority
    with ctx.store.read() as read:
        read.connection.execute(
            read.dialect.sql("UPDATE ticket SET effective_priority = ? WHERE id = ?"), (base - 1, ticket_id)
        )
    return base


def test_a_list_shows_the_risen_chip_and_says_from_what(ctx, ticket_id):
    base = risen(ctx, ticket_id)
    cells = TicketCells(Format(current.texts, ctx.clock.now().tzinfo), ctx.clock.now)

    ticket = row(ctx, ticket_id)

    assert cells.priority_look(ticket) == PriorityLook(base - 1, is_raised=True)
    assert cells.priority_hint(ticket).startswith(f"P{base - 1}, raised from P{base}: ")


def test_the_head_of_the_ticket_says_how_much_time_is_used(qtbot, ctx, env, clock, make, ticket_id):
    base = risen(ctx, ticket_id)
    clock.advance(timedelta(minutes=90))

    page = open_page(qtbot, ctx, env, ticket_id)

    chip = page.view.header.chip
    assert (chip.level, chip.is_raised) == (base - 1, True)
    assert chip.accessibleName().startswith(f"P{base - 1}, raised from P{base}: ")
    assert chip.accessibleName().endswith("% of the resolution time is used")


def test_a_ticket_in_time_shows_its_own_priority(qtbot, ctx, env, ticket_id):
    page = open_page(qtbot, ctx, env, ticket_id)

    chip = page.view.header.chip
    assert (chip.level, chip.is_raised) == (page.presenter.state.ticket.priority, False)

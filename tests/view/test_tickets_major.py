"""Major incidents as people see them: one key and a reason, the mark everywhere, the log, the bell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from app.models.entities.ids import TicketId
from app.models.entities.notices import Notice, NoticeKind
from app.models.entities.tickets import TicketType
from app.services.notices import queries as notices
from app.services.tickets import commands, queries
from app.services.tickets.major_commands import declare_major
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.base.theme import theme, tok
from app.views.base.tokens import ThemeName
from app.views.desk.rows import TicketCells as DeskCells
from app.views.shell.notice_words import sentence
from app.views.tickets.action_popups.actions import TicketActions
from app.views.tickets.desk_names import DeskNames
from app.views.tickets.list_page import TicketsPage
from app.views.tickets.rows import TicketCells
from app.views.tickets.timeline_items import timeline_of
from tests.support.describe import assert_readable, clipped_texts, nameless_inputs
from tests.support.notices import acting
from tests.support.pages import page_env
from tests.support.settings_site import only_with
from tests.support.ticket_page import opened as open_page
from tests.support.ticket_page import shown_value
from tests.view.ticket_actions_room import CALL, called, duty_supervisor, new_site, row, standing_page

WHY = "The whole plant stands still"


@pytest.fixture(autouse=True)
def site(ctx):
    new_site(ctx)


@pytest.fixture(autouse=True)
def english_and_light_afterwards(qapp):
    yield
    if (theme.name, current.code) != (ThemeName.LIGHT, "en"):  # styling every widget anew takes its time
        current.use("en")
        theme.apply(qapp, ThemeName.LIGHT, "en", shipped_font=True)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def ticket_id(ctx):
    return called(ctx)


@pytest.fixture
def major_id(ctx, ticket_id):
    declare_major(ctx, ticket_id, version=1, reason=WHY)
    return ticket_id


@pytest.fixture
def supervisor(ctx, make):
    return duty_supervisor(ctx, make)


@pytest.fixture
def page(qtbot):
    yield from standing_page()


@pytest.fixture
def actions(ctx, env, page):
    return TicketActions(ctx, env, DeskNames(ctx, env, page), page)


@pytest.fixture
def list_page(qtbot, ctx, env):
    page = TicketsPage(ctx, replace(env, format=Format(current.texts, env.format.zone)))
    page.resize(1368, 820)
    page.show()
    page.refresh()
    yield page
    delete(page)


def confirm(popup, reason):
    QTest.keyClicks(popup.reason, reason)
    QTest.keyClick(popup.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


# -- by keyboard ---------------------------------------------------------------------------------------


def test_one_key_a_reason_and_ctrl_enter_declare_it(qtbot, ctx, env, supervisor, ticket_id):
    shown = open_page(qtbot, ctx, env, ticket_id)
    assert shown.action_set.qt_action("ticket.declare_major").shortcut().toString() == "M"

    assert shown.action_set.run("ticket.declare_major")
    popup = shown.moves.majors.popup
    qtbot.waitUntil(popup.reason.hasFocus)
    assert not popup.act.isEnabled()
    confirm(popup, WHY)

    assert not popup.isVisible()
    ticket = queries.ticket_detail(ctx, ticket_id).ticket
    assert (ticket.is_major, ticket.priority) == (True, 1)
    (told,) = notices.my_notices(acting(ctx, supervisor))
    assert (told.kind, told.body["reason"]) == (NoticeKind.MAJOR, WHY)
    assert env.shell.outcomes[-1].undo.code == "tickets.undo.major"


def test_the_page_shows_the_mark_and_offers_to_withdraw(qtbot, ctx, env, major_id):
    shown = open_page(qtbot, ctx, env, major_id)

    assert shown.view.header.major.isVisible()
    assert shown.view.header.major.accessibleName() == "Major incident"
    assert shown_value(shown, "priority") == "Major incident"
    assert not shown.action_set.run("ticket.declare_major")
    assert shown.action_set.run("ticket.withdraw_major")
    confirm(shown.moves.majors.popup, "Only one line")
    shown.refresh()

    assert not shown.view.header.major.isVisible()
    assert not queries.ticket_detail(ctx, major_id).ticket.is_major


def test_the_menu_of_the_ticket_has_it(qtbot, ctx, env, ticket_id):
    shown = open_page(qtbot, ctx, env, ticket_id)

    offered = shown.view.header.moves.actions()[-1]
    assert offered.text() == "Declare a major incident…"
    offered.trigger()

    assert shown.moves.majors.popup.isVisible()


def test_the_menu_of_a_row_has_the_one_that_is_possible(ctx, list_page, ticket_id):
    assert "tickets.declare_major" in list_page.deeds.row_actions
    assert "tickets.withdraw_major" not in list_page.deeds.row_actions

    declare_major(ctx, ticket_id, version=1, reason=WHY)
    list_page.refresh()

    assert "tickets.declare_major" not in list_page.deeds.row_actions
    assert list_page.action_set.run("tickets.withdraw_major")


def test_only_one_open_incident_at_a_time_is_declared(ctx, actions, ticket_id):
    other = commands.create_ticket(ctx, CALL).id
    commands.cancel(ctx, other, version=1, reason="Twice")
    question = commands.create_ticket(ctx, replace(CALL, type=TicketType.INQUIRY)).id
    blocked = actions.majors.blocked_declaring

    assert blocked([row(ctx, ticket_id)]) == ""
    assert blocked([]) == "Choose a ticket first."
    assert "One ticket" in blocked([row(ctx, ticket_id), row(ctx, question)])
    assert "open" in blocked([row(ctx, other)])
    assert "incident" in blocked([row(ctx, question)])
    assert actions.majors.blocked_withdrawing([row(ctx, ticket_id)]) == "This is no major incident."


def test_who_lacks_the_right_neither_sees_nor_is_asked(qtbot, ctx, env, ticket_id):
    reader = only_with(ctx, "tickets.read", "people.read", "tickets.work")
    shown = open_page(qtbot, reader, env, ticket_id)

    assert shown.action_set.qt_action("ticket.declare_major") is None
    assert [one.text() for one in shown.view.header.moves.actions() if "major" in one.text()] == []
    shown.moves.majors.declare([row(ctx, ticket_id)])
    assert shown.moves.majors.popup is None


# -- read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("is_major", [False, True])
def test_the_popup_can_be_read_and_reached(ctx, actions, supervisor, ticket_id, language, is_major):
    current.use(language)
    if is_major:
        declare_major(ctx, ticket_id, version=1, reason=WHY)
    majors = actions.majors
    (majors.withdraw if is_major else majors.declare)([row(ctx, ticket_id)])

    popup = majors.popup
    assert "Wang Fang" in popup.follows.text.text()
    assert clipped_texts(popup) == []
    assert nameless_inputs(popup) == []


def test_many_long_names_leave_the_reason_its_room(ctx, make, actions, ticket_id):
    with ctx.store.read() as read:
        role_id = read.value("SELECT id FROM role WHERE code = 'process_manager'")
    for name in ("Maximiliane von Hohenstaufen-Oberammergau", "Bartholomew Featherstonehaugh", "Wang Fang"):
        make._link("person_role", {"role_id": role_id, "person_id": make.agent(name=name)})

    actions.majors.declare([row(ctx, ticket_id)])

    popup = actions.majors.popup
    QApplication.processEvents()
    below = popup.reason.mapTo(popup, popup.reason.rect().bottomLeft()).y()
    assert below < popup.act.mapTo(popup, popup.act.rect().topLeft()).y()
    assert popup.reason.visibleRegion().boundingRect().height() == popup.reason.height()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(1208, 638), (1368, 820)])
def test_the_page_with_the_mark_stays_readable(qtbot, ctx, env, major_id, language, size):
    current.use(language)

    shown = open_page(qtbot, ctx, env, major_id, size)

    assert shown.view.header.major.isVisible()
    assert_readable(shown.view.header)


def test_lists_mark_it_in_both_languages(ctx, major_id):
    fmt = Format(current.texts, ctx.clock.now().tzinfo)
    ticket = row(ctx, major_id)
    subject = next(one for one in DeskCells(fmt, ctx.clock.now).queue_columns() if one.key == "subject")
    cells = TicketCells(fmt, ctx.clock.now)

    assert (cells.subject_look(ticket).tag, subject.look(ticket).tag) == ("Major", "Major")
    assert "Major incident" in cells.subject_hint(ticket)
    assert "Major incident" in subject.hint(ticket)
    current.use("zh_CN")
    assert cells.subject_look(ticket).tag == "重大"


@pytest.mark.parametrize("name", ThemeName)
def test_the_mark_in_a_row_is_drawn_in_the_colours_of_every_theme(qapp, list_page, ctx, major_id, name):
    theme.apply(qapp, name, "en", shipped_font=True)
    list_page.refresh()
    table = list_page.list.table
    QApplication.processEvents()
    column = [one.key for one in list_page.list.model.columns].index("subject")
    place = table.visualRect(list_page.list.model.index(0, column))

    picture = table.viewport().grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)

    dots = ((x, y) for x in range(min(80, picture.width())) for y in range(picture.height()))
    assert tok("bad").rgb() in {picture.pixel(x, y) for x, y in dots}


def test_the_reading_pane_shows_the_mark(list_page, ctx, major_id):
    list_page.refresh()

    assert list_page.pane.major.isVisible()


def test_a_chip_of_the_filter_says_what_it_asks_for(list_page, ctx, major_id):
    commands.create_ticket(ctx, replace(CALL, subject="Printer jams"))

    view = next(one for one in list_page.presenter.views if one.name == "Major incidents")
    list_page.views.chosen.emit(int(view.id))

    assert list_page.list.model.rowCount() == 1
    said = [chip.accessibleName() for chip in list_page.list.filters.chips]
    assert said == ["Status open", "Marked Major incident"]


def test_the_log_says_it_first_and_with_its_reason(qtbot, ctx, env, major_id):
    page = open_page(qtbot, ctx, env, major_id)

    item = timeline_of(page.presenter.state.detail, page.presenter.state.names)[0]

    assert item.words.startswith(f"declared a major incident: {WHY} · Priority P")
    assert (item.icon, item.tone) == ("siren", "bad")


@pytest.mark.parametrize(
    ("by", "body", "said"),
    [
        ("Li Na", {"reason": WHY}, f"Li Na declared a major incident: {WHY}"),
        ("Li Na", {"is_withdrawn": True}, "Li Na withdrew the major incident"),
        ("", {}, "Declared a major incident"),
        ("", {"is_withdrawn": True, "reason": "no"}, "No longer a major incident: no"),
    ],
)
def test_the_bell_says_who_and_why(ctx, by, body, said):
    notice = Notice(1, NoticeKind.MAJOR, ctx.clock.now(), TicketId(1), 1, "ERP", body, False, by)

    assert sentence(notice) == said


def test_the_popup_of_the_levels_offers_no_other_priority(ctx, actions, major_id):
    actions.set_levels([row(ctx, major_id)])

    popup = actions.levels.popup
    assert "until it is withdrawn" in popup.note.text()
    assert not popup.follow.isVisible()

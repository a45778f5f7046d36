"""The page of all tickets: views, filters, keys, the pane, marks, and how it comes back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from shiboken6 import delete

from app.models.entities.events import TicketsChanged
from app.models.entities.settings import SiteChoices
from app.models.entities.tickets import TicketStatus
from app.services.base.context import Actor
from app.services.setup.first_start import set_up
from app.services.tickets import commands, note_commands, queries, view_commands, view_queries
from app.views.base.format import Format
from app.views.base.i18n import current
from app.views.tickets.list_page import TicketsPage
from tests.support.describe import assert_readable, clipped_texts, shown_texts
from tests.support.pages import page_env

# What the window leaves for a page on the smallest screen: without rail, top bar and status bar.
SMALLEST = (1280 - 72, 720 - 52 - 30)


@pytest.fixture
def env(bus, tmp_path):
    return page_env(bus, tmp_path)


@pytest.fixture
def tickets(ctx, make):
    set_up(ctx, SiteChoices("Test desk", language="en"))
    return {
        name: make.ticket(subject=name, due_in=due, **columns)
        for name, due, columns in (
            ("Printer jams", timedelta(hours=3), {}),
            ("VPN drops", timedelta(minutes=20), {}),
            ("Waits for parts", None, {"status": TicketStatus.WAITING}),
            ("Was closed", None, {"status": TicketStatus.CLOSED}),
        )
    }


@pytest.fixture
def opened(qtbot, ctx, env, tickets):
    """Opens pages, and closes them before their database goes."""
    pages = []

    def open_page(size=(1368, 820), state=None, as_=None):
        spoken = replace(env, format=Format(current.texts, env.format.zone))
        page = TicketsPage(as_ or ctx, spoken)
        pages.append(page)
        if state is not None:
            page.restore_state(state)
        page.resize(*size)
        page.show()
        page.refresh()
        return page

    yield open_page
    for page in pages:
        delete(page)


@pytest.fixture
def page(opened):
    return opened()


def subjects(page):
    model = page.list.model
    rows = (model.row_at(row) for row in range(model.rowCount()))
    return [row.subject for row in rows if row is not None]


def choose(page, name):
    view = next(view for view in page.presenter.views if page.presenter.name_of(view) == name)
    page.views.chosen.emit(int(view.id))


def counts(page):
    presenter = page.presenter
    return {presenter.name_of(view): presenter.counts[view.id] for view in presenter.views}


def chips(page):
    return [chip.accessibleName() for chip in page.list.filters.chips]


# -- views and counts --------------------------------------------------------------------------------


def test_the_open_tickets_stand_there_by_time_left_and_the_paused_ones_last(page):
    assert page.list.title.text() == "All open"
    assert subjects(page) == ["VPN drops", "Printer jams", "Waits for parts"]
    assert page.list.foot_count.text() == "3 tickets"


def test_every_view_shows_how_many_tickets_it_holds(page):
    assert counts(page)["All open"] == 3
    assert counts(page)["Due within 1 hour"] == 1
    assert counts(page)["Assigned to me"] == 0


def test_choosing_a_view_shows_its_tickets_and_filters(page):
    choose(page, "Due within 1 hour")

    assert subjects(page) == ["VPN drops"]
    assert chips(page) == ["Status open", "Breached no", "Due within 1 h"]


def test_what_changes_elsewhere_is_shown_without_being_asked(qtbot, page, ctx, bus, make):
    make.ticket(subject="Brand new", due_in=timedelta(minutes=1))
    bus.publish(TicketsChanged())

    qtbot.waitUntil(lambda: subjects(page)[0] == "Brand new")
    assert counts(page)["All open"] == 4


# -- filters -----------------------------------------------------------------------------------------


def test_typed_words_narrow_the_list_and_esc_widens_it_again(qtbot, page, ctx, tickets):
    note_commands.add_note(ctx, tickets["Printer jams"].id, "toner")

    page.list.field.setText("toner")
    qtbot.keyClick(page.list.field, Qt.Key.Key_Return)
    assert subjects(page) == ["Printer jams"]

    qtbot.keyClick(page.list.field, Qt.Key.Key_Escape)
    assert len(subjects(page)) == 3


def test_a_typed_filter_becomes_a_chip_that_can_be_removed(qtbot, page):
    page.list.field.setText("status:waiting")
    qtbot.keyClick(page.list.field, Qt.Key.Key_Return)

    assert (chips(page), page.list.field.text()) == (["Status Waiting"], "")
    assert subjects(page) == ["Waits for parts"]

    qtbot.keyClick(page.list.filters.chips[0], Qt.Key.Key_Delete)
    assert len(subjects(page)) == 4


def test_a_mistake_is_explained_under_the_field_and_the_rows_stay(qtbot, page):
    page.list.field.setText("status:nonsense")
    qtbot.keyClick(page.list.field, Qt.Key.Key_Return)

    assert "“nonsense”" in page.list.error.text()
    assert page.list.error.text().startswith("At character 8:")
    assert len(subjects(page)) == 3

    page.list.field.clear()
    assert page.list.error.isHidden()


def test_the_filter_menu_adds_a_filter(page):
    menu = page.list.filters.add_menu(page)
    waiting = next(each for each in menu.actions() if each.text() == "Status").menu()
    next(each for each in waiting.actions() if each.text() == "Waiting").trigger()

    assert chips(page) == ["Status open, Waiting"]


def test_a_click_on_a_title_sorts_and_the_chip_takes_it_back(page):
    page.list.table.sort_asked.emit("number", True)

    assert subjects(page)[0] == "Waits for parts"
    assert chips(page)[-1] == "Sorted number ↓"

    page.list.filters.chips[-1].remove_asked.emit()
    assert subjects(page)[0] == "VPN drops"


def test_the_order_chip_turns_the_order_round_or_chooses_another(page):
    page.list.table.sort_asked.emit("number", False)
    menu = page.list.filters.order_menu(page.presenter.order, page)
    next(each for each in menu.actions() if each.isChecked()).trigger()
    assert chips(page)[-1] == "Sorted number ↓"

    next(each for each in menu.actions() if each.text() == "subject").trigger()
    assert subjects(page) == ["Printer jams", "VPN drops", "Waits for parts"]


def test_a_chip_no_menu_can_change_goes_back_into_the_field(page):
    page.presenter.show_query("status:open printer")

    page.list.filters.chips[0].edit_asked.emit()

    assert page.list.field.text() == "printer"
    assert chips(page) == ["Status open"]


# -- saving views ------------------------------------------------------------------------------------


def test_what_is_shown_can_be_saved_as_a_view_and_is_chosen_then(page, env, ctx):
    page.presenter.type_filter("status:waiting")
    env.dialogs.text = "Waiting ones"

    page.list.filters.save.click()

    assert page.list.title.text() == "Waiting ones"
    assert "Waiting ones" in [view.name for view in view_queries.saved_views(ctx)]
    assert env.shell.said == ["Saved the view “Waiting ones”"]


def test_renaming_and_removing_a_view_is_told_and_can_be_taken_back(page, env, ctx):
    choose(page, "Unassigned")
    env.dialogs.text = "Nobody's"
    page.action_set.run("views.rename")
    assert page.list.title.text() == "Nobody's"

    page.action_set.run("views.retire")
    assert page.list.title.text() == "All open"

    env.shell.outcomes[-1].undo.run()
    page.refresh()
    assert "Nobody's" in [page.presenter.name_of(view) for view in page.presenter.views]


def test_a_view_that_somebody_removed_gives_way_to_the_open_tickets(page, ctx):
    choose(page, "Breached")
    view = page.presenter.view
    view_commands.retire_view(ctx, view.id, version=view.version)

    page.refresh()

    assert page.list.title.text() == "All open"


# -- rows and keys -----------------------------------------------------------------------------------


def test_keys_move_open_and_mark(qtbot, page, env, tickets):
    table = page.list.table
    qtbot.keyClick(table, Qt.Key.Key_J)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert env.shell.opened == [("ticket", {"id": tickets["Printer jams"].id})]

    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert page.list.bulk.count.text() == "1 selected"
    assert page.list.foot_count.text() == "3 tickets · 1 selected"

    qtbot.keyClick(table, Qt.Key.Key_Escape)
    assert page.list.bulk.isHidden()


def test_f6_goes_from_pane_to_pane(page):
    page.list.table.setFocus()
    stops = []
    for _turn in range(3):
        page.cycle_panes()
        stops.append(page.focusWidget())

    assert stops == [page.pane.assign, page.views.list, page.list.table]


def test_the_pane_shows_the_current_ticket(qtbot, page):
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")
    qtbot.keyClick(page.list.table, Qt.Key.Key_J)

    qtbot.waitUntil(lambda: page.pane.subject.text() == "Printer jams")


def test_a_note_is_saved_with_ctrl_enter_and_what_was_typed_elsewhere_stays(qtbot, page, ctx, tickets):
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")
    page.action_set.run("tickets.note")
    page.pane.composer.text.setPlainText("Called the provider")
    page.list.table.setFocus()
    qtbot.keyClick(page.list.table, Qt.Key.Key_J)
    qtbot.waitUntil(lambda: page.pane.subject.text() == "Printer jams")
    assert page.pane.composer.text.toPlainText() == ""

    qtbot.keyClick(page.list.table, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")
    assert page.pane.composer.text.toPlainText() == "Called the provider"
    qtbot.keyClick(page.pane.composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    events = queries.ticket_detail(ctx, tickets["VPN drops"].id).events
    assert events[-1].new == "Called the provider"
    assert page.pane.composer.text.toPlainText() == ""


def test_a_text_being_written_stays_with_its_ticket_when_rows_go(qtbot, page, ctx, tickets, bus):
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")
    page.action_set.run("tickets.note")
    page.pane.composer.text.setPlainText("half a sent")

    commands.cancel(ctx, tickets["VPN drops"].id, version=1, reason="Called by mistake")
    page.refresh()
    assert page.list.current.subject == "Printer jams"
    assert page.pane.subject.text() == "VPN drops"

    page.list.table.setFocus()
    qtbot.waitUntil(lambda: page.pane.subject.text() == "Printer jams")


def test_many_columns_leave_the_subject_readable(page):
    header = page.list.table.columns_header
    for key in ("assignee", "team", "category", "type", "channel"):
        header.show_column(key, is_shown=True)
    subject = next(n for n, column in enumerate(page.list.model.columns) if column.key == "subject")
    assert header.sectionSize(subject) >= 200

    for key in ("assignee", "team", "category", "type", "channel"):
        header.show_column(key, is_shown=False)
    assert header.length() == page.list.table.viewport().width()


def test_a_ticket_that_cannot_be_read_is_said_to_be_gone(qtbot, page, env):
    page.reading.show(9999)

    qtbot.waitUntil(lambda: bool(env.shell.errors))
    assert "does not exist any more" in page.pane.trouble.text.text()


# -- targets, state, size ----------------------------------------------------------------------------


def test_a_query_from_elsewhere_opens_its_view_or_stands_alone(page):
    page.show_target({"query": "status:open assignee:none"})
    assert page.list.title.text() == "Unassigned"

    page.show_target({"query": "status:waiting"})
    assert (page.list.title.text(), subjects(page)) == ("Tickets", ["Waits for parts"])


def test_a_ticket_from_elsewhere_becomes_the_current_one(page, tickets):
    page.show_target({"id": tickets["Waits for parts"].id})

    assert page.list.current.subject == "Waits for parts"


def test_the_page_comes_back_as_it_was_left(qtbot, page, opened, tickets):
    choose(page, "Unassigned")
    page.presenter.sort_by("number", True)
    page.list.table.go_to_id(tickets["VPN drops"].id)
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")
    page.pane.composer.text.setPlainText("half a sentence")
    page.leave()

    again = opened(state=page.save_state())

    assert again.list.title.text() == "Unassigned"
    assert subjects(again)[0] == "Waits for parts"
    assert again.list.current.subject == "VPN drops"
    qtbot.waitUntil(lambda: again.pane.composer.text.toPlainText() == "half a sentence")


def test_columns_are_remembered_for_each_view(page, env):
    header = page.list.table.columns_header
    choose(page, "Unassigned")
    header.show_column("requester", is_shown=False)
    choose(page, "All open")
    assert "requester" not in header.save_layout()["hidden"]

    choose(page, "Unassigned")
    assert "requester" in header.save_layout()["hidden"]


def test_it_fits_the_smallest_window_and_folds_the_views_into_the_title(opened):
    page = opened(size=SMALLEST)

    assert page.views.isHidden()
    assert page.list.views_button.isVisible()
    assert page.minimumSizeHint().width() <= SMALLEST[0]
    assert page.minimumSizeHint().height() <= SMALLEST[1]
    assert "All open\t3" in [action.text() for action in page.views.menu(page).actions()]


@pytest.fixture
def speak():
    yield current.use
    current.use("en")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [SMALLEST, (1368, 820)])
def test_everything_can_be_read_and_reached(qtbot, opened, speak, size, language):
    speak(language)
    page = opened(size=size)
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")

    qtbot.waitUntil(lambda: clipped_texts(page) == [])  # layouts settle with the next events
    assert_readable(page)


def test_a_reader_of_chinese_finds_no_english_word(qtbot, opened, speak):
    speak("zh_CN")
    page = opened()
    qtbot.waitUntil(lambda: page.pane.subject.text() == "VPN drops")

    texts = " ".join(shown_texts(page))
    assert "全部未结" in texts
    left_over = set(re.findall(r"[A-Za-z]{2,}", texts)) - {"VPN", "drops", "Enter", "VIP", "Ctrl"}
    assert left_over == set()


def test_an_empty_list_says_what_would_be_here(page):
    choose(page, "With field")

    assert page.list.empty.isVisible()
    assert page.list.count.text() == "0"


def test_somebody_without_rights_sees_no_action_he_may_not_take(ctx, opened):
    reader = ctx.acting_as(Actor(None, "Reader", frozenset({"tickets.read", "people.read"}), "PC-03"))
    page = opened(as_=reader)

    ids = {action.id for action in page.action_set.actions}
    assert "tickets.assign" not in ids
    assert "views.share" not in ids
    assert page.action_set.qt_action("views.rename").isEnabled() is False


def test_tab_reaches_the_filters_before_the_button_that_adds_one(page):
    bar = page.list.filters

    after = bar.chips[-1].nextInFocusChain()
    while not after.focusPolicy() & Qt.FocusPolicy.TabFocus:
        after = after.nextInFocusChain()

    assert after is bar.add

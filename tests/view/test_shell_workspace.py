"""The workspace: rail, counters, toasts, the way back, and what outlives a change of look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QPixmap, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QWidget
from pytestqt.qtbot import QtBot

from app.models.entities.errors import RuleViolation, StoreUnavailable
from app.models.entities.tickets import Channel, NewTicket, TicketType
from app.services.base.clock import FixedClock
from app.services.base.context import Actor, Context
from app.services.base.events import EventBus
from app.services.base.undo import Outcome, Undo
from app.services.tickets.commands import create_ticket
from app.views.base.i18n import current
from app.views.base.theme import tok
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.commands import Steering, window_actions
from app.views.shell.rail import RailButton
from app.views.shell.statusbar import CounterButton
from app.views.shell.workspace import Workspace
from tests.support.describe import clipped_texts, nameless_inputs, shown_texts
from tests.support.shell import PAGES, NotePage, session_of, site_of, workplace


@pytest.fixture
def work(qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path) -> Workspace:
    site_of(ctx)
    made = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(made)
    made.resize(1280, 720)
    made.show()
    made.start()
    return made


def page_of(work: Workspace) -> NotePage:
    page = work.stack.page
    assert isinstance(page, NotePage)
    return page


def counter(work: Workspace, field: str) -> CounterButton:
    found = work.findChild(CounterButton, f"counter.{field}")
    assert isinstance(found, CounterButton)
    return found


def toasts(work: Workspace) -> list[str]:
    return [label.text() for toast in work.toasts.shown for label in toast.findChildren(PlainLabel)]


def test_it_begins_on_the_first_page_of_the_rail(work: Workspace) -> None:
    assert work.stack.name == "first"
    assert page_of(work).asked == ["refresh"]


def test_a_click_on_the_rail_opens_the_page_and_marks_it(qtbot: QtBot, work: Workspace) -> None:
    button = work.findChild(RailButton, "rail.tickets")
    assert isinstance(button, RailButton)

    button.click()

    assert work.stack.name == "tickets"
    assert button.isChecked()


def test_a_page_asked_for_with_a_target_shows_it_before_it_reads(work: Workspace) -> None:
    work.open("ticket", {"id": 7})

    assert page_of(work).asked == ["show_target", "refresh"]
    assert page_of(work).target == {"id": 7}


def test_back_shows_the_page_before_as_it_was(work: Workspace) -> None:
    work.open("ticket", {"id": 7})
    work.open("tickets", {})

    work.back()

    assert work.stack.name == "ticket"
    assert page_of(work).kept == {"id": 7}


def test_leaving_a_page_lets_it_save_its_drafts(work: Workspace) -> None:
    left = page_of(work)

    work.open("tickets")

    assert "leave" in left.asked


def test_a_page_one_may_not_see_is_refused_in_a_sentence(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path
) -> None:
    site_of(ctx)
    reader = ctx.acting_as(Actor(None, "reader", frozenset({"tickets.read"}), "pc"))
    work = Workspace(session_of(reader), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(work)
    work.start()

    work.open("foot")

    assert work.stack.name == "first"
    assert toasts(work)


def test_counters_follow_the_tickets(qtbot: QtBot, work: Workspace, ctx: Context) -> None:
    assert counter(work, "unassigned").count == "0"

    create_ticket(ctx, NewTicket(TicketType.INCIDENT, Channel.PHONE, "No network", impact=3, urgency=2))

    qtbot.waitUntil(lambda: counter(work, "unassigned").count == "1")


def test_a_counter_is_a_filter(work: Workspace) -> None:
    counter(work, "unassigned").click()

    assert work.stack.name == "tickets"
    assert page_of(work).target == {"query": "status:open assignee:none"}


def test_what_was_done_can_be_taken_back_from_its_toast(work: Workspace) -> None:
    taken_back: list[str] = []

    def undo() -> Outcome:
        taken_back.append("undone")
        return Outcome(1, 2)

    work.did(Outcome(1, 1, Undo("people.added", undo, {"name": "Li Na"})))
    work.toasts.shown[0].action.click()

    assert taken_back == ["undone"]


def test_an_expected_error_is_a_toast(work: Workspace) -> None:
    work.failed(RuleViolation("tickets.no_subject"))

    assert len(work.toasts.shown) == 1


def test_a_lost_database_shows_the_bar_until_it_answers(work: Workspace) -> None:
    work.failed(StoreUnavailable("store.lost", path="x"))
    was_shown = work.lost.isVisible()

    work.watch.try_now()

    assert was_shown
    assert not work.lost.isVisible()


def test_the_pages_read_again_once_the_database_is_back(work: Workspace) -> None:
    work.watch.hear(is_reachable=False)
    before = page_of(work).asked.count("refresh")

    work.watch.hear(is_reachable=True)

    assert page_of(work).asked.count("refresh") == before + 1


def test_a_new_workspace_takes_over_what_the_old_one_showed(
    qtbot: QtBot, work: Workspace, ctx: Context
) -> None:
    work.open("ticket", {"id": 7})
    again = Workspace(work.session, work.place, screens=PAGES)
    qtbot.addWidget(again)

    again.start(work.state)

    assert again.stack.name == "ticket"
    assert page_of(again).kept == {"id": 7}


def test_a_state_of_a_page_that_is_gone_is_passed_over(qtbot: QtBot, work: Workspace) -> None:
    again = Workspace(work.session, work.place, screens=PAGES)
    qtbot.addWidget(again)

    again.start({"page": "gone", "pages": {"gone": {}, "first": 3}})

    assert again.stack.name == "first"


def test_nothing_is_cut_off_or_nameless_at_the_smallest_size(work: Workspace) -> None:
    assert clipped_texts(work) == []
    assert nameless_inputs(work) == []


def test_the_time_of_the_last_reading_is_shown_in_the_sites_zone(work: Workspace, clock: FixedClock) -> None:
    assert any("18:00" in text for text in shown_texts(work))


class Step:
    """A thing that is done and taken back, again and again."""

    def __init__(self) -> None:
        self.is_done = True

    def outcome(self) -> Outcome:
        return Outcome(1, 2, Undo("tickets.undo.assigned", self.turn, {"number": 1}))

    def turn(self) -> Outcome:
        self.is_done = not self.is_done
        return self.outcome()


def installed(work: Workspace) -> Workspace:
    """Return the workspace with the window's real actions on it."""
    actions = window_actions(work, Stay(), palette=lambda: None, shortcuts=lambda: None)
    work.install(actions)
    work.activateWindow()
    work.setFocus()
    return work


class Stay(Steering):
    """A program that never changes its look."""

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None:
        raise AssertionError

    def wears(self, theme: str) -> bool:
        return False

    def sign_out(self) -> None:
        raise AssertionError


def test_what_was_done_is_taken_back_and_done_again_by_its_keys(qtbot: QtBot, work: Workspace) -> None:
    installed(work)
    step = Step()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    work.did(step.outcome())

    states = []
    for key, keys in (
        (Qt.Key.Key_Z, control),
        (Qt.Key.Key_Y, control),
        (Qt.Key.Key_Z, control),
        (Qt.Key.Key_Z, control | shift),
    ):
        QTest.keyClick(work, key, keys)
        states.append(step.is_done)

    assert states == [False, True, False, True]


def test_undo_waits_until_there_is_something_to_take_back(work: Workspace) -> None:
    installed(work)
    assert work.action_set is not None
    undo, redo = work.action_set.qt_action("shell.undo"), work.action_set.qt_action("shell.redo")
    assert undo is not None
    assert redo is not None
    before = (undo.isEnabled(), redo.isEnabled())
    work.did(Step().outcome())
    done = (undo.isEnabled(), redo.isEnabled())
    work.undo.undo()

    assert (before, done) == ((False, False), (True, False))
    assert (undo.isEnabled(), redo.isEnabled()) == (False, True)


def test_what_is_done_quietly_shows_no_toast_and_can_be_taken_back(work: Workspace) -> None:
    step = Step()

    work.did(step.outcome(), quiet=True)
    said = toasts(work)
    work.undo.undo()

    assert said == []
    assert not step.is_done


def test_the_rail_folds_to_icons_and_remembers_it(
    qtbot: QtBot, work: Workspace, ctx: Context, bus: EventBus, tmp_path: Path
) -> None:
    wide = work.rail.width()
    installed(work)
    QTest.keyClick(work, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    folded = work.rail.width()
    button = work.findChild(RailButton, "rail.tickets")
    again = Workspace(session_of(ctx), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(again)
    again.rail.fold.click()

    assert folded < wide
    assert button is not None
    assert button.accessibleName() == "Tickets"
    assert work.rail.is_folded
    assert not again.rail.is_folded  # it came folded, and the click unfolded it


def test_the_persons_own_name_comes_in_the_windows_language(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path
) -> None:
    site_of(ctx)
    mine = ctx.acting_as(replace(ctx.actor, name="Li Na", name_alt="李娜"))
    said = []
    for language in ("en", "zh_CN"):
        current.use(language)
        made = Workspace(session_of(mine), workplace(tmp_path, bus), screens=PAGES)
        qtbot.addWidget(made)
        said.append(made.top.person.toolTip())
    current.use("en")

    assert ["Li Na" in said[0], "李娜" in said[1]] == [True, True]


def test_who_may_not_create_tickets_has_neither_button_nor_menu(
    qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path
) -> None:
    site_of(ctx)
    reader = ctx.acting_as(replace(ctx.actor, permissions=frozenset({"tickets.read"})))
    made = Workspace(session_of(reader), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(made)
    made.show()

    assert not made.top.new.isVisible()
    assert not made.top.more.isVisible()


def test_every_pixel_is_painted_also_behind_the_round_corners(work: Workspace) -> None:
    drawn = QPixmap(work.size())
    drawn.fill(QColor("magenta"))

    # Without the window's own ground: only what the workspace and its parts paint themselves.
    work.render(drawn, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)

    image = drawn.toImage()
    sheet = work.findChild(QFrame, "sheet")
    assert isinstance(sheet, QFrame)
    corner = sheet.mapTo(work, QPoint(0, 0))
    assert image.pixelColor(corner) == tok("chrome")
    assert image.pixelColor(corner) == image.pixelColor(corner - QPoint(2, 2))

"""The bell: what is unread, the popup with the keyboard alone, toasts, the tray, and how loud it all is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from app.models.entities.ids import PersonId, TicketId
from app.models.entities.notices import NewNotice, NoticeKind
from app.services.base.clock import FixedClock
from app.services.base.context import Context
from app.services.base.events import EventBus
from app.services.notices import queries
from app.views.base.widgets.labels import PlainLabel
from app.views.shell.notices_popup import NoticesPopup
from app.views.shell.notices_presenter import NoticesPresenter
from app.views.shell.tray import NoTray, SystemTray, system_tray
from app.views.shell.workspace import Workspace
from tests.support.describe import clipped_texts, nameless_inputs
from tests.support.factories import Made, Make
from tests.support.notices import acting, told
from tests.support.shell import PAGES, NotePage, session_of, site_of, workplace


@dataclass
class FakeTray:
    """Remembers what was told."""

    asked: Callable[[], None]
    balloons: list[tuple[str, str]] = field(default_factory=list)
    said: str = ""
    is_there: bool = True
    people: Sequence[str] = ()

    def tell(self, title: str, text: str) -> None:
        self.balloons.append((title, text))

    def say(self, text: str) -> None:
        self.said = text

    def list_people(self, entries: Sequence[str]) -> None:
        self.people = entries

    def remove(self) -> None:
        self.is_there = False


class Desk:
    """A workspace of one agent, who is told things."""

    def __init__(self, ctx: Context, make: Make, bus: EventBus, folder: Path) -> None:
        site_of(ctx)
        self.root, self.make = ctx, make
        self.me = make.agent(name="Li Na")
        self.trays: list[FakeTray] = []
        place = replace(workplace(folder, bus), tray=self._tray)
        self.work = Workspace(session_of(acting(ctx, self.me)), place, screens=PAGES)

    def _tray(self, _window: QWidget, asked: Callable[[], None]) -> FakeTray:
        self.trays.append(FakeTray(asked))
        return self.trays[-1]

    def tell(
        self, *subjects: str, kind: NoticeKind = NoticeKind.ASSIGNED, body: dict[str, object] | None = None
    ) -> list[Made]:
        """Write one notice for me about a new ticket of each subject."""
        tickets = [self.make.ticket(subject=subject) for subject in subjects]
        told(
            self.root,
            [
                NewNotice(PersonId(self.me.id), kind, f"{kind}:{ticket.id}", TicketId(ticket.id), body or {})
                for ticket in tickets
            ],
        )
        QApplication.processEvents()
        return tickets

    @property
    def toasts(self) -> list[str]:
        return [label.text() for toast in self.work.toasts.shown for label in toast.findChildren(PlainLabel)]

    @property
    def popup(self) -> NoticesPopup:
        found = self.work.notices.popup
        assert found is not None
        return found

    @property
    def unread(self) -> int:
        return queries.unread_count(self.work.session.ctx)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.popup.list, key)
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot: QtBot, ctx: Context, make: Make, bus: EventBus, tmp_path: Path) -> Desk:
    made = Desk(ctx, make, bus, tmp_path)
    qtbot.addWidget(made.work)
    made.work.resize(1280, 720)
    made.work.show()
    qtbot.waitActive(made.work).__enter__()
    return made


def test_the_bell_counts_what_is_unread_and_says_so(desk: Desk) -> None:
    desk.tell("VPN drops", "Printer jams")

    desk.work.start()

    bell = desk.work.top.bell
    assert (bell.badge, bell.accessibleName()) == ("2", "2 unread notices")


def test_what_was_there_before_the_window_is_no_news(desk: Desk) -> None:
    desk.tell("VPN drops")

    desk.work.start()

    assert desk.toasts == []


def test_a_notice_that_comes_while_the_window_is_open_is_a_toast(desk: Desk) -> None:
    desk.work.start()

    (ticket,) = desk.tell("VPN drops")

    assert desk.work.top.bell.badge == "1"
    assert desk.toasts == [f"This ticket was assigned to you · #{ticket.number} VPN drops"]


def test_the_toast_opens_the_ticket_and_marks_the_notice_read(desk: Desk) -> None:
    desk.work.start()
    (ticket,) = desk.tell("VPN drops")

    desk.work.toasts.shown[0].action.click()

    assert desk.work.stack.name == "ticket"
    page = desk.work.stack.page
    assert isinstance(page, NotePage)
    assert page.target == {"id": ticket.id}
    assert desk.unread == 0


def test_several_at_once_are_one_toast_that_opens_the_list(desk: Desk) -> None:
    desk.work.start()
    desk.tell("VPN drops", "Printer jams", "Screen dark", kind=NoticeKind.WARNED)

    assert desk.toasts == ["3 new notices"]
    desk.work.toasts.shown[0].action.click()

    assert desk.popup.isVisible()
    assert desk.unread == 3


def test_a_notice_for_somebody_else_changes_nothing_here(desk: Desk) -> None:
    desk.work.start()
    other = desk.make.agent()
    told(desk.root, [NewNotice(PersonId(other.id), NoticeKind.WARNED, "other")])
    QApplication.processEvents()

    assert (desk.work.top.bell.badge, desk.toasts) == ("", [])


def test_a_notice_put_off_is_told_when_its_time_comes(desk: Desk, clock: FixedClock) -> None:
    desk.work.start()
    later = clock.now() + timedelta(hours=1)
    told(desk.root, [NewNotice(PersonId(desk.me.id), NoticeKind.WARNED, "later", show_at=later)])
    QApplication.processEvents()
    assert desk.toasts == []

    clock.advance(timedelta(hours=1))
    desk.work.place.ticker.minute.emit()

    assert desk.toasts == ["Its time is running out"]


def arriving(desk: Desk) -> tuple[NoticesPresenter, list[str]]:
    """A presenter that looks for the first time now, and the subjects of what arrives later."""
    place, arrived = desk.work.place, []
    presenter = NoticesPresenter(
        desk.work.session.ctx, place.tasks, lambda _outcome: None, lambda _error: None, desk.work
    )
    presenter.arrived.connect(lambda fresh: arrived.extend(notice.subject for notice in fresh))
    presenter.refresh()
    return presenter, arrived


def test_an_old_notice_that_others_made_room_for_is_no_news(desk: Desk, clock: FixedClock) -> None:
    desk.tell("The oldest")
    clock.advance(timedelta(minutes=1))
    desk.tell(*(f"Ticket {number}" for number in range(50)))
    presenter, arrived = arriving(desk)
    assert all(notice.subject != "The oldest" for notice in presenter.bell.notices)

    presenter.mark_read(presenter.bell.notices[0])

    assert presenter.bell.notices[-1].subject == "The oldest"
    assert arrived == []


def test_one_put_off_is_news_even_where_later_ones_were_seen(desk: Desk, clock: FixedClock) -> None:
    ticket = desk.make.ticket(subject="Put off")
    later = clock.now() + timedelta(hours=1)
    put_off = NewNotice(PersonId(desk.me.id), NoticeKind.WARNED, "later", TicketId(ticket.id), show_at=later)
    told(desk.root, [put_off])
    desk.tell("Seen")
    presenter, arrived = arriving(desk)

    clock.advance(timedelta(hours=1))
    presenter.refresh()

    assert arrived == ["Put off"]


def test_the_popup_is_read_with_the_keyboard_alone(desk: Desk) -> None:
    desk.tell("First")
    (newest,) = desk.tell("Second", kind=NoticeKind.WARNED, body={"percent": 90, "clock": "resolution"})
    desk.work.start()
    desk.work.notices.open()
    assert desk.popup.list.hasFocus()
    assert "90 % of the resolution time is used" in desk.popup.list.said[0]
    assert desk.popup.list.said[0].startswith("unread, ")

    desk.press(Qt.Key.Key_Down)
    desk.press(Qt.Key.Key_R)
    assert desk.unread == 1
    desk.press(Qt.Key.Key_Space)
    assert desk.unread == 2
    desk.press(Qt.Key.Key_Up)
    desk.press(Qt.Key.Key_Return)

    assert (desk.work.stack.name, desk.popup.isVisible()) == ("ticket", False)
    page = desk.work.stack.page
    assert isinstance(page, NotePage)
    assert page.target == {"id": newest.id}
    assert desk.unread == 1


def test_all_are_marked_read_at_once_and_that_is_taken_back(desk: Desk) -> None:
    desk.tell("First", "Second")
    desk.work.start()
    desk.work.notices.open()

    desk.popup.all_read.click()
    assert (desk.unread, desk.work.top.bell.badge) == (0, "")
    assert desk.toasts[0] == "Marked 2 notices as read"

    desk.work.undo.undo()
    QApplication.processEvents()
    assert (desk.unread, desk.work.top.bell.badge) == (2, "2")


def test_marking_one_notice_is_no_step_of_the_windows_undo(desk: Desk) -> None:
    desk.tell("First")
    desk.work.start()
    desk.work.notices.open()

    desk.press(Qt.Key.Key_R)

    assert desk.work.undo.undo_step is None


def test_without_notices_the_popup_says_so(desk: Desk) -> None:
    desk.work.start()

    desk.work.notices.open()

    assert desk.popup.nothing.isVisible()
    assert not desk.popup.all_read.isVisible()
    QTest.keyClick(desk.popup, Qt.Key.Key_Escape)
    assert not desk.popup.isVisible()


def test_nothing_in_the_popup_is_cut_off_or_nameless(desk: Desk) -> None:
    desk.tell("First")
    desk.work.start()
    desk.work.notices.open()

    assert clipped_texts(desk.popup) == []
    assert nameless_inputs(desk.popup) == []


def test_toasts_can_be_switched_off(desk: Desk) -> None:
    desk.work.start()
    desk.work.place.prefs.change(notices_as_toasts=False)

    desk.tell("VPN drops")

    assert (desk.toasts, desk.work.top.bell.badge) == ([], "1")


def test_a_window_in_the_background_tells_in_the_tray(desk: Desk, qtbot: QtBot) -> None:
    desk.work.start()
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    elsewhere.show()
    elsewhere.activateWindow()
    qtbot.waitUntil(lambda: not desk.work.isActiveWindow())

    (ticket,) = desk.tell("VPN drops")

    assert desk.trays[0].balloons == [("This ticket was assigned to you", f"#{ticket.number} VPN drops")]
    assert desk.toasts == []
    assert desk.trays[0].said.splitlines()[0] == "Firstline: 1 unread notice"


def test_a_click_on_the_tray_brings_the_notices_forward(desk: Desk) -> None:
    desk.tell("VPN drops")
    desk.work.start()

    desk.trays[0].asked()

    assert desk.popup.isVisible()


def test_the_tray_can_be_switched_off_and_on(desk: Desk) -> None:
    desk.work.start()

    desk.work.place.prefs.change(notices_in_tray=False)
    assert [tray.is_there for tray in desk.trays] == [False]

    desk.work.place.prefs.change(notices_in_tray=True)
    assert [tray.is_there for tray in desk.trays] == [False, True]


def test_signing_out_takes_the_icon_away(desk: Desk) -> None:
    desk.work.leave()

    assert [tray.is_there for tray in desk.trays] == [False]


def test_who_may_not_see_tickets_has_no_bell(
    qtbot: QtBot, ctx: Context, make: Make, bus: EventBus, tmp_path: Path
) -> None:
    site_of(ctx)
    guest = acting(ctx, make.agent(), frozenset({"settings.read"}))
    work = Workspace(session_of(guest), workplace(tmp_path, bus), screens=PAGES)
    qtbot.addWidget(work)
    work.show()
    work.start()

    work.notices.open()

    assert not work.top.bell.isVisible()
    assert work.notices.popup is None


def test_where_the_system_has_no_tray_nothing_happens(desk: Desk) -> None:
    tray = system_tray(desk.work, desk.work.notices.open)

    tray.tell("A title", "A text")
    tray.say("One notice")
    tray.remove()

    assert isinstance(tray, NoTray)


@pytest.mark.qt_log_ignore("systemTrayWindowChanged")  # offscreen has an icon's window, but no tray
def test_the_systems_own_tray_is_told_and_asked(desk: Desk) -> None:
    asked: list[str] = []
    tray = SystemTray(desk.work, lambda: asked.append("asked"))

    tray.say("One notice")
    (icon,) = desk.work.findChildren(QSystemTrayIcon)
    icon.messageClicked.emit()

    assert (icon.toolTip(), icon.isVisible(), asked) == ("One notice", True, ["asked"])
    assert not icon.icon().isNull()
    tray.remove()
    assert not icon.isVisible()

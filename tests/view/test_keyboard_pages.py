"""Every page by keys: where the focus is when it opens, which keys it has, and that no two collide."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services.base.context import Context
from app.services.base.events import EventBus
from app.views.base.actions import Action
from app.views.base.widgets.popups import Popup
from app.views.shell.commands import Steering, window_actions
from app.views.shell.palette import Palette
from app.views.shell.registry import SCREENS, rail_order
from app.views.shell.shortcuts import ShortcutsPopup
from app.views.shell.workspace import Workspace
from tests.support.shell import session_of, site_of, workplace

ALL = [screen.name for screen in SCREENS]
WITHOUT_A_RECORD = [name for name in ALL if name != "ticket"]
ROOM = (1280, 720)


class NoSteering(Steering):
    """A program that changes nothing."""

    def change_look(self, *, language: str | None = None, theme: str | None = None) -> None: ...

    def wears(self, theme: str) -> bool:
        return theme == ""

    def sign_out(self) -> None: ...


@pytest.fixture
def work(qtbot: QtBot, ctx: Context, bus: EventBus, tmp_path: Path) -> Workspace:
    """The window's inside on a site as it is set up first, with every page and every key."""
    site_of(ctx)
    made = Workspace(session_of(ctx), workplace(tmp_path, bus))
    qtbot.addWidget(made)
    made.resize(*ROOM)
    palette = Palette(made)
    made.install(
        window_actions(
            made, NoSteering(), palette=palette.open, shortcuts=lambda: ShortcutsPopup(made).open_centred()
        )
    )
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.start()
    return made


def press(*keys: str) -> None:
    for key in keys:
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(key))
        QApplication.processEvents()


def popup(work: Workspace, name: str) -> Popup:
    found = work.findChild(Popup, name)
    assert isinstance(found, Popup)
    return found


def texts_of(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel)}


def actions_of(work: Workspace) -> list[Action]:
    assert work.stack.page is not None
    return [action for action in work.stack.page.actions_shown if action.shortcut]


@pytest.mark.parametrize("name", ALL)
def test_no_key_of_a_page_means_two_things_there(work: Workspace, name: str) -> None:
    work.open(name)

    twice = [key for key, count in Counter(each.shortcut for each in actions_of(work)).items() if count > 1]

    assert twice == []


@pytest.mark.parametrize("name", ALL)
def test_keys_that_lead_from_page_to_page_mean_nothing_else_anywhere(work: Workspace, name: str) -> None:
    """Whoever has learned Alt+4 or Alt+D gets there from every page."""
    assert work.action_set is not None
    leading = {each.shortcut for each in work.action_set.actions if each.id.startswith("go.")}

    work.open(name)

    assert leading & {each.shortcut for each in actions_of(work)} <= {"Ctrl+N"}


@pytest.mark.parametrize("name", WITHOUT_A_RECORD)
def test_a_page_that_opens_has_the_focus(work: Workspace, name: str) -> None:
    work.open(name)
    QApplication.processEvents()

    focused = QApplication.focusWidget()

    assert work.stack.page is not None
    assert focused is not None
    assert focused is work.stack.page or work.stack.page.isAncestorOf(focused)


@pytest.mark.parametrize(
    "name", ["desk", "tickets", "new_ticket", "knowledge", "reports", "settings", "duty"]
)
def test_the_focus_of_a_page_that_opens_is_on_no_button(work: Workspace, name: str) -> None:
    """A button would be pressed by the next key of somebody who does not look."""
    press("Alt+5")

    work.open(name)

    assert not isinstance(QApplication.focusWidget(), QAbstractButton)


def test_a_page_shown_again_has_the_focus_where_it_was(work: Workspace) -> None:
    work.open("reports")
    assert work.stack.page is not None
    work.stack.page.cycle_panes()
    left_at = QApplication.focusWidget()
    press("Alt+1")

    press("Alt+7")

    assert QApplication.focusWidget() is left_at


def test_every_page_of_daily_work_is_one_key_away(work: Workspace) -> None:
    assert work.action_set is not None

    keyed = {each.id.removeprefix("go.") for each in work.action_set.actions if each.id.startswith("go.")}

    assert keyed >= {screen.name for screen in rail_order(work.screens)} | {"new_ticket", "duty", "requests"}


@pytest.mark.parametrize(("key", "name"), [("Alt+D", "duty"), ("Alt+L", "requests"), ("Alt+5", "handover")])
def test_pages_beside_the_rail_open_by_their_keys_and_are_in_the_overview(
    work: Workspace, key: str, name: str
) -> None:
    press(key)

    press("F1")

    assert work.stack.name == name
    title = next(str(screen.title) for screen in SCREENS if screen.name == name)
    assert title in texts_of(popup(work, "shortcuts"))


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("wall", "Assign the chosen card"),
        ("handover", "Take over the whole section"),
        ("handover", "Prove the book of handovers"),
        ("requests", "Approve or accept"),
        ("roster", "Copy last week"),
        ("duty", "Leave the desk, or come back"),
    ],
)
def test_the_overview_names_what_a_supervisor_does_on_a_page(work: Workspace, page: str, told: str) -> None:
    work.open(page)

    press("F1")

    assert told in texts_of(popup(work, "shortcuts"))


def test_the_overview_scrolls_by_keys_at_once(work: Workspace) -> None:
    work.open("roster")

    press("F1", "PgDown")

    assert popup(work, "shortcuts").isVisible()
    assert popup(work, "shortcuts").isAncestorOf(QApplication.focusWidget())


def test_a_key_to_another_page_closes_the_overview_and_leads_into_the_page(work: Workspace) -> None:
    press("F1")

    press("Alt+7")

    assert work.stack.name == "reports"
    assert [each for each in work.findChildren(Popup, "shortcuts") if each.isVisible()] == []
    assert work.stack.page is not None
    assert work.stack.page.isAncestorOf(QApplication.focusWidget())


def test_a_key_to_another_page_closes_the_palette_too(work: Workspace) -> None:
    press("Ctrl+K")

    press("Alt+7")

    assert popup(work, "palette").isHidden()
    assert work.stack.page is not None
    assert work.stack.page.isAncestorOf(QApplication.focusWidget())


def test_keys_go_on_working_after_what_had_the_focus_was_hidden(work: Workspace) -> None:
    work.open("reports")
    focused = QApplication.focusWidget()
    assert work.stack.page is not None
    focused.clearFocus()
    QApplication.processEvents()

    press("Alt+5")

    assert work.stack.name == "handover"


def test_the_parts_of_the_requests_page_keep_the_keyboard_though_nothing_waits_there(work: Workspace) -> None:
    press("Alt+L", "Ctrl+6", "Ctrl+1")

    press("Alt+5")

    assert work.stack.name == "handover"


def test_what_is_not_possible_is_told_once_and_not_stacked_up(work: Workspace) -> None:
    press("Ctrl+Z", "Ctrl+Z")

    assert [toast.accessibleName() for toast in work.toasts.shown] == ["There is nothing to take back."]


def test_a_page_has_a_name_for_those_who_hear_it(work: Workspace) -> None:
    press("Alt+D")

    assert work.stack.page is not None
    assert work.stack.page.accessibleName() == "Duty board"
    assert work.stack.page.focusPolicy() is Qt.FocusPolicy.NoFocus

"""A duty supervisor at the keyboard of one program: signing in, going about, reading the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from app.models.entities.handover import Handover
from app.services.base.clock import FixedClock
from app.services.demo.handing_over import DEMO_PASSWORD
from app.views.base.pages import Page
from app.views.handover.page import HandoverPage
from app.views.leave.page import RequestsPage
from app.views.roster.month_publish import PublishPopup
from app.views.roster.page import RosterPage
from app.views.shell.stage import Stage
from tests.support.keyboard import Keyboard

P = TypeVar("P", bound=Page)

MOST_PANES, MOST_SECTIONS, MOST_REQUESTS, MOST_MARKS = 6, 30, 20, 60
SLOW = 4
"""How many times the patience of a stage a search may take on a busy computer."""


class ShiftKeyboard(Keyboard):
    """Keys go where the focus is, and nothing else is done to the window."""

    def __init__(self, stage: Stage, clock: FixedClock) -> None:
        super().__init__(stage)
        self.stage = stage
        self.clock = clock

    def wait(self, is_so: Callable[[], bool], what: str) -> None:
        """See `Keyboard.wait`; in vain, it names what the window said and where the focus stood."""
        try:
            super().wait(is_so, what)
        except TimeoutError as error:
            told = self.said if self.stage.program.workspace is not None else []
            raise TimeoutError(f"{what}; told: {told}; the focus: {self.focus}") from error

    # --- coming in and moving about ---------------------------------------------------------------

    def sign_in(self, login: str) -> None:
        """Come in through the window's first face, with the demo's password."""
        window = self.stage.program.window
        window.show()
        self.stage.program.start(self.stage.url, remembered=False)
        window.activateWindow()
        self.wait(lambda: window.findChild(QWidget, "sign_in") is not None, "the sign-in")
        self.type(login)
        self.press("Enter")
        self.type(DEMO_PASSWORD)
        self.press("Enter")
        self.wait(lambda: self.stage.program.workspace is not None, "the workspace")
        self.wait(lambda: self._is_inside(self.work), "a page with the focus")

    def go(self, key: str, kind: type[P]) -> P:
        """Open a page by its key; the focus is in it then."""
        self.press(key)
        self.wait(lambda: isinstance(self.work.stack.page, kind), f"the page {kind.__name__}")
        page = self.work.stack.page
        assert isinstance(page, kind)
        self.wait(lambda: self._is_inside(page), f"the focus in {kind.__name__}")
        return page

    def at(self, moment: datetime) -> None:
        """Let the hours go by and the minute strike."""
        self.clock.set(moment)
        self.stage.program.place.ticker.minute.emit()
        self.stage.settle()

    def go_to_pane(self, pane: QWidget) -> None:
        """Press F6 until a pane has the focus."""
        for _pane in range(MOST_PANES):
            self.press("F6")
            if self._is_inside(pane):
                return
        raise AssertionError("F6 does not lead there")

    def choose(self, text: str) -> None:
        """Go down the drop-down that has the focus to the entry that begins so."""
        box = self.focus
        assert isinstance(box, QComboBox)
        self.wait(lambda: any(box.itemText(at).startswith(text) for at in range(box.count())), text)
        self.press("Home")
        for _step in range(box.count()):
            if box.currentText().startswith(text):
                return
            self.press("Down")
        raise AssertionError(f"{text} is not reached")

    def wait_long(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for what takes its time on a busy computer."""
        for _turn in range(SLOW - 1):
            try:
                self.wait(is_so, what)
            except TimeoutError:
                continue
            return
        self.wait(is_so, what)

    @property
    def said(self) -> list[str]:
        """What the toasts on the window say."""
        return [toast.accessibleName() for toast in self.work.toasts.shown]

    # --- what is done many times --------------------------------------------------------------------

    def take_all_over(self, page: HandoverPage) -> None:
        """Take section after section over, until no line is left."""
        for _section in range(MOST_SECTIONS):
            line = page.presenter.line(page.sheet.lines.key)
            assert line is not None
            section = line.section
            self.press("Shift+Space")
            self.wait(
                lambda section=section: all(one.section is not section for one in sheet_of(page).open_lines),
                "the section is taken over",
            )
            if not sheet_of(page).open_lines:
                return
            self.press("Ctrl+Down")
        raise AssertionError("some lines cannot be reached")

    def go_to_request(self, page: RequestsPage, kind: type) -> None:
        """Go down the requests to one of a kind, and wait until it is told what it would do."""
        self.press("Home")
        for _request in range(MOST_REQUESTS):
            if isinstance(page.presenter.item(page.list.key), kind):
                self.wait(page.pane.effect_title.isVisible, "what it would do")
                return
            self.press("Down")
        raise AssertionError(f"no {kind.__name__} waits")

    def approve(self, page: RequestsPage) -> None:
        """Approve the chosen request; where it breaks a rule that forbids, say why all the same."""
        key = page.list.key
        self.press("A")
        self.wait(lambda: page.list.key != key or page.pane.entry.hasFocus(), "it is approved, or asked why")
        if page.pane.entry.hasFocus():
            self.type("Agreed by both")
            self.press("Ctrl+Enter")
            self.wait(lambda: page.list.key != key, "it is approved")

    def publish(self, note: str) -> None:
        """Publish the month shown; where something is lacking, agree to that too."""
        self.press("Ctrl+Shift+P")
        self.wait_for_popup("publish")
        popup = self.work.window().findChild(PublishPopup)
        assert popup is not None
        self.wait_long(popup.act.isEnabled, "the checks are told")
        self.type(note)
        self.press("Ctrl+Enter")
        self.wait(lambda: "publish" not in self.open_popups or popup.anyway.isVisible(), "it is heard")
        if "publish" in self.open_popups:
            for _stop in range(MOST_PANES):
                if popup.anyway.agree.hasFocus():
                    break
                self.press("Tab")
            self.press("Enter")

    def go_to_mark(self, page: RosterPage, words: str) -> str:
        """Press F8 until a mark says these words; returns all it says."""
        for _mark in range(MOST_MARKS):
            self.press("F8")
            self.wait(lambda: bool(page.why.text), "why it is marked")
            if words in page.why.text:
                return page.why.text
        raise AssertionError(f"no mark says {words}")

    def _is_inside(self, widget: QWidget) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is widget or widget.isAncestorOf(focused))


def sheet_of(page: HandoverPage) -> Handover:
    """Return the sheet a page shows."""
    assert page.presenter.handover is not None
    return page.presenter.handover

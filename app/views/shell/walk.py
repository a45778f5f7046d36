"""`demo --offscreen`: the main job in the real window, key by key, with pictures and the shift report."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.entities.ids import PersonId
from app.services.access.accounts import set_password
from app.services.demo.creating import demo_actor
from app.services.demo.planning import SHOWN_NUMBER
from app.views.base.pages import Page
from app.views.reports.page import ReportsPage
from app.views.shell.call import CALLS, take_call
from app.views.shell.keys import press, type_into
from app.views.shell.signin import SignIn
from app.views.shell.stage import Stage
from app.views.shell.workspace import Workspace
from app.views.tickets.new_page import NewTicketPage

P = TypeVar("P", bound=Page)

CALL = CALLS["en"]
SUBJECT = CALL.subject
SOLUTION = "Network range of the home router changed; the drive opens again."
REPORT = "shift-report.pdf"


def run(stage: Stage, out: Path) -> int:
    """Sign in, take a call, solve it, find it in the list, print the shift report; return the exit code.

    Raises:
        TimeoutError: the window did not do what was waited for; the message says what.
    """
    out.mkdir(parents=True, exist_ok=True)
    walk = _Walk(stage, out)
    walk.sign_in()
    walk.take_a_call()
    walk.solve_it()
    walk.find_it()
    walk.print_the_report()
    return 0


class _Walk:
    def __init__(self, stage: Stage, out: Path) -> None:
        self._stage = stage
        self._out = out
        self._pictures = 0

    # -- the job -----------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """Give the demo's agent a password nobody will ever need again, and sign in with it."""
        stage, password = self._stage, secrets.token_urlsafe(16)
        agent = demo_actor(stage.ctx)
        set_password(stage.ctx, PersonId(agent.person_id or 0), password, must_change=False)
        program = stage.program
        program.window.resize(1440, 900)
        program.window.show()
        program.start(stage.url, remembered=False)
        stage.wait_until(lambda: isinstance(program.window.face, SignIn), "the sign-in is shown")
        face = program.window.face
        if isinstance(face, SignIn):
            face.login.setText("li.na")
            type_into(face.password, password)
            self._picture("sign-in")
            press(face.password, Qt.Key.Key_Return)
        stage.wait_until(lambda: program.workspace is not None, "the workspace is shown")
        stage.settle(800)
        self._picture("desk")

    def take_a_call(self) -> None:
        """Fill in the form as the caller talks."""
        page = self._open("new_ticket", NewTicketPage)
        take_call(self._stage, page, CALL)
        self._picture("new-ticket")

    def solve_it(self) -> None:
        """Solve it while the caller is on the line."""
        page = self._page(NewTicketPage)
        page.view.footer.solve.click()
        solve = page.view.fields.solve
        type_into(solve.solution, SOLUTION)
        self._choose(solve.cause, "conf")
        solve.none_fits.click()
        self._stage.settle(300)
        self._picture("solve-now")
        page.view.footer.solve.click()
        self._stage.wait_until(
            lambda: self._work.stack.name != "new_ticket",
            f"the ticket is solved ({page.view.footer.needed.text()})",
        )
        self._stage.settle(300)
        self._picture("solved")

    def find_it(self) -> None:
        """Find the closed ticket among all others, then look at the other pages."""
        self._work.open("tickets", {"query": f"resolved:today {SUBJECT.partition(',')[0]}"})
        self._stage.settle(800)
        self._picture("tickets")
        self._work.open("ticket", {"number": SHOWN_NUMBER})
        self._stage.settle(800)
        self._picture("ticket")
        for name in ("knowledge", "roster", "settings"):
            self._work.open(name)
            self._stage.settle(600)
            self._picture(name)

    def print_the_report(self) -> None:
        """Build the report of the shift and save it."""
        page = self._open("reports", ReportsPage)
        self._stage.wait_until(lambda: page.presenter.paper is not None, "the report is built")
        self._stage.settle(600)
        self._picture("shift-report")
        file = self._out / REPORT
        page.presenter.save(file, lambda _path: None)
        self._stage.wait_until(file.is_file, "the report is saved")

    # -- how ---------------------------------------------------------------------------------------

    @property
    def _work(self) -> Workspace:
        work = self._stage.program.workspace
        if work is None:
            raise TimeoutError("nobody is signed in")
        return work

    def _open(self, name: str, kind: type[P]) -> P:
        self._work.open(name)
        self._stage.settle(200)
        return self._page(kind)

    def _page(self, kind: type[P]) -> P:
        page = self._work.stack.page
        if not isinstance(page, kind):
            raise TimeoutError(f"{kind.__name__} is not shown")
        return page

    def _choose(self, line: QWidget, letters: str) -> None:
        """Type the first letters and take the first offer, as one does without looking."""
        type_into(line, letters)
        press(line, Qt.Key.Key_Return)
        self._stage.settle(400)

    def _picture(self, name: str) -> None:
        self._pictures += 1
        self._stage.picture(self._out / f"{self._pictures:02d}-{name}.png")

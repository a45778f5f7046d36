"""A running program as the commands that show it need it, and how they move it along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.services.base.clock import Clock
from app.services.base.context import Context
from app.services.demo.creating import demo_actor
from app.services.shell.doors import Doors
from app.views.shell.program import Program
from app.views.shell.workspace import Workspace

_LOOK_EVERY = 15
_PATIENCE = 20_000


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything is put together and nothing is shown yet.

    `url` is the site to show, `ctx` the console on it; the site may not be made yet.
    """

    application: QApplication
    program: Program
    doors: Doors
    clock: Clock
    ctx: Context
    url: str

    def enter(self) -> Workspace:
        """Show the window, signed in as the demo's own agent, and return what she works in.

        Raises:
            TimeoutError: the site was not shown within 20 s.
        """
        self.program.window.show()
        self.program.enter(self.doors.open(self.url), demo_actor(self.ctx))
        self.wait_until(lambda: self.program.workspace is not None, "the workspace is shown")
        work = self.program.workspace
        if work is None:  # pragma: no cover - wait_until has raised
            raise TimeoutError
        return work

    def settle(self, milliseconds: int = 60) -> None:
        """Let the window paint, and short timers come to their end."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Let the window work until something is so.

        Raises:
            TimeoutError: it is not so after 20 s; `what` says what was waited for.
        """
        clock = QElapsedTimer()
        clock.start()
        while not is_so():
            if clock.elapsed() > _PATIENCE:
                raise TimeoutError(what)
            self.settle(_LOOK_EVERY)

    def picture(self, file: Path, window: str = "") -> None:
        """Write what the window shows as PNG; another window of the program by its object name.

        Raises:
            OSError: the file cannot be written.
        """
        file.parent.mkdir(parents=True, exist_ok=True)
        shown = self.program.window.findChild(QWidget, window) if window else self.program.window
        if shown is None or not shown.grab().save(str(file), "PNG"):
            raise OSError(f"cannot write {file}")

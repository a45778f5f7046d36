"""A running program as the commands that show it need it: demo, pictures, self-test."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QApplication

from app.services.base.clock import Clock
from app.services.shell.doors import Doors
from app.views.shell.program import Program


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything is put together and nothing is shown yet. `url` is the site to show."""

    application: QApplication
    program: Program
    doors: Doors
    clock: Clock
    url: str

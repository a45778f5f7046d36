"""What nobody foresaw is logged and told once, wherever it was raised, and the program goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qWarning
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.base.logfiles import start_log
from app.views.shell.crash import Crashes


@pytest.fixture
def told() -> list[Exception]:
    return []


@pytest.fixture
def crashes(told: list[Exception]) -> Iterator[Crashes]:
    made = Crashes()
    made.tell = told.append
    made.install()
    yield made
    made.remove()


def test_an_error_in_a_handler_is_logged_and_told(
    crashes: Crashes, told: list[Exception], expect_log: Callable[[str], None]
) -> None:
    expect_log("something unexpected happened")
    error = ValueError("broken")

    sys.excepthook(ValueError, error, None)

    assert told == [error]


def test_an_error_in_a_thread_is_logged(crashes: Crashes, expect_log: Callable[[str], None]) -> None:
    expect_log("a thread ended")

    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()


def test_what_qt_complains_about_is_logged(crashes: Crashes, expect_log: Callable[[str], None]) -> None:
    expect_log("odd geometry")

    qWarning("odd geometry")


def test_the_hooks_are_put_back(told: list[Exception]) -> None:
    before = sys.excepthook
    crashes = Crashes()
    crashes.install()

    crashes.remove()

    assert sys.excepthook is before


def test_a_log_that_cannot_be_written_keeps_nobody_from_starting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    assert start_log(tmp_path / "file" / "log") is None


def test_the_log_is_kept_in_files(tmp_path: Path) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    dump = start_log(tmp_path / "log")
    logging.getLogger("firstline.test").info("it begins")
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    faulthandler.enable(sys.__stderr__)
    if dump is not None:
        dump.close()

    assert "it begins" in (tmp_path / "log" / "firstline.log").read_text("utf-8")


def test_an_error_while_painting_leaves_no_painter_on_the_window(
    qtbot: QtBot, crashes: Crashes, told: list[Exception], expect_log: Callable[[str], None]
) -> None:
    """Python keeps the last error with its frames, and those their painters: Qt would refuse the next one."""
    expect_log("something unexpected happened")
    painters = []

    class Broken(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painter = QPainter(self)
            painters.append(weakref.ref(painter))
            raise ValueError("broken")

    widget = Broken()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: bool(told))

    assert [painter() for painter in painters] == [None] * len(painters)

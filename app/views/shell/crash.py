"""What nobody foresaw, wherever it was raised: logged, told once, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("firstline")
_qt_log = logging.getLogger("firstline.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# Said by every run without a screen; nothing is wrong.
_HARMLESS = ("This plugin does not support propagateSizeHints", "This plugin does not support raise()")


class Crashes:
    """Hears of errors from Python, from threads and from Qt. `tell` shows one to the person, once it can."""

    def __init__(self) -> None:
        self.tell: Callable[[Exception], None] = lambda _error: None
        self._before = sys.excepthook

    def install(self) -> None:
        """Begin to listen."""
        self._before = sys.excepthook
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Leave everything as it was."""
        sys.excepthook = self._before
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def report(self, error: Exception) -> None:
        """Tell an error that the gateway has already logged."""
        self.tell(error)

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt) or not isinstance(error, Exception):
            self._before(kind, error, trace)
            return
        _log.error("something unexpected happened", exc_info=(kind, error, trace))
        self.tell(error)
        # Python remembers the last error with its frames. One that broke off while painting would keep its
        # painter, and with it the window, which nobody else may then paint on.
        traceback.clear_frames(trace)

    @staticmethod
    def _on_thread_error(found: threading.ExceptHookArgs) -> None:
        # Not told: only the window's thread may show anything, and jobs report through the gateway.
        if found.exc_value is not None:
            _log.error("a thread ended", exc_info=(found.exc_type, found.exc_value, found.exc_traceback))


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    if not text.startswith(_HARMLESS):
        _qt_log.log(_LEVELS.get(kind, logging.WARNING), "%s (%s)", text, context.category)

"""A program that nobody watches: questions get no answer, and errors are collected, not shown."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.views.base.dialogs import FileKind, MergeField, Question


class NoDialogs:
    """Answers every question as somebody does who closes the window."""

    def __init__(self, window: QWidget) -> None:
        del window

    def confirm(self, question: Question) -> bool:
        """See `Dialogs.confirm`."""
        del question
        return False

    def ask_text(self, title: str, label: str, *, text: str = "", action: str = "") -> str | None:
        """See `Dialogs.ask_text`."""
        del title, label, text, action
        return None

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """See `Dialogs.open_file`."""
        del title, kinds
        return None

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """See `Dialogs.save_file`."""
        del title, name, kinds
        return None

    def merge(self, who: str, fields: Sequence[MergeField]) -> dict[str, bool] | None:
        """See `Dialogs.merge`."""
        del who, fields
        return None

    def report(self, summary: str, details: str) -> None:
        """See `Dialogs.report`; whoever reports has logged it."""
        del summary, details


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.setFormatter(logging.Formatter("%(name)s: %(message)s"))
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))


@contextmanager
def collected_errors() -> Iterator[list[str]]:
    """Collect what is logged as an error, with its stack, while the block runs."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    try:
        yield collector.said
    finally:
        root.removeHandler(collector)

"""Dialogs that answer what the test says and remember what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.views.base.dialogs import FileKind, MergeField, Question


class FakeDialogs:
    """Every answer is the harmless one until a test sets another."""

    def __init__(self) -> None:
        self.confirms = False
        self.text: str | None = None
        self.path: Path | None = None
        self.choices: dict[str, bool] | None = None
        self.questions: list[Question] = []
        self.titles: list[str] = []
        self.merged: list[Sequence[MergeField]] = []
        self.reports: list[str] = []

    def confirm(self, question: Question) -> bool:
        self.questions.append(question)
        return self.confirms

    def ask_text(self, title: str, label: str, *, text: str = "", action: str = "") -> str | None:
        self.titles.append(title)
        return self.text

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        self.titles.append(title)
        return self.path

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        self.titles.append(title)
        return self.path

    def merge(self, who: str, fields: Sequence[MergeField]) -> dict[str, bool] | None:
        self.merged.append(fields)
        return self.choices

    def report(self, summary: str, details: str) -> None:
        self.reports.append(summary)

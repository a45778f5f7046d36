"""Every question the program asks in a window of its own. Presenters get `Dialogs`; tests get a fake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.views.base.i18n import _
from app.views.base.tokens import Space
from app.views.base.widgets.buttons import Button, ButtonKind
from app.views.base.widgets.fields import Field
from app.views.base.widgets.labels import PlainLabel

_WIDTH = 460
_WIDE = 720


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be undone asks first. `action` names what will happen, with its count or name
    ("Delete 3 categories"); `consequence` says what else that means."""

    title: str
    consequence: str
    action: str
    is_destructive: bool = True


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file in a file dialog: `FileKind(_("PDF document"), "*.pdf")`."""

    name: str
    pattern: str


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field two people changed, in the reader's words."""

    key: str
    label: str
    base: str
    theirs: str
    mine: str


class Dialogs(Protocol):
    """What may be asked. Every answer may be None or False: the person closed the window."""

    def confirm(self, question: Question) -> bool:
        """Ask before something that cannot be undone."""
        ...

    def ask_text(self, title: str, label: str, *, text: str = "", action: str = "") -> str | None:
        """Ask for one line of text; never an empty one."""
        ...

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """Ask which file to read."""
        ...

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """Ask where to write; an existing file has been confirmed, the ending is that of the kind."""
        ...

    def merge(self, who: str, fields: Sequence[MergeField]) -> dict[str, bool] | None:
        """Ask, per field, whether mine (True) or theirs (False) holds; nothing is chosen beforehand."""
        ...

    def report(self, summary: str, details: str) -> None:
        """Show what nobody foresaw, with a button that copies it."""
        ...


class QtDialogs:
    """Asks with real windows over `window`."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._folder = ""

    def confirm(self, question: Question) -> bool:
        """See `Dialogs.confirm`. Enter and Escape both mean no where something would be destroyed."""
        return ConfirmDialog(question, self._window).exec() == QDialog.DialogCode.Accepted

    def ask_text(self, title: str, label: str, *, text: str = "", action: str = "") -> str | None:
        """See `Dialogs.ask_text`."""
        dialog = TextDialog(title, label, text, action or _("OK"), self._window)
        return dialog.text if dialog.exec() == QDialog.DialogCode.Accepted else None

    def open_file(self, title: str, kinds: Sequence[FileKind]) -> Path | None:
        """See `Dialogs.open_file`."""
        name, _kind = QFileDialog.getOpenFileName(self._window, title, self._start(), _filter(kinds))
        return self._chosen(name)

    def save_file(self, title: str, name: str, kinds: Sequence[FileKind]) -> Path | None:
        """See `Dialogs.save_file`."""
        start = str(Path(self._start()) / name)
        chosen, _kind = QFileDialog.getSaveFileName(self._window, title, start, _filter(kinds))
        path = self._chosen(chosen)
        return path.with_suffix(Path(name).suffix) if path is not None and not path.suffix else path

    def merge(self, who: str, fields: Sequence[MergeField]) -> dict[str, bool] | None:
        """See `Dialogs.merge`."""
        dialog = MergeDialog(who, fields, self._window)
        return dialog.choices if dialog.exec() == QDialog.DialogCode.Accepted else None

    def report(self, summary: str, details: str) -> None:
        """See `Dialogs.report`."""
        ReportDialog(summary, details, self._window).exec()

    def _start(self) -> str:
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        return self._folder or QStandardPaths.writableLocation(documents)

    def _chosen(self, name: str) -> Path | None:
        if not name:
            return None
        self._folder = str(Path(name).parent)
        return Path(name)


def _filter(kinds: Sequence[FileKind]) -> str:
    return ";;".join(f"{kind.name} ({kind.pattern})" for kind in kinds)


class _AskingDialog(QDialog):
    """A title, a body, and buttons at the right; Escape is always the harmless one."""

    def __init__(self, title: str, parent: QWidget | None, width: int = _WIDTH) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.M)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(Space.S)
        self._buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        column.setSpacing(Space.L)
        column.addWidget(PlainLabel(title, "section", wrap=True))
        column.addLayout(self.body)
        column.addLayout(self._buttons)

    def add_button(self, text: str, kind: ButtonKind = ButtonKind.DEFAULT) -> Button:
        """Add a button at the right end."""
        button = Button(text, kind)
        button.setAutoDefault(False)
        self._buttons.addWidget(button)
        return button


class ConfirmDialog(_AskingDialog):
    """The question before what cannot be undone. The harmless button has the focus."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(question.title, parent)
        self.setObjectName("confirm")
        self.body.addWidget(PlainLabel(question.consequence, "muted", wrap=True))
        self.cancel = self.add_button(_("Cancel"))
        kind = ButtonKind.DESTROY if question.is_destructive else ButtonKind.PRIMARY
        self.act = self.add_button(question.action, kind)
        self.cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        first = self.cancel if question.is_destructive else self.act
        first.setDefault(True)
        first.setFocus()


class TextDialog(_AskingDialog):
    """One line of text; the action waits until something is typed."""

    def __init__(self, title: str, label: str, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setObjectName("ask_text")
        self.line = QLineEdit(text)
        self.body.addWidget(Field(label, self.line))
        cancel = self.add_button(_("Cancel"))
        self.act = self.add_button(action, ButtonKind.PRIMARY)
        self.act.setDefault(True)
        cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        self.line.textChanged.connect(self._wait_for_text)
        self._wait_for_text()
        self.line.selectAll()
        self.line.setFocus()

    @property
    def text(self) -> str:
        """What was typed, without blanks around it."""
        return self.line.text().strip()

    def _wait_for_text(self) -> None:
        self.act.wait_for("" if self.text else _("Type something first."))


class MergeDialog(_AskingDialog):
    """Field by field: as it was, as they saved it, as I typed it. Saving waits for every decision."""

    def __init__(self, who: str, fields: Sequence[MergeField], parent: QWidget | None = None) -> None:
        title = _("{who} changed this while you were typing").format(who=who)
        super().__init__(title, parent, _WIDE)
        self.setObjectName("merge")
        self._groups: dict[str, QButtonGroup] = {}
        self.body.addWidget(
            PlainLabel(
                _("Choose for each field which text stays. Nothing is saved before."), "muted", wrap=True
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.S)
        for column, head in enumerate((_("Property"), _("Before"), _("Theirs"), _("Mine"))):
            grid.addWidget(PlainLabel(head, "faint"), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        for row, field in enumerate(fields, start=1):
            self._add_row(grid, row, field)
        self.body.addLayout(grid)
        cancel = self.add_button(_("Back to the form"))
        self.act = self.add_button(_("Save the chosen texts"), ButtonKind.PRIMARY)
        cancel.clicked.connect(self.reject)
        self.act.clicked.connect(self.accept)
        self._wait_for_choices()

    @property
    def choices(self) -> dict[str, bool]:
        """Per field whether mine holds; fields not decided yet are left out."""
        return {key: bool(group.checkedId()) for key, group in self._groups.items() if group.checkedId() >= 0}

    def choose(self, key: str, *, mine: bool) -> None:
        """Decide one field, as a click on its text does."""
        self._groups[key].button(int(mine)).setChecked(True)

    def _add_row(self, grid: QGridLayout, row: int, field: MergeField) -> None:
        grid.addWidget(PlainLabel(field.label, "strong", wrap=True), row, 0)
        grid.addWidget(PlainLabel(field.base or "–", "faint", wrap=True), row, 1)
        group = QButtonGroup(self)
        for number, (side, text) in enumerate(((_("Theirs"), field.theirs), (_("Mine"), field.mine))):
            button = QRadioButton()
            button.setAccessibleName(f"{field.label}: {side}: {text}")
            said = PlainLabel(text or "–", wrap=True)
            said.setBuddy(button)
            cell = QHBoxLayout()
            cell.addWidget(button)
            cell.addWidget(said, 1)
            grid.addLayout(cell, row, 2 + number)
            group.addButton(button, number)
        group.buttonToggled.connect(self._wait_for_choices)
        self._groups[field.key] = group

    def _wait_for_choices(self) -> None:
        undecided = len(self._groups) - len(self.choices)
        self.act.wait_for(_("Choose a text for every field first.") if undecided else "")


class ReportDialog(_AskingDialog):
    """What nobody foresaw: the program goes on; the details can be copied for whoever looks after it."""

    def __init__(self, summary: str, details: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Something unexpected happened"), parent, _WIDE)
        self.setObjectName("report")
        self.body.addWidget(PlainLabel(summary, wrap=True))
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details"))
        self.body.addWidget(self.details)
        self.copy = self.add_button(_("Copy the details"))
        close = self.add_button(_("Go on working"), ButtonKind.PRIMARY)
        close.setDefault(True)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        close.clicked.connect(self.accept)
